"""Dates of a question, read as the documents write them: August 2013, or 2013-08-01."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.store.snapshot import Snapshot
from rag.words import MONTHS, one_of

_SHORT = {month[:3]: number for number, month in enumerate(MONTHS, 1)}
_DAY = r"\d\d?(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORDS = (
    rf"(?:(?P<before>{_DAY})(?: of)? )?(?P<month>{one_of([*MONTHS, 'Sept', *_SHORT])})\.?(?: (?P<after>{_DAY}))?"
    rf",?(?: of)? {_YEAR}"
)
_FIGURES = r"(?P<iso>(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)"
_DATE = re.compile(rf"(?<![\w-])(?:{_WORDS}|{_FIGURES})(?![\w-])", re.I)
#: Whether 5/14/2022 is written, or 14/5/2022.
_MONTH_FIRST = re.compile(r"(?<![\d/])(?:0?\d|1[0-2])/(?:1[3-9]|2\d|3[01])/(?:20)?\d\d(?![\d/])")
_DAY_FIRST = re.compile(r"(?<![\d/])(?:1[3-9]|2\d|3[01])/(?:0?\d|1[0-2])/(?:20)?\d\d(?![\d/])")


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
            return rf"(?:{month} {day}|{day}(?: of)? {month}),? {self.year}"
        return rf"{month}(?: {_DAY})?,?(?: of)? {self.year}"

    def in_figures(self, texts: Sequence[str]) -> str:
        """A pattern of how it is written in figures; whether the month comes first, other dates of `texts` tell."""
        year, month = self.year, rf"0?{self.month}"
        iso = rf"{year}([-/]){self.month:02}"
        if not self.day:
            name = MONTHS[self.month - 1][:3]
            return rf"(?:{iso}(?:\1\d\d)?|{month}/{year}|{name}[-’']{year % 100:02})"
        patterns = [rf"{iso}\1(?:{self.day:02})", rf"0?{self.day}\.{month}\.{year}"]
        first = [any(map(order.search, texts)) for order in (_MONTH_FIRST, _DAY_FIRST)]
        if self.day == self.month or first == [True, False]:
            patterns.append(rf"{month}/0?{self.day}/(?:{year}|{year % 100:02})")
        elif first == [False, True]:
            patterns.append(rf"0?{self.day}/{month}/(?:{year}|{year % 100:02})")
        return rf"(?:{'|'.join(patterns)})"


def dates_as_written(question: str, snapshot: Snapshot) -> str:
    """The question with its dates as the documents write them, if they do so otherwise, too; with both if they do both.

    What is written in one way only is found and read by it only.
    """
    if not _DATE.search(question):
        return question
    texts = [indexed.document.text for indexed in snapshot.documents.values()]

    def read(found: re.Match[str]) -> str:
        date = _date(found)
        of_year = [text for text in texts if str(date.year) in text or f"{date.year % 100:02}" in text]
        ways = date.in_words(), date.in_figures(of_year)
        own, other = reversed(ways) if found["iso"] else ways
        if not (otherwise := _shared(set(_matches(other, of_year)), date, in_words=bool(found["iso"]))):
            return found[0]
        return f"{found[0]} or {otherwise}" if next(_matches(own, of_year), None) else otherwise

    return _DATE.sub(read, question)


def _date(found: re.Match[str]) -> _Date:
    if found["iso"]:
        return _Date(*map(int, found["iso"].split("-")))
    day = found["before"] or found["after"] or "0"
    return _Date(int(found["year"]), _SHORT[found["month"][:3].capitalize()], int(re.sub(r"\D", "", day)))


def _shared(found: set[str], date: _Date, *, in_words: bool) -> str:
    """How a date is written, or what several days of a month share; nothing where that is nothing."""
    if len(found) < 2 or date.day:
        return min(found, default="")
    if in_words:
        return f"{MONTHS[date.month - 1]} {date.year}"
    months = {one[:7] for one in found}
    return months.pop() if len(months) == 1 and all(one[:4].isdigit() for one in found) else ""


def _matches(pattern: str, texts: Sequence[str]) -> Iterator[str]:
    sought = re.compile(rf"(?<![\w/.-]){pattern}(?![\w/-])", re.I)
    return (found[0] for text in texts for found in sought.finditer(text))
