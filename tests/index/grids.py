"""Tables as their cells, for tests of what is made of them."""

from index.files.tables.cells import Cell
from index.files.tables.rows import Grid, write_rows


def rows_of(*lines):
    return [row.text for row in write_rows(Grid(tuple(Cell(t, r, c) for r, line in enumerate(lines) for c, t in line)))]
