"""Calendars: tables of weeks below the names of days, in which each day is told by itself."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.files.days import WEEKDAY
from index.files.tables.cells import Cell

FEWEST_NAMES = 5  #: of days, above the columns
FEWEST_WEEKS = 2  #: unless one has as many days as are named at least
FEWEST_DAYS = 3  #: of a week, that are numbered

_MONTH = re.compile(
    r"\W*(?:january|february|march|april|may|june|july|august|september|october|november|december),? (?:19|20)\d\d\W*",
    re.I,
)
_NAME = re.compile(rf"{WEEKDAY}\W?", re.I)
_NUMBERED = re.compile(
    r"(?P<day>(?:[A-Z][a-z]{2,8}\.? )?(?P<number>[0-3]?\d)(?:st|nd|rd|th)?)(?![\w/:.,%-]*\w)[\s.:–-]*(?P<text>.*)", re.S
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A table of weeks."""

    names: int  #: which of its lines names the days
    labels: dict[int, str]  #: the names of days by column
    days: list[list[str]]  #: what each line below that tells of them


def calendar_of(lines: Sequence[Mapping[int, Cell]]) -> Calendar | None:
    """The calendar that a table is; None if it is none.

    "17: closed" below Monday, and "closed" below a line in which Monday is 17, is "Monday 17: closed", and "Monday 17
    May 2024: closed" where a cell above says so. A line of nothing but numbers tells nothing.
    """
    at = names_of_days(lines)
    if at is None:
        return None
    weeks = [_below_names(line, lines[at]) for line in lines[at + 1 :]]
    numbered = [_week(week) for week in weeks]
    if sum(map(bool, numbered)) < FEWEST_WEEKS and max(map(len, numbered), default=0) < FEWEST_NAMES:
        return None
    names = [lines[at][column].text for column in sorted(lines[at])]
    month = next(
        (cell.text.strip() for line in lines[:at] for cell in line.values() if _MONTH.fullmatch(cell.text)), ""
    )
    told: list[list[str]] = []
    days: Mapping[int, str] = {}
    before = 0  # weeks
    for week, number in zip(weeks, numbered, strict=True):
        days = {column: _in_month(found, month, before) for column, found in number.items()} or days
        before += bool(number)
        texts = {column: number[column]["text"] if column in number else text for column, text in week.items()}
        said = {column: text for column, text in texts.items() if text and not text.isdigit()}
        of_days = all(_NAME.fullmatch(names[column]) for column in said)
        told.append([_entry(names[column], days.get(column, ""), text) for column, text in said.items() if of_days])
    columns = range(max(column for line in lines for column in line) + 1)
    return Calendar(at, {column: names[_day_of(column, sorted(lines[at]))] for column in columns}, told)


def names_of_days(lines: Sequence[Mapping[int, Cell]]) -> int | None:
    """Which line names the days of the week, each in a cell; another may say what stands beside them."""
    named = (sum(bool(_NAME.fullmatch(cell.text)) for cell in line.values()) for line in lines)
    return next((at for at, days in enumerate(named) if days >= max(FEWEST_NAMES, len(lines[at]) - 1)), None)


def is_of_weeks(lines: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether lines are weeks whose days have no names."""
    weeks = [_week({column: cell.text for column, cell in line.items()}) for line in lines]
    return bool(weeks) and bool(weeks[0]) and sum(map(bool, weeks)) >= FEWEST_WEEKS


def _below_names(line: Mapping[int, Cell], names: Mapping[int, Cell]) -> dict[int, str]:
    """The texts of a line by the number of their day; a column without a name belongs to the next one that has one."""
    places = sorted(names)
    texts: dict[int, str] = {}
    for column, cell in line.items():
        day = _day_of(column, places)
        texts[day] = f"{texts[day]} {cell.text}" if day in texts else cell.text
    return texts


def _day_of(column: int, places: Sequence[int]) -> int:
    return min(bisect_left(places, column), len(places) - 1)


def _in_month(found: re.Match[str], month: str, weeks: int) -> str:
    """A day with its month, but for those of the month before, in the first week, and of the one after.

    Args:
        found: The day.
        month: That stands above; or nothing.
        weeks: How many stand above.
    """
    number = int(found["number"])
    other = number > 7 * (weeks + 1) or (number <= 7 and weeks > 1) or not found["day"].isdigit()
    return found["day"] if other or not month else f"{found['day']} {month}"


def _week(line: Mapping[int, str]) -> dict[int, re.Match[str]]:
    """The numbers with which the cells of a line begin, by column, if they count its days; else none."""
    found = {column: match for column, text in line.items() if (match := _NUMBERED.fullmatch(text))}
    if len(found) < FEWEST_DAYS or 2 * len(found) <= len(line):
        return {}
    numbers = [(column, int(match["number"])) for column, match in sorted(found.items())]
    steps = [
        number - before == column - left or number <= column - left  # a month begins
        for (left, before), (column, number) in pairwise(numbers)
    ]
    return found if all(steps) and all(0 < number <= 31 for _, number in numbers) else {}


def _entry(label: str, day: str, text: str) -> str:
    return f"{' '.join(filter(None, (label.rstrip(': '), day)))}: {' '.join(text.split())}"
