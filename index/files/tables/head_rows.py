"""Which rows of a table name its columns, where nothing marks them, as a model tells."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from math import inf

from index.files.tables.cells import is_figure, is_value, names_only
from index.files.tables.naming import TIMES, kind_of, names_columns, run_of_times

MOST_HEAD_ROWS = 7
FEWEST_NAMES = 3  #: beside a number in a head
LEAST = 0.7  #: log-odds of a row that names columns; words that say nothing of it have .6
LIKELY = 2.0  #: log-odds that are added for the first row of a file that mostly has a head
AGAIN = 0.8  #: of the cells of a head, in a row that is the head again
FAR = 2.0  #: log-odds by which a row is far likelier than another
FEW = 0.5  #: of the cells of a head, that may have a colon in them
MOST_OF_TIMES = 0.5  #: of the cells of a row, that name times


def head_rows(rows: Sequence[Mapping[int, str]], size: int, known: int | None = None) -> tuple[int, int]:
    """Where a head begins among the first `size` rows, and how high it is, 0 if there is none.

    It begins at the first row, or at one with more cells than all before it. Row `known` is likely one. Of two with a
    row or none between them it is the second, if that is the likelier by far.
    """
    odds = [
        _odds(rows, number, known=number == known) + (LIKELY if number == known else 0)
        for number in range(min(size, (known or 0) + MOST_HEAD_ROWS))
    ]
    wider = [all(_is_narrower(row, rows[number]) for row in rows[:number]) for number in range(len(odds))]
    first = next((number for number, one in enumerate(odds) if one > LEAST and wider[number]), len(odds))
    for number in range(min(first + 1, len(odds), size - 1)):
        if _parts(rows[number], rows[number + 1], rows[number + 2 :]):
            return number, 2
    if first == len(odds):
        return 0, 0
    near = [number for number in range(first, min(first + 3, len(odds))) if wider[number]]
    first = max(near, key=lambda number: odds[number] - FAR * (number > first))
    height = 1
    while first + height < len(odds) and odds[first + height] > LEAST:
        if not _goes_on(rows, first + height):
            break
        height += 1
    return first, height


def _is_narrower(above: Mapping[int, str], row: Mapping[int, str]) -> bool:
    """Whether a row has fewer cells than another, or as many that begin farther to the left."""
    return len(above) < len(row) or (len(above) == len(row) and min(above) < min(row))


def _odds(rows: Sequence[Mapping[int, str]], number: int, *, known: bool) -> float:
    """The log-odds that a row names the columns of those below it.

    Where that is `known` to be likely, a colon in a few of its cells makes no fields of them ("Contact: Email").
    """
    row = rows[number]
    below = [other for other in rows[number + 1 :] if len(other) > 1 and not _is_again(other, row)]
    others = [text for text in row.values() if kind_of(text) not in TIMES]
    if known and sum(": " in text for text in others) < FEW * len(others):
        others = [text.replace(": ", " ") for text in others]
    counts = not row[min(row)].isdigit() and is_figure(row[min(row)]) and row[min(row)] in others  # as "1." does
    if len(row) < 2 or not below or counts or any(map(is_value, others)):
        return -inf
    odds = names_columns(row, below)
    names = {column: text for column, text in row.items() if not is_numbered(column, text)}
    if odds <= 0 and len(names) == len(row) - 1 and len(names) >= FEWEST_NAMES:
        odds = names_columns(names, below)
    return odds


def is_numbered(column: int, text: str) -> bool:
    """Whether a program may have numbered a column that has no name, as pandas does: all from 0, or by their places."""
    return text in ("0", str(column))


def _is_again(other: Mapping[int, str], head: Mapping[int, str]) -> bool:
    """Whether a row says nearly the same as one above it: a head may come again, over the rows of something else."""
    return sum(other.get(column) == text for column, text in head.items()) >= AGAIN * len(head)


def _goes_on(rows: Sequence[Mapping[int, str]], number: int) -> bool:
    """Whether a row names what the one above does not, begins farther to the right, or both are of times.

    Above the names of rows a head may be empty.
    """
    above, row = rows[number - 1], rows[number]
    corner = min(min(other) for other in rows)
    times = all(run_of_times(list(one.values())) > MOST_OF_TIMES for one in (above, row))
    return bool(row.keys() - above.keys() - {corner}) or min(row) > min(above) or times


def _parts(groups: Mapping[int, str], names: Mapping[int, str], below: Sequence[Mapping[int, str]]) -> bool:
    """Whether names of columns are alike, as times are in a timetable of days, and what stands above parts these."""
    corner = min(*groups, *names)
    starts, columns = (sorted(one.keys() - {corner}) for one in (groups, names))
    placed = {(bisect_right(starts, column), names[column]) for column in columns}
    parted = 1 < len(starts) < len(columns) == len(placed) > len({names[column] for column in columns})
    beside = {column for column in groups if not min(names) < column < max(names)}  # which are named above alone
    fits = all(row.keys() <= names.keys() | beside | {corner} for row in below)
    return parted and fits and names_only((*groups.values(), *names.values()))
