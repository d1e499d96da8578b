"""Puts a document's text together from what its file tells apart: headings, paragraphs, rows of tables."""

import re
from collections.abc import Iterable
from dataclasses import replace

from index.files.extract import Extract
from index.files.structure import paragraph_blocks
from index.files.tables.rows import DIVIDER, Grid, Row, write_rows
from index.types import Block, Part

LONG_FIELD = 400  #: characters, from which a field of several sentences is no unit
WORDS = 8  #: of its sentences on average; shorter ones are entries of a list

_SENTENCES = re.compile(r"[.!?] [A-Z]")


class Writer:
    """A text that is written from its beginning to its end, and the blocks that it consists of."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._blocks: list[Block] = []
        self._pages: list[int] = []
        self._parts: list[Part] = []
        self._waiting: list[str] = []  # names of parts that begin with what is written next
        self.length = 0  #: of what is written

    def heading(self, text: str) -> int:
        """Write a heading, and return where it begins."""
        start = self._write(" ".join(text.split()), "\n\n")
        self._blocks.append(Block(start, self.length, heading=True))
        return start

    def paragraph(self, text: str) -> int:
        """Write a paragraph, whose lines may be items, and return where it begins."""
        text = text.strip()
        start = self._write(text, "\n\n")
        self._blocks.extend(paragraph_blocks(text, start))
        return start

    def line(self, text: str, *, caption: bool = False, first: bool = False) -> int:
        """Write a line that stays whole, such as a row of a table, and return where it begins.

        A field with a long text, such as the summary of a study, is read as sentences.
        """
        text = text.strip()
        start = self._write(text, "\n\n" if first else "\n")
        self._blocks.append(Block(start, self.length, caption=caption, whole=not _is_prose(text)))
        return start

    def record(self, name: str, fields: Iterable[tuple[str, str]]) -> None:
        """Write a row whose fields tell their names, as a part of this name; those that are empty are left out."""
        if told := [f"{field}: {value}" for field, value in fields if value]:
            first = not self._parts
            self.part(name)
            self.line(DIVIDER.join(told), first=first)

    def rows(self, rows: Iterable[Row]) -> None:
        """Write the rows of a table."""
        for number, row in enumerate(rows):
            self.line(row.text, caption=row.caption, first=number == 0)

    def grid(self, grid: Grid) -> None:
        """Write a table."""
        self.rows(write_rows(grid))

    def add(self, text: str, blocks: Iterable[Block]) -> None:
        """Write a text whose blocks are known."""
        text = text.rstrip()
        start = self._write(text, "\n\n")
        kept = (block for block in blocks if block.end <= len(text))
        self._blocks.extend(replace(block, start=block.start + start, end=block.end + start) for block in kept)

    def page(self, start: int | None = None) -> None:
        """A page begins at this place, or with what is written next."""
        self._pages.append(self.next if start is None else start)

    def part(self, name: str) -> None:
        """Something with a name of its own begins with what is written next."""
        self._waiting.append(name)

    @property
    def next(self) -> int:
        """Where the next paragraph will begin."""
        return self.length + 2 if self._pieces else 0

    def extract(self, title: str = "", facts: Iterable[tuple[str, str]] = ()) -> Extract:
        """What was written, as the text of a file."""
        text = "".join(self._pieces)
        facts = tuple((name, " ".join(value.split())) for name, value in facts if value.strip())
        blocks = tuple(self._blocks)
        if blocks and all(block.heading or block.caption for block in blocks):
            blocks = tuple(Block(block.start, block.end, whole=block.whole) for block in blocks)
        end = "\n" if text else ""
        return Extract(text + end, title, tuple(self._pages), tuple(self._parts), facts, blocks)

    def _write(self, text: str, separator: str) -> int:
        if self._pieces:
            text, start = separator + text, self.length + len(separator)
        else:
            start = 0
        self._parts.extend(Part(start, name) for name in self._waiting)
        self._waiting = []
        self._pieces.append(text)
        self.length += len(text)
        return start


def _is_prose(row: str) -> bool:
    """Whether a row is one long field of several sentences."""
    sentences = len(_SENTENCES.findall(row)) + 1
    long = len(row) > LONG_FIELD and DIVIDER not in row
    return long and sentences > 1 and len(row.split()) >= WORDS * sentences
