"""What every reader of a kind of file gives, and what it raises."""

from dataclasses import dataclass

from index.types import Block, Part

KINDS = "text (.txt), Markdown (.md), HTML (.html), Word (.docx) and PDF (.pdf)"
BINARY = f"is a binary file; give {KINDS} files"


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
