"""Ask held-out questions of held-out documents, and record what the reader sees: what its weights are fitted on."""

import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from tqdm import tqdm

from index.embedding import SentenceEmbedder
from index.store.passage_index import PassageIndex
from index.types import Hit
from rag.ask import Query
from rag.jsonlines import read_lines
from rag.read.reader import SpanReader
from rag.read.retrieve import retrieve
from rag.read.weighing import Evidence
from rag.write.quoting import Quoting

A_FEW = 4  #: questions of a document, where not all are asked
FEWEST_CONTEXTS = 4  #: of a document that is asked alone
MOST_CONTEXTS = 40
QUESTIONS = {True: 30, False: 8}  #: of a document, with questions that it does not answer or without
TOP_K = Quoting.passages
LIKELIEST = 4  #: sentences by what the reader says, one of which is nearly always ranked first


@dataclass(frozen=True, slots=True)
class Held:
    """A document and the questions on it: each with its answers' offsets, none if it has no answer."""

    name: str
    text: str
    questions: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    suffix: str = ".txt"  #: by which it is read
    family: str = ""  #: documents alike, which are searched together

    @property
    def file(self) -> str:
        """Its file's name."""
        return self.name + self.suffix


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it was asked: what was found and weighed, and which sentences hold the answer."""

    kind: str  #: own (answerable), near (the right document does not say) or far (another document's)
    corpus: str  #: alone, written (alone, too, with questions written for Footnote), or a folder's name
    document: str
    question: str
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    right: tuple[bool, ...]
    alone: tuple[float, ...]  #: what the reader says of each sentence that is likely, read by itself

    @property
    def found(self) -> bool:
        """Whether a sentence that holds the answer was among those read."""
        return any(self.right)


def held_out_documents(path: Path, seed: int) -> list[Held]:
    """Documents made of the contexts of one title; single contexts are documents of their own."""
    by_title: dict[str, dict[str, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for line in read_lines(path):
        if len(line["context"]) > 200:
            by_title[line["title"] or f"untitled {crc32(line['context'].encode())}"][line["context"]].append(line)
    documents = []
    for title, contexts in sorted(by_title.items()):
        rng = random.Random(f"{seed} {title}")
        text, questions = f"{re.sub(r'[_/:]+', ' ', title)}\n\n" if not title.startswith("untitled") else "", []
        for context, lines in list(contexts.items())[:MOST_CONTEXTS]:
            for line in lines:
                spans = tuple(
                    (len(text) + answer["answer_start"], len(text) + answer["answer_start"] + len(answer["text"]))
                    for answer in line["answers"]
                    if answer["text"]
                )
                if bool(spans) == line["answerable"]:
                    questions.append((line["question"], spans))
            text += context + "\n\n"
        rng.shuffle(questions)
        most = QUESTIONS[any(not spans for _, spans in questions)]
        documents.append(Held(re.sub(r"\W+", "_", title)[:80], text, tuple(questions[:most])))
    random.Random(seed).shuffle(documents)
    return documents


def longer_documents(documents: Sequence[Held]) -> list[Held]:
    """Those that are worth being asked alone."""
    return [document for document in documents if document.text.count("\n\n") > FEWEST_CONTEXTS]


def some_of(documents: Sequence[Held], most: int, seed: int) -> list[Held]:
    """Some of the documents with a few of their questions each, at most so many questions altogether."""
    rng = random.Random(seed)
    chosen = rng.sample(documents, min(len(documents), max(1, most // A_FEW)))
    each = max(1, most // len(chosen))
    return [replace(one, questions=tuple(rng.sample(one.questions, min(each, len(one.questions))))) for one in chosen]


def ask_each(
    documents: Sequence[Held], reader: SpanReader, embedder: SentenceEmbedder, seed: int, corpus: str = "alone"
) -> Iterator[Asking]:
    """Ask each document alone."""
    for number in tqdm(range(len(documents)), desc="asking each alone"):
        yield from ask_alone(documents, number, reader, embedder, seed, corpus)


def ask_alone(
    documents: Sequence[Held],
    number: int,
    reader: SpanReader,
    embedder: SentenceEmbedder,
    seed: int,
    corpus: str = "alone",
) -> Iterator[Asking]:
    """Ask one document its questions, and some of its neighbours'."""
    document = documents[number]
    others = [question for other in documents[max(0, number - 5) : number] for question, _ in other.questions]
    rng = random.Random(f"{seed} {document.name}")
    far = rng.sample(others, min(len(others), len(document.questions) // 4))
    yield from _ask([document], far, corpus, reader, embedder)


def _ask(
    documents: Sequence[Held], far: Sequence[str], corpus: str, reader: SpanReader, embedder: SentenceEmbedder
) -> Iterator[Asking]:
    with indexed(documents, embedder) as index:
        files = {document.name: document.file for document in documents}
        asked = [(document.name, *question) for document in documents for question in document.questions]
        asked += [("", question, ()) for question in far]
        for name, question, answers in asked:
            snapshot, hits = retrieve(question, index, embedder, TOP_K, edges=True)
            evidence = reader.weigh(Query(question, question), hits, snapshot)
            right = tuple(
                one.likeness.document.id == files.get(name)
                and any(
                    one.likeness.sentence.start < end and start < one.likeness.sentence.end for start, end in answers
                )
                for one in evidence
            )
            kind = "far" if not name else "own" if answers else "near"
            alone = read_alone(question, evidence, reader)
            yield Asking(kind, corpus, name, question, tuple(hits), tuple(evidence), right, alone)


def read_alone(question: str, evidence: Sequence[Evidence], reader: SpanReader) -> tuple[float, ...]:
    """What the reader says of each sentence by itself, if it may be the best one; else what it said of it before."""
    alone = [one.mass for one in evidence]
    likeliest = sorted(range(len(evidence)), key=lambda number: -alone[number])[:LIKELIEST]
    for number, said in zip(likeliest, reader.alone(question, [evidence[n] for n in likeliest]), strict=True):
        alone[number] = said
    return tuple(alone)


@contextmanager
def indexed(documents: Sequence[Held], embedder: SentenceEmbedder) -> Iterator[PassageIndex]:
    """An index of the documents, for a while."""
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "documents"
        texts.mkdir()
        for document in documents:
            (texts / document.file).write_text(document.text, encoding="utf-8", newline="")
        index = PassageIndex(Path(folder) / "store", embedder)
        try:
            index.sync([texts])
            yield index
        finally:
            index.close()
