"""Forms on a page of a PDF in which each label, in bold and with a colon, stands above its value."""

from collections.abc import Sequence

from index.files.pdf.rows import distance_between
from index.files.pdf.segment import Segment
from index.files.tables.cells import Cell, is_label
from index.files.tables.rows import Grid

FEWEST = 3  #: labels, as a heading with a colon has a line of text, too
MOST_IN_A_ROW = 6  #: fields of a record; of more, each is a row
MOST_LINES = 3  #: of a value
OFF = 2.0  #: points, up to which a value may begin away from its label


def stack_of(rows: Sequence[Sequence[Segment]], start: int) -> tuple[int, Grid] | None:
    """The row after the last of such a form that begins at `start`, and its fields; None if none does.

    Where labels come again, each record is a row, from one first label to the next.
    """
    fields: list[tuple[str, str]] = []
    at = start
    while end := _field(rows, at):
        label, *values = (row[0].text for row in rows[at:end])
        fields.append((label.rstrip(": "), " ".join(values)))
        at = end
    if len(fields) < FEWEST:
        return None
    cells: list[Cell] = []
    row = column = -1
    apart = len({label for label, _ in fields}) == len(fields) > MOST_IN_A_ROW
    for label, value in fields:
        begins = not cells or label == fields[0][0] or apart
        row, column = (row + 1, 0) if begins else (row, column + 1)
        cells.append(Cell(f"{label}: {value}", row, column))
    return at, Grid(tuple(cells))


def _field(rows: Sequence[Sequence[Segment]], at: int) -> int:
    """The row after a label and the lines of its value; 0 if there is none at this row."""
    if at + 1 >= len(rows) or not _is_label(rows[at]):
        return 0
    end = at + 1
    while end < len(rows) and _is_value(rows, at, end):
        end += 1
    return end if 1 < end - at <= 1 + MOST_LINES else 0


def _is_label(row: Sequence[Segment]) -> bool:
    (one, *others) = row
    return not others and one.bold and one.text.endswith(":") and is_label(one.text)


def _is_value(rows: Sequence[Sequence[Segment]], label: int, at: int) -> bool:
    """Whether a line stands right below a label, or what is of it, and begins there, not in bold."""
    (one, *others) = rows[at]
    begins = abs(one.left - rows[label][0].left) < OFF
    return not others and not one.bold and begins and distance_between(rows[at - 1], rows[at]) < one.height
