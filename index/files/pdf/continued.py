"""Tables that go on over pages, or below a line: their columns are named in the first part only."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from index.files.pdf.layout import Block, Line
from index.files.pdf.letters import LARGE
from index.files.pdf.signs import is_figure
from index.files.tables.cells import LONGEST_LABEL, Cell, names_only
from index.files.tables.row_heads import head_height
from index.files.tables.rows import Grid
from index.files.tables.weeks import is_of_weeks, names_of_days

NEAR = 3.0  #: points, up to which columns of two tables may be off the same places
INDENT = 12.0  #: the same where they begin on the left: names of rows may be set in, but those of groups of rows
FEWEST_ROWS = 2  #: of what goes on without drawn cells; a line by itself may be anything
MOST_LINES = 4  #: between two parts of a table on one page, such as the name of a session in a programme
MANY_COLUMNS = 5  #: which stand below others in no other table than that which goes on
NEARLY_ALL = 0.75  #: of the columns of what goes on, which stand below one each
FEWEST_COLUMNS = 3  #: below a head that is not marked; two may be names with their values, unless they are figures

Extent = tuple[float, float]  #: from where to where a column reaches


def continue_tables(pages: Sequence[list[Block | Grid]], usual: Sequence[float]) -> None:
    """Give each part of a table that goes on the names of its columns.

    It goes on where no more than a few lines part it, none of which is set larger than what is `usual` on its page, as
    the heading of another table would be; also where a page ends with it.
    """
    for (before, page), size in zip(pairwise([[], *pages]), usual, strict=True):
        last = before[-1] if before else None
        _continue_below_lines(page, size, last if isinstance(last, Grid) else None)


def _continue_below_lines(page: list[Block | Grid], usual: float, before: Grid | None) -> None:
    lines: list[Line] = []
    last = before
    for number, part in enumerate(page):
        if isinstance(part, Block):
            lines += part.lines
            if len(lines) > MOST_LINES or any(line.size >= LARGE * usual for line in part.lines):
                before = None
            continue
        above, lines = lines, []
        if before is not None and not _repeats_names(part, before):
            named = (
                _below_days(part, before) or _named_above(part, before) or _continued(part, before, apart=bool(above))
            )
            if named is not part:
                line = above[-1] if above else None
                name = Cell(line.text, -1, 0, indent=line.left, head=line.bold) if line else _last_group(last)
                page[number] = last = _in_group(named, name)
                continue  # what comes next may have columns that this part lacks
        before = last = part


def _in_group(grid: Grid, name: Cell | None) -> Grid:
    """A table that goes on, its rows below what may be the name of their group, if that is bold and they are set in."""
    if not name or not _names_group(name, grid.cells[0].indent):
        return grid
    names = (replace(cell, row=cell.row - 1) for cell in grid.above)
    return replace(grid, above=(*names, replace(name, row=-1)))


def _names_group(cell: Cell, indent: float) -> bool:
    """Whether a cell is bold, and rows that begin at `indent` are set in below it."""
    return cell.head and cell.indent <= indent - 1 and len(cell.text) <= LONGEST_LABEL


def _last_group(grid: Grid | None) -> Cell | None:
    """The name of the last group of a table's rows; None if its rows are in none."""
    lines = _lines(grid) if grid else []
    below = lines[_head_height(lines) :] if lines else []
    begins = min((line[0].indent for line in below if len(line) > 1 and 0 in line), default=0.0)
    lone = (line[0] for line in reversed(lines) if len(line) == 1 and 0 in line)
    return next((cell for cell in lone if _names_group(cell, begins)), None)


def _continued(grid: Grid, before: Grid, *, apart: bool) -> Grid:
    """A table with the names of columns of the one before it, if it has the same columns and names none itself.

    Args:
        grid: The table.
        before: The one before it.
        apart: Whether lines stand between them.
    """
    lines, above = _lines(grid), _lines(before)
    head = [line for line in above[: _head_height(above)] if len(line) > 1]
    columns = _columns(grid, before) if head and grid.gaps and not head_height(lines) else {}
    if not columns or _begins_among_figures(grid, before, above[_head_height(above) :]):
        return grid
    marked = all(cell.head for line in head for cell in line.values())
    marked = marked or (not apart and _are_named_alike([*above[_head_height(above) :], *lines]))
    alone = len(lines) < FEWEST_ROWS and len(grid.gaps) < MANY_COLUMNS and not _is_drawn(grid)
    may_be_fields = max(map(len, above)) < FEWEST_COLUMNS and not all(is_figure(line[min(line)].text) for line in lines)
    if alone or (may_be_fields and not marked):
        return grid
    names = tuple(_moved(head, columns))
    told = {column for name in names for column in name.reach}
    return replace(grid, above=names) if 2 * len(told) >= len(grid.gaps) else grid


def _begins_among_figures(grid: Grid, before: Grid, rows: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether a table begins right of where any of the rows of the one before it does: it is the end of a lone row."""
    last = max((min(line) for line in rows), default=len(before.gaps))
    return last + 1 < len(before.gaps) and grid.gaps[0][0] > before.gaps[last + 1][1] + NEAR


def _are_named_alike(lines: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether the first cell of each row is marked as its name, and no other is; a row of one cell is of a group."""
    return all(cell.head == (column == 0) for line in lines if len(line) > 1 for column, cell in line.items())


def _moved(head: Sequence[Mapping[int, Cell]], columns: Mapping[int, int]) -> Iterator[Cell]:
    """Names of columns as those of other ones, above the first row of these."""
    for number, line in enumerate(head):
        for column, cell in line.items():
            reach = [columns[one] for one in (column, *cell.reach) if one in columns]
            if reach:
                width = max(reach) - min(reach) + 1
                yield replace(cell, row=number - len(head), rows=1, column=min(reach), columns=width, head=True)


def _head_height(lines: Sequence[Mapping[int, Cell]]) -> int:
    """How many rows of a table hold names of its columns: all where it is a head, which a line parts from its rows.

    Of such a head the last row alone reaches the names of rows; a table of words is none.
    """
    *over, last = lines
    alone = bool(over) and all(names_only(cell.text for cell in line.values()) for line in lines)
    alone = alone and len(last) >= FEWEST_COLUMNS and all(min(last) not in line for line in over)
    return len(lines) if alone else head_height(lines)


def _below_days(grid: Grid, before: Grid) -> Grid | None:
    """The weeks of a calendar below the names of the days, which a line or a gap parts from them."""
    lines, above = _lines(grid), _lines(before)
    at = names_of_days(above)
    if at is None or len(grid.gaps) != len(above[at]) or not is_of_weeks(lines):
        return None
    names = (replace(cell, row=-1, column=column) for column, (_, cell) in enumerate(sorted(above[at].items())))
    return replace(grid, above=tuple(names))


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
    """Whether a row of a table has a name of a column of the one above, below which other names follow."""
    above = _lines(before)
    names = {(column, cell.text) for line in above[: _head_height(above)] for column, cell in line.items()}
    return any((column, cell.text) in names for line in _lines(grid) for column, cell in line.items())


def _lines(grid: Grid) -> list[dict[int, Cell]]:
    return [line for _, line in grid.lines()]


def _columns(grid: Grid, before: Grid) -> dict[int, int]:
    """The columns of a table by those of another that are in the same places; none unless all are.

    Where names of rows stand in several columns, for some are set in, those of figures alone may be the same.
    """
    set_in = len(before.gaps) - len(grid.gaps)
    drawn = _is_drawn(grid)
    if drawn != _is_drawn(before) or (set_in and drawn):
        return {}
    return _in_same_places(grid, before, set_in) or (not drawn and _below(grid, before)) or {}


def _in_same_places(grid: Grid, before: Grid, set_in: int) -> dict[int, int]:
    if set_in < 0:
        return {}
    first = 1 if set_in else 0
    pairs = list(zip(grid.gaps[first:], before.gaps[first + set_in :], strict=True))
    near = INDENT if len(pairs) >= MANY_COLUMNS else NEAR
    for (left, right), (other, end) in pairs:
        if max(left, other) > min(right, end) + (NEAR if left < right else near):
            return {}
    return {number + set_in: number for number in range(first, len(grid.gaps))}


def _below(grid: Grid, before: Grid) -> dict[int, int]:
    """The same where some columns are missing, or run together: nearly all others stand below one each."""
    own, above = _extents(grid), _extents(before)
    if min(len(own), len(above)) < MANY_COLUMNS or own[0][0] < above[0][0] - INDENT:
        return {}
    over = [[number for number, other in enumerate(above) if _is_below(column, other)] for column in own]
    over[-1] = over[-1][:1]  # which reaches as far as one likes
    columns: dict[int, int] = {}
    for number, named_by in enumerate(over):
        for one in named_by:
            columns.setdefault(one, number)
    alone = sum(len(named_by) == 1 and columns[named_by[0]] == number for number, named_by in enumerate(over))
    return columns if alone >= NEARLY_ALL * len(own) and list(columns) == sorted(columns) else {}


def _is_below(one: Extent, other: Extent) -> bool:
    """Whether the narrower of two columns stands above or below the other with half of its width."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared >= 0.5 * min(one[1] - one[0], other[1] - other[0])


def _extents(grid: Grid) -> list[Extent]:
    """From where to where each column reaches; the last one as far as one likes."""
    ends = [left for left, _ in grid.gaps[1:]]
    return list(zip((right for _, right in grid.gaps), [*ends, math.inf], strict=True))


def _is_drawn(grid: Grid) -> bool:
    return all(end == start for end, start in grid.gaps)
