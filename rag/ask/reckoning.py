"""Questions that want something worked out over the rows of a table: a sum, mean, count, the highest or the lowest."""

import re
from dataclasses import dataclass
from typing import Literal

from rag.ask.kinds import asks_for_reason
from rag.words import content

What = Literal["sum", "mean", "count", "highest", "lowest"]
Of = Literal["money", "date", "time", "length", ""]

# "The last six months", "the first year" are times, not rows.
_TIMES = r"(?:few|couple|(?:[\w-]+ )?(?:hour|day|week|month|quarter|year|decade)s?)"
_HIGHEST: dict[Of, str] = {
    "money": r"most expensive|dearest|costliest|priciest",
    "date": rf"(?<!at the )latest|newest|most recent(?:ly)?|the last(?! (?:of|or|{_TIMES})\b)|last to",
    "time": r"slowest",
    "length": r"longest",
    "": r"(?<!at )(?<!at the )most(?! of\b)|highest|largest|biggest|greatest|tallest|heaviest|strongest|deepest|widest|"
    r"wettest|rainiest|hottest|warmest|busiest|maximum",
}
_LOWEST: dict[Of, str] = {
    "money": r"cheapest|least expensive",
    "date": rf"(?<!at the )earliest|soonest|the first(?! (?:half|of|or|{_TIMES})\b)|first to",
    "time": r"fastest|quickest",
    "length": r"shortest",
    "": r"(?<!at )(?<!at the )least|fewest|lowest|smallest|lightest|weakest|shallowest|narrowest|driest|"
    r"coldest|coolest|quietest|minimum",
}
_SUM = (
    r"adds? up to|in total|in all|altogether|all together|all told|in sum|combined|overall"
    r"|(?:grand |sum )?total(?: of)?|sum of"
)
_MEAN = r"on average|average|mean(?! (?:to|by|that|if|when)\b)(?!\W*$)"
_COUNT = r"how many|what number of"
_ASKED: list[tuple[What, Of, re.Pattern[str]]] = [
    *(("highest", of, re.compile(rf"\b(?:{words})\b", re.I)) for of, words in _HIGHEST.items()),
    *(("lowest", of, re.compile(rf"\b(?:{words})\b", re.I)) for of, words in _LOWEST.items()),
    ("sum", "", re.compile(rf"\b(?:{_SUM})\b", re.I)),
    ("mean", "", re.compile(rf"\b(?:{_MEAN})\b", re.I)),
    ("count", "", re.compile(rf"\b(?:{_COUNT})\b", re.I)),
]
# What is compared with a figure is no sum of rows, nor their number.
_COMPARED = re.compile(
    r"\b(?:(?:more|less|fewer|higher|lower|later|earlier|older|younger) than|at (?:least|most)|over|under|above|below"
    r"|exceed\w*|up to|(?:before|after|since|until|between|by|from) (?:\w+ )?(?:19|20)\d\d)\b",
    re.I,
)
_DIMENSION = re.compile(r"(?!highest|largest|biggest|greatest|lowest|smallest|fewest|busiest|quietest)\w+est", re.I)
_HOW = re.compile(r"\bhow (?:many|much|long|old|far|high|large|big)\b", re.I)
_OF = re.compile(r"\b(?:most|least) ([^\W\d_]+)", re.I)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is to be worked out, as far as the words of the question tell."""

    what: What
    words: frozenset[str]  #: stems of those that ask for it
    of: Of = ""  #: what they compare, where they tell
    many: bool = False  #: whether "how many" is asked, which is no money
    most_of: str = ""  #: the word behind "most" or "least"
    dimension: str = ""  #: what rows are the most of, where a word such as "tallest" tells
    compared: bool = False  #: whether rows are compared with a figure, which is not worked out

    @property
    def is_extreme(self) -> bool:
        """Whether one row is asked for, and not a figure made of many."""
        return self.what in ("highest", "lowest")


def asks_to_reckon(question: str) -> Reckoning | None:
    """What a question wants worked out if a table tells it; None if it does not sound so."""
    if asks_for_reason(question):
        return None
    compared = bool(_COMPARED.search(question))
    for what, of, pattern in _ASKED:
        if found := pattern.search(question):
            words = content(" ".join([found.group(), *_HOW.findall(question)]))
            named = _OF.search(question) if of == "" and what in ("highest", "lowest") else None
            many = bool(re.search(_COUNT, question, re.I))
            most_of = named[1] if named and content(named[1]) else ""
            has_dimension = of in ("", "length") and _DIMENSION.fullmatch(found.group())
            dimension = found.group().lower() if has_dimension else ""
            return Reckoning(what, frozenset(words), of, many, most_of, dimension, compared)
    return None
