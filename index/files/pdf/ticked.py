"""Boxes to tick that a page of a PDF only draws: a square or a ring beside its label, with a mark in it or without."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from index.files.pdf.forms import FARTHEST_LABEL, OPEN, TICKED, Mark
from index.files.pdf.rules import LARGEST_MARK

SIZES = (5.0, LARGEST_MARK)  #: points, of the sides of a box
UNEVEN = 0.15  #: share by which its sides may differ
SAME = 1.0  #: points, by which the size of boxes, and what draws one box twice, may differ
TICKS = "xX✓✔✗✘☓×"  #: letters that tick a box
INNER = (0.04, 0.8)  #: share of the area of a box that a mark in it takes
MOST = 200  #: boxes of a page; where there are more, they are a drawing
MOST_OTHERS = 2.0  #: other small shapes for each box; where there are more, they are parts of a chart, as its key is

Area = tuple[float, float, float, float]  #: left, right, top, bottom


class _Placed(Protocol):
    text: str
    left: float
    right: float
    top: float
    bottom: float


def drawn_marks(shapes: Iterable[Area], letters: Sequence[_Placed]) -> list[Mark]:
    """The boxes among small shapes, of one size, that stand before a label; none if not both kinds are there.

    Where none is ticked, they may be bullets; where all are, bullets with a frame, but if it is by a letter.
    """
    shapes = list(shapes)
    boxes: list[Area] = []
    for shape in shapes:
        if _is_box(shape) and not any(_is_same(shape, other) for other in boxes):
            boxes.append(shape)
            if len(boxes) > MOST:
                return []
    ordered = sorted(letters, key=_middle)
    beside = {box: _level_with(box, ordered) for box in boxes}
    labelled = [box for box in boxes if any(_is_label(letter, box) for letter in beside[box])]
    others = sum(not any(_is_same(one, box) or _is_within(one, box) for box in labelled) for one in shapes)
    if others > MOST_OTHERS * len(labelled):
        return []
    return [mark for family in _families(labelled) for mark in _marks(family, shapes, beside)]


def _middle(letter: _Placed) -> float:
    return (letter.top + letter.bottom) / 2


def _level_with(box: Area, letters: Sequence[_Placed]) -> Sequence[_Placed]:
    """Of letters from top to bottom, those that may stand in a box or beside it."""
    begin = bisect_left(letters, box[2] - LARGEST_MARK, key=_middle)
    return letters[begin : bisect_left(letters, box[3] + LARGEST_MARK, key=_middle)]


def _marks(family: Sequence[Area], shapes: Sequence[Area], beside: Mapping[Area, Sequence[_Placed]]) -> list[Mark]:
    """The boxes of one size, ticked or not; none where any of them holds a letter that says something."""
    marks = [Mark(TICKED, *box) for box in family]
    held = [[one for one in beside[box] if mark.holds(one)] for box, mark in zip(family, marks, strict=True)]
    if any(one.text not in TICKS for own in held for one in own):
        return []
    drawn = [any(_is_within(one, box) for one in shapes) or bool(own) for box, own in zip(family, held, strict=True)]
    if not any(drawn) or (all(drawn) and not all(own and own[0].text in TICKS for own in held)):
        return []
    return [Mark(TICKED if ticked else OPEN, *box) for box, ticked in zip(family, drawn, strict=True)]


def _families(boxes: Sequence[Area]) -> Iterator[list[Area]]:
    """The boxes of one size each."""
    rest = list(boxes)
    while rest:
        family = [box for box in rest if abs((box[1] - box[0]) - (rest[0][1] - rest[0][0])) <= SAME]
        rest = [box for box in rest if box not in family]
        yield family


def _is_box(shape: Area) -> bool:
    left, right, top, bottom = shape
    width, height = right - left, bottom - top
    return SIZES[0] <= min(width, height) and max(width, height) <= SIZES[1] and abs(width - height) <= UNEVEN * width


def _is_same(one: Area, other: Area) -> bool:
    """Whether two shapes are as large, in one place: a box is drawn twice, or its ground and then its edge."""
    return all(abs(a - b) <= SAME for a, b in zip(one, other, strict=True))


def _is_label(letter: _Placed, box: Area) -> bool:
    """Whether a letter stands close behind a box, on its line."""
    height = letter.bottom - letter.top
    shared = min(letter.bottom, box[3]) - max(letter.top, box[2])
    near = 0 <= letter.left - box[1] <= FARTHEST_LABEL * height
    return near and shared > 0.5 * min(height, box[3] - box[2])


def _is_within(shape: Area, box: Area) -> bool:
    """Whether a shape is a mark in a box."""
    inside = box[0] <= shape[0] and shape[1] <= box[1] and box[2] <= shape[2] and shape[3] <= box[3]
    return inside and INNER[0] * _size(box) <= _size(shape) <= INNER[1] * _size(box)


def _size(shape: Area) -> float:
    left, right, top, bottom = shape
    return (right - left) * (bottom - top)
