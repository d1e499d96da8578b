"""Cells of a page's or a document's table that are empty as they say the same as those above them."""

from dataclasses import replace

from index.files.sheets.groups import rows_meant
from index.files.tables.row_heads import head_height
from index.files.tables.rows import Grid, Row, write_rows


def write_table(grid: Grid) -> list[Row]:
    """The rows of a table; what stands in its first column is told with the rows below it that leave it empty."""
    numbered = grid.lines()
    height = head_height([line for _, line in numbered])
    below = numbered[height:]
    follow = [number for number, _ in below] == list(range(below[0][0], below[-1][0] + 1)) if below else False
    firsts = [line[0] for _, line in below if 0 in line]
    # A cell that is joined tells itself of what it is, and one alone in its row is the name of a group.
    told = all(cell.rows == 1 and cell.columns == 1 for cell in firsts) and all(len(line) > 1 for _, line in below)
    if not height or 0 not in numbered[height - 1][1] or not follow or not told:
        return write_rows(grid)
    width = max(cell.column for cell in grid.cells) + 1
    texts = {number: [line[n].text if n in line else "" for n in range(width)] for number, line in below}
    meant = rows_meant(texts, 0)
    meant = meant if sum(rows > 1 for rows in meant.values()) > 1 else {}  # a medal, or who is the chair, has one
    cells = (
        replace(cell, rows=meant[cell.row]) if not cell.column and cell.row in meant else cell for cell in grid.cells
    )
    return write_rows(replace(grid, cells=tuple(cells)), height if meant else None)
