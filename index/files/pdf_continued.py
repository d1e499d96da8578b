"""Tables that go on over pages: their columns are named on the first one only."""

from dataclasses import replace

from index.files.row_heads import head_height
from index.files.rows import Grid

NEAR = 3.0  #: points, up to which columns of two tables may be off the same places


def continued(grid: Grid, before: Grid) -> Grid:
    """The first table of a page, with the names of the last one's columns on the page before if it goes on with that.

    So it does if it has the same columns, and names none itself.
    """
    if not grid.gaps or len(grid.gaps) != len(before.gaps) or head_height([line for _, line in grid.lines()]):
        return grid
    for (end, start), (other_end, other_start) in zip(grid.gaps, before.gaps, strict=True):
        if max(end, other_end) > min(start, other_start) + NEAR:
            return grid
    lines = [line for _, line in before.lines()]
    head = [line for line in lines[: head_height(lines)] if len(line) > 1]
    above = (
        replace(cell, row=number - len(head), rows=1, head=True)
        for number, line in enumerate(head)
        for cell in line.values()
    )
    return replace(grid, above=tuple(above))
