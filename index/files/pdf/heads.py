"""Which columns the names above a table stand over, where no cell is drawn: by their middles, and what they touch."""

from collections.abc import Mapping, Sequence
from itertools import repeat

from index.files.pdf.segment import Segment
from index.files.pdf.signs import is_figure
from index.files.tables.cells import MONEY

OFF_CENTRE = 0.1  #: of the width of some columns, by which a name in their middle may stand away from it
ASIDE = 0.7  #: of the height of letters, by which a name at the side of its columns may stand away from it
LONGEST_NAME = 30  #: characters, of a column of figures

Gap = tuple[float, float]  #: between two columns, from left to right
Extents = Mapping[int, tuple[float, float]]  #: of columns by their number, from left to right, the first those of names


def names_columns(row: Sequence[Segment], gaps: Sequence[Gap]) -> bool:
    """Whether a row has names for the first column and for most others, each within its own."""
    if len(row) <= max(2, len(gaps) / 2) or row[0].right > gaps[0][1] or any(is_figure(one.text) for one in row):
        return False
    return _are_apart(row, gaps) and max(len(one.text) for one in row[1:]) <= LONGEST_NAME


def stand_over(row: Sequence[Segment], gaps: Sequence[Gap]) -> bool:
    """Whether a row has several parts, each over a column of its own, and none over the first."""
    return len(row) > 1 and row[0].left >= gaps[0][0] and _are_apart(row, gaps)


def tells_unit(row: Sequence[Segment], gaps: Sequence[Gap]) -> bool:
    """Whether a row has the name of what follows and, beside it, the unit of all figures: "Assets: (in millions)"."""
    unit = row[-1].text
    return len(row) == 2 and row[0].right <= gaps[0][1] and unit.startswith("(") and unit.endswith(")")


def _are_apart(row: Sequence[Segment], gaps: Sequence[Gap]) -> bool:
    return len({sum(left < (one.left + one.right) / 2 for left, _ in gaps) for one in row}) == len(row)


def place_of(segment: Segment, borders: Sequence[float]) -> tuple[int, int]:
    """The first and last column that a segment stands in."""
    first = sum(border < segment.left + 1 for border in borders)
    return first, max(first, sum(border < segment.right - 1 for border in borders))


def extents(body: Sequence[Segment], borders: Sequence[float]) -> Extents:
    """Where the columns of a table begin and end, by what stands in one only; none if that tells not of all.

    A sign of money far before its figure is no column.
    """
    columns: dict[int, tuple[float, float]] = {}
    signs: set[int] = set()
    for one in body:
        first, last = place_of(one, borders)
        if first == last and MONEY.fullmatch(one.text):
            signs.add(first)
        elif first == last:
            left, right = columns.get(first, (one.left, one.right))
            columns[first] = min(left, one.left), max(right, one.right)
    return dict(sorted(columns.items())) if len(columns.keys() | signs) == len(borders) + 1 else {}


def centred(row: Sequence[Segment], columns: Extents) -> dict[int, tuple[int, int]]:
    """Of names over the columns that they name, the first and last of these, by the id of each.

    They share the columns of figures among them so that each stands in the middle of its own, or all at one side of as
    many columns; where they do not, what touches the figures of one column, or stands in its middle, is its name.
    """
    over = [one for one in row if columns and _center(one.left, one.right) > next(iter(columns.values()))[1]]
    shared = over and (_in_the_middle(over, columns) or _at_one_side(over, columns))
    if shared:
        return {id(one): place for one, place in zip(over, shared, strict=True)}
    places: dict[int, tuple[int, int]] = {}
    for one in over if len(over) > 1 else ():
        touched = [n for n, (left, right) in columns.items() if one.left < right - 1 and left < one.right - 1]
        if len(touched) > 1:
            touched = [n for n in touched if _in_middle(one, columns, (n, n))]
        if len(touched) == 1:
            places[id(one)] = touched[0], touched[0]
    return places


def _in_the_middle(over: Sequence[Segment], columns: Extents) -> list[tuple[int, int]]:
    """The columns of names that each stand in the middle of those to which they are nearest; none if they do not."""
    groups: list[list[int]] = [[] for _ in over]
    first = next(iter(columns.values()))
    from_first = over[0].left < first[1]  # then it may stand over the names of rows, too
    for number, column in list(columns.items())[0 if from_first else 1 :]:
        away = [abs(_center(one.left, one.right) - _center(*column)) for one in over]
        groups[away.index(min(away))].append(number)
    shared = [(own[0], own[-1]) for own in groups if own]
    fits = len(shared) == len(over) and all(map(_in_middle, over, repeat(columns), shared))
    return shared if fits else []


def _at_one_side(over: Sequence[Segment], columns: Extents) -> list[tuple[int, int]]:
    """The columns of names that each stand above the first, or each above the last, of as many; none if they do not."""
    figures = list(columns)[1:]
    many, rest = divmod(len(figures), len(over))
    if len(over) < 2 or many < 2 or rest:
        return []
    shared = [(figures[at], figures[at + many - 1]) for at in range(0, len(figures), many)]
    lefts = [abs(one.left - columns[first][0]) / one.height for one, (first, _) in zip(over, shared, strict=True)]
    rights = [abs(one.right - columns[last][1]) / one.height for one, (_, last) in zip(over, shared, strict=True)]
    return shared if min(max(lefts), max(rights)) < ASIDE else []


def _in_middle(one: Segment, columns: Extents, place: tuple[int, int]) -> bool:
    left, right = columns[place[0]][0], columns[place[1]][1]
    off = abs(_center(one.left, one.right) - _center(left, right))
    return off <= max(OFF_CENTRE * (right - left), one.height / 2)


def _center(left: float, right: float) -> float:
    return (left + right) / 2
