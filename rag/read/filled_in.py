"""What is filled in where an answer stands in a form: a blank answers nothing, nor an option that is not ticked."""

import re

from index.types import IndexedDocument

Span = tuple[int, int]  #: half-open, in a document

FEWEST_OPTIONS = 2  #: of a question; one alone may be a thing to do, which is done or not

_BLANK = re.compile(r"(?<![^\W_])_{3,}(?![^\W_])")
_OPTION = re.compile(r"(?:(?<=^)|(?<=\s))\[(?P<mark>[x ])\] (?P<label>[^|\n\[]*[^|\n\[\s])")


def filled_in(document: IndexedDocument, position: int, span: Span) -> Span | None:
    """The span of an answer, or that of the option ticked in place of one that is not; None if it is left blank."""
    if _BLANK.search(document.text, *span):
        return None
    start, line = document.sentences[position].start, document.line(position)
    options = list(_OPTION.finditer(line))
    begin, end = span[0] - start, span[1] - start
    touched = [one for one in options if one.start() < end and begin < one.end()]
    if len(options) < FEWEST_OPTIONS or not any(one["mark"] == " " for one in touched):
        return span
    ticked = next((one for one in options if one["mark"] == "x"), None)
    return (start + ticked.start("label"), start + ticked.end("label")) if ticked else None
