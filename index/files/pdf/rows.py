"""The lines of a table on a page of a PDF, put together to its rows."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.files.pdf.box_rows import has_numbers_in_lines
from index.files.pdf.heads import place_of
from index.files.pdf.ruled_rows import rules_joined
from index.files.pdf.rules import Rule
from index.files.pdf.segment import Segment, runs_over
from index.files.pdf.signs import is_figure

APART = 0.7  #: of the letters' height, by which what follows a table's last row is further off than its rows are
MANY = 4  #: columns of a table whose rows may have several lines
NEARLY_ALL = 0.75  #: of the rows that do
LONGER = 1.2  #: times the longest of names that have figures beside them, from which a line is no part of one
UNDER = 3.0  #: points, by which a rule under words may be longer than they are
MANY_APART = 0.2  #: of the lines that begin on the left, which are further off than others where rows are set apart
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
    level = _level_rules(rules, [one for row in body for one in row])
    distances = [distance_between(upper, lower) for upper, lower in pairwise(body)]
    beside = [_stand_beside(upper, lower, borders) for upper, lower in pairwise(body)]
    between = [one for one, same in zip(distances, beside, strict=True) if not same] or [0.0]
    begins = sum(row[0].left < borders[0] for row in body[1:])
    ruled = [any(_between(upper, place, lower) for place in level) for upper, lower in pairwise(body)]
    across = _rules_across(rules, [one for row in body for one in row])
    parted = [any(_between(upper, place, lower) for place in across) for upper, lower in pairwise(body)]
    full = sum(len(_columns(row, borders)) > len(borders) for row in body) >= NEARLY_ALL * len(body)
    # One rule alone is that below the head; where nearly all lines have all columns, rules part groups of rows.
    by_rules = sum(ruled) > 1 and 0.3 < sum(ruled) / len(ruled) < 1 and not full
    of_several = _have_several_lines(body, borders)
    groups.append(list(body[0]))
    for number, row in enumerate(body[1:]):
        distance, height = distances[number], row[0].height
        own = _columns(row, borders) - {0}
        if parted[number] or _has_label(row):
            runs_on = False
        elif beside[number] and (len(row) == 1 or not own & _columns(groups[-1], borders)):
            runs_on = True
        elif any(beside[number + 1 : number + 2]) or _is_underlined(body[number], rules):
            runs_on = False  # but with what stands in the middle of it and the next; or it is below a head
        elif _is_name_over_lines(body, number, borders[0]) and not ruled[number]:
            runs_on = distance < min(between) + CLOSER * height
        elif of_several and _is_lone(row, borders) and not ruled[number]:
            runs_on = True
        elif by_rules and not has_numbers_in_lines(body):
            runs_on = not ruled[number] and not is_apart(body[number], row, distance - min(between))
        else:
            below = (*distances[number + 1 :], max(between))[0]
            runs_on = not _is_field(row) and _runs_on(body[number], row, borders, distance, below, between, begins)
        if runs_on:
            groups[-1].extend(row)
        else:
            groups.append(list(row))
    return groups


def _has_label(row: Sequence[Segment]) -> bool:
    """Whether a line has a label with a colon, and its value beside it; what begins small goes on from above."""
    pairs = pairwise(row)
    return any(one.text[-1] == ":" and one.text[0].isupper() and other.text[-1] != ":" for one, other in pairs)


def _level_rules(rules: Sequence[Rule], body: Sequence[Segment]) -> list[float]:
    """Where rules that may part the rows of a table are: not those under words, or of what stands beside it."""
    left, right = min(one.left for one in body), max(one.right for one in body)
    beside = (one for one in rules if not one.upright and one.left < right and one.right > left)
    return [rule.top for rule in beside if not any(_is_under(rule, one) for one in body)]


def _rules_across(rules: Sequence[Rule], body: Sequence[Segment]) -> list[float]:
    """Where a rule runs across all of a table, or several that meet."""
    left, right = min(one.left for one in body), max(one.right for one in body)
    level = rules_joined(rule for rule in rules if not rule.upright)
    return [rule.top for rule in level if rule.left < left + UNDER and rule.right > right - UNDER]


def _is_under(rule: Rule, words: Segment) -> bool:
    """Whether a rule underlines words, so near to them that it touches the boxes of their letters."""
    within = words.left - UNDER < rule.left and rule.right < words.right + UNDER
    return within and words.middle < rule.top < words.bottom + 1


def _is_underlined(line: Sequence[Segment], rules: Sequence[Rule]) -> bool:
    """Whether several parts of a line are all underlined, as names of columns are."""
    return len(line) > 1 and all(any(_is_under(rule, one) for rule in rules) for one in line)


def _is_name_over_lines(body: Sequence[Sequence[Segment]], number: int, border: float) -> bool:
    """Whether a line is a name by itself that goes on in the next, as no word more had room, and has figures there.

    A line that is longer than such names is one of a group of rows.
    """
    goes_on = next((at for at, line in enumerate(body) if at > number and len(line) > 1), number)
    lines = body[number : goes_on + 1]
    first = [line[0] for line in lines]
    alike = all(abs(one.left - first[0].left) < 1 and one.bold == first[0].bold for one in first)
    if len(lines[0]) > 1 or not any(is_figure(one.text) for one in lines[-1][1:]) or first[0].text[-1] in ":.":
        return False
    right = max((line[0].right for line in body if len(line) > 1 and line[0].right < border), default=0.0)
    longer = max(one.right for one in first) - first[0].left > LONGER * (right - first[0].left)
    return alike and not longer and runs_over(first[0], first[1], right)


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
    upper: Sequence[Segment],
    row: Sequence[Segment],
    borders: Sequence[float],
    distance: float,
    below: float,
    distances: Sequence[float],
    begins: int,
) -> bool:
    """Whether a line, at this distance from the one above it and the one below, goes on with that above.

    `distances` are those between all lines of the table, of which so many begin with its first column.
    """
    height = row[0].height
    least = min(distances)
    close = distance < least + CLOSER * height
    wide = sum(one > least + 0.6 * height for one in distances)
    airy = wide and wide >= MANY_APART * begins  # rows are set apart by more than their lines are
    without_first = row[0].left > borders[0] - 1
    if airy and close and distance < 0.5 * height:
        lone = len(row) == 1 and row[0].left < borders[0] and row[0].text[0].isupper()
        lone = lone and below < distance + CLOSER * height  # a name of rows below
        if (not without_first or _are_totals(upper, row, borders)) and _has_figure_below_another(upper, row):
            return False
        return not lone and (without_first or len(row) < len(upper) or row[0].text[0].islower())
    if not close:
        return False
    if len(upper) == 1 and len(row) > 1 and upper[0].left < borders[0] and row[0].text[0].islower():
        return True  # what is named in two lines has its figures beside the second
    if len(row) == 1 and without_first and len(row[0].text) > 25 and not _DIGIT.match(row[0].text):
        return True
    return all(one.text[0].islower() or one.text[0] in "(&–" for one in row) and not _DIGIT.match(row[0].text)


def _columns(row: Sequence[Segment], borders: Sequence[float]) -> set[int]:
    places = (place_of(one, borders) for one in row)
    return {column for first, last in places for column in range(first, last + 1)}


def _stand_beside(upper: Sequence[Segment], row: Sequence[Segment], borders: Sequence[float]) -> bool:
    """Whether what is lower than a line reaches into it, in other columns: it stands in the middle of some lines."""
    reach = max(one.bottom for one in upper) - min(one.top for one in row)
    return reach > CLOSER * row[0].height and not _columns(upper, borders) & _columns(row, borders)


def _are_totals(upper: Sequence[Segment], row: Sequence[Segment], borders: Sequence[float]) -> bool:
    """Whether two lines each have a name, which is not in the first column, and figures alone beside it."""
    lines = upper, row
    named = all(len(line) > 1 and line[0].left > borders[0] and not is_figure(line[0].text) for line in lines)
    return named and all(is_figure(one.text) for line in lines for one in line[1:])


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
