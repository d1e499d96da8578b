"""Numbers in a text, however they are written: 15 million, 15,000,000, fifteen million."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

ROUNDING = 0.06  #: a number said to be about another may differ by this share
YEARS = range(1000, 2200)

_NUMBER = re.compile(
    r"(?P<about>\b(?:about|around|roughly|approximately|some|nearly|almost|over|more than|less than|under|up to|"
    r"at least|close to)\s+)?(?<![\w.,])(?P<value>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<suffix>(?:st|nd|rd|th|s)\b)?"
    r"(?:[ -](?P<magnitude>hundred|thousand|million|billion|trillion|bn)\b)?(?P<percent>\s?%|\s?per ?cent\b)?",
    re.IGNORECASE,
)
_MAGNITUDES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_FRACTIONS = (
    (re.compile(r"\b(?:a |one )?half\b", re.IGNORECASE), "50%"),
    (re.compile(r"\b(?:a|one) quarter\b", re.IGNORECASE), "25%"),
    (re.compile(r"\b(?:a|one) tenth\b", re.IGNORECASE), "10%"),
    (re.compile(r"\ba dozen\b", re.IGNORECASE), "12"),
)
_CURRENCIES = (
    (re.compile(r"(?:US)?(?<![\w.,$])(\d[\d,]*(?:\.\d+)?) (?:US )?dollars?\b"), r"$\1"),
    (re.compile(r"(?<![\w.,€])(\d[\d,]*(?:\.\d+)?) euros?\b"), r"€\1"),
)
_CONTRACTED = (
    (re.compile(r"\bcan(?:not|['’]t)\b", re.IGNORECASE), "can not"),
    (re.compile(r"\bwon['’]t\b", re.IGNORECASE), "will not"),
    (re.compile(r"(?<=\w)n['’]t\b", re.IGNORECASE), " not"),
)


@lru_cache(maxsize=512)
def evened(text: str) -> str:
    """The text with its numbers in digits and its negations in full, so that two ways of writing them are one."""
    for pattern, full in _CONTRACTED:
        text = pattern.sub(full, text)
    text = "".join(_digits(part, is_written) for part, is_written in _parts(text))
    for pattern, sign in _CURRENCIES:
        text = pattern.sub(sign, text)
    return text


def values(text: str) -> list[tuple[float, bool]]:
    """The numbers of a text, and whether each is a percentage."""
    return [(value, percent) for value, percent, *_ in _numbers(text)]


def numbers_missing(claim: str, evidence: str) -> list[str]:
    """The numbers of a claim that its evidence does not have, nor has years to work them out by."""
    there = values(evidence)
    missing = [
        (value, raw)
        for value, percent, raw, about in _numbers(claim)
        if value not in (0, 1)
        and not any(
            (value == other or (about and abs(value - other) <= ROUNDING * other)) and (not percent or also)
            for other, also in there
        )
    ]
    years = {value for value, _ in there if int(value) in YEARS}
    derived = {
        value
        for value, _ in missing
        for (one, _), (other, _) in combinations(there, 2)
        if value in (abs(one - other), one + other) and {one, other} & years
    }
    for (one, _), (other, _) in combinations(missing, 2):
        if {abs(one - other), one + other} & years:
            derived |= {one, other}  # "two years before 2016", where the evidence has 2014
    return [raw for value, raw in missing if value not in derived]


@lru_cache(maxsize=512)
def _numbers(text: str) -> tuple[tuple[float, bool, str, bool], ...]:
    """Value, whether it is a percentage, as it is written, whether it is said to be rough."""
    for pattern, number in _FRACTIONS:
        text = pattern.sub(number, text)
    return tuple(
        (_value(match), bool(match["percent"]), match.group().strip(), bool(match["about"]))
        for match in _NUMBER.finditer(evened(text))
    )


def _value(match: re.Match[str]) -> float:
    return float(match["value"].replace(",", "")) * _MAGNITUDES.get((match["magnitude"] or "").lower(), 1)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The numbers written in digits, and the stretches between them."""
    last = 0
    for match in _NUMBER.finditer(text):
        yield text[last : match.start()], False
        yield match.group(), True
        last = match.end()
    yield text[last:], False


def _digits(part: str, is_written: bool) -> str:
    # The library for number words would read "15 million" as two numbers, so digits are kept from it.
    if not is_written:
        from text_to_num import alpha2digit

        return str(alpha2digit(part, "en", threshold=0)) if part.strip() else part
    match = _NUMBER.fullmatch(part)
    assert match is not None
    value = _value(match)
    plain = f"{value:.10g}" if value < 10_000 else f"{value:,.10g}" if value % 1 else f"{int(value):,}"
    return f"{match['about'] or ''}{plain}{match['suffix'] or ''}{'%' if match['percent'] else ''}"
