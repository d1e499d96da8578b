"""A row whose columns are months, quarters, years or days: which of them has most, or what they add up to."""

import re
from collections.abc import Sequence

from index.types import IndexedDocument
from rag.ask.reckoning import Reckoning
from rag.read.evidence import Quotation, Reckoned
from rag.read.fillers import EMPTY, VERBS
from rag.read.tables import Field, called, cells_of
from rag.read.values import Column, column_of
from rag.words import DAYS, MONTH, WORD, content, is_among

FEWEST = 3  #: columns that are compared

_YEAR = r"(?:19|20)\d\d"
_MONTH = rf"{MONTH}\.?"
_DAY = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in DAYS)})\.?"
_OF_YEAR = rf"(?:,? ?(?:{_YEAR})|[ -]\d\d)?"
#: What columns may be, the finest first.
_KINDS = {
    "day": re.compile(_DAY, re.I),
    "week": re.compile(r"Week \d{1,2}", re.I),
    "month": re.compile(rf"{_MONTH}{_OF_YEAR}", re.I),
    "quarter": re.compile(rf"Q[1-4]{_OF_YEAR}", re.I),
    "year": re.compile(rf"(?:FY ?)?{_YEAR}(?:[-–/](?:\d\d){{1,2}})?", re.I),
}
_ASKED = re.compile(r"\b(?:which|what) (\w+)|\A\W*when\b", re.I)
_TIMES = content("month year quarter day week weekday")
_NAMED = re.compile(rf"(?:{_MONTH}|{_DAY}|Q[1-4]|{_YEAR})", re.I)
_FROM_TO = re.compile(
    rf"({_MONTH}|{_YEAR})(?: {_YEAR})?(?: ?[-–] ?| (?:to|and|until|till|through) )({_MONTH}|{_YEAR})\b", re.I
)
_BETWEEN = re.compile(r"\bbetween\s\Z", re.I)
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
    which = _ASKED.search(question)
    named = content(which[1] or "day") if which else set()  # nothing in "What was …?"
    if not cells or not named <= _TIMES or wanted.what == "count" or wanted.compared or wanted.either:
        return None
    times = _of_one_kind(cells, which[1] if which and named else None)
    if len(times) < FEWEST or wanted.of in ("date", "age"):
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


def _of_one_kind(cells: Sequence[Field], asked: str | None) -> Sequence[Field]:
    """The cells whose columns are of the kind of time that is asked for, or the finest there is; not sums of others."""
    kinds = {kind: [one for one in cells if pattern.fullmatch(one.name.strip())] for kind, pattern in _KINDS.items()}
    if any(pattern.fullmatch(cells[0].name.strip()) for pattern in _KINDS.values()):
        return ()
    if asked:
        kind = "day" if asked.lower().startswith("weekday") else asked.lower().rstrip("s")
        return kinds.get(kind, ())
    return next((found for found in kinds.values() if found), ())


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
    asked = content(question) - wanted.words - _TIMES - times
    tied = {word for word in asked if is_among(word, content(label.value))}
    return bool(tied) and not asked - tied - EMPTY - VERBS - about


def _times_named(question: str) -> list[str]:
    return [word for word in WORD.findall(question) if _NAMED.fullmatch(word) and word != "may"]


def _chosen(times: Sequence[Field], question: str, about: set[str]) -> Sequence[Field]:
    """The columns of the times that a question names; all where it names none, none where it is not clear which."""
    named = _times_named(question)
    years, others = [word for word in named if word.isdigit()], [word for word in named if not word.isdigit()]
    bounds = _FROM_TO.search(question)
    if others and len(set(years)) > 1:
        return ()  # "November 2023 to February 2024"
    if any(year in one.name for one in times for year in years):
        if bounds and not others:
            return _between(times, years)
        times = [one for one in times if any(year in one.name for year in years)]
    elif not about.issuperset(years):
        return ()
    wanted, begin = [word[:3].lower() for word in others], [one.name[:3].lower() for one in times]
    if not set(begin).issuperset(wanted) or (wanted and len(set(begin)) < len(begin)):
        return ()  # one is not there, or there twice
    joined = bounds and " and " in bounds.group() and not _BETWEEN.search(question[: bounds.start()])
    if bounds and len(others) == 2 and not joined:
        return _between(times, wanted)
    return [one for one, start in zip(times, begin, strict=True) if not wanted or start in wanted]


def _between(times: Sequence[Field], bounds: Sequence[str]) -> Sequence[Field]:
    """The columns from one that begins with the first of two words to one that does with the second."""
    first, last = (next((at for at, one in enumerate(times) if bound in one.name.lower()), -1) for bound in bounds[:2])
    return times[first : last + 1] if 0 <= first <= last else ()
