"""Dates of a question, read as the documents write them: August 2013, or 2013-08-01."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.store.snapshot import Snapshot
from rag.words import MONTH, MONTH_NUMBERS, MONTHS, one_of

CENTURY = 2000  #: from which on a year may be written with two figures
MOST_DAYS = 31
OR = " or "  #: between two ways of writing a date
VERBS = ("may", "march", "mar")  #: with a small letter they are no months
_DAY = r"\d\d?(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORDS = (
    rf"(?:(?P<before>{_DAY})(?: of)? )?(?P<month>{MONTH})\.?(?: (?P<after>{_DAY}))?"
    rf",?(?: of)? {_YEAR}"
)
_FIGURES = r"(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)"
_DATE = re.compile(rf"(?<![\w-])(?:{_WORDS}|{_FIGURES})(?![\w-])", re.I)
#: A day without a year.
_OF_ANY_YEAR = re.compile(
    rf"(?<![\w-])(?:(?P<before>{_DAY})(?: of)? (?P<month>{MONTH})|(?P<named>{MONTH})\.? (?P<after>{_DAY}))\.?"
    r"(?!,?(?: of)? \d|[\w-])",
    re.I,
)
#: Before a date it is one end of a time, or one of several.
_OF_SEVERAL = re.compile(rf"(?:\d\.?|(?<!\w){MONTH}\.?)\s*(?:[-–—/&,]|\b(?:and|or|to|until|till|through)\b)?\s*$", re.I)
#: The same behind it, and what says of which year it is.
_AND_MORE = re.compile(r"\s*(?:[-–—/&,]|\b(?:and|or|to|until|till|through)\b)\s*\d")
_ITS_YEAR = re.compile(
    r"\b(?:19|20)\d\d\b|['’]\d\d\b|\b(?:this|last|next|that) (?:year|season|spring|summer|autumn|winter)\b", re.I
)
#: Whether 5/14/2022 is written, or 14/5/2022.
_SLASHED = r"(?<![\d/])(?:{first})/(?:{second})/(?:(?:19|20)\d\d|\d\d)(?![\d/])"
_MONTH_FIRST = re.compile(_SLASHED.format(first=r"0?\d|1[0-2]", second=r"1[3-9]|2\d|3[01]"))
_DAY_FIRST = re.compile(_SLASHED.format(first=r"1[3-9]|2\d|3[01]", second=r"0?\d|1[0-2]"))
#: A day in figures up to its year, 14.5.22; one such thing alone may be the number of a section.
_DOTTED = r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\."


@dataclass(frozen=True, slots=True)
class _Date:
    year: int
    month: int
    day: int = 0  #: 0 for the whole month

    def in_words(self) -> str:
        """A pattern of how it is written with the month's name."""
        name = MONTHS[self.month - 1]
        month = rf"(?:{name}|{name[:3]}t?\.?)"
        if self.day:
            day = rf"0?{self.day}(?:st|nd|rd|th)?"
            words = rf"(?:{month} {day}|{day}(?: of)? {month}),? {self.year}"
        else:
            words = rf"{month}(?: {_DAY})?,?(?: of)? {self.year}"
        return words.replace(" ", r"\s+")

    def in_figures(self, texts: Sequence[str]) -> str:
        """A pattern of how it is written in figures; what their order is, other dates of `texts` tell."""
        year, month = self.year, rf"0?{self.month}"
        iso = rf"{year}([-/]){self.month:02}"
        years = rf"(?:{year}|{year % 100:02})" if year >= CENTURY else str(year)
        if not self.day:
            # 2010-11 may be a season, 08/2013 the number of a law, and Aug-13 a day: unless others like it stand there.
            patterns = [rf"{iso}\1\d\d" if self.month == (year + 1) % 100 else rf"{iso}(?:\1\d\d)?"]
            name = MONTHS[self.month - 1][:3]
            if year >= CENTURY and _are_several(rf"{one_of(MONTH_NUMBERS)}[-’']{year % 100:02}", texts):
                patterns.append(rf"{name}[-’']{year % 100:02}")
            if _are_several(rf"(?:0[1-9]|1[0-2])/{year}", texts):
                patterns.append(rf"{self.month:02}/{year}")
            return rf"(?:{'|'.join(patterns)})"
        dotted = years if _are_several(rf"{_DOTTED}{year % 100:02}", texts) else year
        patterns = [rf"{iso}\1(?:{self.day:02})", rf"0?{self.day}\.{month}\.{dotted}"]
        first = [any(map(order.search, texts)) for order in (_MONTH_FIRST, _DAY_FIRST)]
        if self.day == self.month or first == [True, False]:
            patterns.append(rf"{month}/0?{self.day}/{years}")
        elif first == [False, True]:
            patterns.append(rf"0?{self.day}/{month}/{years}")
        return rf"(?:{'|'.join(patterns)})"


def dates_as_written(question: str, snapshot: Snapshot) -> str:
    """The question with its date as the documents write it, if they do so otherwise, too; with both if they do both.

    What is written in one way only is found by it only. A question with several dates is left alone. A day without a
    year is the only one of that name that the documents have, if they write it as 2013-08-01.
    """
    written = _written(question, snapshot)
    if written is None:
        return question
    found, otherwise, is_both = written
    read = f"{found[0]}{OR}{otherwise}" if is_both else otherwise
    return question[: found.start()] + read + question[found.end() :]


def written_both_ways(question: str, snapshot: Snapshot) -> tuple[str, str] | None:
    """A question's date, and how else the documents write it, if they write it both ways."""
    written = _written(question, snapshot)
    return (written[0][0], written[1]) if written and written[2] else None


def _written(question: str, snapshot: Snapshot) -> tuple[re.Match[str], str, bool] | None:
    """The date of a question, how the documents write it otherwise, and whether they also write it so."""
    dates = list(_DATE.finditer(question))
    if not dates:
        return _of_its_year(question, snapshot)
    if len(dates) != 1 or not (date := _date(dates[0])) or _OF_SEVERAL.search(question[: dates[0].start()]):
        return None
    [found] = dates
    texts = [indexed.text for indexed in snapshot.documents.values()]
    of_year = [text for text in texts if str(date.year) in text or f"{date.year % 100:02}" in text]
    ways = date.in_words(), date.in_figures(of_year)
    own, other = reversed(ways) if found["iso"] else ways
    otherwise = _shared(set(_matches(other, of_year)), date, in_words=bool(found["iso"]))
    if not otherwise or otherwise in question:
        return None
    return found, otherwise, next(_matches(own, of_year), None) is not None


def _of_its_year(question: str, snapshot: Snapshot) -> tuple[re.Match[str], str, bool] | None:
    """The same of a day without a year, if the documents have it as 2013-08-01, and of no other year."""
    days = list(_OF_ANY_YEAR.finditer(question))
    if len(days) != 1 or _ITS_YEAR.search(question):
        return None
    [found] = days
    if _OF_SEVERAL.search(question[: found.start()]) or _AND_MORE.match(question, found.end()):
        return None
    month, day = found["month"] or found["named"], int(re.sub(r"\D", "", found["before"] or found["after"]))
    if month in VERBS or not 0 < day <= MOST_DAYS:
        return None
    number = MONTH_NUMBERS[month[:3].lower()]
    texts = [indexed.text for indexed in snapshot.documents.values()]
    written = set(_matches(rf"(?:19|20)\d\d-{number:02}-{day:02}", texts))
    others = rf"0?{day}[./]0?{number}[./](?:19|20)?\d\d|0?{number}/0?{day}/(?:19|20)?\d\d"
    if len(written) != 1 or next(_matches(others, texts), None):
        return None
    name = rf"{MONTHS[number - 1][:3]}[a-z]*\.?"
    in_words = rf"(?:{name} 0?{day}(?:st|nd|rd|th)?|0?{day}(?:st|nd|rd|th)?(?: of)? {name})"
    if next(_matches(rf"{in_words},?(?: of)? (?:19|20)\d\d", texts), None):
        return None
    [read] = written
    return found, read, next(_matches(in_words, texts), None) is not None


def day_told(text: str) -> tuple[int, int, int] | None:
    """The year, month and day, 0 for a whole month, that a text tells; None where it tells none, or several."""
    dates = [date for found in _DATE.finditer(text) if (date := _date(found))]
    return (dates[0].year, dates[0].month, dates[0].day) if len(dates) == 1 else None


def _date(found: re.Match[str]) -> _Date | None:
    """None for a season, such as 2010-11, and for what is no date, as in “who may 2013 voters choose”."""
    if found["iso"]:
        date = _Date(*map(int, found["iso"].split("-")))
        return date if date.day or date.month != (date.year + 1) % 100 else None
    day = int(re.sub(r"\D", "", found["before"] or found["after"] or "0"))
    if found["month"] in VERBS or day > MOST_DAYS:
        return None
    return _Date(int(found["year"]), MONTH_NUMBERS[found["month"][:3].lower()], day)


def _are_several(pattern: str, texts: Sequence[str]) -> bool:
    """Whether different things are written so."""
    return len({one.lower() for one in _matches(pattern, texts)}) > 1


def _shared(found: set[str], date: _Date, *, in_words: bool) -> str:
    """How a date is written, or what several days of a month share; nothing where that is nothing."""
    if len(found) < 2 or date.day:
        return min(found, default="")
    if in_words:
        return f"{MONTHS[date.month - 1]} {date.year}"
    months = {one[:7] for one in found}
    return months.pop() if len(months) == 1 and all(one[:4].isdigit() for one in found) else ""


def _matches(pattern: str, texts: Sequence[str]) -> Iterator[str]:
    sought = re.compile(rf"(?<![\w/.-]){pattern}(?=T\d\d:|(?![\w/-]|\.\d))", re.I)
    return (" ".join(found[0].split()) for text in texts for found in sought.finditer(text))
