"""Tables on a page of a PDF whose cells are drawn."""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.files.pdf.box_rows import at_same_heights, cell_of, is_labelled, line_of_boxes, span_of
from index.files.pdf.boxes import CELL_OF_PROSE, NEAR, Box, around, parted_by_heads, stands_in, tables_of_boxes
from index.files.pdf.fields import fields_of, parts_of_form
from index.files.pdf.filled import with_values
from index.files.pdf.letters import Page, rows_of
from index.files.pdf.lined import with_values_on_rules
from index.files.pdf.named import names_outside
from index.files.pdf.ruled_rows import missing_uprights
from index.files.pdf.rules import Rule
from index.files.pdf.segment import Segment
from index.files.pdf.signs import with_signs
from index.files.tables.cells import LONGEST_HEADER, Cell
from index.files.tables.rows import Grid

MANY = 9  #: cells of a table, one of which may hold twice as much
#: The number of a step, which names nothing; or nothing.
_STEP = re.compile(r"\W*\d{0,2}\W*")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, and the box that they fill."""

    grid: Grid
    left: float
    right: float
    top: float
    bottom: float


def ruled_tables(page: Page) -> tuple[list[Table], list[Segment]]:
    """The tables whose cells are drawn, and the segments that stand in none."""
    from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

    rules = [*page.rules, *_open_sides(page.rules), *missing_uprights(page.rules, page.segments)]
    edges = merge_edges([_edge(rule) for rule in rules], NEAR, NEAR, NEAR, NEAR) if rules else []
    cells = intersections_to_cells(edges_to_intersections(edges, NEAR, NEAR))
    drawn = cells_to_tables(cells)  # of which one cell alone is none
    written = with_values_on_rules(page.segments, page.rules)
    rest = with_values(written, sorted(set(cells).difference(*drawn)))
    tables = []
    for boxes, parted in tables_of_boxes(drawn, rest):
        boxes = _without_key(boxes, rest)
        for table in _form(boxes, rest) or _tables(boxes, rest, parted):
            tables.append(table)
            rest = [one for one in rest if not stands_in(one, (table.left, table.top, table.right, table.bottom))]
    return tables, rest


def _without_key(boxes: Sequence[Box], segments: Sequence[Segment]) -> list[Box]:
    """The boxes without empty ones below all others, and less wide together: the key to a colour hangs there so."""
    foot = max(box[1] for box in boxes)
    above, last = [box for box in boxes if box[1] < foot], [box for box in boxes if box[1] == foot]
    empty = not any(stands_in(one, box) for one in segments for box in last)
    if not above or not empty or max(box[3] for box in above) > foot + NEAR:
        return list(boxes)
    (left, right), (begins, ends) = ((min(box[0] for box in row), max(box[2] for box in row)) for row in (above, last))
    return above if begins > left + NEAR or ends < right - NEAR else list(boxes)


def _open_sides(rules: Sequence[Rule]) -> Iterator[Rule]:
    """What is missing of the frames of tables with rules between columns: its sides, and at a page's end its foot."""
    level = sorted((rule for rule in rules if not rule.upright), key=lambda rule: rule.top)
    upright = sorted((rule for rule in rules if rule.upright), key=lambda rule: rule.top)
    for upper in level:
        lower = next((one.top for one in level if one.top > upper.top + NEAR and _as_wide(one, upper)), math.inf)
        below = [one for one in upright if one.top < lower - NEAR and one.bottom > upper.top + NEAR]
        inside = [one for one in below if upper.left + NEAR < one.left < upper.right - NEAR]
        foot = min(lower, _reach(inside, upper.top))
        if foot < upper.top + NEAR or foot < lower - NEAR < math.inf:
            continue
        if foot < lower:
            yield Rule(upper.left, upper.right, foot, foot)
        for side in (upper.left, upper.right):
            if not any(abs(one.left - side) < NEAR and one.top < foot for one in below):
                yield Rule(side, side, upper.top, foot)


def _reach(upright: Sequence[Rule], top: float) -> float:
    """How far down any of these rules, from the highest to the lowest, goes on without a gap from a place."""
    ends: dict[int, float] = {}
    for one in upright:
        at = round(one.left / NEAR)
        end = max(ends.get(place, top) for place in (at - 1, at, at + 1))
        if one.top < end + NEAR:
            ends[at] = max(end, one.bottom)
    return max(ends.values(), default=top)


def _as_wide(one: Rule, other: Rule) -> bool:
    return abs(one.left - other.left) < NEAR and abs(one.right - other.right) < NEAR


def _edge(rule: Rule) -> dict[str, object]:
    x, y = (rule.left + rule.right) / 2, (rule.top + rule.bottom) / 2
    left, right, top, bottom = (x, x, rule.top, rule.bottom) if rule.upright else (rule.left, rule.right, y, y)
    size = {"width": right - left, "height": bottom - top}
    return {"x0": left, "x1": right, "top": top, "bottom": bottom, "orientation": "v" if rule.upright else "h", **size}


def _form(boxes: Sequence[Box], segments: Sequence[Segment]) -> list[Table]:
    """The parts of the form that these cells make; none if they make none."""
    parts: list[Table] = []
    for part, is_table in parts_of_form(boxes, segments):
        left, top, right, bottom = whole = around(part)
        table = _ruled(part, segments, parted=True) if is_table else None
        parts.append(table or Table(fields_of(part, segments), left, right, top, bottom))
        segments = [one for one in segments if not stands_in(one, whole)]
    return parts


def _tables(boxes: Sequence[Box], segments: Sequence[Segment], parted: bool) -> list[Table]:
    """The table that these cells make, with names outside them, or those that rows of names part; none if none."""
    parts = parted_by_heads(boxes, segments)
    if len(parts) > 1:
        return [table for part in parts if (table := _ruled(part, segments, parted=True))]
    names = names_outside(boxes, segments)
    table = (_ruled([*boxes, *names], segments, parted) if names else None) or _ruled(boxes, segments, parted)
    return [table] if table else []


def _ruled(boxes: Sequence[Box], segments: Sequence[Segment], parted: bool) -> Table | None:
    """The table that these cells make; None if they frame text, leave some out or are one row.

    One row is a table where another part of it was parted, or where each cell has its own label above its value.
    """
    whole = around(boxes)
    held = [one for one in segments if stands_in(one, whole)]
    tops, lefts = sorted({box[1] for box in boxes}), sorted({box[0] for box in boxes})
    inside = {box: [one for one in held if stands_in(one, box)] for box in boxes}
    longest = CELL_OF_PROSE * (2 if len(boxes) >= MANY else 1)
    if any(_is_region(box, content, lefts, longest) for box, content in inside.items()):
        return None
    cells: list[Cell] = []
    begins: list[int] = []  # number of the first row at each of the tops
    row = 0
    for top in tops:
        beside = sorted(box for box in boxes if box[1] == top)
        lowest = min(box[3] for box in beside) + NEAR
        new, height = line_of_boxes([box for box in beside if box[3] < lowest], inside, lefts, row)
        cells.extend(new)
        # Others stand beside the rows below, too, and tell nothing of the lines of this one.
        cells.extend(cell_of(inside[box], row, *span_of(box, lefts)) for box in beside if box[3] >= lowest)
        begins.append(row)
        row += height
    cells = list(_names_of_groups(cells, inside, tops, [*begins, row]))
    told = sum(map(len, inside.values()))
    filled = [cell for cell in cells if cell.text]
    fields = all(len(lines) == 2 and is_labelled(lines) for lines in map(rows_of, inside.values()))
    if (
        told < len(held)
        or len(tops) < (1 if parted or fields else 2)
        or len({cell.column for cell in filled}) < 2
        or (len(filled) < 3 and not fields)
    ):
        return None
    return Table(
        Grid(tuple(cells), tuple((place, place) for place in (*lefts, whole[2]))),
        whole[0],
        whole[2],
        whole[1],
        whole[3],
    )


def _names_of_groups(
    cells: Sequence[Cell], inside: Mapping[Box, Sequence[Segment]], tops: Sequence[float], begins: Sequence[int]
) -> Iterator[Cell]:
    """The cells, of which one in the first column stands in each row that its box is beside: it names them all.

    It does not if it has a line level with each of them, the names of single rows, or is the number of a step.
    `begins` has the number of the first row at each of the tops, and last the number of all rows.
    """
    filled = Counter(cell.row for cell in cells if cell.text)
    full = min(2, len({cell.column for cell in cells if cell.text}) - 1)  # cells of a row beside the name
    first = {box[1]: box for box in sorted(inside, reverse=True)}  # at each of the tops, from the left
    for cell in cells:
        at = bisect_right(begins, cell.row) - 1
        box = first[tops[at]]
        below = bisect_left(tops, box[3] - NEAR)
        beside = range(begins[at + 1], begins[below])
        is_name = not cell.column and begins[at + 1] == cell.row + 1 and not _STEP.fullmatch(cell.text)
        whole = len(cell.text) <= LONGEST_HEADER and all(filled[row] >= full for row in beside)
        if not (beside and is_name and whole) or at_same_heights(*_heights(box, tops[at:below], inside)):
            yield cell
        else:
            yield replace(cell, rows=begins[below] - cell.row)


def _heights(
    box: Box, tops: Sequence[float], inside: Mapping[Box, Sequence[Segment]]
) -> tuple[list[float], list[float]]:
    """Where the lines in a box stand, and where the first lines of the rows beside it that begin at these tops."""
    others = [
        [one.top for other in inside if other[1] == top and other is not box for one in inside[other]] for top in tops
    ]
    return [line[0].top for line in rows_of(inside[box])], [min(some) for some in others if some]


def _is_region(box: Box, content: Sequence[Segment], lefts: Sequence[float], longest: int) -> bool:
    """Whether a cell is a part of the page by itself: it holds much text, or columns of its own."""
    crowded = 0  # lines of which several parts stand in one column of the table
    for line in rows_of(content):
        parts = with_signs(line)
        crowded += len({bisect_right(lefts, (one.left + one.right) / 2) for one in parts}) < len(parts)
    return crowded > 1 or sum(len(one.text) for one in content) > longest
