"""What the rooms know of English: its calendar, its small words, its stems, and what a name looks like."""

import re
from collections.abc import Iterable
from functools import lru_cache

from index.english import stems_of

MONTHS = "January February March April May June July August September October November December".split()
MONTH_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}  #: by their first letters
MONTH = rf"(?:{'|'.join([*MONTHS, 'Sept', *(month[:3] for month in MONTHS)])})"  #: a pattern: in full or cut
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
NUMBERS = (
    "two three four five six seven eight nine ten eleven "
    "twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()

ARTICLES = frozenset("a an the".split())
AUXILIARIES = frozenset(
    "am are be been being can could did do does had has have is may might must shall should was were will would".split()
)
PREPOSITIONS = frozenset(
    "about after at before between by during for from in into near of on out over since to under until up with".split()
)
QUESTION_WORDS = frozenset("how what when where which who whom whose why".split())
#: Words that say nothing alone. “Us” is not among them, which may be a country, nor is what denies or counts.
FUNCTION_WORDS = (
    ARTICLES
    | AUXILIARIES
    | PREPOSITIONS
    | QUESTION_WORDS
    | frozenset(
        "he her him his i it its me my our she their them they we you your this that these those there then "
        "all also and any as both but each if more most only or other so some such than very while".split()
    )
)

#: A word of a text.
WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_CAPITAL = "A-ZÀ-ÖØ-Þ"
#: A pattern: a word as names have it, no acronym. It matches each word in one way only: many in a row take no longer.
CAPITALISED = rf"\b[{_CAPITAL}](?=[\w’'-]*[a-z])[\w’'-]*"
#: A pattern: the words of a name, which small ones may join, or an acronym.
NAME = rf"(?:{CAPITALISED}(?: (?:(?:of|the|de|van|von|la|al|bin) )*{CAPITALISED})*|\b[{_CAPITAL}]{{2,}}\b)"

SAME_START = 5  #: letters that "paint" and "painter" have in common at least
OTHER_END = 3  #: letters that one of them may have more


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """What the forms of a word in lower case have in common: “exercis” of “exercised”, of “exercise's”."""
    return stems_of([word.replace("’", "'").removesuffix("'s")])[0]


def one_of(words: Iterable[str]) -> str:
    """A pattern of any of some words."""
    return rf"(?:{'|'.join(sorted(words))})"


def content(text: str) -> set[str]:
    """The stems of the words of a text that say something."""
    return {stem(word.lower()) for word in WORD.findall(text) if word.lower() not in FUNCTION_WORDS}


def is_among(word: str, words: Iterable[str]) -> bool:
    """Whether a word is among others, or is one of them but for its end."""
    return any(
        word == other
        or (
            min(len(word), len(other)) >= SAME_START
            and abs(len(word) - len(other)) <= OTHER_END
            and (word.startswith(other) or other.startswith(word))
        )
        for other in words
    )
