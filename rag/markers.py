"""The markers of an answer, such as `[1]`, and what looks like one in a source: an answer writes that `［1］`."""

import re

MARKER = re.compile(r"\[(\d+)\]")  #: of a citation, and its number
_ANY = re.compile(r"\s*\[(?:\d+|\?)\]")  # `[?]` stands where the documents do not support what an LLM wrote
_WIDENED = re.compile(r"［(\d+)］")


def without_markers(text: str) -> str:
    """An answer's text without its markers, and without the space before them."""
    return _ANY.sub("", text)


def widened(text: str) -> str:
    """A source's text with its own bracketed numbers so that none passes for a marker."""
    return MARKER.sub(r"［\1］", text)


def narrowed(text: str) -> str:
    """The same, back again."""
    return _WIDENED.sub(r"[\1]", text)
