"""Lines of nothing but a day, as stand above what is on that day: they are headings, marked as such or not."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.types import Block

LONGEST_TITLE = 60  #: characters of what is on a day, where that stands above it
FEWEST = 2  #: days that a text has such lines of

#: A day of the week, its name long or short.
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)s?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?:,? \d{{4}})?"
    r"|\d{1,2}[./-]\d{1,2}(?:[./-]\d{2,4})?"
)
_DAY = re.compile(rf"[*_]*{WEEKDAY}\.?(?:,? (?:{_DATE}))?[*_]*[:.]?[*_]*", re.I)


def with_days(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, of which those are headings that say a day alone, where several days have such a line.

    Not items of a list, nor a day right above another one: they are answers, or names of columns.
    """
    days = [bool(_DAY.fullmatch(text, one.start, one.end)) and _is_plain(text, one) for one in blocks]
    heads = {number for number, (day, next_one) in enumerate(pairwise(days)) if day and not next_one}
    if len({text[blocks[one].start : blocks[one].end].casefold() for one in heads}) < FEWEST:
        return blocks
    if _are_below_titles(text, blocks, sorted(heads)):
        return blocks
    return [replace(one, heading=True) if number in heads else one for number, one in enumerate(blocks)]


def _are_below_titles(text: str, blocks: Sequence[Block], heads: Sequence[int]) -> bool:
    """Whether each day stands below a line of its own that it is of, as an event or a question."""
    before = [(number, blocks[number - 1]) for number in heads if number]
    if len(before) < len(heads) or (heads[0] == 1 and not _asks(text, blocks[0])):
        return False  # nothing, or the title of all, is above the first
    said = [(one.heading, text[one.start : one.end].strip()) for _, one in before]
    return all(not heading and len(line) <= LONGEST_TITLE and line[-1:] not in tuple(".!:;") for heading, line in said)


def _asks(text: str, block: Block) -> bool:
    return text[block.start : block.end].rstrip().endswith("?")


def _is_plain(text: str, block: Block) -> bool:
    """Whether a block is a whole line, or a row of one cell, and no heading yet."""
    before = text[text.rfind("\n", 0, block.start) + 1 : block.start]
    after = text[block.end : (text.find("\n", block.end) + 1 or len(text) + 1) - 1]
    return not (block.heading or block.caption or before.strip() or after.strip())
