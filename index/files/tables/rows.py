"""Tables as rows that can be read, and quoted, each by itself: header cells are repeated with every row."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from index.files.tables.cells import LONGEST_LABEL, MONEY, YEAR, Cell, is_item, is_label
from index.files.tables.column_names import column_names
from index.files.tables.heads_below import heads_below, is_name_alone
from index.files.tables.ranges import columns_of_dashes, ranges_joined
from index.files.tables.repeated_names import names_over_repeated
from index.files.tables.row_heads import head_height, names_repeated
from index.files.tables.side_by_side import are_names, pairs_beside, tables_beside
from index.files.tables.titled_parts import titled_parts
from index.files.tables.values_below import with_values_below
from index.files.tables.weeks import Calendar, calendar_of

DIVIDER = " | "
FEWEST_ROWS = 3  #: of fields, and of a table that stands below these in the same frame

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_FIGURE = re.compile(r"\(?[-–—]?\(?\d|[-–—]$")
_CLOSING = (")", "%", ")%", "%)")


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table."""

    cells: tuple[Cell, ...]
    #: Where its first column begins on a page, and where each ends and the next begins; if drawn, where the last ends.
    gaps: tuple[tuple[float, float], ...] = ()
    above: tuple[Cell, ...] = ()  #: names of its columns that stand on a page before, in rows below 0

    def lines(self) -> list[tuple[int, dict[int, Cell]]]:
        """The number of each row in which a cell begins, and its cells by column; a high one stands in each of them."""
        lines: dict[int, dict[int, Cell]] = {}
        begun = {cell.row for cell in (*self.above, *self.cells) if cell.text}
        for cell in sorted((*self.above, *self.cells), key=lambda one: (one.row, one.column)):
            for row in range(cell.row, cell.row + cell.rows):
                if cell.text and row in begun:
                    _place(lines.setdefault(row, {}), cell)
        head = next((lines[row] for row in sorted(lines)), {})
        named = {column for column, cell in head.items() if any(map(str.isalpha, cell.text))}
        return [(row, _with_signs(dict(sorted(lines[row].items())), named)) for row in sorted(lines)]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a sentence; a caption if it only names what stands below it."""

    text: str
    caption: bool = False
    number: int = 0  #: of the row of its grid, from 0


def _place(line: dict[int, Cell], cell: Cell) -> None:
    """Put a cell where it begins; where another stands there, beside it or, if there is no room, behind its text."""
    end = cell.column + max(1, cell.columns)
    free = next((column for column in range(cell.column, end) if column not in line), None)
    if free is None:
        there = line[cell.column]
        line[cell.column] = replace(there, text=f"{there.text} {cell.text}")
    else:
        line[free] = cell if free == cell.column else replace(cell, column=free, columns=end - free)


def _with_signs(line: Mapping[int, Cell], named: Set[int]) -> dict[int, Cell]:
    """A row whose signs of money, percent signs and closing brackets are in the cell of the figure that they are of.

    A sign and a figure that stand in columns with a name each (`named`) stay in these.
    """
    joined: dict[int, Cell] = {}
    text = ""  # of the cell before
    for column, cell in line.items():
        if column in named and joined and next(reversed(joined)) in named:
            pass
        elif cell.text in _CLOSING and text[-1:].isdigit():
            column, figure = joined.popitem()
            cell = replace(figure, text=text + cell.text)
        elif MONEY.fullmatch(text) and _FIGURE.match(cell.text) and not (cell.head and YEAR.fullmatch(cell.text)):
            joined.popitem()
            cell = replace(cell, text=text + cell.text)
        joined[column] = cell
        text = cell.text
    return joined


def write_rows(grid: Grid, head: int | None = None) -> list[Row]:
    """The rows of a table, each with its header cells, and with the heading of its group of rows if it has one.

    What stands above it on another page is not among them.

    Args:
        grid: The table.
        head: How many of its rows name columns, where that is known.
    """
    numbered: Sequence[tuple[int, Mapping[int, Cell]]] = grid.lines()
    lines = [line for _, line in numbered]
    if calendar := calendar_of(lines):
        return [row for row in _days(numbered, calendar) if row.number >= 0]
    height = head_height(lines) if head is None else head
    if not head and (parts := _parts_of(grid, numbered, height)):
        return [row for part in parts for row in write_rows(part)]
    numbered = numbered if height else with_values_below(numbered)
    lines = [line for _, line in numbered]
    labels = column_names(lines[:height])
    names = [line[0].text for line in lines[height:] if 0 in line]
    if any(map(is_name_alone, lines[height:])) and not any(map(_DIGIT.search, names)):
        labels.pop(0, None)  # the name of the first group, rather than of all names
    rows = [Row(DIVIDER.join(cell.text for cell in line.values()), True, number) for number, line in numbered[:height]]
    group: Cell | None = None
    deeper = False  # whether rows of the group stand farther to the right than its name
    anew = heads_below(lines, height)
    repeated, over = names_repeated(lines), {} if labels else names_over_repeated(lines)
    named = ""  # what names the rows that follow, and is told with each
    dashes = columns_of_dashes(lines[height:])
    all_marked = len(lines) > 1 and all(cell.head for line in lines for cell in line.values())
    for at, (number, line) in enumerate(numbered[height:], start=height):
        first = next(iter(line.values()))
        if at in anew:
            labels, group = column_names(anew[at]), None
            named = rows[-1].text if anew[at] == [line] and is_name_alone(lines[at - 1]) else ""
            rows.append(Row(DIVIDER.join(cell.text for cell in line.values()), True, number))
            continue
        named = first.text if at in repeated else over.get(at, named)
        if at in repeated or (over and len(line) == 1):  # a note among fields is none of them
            rows.append(Row(first.text, at in repeated or at in over, number))
            continue
        if labels and is_name_alone(line):
            group, deeper = first, False
            named = named if repeated else ""
            rows.append(Row(first.text, at < len(lines) - 1, number))  # the last line of all names nothing
            continue
        text = DIVIDER.join(filter(None, (named, _row(line, labels, dashes, all_marked))))
        if group and not _belongs(first, group, deeper):
            group = None
        deeper = deeper or (group is not None and first.indent > group.indent + 1)
        rows.append(Row(_named(group.text, text) if group else text, number=number))
        if group and not deeper and _sums_up(first.text, group.text):
            group = None
    return [row for row in rows if row.number >= 0]


def _begins_below_fields(lines: Sequence[Mapping[int, Cell]]) -> list[int]:
    """Where a table with a head begins that stands below fields in the same frame, each a name and its value."""
    wide = next((number for number, line in enumerate(lines) if len(line) > 2), 0)
    below = lines[wide:]
    fields = wide >= FEWEST_ROWS and all(0 in line for line in lines[:wide])
    # A cell that reaches down into the table is in its rows, too.
    over = fields and any(cell is other for cell in lines[wide - 1].values() for other in below[0].values())
    return [wide] if fields and not over and len(below) > FEWEST_ROWS and head_height(below) else []


def _parted(grid: Grid, rows: Iterable[int]) -> Iterator[Grid]:
    """The part of a table above the first of some rows, and those that begin with each of them."""
    for first, end in pairwise([0, *rows, max(cell.row for cell in grid.cells) + 1]):
        cells = tuple(cell for cell in grid.cells if first <= cell.row < end)
        yield replace(grid, cells=cells, above=() if first else grid.above)


def _parts_of(grid: Grid, numbered: Sequence[tuple[int, Mapping[int, Cell]]], height: int) -> Sequence[Grid]:
    """The tables that one consists of which stand side by side, or below fields or each other; none where it is one."""
    lines = [line for _, line in numbered]
    if starts := tables_beside(lines, height) if height else pairs_beside(lines):
        return tuple(_beside(grid, starts))
    below = titled_parts(lines) if height else _begins_below_fields(lines)
    return tuple(_parted(grid, [numbered[at][0] for at in below])) if below else ()


def _beside(grid: Grid, starts: Sequence[int]) -> Iterator[Grid]:
    """The parts of a table that begin in some columns, the first one with 0, each with columns counted from there."""
    parts: list[list[Cell]] = [[] for _ in starts]
    for cell in grid.cells:
        number = bisect_right(starts, cell.column) - 1
        parts[number].append(replace(cell, column=cell.column - starts[number]))
    yield from (Grid(tuple(part)) for part in parts)


def _belongs(first: Cell, group: Cell, deeper: bool) -> bool:
    """Whether a row is one of a group: indented, or under a name that is marked, in capitals, or with a colon."""
    if first.column:
        return False
    if (group.head and not first.head) or (group.text.isupper() and not first.text.isupper()):
        return True
    return first.indent > group.indent + 1 or (group.text[-1] == ":" and first.indent >= group.indent and not deeper)


def _sums_up(name: str, group: str) -> bool:
    """Whether a row is the last of its group, as "Total current assets" of "Current assets:"."""
    last = group.rstrip(": ").casefold()
    return len(name) > len(last) and name.casefold().endswith(last)


def _days(numbered: Sequence[tuple[int, Mapping[int, Cell]]], calendar: Calendar) -> Iterator[Row]:
    """A row for what is told of each day of a calendar; a line of nothing but numbers says nothing by itself."""
    for number, line in numbered[: calendar.names]:
        yield Row(_row(line, {}, set(), False), len(line) == 1, number)
    number, names = numbered[calendar.names]
    yield Row(DIVIDER.join(cell.text for cell in names.values()), True, number)
    for (number, line), told in zip(numbered[calendar.names + 1 :], calendar.days, strict=True):
        if told is None:
            yield Row(DIVIDER.join(cell.text for cell in line.values()), True, number)
            continue
        plain = Row(
            _row(line, calendar.labels, set(), False), all(cell.text.isdigit() for cell in line.values()), number
        )
        yield from (Row(text, number=number) for text in told) if told else [plain]


def _row(line: Mapping[int, Cell], labels: Mapping[int, str], dashes: Set[int], all_marked: bool) -> str:
    """One row: each cell after its header, or a name and its value where there are no headers.

    Marks tell names from values only where not all cells are marked.
    """
    if labels:
        told = [(column, _label(labels, column, line), cell.text) for column, cell in line.items()]
        return DIVIDER.join(_named(label, text) for label, text in ranges_joined(told, dashes))
    cells = [cell.text for cell in line.values()]
    if len(cells) == 2 and is_item(cells[0]):
        return " ".join(cells)
    if len(cells) == 2 and is_label(cells[0]) and not cells[1].endswith(":") and not are_names(line, all_marked):
        return _named(cells[0], cells[1])
    parts: list[str] = []
    names = False  # whether the last part names what comes next
    for cell in line.values():
        if names and not cell.head and not cell.text.endswith(":"):
            parts[-1] = _named(parts[-1], cell.text)
            names = False
        else:
            parts.append(cell.text)
            names = cell.text.endswith(":") or (cell.head and is_label(cell.text))
    return DIVIDER.join(parts)


def _label(labels: Mapping[int, str], column: int, line: Mapping[int, Cell]) -> str:
    """What names a cell of a row; a header may be set in from where the cells below it begin.

    A cell beside the first that reaches over all columns needs no name; one over some that are of a kind, as years or
    models are, is of each of them.
    """
    if column in labels:
        if not column:
            return labels[column]
        own = (one for one in line[column].reach if one == column or one not in line)
        under = dict.fromkeys(labels[one] for one in own if one in labels)
        if len(under) > 1 and labels.keys() <= {0, *line[column].reach}:
            return ""
        of_a_kind = len({_DIGITS.sub("0", name) for name in under}) == 1  # else it may run on over what is beside it
        joined = ", ".join(under)
        return joined if of_a_kind and len(joined) <= LONGEST_LABEL else labels[column]
    reach = range(column + 1, column + line[column].columns)
    found = {labels[one] for one in reach if one in labels and one not in line}
    return found.pop() if len(found) == 1 else ""


def _named(label: str, text: str) -> str:
    label = label.rstrip(": ")
    return f"{label}: {text}" if label and text and label.casefold() != text.casefold() else text
