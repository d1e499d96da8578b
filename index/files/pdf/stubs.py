"""The name of a table's first column, where its lines stand between the rows of the head, at heights of their own."""

from collections.abc import Sequence
from itertools import pairwise

from index.files.pdf.bands import are_names
from index.files.pdf.rows import CLOSER, distance_between
from index.files.pdf.segment import Segment, alike
from index.files.pdf.signs import is_figure

MOST_LEADING = 0.5  #: of the letters' height, between two lines of one name
FEWEST_LINES = 2  #: of a name that reaches into no row beside it

Rows = Sequence[Sequence[Segment]]


def behind_names(border: float, right: float, head: Rows) -> float:
    """The place between the first column and the next, behind lines of a head that end before all of the next."""
    ends = (row[0].right for row in head if len(row) == 1 and row[0].left < border)
    least = min([right, *(one.left for row in head for one in row if one.left > border)])
    return max([border, *(end for end in ends if end < least)])


def stub_apart(head: Rows, body: Rows, border: float) -> tuple[Rows, dict[int, list[Segment]]]:
    """The rows above a table without the lines of its first column's name, and these lines by the row they belong to.

    That row is the last which names columns, right above one of figures. There are no such lines if any that stands
    alone left of the border may be something else, as the title of a group of rows may.
    """
    below = next((row for row in body[1:] if len(row) > 1), ())
    named_in_body = are_names(body[:1]) and any(is_figure(one.text) for one in below)
    rows = [*head, body[0]] if named_in_body else head
    if not are_names(rows) or not any(is_figure(one.text) for one in (*body[0], *below)):
        return head, {}
    lines = [row[0] for row in rows if row[0].right <= border]
    alone = [row[0] for row in rows if row[-1].right <= border]
    goes_on = all(_goes_on(upper, lower) for upper, lower in pairwise(lines))
    if not alone or rows[-1][0] in alone or not goes_on or not _stand_apart(alone, rows, border):
        return head, {}
    over = [[one for one in row if one not in lines] for row in head if row[0] not in alone]
    return over, {len(over) - (not named_in_body): [one for one in lines if one not in body[0]]}


def _goes_on(upper: Segment, lower: Segment) -> bool:
    """Whether two lines are of one name: alike, below each other, and as close as such lines are."""
    in_line = abs(upper.left - lower.left) < 1 or abs(upper.left + upper.right - lower.left - lower.right) < 1
    return alike(upper, lower) and in_line and distance_between([upper], [lower]) <= MOST_LEADING * upper.height


def _stand_apart(lines: Sequence[Segment], rows: Rows, border: float) -> bool:
    """Whether lines of the first column keep no step with the rows around them, as the title of a group would.

    One of them reaches into a row, or several stand right above a row that has nothing in the first column.
    """
    beside = [one for row in rows for one in row if one.left > border]
    reach = max(
        (min(line.bottom, one.bottom) - max(line.top, one.top)) / line.height for line in lines for one in beside
    )
    between = any(upper[0] in lines and lower[0].left > border for upper, lower in pairwise(rows))
    return reach > CLOSER or (between and len(lines) >= FEWEST_LINES)
