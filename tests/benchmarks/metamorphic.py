"""Change what must not matter, and see whether answers stay: unrelated documents, files' names, lines' lengths.

    python -m tests.benchmarks.metamorphic --docs FOLDER … --questions QUESTIONS.jsonl … [--articles FOLDER] [--most N]

Each question is asked of the documents as they are, then after each change. Told for each: the share of first
quotations that stay, of answers that are lost, and by how much confidence moves on average. Of several folders, each
with its questions, this is told for each and for all. Exit status 1 if a bound is broken, of several by all together.
"""

import argparse
import json
import random
import re
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder, SentenceEmbedder
from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.evaluation.questions import Question, read_questions
from rag.read.reader import open_reader
from rag.types import Answer

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "documents"  #: of many kinds, invented
Asked = tuple[str, list[Answer], list[Answer]]  #: a change, with the answers before and after it

STAY, LOST, MOVES = 0.95, 0.03, 0.05  #: the bounds
NOTES = 200
LINE = 64  #: characters
_LIST_OR_TABLE = re.compile(r"\s*(?:[-*+•|#>`]|\d+[.)]|.*\s{2,}\S|.*:\s*$)")


@dataclass(frozen=True, slots=True)
class Change:
    """How the answers to the same questions differ after a change."""

    name: str
    stay: float  #: share of the first quotations that are the same but for white space
    lost: float  #: share of the answers that are refused now
    moves: float  #: by which confidence moves on average
    differ: tuple[str, ...]  #: the questions whose first quotation is another one, or gone

    @property
    def holds(self) -> bool:
        """Whether it is inside the bounds."""
        return self.stay >= STAY and self.lost <= LOST and self.moves <= MOVES

    def __str__(self) -> str:
        return f"{self.name:<12} stay {self.stay:.3f}  lost {self.lost:.3f}  confidence moves {self.moves:.3f}"


def compare(name: str, before: Sequence[Answer], after: Sequence[Answer]) -> Change:
    """What has changed, of the questions that were answered before; confidence of all."""
    answered = [(one, other) for one, other in zip(before, after, strict=True) if one.citations]
    differ = tuple(one.question for one, other in answered if _first(one) != _first(other))
    lost = sum(not other.citations for _, other in answered)
    moved = [abs(one.confidence - other.confidence) for one, other in zip(before, after, strict=True)]
    many = max(len(answered), 1)
    return Change(name, 1 - len(differ) / many, lost / many, sum(moved) / max(len(moved), 1), differ)


def _first(answer: Answer) -> str:
    return " ".join(answer.citations[0].quote.split()) if answer.citations else ""


def with_book(folder: Path) -> None:
    """Add a long document that tells of many other things."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(OWN.iterdir())]
    (folder / "a-book.txt").write_text("A Book of Many Things\n\n" + "\n\n".join(texts), encoding="utf-8")


def with_notes(folder: Path) -> None:
    """Add many short documents, a paragraph each."""
    paragraphs = [
        paragraph.strip()
        for path in sorted(OWN.iterdir())
        for paragraph in path.read_text(encoding="utf-8").split("\n\n")
        if 20 < len(paragraph.split()) < 120
    ]
    for number, paragraph in enumerate(random.Random(1).sample(paragraphs, min(NOTES, len(paragraphs)))):
        (folder / f"note-{number:03}.txt").write_text(f"{paragraph}\n", encoding="utf-8")


def renamed(folder: Path) -> None:
    """Give the files names that say nothing."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for number, path in enumerate(files):
        path.rename(path.with_name(f"file-{number:03}{path.suffix}"))


def reflowed(folder: Path) -> None:
    """Break the lines of paragraphs of text and Markdown elsewhere; lists, tables and code stay.

    So does a file in another encoding than UTF-8.
    """
    for path in [*folder.rglob("*.txt"), *folder.rglob("*.md")]:
        try:
            parts = re.split(r"(\n[ \t]*\n)", path.read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
        path.write_text("".join(part if _keeps(part) else _wrapped(part) for part in parts), encoding="utf-8")


def _keeps(part: str) -> bool:
    lines = part.split("\n")
    return not part.strip() or len(part) < 2 * LINE or any(map(_LIST_OR_TABLE.match, lines))


def _wrapped(part: str) -> str:
    return "\n".join(textwrap.wrap(part, LINE, break_long_words=False, break_on_hyphens=False))


def with_articles(articles: Path) -> Callable[[Path], None]:
    """Add the files of a folder."""

    def add(folder: Path) -> None:
        shutil.copytree(articles, folder / "articles")

    return add


CHANGES: Mapping[str, Callable[[Path], None]] = {
    "a book": with_book,
    "200 notes": with_notes,
    "renamed": renamed,
    "reflowed": reflowed,
}


class Remembering:
    """An embedder that embeds no text twice: most do not change."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}
        self.identity, self.max_tokens = embedder.identity, embedder.max_tokens
        self.count_tokens, self.embed_query = embedder.count_tokens, embedder.embed_query

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = list(dict.fromkeys(text for text in texts if text not in self._known))
        if new:
            self._known |= dict(zip(new, self._embedder.embed(new), strict=True))
        return np.array([self._known[text] for text in texts])


def measure(
    documents: Path, questions: Sequence[Question], changes: Mapping[str, Callable[[Path], None]], store: Path
) -> list[Change]:
    """Ask all questions before and after each change, of copies of the documents."""
    return [compare(*one) for one in ask_all(documents, questions, changes, store)]


def ask_all(
    documents: Path, questions: Sequence[Question], changes: Mapping[str, Callable[[Path], None]], store: Path
) -> list[Asked]:
    """Each change with the answers before and after it."""
    embedder = Remembering(SentenceEmbedder())
    reader = open_reader(None, embedder)

    def answers(folder: Path, name: str) -> list[Answer]:
        index = PassageIndex(store / name, embedder)
        with Assistant(index, embedder, reader, docs=[folder.resolve()]) as assistant:
            assistant.sync()
            return [assistant.ask(one.question, history=one.history) for one in questions]

    found = []
    before = answers(documents, "before")
    for number, (name, change) in enumerate(changes.items()):
        copy = store / f"documents-{number}"
        shutil.copytree(documents, copy)
        change(copy)
        found.append((name, before, answers(copy, f"after-{number}")))
    return found


def pooled(asked: Sequence[Sequence[Asked]]) -> list[Change]:
    """The changes over the answers of several folders together."""
    changes = []
    for of_each in zip(*asked, strict=True):
        before = [answer for _, answers, _ in of_each for answer in answers]
        after = [answer for *_, answers in of_each for answer in answers]
        changes.append(compare(of_each[0][0], before, after))
    return changes


def main() -> int:
    """Measure, and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docs", type=Path, nargs="+", default=[ROOT / "seeds"])
    parser.add_argument("--questions", type=Path, nargs="+", default=[ROOT / "tests" / "questions" / "essay.jsonl"])
    parser.add_argument("--articles", type=Path, help="a folder of unrelated documents to add")
    parser.add_argument("--most", type=int, default=10_000, help="questions to ask")
    parser.add_argument("--changes", nargs="*", choices=sorted(CHANGES), default=list(CHANGES))
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    if len(arguments.docs) != len(arguments.questions):
        parser.error("give a set of questions for each folder")
    changes = {name: CHANGES[name] for name in arguments.changes}
    if arguments.articles:
        changes["articles"] = with_articles(arguments.articles)
    asked = []
    for documents, path in zip(arguments.docs, arguments.questions, strict=True):
        questions = read_questions(path)
        questions = random.Random(1).sample(questions, min(arguments.most, len(questions)))
        with tempfile.TemporaryDirectory() as folder:
            asked.append(ask_all(documents, questions, changes, Path(folder)))
        tell(str(documents), pooled(asked[-1:]), as_json=arguments.json)
    found = pooled(asked)
    if len(asked) > 1:
        tell("all together", found, as_json=arguments.json)
    return 0 if all(change.holds for change in found) else 1


def tell(folder: str, found: Sequence[Change], *, as_json: bool) -> None:
    """Print what has changed in a folder."""
    if not as_json:
        print(f"{folder}:", flush=True)
    for change in found:
        print(json.dumps({"folder": folder, **vars_of(change)}) if as_json else change, flush=True)
        if not as_json:
            print(*(f"    {question}" for question in change.differ), sep="\n")


def vars_of(change: Change) -> dict[str, object]:
    """The change for JSON."""
    return {"name": change.name, "stay": change.stay, "lost": change.lost, "moves": change.moves}


if __name__ == "__main__":
    sys.exit(main())
