"""Calendars: tables of weeks below the names of days, in which each day is told by itself."""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.files.days import WEEKDAY
from index.files.tables.cells import Cell

FEWEST_NAMES = 5  #: of days, above the columns
FEWEST_WEEKS = 2  #: unless one has as many days as are named at least
LONGEST_WEEK = 7
LAST_TO_BEGIN = 2  #: weeks of a month, behind which days below eight are of the next one
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
    days: list[list[str] | None]  #: what each line below that tells of them; None of one that names a month, or them


def calendar_of(lines: Sequence[Mapping[int, Cell]]) -> Calendar | None:
    """The calendar that a table is; None if it is none.

    "17: closed" below Monday, and "closed" below a line in which Monday is 17, is "Monday 17: closed", and "Monday 17
    May 2024: closed" where a cell above says so. A line of nothing but numbers tells nothing.
    """
    at = names_of_days(lines)
    if at is None:
        return None
    places = sorted(lines[at])
    names = [lines[at][column].text for column in places]
    below = lines[at + 1 :]
    weeks = [_below_names(line, names, places) for line in below]
    numbered = _numbered(weeks)
    found = [len(one) for one in numbered if one]
    if len(found) < FEWEST_WEEKS and max(found, default=0) < FEWEST_NAMES:
        return None
    if not all(map(_NAME.fullmatch, names)) and not _go_on(numbered):
        return None  # such as of periods, beside the names of days
    month = next(filter(None, (_month_of(line) for line in lines[:at])), "")
    told: list[list[str] | None] = []
    days: Mapping[int, str] = {}
    before = 0  # weeks
    for line, week, number in zip(below, weeks, numbered, strict=True):
        if (other := _month_of(line)) or _names_days(line):
            month, days, before = other or month, {}, 0
            told.append(None)
            continue
        days = {column: _in_month(one, number.values(), month, before) for column, one in number.items()} or days
        before += bool(number)
        texts = {column: number[column]["text"] if column in number else text for column, text in week.items()}
        said = {column: text for column, text in texts.items() if text and not text.isdigit()}
        of_days = len(week) == len({_day_of(column, places) for column in line})
        told.append([_entry(names[column], days.get(column, ""), text) for column, text in said.items() if of_days])
    columns = range(max(column for line in lines for column in line) + 1)
    return Calendar(at, {column: names[_day_of(column, places)] for column in columns}, told)


def _numbered(weeks: Sequence[Mapping[int, str]]) -> list[dict[int, re.Match[str]]]:
    """The numbers of each week's days; also of a short one that begins a month, or goes on from the one before."""
    found: list[dict[int, re.Match[str]]] = []
    last = 0
    for week in weeks:
        numbers = _week(week)
        if not numbers and week:
            short = {column: match for column, text in week.items() if (match := _NUMBERED.fullmatch(text))}
            first = int(next(iter(short.values()))["number"]) if short else 0
            numbers = short if len(short) == len(week) and first in (1, last + 1) else {}
        found.append(numbers)
        last = max((int(match["number"]) for match in numbers.values()), default=last)
    return found


def _go_on(numbered: Sequence[Mapping[int, re.Match[str]]]) -> bool:
    """Whether each week begins with the day after the last of the one before, or a month does within it."""
    weeks = [[int(match["number"]) for match in week.values()] for week in numbered if week]
    return all(after[0] == before[-1] + 1 or 1 in after for before, after in pairwise(weeks))


def _month_of(line: Mapping[int, Cell]) -> str:
    """The month and year that a cell of a line says, and nothing else."""
    return next((cell.text.strip() for cell in line.values() if _MONTH.fullmatch(cell.text)), "")


def _names_days(line: Mapping[int, Cell]) -> bool:
    return sum(bool(_NAME.fullmatch(cell.text)) for cell in line.values()) >= max(FEWEST_NAMES, len(line) - 1)


def names_of_days(lines: Sequence[Mapping[int, Cell]]) -> int | None:
    """Which line names the days of the week, each in a cell; another may say what stands beside them."""
    return next((at for at, line in enumerate(lines) if _names_days(line)), None)


def is_of_weeks(lines: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether lines are weeks whose days have no names."""
    weeks = [_week({column: cell.text for column, cell in line.items()}) for line in lines]
    return bool(weeks) and bool(weeks[0]) and sum(map(bool, weeks)) >= FEWEST_WEEKS


def _below_names(line: Mapping[int, Cell], names: Sequence[str], places: Sequence[int]) -> dict[int, str]:
    """The texts of a line by the number of their day; a column without a name belongs to the next one that has one."""
    texts: dict[int, str] = {}
    for column, cell in line.items():
        day = _day_of(column, places)
        if _NAME.fullmatch(names[day]):
            texts[day] = f"{texts[day]} {cell.text}" if day in texts else cell.text
    return texts


def _day_of(column: int, places: Sequence[int]) -> int:
    return min(bisect_left(places, column), len(places) - 1)


def _in_month(found: re.Match[str], week: Collection[re.Match[str]], month: str, weeks: int) -> str:
    """A day with its month, but for those of the month before, in the first week, and of the one after.

    Args:
        found: The day.
        week: The days beside it, and it.
        month: That stands above; or nothing.
        weeks: How many stand above.
    """
    number, numbers = int(found["number"]), [int(one["number"]) for one in week]
    over_two = max(numbers) - min(numbers) > LONGEST_WEEK
    other = over_two and (number > LONGEST_WEEK) == (weeks == 0)
    other = other or (weeks > LAST_TO_BEGIN and number <= LONGEST_WEEK) or not found["day"].isdigit()
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
