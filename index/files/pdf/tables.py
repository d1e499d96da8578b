"""Tables and forms on a page of a PDF whose cells are not drawn, known by the gaps between their columns."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from index.files.pdf.broken import lines_joined
from index.files.pdf.heads import Gap, centred, extents, names_columns, place_of, stand_over, tells_unit
from index.files.pdf.letters import FIGURES_APART, LARGE, rows_of
from index.files.pdf.rows import APART, CLOSER, distance_between, is_apart, row_groups
from index.files.pdf.rules import Rule
from index.files.pdf.segment import Segment
from index.files.pdf.signs import is_figure, with_signs
from index.files.tables.cells import Cell, is_item, names_only
from index.files.tables.head_rows import MOST_HEAD_ROWS
from index.files.tables.rows import Grid

GAP = 0.6  #: of the letters' height: between columns, at the least
FAR = 2.5  #: times the widest gap between rows so far, from which a table is over
MOST_OF_PROSE = 60  #: characters of a cell, on average, from which two columns are text set side by side
MOST_TITLES = 4  #: rows above a table in which a lone cell may be one of its headers
LONGEST_TITLE = 100  #: characters, of some of a table's rows
CENTRED = 1.0  #: of the letters' height, up to which what stands in the middle of a table may be off it
LARGER = 1.1  #: times the size of letters, from which words above a table are no names of its columns
TITLE = 1.6  #: the same, of words that each stand over a column of their own
FEWEST_NAMES = 3  #: in a row that may stand beside the figures that it names
FEWEST_FILLED = 4  #: columns across which a row may say one thing
WIDE_GAP = 2.0  #: times the letters' height; a lone line with a narrower gap is a line of text


def unruled_tables(rows: Sequence[Sequence[Segment]], rules: Sequence[Rule]) -> list[tuple[int, int, Grid]]:
    """Where rows stand in columns: the first row of each table, the row after its last, and its cells."""
    rows = [with_signs(row) for row in rows]
    tables: list[tuple[int, int, Grid]] = []
    number = 0
    while number < len(rows):
        end, gaps = _band(rows, number)
        end = _without_titles(rows, number, end)
        if not gaps or not _is_table(rows, number, end, gaps):
            number += 1
            continue
        head = _head(rows, number, end, gaps)
        while tables and (tables[-1][0] >= head or _is_head(rows, tables[-1][0], head, tables[-1][1])):
            tables.pop()  # which only was the head of this one, below a lone line
        head = max(head, tables[-1][1]) if tables else head
        tables.append((head, end, _grid(rows, head, number, end, gaps, rules)))
        number = end
    return tables


def _is_head(rows: Sequence[Sequence[Segment]], start: int, head: int, end: int) -> bool:
    """Whether what looked like a table consists of lone titles, or a line, and, from `head` on, of names of columns."""
    lone = head - start == 1 or all(len(row) == 1 for row in rows[start:head])
    return head < end and lone and _are_names(rows[head:end])


def _band(rows: Sequence[Sequence[Segment]], start: int) -> tuple[int, list[Gap]]:
    """The row after the last that leaves the same gaps as the row at `start`, and the gaps; none if it has none."""
    height = median(one.height for one in rows[start])
    gaps = [
        (one.right, other.left + other.lead)
        for one, other in pairwise(rows[start])
        if other.left + other.lead - one.right > _least(one, other) * height
    ]
    least = min((GAP * height, *(0.9 * (right - left) for left, right in gaps)))
    named = gaps if _are_names(rows[start : start + 1]) else []
    end = start + 1
    widest = 1.2 * height
    full = 1
    while gaps and end < len(rows):
        row = rows[end]
        distance = distance_between(rows[end - 1], row)
        if distance > max(FAR * widest, 1.5 * height):
            break
        left = _still_free(gaps, row, least)
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
    if _stands_before(row, above) and (len(row) > len(gaps) + 1 or _are_names(above)):
        return True
    if full == 1 and row[0].size * TITLE < rows[start][0].size and _are_names(above):
        return True
    if len(row) == 1 and row[0].bold and end + 1 < len(rows) and row[0].size > LARGE * rows[end + 1][0].size:
        return True
    return full > 2 and _is_head_across(rows, end, gaps)


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


def _are_names(rows: Sequence[Sequence[Segment]]) -> bool:
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


def _without_titles(rows: Sequence[Sequence[Segment]], start: int, end: int) -> int:
    """The row after the last of a table, without lone lines further off than its rows: what comes next begins so."""
    last = max((number for number in range(start, end) if len(rows[number]) > 1), default=end)
    if start < last < end - 1:
        nearest = min(distance_between(upper, lower) for upper, lower in pairwise(rows[start : last + 1]))
        below, apart = rows[last + 1 : end], distance_between(rows[last], rows[last + 1]) - nearest
        if is_apart(rows[last], below[0], apart) and not any(is_figure(one.text) for row in below for one in row):
            return last + 1
    return end


def _is_table(rows: Sequence[Sequence[Segment]], start: int, end: int, gaps: Sequence[Gap]) -> bool:
    band = rows[start:end]
    full = [row for row in band if len(row) > 1]
    height = median(one.height for row in band for one in row)
    widest = max(right - left for left, right in gaps)
    longest = median(len(one.text) for row in full for one in row)
    if len(full) < 3 and longest > 15 and widest < WIDE_GAP * height:
        return False  # a line of text that was spread to the width of its column
    if len(full) == 1 and widest < WIDE_GAP * height:
        return False
    if len(gaps) == 1 and all(is_item(row[0].text) for row in full):
        return False  # a list, whose items may run on
    return longest <= MOST_OF_PROSE


def _head(rows: Sequence[Sequence[Segment]], start: int, end: int, gaps: Sequence[Gap]) -> int:
    """The first of the rows above a table that stand over its columns, but not over the first."""
    size = median(one.size for one in rows[start])
    head = start
    for number in range(start - 1, max(start - 1 - MOST_HEAD_ROWS, -1), -1):
        row = rows[number]
        distance = distance_between(row, rows[number + 1])
        most = TITLE if stand_over(row, gaps) else LARGER
        larger = min(one.size for one in row) > most * size  # not by a name beside others, which tells what rows are
        if distance > 2 * row[0].height or larger or _is_over_all(row, rows[head:end], gaps):
            break
        beside_first = row[0].left >= gaps[0][0] and (len(row) > 1 or start - number <= MOST_TITLES)
        if beside_first or names_columns(row, gaps) or tells_unit(row, gaps):
            head = number
        elif len(row) > 1 or row[0].right > gaps[0][1]:
            break  # else it is the title of some rows, above which the head may stand
    return head


def _is_over_all(row: Sequence[Segment], body: Sequence[Sequence[Segment]], gaps: Sequence[Gap]) -> bool:
    """Whether a lone line stands in the middle of a whole table, and not of the column below it."""
    middle = (row[0].left + row[0].right) / 2
    cells = [one for line in body for one in line]
    column = [one for one in cells if bisect_right(gaps, (one.left, one.left)) == bisect_right(gaps, (middle, middle))]

    def distance(below: Sequence[Segment]) -> float:
        return abs(middle - (min(one.left for one in below) + max(one.right for one in below)) / 2)

    nearest = min(distance_between(upper, lower) for upper, lower in pairwise([row, *body]))
    apart = distance_between(row, body[0]) > nearest + APART * row[0].height  # as names over columns are not
    alone = len(row) == 1 and apart and bool(column)
    return alone and distance(cells) < CENTRED * row[0].height < distance(column)


def _names_beside(rows: Sequence[Sequence[Segment]], borders: Sequence[float]) -> set[int]:
    """The columns that have nothing but a name, and none of the figures that begin to the right of it."""
    above = next((number for number, row in enumerate(rows) if any(is_figure(one.text) for one in row)), 0)
    heads = [row for row in rows[:above] if len(row) >= FEWEST_NAMES]
    places = [[place_of(one, borders) for row in part for one in row] for part in (heads, rows[above:])]
    named, filled = ({column for first, last in part for column in range(first, last + 1)} for part in places)
    return {column for column in named - filled if column + 1 in filled - named}


def _grid(
    rows: Sequence[Sequence[Segment]], head: int, start: int, end: int, gaps: Sequence[Gap], rules: Sequence[Rule]
) -> Grid:
    begins = [one.left for row in rows[start:end] for one in row]  # with its sign of money, which the gap leaves out
    borders = [(left + min([right, *(one for one in begins if left < one)])) / 2 for left, right in gaps]
    beside = _names_beside(rows[head:end], borders)
    gaps = [gap for number, gap in enumerate(gaps) if number not in beside]
    borders = [border for number, border in enumerate(borders) if number not in beside]
    cells: list[Cell] = []
    above = True  # the first row with a figure
    columns = extents([one for row in rows[start:end] for one in row], borders)
    for row, group in enumerate(row_groups(rows[head:start], rows[start:end], borders, rules)):
        texts: dict[tuple[int, int], list[Segment]] = {}
        above = row < start - head or (above and not any(is_figure(one.text) for one in group))
        own = centred(group, columns) if above and len(rows_of(group)) == 1 else {}
        for segment in group:
            place = own.get(id(segment)) or place_of(segment, borders)
            texts.setdefault(place, []).append(segment)
        for (first, last), segments in texts.items():
            text = lines_joined(" ".join(one.text for one in line) for line in rows_of(segments))
            bold = all(one.bold for one in segments)
            indent = min(one.left for one in segments)
            cells.append(Cell(text, row, first, 1, last - first + 1, bold, indent))
    return Grid(tuple(cells), ((min(begins), min(begins)), *gaps))
