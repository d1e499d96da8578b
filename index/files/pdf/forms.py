"""Forms in PDF files: what was filled in becomes text, and a mark before its label tells whether a box is ticked.

A form keeps beside its text which boxes are ticked, and draws that as it likes, or with letters that mean nothing else.
Here they are told as in plain text: `[x]` and `[ ]`.
"""

import logging
import math
import re
from collections.abc import Iterator, Sequence
from ctypes import byref
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pypdfium2.raw as pdfium

from index.files.extract import FormatError
from index.files.pdf.rules import Rule, Turn
from index.files.pdf.segment import Segment

TICKED, OPEN = "[x]", "[ ]"
MARK = re.compile(r"\[[x ]\] ?")
FARTHEST_LABEL = 2.5  #: times the height of its letters, between a box and its label
_KINDS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_TYPED = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP)
_UNSEEN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_DRAWN_BY_PROGRAM = 2  # PDFium's number for forms whose pages are not in the file
_LEAD = re.compile(r"((?:.*[:?]\s)?)(.*)")  # what a label is asked by, in one run with it
_ASKS = re.compile(r"[:?]$")


class _Placed(Protocol):
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick. Coordinates are the page's own, points from its bottom."""

    left: float
    bottom: float
    right: float
    top: float
    mark: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A box as it stands on the page that is read, points from its top left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float

    @property
    def fence(self) -> Rule:
        """What no text runs across."""
        middle = (self.left + self.right) / 2
        return Rule(middle, middle, self.top, self.bottom)

    def holds(self, one: "_Placed") -> bool:
        """Whether the middle of something is in it."""
        return (
            self.left < (one.left + one.right) / 2 < self.right and self.top < (one.top + one.bottom) / 2 < self.bottom
        )


def open_forms(file: Any) -> None:
    """Open the forms of pypdfium2's file, so that what was filled in is text.

    Raises FormatError for a form that is drawn by a program within it, whose one page only asks to wait.
    """
    kind = file.get_formtype()
    if kind == _DRAWN_BY_PROGRAM and len(file) == 1:
        raise FormatError("is a form (XFA) that only Adobe Reader shows; print it to a PDF file there and give that")
    logger = logging.getLogger("pypdfium2")
    level = logger.level
    logger.setLevel(logging.ERROR)  # it warns of what such forms have beside their plain pages
    try:
        file.init_forms()
    finally:
        logger.setLevel(level)


def open_page(file: Any, number: int) -> Any:
    """A page of pypdfium2's file, whose forms are opened, from 0; what was filled in, or typed onto it, is text."""
    page = file[number]
    if page.formenv or _is_typed_on(page):
        pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = file[number]
    return page


def _is_typed_on(page: Any) -> bool:
    """Whether somebody has typed or stamped something onto a page, as into a form that has no fields."""
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, number)
        typed = pdfium.FPDFAnnot_GetSubtype(note) in _TYPED
        pdfium.FPDFPage_CloseAnnot(note)
        if typed:
            return True
    return False


def boxes_of(file: Any) -> dict[int, list[Box]]:
    """The boxes to tick on each page, from 0, of pypdfium2's file, whose forms are opened and pages not yet.

    None where nothing is ticked: then they tell nothing.
    """
    found: dict[int, list[Box]] = {}
    if file.formenv:
        for number in range(len(file)):
            page = file[number]
            found[number] = list(_boxes(page, file.formenv.raw))
            page.close()
    return found if any(box.mark == TICKED for boxes in found.values() for box in boxes) else {}


def _boxes(page: Any, forms: Any) -> Iterator[Box]:
    place = pdfium.FS_RECTF()
    for number in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        field = pdfium.FPDFPage_GetAnnot(page.raw, number)
        is_box = pdfium.FPDFAnnot_GetFormFieldType(forms, field) in _KINDS
        if is_box and not pdfium.FPDFAnnot_GetFlags(field) & _UNSEEN and pdfium.FPDFAnnot_GetRect(field, byref(place)):
            mark = TICKED if pdfium.FPDFAnnot_IsChecked(forms, field) else OPEN
            yield Box(place.left, place.bottom, place.right, place.top, mark)
        pdfium.FPDFPage_CloseAnnot(field)


def marks_of(boxes: Sequence[Box], turn: Turn) -> list[Mark]:
    """The boxes as they stand on a page that is read."""
    return [Mark(box.mark, *turn.box(box.left, box.bottom, box.right, box.top)) for box in boxes]


def ticks_among(letters: Sequence[_Placed], marks: Sequence[Mark]) -> set[int]:
    """The ids of letters that only draw ticks, each alone in its box. Several are a label that the area covers."""
    inside = [[letter for letter in letters if mark.holds(letter)] for mark in marks]
    return {id(held[0]) for held in inside if len(held) == 1}


def with_ticks(segments: Sequence[Segment], marks: Sequence[Mark]) -> list[Segment]:
    """The segments, each mark before the label that stands beside its box."""
    told = list(segments)
    for line in _lines(marks):
        sides = [(_nearest(segments, mark, before=True), _nearest(segments, mark, before=False)) for mark in line]
        behind = _are_behind(line, sides)
        for mark, (before, after) in zip(line, sides, strict=True):
            label = (before or after) if behind else (after or before)
            if label is None:
                continue
            if not _near(label, mark):  # alone in its cell, of which a header tells the meaning
                told.append(replace(label, text=mark.text, left=mark.left, right=mark.right, bold=False))
                continue
            number = segments.index(label)
            lead, said = _LEAD.findall(told[number].text)[0] if label is before else ("", told[number].text)
            told[number] = replace(told[number], text=f"{lead}{mark.text} {said}")
    return told


def _lines(marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks that stand beside each other, from left to right."""
    lines: list[list[Mark]] = []
    for mark in sorted(marks, key=lambda one: (one.top, one.left)):
        if lines and _overlap(lines[-1][0], mark) > 0:
            lines[-1].append(mark)
        else:
            lines.append([mark])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def _are_behind(line: Sequence[Mark], sides: Sequence[tuple[Segment | None, Segment | None]]) -> bool:
    """Whether the boxes of a line stand behind their labels."""
    first, last = sides[0][0], sides[-1][1]
    if not _near(last, line[-1]):
        return True
    if not _near(first, line[0]) or (first is not None and _ASKS.search(first.text)):
        return False
    gaps = [_gap(before, mark) - _gap(after, mark) for mark, (before, after) in zip(line, sides, strict=True)]
    return sum(gaps) < 0


def _nearest(segments: Sequence[Segment], mark: Mark, *, before: bool) -> Segment | None:
    """The segment beside a mark, on its line."""
    line = [
        one
        for one in segments
        if _overlap(one, mark) > 0.5 * min(one.height, mark.bottom - mark.top)
        and ((one.left + one.right) / 2 < mark.left if before else (one.left + one.right) / 2 > mark.right)
    ]
    return min(line, key=lambda one: _gap(one, mark), default=None)


def _overlap(one: Segment | Mark, other: Mark) -> float:
    return min(one.bottom, other.bottom) - max(one.top, other.top)


def _gap(segment: Segment | None, mark: Mark) -> float:
    return max(0.0, segment.left - mark.right, mark.left - segment.right) if segment else math.inf


def _near(segment: Segment | None, mark: Mark) -> bool:
    """Whether a segment stands close enough to a box to be its label."""
    return segment is not None and _gap(segment, mark) <= FARTHEST_LABEL * segment.height
