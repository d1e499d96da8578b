"""Tables and forms on a page of a PDF whose cells are not drawn, known by the gaps between their columns."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from index.files.pdf.bands import MOST_OF_PROSE, TITLE, are_names, band_of
from index.files.pdf.broken import lines_joined
from index.files.pdf.heads import Gap, centred, extents, names_columns, place_of, stand_over, tells_unit
from index.files.pdf.labelled import form_of
from index.files.pdf.letters import rows_of
from index.files.pdf.options import options_of
from index.files.pdf.rosters import roster_of
from index.files.pdf.rows import APART, distance_between, is_apart, row_groups
from index.files.pdf.rules import Rule
from index.files.pdf.segment import Segment, alike
from index.files.pdf.signs import is_figure, with_signs
from index.files.pdf.stacked import stack_of
from index.files.pdf.stubs import behind_names, stub_apart
from index.files.tables.cells import Cell, is_item
from index.files.tables.head_rows import MOST_HEAD_ROWS
from index.files.tables.rows import Grid

MOST_TITLES = 4  #: rows above a table in which a lone cell may be one of its headers
CENTRED = 1.0  #: of the letters' height, up to which what stands in the middle of a table may be off it
LARGER = 1.1  #: times the size of letters, from which words above a table are no names of its columns
FEWEST_NAMES = 3  #: in a row that may stand beside the figures that it names
WIDE_GAP = 2.0  #: times the letters' height; a lone line with a narrower gap is a line of text


def unruled_tables(rows: Sequence[Sequence[Segment]], rules: Sequence[Rule]) -> list[tuple[int, int, Grid]]:
    """Where rows stand in columns: the first row of each table, the row after its last, and its cells."""
    rows = [with_signs(row) for row in rows]
    tables: list[tuple[int, int, Grid]] = []
    number = 0
    while number < len(rows):
        if form := _form_of(rows, number):
            tables.append((number, *form))
            number = form[0]
            continue
        end, gaps = band_of(rows, number)
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


def _form_of(rows: Sequence[Sequence[Segment]], start: int) -> tuple[int, Grid] | None:
    """The row after the last of a form that begins at a row, and its fields; None if none does."""
    kinds = (form_of, stack_of, roster_of, options_of)
    return next((form for kind in kinds if (form := kind(rows, start))), None)


def _is_head(rows: Sequence[Sequence[Segment]], start: int, head: int, end: int) -> bool:
    """Whether what looked like a table consists of lone titles, or a line, and, from `head` on, of names of columns."""
    lone = head - start == 1 or all(len(row) == 1 for row in rows[start:head])
    return head < end and lone and are_names(rows[head:end])


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
        if number and _goes_on(rows[number - 1], row, gaps):
            break
        beside_first = row[0].left >= gaps[0][0] and (len(row) > 1 or start - number <= MOST_TITLES)
        if beside_first or names_columns(row, gaps) or tells_unit(row, gaps):
            head = number
        elif len(row) > 1 or row[0].right > gaps[0][1]:
            break  # else it is the title of some rows, above which the head may stand
    return head


def _goes_on(above: Sequence[Segment], row: Sequence[Segment], gaps: Sequence[Gap]) -> bool:
    """Whether a lone line is the rest of a sentence which begins in a line that runs over columns."""
    lone = len(above) == len(row) == 1 and above[0].left < gaps[0][0] and above[0].right > gaps[0][1]
    goes_on = row[0].text[0].islower() and " " in row[0].text
    return lone and alike(above[0], row[0]) and goes_on and distance_between(above, row) < row[0].height


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
    borders[0] = behind_names(borders[0], gaps[0][1], rows[head:start])
    over, stub = stub_apart(rows[head:start], rows[start:end], borders[0])
    for row, group in enumerate(row_groups(over, rows[start:end], borders, rules)):
        texts: dict[tuple[int, int], list[Segment]] = {}
        above = row < len(over) or (above and not any(is_figure(one.text) for one in group))
        own = centred(group, columns) if above and len(rows_of(group)) == 1 else {}
        for segment in (*stub.get(row, ()), *group):
            place = own.get(id(segment)) or place_of(segment, borders)
            texts.setdefault(place, []).append(segment)
        for (first, last), segments in texts.items():
            text = lines_joined(" ".join(one.text for one in line) for line in rows_of(segments))
            bold = all(one.bold for one in segments)
            indent = min(one.left for one in segments)
            cells.append(Cell(text, row, first, 1, last - first + 1, bold, indent))
    return Grid(tuple(cells), ((min(begins), min(begins)), *gaps))
