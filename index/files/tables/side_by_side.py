"""What stands side by side in a row and belongs not together: tables set in two columns, and names of two things."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from index.files.tables.cells import Cell, is_figure, is_label

FEWEST_ROWS = 3  #: of names with their amounts side by side
FEWEST_NAMES = 3  #: of the columns of a table of which others stand beside it
MOSTLY = 0.75  #: share of the rows of more than two cells that must be such
UNLIKE = (
    0.9  #: share of the names that must differ: what is said again and again is of the name before it, as a town is
)
AMOUNTS = 0.3  #: share of the figures of each column that must be amounts
# Money, or thousands; no score, which tells who was against whom, and no time of day.
_AMOUNT = re.compile(r"[$€£]|\d,\d{3}(?!\d)|\d[.,]\d\d(?!\d)")
_TIME = re.compile(r"(?:[01]?\d|2[0-3])[.,][0-5]\d")
_NUMBERED = re.compile(r"(\d{1,2})\s?[.)]\s?[^\W\d_]")  # "4. Port of loading"


def pairs_beside(lines: Sequence[Mapping[int, Cell]]) -> tuple[int, ...]:
    """The columns in which the names begin, where most rows are names with their amounts side by side; else none."""
    wide = [line for line in lines if len(line) > 2]
    pairs = [line for line in wide if _is_of_pairs([cell.text for cell in line.values()])]
    if len(pairs) < FEWEST_ROWS or len(pairs) < MOSTLY * len(wide):
        return ()
    (columns, alike), *_ = Counter(tuple(line) for line in pairs).most_common(1)
    if alike < MOSTLY * len(pairs):
        return ()
    said = {column: [line[column].text for line in pairs if column in line] for column in columns}
    unlike = all(len(set(said[column])) >= UNLIKE * len(said[column]) for column in columns[::2])
    figures = [said[column] for column in columns[1::2]]
    times = all(_TIME.fullmatch(text) for some in figures for text in some)  # in all columns: prices may look so
    if not unlike or times or not all(map(_are_amounts, figures)):
        return ()
    starts = columns[2::2]
    within = (range(cell.column + 1, cell.column + cell.columns) for line in lines for cell in line.values())
    return () if any(start in reach for reach in within for start in starts) else (0, *starts)


def tables_beside(lines: Sequence[Mapping[int, Cell]], height: int) -> tuple[int, ...]:
    """The columns in which the names of columns begin anew, as of a list set in two columns; none where they do not.

    Of three names or more the first may be another, as the teams in "Reds, Runs, Hits, Blues, Runs, Hits", if one table
    is longer than the other: who plays against whom, or the same before and after, has as many rows.
    """
    if height != 1 or any(cell.columns > 1 for cell in lines[0].values()):
        return ()
    columns, names = list(lines[0]), [cell.text.casefold() for cell in lines[0].values()]
    for width in range(2, len(names) // 2 + 1):
        starts = range(0, len(names), width)
        rest = {tuple(names[at + 1 : at + width]) for at in starts}
        begins = [columns[at] for at in starts]
        alike = len({names[at] for at in starts}) == 1 or (
            width >= FEWEST_NAMES and _are_of_other_length(lines, begins)
        )
        if len(names) % width == 0 and len(rest) == 1 and alike and len({*names[:width]}) == width:
            return tuple(begins) if not begins[0] and _begin_with_names(lines[1:], begins) else ()
    return ()


def _are_of_other_length(lines: Sequence[Mapping[int, Cell]], columns: Sequence[int]) -> bool:
    return len({sum(column in line for line in lines) for column in columns}) > 1


def _begin_with_names(rows: Sequence[Mapping[int, Cell]], columns: Sequence[int]) -> bool:
    """Whether most of what stands in each of these columns is no figure, as those of "From, To, From, To" are."""
    said = ([line[column].text for line in rows if column in line] for column in columns)
    return all(some and sum(map(is_figure, some)) <= (1 - MOSTLY) * len(some) for some in said)


def _is_of_pairs(texts: Sequence[str]) -> bool:
    """Whether texts are names and figures by turns, two of each at least."""
    by_turns = len(texts) > 3 and [is_figure(text) for text in texts] == [False, True] * (len(texts) // 2)
    return by_turns and not any(": " in text for text in texts)


def _are_amounts(figures: Sequence[str]) -> bool:
    amounts = sum(bool(_AMOUNT.search(text)) for text in figures)
    return amounts >= AMOUNTS * len(figures)


def are_names(pair: Mapping[int, Cell], all_marked: bool) -> bool:
    """Whether two cells name something each, and not one the other: both are marked, or numbered, as in a form.

    Marks tell that only where not all cells of a table are marked (`all_marked`).
    """
    one, other = pair.values()
    first, second = (_NUMBERED.match(cell.text) for cell in (one, other))
    numbered = bool(first and second and int(second[1]) == int(first[1]) + 1 and other.text[-1].isalpha())
    marked = (
        one.head and other.head and not all_marked and is_label(other.text) and not any(map(str.isdigit, other.text))
    )
    return numbered or (marked and not one.text.endswith(":"))
