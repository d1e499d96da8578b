"""What do the rules change that are not learnt? Leave out one after the other, and ask everything again.

    python -m tests.benchmarks.ablation --docs FOLDER --questions QUESTIONS.jsonl [--rules alike unnamed]

Told for each: how many answers are others, and how many questions are right, or rightly refused, only with it and only
without it. What a model has read is kept, so that a rule takes seconds.
"""

import argparse
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from index.embedding import SentenceEmbedder
from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.evaluation.questions import Question, read_questions
from rag.networks import BASE
from rag.read.cascade import open_model
from rag.read.confidence import Calibration
from rag.read.reader import SpanReader
from rag.training.kept import kept
from rag.types import Answer

ROOT = Path(__file__).parents[2]


def _first(*given: Any, **_: Any) -> Any:
    return given[0]


def _second(*given: Any, **_: Any) -> Any:
    return given[1]


def _nothing(*_: Any, **__: Any) -> None:
    return None


def _none(*_: Any, **__: Any) -> tuple[()]:
    return ()


#: By a name: where the rule is called, and what stands in for it.
RULES: Mapping[str, tuple[str, Any]] = {
    "respelt": ("rag.assistant.respelt", _nothing),
    "of documents": ("rag.ask.understanding._of_documents", _nothing),
    "titled": ("rag.ask.understanding.titled", lambda *_: ("", ())),
    "topic": ("rag.assistant.tell_of", _nothing),
    "parts": ("rag.ask.understanding.parts_of", _none),
    "against": ("rag.ask.parts.of_each", _none),
    "either": ("rag.ask.understanding.of_either", _none),
    "kind": ("rag.ask.understanding._kind", lambda *_: "open"),
    "reckon": ("rag.read.reading.reckon", _second),
    "unnamed": ("rag.read.reading.unless_unnamed", _second),
    "editions": ("rag.read.reader.of_the_edition", _second),
    "rivals": ("rag.read.rivals.Rows.rivalled", lambda *_: False),
    "of else": ("rag.read.rivals.Rows.is_of_else", lambda *_: False),
    "years": ("rag.read.reader.cell_asked", lambda *given: given[3]),
    "keyed": ("rag.read.reader.row_picked", _nothing),
    "alike": ("rag.read.reader.with_rows_alike", _second),
    "blank": ("rag.read.reader._BLANK", re.compile(r"(?!)")),
    "leans back": ("rag.read.choosing.leans_back", lambda *_: False),
    "items": ("rag.read.choosing.among_items", _first),
    "introduced items": ("rag.read.choosing.with_items", _first),
}


def is_right(question: Question, answer: Answer) -> bool:
    """Whether an answer matches what it must, or a question is refused that has none."""
    if not question.answerable:
        return answer.status != "answered"
    return answer.status == "answered" and all(re.search(must, answer.text, re.I) for must in question.must)


def measure(documents: Path, questions: Sequence[Question], rules: Sequence[str], store: Path) -> Iterator[str]:
    """A line for each rule."""
    embedder, model = SentenceEmbedder(), open_model(BASE)
    reader = SpanReader(kept(model, store / "read"), embedder, Calibration.read(model.calibration_folder))
    index = PassageIndex(store / "index", embedder)
    with Assistant(index, embedder, reader, docs=[documents.resolve()]) as assistant:
        assistant.sync()

        def ask() -> list[Answer]:
            return [assistant.ask(one.question, history=one.history) for one in questions]

        before = ask()
        right = [is_right(*pair) for pair in zip(questions, before, strict=True)]
        yield f"{len(questions)} questions, {sum(right)} right or rightly refused"
        for rule in rules:
            place, stand_in = RULES[rule]
            owner, _, name = place.rpartition(".")
            with patch.object(_owner(owner), name, stand_in):
                after = ask()
            now = [is_right(*pair) for pair in zip(questions, after, strict=True)]
            others = sum(one.text != other.text for one, other in zip(before, after, strict=True))
            with_it = sum(one and not other for one, other in zip(right, now, strict=True))
            without = sum(other and not one for one, other in zip(right, now, strict=True))
            yield f"{rule:<18} {others:>3} answers are others; right only with it {with_it}, only without it {without}"


def _owner(path: str) -> Any:
    """A module, or a class in one."""
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name) if name[:1].isupper() else import_module(path)


def main() -> None:
    """Measure, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, default=ROOT / "tests" / "documents")
    parser.add_argument("--questions", type=Path, default=ROOT / "tests" / "questions" / "documents.jsonl")
    parser.add_argument("--rules", nargs="*", choices=sorted(RULES), default=list(RULES))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in measure(arguments.docs, read_questions(arguments.questions), arguments.rules, Path(folder)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
