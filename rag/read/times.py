"""Times that a text names: years, quarters, halves, months, days and hours; and the cell of the one asked for."""

import re

from index.types import IndexedDocument
from rag.ask.periods import PARTS
from rag.read.around import is_of_other_time, is_relative
from rag.read.tables import cells_of
from rag.words import DAYS, MONTH_NUMBERS, MONTHS, content

OF_SEVERAL, FEWEST_COLUMNS = ("month", "day"), 2  #: of a table whose columns are months, or days
SHORTEST_SMALL = 5  #: letters, above which a month is no other word in small letters

_PERIOD = re.compile(
    r"(?<![^\W_])(?:FY\s?(?P<fiscal>(?:20)?\d\d)|(?P<year>(?:19|20)\d\d)|(?P<part>Q|H|Year )\s?(?P<number>[1-4])"
    rf"|(?P<ordinal>{'|'.join(PARTS)}) (?P<of>quarter|half|year))(?![^\W_])",
    re.I,
)
#: Not "May I …?"; in small letters only months that are no other word.
_MONTH = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(MONTHS)}|{'|'.join(month[:3] for month in MONTHS if month != 'May')}|Sept"
    rf"|{'|'.join(month.lower() for month in MONTHS if len(month) > SHORTEST_SMALL)})(?![^\W_])"
)
_WEEKDAY = re.compile(rf"(?<![^\W_])(?:(?i:{'|'.join(DAYS)})s?|{'|'.join(day[:3] for day in DAYS)})(?![^\W_])")
#: A month that a question is about: "in June", "June's", "June 2024", "the June rent"; not "April Smith".
_OF_MONTH = re.compile(
    rf"\b(?:in|of|for|during|the|this|last|next|mid|early|late)[ -]{_MONTH.pattern}(?! [A-Z])"
    rf"|{_MONTH.pattern}(?:[’']s? [a-z]|,? (?:19|20)\d\d)"
)
_MAY_I = re.compile(r"\A\W*May\b|\bMay (?:I|we|you|the|an?|my|our|it|they|he|she)\b")
#: As in "8.30", "08:30", "7pm" and "7.15 p.m."; neither a part of a date, a number or a version, nor a price.
_TIME = re.compile(
    r"(?<![\w.:/$€£¥])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?![:.]?\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b|(?!\w))",
    re.I,
)
_HALF_A_DAY = 12 * 60

Time = tuple[int, int | None]  #: minutes after midnight or noon, and 0 or 1 for which of them, if that is told
Span = tuple[int, int]  #: half-open places in a document's text


def times_of(text: str) -> list[Time]:
    """The times of day in a text: hours with minutes, or with a.m. or p.m."""
    found = [match for match in _TIME.finditer(text) if match["minute"] or match["half"]]
    return [_time(match["hour"], int(match["minute"] or 0), match["half"]) for match in found]


def _time(said: str, minute: int, half: str | None) -> Time:
    hour = int(said)
    told = int(hour > 12) if hour > 12 or said.startswith("0") else None  # "08:30" is never at night
    return (hour * 60 + minute) % _HALF_A_DAY, "ap".index(half.lower()) if half else told


def is_same(one: Time, other: Time) -> bool:
    """Whether two times are the same, or may be."""
    return one[0] == other[0] and (one[1] == other[1] or one[1] is None or other[1] is None)


def periods_of(text: str) -> dict[str, set[str]]:
    """The years, quarters, halves, months and days of the week that a text names; a month is told by its number."""
    kinds: dict[str, set[str]] = {}
    for found in _PERIOD.finditer(text):
        kind, number = _period(found)
        kinds.setdefault(kind, set()).add(number)
    named = [found.group()[:3].lower() for found in _MONTH.finditer(_MAY_I.sub("", text))]
    if months := [MONTH_NUMBERS[name] for name in named]:
        kinds["month"] = {str(month) for month in months}
    if days := {found.group()[:3].lower() for found in _WEEKDAY.finditer(text)}:
        kinds["day"] = days
    return kinds


def _period(found: re.Match[str]) -> tuple[str, str]:
    if year := found["fiscal"] or found["year"]:
        return "year", f"20{year}"[-4:] if len(year) == 2 else year
    if found["part"]:
        return found["part"][0].upper(), found["number"]
    return found["of"][0].upper(), str(PARTS[found["ordinal"].casefold()])


def cell_asked(question: str, document: IndexedDocument, position: int, span: Span) -> Span | None:
    """The span of an answer in a row, or that of the cell whose column has the year or period of the question.

    None if the span's column has another one, and no column of the row has that of the question. Of several that have
    it, it is the one with most words of the question, and with the fewest periods. A question that bounds a time
    ("before 2023") names none.
    """
    start = document.sentences[position].start
    cells = cells_of(document, position)
    there = [cell for cell in cells if start + cell.start <= span[0] and span[1] <= start + cell.end]
    asked = {} if is_of_other_time(question) or is_relative(question) else periods_of(question)
    if not _OF_MONTH.search(question) or len(asked.get("month", ())) > 1:
        asked.pop("month", None)  # somebody's name, or some months
    for kind in OF_SEVERAL:
        if sum(kind in periods_of(cell.name) for cell in cells) < FEWEST_COLUMNS:
            asked.pop(kind, None)  # of one column alone it may tell when it was written
    if not there and asked.keys() & set(OF_SEVERAL) and all(_agrees(asked, cell.name) is False for cell in cells[1:]):
        return None  # the whole row, of which no column is of that month or day
    if not asked or not there or _agrees(asked, there[0].name) is not False:
        return span
    meant = [cell for cell in cells if cell.value and _agrees(asked, cell.name)]
    words = content(question)
    best = max(meant, key=lambda cell: (len(content(cell.name) & words), -len(periods_of(cell.name))), default=None)
    return (start + best.start, start + best.end) if best else None


def _agrees(asked: dict[str, set[str]], column: str) -> bool | None:
    """Whether a column has the years, quarters, halves, months and days asked for; None if its name does not tell."""
    named = periods_of(column)
    shared = asked.keys() & named.keys()
    if not shared or is_relative(column):
        return None
    if any(kind in shared and len(named[kind]) > 1 for kind in OF_SEVERAL):
        return None  # "October to December" has November, too
    return not any(asked[kind].isdisjoint(named[kind]) for kind in shared)
