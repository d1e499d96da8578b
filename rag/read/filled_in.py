"""What is filled in where an answer stands in a form: a blank answers nothing, nor an option that is not ticked."""

import re
from collections.abc import Iterator

from index.store.lexical import stems
from index.types import IndexedDocument
from rag.read.tables import cells_of

Span = tuple[int, int]  #: half-open, in a document
Option = re.Match[str]

FEWEST_OPTIONS = 2  #: of a question; one alone may be a thing to do, which is done or not

# A blank, with the last word of what is to be written there.
_LABELLED = re.compile(r"(?P<label>[^\W\d_]+)[\s:()]*(?<![^\W_])_{3,}(?![^\W_])")
_OPEN = re.compile(r"[?\s]*\?")  #: a cell of what nobody knows
_BLANK = re.compile(r"(?<![^\W_])_{3,}(?![^\W_])")
_OPTION = re.compile(r"(?<!\S)\[(?P<mark>[x ])\] (?P<label>[^|\n\[]*[^|\n\[\s])")
_ASKS = re.compile(r"[:?][\s|]*$")


def filled_in(document: IndexedDocument, position: int, span: Span, question: str) -> Span | None:
    """The span of an answer, or that of the option ticked in place of one that is not; None if it is left blank."""
    if _BLANK.search(document.text, *span) or _asks_for_blank(document, position, question):
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


def _asks_for_blank(document: IndexedDocument, position: int, question: str) -> bool:
    """Whether a question has the label of a blank on a line, or the name of the column of a cell that says "?"."""
    asked = set(stems([question])[0])
    labels = [found["label"] for found in _LABELLED.finditer(document.line(position))]
    cells = [cell for cell in cells_of(document, position) if cell.name]
    named = [cell for cell in cells if not asked.isdisjoint(stems([cell.name])[0])]
    unknown = [cell for cell in named if _OPEN.fullmatch(cell.value)]
    return not asked.isdisjoint(stems([" ".join(labels)])[0]) or (bool(unknown) and unknown == named)


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
