"""Calendars: tables of weeks below the names of days, in which each day is told by itself."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.files.days import WEEKDAY
from index.files.tables.cells import Cell

FEWEST_NAMES = 5  #: of days, above the columns
FEWEST_WEEKS = 2
FEWEST_DAYS = 3  #: of a week, that are numbered

_NAME = re.compile(rf"{WEEKDAY}\W?", re.I)
_NUMBERED = re.compile(
    r"(?P<day>(?:[A-Z][a-z]{2,8}\.? )?(?P<number>[0-3]?\d)(?:st|nd|rd|th)?)(?![\w/:.,%-]*\w)[\s.:–-]*(?P<text>.*)", re.S
)


def days_of(lines: Sequence[Mapping[int, Cell]], labels: Mapping[int, str]) -> list[list[str]] | None:
    """What each line of a calendar tells of its days, which stand in the line or above it; None if it is none.

    "17: closed" below Monday, and "closed" below a line in which Monday is 17, is "Monday 17: closed". A line of
    nothing but numbers tells nothing.
    """
    if sum(bool(_NAME.fullmatch(label)) for label in labels.values()) < FEWEST_NAMES:
        return None
    weeks = [_week(line) for line in lines]
    if sum(map(bool, weeks)) < FEWEST_WEEKS:
        return None
    told: list[list[str]] = []
    days: Mapping[int, str] = {}
    for line, week in zip(lines, weeks, strict=True):
        days = {column: found["day"] for column, found in week.items()} or days
        texts = {column: week[column]["text"] if column in week else cell.text for column, cell in line.items()}
        of_week = all(_NAME.fullmatch(labels.get(column, "")) for column in texts)
        told.append([_entry(labels[c], days.get(c, ""), text) for c, text in texts.items() if text] if of_week else [])
    return told


def _week(line: Mapping[int, Cell]) -> dict[int, re.Match[str]]:
    """The numbers with which the cells of a line begin, by column, if they count its days; else none."""
    found = {column: match for column, cell in line.items() if (match := _NUMBERED.fullmatch(cell.text))}
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
