"""Questions that want something worked out over the rows of a table: a sum, mean, count, the highest or the lowest."""

import re
from dataclasses import dataclass
from typing import Literal

from rag.ask.kinds import asks_for_reason
from rag.words import NUMBERS, content

What = Literal["sum", "mean", "count", "highest", "lowest"]
Of = Literal["money", "date", "age", "time", "length", ""]

# "The last six months", "the first year", "the last Sunday" are times, not rows.
_TIMES = r"(?:few|couple|(?:[\w-]+ )?(?:hour|day|week|month|quarter|year|decade)s?|\w+day)"
_CALLED = r"names?|floors?|storeys?|pages?|paragraphs?|aid"  #: nor is the first of these
_HIGHEST: dict[Of, str] = {
    "money": r"most expensive|dearest|costliest|priciest",
    "date": rf"(?<!at the )latest|newest|most recent(?:ly)?|the last(?! (?:of|or|{_TIMES}|{_CALLED})\b)|last to"
    r"|last(?= (?!need)\w{3,}ed\b)",
    "age": r"oldest",
    "time": r"slowest",
    "length": r"longest",
    "": r"(?<!at )(?<!at the )most(?! of\b)|highest|largest|biggest|greatest|tallest|heaviest|strongest|deepest|widest|"
    r"wettest|rainiest|hottest|warmest|busiest|maximum",
}
_LOWEST: dict[Of, str] = {
    "money": r"cheapest|least expensive",
    "date": rf"(?<!at the )earliest|soonest|the first(?! (?:half|of|or|{_TIMES}|{_CALLED})\b)|first to",
    "age": r"youngest",
    "time": r"fastest|quickest",
    "length": r"shortest",
    "": r"(?<!at )(?<!at the )least|fewest|lowest|smallest|lightest|weakest|shallowest|narrowest|driest|"
    r"coldest|coolest|quietest|minimum",
}
# Of two things that a question names: "Which costs more, the saw or the drill?"; but not "higher or lower".
_MORE: dict[Of, str] = {
    "money": r"more expensive|dearer|costlier|pricier",
    "date": r"later|more recent(?:ly)?",
    "age": r"older",
    "time": r"slower",
    "length": r"longer",
    "": r"more|higher|larger|bigger|greater|taller|heavier|stronger|deeper|wider|wetter|hotter|warmer|busier",
}
_LESS: dict[Of, str] = {
    "money": r"cheaper|less expensive",
    "date": r"earlier|sooner",
    "age": r"younger|newer",
    "time": r"faster|quicker",
    "length": r"shorter",
    "": r"less|fewer|lower|smaller|lighter|weaker|shallower|narrower|drier|colder|cooler|quieter",
}
_SUM = (
    r"adds? up to|in total|in all(?! (?!(?:is|was|has|does)\b)(?:the|these|those|our|your|\w+s)\b)"
    r"|altogether|all together|all told|in sum|combined|overall"
    r"|(?:grand |sum )?total(?: of)?|the sum of"
)
_MEAN = r"on average|average|mean(?! (?:to|by|that|if|when)\b)(?!\W*$)"
_SIGNIFIES = re.compile(r"\bd(?:o|oes|id)\b.*\bmean\b", re.I)  # "What do red and green mean on the chart?"
# What a rule or an opening hour tells by itself: "the minimum age", "the earliest I can come".
_LIMIT = re.compile(
    r"\b(?:minimum|maximum|(?:earliest|latest|soonest|most|least) (?:\w+ )?(?:that )?(?:I|we|you|one) (?:can|may))\b",
    re.I,
)
_COUNT = r"how many|what number of"
# What people did themselves, each time of which a log may tell; but what they have is not added up.
_OURS = re.compile(r"\bhow many [\w -]{1,40} (?:did|have) (?:I|we|you|they) (?!have\b|had\b|got?\b)", re.I)
# Of what may stand in several rows, as in an account or a log, or be told once.
_PERHAPS: list[tuple[What, re.Pattern[str]]] = [
    (
        "sum",
        re.compile(
            r"\bhow much (?:money )?(?:did|have|has) (?:the )?[\w’'-]+(?: [\w’'-]+)? (?P<words>spen[dt]|pa(?:y|id))\b"
            r"(?!.* (?:a|each|per) )",
            re.I,
        ),
    ),
    (
        "sum",
        re.compile(
            r"\bwhat (?:do|does|did) .{1,80} (?P<words>come|add up|amount) to\b"
            r"(?=\W*\Z| (?:over|in|for|from|during)\b)",
            re.I,
        ),
    ),
    ("count", re.compile(r"\bhow often (?:did|have|has|was|were)\b", re.I)),
]
_ASKED: list[tuple[What, Of, re.Pattern[str]]] = [
    *(("highest", of, re.compile(rf"\b(?:{words})\b", re.I)) for of, words in _HIGHEST.items()),
    *(("lowest", of, re.compile(rf"\b(?:{words})\b", re.I)) for of, words in _LOWEST.items()),
    ("sum", "", re.compile(rf"\b(?:{_SUM})\b", re.I)),
    ("mean", "", re.compile(rf"\b(?:{_MEAN})\b", re.I)),
    ("count", "", re.compile(rf"\b(?:{_COUNT})\b", re.I)),
]
_ASKED_OF_TWO: list[tuple[What, Of, re.Pattern[str]]] = [
    *(("highest", of, re.compile(rf"(?<!\bor )\b(?:{words})\b(?!\W+or\b)", re.I)) for of, words in _MORE.items()),
    *(("lowest", of, re.compile(rf"(?<!\bor )\b(?:{words})\b(?!\W+or\b)", re.I)) for of, words in _LESS.items()),
]
# What is compared with a figure is no sum of rows, nor their number.
_COMPARED = re.compile(
    r"\b(?:(?:more|less|fewer|higher|lower|later|earlier|older|younger) than|at (?:least|most)"
    r"|over(?! (?:(?-i:[A-Z])|the\b|these\b|this\b))|under|above|below|exceed\w*|(?<!add )(?<!adds )up to"
    r"|(?:before|after|since|until|between|by|from) (?:\w+ )?(?:19|20)\d\d)\b",
    re.I,
)
_DIMENSION = re.compile(r"(?!(?:high|larg|bigg|great|low|small|few|busi|quiet)e(?:st|r)\b)\w+e(?:st|r)", re.I)
#: Two things, one of them behind "or", or "than"; but not "than one", "than expected".
_TWO = re.compile(
    rf"\w\W+or\W+\w|\bthan\W+(?!(?:one|{'|'.join(NUMBERS)}|half|ever|before|usual|expected|planned|hoped|agreed|needed"
    r"|necessary|average|normal)\b)[^\W\d]",
    re.I,
)
_BY_HOW_MUCH = re.compile(r"\bhow (?:much|many|far|long)\b|\bdifferen\w+|\btwice\b|\btimes\b", re.I)
_HOW = re.compile(r"\bhow (?:many|much|long|old|far|high|large|big)\b", re.I)
_OF = re.compile(r"\b(?:most|least|more|less|fewer) (?!per\b)([^\W\d_]+)", re.I)


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What is to be worked out, as far as the words of the question tell."""

    what: What
    words: frozenset[str]  #: stems of those that ask for it
    of: Of = ""  #: what they compare, where they tell
    many: bool = False  #: whether "how many" is asked, which is no money
    most_of: str = ""  #: the word behind "most" or "least"
    dimension: str = ""  #: what rows are the most of, where a word such as "tallest" tells
    limit: bool = False  #: whether it is a bound, as "the minimum age" is, which a row may tell without any other
    compared: bool = False  #: whether rows are compared with a figure, which is not worked out
    either: bool = False  #: whether it is one of two that the question names
    ours: bool = False  #: whether it is a number of what people did, which rows may tell each a part of
    perhaps: bool = False  #: whether one row, or a sentence, may tell it as well

    @property
    def is_extreme(self) -> bool:
        """Whether one row is asked for, and not a figure made of many."""
        return self.what in ("highest", "lowest")


def asks_to_reckon(question: str) -> Reckoning | None:
    """What a question wants worked out if a table tells it; None if it does not sound so."""
    if asks_for_reason(question):
        return None
    patterns = [one for one in _ASKED if one[0] != "mean" or not _SIGNIFIES.search(question)]
    asked = next(((one, found) for one in patterns if (found := one[2].search(question))), None)
    of_two = _TWO.search(question) and not _BY_HOW_MUCH.search(question)
    told = next(((one, found) for one in _ASKED_OF_TWO if of_two and (found := one[2].search(question))), None)
    # "Which had more on average, A or B?", but not "the average of the larger ones in May or June".
    either = told is not None and (asked is None or told[1].start() < asked[1].start())
    if not (chosen := told if either else asked):
        perhaps = next(((what, found) for what, one in _PERHAPS if (found := one.search(question))), None)
        if not perhaps:
            return None
        asking = frozenset(content(perhaps[1].groupdict().get("words") or perhaps[1].group()))
        return Reckoning(perhaps[0], asking, compared=bool(_COMPARED.search(question)), perhaps=True)
    (what, of, _), found = chosen
    said = found.group().lower()
    words = content(" ".join([said, said.replace("first", "1st"), *_HOW.findall(question)]))  # as rows may say it
    named = _OF.search(question) if of == "" and what in ("highest", "lowest") else None
    most_of = named[1] if named and content(named[1]) else ""
    has_dimension = of in ("", "length") and what in ("highest", "lowest") and _DIMENSION.fullmatch(found.group())
    return Reckoning(
        what,
        frozenset(words),
        of,
        many=bool(re.search(_COUNT, question, re.I)),
        most_of=most_of,
        dimension=found.group().lower() if has_dimension else "",
        limit=bool(_LIMIT.search(question)),
        compared=not either and bool(_COMPARED.search(question)),
        either=either,
        ours=what == "count" and bool(_OURS.search(question)),
        perhaps=said == "last",  # "When was it last painted?"
    )
