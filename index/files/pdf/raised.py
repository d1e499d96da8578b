"""Figures that stand raised on a line of a PDF's page, smaller than it is: exponents, and marks of notes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from index.files.markup.pages import raised
from index.files.pdf.segment import Segment
from index.files.pdf.spelt import Letter

SMALLER = 0.8  #: of the line's height, below which letters are smaller than it
TINY = 0.4  #: of that, up to which they are no part of it
DESCENT = 0.25  #: of letters' height, below the foot of most
BESIDE = 0.3  #: of that, from which a gap before what is raised is a space
RISE = 0.12  #: of the line's height, by which the foot of what is raised stands above that of the line

# A longer number beside large letters is a year, or a price of before; one in brackets is told apart as it is.
_FIGURES = re.compile(r"[-−+]?\d{1,3}(?:[-−+,–\s]+\d{1,3})*[-−+]?|[+−]")


class _Placed(Protocol):
    @property
    def top(self) -> float: ...
    @property
    def bottom(self) -> float: ...


def _is_raised(text: str, one: _Placed, line: _Placed) -> bool:
    """Whether these are figures that are raised above what stands beside them."""
    height, whole = one.bottom - one.top, line.bottom - line.top
    rise = line.bottom - one.bottom - DESCENT * (whole - height)
    smaller = TINY * whole < height < SMALLER * whole
    beside = one.top < line.top + RISE * whole < one.bottom
    return smaller and beside and rise > RISE * whole and bool(_FIGURES.fullmatch(text.strip()))


def _as_raised(text: str) -> str:
    """The signs for raised figures."""
    return "".join(raised(letter, "") for letter in text)


def with_raised(run: Sequence[Letter]) -> list[Letter]:
    """A run of letters with the signs of raised figures for these, which tell nothing of the line's size."""
    told: list[Letter] = []
    line: Sequence[Letter] = []
    stretches = _stretches(run)
    for stretch, after in zip(stretches, [*stretches[1:], stretches[-1]], strict=True):
        text = "".join(one.text for one in stretch)
        if _is_raised(text, stretch[0], (line or after)[0]) and (line or not _is_number(text, after[0].text)):
            told += [one if one.text == " " else replace(one, text=_as_raised(one.text), number=-1) for one in stretch]
        else:
            told += stretch
            line = stretch
    return told


def _is_number(text: str, after: str) -> bool:
    """Whether figures before words are told apart from these as they are, as those of an item, or of a note."""
    return text.endswith(" ") and after[0].isalpha()


def _stretches(run: Sequence[Letter]) -> list[list[Letter]]:
    """The letters that follow each other at one height; a space goes with what stands before it."""
    stretches: list[list[Letter]] = []
    for one in run:
        first = stretches[-1][0] if stretches else None
        if first and (one.text == " " or abs(one.bottom - first.bottom) + abs(one.top - first.top) < 1):
            stretches[-1].append(one)
        else:
            stretches.append([one])
    return stretches


def joined(one: Segment, other: Segment, space: str) -> Segment:
    """Two segments as one, with this between them; figures that are raised beside the other are told by their signs."""
    longest = max(one, other, key=lambda part: len(part.text))
    texts = one.text, other.text
    if _is_raised(one.text, one, other) and not _is_number(one.text + space, other.text):
        texts, longest = (_as_raised(one.text), other.text), other
    elif _is_raised(other.text, other, one):
        texts, longest = (one.text, _as_raised(other.text)), one
        space = space if other.left - one.right > BESIDE * one.height else ""
    left, right = min(one.left, other.left), max(one.right, other.right)
    return replace(longest, text=space.join(texts), left=left, right=right, bold=one.bold and other.bold)
