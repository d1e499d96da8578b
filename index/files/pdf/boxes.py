"""The boxes that are drawn on a page of a PDF, and what stands in them."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby

from index.files.pdf.segment import Segment
from index.files.tables.cells import names_only

NEAR = 3.0  #: points within which rules meet
CELL_OF_PROSE = 700  #: characters; a cell with more is a part of the page, not of a table

Box = tuple[float, float, float, float]  #: left, top, right, bottom


def stands_in(segment: Segment, box: Box) -> bool:
    """Whether a segment stands in a box."""
    return box[0] - 1 <= (segment.left + segment.right) / 2 <= box[2] + 1 and box[1] <= segment.middle <= box[3]


def around(boxes: Sequence[Box]) -> Box:
    """The box that they fill together."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def tables_of_boxes(tables: Sequence[list[Box]], segments: Sequence[Segment]) -> Iterator[tuple[list[Box], bool]]:
    """The boxes of each table, or of its parts above and below prose, and whether it is such a part."""
    for boxes in tables:
        parts = _parted_by_prose(boxes, segments)
        yield from ((part, len(parts) > 1) for part in parts)


def parted_by_heads(boxes: Sequence[Box], segments: Sequence[Segment]) -> list[list[Box]]:
    """The boxes, parted where a row of names in bold has other columns than the one above, as orders have."""
    ordered = sorted(boxes, key=lambda box: (box[1], box[0]))
    rows = [list(row) for _, row in groupby(ordered, key=lambda box: box[1])]
    lefts = [[box[0] for box in row] for row in rows] + [[]]
    parts: list[list[Box]] = [[]]
    bottom, was_head = -math.inf, True
    for number, row in enumerate(rows):
        is_head = _are_bold_names(row, segments)
        # Where the columns above go on below it, it names a group of rows.
        anew = lefts[number] != lefts[number - 1] != lefts[number + 1]
        if is_head and not was_head and anew and row[0][1] > bottom - NEAR:
            parts.append([])
        parts[-1] += row
        bottom, was_head = max(bottom, *(box[3] for box in row)), is_head
    return parts


def _are_bold_names(beside: Sequence[Box], segments: Sequence[Segment]) -> bool:
    """Whether all that stands in boxes side by side is bold, and may name columns."""
    held = [[one for one in segments if stands_in(one, box)] for box in beside]
    texts = [" ".join(one.text for one in some) for some in held if some]
    named = len(texts) > 1 and all(any(map(str.isalpha, text)) for text in texts) and names_only(texts)
    return named and all(one.bold for some in held for one in some)


def _parted_by_prose(boxes: Sequence[Box], segments: Sequence[Segment]) -> list[list[Box]]:
    """The boxes above, between and below those that hold much text and are as wide as all of them together."""
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    parts: list[list[Box]] = [[]]
    for box in sorted(boxes, key=lambda one: one[1]):
        across = box[0] < left + NEAR and right - NEAR < box[2]
        if across and sum(len(one.text) for one in segments if stands_in(one, box)) > CELL_OF_PROSE:
            parts.append([])
        else:
            parts[-1].append(box)
    return [part for part in parts if part]
