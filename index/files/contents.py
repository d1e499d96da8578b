"""Tables of contents: they name what stands further on, and say nothing themselves."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.types import Block

FEWEST_ENTRIES = 5
NAMED = 0.5  #: share of them that stand further on as a line
FEWEST_LETTERS = 3  #: of an entry, and its digits
LONGEST_ENTRY = 160  #: characters
BETWEEN = 1  #: lines without a number, such as the name of a part, between two entries
HEADED = 2  #: blocks above the first entry, among which it is called what it is

_CALLED = re.compile(r"\W*(?:table of )?contents?(?:\W+page)?\W*", re.I)
_LEADER = re.compile(r"(?:[.…·_]\s?){4}|…{2}|[\s\xa0]{4}|\t")
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
    led: bool  #: to its page, by dots or a wide space


def without_contents(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of a text but those of its tables of contents.

    A table of contents is called so, or its lines lead to their numbers by dots; the numbers do not fall, and most of
    the lines stand further on, in their order and without their numbers, as lines again. It reaches from the first to
    the last that does. Other lists with numbers, of prices or telephones, are none, sorted or not.
    """
    dropped: set[int] = set()
    lines: Mapping[str, list[int]] = {}  # where what a line says is said by a line
    for run in _runs(text, blocks):
        if len(run) < FEWEST_ENTRIES or not _is_called_contents(text, blocks, run):
            continue
        lines = lines or _lines(text)
        named = list(_further_on(run, lines, blocks[run[-1].block].end))
        if len(named) >= NAMED * len(run):
            dropped.update(range(named[0], named[-1] + 1))
    return [block for number, block in enumerate(blocks) if number not in dropped] if dropped else blocks


def _is_called_contents(text: str, blocks: Sequence[Block], run: Sequence[_Entry]) -> bool:
    first = run[0].block
    above = blocks[max(first - HEADED, 0) : first + HEADED]  # a run may begin with the line that tells the edition
    return sum(one.led for one in run) >= NAMED * len(run) or any(
        _CALLED.fullmatch(text, one.start, one.end) for one in above
    )


def _lines(text: str) -> Mapping[str, list[int]]:
    lines: dict[str, list[int]] = defaultdict(list)
    for line in _LINE.finditer(text):
        lines[_words(line[0])].append(line.start())
    return lines


def _further_on(run: Sequence[_Entry], lines: Mapping[str, Sequence[int]], end: int) -> Iterator[int]:
    """The blocks of entries that stand as lines behind a place, each behind the one before it."""
    for entry in run:
        places = lines.get(entry.words, ())
        number = bisect_left(places, end)
        if number < len(places):
            end = places[number] + 1
            yield entry.block


def _runs(text: str, blocks: Sequence[Block]) -> Iterator[list[_Entry]]:
    run: list[_Entry] = []
    between = highest = 0
    for number, block in enumerate(blocks):
        entry = _entry(text, number, block)
        if not entry and between < BETWEEN and _names_a_part(text, block):
            between += 1
            continue
        if run and (not entry or 0 < entry.page < highest):
            yield run
            run, highest = [], 0
        if entry:
            run.append(entry)
            highest = max(highest, entry.page)
            between = 0
    if run:
        yield run


def _names_a_part(text: str, block: Block) -> bool:
    return block.end - block.start <= LONGEST_ENTRY and text[block.end - 1] not in ".!?:;,"


def _entry(text: str, number: int, block: Block) -> _Entry | None:
    """The entry that a block is, or the last of those whose lines it consists of."""
    entry = None
    for line in text[block.start : block.end].splitlines():
        line = line.rstrip(_BEHIND_PAGE)
        page = _PAGE.search(line) if len(line) <= LONGEST_ENTRY else None
        words = _words(line[: page.start()]) if page else ""
        if not page or len(words) < FEWEST_LETTERS:
            return None
        led = bool(_LEADER.search(line))
        entry = _Entry(number, words, int(page[0]) if page[0].isdigit() else 0, led)
    return entry


def _words(line: str) -> str:
    """What a line says, without the number before it."""
    numbered = _NUMBER.match(line)
    return "".join(_WORD.findall(line, numbered.end() if numbered else 0)).casefold()
