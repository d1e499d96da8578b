"""Where the tables of a sheet begin and end: empty rows part them, and empty columns those side by side."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain, groupby

from index.files.sheets.heads import Line, Spans, filled, runs_of
from index.files.tables.cells import is_figure, names_only
from index.files.tables.naming import TIMES, kind_of

FEWEST_SPACED = 4  #: rows with an empty one after each
FEWEST_PAIRS = 2  #: of a name and a figure, below a title
NEARLY_ALL = 0.8  #: of them
MOST_BESIDE = 30  #: tables side by side, each of which is kept with the empty columns before it

_Side = Sequence[Mapping[int, str]]  #: the cells of some columns, row by row, each by its place from the first of them


def tables_of(rows: Sequence[Sequence[str]], spans: Spans) -> Iterator[list[Line]]:
    """The runs of rows that are not empty, each row with its number; tables beside each other one after the other.

    Where an empty row follows nearly every one, it parts no tables. To tables side by side belongs a line of titles
    above them, and below them lines that stand alone, such as sums.
    """
    lines, reached = list(enumerate(rows)), _reached(rows, spans)
    runs = deque(_parted(lines))
    if len(runs) >= FEWEST_SPACED and sum(len(run) == 1 for run in runs) >= NEARLY_ALL * len(runs):
        yield list(chain.from_iterable(runs))
        return
    while runs:
        run = runs.popleft()
        sides = _beside(run, reached)
        if not sides and runs and _is_line(run) and (sides := _beside([*run, *runs[0]], reached)):
            run += runs.popleft()
        if not sides:
            yield run
            continue
        within = set(chain.from_iterable(sides))
        while runs and _is_line(runs[0]) and filled(runs[0][0][1]).keys() <= within:
            run += runs.popleft()
        for side in sides:
            yield from _parted([_within(side, line) for line in lines[run[0][0] : run[-1][0] + 1]])


def _is_line(run: Sequence[Line]) -> bool:
    """Whether this is one row of several cells."""
    return len(run) == 1 and len(filled(run[0][1])) > 1


def _reached(rows: Sequence[Sequence[str]], spans: Spans) -> dict[int, set[int]]:
    """By row, the columns over which joined cells reach that stand beside others."""
    reached: dict[int, set[int]] = {}
    for (number, column), (_, width) in spans.items():
        row = filled(rows[number]) if number < len(rows) else {}
        if column in row and len(row) > 1:
            reached.setdefault(number, set()).update(range(column, column + width))
    return reached


def _parted(lines: Sequence[Line]) -> list[list[Line]]:
    """The runs of lines between empty ones."""
    return [list(run) for full, run in groupby(lines, lambda line: any(line[1])) if full]


def _within(side: range, line: Line) -> Line:
    """A line of which nothing is left but what stands in some columns."""
    number, row = line
    return number, [*[""] * side.start, *row[side.start : side.stop]]


def _beside(run: list[Line], reached: Mapping[int, Set[int]]) -> list[range]:
    """The columns of the tables side by side that a run consists of; none where it is one table.

    Empty columns part tables that begin by themselves and name their rows, or have heads of their own, of which one has
    more rows, or each is a title over names with their figures. Others may only part what a table tells of the same
    rows.
    """
    used = {column for number, row in run for column in (*filled(row), *reached.get(number, ()))}
    columns = list(runs_of(sorted(used)))
    if min(map(len, columns)) < 2 or not 1 < len(columns) <= MOST_BESIDE:
        return []
    sides = [[filled(row[one.start : one.stop]) for _, row in run] for one in columns]
    apart = len({sum(map(bool, side)) for side in sides}) > 1 or all(map(_is_titled_list, sides))
    parted = (_name_their_rows(sides) and _begin_by_themselves(sides)) or _have_heads(sides)
    return columns if apart and parted else []


def _is_titled_list(side: _Side) -> bool:
    """Whether these are names with their figures below a title alone."""
    title, *rows = side
    pairs = [row for row in rows if row.keys() == {0, 1} and not is_figure(row[0]) and is_figure(row[1])]
    return title.keys() == {0} and len(pairs) >= FEWEST_PAIRS and len(pairs) == sum(map(bool, rows))


def _name_their_rows(sides: Sequence[_Side]) -> bool:
    """Whether most rows of tables side by side begin with words, or those of each with times and words."""
    names = [[row[0] for row in side[2:] if 0 in row] for side in sides]
    words = [sum(name[0].isalpha() for name in some) for some in names]
    times = [sum(not name[0].isalpha() and kind_of(name) in TIMES for name in some) for some in names]
    told = [sum(both) for both in zip(words, times, strict=True)] if all(times) else words
    return all(some > len(own) / 2 for some, own in zip(told, names, strict=True))


def _begin_by_themselves(sides: Sequence[_Side]) -> bool:
    """Whether tables side by side each have a title, or the same names of columns, or one is a form with a title.

    Beside a form may stand what begins with the names of its columns.
    """
    firsts = [side[0] for side in sides]
    if len(firsts[0]) > 1 and all(first == firsts[0] for first in firsts):
        return True
    titled = [first.keys() == {0} for first in firsts]
    forms = [sum(row.get(0, "").endswith(":") for row in side) > 1 for side in sides]
    widths = [max(map(max, filter(None, side))) + 1 for side in sides]
    fits = [
        form if title else len(first) == width
        for title, form, first, width in zip(titled, forms, firsts, widths, strict=True)
    ]
    return all(titled) or (any(titled) and all(fits))


def _have_heads(sides: Sequence[_Side]) -> bool:
    """Whether tables side by side each have a title and, below it, names of all of their columns, which are others.

    Where the first one has all rows of the others it may name these.
    """
    heads = [side[1] if len(side) > 1 and side[0].keys() == {0} else {} for side in sides]
    widths = [max(map(max, filter(None, side))) + 1 for side in sides]
    named = all(len(head) == width and names_only(head.values()) for head, width in zip(heads, widths, strict=True))
    names = [name for head in heads for name in head.values()]
    beyond = any(not row and any(others) for row, *others in zip(*sides, strict=True))
    return named and beyond and len(set(names)) == len(names)
