"""Make a true sentence false by one small change: a number, a name, a negation, a quantifier, two arguments."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.training.support.words import HEDGES
from rag.verify.words import OPPOSITES, QUANTIFIERS, UNITS
from rag.words import CAPITALISED, DAYS, MONTHS, NAME, NUMBERS, ORDINALS

# A capital at the beginning of a sentence, a quotation or a cell of a table does not make a name.
_NAME = re.compile(rf"(?<!^)(?<![.!?:|*] )(?<![“\"‘'(*_|-]){NAME}")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?![\w]|[.,]\d)")
_AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|will|would|can|could|should|must|may|might|does|did)\b(?! not|n['’]t)"
)
_NOT = re.compile(r" (?:not|never)\b|(?<=\w)n['’]t\b| no longer\b")
_CAN = re.compile(r"\bcannot\b")
_COUPLED = re.compile(r"\b(?:and|or|with|between|nor|as well as)\b|[,;:(&/]")


@dataclass(frozen=True, slots=True)
class Mutation:
    """A sentence that is no longer true, and the words that were exchanged."""

    kind: str
    text: str
    old: str
    new: str

    @property
    def is_one_token(self) -> bool:
        """Whether a single word or number was exchanged, put in or taken out."""
        return self.kind != "arguments" and len(self.old.split()) <= 1 and len(self.new.split()) <= 1


def mutate(sentence: str, names: Sequence[str], rng: random.Random) -> list[Mutation]:
    """Every kind of change that the sentence allows, one of each where several places would do.

    Args:
        sentence: A true sentence.
        names: Names of the same document, to put in the place of others.
        rng: What decides.
    """
    makers = (_numbers, _dates, _negations, _words("quantifier", QUANTIFIERS), _words("comparative", OPPOSITES))
    mutations = []
    for maker in (*makers, _words("hedge", HEDGES), _words("unit", UNITS)):
        if found := list(maker(sentence, rng)):
            mutations.append(rng.choice(found))
    if found := list(_names(sentence, names, rng)):
        mutations.append(rng.choice(found))
    if found := list(_arguments(sentence, names)):
        mutations.append(rng.choice(found))
    return [mutation for mutation in mutations if mutation.text.casefold() != sentence.casefold()]


def names_in(text: str) -> list[str]:
    """The names in a text: months, days and words that it has in lower case too are none."""
    ordinary = set(re.findall(r"\b[a-z]+\b", text)) | {word.lower() for word in (*MONTHS, *DAYS)}
    return [
        name
        for name in dict.fromkeys(match.group().removesuffix("’s") for match in _NAME.finditer(text))
        if not any(word.lower() in ordinary for word in name.split() if word[0].isupper())
    ]


def _put(sentence: str, start: int, end: int, new: str) -> str:
    return " ".join(f"{sentence[:start]}{new}{sentence[end:]}".split(" ")).replace("  ", " ")


def _numbers(sentence: str, rng: random.Random) -> Iterator[Mutation]:
    for match in _NUMBER.finditer(sentence):
        old = match.group()
        value = float(old.replace(",", ""))
        if value.is_integer() and 1500 <= value <= 2100 and "," not in old:
            new = str(int(value) + rng.choice((-20, -11, -10, -3, -2, -1, 1, 2, 3, 10, 11, 20)))
        else:
            digits = [position for position, character in enumerate(old) if character.isdigit()]
            position = rng.choice(digits)
            choices = [d for d in "123456789" if d != old[position]]
            new = old[:position] + rng.choice(choices) + old[position + 1 :]
        yield Mutation("number", _put(sentence, *match.span(), new), old, new)
    for words in (NUMBERS, ORDINALS):
        for match in re.finditer(rf"\b(?:{'|'.join(words)})\b", sentence, re.IGNORECASE):
            old = match.group()
            new = _as(old, rng.choice([word for word in words if word != old.lower()]))
            yield Mutation("number", _put(sentence, *match.span(), new), old, new)


def _dates(sentence: str, rng: random.Random) -> Iterator[Mutation]:
    for words in (MONTHS, DAYS):
        for match in re.finditer(rf"\b(?:{'|'.join(words)})\b", sentence):
            if match.group() == "May" and not re.search(
                r"\d\s+$|\b(?:in|of|on|since|until|by)\s+$", sentence[: match.start()]
            ):
                continue
            new = rng.choice([word for word in words if word != match.group()])
            yield Mutation("date", _put(sentence, *match.span(), new), match.group(), new)


def _negations(sentence: str, rng: random.Random) -> Iterator[Mutation]:
    if found := _NOT.search(sentence):
        old = found.group().strip()
        if not re.match(r"\s*only\b", sentence[found.end() :]):
            yield Mutation("negation", _put(sentence, *found.span(), ""), old, "")
        return
    if found := _CAN.search(sentence):
        yield Mutation("negation", _put(sentence, *found.span(), "can"), "cannot", "can")
        return
    if found := _AUXILIARY.search(sentence):
        word = rng.choice(("not", "not", "never"))
        yield Mutation("negation", _put(sentence, found.end(), found.end(), f" {word}"), "", word)


def _words(kind: str, pairs: Sequence[tuple[str, ...]]) -> Callable[[str, random.Random], Iterator[Mutation]]:
    both: dict[str, list[str]] = {}
    for one, other in pairs:
        both.setdefault(one, []).append(other)
        if kind == "comparative":
            both.setdefault(other, []).append(one)
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, both), key=len, reverse=True))})\b", re.IGNORECASE)

    def make(sentence: str, rng: random.Random) -> Iterator[Mutation]:
        for match in pattern.finditer(sentence):
            old = match.group()
            if old in MONTHS or (old[0].isupper() and match.start() > 0):
                continue  # a month, or part of a name
            new = _as(old, rng.choice(both[old.lower()]))
            yield Mutation(kind, _put(sentence, *match.span(), new), old, new)

    return make


def _names(sentence: str, names: Sequence[str], rng: random.Random) -> Iterator[Mutation]:
    for match in _NAME.finditer(sentence):
        old = match.group()
        if old.removesuffix("’s") not in names:
            continue
        others = [name for name in names if not set(name.split()) & set(re.findall(r"[\w’'-]+", sentence))]
        if others:
            new = rng.choice(others)
            yield Mutation("name", _put(sentence, *match.span(), new), old, new)


def _arguments(sentence: str, names: Sequence[str]) -> Iterator[Mutation]:
    found = [match for match in _NAME.finditer(sentence) if match.group() in names]
    opening = re.match(rf"{CAPITALISED}(?: {CAPITALISED})*", sentence)
    opening = opening if opening and opening.group() in names else None
    places = ([opening] if opening else []) + found
    for one, other in pairwise(places):
        between = sentence[one.end() : other.start()]
        if one.group() == other.group() or _COUPLED.search(between) or not re.search(r"\b\w+(?:ed|s|t|d)\b", between):
            continue
        text = sentence[: one.start()] + other.group() + between + one.group() + sentence[other.end() :]
        yield Mutation("arguments", text, one.group(), other.group())


def _as(old: str, new: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new
