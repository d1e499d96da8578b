"""Forms on a page of a PDF in which each value stands in a drawn box of its own, its label above it or to the left."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from index.files.pdf.boxes import NEAR, Box, stands_in
from index.files.pdf.letters import rows_of
from index.files.pdf.segment import Segment, alike

FEWEST = 3  #: such boxes of a page, filled in or not
ABOVE = 1.5  #: times the letters' height, up to which a label is of the box below it
LONGEST_VALUE = 200  #: characters; a box with more holds a text
LONGEST_LABEL = 120  #: characters
LINE = 2.5  #: times the letters' height, which a box beside its label is high at most
INDENT = 12.0  #: points, by which a label may begin left or right of its box

_WORD = re.compile(r"[^\W\d_]{3}")


def with_values(segments: Sequence[Segment], boxes: Sequence[Box]) -> list[Segment]:
    """The segments, of which each value in a box is told behind its label; as they are where the page has no such form.

    Args:
        segments: What stands on the page and in no table.
        boxes: That touch no other.
    """
    fields = [(label, box) for box in boxes if (label := _above(segments, box, boxes))]
    known = {id(label) for label, _ in fields}
    beside = _beside(segments, set(boxes).difference(box for _, box in fields), boxes)
    fields += [(label, box) for label, box in beside if id(label) not in known]
    if len(fields) < FEWEST:
        return list(segments)
    told: dict[int, Segment] = {}
    values: set[int] = set()
    for label, box in fields:
        inside = [one for one in segments if stands_in(one, box)]
        value = " ".join(one.text for row in rows_of(inside) for one in row)
        if value and not value.endswith(":"):
            told[id(label)] = replace(label, text=f"{label.text.rstrip(' .:')}: {value}")
            values |= set(map(id, inside))
    return [told.get(id(one), one) for one in segments if id(one) not in values]


def _beside(segments: Sequence[Segment], rest: Set[Box], boxes: Sequence[Box]) -> list[tuple[Segment, Box]]:
    """The boxes left that have a label beside them, below each other as their labels are."""
    fields = [(label, box) for box in sorted(rest) if (label := _left_of(segments, box, boxes))]

    def is_aligned(label: Segment, box: Box) -> bool:
        alike = (abs(one.left - label.left) < NEAR and abs(other[0] - box[0]) < NEAR for one, other in fields)
        return sum(alike) >= FEWEST

    return [(label, box) for label, box in fields if is_aligned(label, box)]


def _left_of(segments: Sequence[Segment], box: Box, boxes: Sequence[Box]) -> Segment | None:
    """What begins the line of a box that is a line high, and stands next to it in no box; None if it is no label."""
    left, top, _, bottom = box
    row = sorted((one for one in segments if top < one.middle < bottom and one.left < left), key=lambda one: one.left)
    if len(row) != 1 or row[0].right > left + NEAR or not _may_hold(segments, box, boxes):
        return None
    label = row[0]
    between = any(one != box and one[1] < label.middle < one[3] and one[0] < left for one in boxes)
    return label if may_name(label.text) and not between and bottom - top <= LINE * label.height else None


def may_name(text: str) -> bool:
    """Whether words that are neither a value nor have one may be a label."""
    has_value = ": " in text or text.rstrip("?:")[-1:].isdigit()
    return len(text) <= LONGEST_LABEL and not has_value and bool(_WORD.search(text))


def _may_hold(segments: Sequence[Segment], box: Box, boxes: Sequence[Box]) -> bool:
    """Whether a box may hold a value: no other box, and no text."""
    inside = sum(len(one.text) for one in segments if stands_in(one, box))
    return inside <= LONGEST_VALUE and not any(other != box and _is_in(other, box) for other in boxes)


def _above(segments: Sequence[Segment], box: Box, boxes: Sequence[Box]) -> Segment | None:
    """The line right above a box that holds a value, or nothing; None if it may be no label of that."""
    left, top, right, _ = box
    if not _may_hold(segments, box, boxes):
        return None
    above = [one for one in segments if one.bottom < top + NEAR and one.right > left and one.left < right]
    *_, line = rows_of(above) or [[]]
    if len(line) != 1 or any(stands_in(line[0], other) and not _is_in(box, other) for other in boxes):
        return None
    label = line[0]
    has_value = ": " in label.text
    if has_value or (label.text[-1] == "." and "?" not in label.text) or _ends_paragraph(label, above):
        return None
    begins = abs(label.left - left) <= INDENT and label.right <= right + NEAR
    near = top - label.bottom <= ABOVE * label.height and len(label.text) <= LONGEST_LABEL
    return label if begins and near else None


def _ends_paragraph(line: Segment, above: Sequence[Segment]) -> bool:
    """Whether a line goes on with one right above it, in letters like its own."""
    near = (one for one in above if 0 < line.middle - one.middle < ABOVE * line.height)
    return any(alike(one, line) and abs(one.left - line.left) < NEAR and one.right > line.right for one in near)


def _is_in(box: Box, other: Box) -> bool:
    return other[0] <= box[0] and other[1] <= box[1] and box[2] <= other[2] and box[3] <= other[3]
