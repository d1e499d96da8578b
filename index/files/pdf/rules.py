"""The ruled lines of a PDF's pages, and how a page is turned to be read."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from ctypes import byref, c_float, c_int, c_uint
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfMatrix

from index.files.pdf.boxes import Box

THIN = 3.0  #: points; a filled box that is thinner is a line
SHORTEST_RULE = 4.0  #: points; a shorter line belongs to a picture
MOST_RULES = 1500  #: on a page; where there are more, they are a drawing
MOST_PARTS = 30_000  #: of a page's paths, that are looked at; where there are more, they are a drawing, too
MOST_GROUNDS = 300  #: on a page, on which others are looked for, or text of their own
BOX = (4, 5)  #: segments of a path that is a box
SIDES = 4  #: of a box
STRIP = 7.0  #: points; a coloured box that is thinner has no line of text
LARGEST_MARK = 16.0  #: points, of the width and height of a box to tick, and what is drawn in it
LEAST_BOX = 30.0  #: points, of its width and height, from which several lines may stand in a box
SAME = 0.5  #: points, by which a box may reach out of one that it is in

Bounds = tuple[float, float, float, float]  #: left, bottom, right, top
Colour = tuple[int, ...]  #: red, green, blue and opacity, to 255 each


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, upright or level."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def upright(self) -> bool:
        """Whether it runs from top to bottom."""
        return self.bottom - self.top > self.right - self.left


class Fences:
    """The upright rules of a page, which text never runs across."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = sorted(rules, key=lambda rule: rule.left)
        self.places = [rule.left for rule in self.rules]

    def between(self, left: float, right: float, middle: float) -> bool:
        """Whether one stands between two places at this height."""
        for number in range(bisect_left(self.places, left - 1), len(self.rules)):
            rule = self.rules[number]
            if rule.left > right + 1:
                return False
            if rule.top <= middle <= rule.bottom:
                return True
        return False


class Turn:
    """How a page's coordinates become points from the top left corner of the page as it is read."""

    def __init__(self, page: Any, quarter: int) -> None:
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.quarter = quarter  #: quarter turns, counted clockwise, that make most of the text stand upright

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height of the page as it is read."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.quarter % 2 else (width, height)

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, right, top and bottom of a box as they are on the page that is read."""
        if self.quarter == 0:
            return left - self.left, right - self.left, self.top - top, self.top - bottom
        if self.quarter == 1:
            return bottom - self.bottom, top - self.bottom, left - self.left, right - self.left
        if self.quarter == 2:
            return self.right - right, self.right - left, bottom - self.bottom, top - self.bottom
        return self.top - top, self.top - bottom, self.right - right, self.right - left


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page beside its text."""

    rules: tuple[Rule, ...]  #: none of a drawing
    boxes: tuple[Box, ...]  #: that text may stand in
    small: tuple[tuple[float, float, float, float], ...]  #: left, right, top and bottom of what may be boxes to tick


def read_rules(page: Any, turn: Turn) -> Drawn:
    """What is drawn on one of pypdfium2's pages."""
    painted: list[tuple[Bounds, Colour]] = []
    filled: list[tuple[Bounds, Colour]] = []
    lines: list[Bounds] = []
    boxes: list[Box] = []
    small: list[Bounds] = []
    parts = 0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
        form = _form(item)
        place = form.on_rect(*item.get_bounds())
        if max(place[2] - place[0], place[3] - place[1]) <= LARGEST_MARK and len(small) < MOST_RULES:
            small.append(place)
        if not _is_seen(item, place, painted):
            continue
        parts += pdfium.FPDFPath_CountSegments(item.raw)
        within = len(lines) <= MOST_RULES and parts <= MOST_PARTS
        found = _lines(item, place, item.get_matrix().multiply(form)) if within else ()
        drawn = [line for line in found if _length(line) >= THIN]
        if len(drawn) == SIDES and not _mode(item)[1] and len(filled) < MOST_GROUNDS:
            filled.append((place, _colour(item)))
        else:
            lines += (line for line in drawn if _length(line) >= SHORTEST_RULE)
        if _is_box(item, place) and len(boxes) < MOST_GROUNDS:
            left, right, top, bottom = turn.box(*place)
            boxes.append((left, top, right, bottom))
    lines += (line for line in _edges(filled) if _length(line) >= SHORTEST_RULE)
    is_drawing = len(lines) > MOST_RULES or parts > MOST_PARTS
    rules = () if is_drawing else tuple(Rule(*turn.box(*line)) for line in lines)
    return Drawn(rules, tuple(boxes), tuple(turn.box(*place) for place in small))


def _form(item: Any) -> PdfMatrix:
    """How the coordinates of what a path is part of, drawn as one and maybe in others, become those of the page."""
    matrix = PdfMatrix()
    while item.container:
        item = item.container
        matrix = matrix.multiply(item.get_matrix())
    return matrix


def _length(line: Bounds) -> float:
    left, bottom, right, top = line
    return max(right - left, top - bottom)


def _edges(filled: Sequence[tuple[Bounds, Colour]]) -> Iterator[Bounds]:
    """The edges of coloured boxes that are seen, or part two of one size: none beside strips of the same colour.

    Such strips are around the ground of the text in a cell.
    """
    for box, colour in filled:
        others = [other for other, painted in filled if painted == colour and other is not box]
        for side, place in enumerate(box):
            across, along, opposite = side % 2, (side + 1) % 2, (side + 2) % 4
            beside = [one for one in others if abs(one[opposite] - place) < SAME and (_is_strip(box) or _is_strip(one))]
            if not _is_covered(box[along], box[along + 2], [(one[along], one[along + 2]) for one in beside]):
                left, bottom, right, top = box
                yield (place, bottom, place, top) if across == 0 else (left, place, right, place)


def _is_strip(box: Bounds) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) < STRIP


def _is_covered(start: float, end: float, stretches: Sequence[tuple[float, float]]) -> bool:
    """Whether stretches cover one together, none of which is the same."""
    if any(abs(one - start) < SAME and abs(other - end) < SAME for one, other in stretches):
        return False
    for one, other in sorted(stretches):
        if one > start + SAME:
            break
        start = max(start, other)
    return start >= end - SAME


def _is_box(item: Any, place: Bounds) -> bool:
    """Whether a path is a box that text may stand in."""
    left, bottom, right, top = place
    return pdfium.FPDFPath_CountSegments(item.raw) in BOX and min(right - left, top - bottom) > LEAST_BOX


def _is_seen(item: Any, box: Bounds, painted: list[tuple[Bounds, Colour]]) -> bool:
    """Whether a path has edges to be seen: a box without a line has none on its own colour, as lines of text have.

    `painted` holds the boxes so far with their colours; what may have others in it is added.
    """
    fill, stroke = _mode(item)
    if not fill:
        return True
    colour = _colour(item)
    ground = next((below for place, below in reversed(painted) if _is_in(box, place)), None)
    is_box = pdfium.FPDFPath_CountSegments(item.raw) in BOX
    if is_box and min(box[2] - box[0], box[3] - box[1]) > THIN and len(painted) < MOST_GROUNDS:
        painted.append((box, colour))
    return bool(stroke) or colour != ground


def _is_in(box: Bounds, other: Bounds) -> bool:
    left, bottom, right, top = other
    return left - SAME <= box[0] and bottom - SAME <= box[1] and box[2] <= right + SAME and box[3] <= top + SAME


def _mode(item: Any) -> tuple[int, int]:
    fill, stroke = c_int(), c_int()
    pdfium.FPDFPath_GetDrawMode(item.raw, byref(fill), byref(stroke))
    return fill.value, stroke.value


def _lines(item: Any, place: Bounds, matrix: PdfMatrix) -> Iterator[Bounds]:
    """The straight lines of a path, as boxes: left, bottom, right, top."""
    fill, stroke = _mode(item)
    if not stroke and (not fill or _white(item)):
        return
    left, bottom, right, top = place
    if min(right - left, top - bottom) < THIN:
        yield left, bottom, right, top
        return
    count = pdfium.FPDFPath_CountSegments(item.raw)
    if count > MOST_RULES:
        return
    points: list[tuple[float, float]] = []
    x, y = c_float(), c_float()
    for number in range(count):
        part = pdfium.FPDFPath_GetPathSegment(item.raw, number)
        kind = pdfium.FPDFPathSegment_GetType(part)
        pdfium.FPDFPathSegment_GetPoint(part, byref(x), byref(y))
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield from _straight(points)
            points = []
        points.append(matrix.on_point(x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(part):
            points.append(points[0])
    yield from _straight(points)


def _straight(points: Sequence[tuple[float, float]]) -> Iterator[Bounds]:
    for (x, y), (next_x, next_y) in pairwise(points):
        if abs(x - next_x) < 1 or abs(y - next_y) < 1:
            yield min(x, next_x), min(y, next_y), max(x, next_x), max(y, next_y)


def _white(item: Any) -> bool:
    *colours, opacity = _colour(item)
    return min(colours) > 245 or opacity < 10


def _colour(item: Any) -> Colour:
    """What fills a path."""
    parts = c_uint(), c_uint(), c_uint(), c_uint()
    pdfium.FPDFPageObj_GetFillColor(item.raw, *map(byref, parts))
    return tuple(part.value for part in parts)
