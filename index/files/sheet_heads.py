"""The rows of a sheet that name its columns: one or several, joined cells and centred ones, apart from the figures."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.files.cells import LONGEST_LABEL, Cell, is_figure, may_name_words, names_only
from index.files.row_heads import MOST_HEAD_ROWS

Line = tuple[int, Sequence[str]]  #: a row with its number, from 0
MOST_NAMED = 0.75  #: of the columns of a head that are in use where it is taken to stand over a table farther down
Spans = Mapping[tuple[int, int], tuple[int, int]]  #: rows and columns of each joined cell, by where it begins

FEWEST_NAMES = 3  #: beside a number in a head, and of columns that have no figures
FEWEST_ROWS = 4  #: below such names, and below columns that are counted
FEWEST_COUNTED = 4  #: columns
NEARLY_ALL = 0.9  #: of the cells below names without a digit, which have one

_TOTAL = re.compile(r"(?:(?:grand|sub)[- ]?)?totals?:?|sums?:?", re.I)
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"[-–−+(]?[$€£¥]?\d")


@dataclass(frozen=True, slots=True)
class Head:
    """The rows that name columns, and what they name."""

    cells: tuple[Cell, ...] = ()
    last: int = -1  #: the number of the last of its rows
    nameless: frozenset[int] = frozenset()  #: columns behind them that the rows below it fill, too

    def fits(self, table: Sequence[Line]) -> bool:
        """Whether these rows, which have no names of their own, are figures of nearly all the columns it names.

        Sums may be of a few of them. Behind these there may be remarks.
        """
        used = _filled(table) - self.nameless
        reached = {column for cell in self.cells for column in range(cell.column, cell.column + cell.columns)}
        used = {column for column in used if column > min(used) and column >= min(reached)}  # the others name rows
        named = {cell.column for cell in self.cells} & {column for column in reached if column >= min(used, default=0)}
        remarks = [text for _, row in table for column, text in enumerate(row) if text and column in used - reached]
        if used - reached and min(used - reached) < max(reached):
            return False
        covered = len(used & named) >= MOST_NAMED * len(named) or _is_total(table)
        return bool(used) and not any(map(is_figure, remarks)) and covered and _mostly_figures(table)


def find_head(table: Sequence[Line], spans: Spans, *, named: bool) -> tuple[int, Head]:
    """The first row that belongs to the head of a table, and its head; none if nothing names its columns.

    Args:
        table: Rows without an empty one between them.
        spans: Joined cells.
        named: Whether the first row is known to name the columns.
    """
    wide = max(sum(map(bool, row)) for _, row in table)
    top = next((n for n, (_, row) in enumerate(table) if sum(map(bool, row)) > max(1, wide // 2)), 0)
    if named:
        height = int(_is_names(table[top][1]))
    else:
        top, height = next(_tops(table, top, spans), (top, 0))
    while height and not named and top and _stands_over(table[top - 1 : top + height], table[top + height :]):
        top, height = top - 1, height + 1
    if not height:
        return top, Head()
    first = min(_filled(table[top:]))
    counted = _counts(table[top][1], [row for _, row in table[top + 1 :]])
    cells = tuple(
        cell
        for cell in _cells(table[top : top + height], first, spans)
        if counted or cell.text not in ("0", str(cell.column))
    )
    last = max(cell.column + cell.columns for cell in cells)
    behind = frozenset(column for column in _filled(table[top + height :]) if column >= last)
    return top, Head(cells, table[top + height - 1][0], behind)


def _is_total(table: Sequence[Line]) -> bool:
    """Whether this is a row of sums alone, which two columns at least have."""
    texts = [text for text in table[0][1] if text]
    return len(table) == 1 and bool(_TOTAL.fullmatch(texts[0])) and len(texts) > 2 and all(map(is_figure, texts[1:]))


def _filled(table: Sequence[Line]) -> set[int]:
    """The columns that are in use."""
    return {column for _, row in table for column, text in enumerate(row) if text}


def _tops(table: Sequence[Line], first: int, spans: Spans) -> Iterator[tuple[int, int]]:
    """Where a head may begin, and how high it is: at the first row, or one with more cells than all before it."""
    for number, (above, below) in enumerate(pairwise(table[: MOST_HEAD_ROWS + 1])):
        if _parts(above[1], below[1]) and _filled(table[number + 2 :]) <= _filled([below]):
            yield number, 2
    widest = 0
    for number, (_, row) in enumerate(table[: first + MOST_HEAD_ROWS]):
        wide = sum(map(bool, row))
        if number >= first and wide > widest and (height := _height(table[number:], spans)):
            yield number, height
        widest = max(wide, widest)


def _height(table: Sequence[Line], spans: Spans) -> int:
    """How many rows at the top name columns."""
    (_, first), *others = table
    below = [row for _, row in others]
    if not _is_names(first) and not _are_numbered_names(first, below):
        return int(_counts(first, below))
    named = {column for column, text in enumerate(first) if text}
    height = 1
    for number, row in others[: MOST_HEAD_ROWS - 1]:
        filled = {column for column, text in enumerate(row) if text}
        joined = any(spans.get((number - 1, column), (1, 1))[1] > 1 for column in named)
        if not names_only(filter(None, row)) or not (joined or filled - named or min(filled) > min(named)):
            break
        named |= filled
        height += 1
    if height == len(table) and len(named) > 2 and not any(text.endswith(":") for _, row in table for text in row):
        return height  # the figures are farther down
    height = height if _mostly_figures(table[height:]) else 1
    return height if _has_figures(table[height:]) else int(_names_words(first, below))


def _is_names(row: Sequence[str]) -> bool:
    texts = [text for text in row if text]
    return len(texts) > 1 and names_only(texts) and not all(text[0].isdigit() for text in texts)


def _are_numbered_names(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row has names but for one small number, as programs write them, and one of them heads figures."""
    texts = {column: text for column, text in enumerate(row) if text}
    # As pandas numbers columns that have no name: all from 0, or by their places.
    names = {column: text for column, text in texts.items() if text not in ("0", str(column))}
    if len(names) != len(texts) - 1 or len(names) < FEWEST_NAMES or not names_only(names.values()):
        return False
    columns = ([one[column] for one in below if column < len(one) and one[column]] for column in names)
    return any(len(column) > 2 and all(map(is_figure, column)) for column in columns)


def _names_words(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    names = {column: text for column, text in enumerate(row) if text}
    cells = ((column, text) for one in below for column, text in enumerate(one) if text)
    many = len(below) >= FEWEST_ROWS and len(names) >= FEWEST_NAMES
    return many and (may_name_words(names, cells) or _stands_over_digits(names.values(), below))


def _stands_over_digits(names: Iterable[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether nearly all cells below have a digit, as those of a plan of exercises, and no name has one."""
    cells = [text for one in below for text in one if text]
    return not any(map(_DIGIT.search, names)) and sum(map(bool, map(_DIGIT.search, cells))) >= NEARLY_ALL * len(cells)


def _counts(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row counts columns of words from 1 on, as lessons and days are, beside the name of the rows."""
    texts = [text for text in row if text]
    first = texts.index("1") if "1" in texts[:2] else len(texts)
    counted = sum(text == str(number) for number, text in enumerate(texts[first:], start=1))
    rest = texts[:first] + texts[first + counted :]
    figures = [is_figure(text) for one in below for text in list(filter(None, one))[1:]]
    lessons = 2 * sum(figures) < len(figures)  # words; of figures, the first row may be one
    return counted >= FEWEST_COUNTED and len(below) >= FEWEST_ROWS and names_only(rest) and lessons


def _has_figures(table: Iterable[Line]) -> bool:
    return any(_FIGURE.match(text) for _, row in table for text in row)


def _mostly_figures(table: Sequence[Line]) -> bool:
    """Whether the rows below a head, and one of the first two, are names with figures."""
    cells = [text for _, row in table for text in [one for one in row if one][1:]]
    return bool(cells) and _has_figures(table[:2]) and sum(map(is_figure, cells)) >= 0.5 * len(cells)


def _stands_over(head: Sequence[Line], below: Sequence[Line]) -> bool:
    """Whether the first of these rows, which has few cells, names groups of the columns that the others name."""
    texts = [text for text in head[0][1] if text]
    names = all(names_only(filter(None, row)) for _, row in head)
    short = all(len(text) <= LONGEST_LABEL and not re.search("[:：]", text) for text in texts)
    return len(texts) > 1 and names and short and (not below or _mostly_figures(below))


def _parts(above: Sequence[str], names: Sequence[str]) -> bool:
    """Whether names of columns are alike, as times are in a timetable of days, and what stands above parts these."""
    starts = [column for column, text in enumerate(above) if text]
    placed = [(bisect_right(starts, column), text) for column, text in enumerate(names) if text]
    told = len({text for _, text in placed})
    parted = len(starts) > 1 and told < len(placed) == len(set(placed)) and placed[0][0] == 0
    return parted and names_only(filter(None, (*above, *names)))


def _cells(head: Sequence[Line], first: int, spans: Spans) -> Iterator[Cell]:
    """The cells of the rows of a head, each as far as it reaches; `first` is the column of the names of rows."""
    named = [column for column, text in enumerate(head[-1][1]) if text and column > first]
    for number, row in head:
        filled = [column for column, text in enumerate(row) if text]
        for column in filled:
            start, end = column, column + spans.get((number, column), (1, 1))[1]
            if end == start + 1 and number < head[-1][0] and column > first:
                start, end = _reach(column, [one for one in filled if one > first], named)
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
    group = next((run for run in _runs(named) if column in run), range(column, column + 1))
    beside = [one for one in filled if one in group]
    if len(beside) == 1:
        return group.start, group.stop
    if beside[0] == group.start:
        return column, next((one for one in beside if one > column), group.stop)
    return column, column + 1


def _runs(columns: Sequence[int]) -> Iterator[range]:
    """The runs of columns that follow each other."""
    start = columns[0]
    for column, after in pairwise([*columns, columns[-1] + 2]):
        if after > column + 1:
            yield range(start, column + 1)
            start = after
