"""Times of day, as texts write them: "8.30", "08:30", "7pm", "7.15 p.m.", "half past seven", "noon"."""

import re

from rag.words import NUMBERS, one_of

# Neither a part of a date, a number or a version.
_TIME = re.compile(
    r"(?<![\w.:/-])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?(?![:.]?\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b|(?!\w))",
    re.I,
)
_HOURS = ["one", *NUMBERS[:11]]
_PARTS = {"half past": 30, "quarter past": 15, "quarter to": -15}  #: minutes
_SPELT = re.compile(
    rf"\b(?:(?:(?P<part>{one_of(_PARTS)})\s)?(?P<hour>{one_of(_HOURS)}|1[0-2]|[1-9])"
    r"(?P<clock>\s?o[’']clock)?|noon|midday|midnight)\b",
    re.I,
)
_HALF = 12 * 60

Time = tuple[int, int | None]  #: minutes after midnight or noon, and 0 or 1 for which of them, if that is told


def times_of(text: str) -> list[Time]:
    """The times of day in a text: hours with minutes, or with a.m. or p.m., and those that are spelt out."""
    found = [match for match in _TIME.finditer(text) if match["minute"] or match["half"]]
    spelt = [match for match in _SPELT.finditer(text) if match["part"] or match["clock"] or not match["hour"]]
    times = [_time(match["hour"], int(match["minute"] or 0), match["half"]) for match in found]
    return times + [_spelt_out(match) for match in spelt]


def _spelt_out(match: re.Match[str]) -> Time:
    if not match["hour"]:
        return 0, int(match[0].lower() != "midnight")
    said = match["hour"].lower()
    hour = int(said) if said.isdigit() else 1 + _HOURS.index(said)
    return (hour * 60 + _PARTS.get((match["part"] or "").lower(), 0)) % _HALF, None


def _time(said: str, minute: int, half: str | None) -> Time:
    hour = int(said)
    told = int(hour > 12) if hour > 12 or said.startswith("0") else None  # "08:30" is never at night
    return (hour * 60 + minute) % _HALF, "ap".index(half.lower()) if half else told


def is_same(one: Time, other: Time) -> bool:
    """Whether two times are the same, or may be."""
    return one[0] == other[0] and (one[1] == other[1] or one[1] is None or other[1] is None)
