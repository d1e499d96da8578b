"""Times that a text names: years, quarters and halves, and times of day."""

import re

from rag.ask.periods import PARTS

_PERIOD = re.compile(
    r"(?<![^\W_])(?:FY\s?(?P<fiscal>(?:20)?\d\d)|(?P<year>(?:19|20)\d\d)|(?P<part>Q|H|Year )\s?(?P<number>[1-4])"
    rf"|(?P<ordinal>{'|'.join(PARTS)}) (?P<of>quarter|half|year))(?![^\W_])",
    re.I,
)
#: As in "8.30", "08:30", "7pm" and "7.15 p.m."; neither a part of a date, a number or a version, nor a price.
_TIME = re.compile(
    r"(?<![\w.:/$€£¥])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?![:.]?\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b|(?!\w))",
    re.I,
)
_HALF_A_DAY = 12 * 60

Time = tuple[int, int | None]  #: minutes after midnight or noon, and 0 or 1 for which of them, if that is told


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
    """The years, quarters and halves that a text names."""
    kinds: dict[str, set[str]] = {}
    for found in _PERIOD.finditer(text):
        kind, number = _period(found)
        kinds.setdefault(kind, set()).add(number)
    return kinds


def _period(found: re.Match[str]) -> tuple[str, str]:
    if year := found["fiscal"] or found["year"]:
        return "year", f"20{year}"[-4:] if len(year) == 2 else year
    if found["part"]:
        return found["part"][0].upper(), found["number"]
    return found["of"][0].upper(), str(PARTS[found["ordinal"].casefold()])
