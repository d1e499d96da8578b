"""Rows and cells of a table that are of something else than what a question names."""

import re

from index.types import IndexedDocument
from rag.read.tables import Row, cells_of, table_around
from rag.verify.names import names_missing

_CODE = re.compile(r"(?<!\w)(?=\w*\d)\w+(?:[-./]\w+)*")  #: C5, FY25, 2019, 4/1

_JOINTS = re.compile(r"[-./]")
_ORDINALS = ("fir", "sec", "thi", "fou", "1st", "2nd", "3rd", "4th")
_PERIOD = re.compile(
    r"(?<![^\W_])(?:FY\s?(?P<fiscal>(?:20)?\d\d)|(?P<year>(?:19|20)\d\d)|(?P<part>[QH])\s?(?P<number>[1-4])"
    r"|(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th) (?P<of>quarter|half))(?![^\W_])",
    re.I,
)


def rows_of_others(question: str, document: IndexedDocument, position: int) -> frozenset[int]:
    """Positions of rows, in the table where a sentence stands, that another row rivals.

    It has every name and number of the question that they have, and one more. Rows that each have one of two names,
    as where both are asked for, rival none.
    """
    if len(cells_of(document, position)) < 2 or not _named(question):
        return frozenset()
    table = table_around(document, position)
    lacks = {row.position: _missing(question, _text(document, row)) for row in table}
    fewest = set(lacks.values())
    return frozenset(row for row, own in lacks.items() if any(other < own for other in fewest))


def cell_asked(
    question: str, document: IndexedDocument, position: int, span: tuple[int, int]
) -> tuple[int, int] | None:
    """The span of an answer in a row, or that of the cell whose column has the year or period of the question.

    None if the span's column has another one, and no column of the row has that of the question, or several have.

    Args:
        question: What is asked.
        document: Where the answer stands.
        position: Of the row among the document's sentences.
        span: The answer's place in the document's text.
    """
    start = document.sentences[position].start
    cells = cells_of(document, position)
    there = [cell for cell in cells if start + cell.start <= span[0] and span[1] <= start + cell.end]
    if not there or not _is_other(question, there[0].name):
        return span
    asked = [cell for cell in cells if cell.value and _periods(cell.name) >= _periods(question) != set()]
    return (start + asked[0].start, start + asked[0].end) if len(asked) == 1 else None


def _is_other(question: str, column: str) -> bool:
    """Whether a column's name has a period where the question has another of the kind: FY24 and FY25, 2019 and 2020."""
    asked, named = _by_kind(question), _by_kind(column)
    return any(asked[kind].isdisjoint(named[kind]) for kind in asked.keys() & named.keys())


def _by_kind(text: str) -> dict[str, set[str]]:
    """The years, quarters and halves that a text names."""
    kinds: dict[str, set[str]] = {}
    for kind, number in _periods(text):
        kinds.setdefault(kind, set()).add(number)
    return kinds


def _periods(text: str) -> set[tuple[str, str]]:
    return {_period(found) for found in _PERIOD.finditer(text)}


def _period(found: re.Match[str]) -> tuple[str, str]:
    if year := found["fiscal"] or found["year"]:
        return "year", year[-2:]
    if found["part"]:
        return found["part"].upper(), found["number"]
    return found["of"][0].upper(), str(_ORDINALS.index(found["ordinal"].casefold()[:3]) % 4 + 1)


def _named(question: str) -> frozenset[str]:
    return _missing(question, "")


def _missing(question: str, text: str) -> frozenset[str]:
    """The names, codes and numbers of a question that a text lacks."""
    there = {part.casefold() for code in _CODE.findall(text) for part in (code, *_JOINTS.split(code))}
    codes = {code.casefold() for code in _CODE.findall(question)}
    names = {name.casefold() for name in names_missing(question, text)} - codes
    return frozenset(names | (codes - there))


def _text(document: IndexedDocument, row: Row) -> str:
    sentence = document.sentences[row.position]
    return f"{row.group}\n{document.document.text[sentence.start : sentence.end]}"
