"""Questions cut short, such as "And in Tajikistan?": the earlier question, asked about the other."""

import re
from collections.abc import Sequence

from index.embedding import Embedder
from rag.words import ARTICLES, FUNCTION_WORDS, MONTHS, PREPOSITIONS, one_of

MOST_WORDS = 5  #: of what is asked about instead

_PREPOSITION = one_of(PREPOSITIONS)
_CUT_SHORT = re.compile(
    r"\W*(?:(?:(?:and|but|or|ok|okay|so)\W+)?(?:what|how) about|and|but|or)\s+(?P<others>[^?!;:]+?)"
    r"(?:\s+(?:too|then|instead|as well|though))?\W*",
    re.I | re.S,
)
_PART = re.compile(rf" (?={_PREPOSITION} )", re.I)
_WITH_PREPOSITION = re.compile(rf"(?:(?P<preposition>{_PREPOSITION})\s+)?(?P<other>.+)", re.I | re.S)
_NOT_A_THING = (FUNCTION_WORDS - ARTICLES - PREPOSITIONS - {"and"}) | frozenset(
    "else next no not one ones others rest us yes".split()
)
_MONTH = "|".join(MONTHS)
_TIME = re.compile(
    rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH}) (?:\d{{1,2}},? )?)?[12]\d{{3}}\b|\b(?:{_MONTH})\b"
)
_COUNTED = re.compile(r"(\w+) (\d+)")  # as in "Article 6"
_NAME = re.compile(
    r"(?<=[\w,;] )(?:the )?(?:(?:St|Dr|Prof|Mr|Mrs|Ms)\. )?(?:[A-Z][\w-]+)"
    r"(?:[ -](?:(?:of|and|for) (?:the )?)?[A-Z][\w-]*)*"
)
# Cosines of what is asked about and what it is to stand for: a name that is written small must be rather sure.
ALIKE = 0.1
ALIKE_SMALL = 0.4


def resolve(question: str, earlier: Sequence[str], embedder: Embedder) -> str | None:
    """The question in full, if it is cut short and an earlier one (the last of them) tells how it would go on.

    What it asks about takes the place of what is most like it in the earlier question, which may have been cut short
    itself.
    """
    cut = _CUT_SHORT.fullmatch(" ".join(question.split()))
    if not cut or not earlier:
        return None
    full: str | None = resolve(earlier[-1], earlier[:-1], embedder) or " ".join(earlier[-1].split())
    for part in _PART.split(cut["others"].strip()):
        full = _with_another(full, part, embedder) if full else None
    return full


def _with_another(question: str, part: str, embedder: Embedder) -> str | None:
    """The question with another thing in it; None if there is nothing of the kind in it."""
    found = _WITH_PREPOSITION.fullmatch(part)
    words = [word.lower() for word in re.findall(r"[\w’']+", found["other"])] if found else []
    if not found or not words or len(words) > MOST_WORDS or not _NOT_A_THING.isdisjoint(words):
        return None
    other = found["other"]
    places = _places(other, question)
    if preposition := found["preposition"]:
        after = re.compile(rf"\b{preposition} (?:the )?$", re.I)
        places = [place for place in places if after.search(question[: place.start()])] or places
    if not places:
        return None
    vectors = embedder.embed([other, *(place.group() for place in places)])
    likeness = vectors[1:] @ vectors[0]
    place = places[int(likeness.argmax())]
    is_small = other.islower()
    if not re.search(r"\d", other) and likeness.max() < (ALIKE_SMALL if is_small else ALIKE):
        return None
    rest = question[place.end() :]
    if re.search(r"['’]s?$", other) and re.match(r"['’]s?\b", rest):  # "Kazakhstan's" for "Tajikistan's"
        rest = re.sub(r"^['’]s?", "", rest)
    if is_small and place.group()[0].isupper():
        other = other[0].upper() + other[1:]  # so that it is seen to be a name if the next question is cut short, too
    return question[: place.start()] + other + rest


def _places(other: str, question: str) -> list[re.Match[str]]:
    """Where things of the same kind stand in the question: times, numbered things, or names."""
    if _TIME.fullmatch(other):
        return list(_TIME.finditer(question))
    if counted := _COUNTED.fullmatch(other):
        return [place for place in _COUNTED.finditer(question) if place[1].lower() == counted[1].lower()]
    if re.search(r"\d", other) or (other.islower() and " " in other):
        return []  # what kind of thing it is cannot be told
    return [place for place in _NAME.finditer(question) if not _TIME.fullmatch(place.group())]
