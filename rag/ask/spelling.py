"""Misspelt words of a question, read as words of the documents."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from weakref import WeakKeyDictionary

from index.english import common_words
from index.store.lexical import FIRST_WORD
from index.store.snapshot import Snapshot, words_of_name
from rag.ask.dates import OR, dates_as_written, written_both_ways
from rag.ask.periods import numbered_as_written, periods_as_written
from rag.words import stem

SHORTEST = 5  #: letters of a word that is looked at; a shorter one is like too many others
LONG = 9  #: letters from which two may be wrong
FREQUENT = 300  #: words of everyday English that are meant before any of the documents
JOINED = 3  #: letters more has a word that a name is a part of

_WORD = re.compile(r"(?<![\w’'@./-])[^\W\d_]+(?![\w@/]|[’'-]\w|\.\w)")
_LETTERS = re.compile(r"[^\W\d_]+")

_BEFORE = ("re", "un", "non", "over", "under", "pre")  #: words, to make others that few lists have: “repainting”
# Letters that are taken for one another where nobody's finger slips.
_ALIKE = tuple(map(frozenset, ("aeiouy", "sz", "cs", "ck")))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The words of some documents."""

    times: Mapping[str, int]  #: how often each occurs, in small letters
    stems: frozenset[str]


_vocabularies: WeakKeyDictionary[Snapshot, _Vocabulary] = WeakKeyDictionary()


def respelt(question: str, snapshot: Snapshot) -> str | None:
    """The question with misspelt words, quarters, dates and the like as the documents write them; None if none is.

    A word is misspelt if neither the documents nor common English know it, or another form of it, and a word of the
    documents is a slip of the fingers away: a letter too many, too few or out of place, or another that sounds alike. A
    name is never taken for one with another letter: “Petersen” is not “Pedersen”; nor for any, where it is a part of a
    longer word, as of an address: “Horsley” is no slip where there is post@horsleyhall.example.
    """
    asked = question
    for as_documents_write in (periods_as_written, dates_as_written, numbered_as_written):
        question = as_documents_write(question, snapshot)
    read = _WORD.sub(lambda found: _meant(found[0], snapshot), question)
    return read if read != asked else None


def read_once(respelling: str, question: str, snapshot: Snapshot) -> tuple[str, tuple[str, str] | None]:
    """A question as it is read, its date but once, and the two ways in which the documents write that, if they do both.

    Two dates, one behind the other, are more than a reader expects.
    """
    ways = written_both_ways(periods_as_written(question, snapshot), snapshot) if OR in respelling else None
    return (respelling.replace(OR.join(ways), ways[0], 1) if ways else respelling), ways


def _meant(word: str, snapshot: Snapshot) -> str:
    """The word of the documents that is meant by one that nobody knows; any other word itself."""
    if len(word) < SHORTEST or word.isupper() or _is_english(word.lower()):
        return word
    if any(snapshot.holders([term]) for term in snapshot.lexical.terms(word)):
        return word  # before all words are counted, which takes seconds for a hundred thousand passages
    meant = _nearest(word, _vocabulary(snapshot)) or word
    return meant.capitalize() if word[0].isupper() and meant != word else meant


def _nearest(word: str, known: _Vocabulary) -> str | None:
    """The word of the documents that is meant; the one that is used most, where several are as near."""
    from rapidfuzz.distance import OSA

    lower = word.lower()
    if lower in known.times or stem(lower) in known.stems:
        return None
    if word[0].isupper() and any(lower in other for other in known.times if len(other) >= len(lower) + JOINED):
        return None
    most = 2 if len(lower) >= LONG and word.islower() else 1
    frequent = sorted(common_words(lower[0]).items(), key=itemgetter(1))
    plain = {other: FREQUENT - at for other, at in frequent if at < FIRST_WORD + FREQUENT} if word.islower() else {}
    found = []
    for other, times in {**known.times, **plain}.items():
        if abs(len(other) - len(lower)) <= most and len(other) >= SHORTEST - 1 and other[0] == lower[0]:
            distance = OSA.distance(lower, other, score_cutoff=most)
            if distance <= most and _is_slip(lower, other, named=word[0].isupper()):
                found.append((distance, other not in plain, -times, other))
    return min(found)[-1] if found else None


def _is_slip(one: str, other: str, *, named: bool) -> bool:
    """Whether words differ by the number or order of their letters, or, in no name, by letters that sound alike.

    “Enquire” and “enquiry” are forms of one word.
    """
    if one.endswith("ire") and other.endswith("iry"):
        return False
    if len(one) != len(other) or Counter(one) == Counter(other):
        return True
    pairs = [{first, second} for first, second in zip(one, other, strict=True) if first != second]
    return not named and all(any(pair <= alike for alike in _ALIKE) for pair in pairs)


def _vocabulary(snapshot: Snapshot) -> _Vocabulary:
    if snapshot not in _vocabularies:
        counts: Counter[str] = Counter()
        for indexed in snapshot.documents.values():
            text = f"{words_of_name(indexed.id)} {indexed.title} {indexed.text}"
            counts.update(_LETTERS.findall(text.lower()))
        _vocabularies[snapshot] = _Vocabulary(counts, frozenset(map(stem, counts)))
    return _vocabularies[snapshot]


def _is_english(word: str) -> bool:
    if word in common_words(word[0]) or stem(word) in _english_stems(word[0]):
        return True
    before = next((one for one in _BEFORE if word.startswith(one)), None)
    return before is not None and len(word) - len(before) >= SHORTEST and _is_english(word.removeprefix(before))


@cache
def _english_stems(initial: str) -> frozenset[str]:
    """Of the words that begin with a letter, as their stems do: those of all words take a tenth of a second."""
    return frozenset(stem(word) for word in common_words(initial) if word.isalpha())
