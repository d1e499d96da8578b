"""What is read of a passage: its text, but that rows of Markdown tables tell the names of their columns.

Rows of other formats have them in their text. The reader knows rows as these are written, and a place in what it reads
is one in the document.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from index.files.tables.rows import DIVIDER
from index.types import IndexedDocument, Passage
from rag.read.sentences import sentences_within
from rag.read.tables import Field, cells_of


@dataclass(frozen=True, slots=True)
class Told:
    """A text that tells another one with something more: stretches of it are copied, in order.

    `place` and `back` turn half-open offsets of the one into those of the other; what was not copied counts as a part
    of no stretch.
    """

    text: str
    copied: tuple[tuple[int, int, int], ...]  #: of each stretch where it begins, where here, and its characters

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text told stands here."""
        first = bisect_left(self.copied, start, key=lambda one: one[0] + one[2])
        last = bisect_right(self.copied, end, key=itemgetter(0)) - 1
        begin, here, _ = self.copied[first]
        other, there, length = self.copied[last]
        return here + max(0, start - begin), there + min(length, end - other)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """What a stretch here is in the text told: the values in it, or that of the column whose name it is."""
        values = [one for one in self.copied if one[2]]
        first = min(bisect_right(values, start, key=lambda one: one[1] + one[2]), len(values) - 1)
        last = max(bisect_left(values, end, key=itemgetter(1)) - 1, first)
        begin, here, _ = values[first]
        other, there, length = values[last]
        return begin + max(0, start - here), other + (min(length, end - there) if end > there else length)


def told(passage: Passage, document: IndexedDocument) -> Told:
    """A passage as it is read."""
    text, copied = "", list[tuple[int, int, int]]()
    done = 0  # of the passage

    def copy(start: int, end: int) -> None:
        nonlocal text, done
        copied.append((start, len(text), end - start))
        text += passage.text[start:end]
        done = end

    for position in sentences_within(passage, document) if "|" in passage.text else ():
        sentence = document.sentences[position]
        start = sentence.start - passage.start
        cells = _row(document, position) if start >= done and sentence.end <= passage.end else []
        if not cells:
            continue
        copy(done, start)
        for before, cell in _named(cells):
            text += before
            copy(start + cell.start, start + cell.end)
        done = sentence.end - passage.start
    copy(done, len(passage.text))
    return Told(text, tuple(copied))


def line_told(document: IndexedDocument, position: int) -> str:
    """A sentence as it is read by itself."""
    cells = _row(document, position)
    return "".join(f"{before}{cell.value}" for before, cell in _named(cells)) or document.line(position)


def _row(document: IndexedDocument, position: int) -> list[Field]:
    """The cells of a row of a Markdown table whose columns have names, but for empty ones; none of another sentence."""
    cells = cells_of(document, position) if document.line(position).startswith("|") else ()
    filled = [cell for cell in cells if cell.value]
    return filled if any(cell.name for cell in filled) else []


def _named(cells: Sequence[Field]) -> Iterator[tuple[str, Field]]:
    """Cells with what is told before each: the name of its column, behind a sign that parts it from the one before."""
    for number, cell in enumerate(cells):
        yield (DIVIDER if number else "") + (f"{cell.name}: " if cell.name else ""), cell
