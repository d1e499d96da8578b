"""Everyday English: the words that the bundled embedder knows whole, by their frequency, and the stems of words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from index.embedding import bundled_folder

if TYPE_CHECKING:
    from Stemmer import Stemmer

#: Days and months as they are cut short, as in timetables, but for what is another word: wed, sat, sun, mar, may.
_IN_FULL = {
    **{"mon": "monday", "tue": "tuesday", "tues": "tuesday", "weds": "wednesday"},
    **{"thu": "thursday", "thur": "thursday", "thurs": "thursday", "fri": "friday", "jan": "january"},
    **{"feb": "february", "apr": "april", "jun": "june", "jul": "july", "aug": "august"},
    **{"sep": "september", "sept": "september", "oct": "october", "nov": "november", "dec": "december"},
}


def stems_of(words: Sequence[str]) -> list[str]:
    """The stems of words in small letters, each; a day or month that is cut short has that of the whole word."""
    return list(_stemmer().stemWords([_IN_FULL.get(word, word) for word in words]))


def common_words(initial: str) -> Mapping[str, int]:
    """The words that begin with a letter or sign, and their places among all, from 0."""
    return _vocabulary().get(initial, {})


@cache
def _vocabulary() -> Mapping[str, Mapping[str, int]]:
    """By initial, as a question needs the words of a few, and no stem begins unlike its word."""
    words: dict[str, dict[str, int]] = defaultdict(dict)
    for place, word in enumerate((bundled_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()):
        if not word.startswith("##"):
            words[word[:1]][word] = place
    return words


@cache
def _stemmer() -> "Stemmer":
    from Stemmer import Stemmer

    return Stemmer("english")
