"""The lines of a table on a page of a PDF, put together to its rows."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.files.pdf_ruled import has_numbers_in_lines
from index.files.pdf_rules import Rule
from index.files.pdf_segment import Segment
from index.files.pdf_signs import is_figure

APART = 0.7  #: of the letters' height, by which what follows a table's last row is further off than its rows are
MANY = 4  #: columns of a table whose rows may have several lines
NEARLY_ALL = 0.75  #: of the rows that do
CLOSER = 0.3  #: of the letters' height, by which a lone line is nearer to what it goes with

_DIGIT = re.compile(r"\d")


def row_groups(
    head: Sequence[Sequence[Segment]],
    body: Sequence[Sequence[Segment]],
    borders: Sequence[float],
    rules: Sequence[Rule],
) -> list[list[Segment]]:
    """The lines of a table put together to its rows: what is parted by rules, or wide gaps, or what runs on."""
    groups: list[list[Segment]] = [list(row) for row in head]
    level = [rule.top for rule in rules if not rule.upright]
    distances = [distance_between(upper, lower) for upper, lower in pairwise(body)]
    ruled = [any(_between(upper, place, lower) for place in level) for upper, lower in pairwise(body)]
    by_rules = len(ruled) > 1 and 0.3 < sum(ruled) / len(ruled) < 1
    of_several = _have_several_lines(body, borders)
    groups.append(list(body[0]))
    for number, row in enumerate(body[1:]):
        if of_several and _is_lone(row, borders) and not ruled[number]:
            runs_on = True
        elif by_rules and not has_numbers_in_lines(body):
            runs_on = not ruled[number] and not is_apart(body[number], row, distances[number] - min(distances))
        else:
            runs_on = not _is_field(row) and _runs_on(body[number], row, borders, number, distances)
        if runs_on:
            groups[-1].extend(row)
        else:
            groups.append(list(row))
    return groups


def _have_several_lines(body: Sequence[Sequence[Segment]], borders: Sequence[float]) -> bool:
    """Whether rows of many columns go on, nearly all of them, in lines with something in one column only."""
    begins = [number for number, row in enumerate(body) if row[0].left < borders[0]]
    goes_on = sum(number + 1 < len(body) and _is_lone(body[number + 1], borders) for number in begins)
    columns = {sum(place < row[0].left + 1 for place in borders) for row in body if _is_lone(row, borders)}
    return len(borders) >= MANY - 1 and len(columns) > 1 < goes_on and goes_on >= NEARLY_ALL * len(begins)


def _is_lone(row: Sequence[Segment], borders: Sequence[float]) -> bool:
    """Whether a line has nothing but words in a column that is not the first."""
    return len(row) == 1 and row[0].left > borders[0] - 1 and not is_figure(row[0].text)


def _between(upper: Sequence[Segment], place: float, lower: Sequence[Segment]) -> bool:
    return max(one.middle for one in upper) < place < min(one.middle for one in lower)


def is_apart(upper: Sequence[Segment], row: Sequence[Segment], further: float) -> bool:
    """Whether a line without a figure, `further` off than rows are, follows one of figures: a title, or a head."""
    figures = len(upper) > 1 and all(is_figure(one.text) for one in upper[1:])
    return figures and further > APART * row[0].height and not any(is_figure(one.text) for one in row)


def _is_field(row: Sequence[Segment]) -> bool:
    """Whether a line is a bold name with its value, and neither goes on from the line above."""
    return len(row) == 2 and row[0].bold and not row[1].bold and not any(one.text[0].islower() for one in row)


def _runs_on(
    upper: Sequence[Segment], row: Sequence[Segment], borders: Sequence[float], number: int, distances: Sequence[float]
) -> bool:
    distance, least, most = distances[number], min(distances), max(distances)
    below = distances[number + 1] if number + 1 < len(distances) else most
    height = row[0].height
    close = distance < least + 0.3 * height
    airy = most > least + 0.6 * height  # rows are set apart by more than their lines are
    without_first = row[0].left > borders[0] - 1
    if airy and close and distance < 0.5 * height:
        lone = len(row) == 1 and row[0].left < borders[0] and row[0].text[0].isupper()
        lone = lone and below < distance + CLOSER * height  # a name of rows below
        if not without_first and _has_figure_below_another(upper, row):
            return False
        return not lone and (without_first or len(row) < len(upper) or row[0].text[0].islower())
    if not close:
        return False
    if len(upper) == 1 and len(row) > 1 and upper[0].left < borders[0] and row[0].text[0].islower():
        return True  # what is named in two lines has its figures beside the second
    if len(row) == 1 and without_first and len(row[0].text) > 25 and not _DIGIT.match(row[0].text):
        return True
    return all(one.text[0].islower() or one.text[0] in "(&–" for one in row) and not _DIGIT.match(row[0].text)


def _has_figure_below_another(upper: Sequence[Segment], row: Sequence[Segment]) -> bool:
    """Whether a figure stands right below one of the line above, or both lines begin with one: no cell has two."""
    if is_figure(upper[0].text) and is_figure(row[0].text):
        return True
    figures = [one for one in upper if is_figure(one.text)]
    return any(
        is_figure(one.text) and min(one.right, other.right) > max(one.left, other.left)
        for one in row
        for other in figures
    )


def distance_between(upper: Sequence[Segment], lower: Sequence[Segment]) -> float:
    """The points between two rows; 0 if some of their letters' boxes overlap."""
    return max(0.0, min(one.top for one in lower) - max(one.bottom for one in upper))
