"""What each column of a table is called by the rows that hold its headers."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.files.tables.cells import YEAR, Cell
from index.files.tables.row_heads import FIELD

TITLE_WORDS = 3  #: of a line above the names of columns, which is no part of the first of them


def column_names(head: Sequence[Mapping[int, Cell]]) -> dict[int, str]:
    """What names each column: the header cells above it, from the top."""
    names: dict[int, str] = {}
    width = max((cell.column + cell.columns for line in head for cell in line.values()), default=0)
    for number, line in enumerate(head):
        for cell in line.values():
            if len(line) == 1 and (cell.columns >= 0.8 * width or cell.text.startswith("(")):
                continue  # the title of all of it, or the unit of all figures
            lone = len(line) == 1 and cell.column == 0 in head[-1]
            if lone and not number and len(cell.text.split()) >= TITLE_WORDS:
                continue  # the same, in its first column
            if not cell.column and len(line) > 1 and FIELD.match(cell.text):
                continue  # a field in the corner
            for column in cell.reach:
                if f" {cell.text} " not in f" {names.get(column, '')} ":
                    names[column] = f"{names.get(column, '')} {cell.text}".strip()
    first, *others = sorted(names) or [0]
    if others and names[first].endswith((",", ":")) and all(YEAR.fullmatch(names[one]) for one in others):
        span = names.pop(first).rstrip(":")  # of which the years are the end
        names = {column: f"{span} {name}" for column, name in names.items()}
    return _with_years(_with_groups(names, head))


def _with_groups(names: dict[int, str], head: Sequence[Mapping[int, Cell]]) -> dict[int, str]:
    """The same; names that are alike with the nearest one above and before them, if that parts them all."""
    over = [column for line in head[:-1] for column in line]
    told = {column: (name, max((one for one in over if one <= column), default=-1)) for column, name in names.items()}
    if len(set(names.values())) == len(names) or len(set(told.values())) < len(told):
        return names
    groups = {cell.column: cell.text for line in head[:-1] for cell in line.values()}
    counts = Counter(names.values())
    alone = {
        column: name if counts[name] == 1 or group < 0 else f"{groups[group]} {name}"
        for column, (name, group) in told.items()
    }
    return alone if len(set(alone.values())) == len(alone) else names


def _with_years(names: dict[int, str]) -> dict[int, str]:
    """The same, each of several alike, as quarters are, with the year beside which its group stands."""
    columns = sorted(names)
    years = [column for column in columns if YEAR.fullmatch(names[column])]
    counts = Counter(names.values())
    alike = [column for column in columns if column not in years and counts[names[column]] > 1]
    side_by_side = any(one in years and other in years for one, other in pairwise(columns))
    if len(years) < 2 or len(alike) < 2 or side_by_side or any(counts[names[year]] > 1 for year in years):
        return names
    behind = alike[0] < years[0]  # the year of a group is the column behind it, or else the one before
    told = dict(names)
    for column in alike:
        year = next((one for one in (years if behind else reversed(years)) if (one > column) == behind), None)
        told[column] = f"{names[column]} {names[year]}" if year is not None else names[column]
    return told
