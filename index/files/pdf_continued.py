"""Tables that go on over pages, or below a line: their columns are named in the first part only."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from index.files.cells import Cell, names_only
from index.files.pdf_layout import Block
from index.files.pdf_letters import LARGE
from index.files.row_heads import head_height
from index.files.rows import Grid

NEAR = 3.0  #: points, up to which columns of two tables may be off the same places
FEWEST_ROWS = 2  #: of what goes on without drawn cells; a line by itself may be anything
MOST_LINES = 4  #: between two parts of a table on one page, such as the name of a session in a programme
FEWEST_COLUMNS = 3  #: below a head that is not marked; two may be names with their values


def continue_tables(pages: Sequence[list[Block | Grid]], usual: float) -> None:
    """Give each part of a table that goes on the names of its columns.

    It goes on where a page ends with it and the next one begins with it, or where no more than a few lines part it on a
    page, none of which is set larger than what is `usual`, as the heading of another table would be.
    """
    for before, page in pairwise([[], *pages]):
        if before and page and isinstance(before[-1], Grid) and isinstance(page[0], Grid):
            page[0] = _continued(page[0], before[-1])
        _continue_below_lines(page, usual)


def _continue_below_lines(page: list[Block | Grid], usual: float) -> None:
    before: Grid | None = None
    lines = 0
    for number, part in enumerate(page):
        if isinstance(part, Block):
            lines += len(part.lines)
            if lines > MOST_LINES or any(line.size >= LARGE * usual for line in part.lines):
                before = None
            continue
        if before is not None and not _repeats_names(part, before):
            page[number] = part = _named_above(part, before) or _continued(part, before)
        before, lines = part, 0


def _continued(grid: Grid, before: Grid) -> Grid:
    """A table with the names of columns of the one before it, if it has the same columns and names none itself."""
    lines, above = _lines(grid), _lines(before)
    head = [line for line in above[: _head_height(above)] if len(line) > 1]
    columns = _columns(grid, before) if head and grid.gaps and not head_height(lines) else {}
    if not columns:
        return grid
    marked = all(cell.head for line in head for cell in line.values())
    if (len(lines) < FEWEST_ROWS and not _is_drawn(grid)) or (max(map(len, above)) < FEWEST_COLUMNS and not marked):
        return grid
    names = (
        replace(cell, row=number - len(head), rows=1, column=columns[column], head=True)
        for number, line in enumerate(head)
        for column, cell in line.items()
        if column in columns
    )
    return replace(grid, above=tuple(names))


def _head_height(lines: Sequence[Mapping[int, Cell]]) -> int:
    """How many rows of a table hold names of its columns: all where it is a head, which a line parts from its rows.

    Of such a head the last row alone reaches the names of rows; a table of words is none.
    """
    *over, last = lines
    alone = bool(over) and all(names_only(cell.text for cell in line.values()) for line in lines)
    alone = alone and len(last) >= FEWEST_COLUMNS and all(min(last) not in line for line in over)
    return len(lines) if alone else head_height(lines)


def _named_above(grid: Grid, before: Grid) -> Grid | None:
    """A table below a row of nothing but names of all its columns except the first, as models have above their data."""
    above = _lines(before)
    behind = grid.gaps[:1] + grid.gaps[2:]  # without the gap behind the first column
    names_alone = len(above) == 1 and names_only(cell.text for cell in above[0].values())
    if not names_alone or not before.gaps or len(behind) < FEWEST_COLUMNS or head_height(_lines(grid)):
        return None
    over = replace(grid, gaps=(before.gaps[0], *behind[1:]))
    if before.gaps[0][0] < grid.gaps[1][0] or len(_columns(over, before)) < len(over.gaps):
        return None
    names = (replace(cell, row=-1, column=column + 1, head=True) for column, cell in above[0].items())
    return replace(grid, above=tuple(names))


def _repeats_names(grid: Grid, before: Grid) -> bool:
    """Whether a table begins with a name of a column of the one above, or ends with one, which then is of the next."""
    lines, above = _lines(grid), _lines(before)
    names = {(column, cell.text) for line in above[: head_height(above)] for column, cell in line.items()}
    return any((column, cell.text) in names for line in lines[:1] + lines[-1:] for column, cell in line.items())


def _lines(grid: Grid) -> list[dict[int, Cell]]:
    return [line for _, line in grid.lines()]


def _columns(grid: Grid, before: Grid) -> dict[int, int]:
    """The columns of a table by those of another that are in the same places; none unless all are.

    Where names of rows stand in several columns, for some are set in, those of figures alone may be the same.
    """
    set_in = len(before.gaps) - len(grid.gaps)
    drawn = _is_drawn(grid)
    if set_in < 0 or drawn != _is_drawn(before) or (set_in and drawn):
        return {}
    first = 1 if set_in else 0
    pairs = zip(grid.gaps[first:], before.gaps[first + set_in :], strict=True)
    if not all(max(one[0], other[0]) <= min(one[1], other[1]) + NEAR for one, other in pairs):
        return {}
    return {number + set_in: number for number in range(first, len(grid.gaps))}


def _is_drawn(grid: Grid) -> bool:
    return all(end == start for end, start in grid.gaps)
