"""Panels of a page: drawn boxes whose text is read by itself, whatever stands beside them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from index.files.pdf.boxes import NEAR, Box
from index.files.pdf.letters import rows_of
from index.files.pdf.ruled import Table
from index.files.pdf.segment import Segment
from index.files.pdf.sides import LEAST_LINES, are_written_apart, is_text, out_of_step

LEAST_ALONE = 2  #: lines of a panel that touches no other box, as a cell does
SHADOW = 0.9  #: of a box, that lies behind another
ROW = 1.2  #: of the letters' height, from the middle of a line to a box, up to which it is a row above or below
NARROW = 15  #: characters of a line, by the middle one, from which a panel holds text and not a column of cells
STEP = 0.1  #: of the letters' height, within which a line of a panel is level with one beside it


@dataclass(frozen=True, slots=True)
class Panel:
    """What stands in a box, and how far it reaches."""

    items: tuple["Item", ...]
    left: float
    right: float
    top: float
    bottom: float

    @classmethod
    def of(cls, items: Sequence["Item"], box: Box) -> Self:
        """The panel of what stands in a box, whose sides may touch those of another."""
        left, right = min(one.left for one in items), max(one.right for one in items)
        return cls(tuple(items), left, right, box[1], box[3])


Item = Segment | Table | Panel


def segments_of(items: Iterable[Item]) -> Iterator[Segment]:
    """The segments among these, and those in panels."""
    for item in items:
        if isinstance(item, Segment):
            yield item
        elif isinstance(item, Panel):
            yield from segments_of(item.items)


def with_panels(items: Sequence[Item], boxes: Iterable[Box]) -> list[Item]:
    """The items; those in a box beside which there is text are a panel, in which there may be others."""
    found = list(items)
    ordered = _without_shadows(boxes)
    for box in ordered:
        inside = [item for item in found if _is_in(item, box)]
        if len(inside) < 2:
            continue
        others = [item for item in found if not _is_in(item, box)]
        if _is_apart(inside, others, box, alone=not any(_adjoin(box, other) for other in ordered)):
            found = [*others, Panel.of(inside, box)]
    return found


def _without_shadows(boxes: Iterable[Box]) -> list[Box]:
    """The boxes by their size, without what lies askew behind another as its shadow, or is a second frame of it."""
    found: list[Box] = []
    for box in sorted(boxes, key=_area):
        if not any(_area(_shared(box, other)) > SHADOW * _area(box) for other in found):
            found.append(box)
    return found


def _shared(box: Box, other: Box) -> Box:
    return max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3])


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _is_in(item: Item, box: Box) -> bool:
    left, top, right, bottom = box
    return left <= (item.left + item.right) / 2 <= right and top <= (item.top + item.bottom) / 2 <= bottom


def _is_apart(inside: Sequence[Item], others: Sequence[Item], box: Box, *, alone: bool) -> bool:
    """Whether what stands in a box has nothing to do with what stands around it, as a cell or a shaded row has.

    It has nothing if the box is `alone`, touching no other, and its lines are many.
    """
    left, top, right, bottom = box
    if any(item.left < left - 1 or item.right > right + 1 for item in inside):
        return False
    mine, around = list(segments_of(inside)), list(segments_of(others))
    beside = [one for one in around if top <= one.middle <= bottom]
    lines = len(rows_of(mine))
    if (
        not beside
        or lines < (LEAST_ALONE if alone else LEAST_LINES)
        or _is_row(box, around)
        or not are_written_apart(mine, beside)
    ):
        return False
    return (alone and lines >= LEAST_LINES) or is_text(mine, NARROW) or out_of_step(mine, beside, STEP)


def _is_row(box: Box, around: Sequence[Segment]) -> bool:
    """Whether a box is one of rows: a line crosses its sides, or stands close above it and another close below."""
    left, top, right, bottom = box
    over = [one for one in around if one.left < right and one.right > left]
    crossed = any(top < one.middle < bottom for one in over)
    above = any(0 < top - one.middle < ROW * one.height for one in over)
    below = any(0 < one.middle - bottom < ROW * one.height for one in over)
    return crossed or (above and below)


def _adjoin(box: Box, other: Box) -> bool:
    """Whether two boxes stand side by side or one above the other without a gap."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    return abs(width) < NEAR < height or abs(height) < NEAR < width
