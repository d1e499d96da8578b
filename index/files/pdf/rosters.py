"""Lists on a page of a PDF in which each name, in bold, stands above what it is: the officers of a club, say."""

from collections.abc import Sequence

from index.files.pdf.rows import distance_between
from index.files.pdf.segment import Segment
from index.files.tables.cells import LONGEST_LABEL, Cell, is_label
from index.files.tables.rows import Grid

FEWEST = 4  #: names, as headings may have a line of text each
MOST_LINES = 2  #: below a name
OFF = 2.0  #: points, up to which the edges, or middles, of lines may be apart


def roster_of(rows: Sequence[Sequence[Segment]], start: int) -> tuple[int, Grid] | None:
    """The row after the last of a list that begins at `start`, and a field for each name; None if none does."""
    entries: list[tuple[int, int]] = []
    at = start
    while (end := _entry(rows, at)) and (not entries or _goes_on(rows, entries[-1], at)):
        entries.append((at, end))
        at = end
    if len(entries) < FEWEST:
        return None
    cells = [
        Cell(f"{rows[name][0].text}: {', '.join(row[0].text for row in rows[name + 1 : end])}", number, 0)
        for number, (name, end) in enumerate(entries)
    ]
    return at, Grid(tuple(cells))


def _entry(rows: Sequence[Sequence[Segment]], at: int) -> int:
    """The row after a name in bold and the lines right below it that are not; 0 if there is none at this row."""
    if at >= len(rows) or not _is_short(rows[at], bold=True):
        return 0
    end = at + 1
    while end < len(rows) and _is_short(rows[end], bold=False) and _is_close(rows, end) and _is_below(rows, at, end):
        end += 1
    return end if 1 < end - at <= 1 + MOST_LINES else 0


def _is_short(row: Sequence[Segment], *, bold: bool) -> bool:
    (one, *others) = row
    return not others and one.bold is bold and is_label(one.text) and len(one.text) <= LONGEST_LABEL


def _is_close(rows: Sequence[Sequence[Segment]], at: int) -> bool:
    return distance_between(rows[at - 1], rows[at]) < rows[at][0].height / 4


def _is_below(rows: Sequence[Sequence[Segment]], at: int, end: int) -> bool:
    """Whether a line begins where the name does, or stands in its middle."""
    name, line = rows[at][0], rows[end][0]
    return abs(name.left - line.left) < OFF or abs(name.left + name.right - line.left - line.right) < 2 * OFF


def _goes_on(rows: Sequence[Sequence[Segment]], last: tuple[int, int], at: int) -> bool:
    """Whether a name is further from the one before it than that is from its own lines, and in the same column."""
    name, end = last
    within = max(distance_between(rows[one - 1], rows[one]) for one in range(name + 1, end))
    apart = distance_between(rows[end - 1], rows[at])
    return within < apart < 3 * rows[at][0].height and _is_below(rows, name, at)
