"""A row whose columns are months, quarters, years or days: which of them has most, or what they add up to."""

import re
from collections.abc import Sequence

from index.types import IndexedDocument
from rag.ask.reckoning import Reckoning
from rag.read.evidence import Quotation, Reckoned
from rag.read.fillers import EMPTY, VERBS
from rag.read.tables import Field, called, cells_of
from rag.read.values import Column, column_of
from rag.words import DAYS, MONTHS, WORD, content, is_among

FEWEST = 3  #: columns that are compared

_MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|Sept)\.?"
_DAY = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in DAYS)})\.?"
_YEAR = r"(?:FY ?)?(?:19|20)\d\d(?:[-–/](?:\d\d){1,2})?"
_PERIOD = re.compile(rf"(?:{_MONTH}|Q[1-4]|{_DAY}|Week \d{{1,2}})(?:,? ?{_YEAR}|[ -]\d\d)?|{_YEAR}", re.I)
_ASKED = re.compile(r"\b(?:which|what) (\w+)|\A\W*when\b", re.I)
_PERIODS = content("month year quarter day week weekday")
_FROM_TO = re.compile(
    rf"\b(?:from|between) ({_MONTH})[ ,]+(?:{_YEAR} )?(?:to|and|until|till|through) ({_MONTH})\b", re.I
)
_NOTE = re.compile(r"\s?(?:[\[［]\w{1,2}[\]］]|[*†‡¹²³⁴⁵])+\s*\Z")
_TOTAL = content("total sum ytd average mean")


def across(document: IndexedDocument, position: int, question: str, wanted: Reckoning) -> Reckoned | None:
    """What is wanted of one row, if its columns are times; None if it is not, or a word of the question is of none.

    Args:
        document: In which the row stands.
        position: Of the row.
        question: What is asked.
        wanted: What is to be worked out.
    """
    cells = cells_of(document, position)
    times = [one for one in cells[1:] if _PERIOD.fullmatch(one.name.strip())]
    which = _ASKED.search(question)
    named = content(which[1] or "day") if which else set()  # nothing in "What was …?"
    if len(times) < FEWEST or not named <= _PERIODS or _PERIOD.fullmatch(cells[0].name.strip()):
        return None
    if wanted.what == "count" or wanted.compared or wanted.either or wanted.of in ("date", "age"):
        return None
    about = called(document, position)
    chosen = _chosen(times, question, about) if _is_of(cells[0], question, wanted, about) else ()
    if len(chosen) == len(times) and not wanted.is_extreme and any(content(one.name) & _TOTAL for one in cells):
        return None  # a cell tells it
    column = column_of(cells[0].value, {number: _NOTE.sub("", one.value) for number, one in enumerate(chosen)})
    if column is None or column.unread or column.is_time_of_day:
        return None
    if wanted.is_extreme:
        return _extreme(document, position, chosen, column, wanted, of_time=bool(named))
    return _figure(document, position, chosen, column, wanted)


def _extreme(
    document: IndexedDocument,
    position: int,
    chosen: Sequence[Field],
    column: Column,
    wanted: Reckoning,
    *,
    of_time: bool,
) -> Reckoned | None:
    best = (max if wanted.what == "highest" else min)(column.figures.values())
    found, *tied = [chosen[number] for number, figure in column.figures.items() if figure == best]
    if tied:
        return None
    text = f"the {wanted.what} “{column.name}” is {found.value}, under “{found.name}”"
    told = found.name if of_time else found.value
    span = told if told in document.line(position) else None  # a row of Markdown has no names
    answering = Quotation(document, position, position + 1, span, position)
    row = Quotation(document, position, position + 1)
    return Reckoned(f"Compared over {len(column.figures)} columns: {text}.", (row,), (answering,))


def _figure(
    document: IndexedDocument, position: int, chosen: Sequence[Field], column: Column, wanted: Reckoning
) -> Reckoned | None:
    mean = wanted.what == "mean"
    if column.kind == "percent" and not mean:
        return None  # shares of different wholes
    value = sum(column.figures.values()) / (len(column.figures) if mean else 1)
    over = f"{len(column.figures)} columns, “{chosen[0].name}” to “{chosen[-1].name}”"
    what = f"the {'average' if mean else 'sum'} of “{column.name}” is {column.written(value)}"
    return Reckoned(f"Computed from {over}: {what}.", (Quotation(document, position, position + 1),))


def _is_of(label: Field, question: str, wanted: Reckoning, about: set[str]) -> bool:
    """Whether a row is called what a question asks for, and no other word of it is left."""
    times = content(" ".join(_times_named(question)))
    asked = content(question) - wanted.words - _PERIODS - times
    tied = {word for word in asked if is_among(word, content(label.value))}
    return bool(tied) and not asked - tied - EMPTY - VERBS - about


def _times_named(question: str) -> list[str]:
    return [word for word in WORD.findall(question) if _PERIOD.fullmatch(word) and word != "may"]


def _chosen(times: Sequence[Field], question: str, about: set[str]) -> Sequence[Field]:
    """The columns of the times that a question names; all where it names none, none where one is not there."""
    named = _times_named(question)
    years = [word for word in named if word.isdigit()]
    if any(year in one.name for one in times for year in years):
        times = [one for one in times if any(year in one.name for year in years)]
    elif not about.issuperset(years):
        return ()
    others = [word[:3].lower() for word in named if not word.isdigit()]
    begin = [one.name[:3].lower() for one in times]
    if not set(begin).issuperset(others):
        return ()
    if _FROM_TO.search(question) and len(others) == 2:
        return times[begin.index(others[0]) : begin.index(others[1]) + 1]
    return [one for one, start in zip(times, begin, strict=True) if not others or start in others]
