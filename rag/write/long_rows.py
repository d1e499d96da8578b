"""A long row of a table in brief: what it is of, and the cells that a question is about."""

import re
from collections.abc import Sequence

from index.files.tables.rows import DIVIDER
from index.passages import sentence_spans
from rag.ask.kinds import asks_for_two
from rag.markers import widened
from rag.read.tables import Field, fields_of
from rag.types import Answer, Claim
from rag.words import content

LONG = 300  #: characters of a row that is told in brief
LONG_CELL = 120  #: characters of a cell that is told whole
FEWEST = 4  #: cells of such a row
SHORTER = 0.75  #: of the whole, at most, or it is not worth leaving anything out
COMMON = 0.25  #: of the cells have a word that tells none of them from the others
EVERYWHERE = 0.5  #: of them have a word that tells nothing at all
LEFT_OUT = "…"


def brief(claim: Claim, question: str) -> str | None:
    """A long row with `…` for the cells that do not matter, word for word besides; None for what is shown whole.

    What matters is the first cell, which names the row, what the reader takes for the answer, and the short cells that
    share a word with the question, or whose columns do. Where the reader's answer is not known, or is but one of two
    that are asked for, nothing is left out.
    """
    if asks_for_two(question) or claim.support != "quoted" or len(claim.text) <= LONG or not claim.focus:
        return None
    fields = fields_of(claim.text)
    focus = re.compile(rf"(?<!\w){re.escape(claim.focus)}(?!\w)")
    if len(fields) < FEWEST or 2 * sum(bool(field.name) for field in fields) < len(fields):
        return None
    if not any(focus.search(_whole(field)) for field in fields):
        return None
    first = next((number for number, field in enumerate(fields) if field.value), 0)
    matter = {first} | _asked_for(fields, content(question))
    told: list[str] = []
    for number, field in enumerate(fields):
        if number in matter or focus.search(_whole(field)):
            told.append(_cut(field, focus))
        elif told[-1:] != [LEFT_OUT]:
            told.append(LEFT_OUT)
    text = DIVIDER.join(told)
    return text if len(text) <= SHORTER * len(claim.text) else None


def in_brief(answer: Answer) -> str:
    """The text of an answer with its long rows in brief."""
    text = answer.text
    for claim in answer.claims:
        if shorter := brief(claim, asked(answer)):
            text = text.replace(widened(claim.text), widened(shorter), 1)
    return text


def asked(answer: Answer) -> str:
    """The question as it was understood."""
    return answer.rewritten or answer.question


def _asked_for(fields: Sequence[Field], asked: set[str]) -> set[int]:
    """The short cells that share a word with the question; of a word that many share, the first that has it itself."""
    short = [number for number, field in enumerate(fields) if len(field.value) <= LONG_CELL]
    found: set[int] = set()
    for word in asked:
        having = [number for number, field in enumerate(fields) if word in content(_whole(field))]
        if len(having) > len(fields) * EVERYWHERE:
            continue
        if len(having) > len(fields) * COMMON:
            having = [number for number in having if number in short and word in content(fields[number].value)][:1]
        found.update(having)
    return found.intersection(short)


def _whole(field: Field) -> str:
    return f"{field.name}: {field.value}" if field.name else field.value


def _cut(field: Field, focus: re.Pattern[str]) -> str:
    """A cell with the name of its column; of a long one what the reader's answer stands in, or how it begins."""
    name, value = f"{field.name}: " if field.name else "", field.value
    if len(value) <= LONG_CELL:
        return _whole(field)
    if not (found := focus.search(value)):
        return f"{name}{value[:LONG_CELL].rsplit(' ', 1)[0]} {LEFT_OUT}"
    spans = sentence_spans(value)
    start = max((a for a, _ in spans if a <= found.start()), default=0)
    end = min((b for _, b in spans if b >= found.end()), default=len(value))
    before, after = (f"{LEFT_OUT} " if start else ""), (f" {LEFT_OUT}" if end < len(value) else "")
    return f"{name}{before}{value[start:end].strip()}{after}"
