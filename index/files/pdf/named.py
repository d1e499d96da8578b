"""Names of rows and columns that stand outside a table on a page of a PDF whose cells are drawn."""

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from index.files.pdf.boxes import NEAR, Box, stands_in
from index.files.pdf.letters import rows_of
from index.files.pdf.segment import Segment

LEAST_ROWS = 3  #: of a table whose names stand above it, or beside it
ABOVE = 1.5  #: times the letters' height, up to which names above a table are its own
NAMED = 0.75  #: share of a table's rows that have a name beside it, and of those with more that is level with it
LONGEST_NAME = 45  #: characters, by the middle one
MANY = 5  #: names above a table, each of which stands over a column of its own by no chance


def names_outside(boxes: Sequence[Box], segments: Sequence[Segment]) -> list[Box]:
    """Boxes around the names of a table's rows, on its left, and of its columns, above it; of each all or none."""
    return [*_names_beside(boxes, segments), *_names_above(boxes, segments)]


def _names_beside(boxes: Sequence[Box], segments: Sequence[Segment]) -> list[Box]:
    """A column of boxes around what stands to the left of a table on the lines of its rows, as their names."""
    left, top, bottom = min(box[0] for box in boxes), min(box[1] for box in boxes), max(box[3] for box in boxes)
    beside = [one for one in segments if one.right < left + NEAR and top < one.middle < bottom]
    lines = rows_of(beside)
    rows = list(pairwise([*sorted({box[1] for box in boxes}), bottom]))
    filled = sum(any(upper < one.middle < lower for one in beside) for upper, lower in rows)
    if len(rows) < LEAST_ROWS or filled < NAMED * len(rows) or max(map(len, lines)) > 1:
        return []
    if sum(any(map(str.isalpha, line[0].text)) for line in lines) < NAMED * len(lines):
        return []  # the numbers of lines
    right = max(box[2] for box in boxes)
    held = [one.middle for one in segments if left - 1 < one.left < right and top < one.middle < bottom]
    told = [line[0].middle for line in lines if any(_in_one_row(line[0].middle, one, rows) for one in held)]
    level = sum(any(abs(middle - one) < NEAR for one in held) for middle in told)
    if not told or level < NAMED * len(told) or median(len(line[0].text) for line in lines) > LONGEST_NAME:
        return []
    begins = min(one.left for one in beside) - 1
    return [(begins, upper, left, lower) for upper, lower in rows]


def _in_one_row(middle: float, other: float, rows: Sequence[tuple[float, float]]) -> bool:
    return any(upper < middle < lower and upper < other < lower for upper, lower in rows)


def _names_above(boxes: Sequence[Box], segments: Sequence[Segment]) -> list[Box]:
    """A row of boxes around a line of names right above a table, each of which stands over a column of its own.

    They are bold, or so many that they stand there by no chance.
    """
    top = min(box[1] for box in boxes)
    first = sorted(box for box in boxes if box[1] == top)
    left, right = first[0][0], first[-1][2]
    above = [one for one in segments if left - NEAR < one.left and one.right < right + NEAR and one.bottom < top + NEAR]
    *further, line = rows_of(above) or [[]]
    if len(line) < 2 or top - line[0].bottom > ABOVE * line[0].height:
        return []
    bottom = max(box[3] for box in boxes)
    own = [bisect_right(first, (one.left + NEAR, math.inf)) for one in line]
    empty = [number for number, box in enumerate(first, start=1) if not _holds(segments, (box[0], top, box[2], bottom))]
    named = [number for number in range(1, len(first) + 1) if number in own or number not in empty]
    if own not in (named, named[1:]):
        return []  # the names of rows may have no name
    if any(one.right > first[column - 1][2] for one, column in zip(line, own, strict=True)):
        return []
    rows = len({box[1] for box in boxes})
    if rows < 2 or (len(line) < MANY and not (rows >= LEAST_ROWS and _are_marked(line, further))):
        return []
    if _is_bold(segments, (left, top, right, max(box[3] for box in first))) and not _is_bold(
        segments, (left, top, right, bottom)
    ):
        return []  # it has a head of its own
    begins = min(one.top for one in line) - 1
    return [(box[0], begins, box[2], top) for box in first]


def _holds(segments: Sequence[Segment], box: Box) -> bool:
    return any(stands_in(one, box) for one in segments)


def _is_bold(segments: Sequence[Segment], box: Box) -> bool:
    return all(one.bold for one in segments if stands_in(one, box))


def _are_marked(line: Sequence[Segment], further: Sequence[Sequence[Segment]]) -> bool:
    """Whether a line is one of bold names, and not the last of several lines, a title, or labels of a form."""
    if further and line[0].top - further[-1][0].bottom < ABOVE * line[0].height:
        return False
    return all(one.bold and any(map(str.isalpha, one.text)) and one.text[-1] != ":" for one in line)
