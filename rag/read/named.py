"""The cell of a row that a question is about: named by row and column, or of the year that it names."""

from collections.abc import Iterable

from index.types import IndexedDocument
from rag.read.around import is_of_other_time, is_relative
from rag.read.tables import Field, cells_of
from rag.read.times import periods_of
from rag.words import content

Span = tuple[int, int]  #: half-open places in a document's text

FEWEST_CELLS = 3  #: of a row; two may be a field of a form, whose name says little


def cell_named(
    question: str, document: IndexedDocument, positions: Iterable[int], about: str
) -> tuple[int, Field] | None:
    """The one cell of some rows that a question names, with the position of its row; None if there are none or several.

    It names the row by all words of another cell, of which one is no number, and the column by all words of its name,
    and says nothing besides.
    """
    asked = content(question)
    named = [(at, cell) for at in dict.fromkeys(positions) if (cell := _named(asked, cells_of(document, at), about))]
    return named[0] if len(named) == 1 else None


def _named(asked: set[str], cells: tuple[Field, ...], about: str) -> Field | None:
    if len(cells) < FEWEST_CELLS:
        return None
    said = [content(cell.value) for cell in cells]
    called = [content(cell.name) for cell in cells]
    rows = [n for n, words in enumerate(said) if words <= asked and not all(word.isdigit() for word in words)]
    row = set[str]().union(*(said[n] for n in rows))
    columns = [n for n, words in enumerate(called) if words and words <= asked - row and n not in rows and said[n]]
    column = max(columns, key=lambda n: len(called[n]), default=None)
    if not rows or column is None or any(not called[n] < called[column] for n in columns if n != column):
        return None
    told = row.union(called[column], content(about), *(called[n] for n in rows))
    return cells[column] if asked <= told else None


def cell_asked(question: str, document: IndexedDocument, position: int, span: Span) -> Span | None:
    """The span of an answer in a row, or that of the cell whose column has the year or period of the question.

    None if the span's column has another one, and no column of the row has that of the question. Of several that have
    it, it is the one with most words of the question, and with the fewest periods. A question that bounds a time
    ("before 2023") names none.
    """
    start = document.sentences[position].start
    cells = cells_of(document, position)
    there = [cell for cell in cells if start + cell.start <= span[0] and span[1] <= start + cell.end]
    asked = {} if is_of_other_time(question) or is_relative(question) else periods_of(question)
    if not asked or not there or _agrees(asked, there[0].name) is not False:
        return span
    meant = [cell for cell in cells if cell.value and _agrees(asked, cell.name)]
    words = content(question)
    best = max(meant, key=lambda cell: (len(content(cell.name) & words), -len(periods_of(cell.name))), default=None)
    return (start + best.start, start + best.end) if best else None


def _agrees(asked: dict[str, set[str]], column: str) -> bool | None:
    """Whether a column has the years, quarters and halves asked for; None if its name does not tell."""
    named = periods_of(column)
    shared = asked.keys() & named.keys()
    if not shared or is_relative(column):
        return None
    return not any(asked[kind].isdisjoint(named[kind]) for kind in shared)
