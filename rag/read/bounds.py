"""Numbers of a text, and bounds between which numbers lie: “18–25 kg”, “65+”, “up to 5 miles”."""

import re
from math import inf

# Neither a part of a time, a date, a telephone number or a code, nor money; the second of two may follow a dash.
_DIGITS = r"\d+(?:,\d{3})*(?:\.\d+)?"
_BEGINS, _BEGINS_SECOND, _ENDS = r"(?<![\w.:/$£€-])", r"(?<![\w.:/$£€])", r"(?![.:/-]?\d)"
NUMBER = f"{_BEGINS}{_DIGITS}{_ENDS}"  #: a pattern
_UNIT = r"(?:\s?[^\W\d_]{1,6}\.?)?"
_BETWEEN = re.compile(
    rf"({_BEGINS}{_DIGITS}){_UNIT}(?:\s?[-–—]\s?|\s(?:to|and)\s)({_BEGINS_SECOND}{_DIGITS}{_ENDS})", re.I
)
_FROM = re.compile(
    rf"\b(?:over|above|more than|from|at least)\s({NUMBER})|[>≥]=?\s?({NUMBER})"
    rf"|({NUMBER})(?:\+|{_UNIT}\s(?:and|or|&)\s(?:over|above|more|older|up)\b)",
    re.I,
)
_UP_TO = re.compile(
    rf"\b(?:up to|under|below|less than|at most)\s({NUMBER})|[<≤]=?\s?({NUMBER})"
    rf"|({NUMBER}){_UNIT}\s(?:and|or|&)\s(?:under|below|less|younger)\b",
    re.I,
)
_NUMBER = re.compile(NUMBER)

Bounds = tuple[float, float]


def numbers_of(text: str) -> set[float]:
    """The numbers in a text."""
    return set(map(value_of, _NUMBER.findall(text)))


def value_of(number: str) -> float:
    """A number, as it is written, in figures."""
    return float(number.replace(",", ""))


def places_of_bounds(text: str) -> list[tuple[int, int]]:
    """Where a text tells bounds of numbers, half-open."""
    found = sorted(match.span() for pattern in (_BETWEEN, _FROM, _UP_TO) for match in pattern.finditer(text))
    return [span for number, span in enumerate(found) if not number or found[number - 1][1] <= span[0]]


def bounds_of(text: str) -> Bounds | None:
    """What a text says that numbers lie between, both included; None if it says no such thing."""
    if found := _BETWEEN.search(text):
        low, high = map(value_of, found.groups())
        return (low, high) if low < high else None
    for pattern, below in ((_FROM, False), (_UP_TO, True)):
        if found := pattern.search(text):
            bound = value_of(next(filter(None, found.groups())))
            return (-inf, bound) if below else (bound, inf)
    return None
