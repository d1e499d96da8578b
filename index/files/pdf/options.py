"""Questions of a form on a page of a PDF whose answers stand below them, each with a box to tick: one row together."""

from collections.abc import Sequence

from index.files.pdf.forms import MARK
from index.files.pdf.rows import CLOSER, distance_between
from index.files.pdf.segment import Segment, alike
from index.files.tables.cells import LONGEST_HEADER, Cell
from index.files.tables.rows import Grid

FEWEST = 2  #: answers, one of which is to be ticked
MOST = 12  #: the same
MOST_LINES = 3  #: of a question
APART = 1.5  #: times the letters' height, up to which answers may be apart
LEADING = 0.7  #: the same of the lines of a question
OFF = 2.0  #: points, up to which these may begin away from each other


def options_of(rows: Sequence[Sequence[Segment]], start: int) -> tuple[int, Grid] | None:
    """The row after the last answer to a question that begins at `start`, and the row they make; None if none does."""
    first = start + 1
    while first < len(rows) and first - start < MOST_LINES and not _is_option(rows[first]) and _goes_on(rows, first):
        first += 1
    end = first
    while end < len(rows) and _is_option(rows[end]) and _is_near(rows, end):
        end += 1
    asked, options = rows[start:first], [one.text for row in rows[first:end] for one in row]
    if not FEWEST <= len(options) <= MOST or any(len(row) > 1 or _is_option(row) for row in asked):
        return None
    asks = asked[-1][0].text[-1] in "?:"
    if not asks and len({text[:3] for text in options}) == 1:
        return None  # a list of things under its heading
    note = asked[-1][0].text[-1] == "." or not _is_nearer_below(rows, start, first)
    if start and _is_option(rows[start - 1]) and not asks and note:
        return None  # among answers
    if end < len(rows) and _goes_on(rows, end):
        return None  # things to do, of which one has several lines
    texts = [" ".join(row[0].text for row in asked), *options]
    return end, Grid(tuple(Cell(text, 0, column) for column, text in enumerate(texts)))


def _is_option(row: Sequence[Segment]) -> bool:
    return all(MARK.match(one.text) and len(one.text) <= LONGEST_HEADER for one in row)


def _is_nearer_below(rows: Sequence[Sequence[Segment]], start: int, first: int) -> bool:
    """Whether lines stand nearer to the answers below them than to those above."""
    above, below = distance_between(rows[start - 1], rows[start]), distance_between(rows[first - 1], rows[first])
    return below < above - CLOSER * rows[start][0].height


def _is_near(rows: Sequence[Sequence[Segment]], at: int) -> bool:
    return distance_between(rows[at - 1], rows[at]) < APART * rows[at][0].height


def _goes_on(rows: Sequence[Sequence[Segment]], at: int) -> bool:
    """Whether a line goes on with what the one above it says."""
    above, line = rows[at - 1][0], rows[at][0]
    below = abs(above.left - line.left) < OFF and distance_between(rows[at - 1], rows[at]) < LEADING * line.height
    return below and alike(above, line)
