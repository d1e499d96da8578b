"""The cell of a table that a question names by its row and its column, and says no more than that."""

from collections.abc import Iterable

from index.types import IndexedDocument
from rag.read.tables import Field, cells_of
from rag.words import content

FEWEST_CELLS = 3  #: of a row; two may be a field of a form, whose name says little


def cell_named(
    question: str, document: IndexedDocument, positions: Iterable[int], about: str
) -> tuple[int, Field] | None:
    """The one cell of some rows that a question names, with the position of its row; None if there are none or several.

    It names the row by all words of another cell, of which one is no number, and the column by all words of its name,
    and says nothing besides.

    Args:
        question: What is asked.
        document: Where the rows stand.
        positions: Of sentences, of which some may be rows.
        about: What else tells which rows these are, such as the title.
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
