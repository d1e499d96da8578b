"""The plain form in which the trial's office, PDF and e-book files are written, so that they can be read in review.

`#` begins the title, `##` a section, slide, sheet or chapter; `-` and `1.` an item; `|` a row of a table, the head row
first; `:` a row of a form, labels and values in turn. What is left are paragraphs, which may go over several lines.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["title", "section", "items", "steps", "table", "form", "text"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A heading, a list, a table or a paragraph."""

    kind: Kind
    lines: tuple[str, ...] = ()  #: of a heading and a paragraph the one text; of a list its items
    rows: tuple[tuple[str, ...], ...] = ()  #: of a table or a form

    @property
    def text(self) -> str:
        return " ".join(self.lines)


def read_pieces(source: str) -> list[Piece]:
    """The pieces of a file, in order."""
    return [piece for block in re.split(r"\n\s*\n", source.strip()) for piece in _pieces(block.splitlines())]


def _pieces(lines: list[str]) -> Iterator[Piece]:
    for kind, group in groupby(_marked(lines), key=lambda one: one[0]):
        texts = tuple(text for _, text in group)
        if kind in ("table", "form"):
            yield Piece(kind, rows=tuple(tuple(cell.strip() for cell in text.split("|")) for text in texts))
        elif kind in ("title", "section", "text"):
            yield Piece(kind, (" ".join(texts),))
        else:
            yield Piece(kind, texts)


def _marked(lines: list[str]) -> Iterator[tuple[Kind, str]]:
    for line in lines:
        mark, _, rest = line.partition(" ")
        if mark == "|":
            yield "table", rest.removesuffix("|")
        elif mark == ":":
            yield "form", rest
        elif mark in ("#", "##"):
            yield ("title" if mark == "#" else "section"), rest
        elif mark == "-":
            yield "items", rest
        elif re.fullmatch(r"\d+\.", mark):
            yield "steps", rest
        else:
            yield "text", line
