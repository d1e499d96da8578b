"""Numbers of lines in the margins of pages, which are no part of the text: of bills, pleadings and manuscripts."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.files.pdf.letters import Page, rows_of
from index.files.pdf.segment import Segment

FEWEST_ON_PAGE, FEWEST = 5, 20  #: lines that are numbered
MOST_ROWS = 0.4  #: share of a page's rows from which they are numbered
ALIGNED = 1.0  #: points by which their left or right edges may differ
FULL = 0.85  #: share of the widest line's width from which a line goes on in the next
GOES_ON = 0.04  #: share of the lines numbered that begin small, below a full one, as no rows of a table do
FEWEST_GOING_ON = 3  #: of these
APART = 1.5  #: times the height of letters, from which what stands apart are cells
MOST_CELLS = 0.2  #: share of the lines numbered with some, as tabs are; more are rows of a table


def without_line_numbers(pages: Sequence[Page]) -> list[Page]:
    """The pages without the numbers before their lines, where these are a text's that runs from line to line."""
    numbered = [_numbered(page) for page in pages]
    count, going_on = sum(map(len, numbered)), sum(map(_going_on, numbered))
    if count < FEWEST or going_on < max(FEWEST_GOING_ON, GOES_ON * count):
        return list(pages)
    gone = {id(row[0]) for rows in numbered for row in rows}
    return [replace(page, segments=tuple(one for one in page.segments if id(one) not in gone)) for page in pages]


def _numbered(page: Page) -> list[list[Segment]]:
    """The rows of a page that begin with the next number each, in its margin, if most of them do."""
    rows = rows_of(page.segments)
    found = _aligned([row for row in rows if row[0].text.isdecimal()])
    if len(found) < max(FEWEST_ON_PAGE, MOST_ROWS * len(rows)):
        return []
    numbers = [row[0] for row in found]
    in_margin = all(one.left > numbers[0].right for row in rows for one in row if one not in numbers)
    counted = all(int(lower.text) == int(upper.text) + 1 for upper, lower in pairwise(numbers))
    cells = sum(map(_has_cells, found))
    return found if in_margin and counted and cells <= MOST_CELLS * len(found) else []


def _aligned(rows: list[list[Segment]]) -> list[list[Segment]]:
    """The most rows whose first parts begin, or end, at one place; the number of a page stands elsewhere."""
    groups = [
        [row for row in rows if abs(getattr(row[0], side) - getattr(other[0], side)) <= ALIGNED]
        for side in ("left", "right")
        for other in rows
    ]
    return max(groups, key=len, default=[])


def _has_cells(row: Sequence[Segment]) -> bool:
    """Whether what stands behind a number is in parts."""
    return any(right.left - left.right > APART * left.height for left, right in pairwise(row[1:]))


def _going_on(rows: Sequence[Sequence[Segment]]) -> int:
    """How many lines go on with the one above."""
    lines = [row[1:] for row in rows if len(row) > 1]
    if not lines:
        return 0
    left, right = min(line[0].left for line in lines), max(line[-1].right for line in lines)
    full = [line[-1].right - left >= FULL * (right - left) for line in lines]
    return sum(is_full and lower[0].text[0].islower() for is_full, lower in zip(full, lines[1:], strict=False))
