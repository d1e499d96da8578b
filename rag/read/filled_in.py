"""What is filled in where an answer stands in a form: a blank answers nothing, nor an option that is not ticked."""

import re
from collections.abc import Iterator

from index.types import IndexedDocument

Span = tuple[int, int]  #: half-open, in a document
Option = re.Match[str]

FEWEST_OPTIONS = 2  #: of a question; one alone may be a thing to do, which is done or not

_BLANK = re.compile(r"(?<![^\W_])_{3,}(?![^\W_])")
_OPTION = re.compile(r"(?<!\S)\[(?P<mark>[x ])\] (?P<label>[^|\n\[]*[^|\n\[\s])")
_ASKS = re.compile(r"[:?][\s|]*$")


def filled_in(document: IndexedDocument, position: int, span: Span) -> Span | None:
    """The span of an answer, or that of the option ticked in place of one that is not; None if it is left blank."""
    if _BLANK.search(document.text, *span):
        return None
    start, line = document.sentences[position].start, document.line(position)
    begin, end = span[0] - start, span[1] - start
    for question, options in _questions(line):
        touched = [one for one in options if _touches(begin, end, one)]
        if len(options) < FEWEST_OPTIONS or not touched or any(one["mark"] == "x" for one in touched):
            continue
        ticked = next((one for one in options if one["mark"] == "x"), None)
        if ticked:
            return start + ticked.start("label"), start + ticked.end("label")
        return None if _ASKS.search(question) else span
    return span


def _questions(line: str) -> Iterator[tuple[str, list[Option]]]:
    """What stands before the options of each question of a line, and these."""
    options: list[Option] = []
    question = ""
    for option in _OPTION.finditer(line):
        before = line[options[-1].end() if options else 0 : option.start()]
        # A cell without a mark between them asks something else, as does what ends in a colon.
        if not options or before.strip(" |") or _ASKS.search(options[-1]["label"]):
            if options:
                yield question, options
            question, options = before or "".join(one["label"] for one in options[-1:]), []
        options.append(option)
    if options:
        yield question, options


def _touches(begin: int, end: int, option: Option) -> bool:
    """Whether an answer has an option's mark, or some of its label, behind which nothing else is asked."""
    label_only = ":" not in option["label"] and begin < option.end()
    return option.start() < end and (begin <= option.start() or label_only)
