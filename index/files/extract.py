"""What every reader of a kind of file gives, and what it raises."""

import re
from dataclasses import dataclass, replace

from index.types import Block, Part

BINARY = "is a binary file, not what its name says; give text, or the file by its own name"

_HALF = re.compile(r"[\ud800-\udfff]")


class FormatError(Exception):
    """Why a file's bytes are no document; reads on after the file's name."""


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file says."""

    text: str
    title: str = ""  #: that the file itself tells; empty if it tells none
    pages: tuple[int, ...] = ()  #: offset at which each page starts
    parts: tuple[Part, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()  #: what the file says of itself, such as its author
    blocks: tuple[Block, ...] = ()  #: what the text consists of, if the file tells; else its text is looked at


def of_characters(extract: Extract) -> Extract:
    """The same, but for halves of surrogate pairs, which JSON and the heads of mails may hold and no file can."""
    facts = tuple((_HALF.sub("\ufffd", name), _HALF.sub("\ufffd", value)) for name, value in extract.facts)
    text, title = (_HALF.sub("\ufffd", one) for one in (extract.text, extract.title))
    return replace(extract, text=text, title=title, facts=facts)
