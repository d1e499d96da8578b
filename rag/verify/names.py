"""Names in a text, in whatever form: of Tajikistan and the Tajiks, the European Union and the EU."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.verify.places import PLACES
from rag.verify.tokens import MAX_KNOWN, Token, keys, surface, tokenise
from rag.words import DAYS, FUNCTION_WORDS, MONTHS

SHORTEST = 4  #: letters of a name that another is derived from: Islam, Islamic

_DERIVED = ("ic", "ism", "ist", "ity", "ary", "ial")
_SHORT = {word[:3].lower(): {word} for word in (*MONTHS, *DAYS)} | {"sept": {"September"}, "thurs": {"Thursday"}}
_FORMS = PLACES | _SHORT | {word.lower(): {word} for word in (*MONTHS, *DAYS)}
_PEOPLE = re.compile(r"(?:wo)?m[ae]n$")
_ACRONYM = re.compile(r"((?:[A-Z]\.?){2,})(?:['’]?s)?")
_ENDS_A_NAME = re.compile(r"[.;:!?()]")


def names_missing(claim: str, evidence: str) -> list[str]:
    """The names of a claim, as it has them, that its evidence has in no form."""
    tokens, there = tokenise(claim), _roots_in(evidence)
    known = _abbreviated(claim, evidence) | _of_several_words(tokens, there)
    return [
        surface(claim, token)
        for position, token in enumerate(tokens)
        if _is_name(claim, tokens, position) and position not in known and there.isdisjoint(_roots(token.key))
    ]


def is_same_name(one: str, other: str) -> bool:
    """Whether two words are forms of one name."""
    return not _roots(one.casefold()).isdisjoint(_roots(other.casefold()))


def _is_name(text: str, tokens: Sequence[Token], position: int) -> bool:
    token, written = tokens[position], surface(text, tokens[position])
    is_small = token.key.removesuffix("'s") in FUNCTION_WORDS and not (written.isupper() and len(written) > 1)
    return written[0].isupper() and not is_small and (token.key in PLACES or not _begins(text, tokens, position))


def _begins(text: str, tokens: Sequence[Token], position: int) -> bool:
    """Whether a word's capital may be that of a sentence: a lone word at the beginning, or after a full stop."""
    token = tokens[position]
    before = text[: token.start].rstrip(" \"'“‘(*_")
    if before and before[-1] not in ".!?:;—":
        return False
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    return following is None or not surface(text, following)[0].isupper()


@lru_cache(maxsize=50_000)
def _roots(key: str, is_name: bool = True) -> frozenset[str]:
    """What the forms of a word have in common: the place or month that a name stands for, else what it is made of."""
    bare = key.removesuffix("'s")
    one = bare.removesuffix("s")
    full = set[str]().union(*(_FORMS.get(form, ()) for form in (bare, one, _PEOPLE.sub("", bare))))
    if full:
        return frozenset({bare, *full} if is_name else {bare})  # "china" and "polish" may be something else
    made_of = (one.removesuffix(ending) for ending in _DERIVED if one.endswith(ending))
    return frozenset({bare, one, *(root for root in made_of if len(root) >= SHORTEST)})


@lru_cache(maxsize=MAX_KNOWN)
def _roots_in(text: str) -> frozenset[str]:
    tokens = tokenise(text)
    roots = (_roots(token.key, surface(text, token)[0].isupper()) for token in tokens)
    return frozenset().union(*roots, *(PLACES[phrase] for phrase in _phrases(tokens)))


def _phrases(tokens: Sequence[Token]) -> dict[str, range]:
    """The places of several words that a text names, and where."""
    words = keys(tokens)
    found = {}
    for size in (2, 3):
        for first in range(len(words) - size + 1):
            if (phrase := " ".join(words[first : first + size])) in PLACES:
                found[phrase] = range(first, first + size)
    return found


def _of_several_words(tokens: Sequence[Token], there: frozenset[str]) -> set[int]:
    """Where the words stand of such places, as far as they are there in some form."""
    return {place for phrase, places in _phrases(tokens).items() if PLACES[phrase] & there for place in places}


def _abbreviated(claim: str, evidence: str) -> set[int]:
    """Where the claim has an acronym that the evidence, or it itself, spells out, or spells out the evidence's."""
    known = set()
    runs = [initials for initials, _ in _capitalised(evidence)]
    ours, theirs = _acronyms(claim), set(_acronyms(evidence).values())
    tokens = tokenise(claim)
    for position, letters in ours.items():
        before = tokens[max(0, position - len(letters)) : position]
        in_brackets = claim[: tokens[position].start].endswith("(")
        itself = in_brackets and "".join(token.key[0] for token in before) == letters.lower()
        if itself or any(letters in initials for initials in runs):
            known.add(position)
    for initials, places in _capitalised(claim):
        for letters in theirs:
            if (first := initials.find(letters)) >= 0:
                known.update(places[first : first + len(letters)])
    return known


def _acronyms(text: str) -> dict[int, str]:
    """The letters of the acronyms in a text by where they stand, without dots and plural."""
    found = {place: _ACRONYM.fullmatch(surface(text, token)) for place, token in enumerate(tokenise(text))}
    return {place: match[1].replace(".", "") for place, match in found.items() if match}


def _capitalised(text: str) -> list[tuple[str, list[int]]]:
    """The rows of capitalised words, small words between them left out: their initials, and where they stand."""
    rows: list[tuple[str, list[int]]] = [("", [])]
    end = 0
    for place, token in enumerate(tokenise(text)):
        is_capitalised = surface(text, token)[0].isupper()
        initials, places = rows[-1]
        if _ENDS_A_NAME.search(text[end : token.start]) or not (is_capitalised or token.key in FUNCTION_WORDS):
            initials, places = "", []
            rows.append((initials, places))
        if is_capitalised:
            rows[-1] = initials + token.key[0].upper(), [*places, place]
        end = token.end
    return rows
