"""Folders of documents with questions on them, as collections that the reader's confidence is fitted on."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from tqdm import tqdm

from index.embedding import SentenceEmbedder
from index.store.passage_index import PassageIndex
from index.types import IndexedDocument
from rag.ask.conversation import contextualise
from rag.evaluation.outcome import Span, is_named, touches
from rag.evaluation.overlap import holds
from rag.evaluation.questions import Question, read_questions
from rag.evaluation.running import find_text
from rag.jsonlines import read_lines
from rag.read.cascade import open_model
from rag.read.confidence import Calibration
from rag.read.reader import SpanReader
from rag.read.retrieve import retrieve
from rag.read.weighing import Evidence
from rag.training.dev import TOP_K, Asking, ask_each, held_out_documents, longer_documents, read_alone, some_of
from rag.training.kept import kept
from rag.training.written import read_written

UNFITTED = Calibration({}, {}, {}, {}, 0.0)  #: enough to weigh sentences with
YES_OR_NO = "yes/no"  #: category of questions that say only in which document the answer is


def ask_everything(
    model: Path, data: Path, corpora: Sequence[Path], seed: int, most: int | None = None, keep: Path | None = None
) -> list[Asking]:
    """Ask the held-out documents, those that were written for it, and the folders of corpora.

    Args:
        model: Folder of a reader.
        data: Folder with `dev.jsonl.gz`.
        corpora: Folders as `ask_folder` takes them.
        seed: Of what is chosen.
        most: Questions of a corpus; all by default.
        keep: Folder for what is read and indexed, from which the same is taken if it is asked again.
    """
    embedder = SentenceEmbedder()
    reader = SpanReader(kept(open_model(str(model)), keep), embedder, UNFITTED)
    askings: list[Asking] = []
    held = {"alone": longer_documents(held_out_documents(data / "dev.jsonl.gz", seed))}
    held["written"] = read_written("dev", data, embedder)
    for name, documents in held.items():
        chosen = documents if most is None else some_of(documents, most, seed)
        askings += ask_each(chosen, reader, embedder, seed, name)
    for folder in corpora:
        askings += ask_folder(folder, reader, embedder, most, seed, keep)
    return askings


def ask_folder(
    folder: Path,
    reader: SpanReader,
    embedder: SentenceEmbedder,
    most: int | None = None,
    seed: int = 0,
    keep: Path | None = None,
) -> Iterator[Asking]:
    """Ask the questions of `questions.jsonl` of the documents in `documents`; each subfolder named is a corpus.

    Of each, at most so many questions are asked; all by default. Their indexes are kept in a folder, if one is given.
    """
    path = folder / "questions.jsonl"
    corpora: dict[str, list[Question]] = defaultdict(list)
    for line, question in zip(read_lines(path), read_questions(path), strict=True):
        corpora[line.get("corpus", "")].append(question)
    for name, questions in corpora.items():
        with nullcontext(keep / (name or folder.name)) if keep else TemporaryDirectory() as store:
            index = PassageIndex(Path(store), embedder)
            index.sync([(folder / "documents" / name).resolve()], upgrade=True)
            asked = questions if most is None else random.Random(seed).sample(questions, min(most, len(questions)))
            yield from ask_corpus(name or folder.name, asked, index, reader, embedder)
            index.close()


def ask_corpus(
    name: str, questions: Sequence[Question], index: PassageIndex, reader: SpanReader, embedder: SentenceEmbedder
) -> Iterator[Asking]:
    """Ask questions of an index."""
    for question in tqdm(questions, desc=name):
        query = contextualise(question.question, question.history, embedder)
        snapshot, hits = retrieve(query.text, index, embedder, TOP_K, edges=True)
        evidence = reader.weigh(query, hits, snapshot)
        right = mark(question, evidence, [*snapshot.documents.values()])
        alone = read_alone(query.text, evidence, reader)
        yield Asking(kind_of(question), name, name, question.question, tuple(hits), tuple(evidence), right, alone)


def kind_of(question: Question) -> str:
    """Whether a question is answered (own), almost (near) or not at all (far), as its category says."""
    if question.answerable:
        return "own"
    return "near" if question.category.startswith("near") else "far"


def mark(question: Question, evidence: Sequence[Evidence], documents: Sequence[IndexedDocument]) -> tuple[bool, ...]:
    """Which sentences hold the answer: by its evidence or, where none is found, by what any answer must match."""
    if not question.answerable:
        return (False,) * len(evidence)
    named = [one for one in documents if is_named(one.document, question.document)]
    spans = [span for text in question.evidence for span in find_text(text, named)]
    names = {one.document.id for one in named}
    return tuple(_holds(question, one, spans, names) for one in evidence)


def _holds(question: Question, one: Evidence, spans: Sequence[Span], documents: set[str]) -> bool:
    likeness = one.likeness
    document = likeness.document.id
    if spans:
        return touches((document, likeness.sentence.start, likeness.sentence.end), spans)
    text = " ".join(likeness.text.split())
    if document not in documents:
        return False
    if question.must:
        return all(re.search(pattern, text, re.IGNORECASE) for pattern in question.must)
    return any(holds(text, answer) for answer in question.answers) or question.category == YES_OR_NO
