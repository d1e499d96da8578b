"""What stands in drawn cells side by side: one row, or several, of which no rule parts one from the next."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.files.pdf.boxes import NEAR, Box
from index.files.pdf.broken import lines_joined
from index.files.pdf.letters import rows_of
from index.files.pdf.segment import Segment, runs_over
from index.files.pdf.signs import is_figure, with_signs
from index.files.tables.cells import Cell

FEWEST_LINES = 3  #: of lists side by side; two may be a name broken by hand


def line_of_boxes(
    beside: Sequence[Box], inside: Mapping[Box, Sequence[Segment]], lefts: Sequence[float], row: int
) -> tuple[list[Cell], int]:
    """The cells that boxes side by side make, and how many rows: one, or a row for each line that is one."""
    lines = rows_of(one for box in beside for one in inside[box])
    spans = {box: span_of(box, lefts) for box in beside}
    parted = any(spans[box][1] > 1 and any(len(line) > 1 for line in rows_of(inside[box])) for box in beside)
    parts = [inside] if parted else _rows_in_boxes(beside, inside)
    by_line = (
        parted
        or (
            len(parts) == 1
            and len(lines) > 1
            and len(beside) > 1
            # The first box holds the names.
            and (
                (has_numbers_in_lines(lines) and _have_several_lines(beside, inside))
                or _has_columns_of_figures(beside[1:], inside)
                or _are_lists([box for box in beside if inside[box]], inside)
            )
        )
    )
    if not by_line:
        cells = [cell_of(part[box], row + number, *spans[box]) for number, part in enumerate(parts) for box in beside]
        return cells, len(parts)
    cells = []
    for number, line in enumerate(lines):
        for box in beside:
            mine = with_signs([one for one in line if any(one is other for other in inside[box])])
            columns = [bisect_right(lefts, (one.left + one.right) / 2) - 1 for one in mine]
            if len(mine) < 2 or spans[box][1] == 1 or len(set(columns)) < len(columns):
                cells.append(cell_of(mine, row + number, *spans[box]))
                continue
            # Headers in one box, each above a column of its own.
            cells += [cell_of([one], row + number, column, 1) for one, column in zip(mine, columns, strict=True)]
    return cells, len(lines)


def _have_several_lines(beside: Sequence[Box], inside: Mapping[Box, Sequence[Segment]]) -> bool:
    """Whether most boxes side by side have several lines, as they have where each line is a row; of two, all have."""
    heights = [len(rows_of(inside[box])) for box in beside if inside[box]]
    most = 2 * sum(height > 1 for height in heights) > len(heights)
    return most if max(heights) > 2 else min(heights) > 1


def span_of(box: Box, lefts: Sequence[float]) -> tuple[int, int]:
    """The first of the columns that a box stands in, and how many."""
    return bisect_left(lefts, box[0]), sum(box[0] <= left < box[2] for left in lefts)


def _has_columns_of_figures(beside: Sequence[Box], inside: Mapping[Box, Sequence[Segment]]) -> bool:
    """Whether boxes side by side all hold figures, one below the other, at the same heights."""
    columns = [rows_of(inside[box]) for box in beside]
    heights = [[line[0].top for line in lines] for lines in columns]
    if len(beside) < 2 or len(heights[0]) < 2 or not all(at_same_heights(tops, heights[0]) for tops in heights):
        return False
    return all(_is_line_of_figures(line) for lines in columns for line in lines)


def _are_lists(beside: Sequence[Box], inside: Mapping[Box, Sequence[Segment]]) -> bool:
    """Whether boxes side by side hold lists, line by line level with each other."""
    columns = [rows_of(inside[box]) for box in beside]
    heights = [[line[0].top for line in lines] for lines in columns]
    if (
        len(beside) < 2
        or len(heights[0]) < FEWEST_LINES
        or not all(at_same_heights(heights[0], one) for one in heights)
    ):
        return False
    return all(_is_list(lines, box[2]) for box, lines in zip(beside, columns, strict=True))


def _is_list(lines: Sequence[Sequence[Segment]], right: float) -> bool:
    """Whether lines that might reach to the right as far as that are words by themselves, or none goes on below."""
    small = [line[0].text[0].islower() for line in lines]
    if any(small) and not small[0]:
        return False  # a sentence goes on
    alone = all(len(line) == 1 and " " not in line[0].text for line in lines)
    return alone or not any(runs_over(upper[-1], lower[0], right) for upper, lower in pairwise(lines))


def at_same_heights(tops: Sequence[float], others: Sequence[float]) -> bool:
    """Whether lines stand at the same heights as others, one by one."""
    return len(tops) == len(others) and all(abs(a - b) < NEAR for a, b in zip(tops, others, strict=True))


def _is_line_of_figures(line: Sequence[Segment]) -> bool:
    return is_figure("".join(one.text for one in line))


def _rows_in_boxes(
    beside: Sequence[Box], inside: Mapping[Box, Sequence[Segment]]
) -> list[Mapping[Box, Sequence[Segment]]]:
    """What stands in boxes side by side: one row, or several, each with a name in the first and a figure in another.

    What a box says once is not of several.
    """
    first = [min((one.top for one in inside[box]), default=math.inf) for box in beside]
    begins = [[line[0].top for line in rows_of(inside[box]) if _is_line_of_figures(line)] for box in beside[1:]]
    level = (tops for tops in begins if tops and all(abs(top - tops[0]) < NEAR for top in first))
    tops = max(level, key=len, default=[])
    names = [line[0].top for line in rows_of(inside[beside[0]])]
    of_one = any(0 < len(rows_of(content)) < len(tops) for content in map(inside.__getitem__, beside))
    if len(tops) < 2 or of_one or not at_same_heights(names, tops):
        return [inside]
    ends = [*tops[1:], math.inf]
    return [
        {box: [one for one in inside[box] if top - NEAR < one.top < end - NEAR] for box in beside}
        for top, end in zip(tops, ends, strict=True)
    ]


def cell_of(content: Sequence[Segment], row: int, column: int, columns: int) -> Cell:
    """The cell that this content makes, in a row and in columns from the first on."""
    bold = bool(content) and all(one.bold for one in content)
    indent = min((one.left for one in content), default=0.0)
    text = _cell_text([with_signs(line) for line in rows_of(content)])
    return Cell(text, row, column, 1, columns, bold, indent)


def _cell_text(rows: Sequence[Sequence[Segment]]) -> str:
    """What a cell says; a small or bold first line above others is the name of a field."""
    lines = [" ".join(one.text for one in row) for row in rows]
    return f"{lines[0]}: {lines_joined(lines[1:])}" if is_labelled(rows) else lines_joined(lines)


def is_labelled(rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether the first line in a box is the name of a field, small or bold above its value."""
    if len(rows) < 2:
        return False
    first, others = rows[0], [one for row in rows[1:] for one in row]
    smaller = all(one.size < 0.9 * other.size for one in first for other in others)
    bolder = all(one.bold for one in first) and not any(other.bold for other in others)
    return (smaller or bolder) and first[-1].text[-1] not in ".:;,"


def has_numbers_in_lines(body: Sequence[Sequence[Segment]]) -> bool:
    """Whether most lines hold a number after their first cell, so that each is a row whatever the rules say."""
    return sum(any(is_figure(one.text) for one in row[1:]) for row in body) > 0.6 * len(body)
