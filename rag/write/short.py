"""The short answer that is shown above a quotation: only where it says alone what the quotation says of it."""

import re

from rag.ask.query import Query
from rag.read.evidence import Quotation
from rag.read.lists import is_item
from rag.read.tables import Field, cells_of
from rag.words import (
    ARTICLES,
    AUXILIARIES,
    CAPITALISED,
    DAYS,
    FUNCTION_WORDS,
    MONTH,
    MONTHS,
    PREPOSITIONS,
    WORD,
    content,
)
from rag.write.scope import clause_around, is_turned, misses_denial
from rag.write.wanted import NUMBER, fits, is_value

# Words that belong to what follows them, and change it: with them it is shown whole.
_BELONGING = re.compile(
    r"(?:\b(?:at (?:least|most)|no (?:more|less|fewer|later|earlier) than|not (?:more|less) than|more than|less than"
    r"|fewer than|up to|about|around|almost|nearly|roughly|approximately|over|under|only|just|within|before|after|since"
    r"|until|by|between|every|each|the|an?|another|(?<=\s)(?:\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|twelve)"
    r"|Mr|Mrs|Ms|Dr|Prof)\.?\s+|[$€£])$",
    re.I,
)
_SCALE = re.compile(
    r"\s?(?:%|per cent\b|percent\b|(?:hundred|thousand|[mb]illion|dozen)\b"
    r"|or (?:newer|older|more|less|fewer|later|earlier|above|below|over|under|higher|lower)\b)",
    re.I,
)
_NAME_BEFORE = re.compile(rf"(?<=[\w,] )({CAPITALISED})\s$")
_NAME_AFTER = re.compile(rf"\s({CAPITALISED}|[A-Z]{{2,}})\b")
_OF_CALENDAR = frozenset((*MONTHS, *DAYS))
_OF_TIME = re.compile(
    rf"(?:{MONTH}|{'|'.join(day[:3] for day in DAYS)}|Christmas|Easter|Good|New|Mid\w+|Michaelmas|Whit\w+|Lent|Advent"
    r"|Spring|Summer|Autumn|Winter|Noon|Term|Week|Year|Q\d|FY)"
)
_BY_NAME = re.compile(rf"(?:by|in|at|from|of) {CAPITALISED}")
_REASON = re.compile(
    r"\b(?:because(?: of)?|due to|owing to|thanks to|since|so that|in order to|as a result of|to|caused by"
    r"|(?<=, )as)\s*$",
    re.I,
)
_REASON_FIRST = re.compile(r"(?:because|due|owing|so|in order|to)\b", re.I)
_NO_END = (
    ARTICLES
    | (PREPOSITIONS - {"up", "out", "in", "on", "before", "after", "over"})
    | (AUXILIARIES - {"may", "might", "will"})
) | frozenset("and or nor but not no that which who whose than as his her its their our your my".split())
_NO_START = (AUXILIARIES - {"may", "might", "will"}) | frozenset(
    "and or nor but that which who whose of than as ’s 's".split()
)
_PART_OF = re.compile(
    r"\b(?:\d[\d.,]*|one|two|three|four|five|six|ten|most|half|some|many|few|each|any|none) of $", re.I
)
#: Of "a two year warranty": what is counted stands in the singular, and belongs to what follows.
_MEASURE_OF = re.compile(rf"an? (?!hundred|thousand|[mb]illion|dozen|half|quarter|third){NUMBER}", re.I)
_STANDS_FOR_ANOTHER = re.compile(r"(?:that|those|this|these)\b|.*\bones?$", re.I | re.S)
_CONJUNCT = re.compile(r"(?P<comma>,?) (?:and|or|nor|&) (?P<next>\w+)", re.I)
_NEW_PREDICATE = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|can|then|it|he|she|they|we|you|did|does|do|so|but|not|never|\w+ed)",
    re.I,
)
_AFTER_CONJUNCTION = re.compile(r"(?:\b(?:and|or|nor)|&) $", re.I)
_IN_LIST = re.compile(rf"^,? (?:and )?{CAPITALISED}(?: {CAPITALISED})*(?:,| and|\.?$)")
_NUMBER_FOLLOWS = re.compile(
    r"(?:,? (?:and|or|nor|to) (?:(?:again|also|then|in|on|at|by|from|the|a|for|until)\s){0,3}"
    rf"|, (?:(?:rarely|sometimes|only|in|on|at|for|with|from) (?:\w+ ){{0,2}})){NUMBER}| of (?:whom|which|them)\b",
    re.I,
)
_MONTH_BEFORE = re.compile(rf"\b{MONTH}\.?,? (?:\d{{1,2}}(?:st|nd|rd|th)?,? )?$")
#: "2025 by Ann Lee", of 4 May 2025; not the "20 people" that came "in May".
_MORE_THAN_A_DATE = re.compile(r"(?:\d{1,2}|[12]\d{3})(?:st|nd|rd|th)?,? (?:by|in|at|for|from|of|on|to|with)\b")
_ACTIVITY = re.compile(r"[A-Z][a-z]+ing [a-z]")
_BRACKETS = ("()", "[]", "“”")


def short_answer(query: Query, quotation: Quotation) -> str | None:
    """The reader's answer, whole, if it may stand alone above the quotation; None where that is in doubt.

    It may if it is a constituent of its sentence and of the kind that is asked for, and nothing in its clause turns
    what it says, so that question and answer make a statement that the quotation bears out.
    """
    document, span, position = quotation.document, quotation.span, quotation.answering
    if not span or position is None or query.kind in ("yes or no", "two") or _is_one_of_several(quotation):
        return None
    text = document.line(position)
    places = list(re.finditer(rf"(?<!\w){re.escape(span.strip())}(?!\w)", text))
    if not places:
        return None
    found = places[0]
    if quotation.first == position and is_item(document, position) and _ACTIVITY.match(span):
        return None  # which the line above the list allows, or forbids
    if _stands_for(query, text[found.end() :]):
        return span
    if query.kind != "reason" and misses_denial(query.question, text, *found.span()):
        return None
    if cells := cells_of(document, position):
        values = (_of_row(query, cells, text, *one.span()) for one in places)  # two columns may say the same
        return next(filter(None, values), None)
    return _of_sentence(query, text, *found.span())


def _stands_for(query: Query, after: str) -> bool:
    """Whether letters of the question follow in brackets, which stand for the words before them."""
    letters = re.match(r"\W*[(\[]\W*((?=\w*[A-Z]\w*[A-Z])\w+)\W*[)\]]", after)
    return letters is not None and letters[1] in WORD.findall(query.question)


def _is_one_of_several(quotation: Quotation) -> bool:
    """Whether the answer stands in an item of a list of which others belong to the answer, too."""
    items = [one for one in range(quotation.first, quotation.last) if is_item(quotation.document, one)]
    return len(items) > 1 and quotation.answering in items


def _of_row(query: Query, cells: tuple[Field, ...], text: str, start: int, end: int) -> str | None:
    """The value of one cell, if what names its column turns nothing and no other column is asked for."""
    own = next((cell for cell in cells if start < cell.end and cell.start < end <= cell.end), None)
    if own is None or (start < own.start and own.name not in text[start : own.start]):
        return None
    start = max(start, own.start)  # without the name of its column
    asked = content(query.question)
    name = content(own.name)
    if any(content(cell.name) & asked > name & asked for cell in cells if cell is not own):
        return None  # another column is named by more of the question's words
    start, end = _widened(own.value, start - own.start, end - own.start)
    value = own.value[start:end]
    rest = own.value[:start] + " " + own.value[end:]
    if _rivals(value, rest):
        return None
    first = len(own.name) + 2 + start
    if not _is_whole(own.value, start, end) or not fits(query.question, value):
        return None
    return None if is_turned(query.question, f"{own.name}: {own.value}", first, first + len(value)) else value


def _of_sentence(query: Query, text: str, start: int, end: int) -> str | None:
    start, end = _widened(text, start, end)
    span = text[start:end]
    asked = content(query.question)
    said = content(span)
    if not said or said <= asked or not _is_whole(text, start, end) or not fits(query.question, span):
        return None
    if _PART_OF.search(text[:start]) and is_value(span):
        return None
    if query.kind == "reason" and not (_REASON.search(text[:start]) or _REASON_FIRST.match(span)):
        return None
    clause, begin = clause_around(text, start, end)
    return None if is_turned(query.question, clause, start - begin, end - begin) else span


def _rivals(value: str, rest: str) -> bool:
    """Whether the rest of a cell holds something of the kind of a value, so that either may be meant."""
    if is_value(value):
        return is_value(rest)
    if value[0].isupper():
        return bool(re.search(CAPITALISED, rest))
    return not content(value).isdisjoint(content(rest))


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with what belongs to it: modifiers, the rest of a name, the scale of a number."""
    end -= len(text[start:end]) - len(text[start:end].rstrip(" .,;:"))
    while (words := text[start:end].split()) and words[0].lower() not in ARTICLES:
        before = text[:start]
        found = _BELONGING.search(before) or (_NAME_BEFORE.search(before) if text[start].isupper() else None)
        if not found or _is_of_else(found.group().strip(), text[start:end]):
            break
        start = found.start()
    while (found := _SCALE.match(text, end)) or (
        _ends_in_name(text[start:end]) and (found := _NAME_AFTER.match(text, end))
    ):
        end = found.end()
    return start, end


def _is_of_else(before: str, span: str) -> bool:
    """Whether a modifier is none of what follows: "by" of somebody's name, the year before "by Ann Lorn"."""
    if before.lower() == "by":
        return span[0].isupper() and not _OF_TIME.match(span)
    return before[0].isdigit() and _BY_NAME.match(span) is not None


def _has_conjunct(before: str, first: str, after: str) -> bool:
    """Whether something else of the same kind is joined to a stretch by what follows it."""
    found = _CONJUNCT.match(after)
    if not found or _NEW_PREDICATE.fullmatch(found["next"]):
        return False
    if found["comma"]:
        return before.endswith(", ")
    following = found["next"].lower()
    return following not in PREPOSITIONS or following == first or before.lower().split()[-1:] == [following]


def _ends_in_name(span: str) -> bool:
    last = re.search(rf"(?:^|\s)({CAPITALISED})$", span)
    return last is not None and last[1] not in _OF_CALENDAR  # what stands behind a day is another thing's name


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether a stretch is a constituent, as far as its edges and neighbours tell."""
    span, before, after = text[start:end], text[:start], text[end:]
    words = [word.strip("\"'“”’.,;:()").lower() for word in span.split()]
    if not words or words[0] in _NO_START or words[-1] in _NO_END or all(word in FUNCTION_WORDS for word in words):
        return False
    if _STANDS_FOR_ANOTHER.match(span) or (_MONTH_BEFORE.search(before) and _MORE_THAN_A_DATE.match(span)):
        return False
    if _MEASURE_OF.match(span) and re.match(r" \w", after):
        return False
    if any(span.count(pair[0]) != span.count(pair[1]) for pair in _BRACKETS):
        return False
    if before[-1:] in ("'", '"', "‘") and re.search(r"['\"’](?!\w)", span):
        return False  # "new', 'old' and 'lost" lacks the first mark
    if re.match(r"[’']s?\b|-\w", after) or re.search(r"\w-$", before):
        return False
    if _AFTER_CONJUNCTION.search(before) or _has_conjunct(before, words[0], after):
        return False
    if span[0].isupper() and _IN_LIST.match(after):
        return False
    return not (is_value(span) and _NUMBER_FOLLOWS.match(after))
