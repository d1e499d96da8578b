"""Ask held-out questions of held-out documents, and record what the reader sees: what its weights are fitted on."""

import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

from tqdm import tqdm

from index.embedding import SentenceEmbedder
from index.store.passage_index import PassageIndex
from index.types import Hit
from rag.ask import Query
from rag.jsonlines import read_lines
from rag.read.reader import Evidence, SpanReader
from rag.read.retrieve import retrieve

FEWEST_CONTEXTS = 4  #: of a document that is asked alone
MOST_CONTEXTS = 40
QUESTIONS = {True: 30, False: 8}  #: of a document, with questions that it does not answer or without
POOLED, POOLED_FAR = 500, 250  #: questions of the documents together
TOP_K = 8
POOLED_WITH = {"pooled": "alone"}  #: settings whose documents are those of another


@dataclass(frozen=True, slots=True)
class Held:
    """A document and the questions on it: each with its answers' offsets, none if it has no answer."""

    name: str
    text: str
    questions: tuple[tuple[str, tuple[tuple[int, int], ...]], ...]
    suffix: str = ".txt"  #: by which it is read

    @property
    def file(self) -> str:
        """Its file's name."""
        return self.name + self.suffix


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as it was asked: what was found and weighed, and which sentences hold the answer."""

    kind: str  #: own (answerable), near (the right document does not say) or far (another document's)
    setting: str  #: alone, pooled, written (alone, and by a question written for Footnote), or a folder's name
    document: str
    question: str
    hits: tuple[Hit, ...]
    evidence: tuple[Evidence, ...]
    right: tuple[bool, ...]

    @property
    def corpus(self) -> str:
        """What shares documents with it: no fit may see one part of that and be judged by another."""
        return POOLED_WITH.get(self.setting, self.setting)

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


def ask_all(documents: Sequence[Held], reader: SpanReader, embedder: SentenceEmbedder, seed: int) -> Iterator[Asking]:
    """Ask each longer document alone, then half of all documents together."""
    yield from ask_each(longer_documents(documents), reader, embedder, seed)
    yield from ask_pooled(documents, reader, embedder, seed)


def longer_documents(documents: Sequence[Held]) -> list[Held]:
    """Those that are worth being asked alone."""
    return [document for document in documents if document.text.count("\n\n") > FEWEST_CONTEXTS]


def ask_each(
    documents: Sequence[Held], reader: SpanReader, embedder: SentenceEmbedder, seed: int, setting: str = "alone"
) -> Iterator[Asking]:
    """Ask each document alone."""
    for number in tqdm(range(len(documents)), desc="asking each alone"):
        yield from ask_alone(documents, number, reader, embedder, seed, setting)


def ask_alone(
    documents: Sequence[Held],
    number: int,
    reader: SpanReader,
    embedder: SentenceEmbedder,
    seed: int,
    setting: str = "alone",
) -> Iterator[Asking]:
    """Ask one document its questions, and some of its neighbours'."""
    document = documents[number]
    others = [question for other in documents[max(0, number - 5) : number] for question, _ in other.questions]
    rng = random.Random(f"{seed} {document.name}")
    far = rng.sample(others, min(len(others), len(document.questions) // 4))
    yield from _ask([document], far, setting, reader, embedder)


def ask_pooled(
    documents: Sequence[Held], reader: SpanReader, embedder: SentenceEmbedder, seed: int
) -> Iterator[Asking]:
    """Ask half of the documents together, with questions of the other half too."""
    half = len(documents) // 2
    far = [question for other in documents[half:] for question, _ in other.questions[:2]]
    asked = set(random.Random(seed).sample(range(half), min(half, POOLED // 2)))
    pooled = [Held(one.name, one.text, one.questions[: 2 * (n in asked)]) for n, one in enumerate(documents[:half])]
    yield from _ask(pooled, far[:POOLED_FAR], "pooled", reader, embedder)


def _ask(
    documents: Sequence[Held], far: Sequence[str], setting: str, reader: SpanReader, embedder: SentenceEmbedder
) -> Iterator[Asking]:
    with indexed(documents, embedder) as index:
        files = {document.name: document.file for document in documents}
        asked = [(document.name, *question) for document in documents for question in document.questions]
        asked += [("", question, ()) for question in far]
        for name, question, answers in tqdm(asked, desc=setting, disable=setting != "pooled"):
            snapshot, hits = retrieve(question, index, embedder, TOP_K)
            evidence = reader.weigh(Query(question, question), hits, snapshot)
            right = tuple(
                one.likeness.document.document.id == files.get(name)
                and any(
                    one.likeness.sentence.start < end and start < one.likeness.sentence.end for start, end in answers
                )
                for one in evidence
            )
            kind = "far" if not name else "own" if answers else "near"
            yield Asking(kind, setting, name, question, tuple(hits), tuple(evidence), right)


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
