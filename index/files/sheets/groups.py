"""Values in the first column of a sheet that are those of the rows below, too, which leave it empty."""

from collections.abc import Collection, Mapping, Sequence

from index.files.sheets.heads import is_sum

FEWEST_ROWS = 4
FEWEST_GROUPS = 2
MOST_FILLED = 0.5  #: share of the rows with a value, from which an empty cell says that there is none
NEXT_FILLED = 0.85  #: share of the other rows with a cell in the next column, which tells the rows of a group apart


def rows_meant(rows: Mapping[int, Sequence[str]], column: int) -> dict[int, int]:
    """How many rows each value of a table's first column is of, by the row that it stands in.

    Nothing where an empty cell may be one without a value: most rows have one, the first has none, or one comes again.

    Args:
        rows: Those below the head, by their numbers.
        column: The first that is used.
    """
    values = [(number, row[column]) for number, row in rows.items() if row[column]]
    others = [row for row in rows.values() if not row[column]]
    told_apart = sum(bool(_next(row, column)) for row in others)
    if (
        len(rows) < FEWEST_ROWS
        or not FEWEST_GROUPS <= len(values) <= MOST_FILLED * len(rows)
        or values[0][0] != next(iter(rows))
        or len({value for _, value in values}) < len(values)
        or told_apart < NEXT_FILLED * len(others)
    ):
        return {}
    meant: dict[int, int] = {}
    group: int | None = None
    sums = {
        name.casefold() for number, row in rows.items() if number < values[-1][0] and is_sum(name := _next(row, column))
    }
    for number, row in rows.items():
        if row[column]:
            group = number
        elif number > values[-1][0] and _is_of_all(_next(row, column), sums):
            group = None
        if group is not None:
            meant[group] = number - group + 1
    return meant


def _is_of_all(name: str, sums: Collection[str]) -> bool:
    """Whether a row of this name sums up all groups, and not the last one, of which others have such a row, too."""
    return is_sum(name) and not name.casefold().startswith("sub") and name.casefold() not in sums


def _next(row: Sequence[str], column: int) -> str:
    """What stands in the next column."""
    return row[column + 1] if column + 1 < len(row) else ""
