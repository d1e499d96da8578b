"""Facts of a claim that can be looked up in its evidence: numbers, names, negations, and words with an opposite."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Literal

from rag.tokens import Token, surface, tokenise
from rag.words import DAYS, MONTHS, NEGATIONS, OPPOSITES, QUANTIFIERS, UNITS

Kind = Literal["number", "name", "negation", "contrast"]

ROUNDING = 0.06  #: a number said to be about another may differ by this share
YEARS = range(1000, 2200)
SCOPE = 4  #: words after a negation that it may deny
PREFIX = 4  #: letters that a name shares with another form of it: Tajikistan, Tajik
ADJECTIVE = ("ish", "ese", "ian", "an", "ic")  #: endings before which it may be one letter less: Poland, Polish
MORE = 5  #: letters that one form may have more than the other

_NUMBER = re.compile(
    r"(?P<about>\b(?:about|around|roughly|approximately|some|nearly|almost|over|more than|less than|under|up to|"
    r"at least|close to)\s+)?[$£€¥]?(?<![\w.,])(?P<value>\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:st|nd|rd|th|s)?"
    r"(?:[ -]?(?P<magnitude>hundred|thousand|million|billion|trillion|m|bn|k)\b)?"
    r"(?P<percent>\s?%|\s?per ?cent(?:age)?\b)?",
    re.IGNORECASE,
)
_MAGNITUDES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12,
}  # fmt: skip
_FRACTIONS = ((r"\b(?:a )?half\b", "50%"), (r"\b(?:a|one) quarter\b", "25%"), (r"\ba dozen\b", "12"))
_STOP = frozenset(
    "a an the and or of to in on at for by with from as is are was were be been being has have had do does did it its "
    "he she they them their his her this that these those there which who whom whose what when where while than then "
    "so but if also such into out up about over after before more most other some any all each both only very can "
    "will would could should may might must".split()
)
_CONTRASTS: dict[str, set[str]] = {}
for _pairs in (OPPOSITES, QUANTIFIERS, UNITS):
    for _one, _other in _pairs:
        _CONTRASTS.setdefault(_one, set()).add(_other)
        _CONTRASTS.setdefault(_other, set()).add(_one)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A fact of a claim that its evidence lacks or contradicts."""

    kind: Kind
    token: str  #: as the claim has it

    def __str__(self) -> str:
        return {
            "number": f"the evidence does not give the number “{self.token}”",
            "name": f"the evidence does not name “{self.token}”",
            "negation": f"the evidence and the claim do not deny the same: “{self.token}”",
            "contrast": f"the evidence says the opposite of “{self.token}”",
        }[self.kind]


def mismatches(claim: str, evidence: str) -> list[Mismatch]:
    """The facts of a claim that its evidence does not bear out, as far as code can tell."""
    return [
        *(Mismatch("number", token) for token in _numbers_missing(claim, evidence)),
        *(Mismatch("name", token) for token in _names_missing(claim, evidence)),
        *(Mismatch("negation", token) for token in _denied_otherwise(claim, evidence)),
        *(Mismatch("contrast", token) for token in _contradicted(claim, evidence)),
    ]


def overlap(claim: str, evidence: str) -> float:
    """The share of the claim's words that the evidence has too, by stem, 0 to 1."""
    words = content(claim)
    there = set(content(evidence))
    return sum(word in there for word in words) / len(words) if words else 0.0


def pair_overlap(claim: str, evidence: str) -> float:
    """The share of the claim's pairs of neighbouring words that the evidence has in the same order."""
    ours, theirs = content(claim), content(evidence)
    pairs = list(pairwise(ours))
    there = set(pairwise(theirs))
    return sum(pair in there for pair in pairs) / len(pairs) if pairs else overlap(claim, evidence)


@lru_cache(maxsize=512)
def content(text: str) -> tuple[str, ...]:
    """The stems of a text's words, those left out that say nothing alone."""
    return tuple(_stem(token.key) for token in tokenise(text) if token.key not in _STOP)


@lru_cache(maxsize=1)
def _stemmer() -> "object":
    from Stemmer import Stemmer

    return Stemmer("english")


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word.removesuffix("'s")))  # type: ignore[attr-defined]


@lru_cache(maxsize=512)
def _numbers(text: str) -> tuple[tuple[float, bool, str, bool], ...]:
    """Value, whether it is a percentage, as it is written, whether it is said to be rough."""
    from text_to_num import alpha2digit

    for pattern, number in _FRACTIONS:
        text = re.sub(pattern, number, text, flags=re.IGNORECASE)
    # Digits first, since the library reads "15 million" as two numbers.
    found = []
    for part, is_written in _parts(text):
        piece = part if is_written else alpha2digit(part, "en", threshold=0)
        for match in _NUMBER.finditer(piece):
            value = float(match["value"].replace(",", "")) * _MAGNITUDES.get((match["magnitude"] or "").lower(), 1)
            found.append((value, bool(match["percent"]), match.group().strip(), bool(match["about"])))
    return tuple(found)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The stretches written in digits, and those between them."""
    last = 0
    for match in _NUMBER.finditer(text):
        yield text[last : match.start()], False
        yield match.group(), True
        last = match.end()
    yield text[last:], False


def _numbers_missing(claim: str, evidence: str) -> list[str]:
    there = [(value, percent) for value, percent, *_ in _numbers(evidence)]
    values = [value for value, _ in there]
    claimed = [one for one in _numbers(claim) if one[0] not in (0, 1)]
    missing = [
        (value, raw)
        for value, percent, raw, about in claimed
        if not any(
            (value == other or (about and abs(value - other) <= ROUNDING * other)) and (not percent or also)
            for other, also in there
        )
    ]
    derived = {
        value
        for value, _ in missing
        for one, other in combinations(values, 2)
        if value in (abs(one - other), one + other) and (int(one) in YEARS or int(other) in YEARS)
    }
    for (one, _), (other, _) in combinations(missing, 2):
        if {abs(one - other), one + other} & {value for value in values if int(value) in YEARS}:
            derived |= {one, other}  # "two years before 2016", where the evidence has 2014
    return [raw for value, raw in missing if value not in derived]


def _names_missing(claim: str, evidence: str) -> list[str]:
    tokens = tokenise(claim)
    there = tokenise(evidence)
    words = {token.key.removesuffix("'s") for token in there}
    initials = "".join(token.key[0] for token in there)
    missing = []
    for position, token in enumerate(tokens):
        written = surface(claim, token)
        key = token.key.removesuffix("'s")
        if not written[0].isupper() or _begins(claim, tokens, position) or key in _STOP or key == "i":
            continue
        known = key in words or any(_same_root(key, word) for word in words)
        acronym = written.isupper() and len(key) > 1 and key.replace(".", "") in initials
        spelt_out = any(
            len(word) > 1 and word in "".join(one.key[0] for one in tokens[max(0, position - 4) : position + 5])
            for word in words
            if word.isupper()
        )
        if not (known or acronym or spelt_out):
            missing.append(written)
    return missing


def _begins(text: str, tokens: Sequence[Token], position: int) -> bool:
    """Whether a word's capital may be that of a sentence: a lone word at the beginning, or after a full stop."""
    token = tokens[position]
    before = text[: token.start].rstrip(" \"'“‘(*_")
    if before and before[-1] not in ".!?:;—":
        return False
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return following is None or not surface(text, following)[0].isupper()


def _same_root(one: str, other: str) -> bool:
    shared = len(os.path.commonprefix((one, other)))
    least = PREFIX - (one.endswith(ADJECTIVE) or other.endswith(ADJECTIVE))
    return shared >= least and abs(len(one) - len(other)) <= MORE


def _is_negation(key: str) -> bool:
    return key in NEGATIONS or key.endswith("n't")


def _denied(text: str) -> set[str]:
    """The stems that a negation stands before."""
    tokens = tokenise(text)
    denied: set[str] = set()
    for position, token in enumerate(tokens):
        if _is_negation(token.key):
            reach = tokens[position + 1 : position + 1 + SCOPE]
            denied.update(_stem(one.key) for one in reach if one.key not in _STOP)
    return denied


def _plain(text: str) -> set[str]:
    """The stems that stand somewhere without a negation before them."""
    tokens = tokenise(text)
    plain = set()
    for position, token in enumerate(tokens):
        before = tokens[max(0, position - SCOPE) : position]
        if token.key not in _STOP and not any(_is_negation(one.key) for one in before):
            plain.add(_stem(token.key))
    return plain


def _denied_otherwise(claim: str, evidence: str) -> list[str]:
    ours, theirs = _denied(claim), _denied(evidence)
    plain, plain_there = _plain(claim), _plain(evidence)
    return sorted(((ours & plain_there) - theirs) | ((theirs & plain) - ours - plain_there))


def _contradicted(claim: str, evidence: str) -> list[str]:
    ours = {token.key for token in tokenise(claim)}
    theirs = {token.key for token in tokenise(evidence)}
    months = {word.lower() for word in (*MONTHS, *DAYS)}
    found = [key for key in sorted(ours & months) if key not in theirs and theirs & months]
    for word in sorted(ours & _CONTRASTS.keys()):
        if word not in theirs and theirs & _CONTRASTS[word] and not ours & _CONTRASTS[word] & theirs:
            found.append(word)
    return found
