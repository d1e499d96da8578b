"""The rows of a sheet that name its columns: one or several, joined cells and centred ones, apart from the figures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from index.files.tables.cells import LONGEST_LABEL, Cell, is_figure, names_only
from index.files.tables.field_tables import begins_with_field
from index.files.tables.head_rows import LEAST, head_rows, is_numbered
from index.files.tables.naming import names_columns

Line = tuple[int, Sequence[str]]  #: a row with its number, from 0
Spans = Mapping[tuple[int, int], tuple[int, int]]  #: rows and columns of each joined cell, by where it begins

MOST_NAMED = 0.75  #: of the columns of a head that are in use where it is taken to stand over a table farther down
MOST_NAMED_BY_MANY = 0.5  #: the same, of a table of many rows, or columns in use
MANY = 5
FEWEST_ROWS = 3  #: of words, by which it is known that names above another table are theirs, too
MOST_GROUPS = 0.75  #: of the number of columns, that names of groups of them may be

_TOTAL = re.compile(r"(?:(?:grand|sub)[- ]?)?totals?:?|sums?:?", re.I)


@dataclass(frozen=True, slots=True)
class Head:
    """The rows that name columns, and what they name."""

    cells: tuple[Cell, ...] = ()
    last: int = -1  #: the number of the last of its rows
    names: Mapping[int, str] = field(default_factory=dict)  #: the last of its rows, by column

    def fits(self, table: Sequence[Line], after: Sequence[Line]) -> bool:
        """Whether it names the columns of these rows, too, which have no names of their own.

        Sums may be of a few of them. Rows of words are known with those that come `after` them.
        """
        rows = [filled(row) for _, row in table]
        used = {column for row in rows for column in row} & self.names.keys()
        least = MOST_NAMED_BY_MANY if max(len(table), len(used)) >= MANY else MOST_NAMED
        covered = len(used) >= least * len(self.names) or _is_total(table)
        below = [*rows, *(row for _, one in after if len(row := filled(one)) > 1 and row.keys() <= self.names.keys())]
        named = _mostly_figures(table) or (len(below) >= FEWEST_ROWS and names_columns(self.names, below) > LEAST)
        return bool(self.names) and covered and named


def find_head(table: Sequence[Line], spans: Spans, *, named: bool, after: Sequence[Line] = ()) -> tuple[int, Head]:
    """The first row that belongs to the head of a table, and its head; none if nothing names its columns.

    Args:
        table: Rows without an empty one between them.
        spans: Joined cells.
        named: Whether the first row is known to name the columns.
        after: Rows below it and an empty one, which may be what it names the columns of.
    """
    rows = [filled(row) for _, row in table]
    wide = max(map(len, rows))
    top = next((number for number, row in enumerate(rows) if len(row) > max(1, wide // 2)), 0)
    below = [*rows, *(filled(row) for _, row in after)]
    first, height = head_rows(below, len(rows), top if named else None)
    while height and not named and first and _stands_over(table[first - 1 : first + height], table[first + height :]):
        first, height = first - 1, height + 1
    if not height or (height == 1 and begins_with_field(rows[first:], named=named)):
        return top, Head()
    left = min(column for row in rows[first:] for column in row)
    counted = sum(text.isdigit() for text in rows[first + height - 1].values()) > 1
    cells = tuple(
        cell
        for cell in _cells(table[first : first + height], left, spans)
        if counted or not is_numbered(cell.column, cell.text)
    )
    return first, Head(cells, table[first + height - 1][0], rows[first + height - 1])


def filled(row: Sequence[str]) -> dict[int, str]:
    """The cells of a row that are not empty, by column."""
    return {column: text for column, text in enumerate(row) if text}


def is_sum(name: str) -> bool:
    """Whether a row of this name has sums."""
    return bool(_TOTAL.fullmatch(name))


def _is_total(table: Sequence[Line]) -> bool:
    """Whether this is a row of sums alone, which two columns at least have."""
    texts = [text for text in table[0][1] if text]
    return len(table) == 1 and is_sum(texts[0]) and len(texts) > 2 and all(map(is_figure, texts[1:]))


def _mostly_figures(table: Sequence[Line]) -> bool:
    """Whether the rows below a head are names with figures."""
    cells = [text for _, row in table for text in [one for one in row if one][1:]]
    return bool(cells) and sum(map(is_figure, cells)) >= 0.5 * len(cells)


def _stands_over(head: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether the first of these rows, which has few cells, names groups of the columns that the others name."""
    texts = [text for text in head[0][1] if text]
    names = all(names_only(filter(None, row)) for _, row in head)
    short = all(len(text) <= LONGEST_LABEL and not re.search("[:：]", text) for text in texts)
    few = 1 < len(texts) <= MOST_GROUPS * len(filled(head[0][1]) | filled(head[1][1]))
    return few and names and short and (not below or _mostly_figures(below))


def _cells(head: Sequence[Line], first: int, spans: Spans) -> Iterator[Cell]:
    """The cells of the rows of a head, each as far as it reaches; `first` is the column of the names of rows."""
    named = [column for column, text in enumerate(head[-1][1]) if text and column > first]
    for number, row in head:
        columns = list(filled(row))
        for column in columns:
            start, end = column, column + spans.get((number, column), (1, 1))[1]
            if end == start + 1 and number < head[-1][0] and column > first:
                start, end = _reach(column, [one for one in columns if one > first], named)
            yield Cell(row[column], number, start, 1, end - start, head=True)


def _reach(column: int, filled: Sequence[int], named: Sequence[int]) -> tuple[int, int]:
    """From where to where a name above others reaches, which may be centred.

    It is over all of them if it is alone, else over those between two empty columns; of several names over these, each
    reaches to the next one if the first begins where they begin.
    """
    if not named:
        return column, column + 1
    if len(filled) == 1:
        return named[0], named[-1] + 1
    group = next((run for run in runs_of(named) if column in run), range(column, column + 1))
    beside = [one for one in filled if one in group]
    if len(beside) == 1:
        return group.start, group.stop
    if beside[0] == group.start:
        return column, next((one for one in beside if one > column), group.stop)
    return column, column + 1


def runs_of(columns: Sequence[int]) -> Iterator[range]:
    """The runs of columns that follow each other."""
    start = columns[0]
    for column, after in pairwise([*columns, columns[-1] + 2]):
        if after > column + 1:
            yield range(start, column + 1)
            start = after
