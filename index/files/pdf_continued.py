"""Tables that go on over pages: their columns are named on the first one only."""

from dataclasses import replace

from index.files.row_heads import head_height
from index.files.rows import Grid

NEAR = 3.0  #: points, up to which columns of two tables may be off the same places
FEWEST_ROWS = 2  #: of what goes on without drawn cells; a line by itself may be anything
FEWEST_COLUMNS = 3  #: below a head that is not marked; two may be names with their values


def continued(grid: Grid, before: Grid) -> Grid:
    """What a page begins with, with the names of columns of what the page before ends with, if it is the same table.

    It is if it has the same columns, drawn or not as those, and names none itself.
    """
    lines, above = [[line for _, line in one.lines()] for one in (grid, before)]
    head = [line for line in above[: head_height(above)] if len(line) > 1]
    if not head or not grid.gaps or head_height(lines) or not _are_alike(grid, before):
        return grid
    marked = all(cell.head for line in head for cell in line.values())
    if (len(lines) < FEWEST_ROWS and not _is_drawn(grid)) or (max(map(len, above)) < FEWEST_COLUMNS and not marked):
        return grid
    names = (
        replace(cell, row=number - len(head), rows=1, head=True)
        for number, line in enumerate(head)
        for cell in line.values()
    )
    return replace(grid, above=tuple(names))


def _are_alike(grid: Grid, before: Grid) -> bool:
    """Whether two tables have the same columns."""
    if len(grid.gaps) != len(before.gaps) or _is_drawn(grid) != _is_drawn(before):
        return False
    pairs = zip(grid.gaps, before.gaps, strict=True)
    return all(max(one[0], other[0]) <= min(one[1], other[1]) + NEAR for one, other in pairs)


def _is_drawn(grid: Grid) -> bool:
    return all(end == start for end, start in grid.gaps)
