"""The letters and ruled lines of a PDF's pages, as PDFium tells them, put together to stretches of text."""

import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from index.files.pdf.accents import with_accents
from index.files.pdf.boxes import Box as Frame
from index.files.pdf.debts import debts_apart
from index.files.pdf.forms import Box, marks_of, ticks_among, with_ticks
from index.files.pdf.glyphs import angle, boxed, characters, colour_of, is_bold, is_garbled, is_picture, size_of
from index.files.pdf.ligatures import with_ligatures
from index.files.pdf.raised import joined, with_raised
from index.files.pdf.rules import Fences, Rule, Turn, read_rules
from index.files.pdf.segment import Segment
from index.files.pdf.spelt import SOFT_HYPHEN, TYPED, Letter, spelt, undressed
from index.files.pdf.struck import struck_among
from index.files.pdf.ticked import drawn_marks
from index.files.signs import BOXES, LONE_BULLETS, SIGNS

APART = 0.8  #: of the letters' height; what stands farther apart may stand in different columns
FIGURES_APART = 0.45  #: the same where a figure stands on both sides, which are rarely of one number, or sentence
LARGE = 1.15  #: times the usual size of letters, or that of what follows, from which a line is a heading
SLANTING = 0.25  #: of a right angle, from which letters are a watermark, or on a drawing, and on no line of text
ASLANT = 4  #: how letters stand that do so, beside the four quarters of a turn
SPACE = 0.3  #: of the letters' height, from which a gap is a space
LEAST_SPACE = 0.05  #: the same of one that the file has
NARROW = 0.11  #: the same of one that only PDFium sees, or on pages that have none but gaps, as browsers print them
SET_CLOSE = 0.06  #: of that height, up to which the gaps between the letters of words are there, by the middle one
MOST_GAPS = 0.34  #: share of the gaps of a line that part words
FEW_SPACES = 0.01  #: for each letter, up to which a page has none
LEADER = 5  #: dots, from which they say nothing

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\u200b]")
_SPACED_LEADER = re.compile(r"\s?\.(?:\s\.)+$")  # dots that lead on, set apart from each other
# Hyphens are how PDFium tells of a word that is broken at a line's end.
_LETTERS = SIGNS | {2: "-", 0xFFFE: "-", 0xAD: SOFT_HYPHEN, 127: "•"}
_AMOUNT = re.compile(r"[-−]?[($€£]")
_WORDS = frozenset("aAI&0123456789")  #: that often stand alone, and as themselves
_MARKS = ("So", "Po")  #: categories of signs such as ® and *


@dataclass(frozen=True, slots=True)
class _Space:
    """A space between letters."""

    left: float  #: where it begins, maybe under an italic letter that leans over it; infinite where that is not known
    typed: bool  #: whether the file has it; else PDFium has seen it in a gap

    @property
    def least(self) -> float:
        """How wide it is at the least, of the letters' height."""
        return LEAST_SPACE if self.typed else NARROW

    def width(self, last: Letter, letter: Letter) -> float:
        """How wide it is between two letters."""
        return letter.left - min(last.right, max(self.left, last.left))


@dataclass(frozen=True, slots=True)
class Page:
    """What is drawn on a page."""

    segments: tuple[Segment, ...]
    rules: tuple[Rule, ...]
    width: float
    height: float
    pictured: tuple[Segment, ...] = ()  #: what was recognised in its pictures, which is read after the rest
    garbled: bool = False  #: whether its letters may be anything, for which they are left out
    boxes: tuple[Frame, ...] = ()  #: that are drawn


def read_page(page: Any, boxes: Sequence[Box] = ()) -> Page:
    """The text and rules of one of pypdfium2's pages, on which there are boxes to tick."""
    textpage = page.get_textpage()
    if is_garbled(textpage.raw):
        textpage.close()
        width, height = page.get_size()
        return Page((), (), width, height, garbled=True)
    turn, letters = _letters(textpage.raw, page)
    solid = [one for one in letters if isinstance(one, Letter)]
    drawn = read_rules(page, turn)
    marks = marks_of(boxes, turn) or drawn_marks(drawn.small, solid)
    ticks = ticks_among(solid, marks)
    struck, through = struck_among(solid, drawn.rules)
    letters = [  # blanks in its place, so that the line goes on across what is struck out
        replace(one, text=" ", number=TYPED) if isinstance(one, Letter) and id(one) in struck else one
        for one in letters
        if id(one) not in ticks
    ]
    rules = tuple(rule for rule in drawn.rules if id(rule) not in through)
    fences = Fences([*(rule for rule in rules if rule.upright), *(mark.fence for mark in marks)])
    found: Iterator[list[Letter]] = (run for run in _runs(letters, fences) if any(one.number >= 0 for one in run))
    found = (part for run in found for part in debts_apart(run, FIGURES_APART))
    if sum(isinstance(one, _Space) and one.typed for one in letters) <= FEW_SPACES * len(letters):
        found = map(_parted, found)
    runs = with_ligatures(textpage.raw, _with_marks([cut for run in found if (cut := _without_leader(run))]))
    pieces = with_ticks([piece for run in runs if (piece := _segment(textpage.raw, run)).text], marks)
    merged = _merged(pieces, fences)
    textpage.close()
    segments = (replace(one, text=_SPACED_LEADER.sub("", one.text)) for one in merged)
    return Page(tuple(one for one in segments if one.text), rules, *turn.extent, boxes=drawn.boxes)


def _letters(textpage: Any, page: Any) -> tuple[Turn, list[Letter | _Space]]:
    """The letters in the order of the file, and the spaces among them; without those on their side or slanting."""
    box = pdfium.FS_RECTF()
    found: list[tuple[int, int, float, float, float, float, int] | _Space] = []
    turns = Counter[int]()
    for number, code in characters(textpage):
        if code in (0, 9, 10, 13, 32, 160):
            typed = pdfium.FPDFText_IsGenerated(textpage, number) != 1  # -1 if it fails
            seen = (code == 32 or not typed) and pdfium.FPDFText_GetLooseCharBox(textpage, number, box)
            found.append(_Space(box.left if seen else math.inf, typed))
            continue
        if not boxed(textpage, number, box):
            continue
        turned = angle(textpage, number) / (math.pi / 2)
        quarter = round(turned) % 4 if abs(turned - round(turned)) <= SLANTING else ASLANT
        turns[quarter] += 1
        found.append((code, quarter, box.left, box.bottom, box.right, box.top, number))
    most = max((*range(4), ASLANT), key=turns.__getitem__)
    turn = Turn(page, 0 if most == ASLANT else most)
    letters: list[Letter | _Space] = []
    for one in found:
        if isinstance(one, _Space):
            letters.append(replace(one, left=one.left - turn.left if most == 0 else math.inf))
        elif one[1] == most:
            text = _LETTERS.get(one[0]) or chr(one[0] if one[0] <= sys.maxunicode else 0xFFFD)
            letters.append(Letter(text, *turn.box(*one[2:6]), one[6]))
    return turn, with_accents(letters)


def _parted(run: list[Letter]) -> list[Letter]:
    """A run with a space in each gap that is wider than those between the letters of its words, as some must be."""
    beside = [one for one in pairwise(run) if " " not in (one[0].text, one[1].text)]
    gaps = [(other.left - one.right) / max(other.bottom - other.top, 1.0) for one, other in beside]
    wide = sum(gap > NARROW for gap in gaps)
    if not gaps or wide > MOST_GAPS * len(gaps) or median(gaps) >= SET_CLOSE:
        return run
    parted = run[:1]
    for last, letter in pairwise(run):
        gap = letter.left - last.right
        figure = last.text[-1].isdigit() and letter.text[0].isdigit()
        if gap > NARROW * max(letter.bottom - letter.top, 1.0) and " " not in (last.text, letter.text) and not figure:
            parted.append(Letter(" ", last.right, letter.left, letter.top, letter.bottom, -1))
        parted.append(letter)
    return parted


def _runs(letters: Iterable[Letter | _Space], fences: Fences) -> Iterator[list[Letter]]:
    """Letters that follow each other on a line, each run without a wide gap; spaces among them are letters."""
    run: list[Letter] = []
    space: _Space | None = None
    for letter in letters:
        if isinstance(letter, _Space):
            space = letter
            continue
        if run:
            last = run[-1]
            height = max(last.bottom - last.top, letter.bottom - letter.top, 1.0)
            overlap = min(last.bottom, letter.bottom) - max(last.top, letter.top)
            one_box = abs(letter.left - last.left) < 0.5 and abs(letter.right - last.right) < 0.5  # of a ligature
            gap = 0.0 if one_box else letter.left - last.right
            same_line = overlap > 0.3 * min(last.bottom - last.top, letter.bottom - letter.top)
            fits = same_line and -0.5 * height < gap < _apart(last.text, letter.text) * height
            middle = (letter.top + letter.bottom) / 2
            if not fits or (gap > SPACE * height and fences.between(last.right, letter.left, middle)):
                yield run
                run = []
            elif gap > SPACE * height or (space and space.width(last, letter) > space.least * height):
                number = TYPED if space and space.typed else -1
                run.append(Letter(" ", last.right, letter.left, letter.top, letter.bottom, number))
        run.append(letter)
        space = None
    if run:
        yield run


def _apart(before: str, after: str) -> float:
    ends, begins = before[-1], after[0]
    money = bool(_AMOUNT.match(after)) and (ends.isdigit() or ends == "%")
    return FIGURES_APART if money or (ends.isdigit() and begins.isdigit()) else APART


def _without_leader(run: list[Letter]) -> list[Letter]:
    """A run without the dots that only lead on to the next column."""
    solid = len("".join(letter.text for letter in run).rstrip(". "))
    dots = sum(letter.text == "." for letter in run[solid:])
    return run[:solid] if dots >= LEADER else run


def _with_marks(runs: Sequence[list[Letter]]) -> list[list[Letter]]:
    """The runs; a mark such as ®, which the file has elsewhere, is put into the gap of the line that it stands in."""
    marks = [run for run in runs if len(run) == 1 and unicodedata.category(run[0].text) in _MARKS]
    apart: set[int] = set()
    for mark in marks:
        letter = mark[0]
        middle = (letter.top + letter.bottom) / 2
        for run in runs:
            if not (run[0].right < letter.left and letter.right < run[-1].left and run[0].top < middle < run[0].bottom):
                continue
            center = (letter.left + letter.right) / 2
            after = next(number for number, one in enumerate(run) if one.right > center)
            if run[after].text == " " or run[after].left > center:
                run.insert(after, replace(letter, number=-1))  # its size and height are not the line's
                apart.add(id(mark))
                break
    return [run for run in runs if id(run) not in apart]


def _segment(textpage: Any, run: Sequence[Letter]) -> Segment:
    run = with_raised(_with_bullets(textpage, run))
    text = undressed(spelt(run))
    text = " ".join(_CONTROL.sub("", text).split())
    text = "•" if text in LONE_BULLETS else text
    solid = [letter for letter in run if letter.number >= 0]
    central = solid[len(solid) // 2]
    return Segment(
        text=text,
        left=run[0].left,
        right=run[-1].right,
        top=central.top,
        bottom=central.bottom,
        size=size_of(textpage, central.number, central.bottom - central.top),
        bold=is_bold(textpage, solid[0].number) and is_bold(textpage, solid[-1].number),
        order=solid[0].number,
        colour=colour_of(textpage, central.number),
    )


def _with_bullets(textpage: Any, run: Sequence[Letter]) -> Sequence[Letter]:
    """A run in which letters that stand alone, of a font that draws something else, are the bullets or boxes drawn."""
    edged = [" ", *(letter.text for letter in run), " "]
    drawn = {
        number
        for number, letter in enumerate(run)
        if edged[number] == edged[number + 2] == " "
        and "!" <= letter.text <= "ÿ"
        and letter.text not in _WORDS
        and letter.number >= 0
        and is_picture(textpage, letter.number)
    }
    return [replace(one, text=BOXES.get(one.text, "•")) if number in drawn else one for number, one in enumerate(run)]


def rows_of(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Segments that stand beside each other, from the top row to the lowest, each from left to right."""
    rows: list[list[Segment]] = []
    bottoms: list[tuple[float, float]] = []  # top and bottom of each row's first segment
    for segment in sorted(segments, key=lambda one: (one.middle, one.left)):
        if rows:
            top, bottom = bottoms[-1]
            overlap = min(bottom, segment.bottom) - max(top, segment.top)
            if overlap > 0.5 * min(bottom - top, segment.height):
                rows[-1].append(segment)
                continue
        rows.append([segment])
        bottoms.append((segment.top, segment.bottom))
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _merged(segments: Sequence[Segment], fences: Fences) -> list[Segment]:
    """Segments of a row joined where the file tells them apart for no reason; what is printed twice is kept once."""
    merged: list[Segment] = []
    place = {one.order: number for number, one in enumerate(segments)}
    for row in rows_of(segments):
        line: list[Segment] = []
        current = row[0]
        for last, segment in pairwise(row):
            gap = segment.left - current.right
            height = max(current.height, segment.height)
            if segment.text == current.text and abs(segment.left - current.left) < 0.2 * height:
                continue
            follows = place[segment.order] == place[last.order] + 1  # if not, they may be two columns'
            most = _apart(current.text, segment.text) if follows else SPACE
            fits = -0.5 * height < gap < most * height
            if fits and not fences.between(current.right, segment.left, segment.middle):
                space = " " if gap > 0.1 * height or gap < -0.2 * height else ""
                current = joined(current, segment, space)
            else:
                line.append(current)
                current = segment
        line.append(current)
        leading = sum(one.text == "." for one in line) > 1  # dots far from each other
        merged.extend(one for one in line if not (leading and one.text == "."))
    return merged
