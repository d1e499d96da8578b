"""Rows of a page of a PDF that leave the same gaps, and so may be a table: where they begin and where they end."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from index.files.pdf.heads import Gap
from index.files.pdf.letters import FIGURES_APART, LARGE
from index.files.pdf.rows import APART, CLOSER, distance_between
from index.files.pdf.segment import Segment
from index.files.pdf.signs import is_figure
from index.files.tables.cells import names_only

GAP = 0.6  #: of the letters' height: between columns, at the least
NARROWEST = 1.0  #: points, between columns beside a row of figures for all of them, which may be set wider, as sums are
FAR = 2.5  #: times the widest gap between rows so far, from which a table is over
MOST_OF_PROSE = 60  #: characters of a cell, on average, from which two columns are text set side by side
LONGEST_TITLE = 100  #: characters, of some of a table's rows
SOMEWHAT = 1.05  #: times the size of a table's letters, from which bold ones are the title of another, as its own is
TITLE = 1.6  #: times the size of letters, from which words above them that each stand over a column name none
FEWEST_FILLED = 4  #: columns across which a row may say one thing


def band_of(rows: Sequence[Sequence[Segment]], start: int) -> tuple[int, list[Gap]]:
    """The row after the last that leaves the same gaps as the row at `start`, and the gaps; none if it has none."""
    height = median(one.height for one in rows[start])
    gaps = [
        (one.right, other.left + other.lead)
        for one, other in pairwise(rows[start])
        if other.left + other.lead - one.right > _least(one, other) * height
    ]
    least = min((GAP * height, *(0.9 * (right - left) for left, right in gaps)))
    named = gaps if are_names(rows[start : start + 1]) else []
    end = start + 1
    widest = 1.2 * height
    full = 1
    while gaps and end < len(rows):
        row = rows[end]
        distance = distance_between(rows[end - 1], row)
        if distance > max(FAR * widest, 1.5 * height):
            break
        left = _still_free(gaps, row, least)
        if not _keeps(left, gaps) and len(tight := _still_free(gaps, row, NARROWEST)) == len(gaps):
            left = tight if len(row) == len(gaps) + 1 and all(is_figure(one.text) for one in row[1:]) else left
        long = len(row) == 1 and len(row[0].text) > MOST_OF_PROSE and row[0].left < gaps[0][0]
        # A name beside the figures it is of parts their column for as long as they are short.
        figures = len(row) == len(named) + 1 and any(is_figure(one.text) for one in row) and _keeps(left, named)
        narrower = full > 2 and not figures and not _keeps(left, gaps)
        is_title = (narrower or (long and full > 1)) and _is_title(rows, end, gaps, least)
        if is_title or (not _keeps(left, gaps) and _is_note(rows, end, gaps, least)):
            left, long, narrower = gaps, False, False
        if not left or long or narrower or _ends_band(rows, start, end, gaps, left):
            break
        if row[0].left < gaps[0][0]:
            left += _gap_behind(row, rows[start:end], least)
        gaps = left
        full += len(row) > 1
        widest = max(widest, distance)
        end += 1
    while end > start + 1 and len(rows[end - 1]) == 1 and rows[end - 1][0].right <= gaps[0][1]:
        if _goes_on(rows, start, end):
            break
        end -= 1  # a line on the left below a table is the heading of what follows
    return end, gaps


def _keeps(left: Sequence[Gap], gaps: Sequence[Gap]) -> bool:
    """Whether something is left of each gap."""
    return all(any(begin <= one[0] < end for one in left) for begin, end in gaps)


def _ends_band(
    rows: Sequence[Sequence[Segment]], start: int, end: int, gaps: Sequence[Gap], left: Sequence[Gap]
) -> bool:
    """Whether a row is of another table than those from `start` on, though it leaves a part of their gaps, `left`."""
    row, above = rows[end], rows[start:end]
    full = sum(len(one) > 1 for one in above)
    if len(row) > len(left) + 1 and _begins_anew(rows, start, end):
        return True
    # Names over the figures alone are found again as the head of the table that begins with this row's name.
    if _stands_before(row, above) and (len(row) > len(gaps) + 1 or are_names(above)):
        return True
    if full == 1 and row[0].size * TITLE < rows[start][0].size and are_names(above):
        return True
    if len(row) == 1 and row[0].bold and end + 1 < len(rows) and row[0].size > LARGE * rows[end + 1][0].size:
        return True
    if _is_next_title(rows, start, end) or _begins_cards(rows, start, end):
        return True
    return full > 2 and _is_head_across(rows, end, gaps)


def _is_next_title(rows: Sequence[Sequence[Segment]], start: int, number: int) -> bool:
    """Whether a row is alone and bold, as the one above the first is.

    It is larger than the rows, or these are names with one value each: others may be groups of one table.
    """
    title, row, below = rows[start - 1 : start], rows[number], rows[number + 1 : number + 2]
    if not title or not below or len(title[0]) + len(row) > 2 or len(below[0]) < 2:
        return False
    one, other = title[0][0], row[0]
    alike = abs(one.left - other.left) < 1 and abs(one.size - other.size) < 0.1 and one.bold and other.bold
    table = [part for line in rows[start:number] for part in line]
    larger = all(part.size * SOMEWHAT < one.size for part in table)
    apart = (larger or max(map(len, rows[start:number])) == 2) and not any(part.bold for part in table)
    return alike and apart


def _begins_cards(rows: Sequence[Sequence[Segment]], start: int, number: int) -> bool:
    """Whether a row of bold names, further off than rows are, has others below it, as the first one has."""
    first, row, below = rows[start], rows[number], rows[number + 1 : number + 2]
    if len(first) != len(row) or not below or not all(one.bold for one in (*first, *row)):
        return False
    plain = [one for line in (*rows[start + 1 : number], below[0]) for one in line]
    distances = [distance_between(upper, lower) for upper, lower in pairwise(rows[start : number + 1])]
    apart = len(distances) > 1 and distances[-1] > max(distances[:-1]) + APART * row[0].height
    near = distance_between(row, below[0]) < distances[-1] - APART * row[0].height
    in_line = all(abs(one.left - other.left) < 1 for one, other in zip(first, row, strict=True))
    return apart and near and in_line and not any(one.bold for one in plain)


def _least(one: Segment, other: Segment) -> float:
    return FIGURES_APART if is_figure(one.text) and is_figure(other.text) else GAP


def _goes_on(rows: Sequence[Sequence[Segment]], start: int, end: int) -> bool:
    """Whether a table's last line is nearer to the row above than rows are to each other, and than what follows."""
    distances = [distance_between(upper, lower) for upper, lower in pairwise(rows[start : end + 1])]
    at = end - start - 2
    near = distances[at] + CLOSER * rows[end - 1][0].height
    above = len(rows[end - 2]) > 1 and near < median(distances[:at] or [0.0])
    return above and all(near < distance for distance in distances[at + 1 :])


def _begins_anew(rows: Sequence[Sequence[Segment]], start: int, number: int) -> bool:
    """Whether a row of more cells than those above it is the first of a table, which they may be the head of."""
    row = rows[number]
    as_wide_below = number + 1 < len(rows) and len(rows[number + 1]) >= len(row)
    return as_wide_below or _stands_before(row, rows[start:number])


def _stands_before(row: Sequence[Segment], above: Sequence[Sequence[Segment]]) -> bool:
    """Whether a row begins to the left of all rows above it but those that are the name of others."""
    full = [one for one in above if len(one) > 1] or above
    return row[0].right < min(one.left for upper in full for one in upper)


def _gap_behind(row: Sequence[Segment], above: Sequence[Sequence[Segment]], least: float) -> list[Gap]:
    """The gap before a column on the right that no row above has anything in, if there is one."""
    right = max(one.right for upper in above for one in upper)
    right = max([right, *(one.right for one in row if one.left < right)])
    behind = [one.left + one.lead for one in row[1:] if one.left >= right]
    return [(right, behind[0])] if behind and behind[0] - right > least else []


def are_names(rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether rows may be names of columns, and no more."""
    return names_only(one.text for row in rows for one in row)


def _is_head_across(rows: Sequence[Sequence[Segment]], number: int, gaps: Sequence[Gap]) -> bool:
    """Whether a row is the first of another table's head: it names several columns, as does the row below it."""
    row = rows[number]
    below = rows[number + 1] if number + 1 < len(rows) else []
    if len(row) > 1 or len(below) < 2 or min(row[0].left, below[0].left) < gaps[0][0]:
        return False
    return any(left < (row[0].left + row[0].right) / 2 < right for left, right in gaps)


def _is_title(rows: Sequence[Sequence[Segment]], number: int, gaps: Sequence[Gap], least: float) -> bool:
    """Whether a row runs across the columns as the title of the rows below it, which go on as those above."""
    row = rows[number]
    if len(row) > 1 or number + 1 == len(rows) or len(row[0].text) > LONGEST_TITLE or row[0].left > gaps[0][0]:
        return False
    below = rows[number + 1]
    distance = below[0].top - row[0].bottom
    return len(below) > 1 and len(_still_free(gaps, below, least)) == len(gaps) and distance < row[0].height


def _is_note(rows: Sequence[Sequence[Segment]], number: int, gaps: Sequence[Gap], least: float) -> bool:
    """Whether a row says one thing across columns of what it names in the first, in the midst of rows that fill all."""
    row = rows[number]
    around = [rows[number - 1], *rows[number + 1 : number + 2]]
    full = [one for one in around if len(one) == len(gaps) + 1 and _keeps(_still_free(gaps, one, least), gaps)]
    return len(row) == 2 and row[0].right <= gaps[0][1] and len(full) == 2 and len(gaps) + 1 >= FEWEST_FILLED


def _still_free(gaps: Sequence[Gap], row: Sequence[Segment], least: float) -> list[Gap]:
    free = list(gaps)
    for segment in row:
        cut: list[Gap] = []
        for left, right in free:
            begins = segment.left + segment.lead
            if segment.right <= left or begins >= right:
                cut.append((left, right))
                continue
            cut.extend(
                part
                for part in ((left, min(right, begins)), (max(left, segment.right), right))
                if part[1] - part[0] > least
            )
        free = cut
    # Of a gap that something in its midst has cut in two, both sides are gaps.
    return sorted(free)
