"""Numbers in a text, however they are written: 15 million, 15,000,000, fifteen million."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rag.words import FUNCTION_WORDS, content, stem

ROUNDING = 0.06  #: a number said to be about another may differ by this share; a bound, to the side that is meant
YEARS = range(1000, 2200)
COUNTED = 12  #: up to which a number may count what its evidence only lists

_NUMBER = re.compile(
    r"(?P<about>\b(?:(?P<rough>about|around|roughly|approximately|some|nearly|almost|close to)"
    r"|(?P<least>over|more than|at least|n(?:o|ot) less than)|(?P<most>under|less than|up to|n(?:o|ot) more than))\s+)?"
    r"(?<![\w.,])(?P<value>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<suffix>(?:st|nd|rd|th|s)\b)?"
    r"(?:[ -](?P<magnitude>hundred|thousand|million|billion|trillion|bn)\b)?(?P<percent>\s?%|\s?per ?cent\b)?",
    re.IGNORECASE,
)
_MAGNITUDES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_OF_TIME = re.compile(r"[ -](?:years?|months?|weeks?|days?|hours?|minutes?|seconds?)\b", re.IGNORECASE)
_NO_TIME = r"(?! (?:past|to|(?:of )?an? (?:hour|day|week|month|year|century|dozen|million))\b)"
_FRACTIONS = (
    (re.compile(rf"\b(?:a |one )?half\b{_NO_TIME}", re.IGNORECASE), "50%"),
    (re.compile(rf"\b(?:a|one) quarter\b{_NO_TIME}", re.IGNORECASE), "25%"),
    (re.compile(r"\b(?:a|one) tenth\b", re.IGNORECASE), "10%"),
    (re.compile(r"\ba dozen\b", re.IGNORECASE), "12"),
)
_CURRENCIES = (
    (re.compile(r"(?:US)?(?<![\w.,$])(\d[\d,]*(?:\.\d+)?) (?:US )?dollars?\b"), r"$\1"),
    (re.compile(r"(?<![\w.,€])(\d[\d,]*(?:\.\d+)?) euros?\b"), r"€\1"),
)
# What a claim speaks of whose number may be the sum or the difference of two others.
_RECKONS = re.compile(
    r"\b(?:(?:sub)?total\w*|sum(?:s|med)?|together|altogether|combined|overall|in all|both|add(?:s|ed|ing)?|plus|minus"
    r"|differ\w*|(?:more|less|fewer)(?! than \W?\d)|rest|remain\w*|left|short of|above|below|ahead|behind|exceed\w*|gap"
    r"|margin|lead|others?|another|further|extra|additional|except|late|early|by (?:\w+ )?\W?\d|rise|rose|risen"
    r"|rises|falls?|fell|fallen|grew|grows?|grown|growth|drop\w*|increas\w*|decreas\w*|declin\w*|gain\w*|lost|loss\w*"
    r"|sav(?:e|es|ed|ings?)|surplus|deficit|profits?|balance|net"
    r"|\w+(?<!ev|ov|nd|th)er than"
    r"|(?:lat|earli|old|young|long|short|high|low|heavi|light|tall|fast|slow|cheap|dear)er)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"([^\W\d_]+) and (?:(?:an?|the) )?([^\W\d_]+)\b[^.;]*\d")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[ -]$")
_WORD_AFTER = re.compile(r"[ -]([^\W\d_]+)")
_YEAR = re.compile(r"\b[12]\d{3}\b")
_RECKONING = re.compile(
    r"\b(?P<count>\d+|a) years? (?P<way>later|earlier|before|after)\b(?:[^\d.;]{1,40}?\b(?P<year>[12]\d{3})\b)?",
    re.IGNORECASE,
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
    pieces, last = [], 0
    for match in _NUMBER.finditer(text):  # the library for number words would read "15 million" as two numbers
        pieces += [_in_digits(text[last : match.start()]), _plain(match)]
        last = match.end()
    text = "".join([*pieces, _in_digits(text[last:])])
    for pattern, sign in _CURRENCIES:
        text = pattern.sub(sign, text)
    return text


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text."""

    raw: str  #: as it is written
    value: float
    percent: bool
    less: float  #: share by which what it stands for may be less, and be more, where it is rough or a bound
    more: float
    ordinal: bool
    is_count: bool  #: whether it may but count what is told one by one, or nothing at all: "at one time", "two of them"
    before: str  #: the words that it stands between, by their stems; "" for what says nothing alone
    after: str

    @property
    def is_year(self) -> bool:
        """Whether it is written as a year is."""
        return self.raw.isdigit() and self.value in YEARS

    def is_in(self, others: Sequence["Number"]) -> bool:
        """Whether one of the others is the same, or near enough for what is rough or a bound."""
        return any(self._may_be(other.value) and (other.percent or not self.percent) for other in others)

    def is_reckoned_from(self, others: Sequence["Number"]) -> bool:
        """Whether it is the sum or the difference of two of the others, or near enough if it is rough; no year is."""
        alike = [other.value for other in others if other.percent == self.percent and not other.is_year]
        return not self.is_year and any(
            self._may_be(made, 1e-9)
            for one, other in combinations(alike, 2)
            for made in (one + other, abs(one - other))
        )

    def _may_be(self, value: float, slack: float = 0.0) -> bool:
        """Whether it may stand for that value: "more than 100" for 103, and "about 100" for 97, too."""
        return -max(self.more, slack) * value <= self.value - value <= max(self.less, slack) * value

    def is_another_in(self, others: Sequence["Number"]) -> bool:
        """Whether one of the others counts or numbers the same: "1 state" beside "3 states", "article 1" and 5."""
        return any(
            self.ordinal == other.ordinal
            and ((self.before and self.before == other.before) or (self.after and self.after == other.after))
            for other in others
        )


def values(text: str) -> list[tuple[float, bool]]:
    """The numbers of a text, and whether each is a percentage."""
    return [(number.value, number.percent) for number in numbers(text)]


def numbers_missing(claim: str, evidence: str) -> list[str]:
    """The numbers of a claim that its evidence does not have, nor has what they may be worked out from.

    That are the years that a claim counts from, and two numbers, of which one may be the sum or the difference if the
    claim speaks of such. A small number may count what the evidence tells one by one, unless the evidence counts the
    same and finds another.
    """
    there, known, reckons = numbers(evidence), _worked_out(claim, evidence), _reckons(claim, evidence)
    return [
        number.raw
        for number in numbers(claim)
        if not number.is_in(there)
        and number.value not in known
        and (number.is_another_in(there) if number.is_count else not (reckons and number.is_reckoned_from(there)))
    ]


@lru_cache(maxsize=512)
def numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text, fractions such as "half" among them."""
    for pattern, number in _FRACTIONS:
        text = pattern.sub(number, text)
    text = evened(text)
    return tuple(
        Number(
            match.group().strip(),
            _value(match),
            bool(match["percent"]),
            ROUNDING if match["rough"] or match["most"] else 0.0,
            ROUNDING if match["rough"] or match["least"] else 0.0,
            match["suffix"] in ("st", "nd", "rd", "th"),
            _counts(match) and text[max(0, match.start("value") - 1)] not in "$€£",
            _telling(_WORD_BEFORE.search(text, 0, match.start())),
            _telling(_WORD_AFTER.match(text, match.end())),
        )
        for match in _NUMBER.finditer(text)
    )


def _counts(match: re.Match[str]) -> bool:
    """Whether a number is small, and no share; from two on, no span of time either."""
    small = _value(match) in range(COUNTED + 1) and not match["percent"]
    return small and (_value(match) < 2 or not (match["about"] or _OF_TIME.match(match.string, match.end())))


def _telling(word: re.Match[str] | None) -> str:
    return stem(word[1].lower()) if word and word[1].lower() not in FUNCTION_WORDS else ""


def _reckons(claim: str, evidence: str) -> bool:
    """Whether a claim speaks of a sum or a difference, or of two things together, both of which are in the evidence."""
    text = evened(claim)
    joined, there = _JOINED.search(text), content(evidence)
    return bool(_RECKONS.search(text)) or (joined is not None and content(" ".join(joined.groups())) <= there)


def _worked_out(claim: str, evidence: str) -> set[float]:
    """The numbers of a claim that follow from the evidence's years: 2016 from 2014 and "two years later"."""
    known = {there for _, _, there in _reckoned(evidence)}
    years = {number.value for number in numbers(evidence) if number.value in YEARS}
    for count, year, there in _reckoned(claim):
        if there in years:
            known |= {count, year}  # "two years before 2016", where the evidence has 2014
    return known


def _reckoned(text: str) -> Iterator[tuple[float, float, float]]:
    """Years that are counted from another, such as "two years before 2016": how many, from which, and to which."""
    text = evened(text)
    for match in _RECKONING.finditer(text):
        given = match["year"] or next(iter(_YEAR.findall(text[: match.start()])[::-1]), None)
        if given:
            count = float(match["count"]) if match["count"].isdigit() else 1.0
            yield count, float(given), float(given) + (count if match["way"].lower() in ("later", "after") else -count)


def _value(match: re.Match[str]) -> float:
    return float(match["value"].replace(",", "")) * _MAGNITUDES.get((match["magnitude"] or "").lower(), 1)


def _in_digits(words: str) -> str:
    from text_to_num import alpha2digit

    return str(alpha2digit(words, "en", threshold=0)) if words.strip() else words


def _plain(match: re.Match[str]) -> str:
    value = _value(match)
    plain = f"{value:.10g}" if value < 10_000 else f"{value:,.10g}" if value % 1 else f"{int(value):,}"
    return f"{match['about'] or ''}{plain}{match['suffix'] or ''}{'%' if match['percent'] else ''}"
