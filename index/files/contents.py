"""Tables of contents: they name what stands further on, and say nothing themselves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.types import Block

FEWEST_ENTRIES = 5
NAMED = 0.5  #: share of them that stand further on as a line
FEWEST_LETTERS = 3  #: of an entry, and its digits
LONGEST_ENTRY = 160  #: characters
BETWEEN = 1  #: lines without a number, such as the name of a part, between two entries

_PAGE = re.compile(r"(?<=[\s.|_…·])(?:\d{1,4}|[ivxl]{1,6})\Z")
_BEHIND_PAGE = " \t|*)]"
_LINE = re.compile(r".+")
_NUMBER = re.compile(r"[\W\d_]+|[A-Z]\.\s")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _Entry:
    block: int
    words: str
    page: int  #: 0 for a Roman one


def without_contents(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of a text but those of its tables of contents.

    A table of contents are lines that end with numbers that do not fall, and most of which stand further on, without
    their numbers, as lines again: from the first to the last that does. A price list is none, sorted or not.
    """
    dropped: set[int] = set()
    last: dict[str, int] = {}  # where what a line says is said by a line for the last time
    for run in _runs(text, blocks):
        if len(run) < FEWEST_ENTRIES:
            continue
        last = last or {_words(line[0]): line.start() for line in _LINE.finditer(text)}
        end = blocks[run[-1].block].end
        named = [entry.block for entry in run if last.get(entry.words, 0) >= end]
        if len(named) >= NAMED * len(run):
            dropped.update(range(named[0], named[-1] + 1))
    return [block for number, block in enumerate(blocks) if number not in dropped] if dropped else blocks


def _runs(text: str, blocks: Sequence[Block]) -> Iterator[list[_Entry]]:
    run: list[_Entry] = []
    between = 0
    for number, block in enumerate(blocks):
        entry = _entry(text, number, block)
        if entry and run and 0 < entry.page < max(one.page for one in run):
            yield run
            run = []
        if entry:
            run.append(entry)
            between = 0
        elif run and between < BETWEEN:
            between += 1
        elif run:
            yield run
            run = []
    if run:
        yield run


def _entry(text: str, number: int, block: Block) -> _Entry | None:
    """The entry that a block is, or the last of those whose lines it consists of."""
    entry = None
    for line in text[block.start : block.end].splitlines():
        line = line.rstrip(_BEHIND_PAGE)
        page = _PAGE.search(line) if len(line) <= LONGEST_ENTRY else None
        words = _words(line[: page.start()]) if page else ""
        if not page or len(words) < FEWEST_LETTERS:
            return None
        entry = _Entry(number, words, int(page[0]) if page[0].isdigit() else 0)
    return entry


def _words(line: str) -> str:
    """What a line says, without the number before it."""
    numbered = _NUMBER.match(line)
    return "".join(_WORD.findall(line, numbered.end() if numbered else 0)).casefold()
