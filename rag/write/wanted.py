"""Of which kind the answer to a question must be, as far as its question word tells, and whether a text is of it."""

import re

from rag.words import DAYS, MONTHS, NUMBERS, QUESTION_WORDS, one_of

_NUMBER_WORDS = "one|once|twice|half|dozens?|hundreds?|thousands?|millions?|billions?|third|quarter|" + "|".join(
    [*NUMBERS, *"thirty forty fifty sixty seventy eighty ninety".split()]
)
#: A pattern: a number in digits or words.
NUMBER = rf"(?:[^\w\s]?\d[\d.,:/]*|\b(?:{_NUMBER_WORDS})\b)"
_HAS_NUMBER = re.compile(NUMBER, re.I)
_AMOUNT = re.compile(
    rf"{NUMBER}|\b(?:all|most|both|many|several|few|free|none|every\w*|daily|weekly|yearly|always)\b", re.I
)
_OFTEN = re.compile(
    r"\b(?:(?:bi-?|semi-?)?(?:hour|week|fortnight|month|quarter|year)ly|nightly|(?:bi-?|semi-?)?annually)\b", re.I
)
_TIME = re.compile(
    rf"{NUMBER}|\b(?-i:{'|'.join(MONTHS + DAYS)})s?\b"
    r"|\b(?:spring|summer|autumn|winter|night\w*|morning|evening|noon|midnight|day|daily|week\w*|month\w*|year\w*|century|today|tomorrow|yesterday|now|ago|after|before|when\w*|while|once"
    r"|during|every|immediately|end|beginning|start|soon|later|until|time|Easter|Christmas)\b",
    re.I,
)
_MEASURE = re.compile(
    r"[$€£%]|\d\s?(?:kr|kg|g|mg|km|cm|mm|m|lb|kw|gb|mb|per cent|percent|crowns|euros?|dollars?|pounds?|litres?|metres?"
    r"|seats?|beds?|users?)\b",
    re.I,
)
_ONLY_VALUE = re.compile(  # each stretch in one way only, so that it does not try all ways to part a long one
    rf"\W*+(?:(?:in|on|at|by|from|to|about|the|of|and|(?<![\d.,]){NUMBER}|{'|'.join(MONTHS + DAYS)}|am|pm|o['’]clock"
    r"|years?|days?|weeks?|months?|hours?|minutes?|per cent|percent|crowns|euros?|dollars?|kr|kg|km|metres?)\W*+)+",
    re.I,
)
_MEASURE_FIRST = re.compile(
    r"\W*(?:(?:at|in|on|by|for|to|with|within|over|under|up|about|around|almost|nearly|roughly|approximately|exactly"
    r"|only|just|not|no|more|less|fewer|later|earlier|than|least|most|every|a|an|the|some|another|all|both|between"
    rf"|after|before|from|until|once|twice|half|free|daily|weekly|nightly|[A-Z]\w*|{NUMBER})\b\W*)",
    re.I,
)
_TIME_ASKED = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|time|week|season|century)s?\b", re.I
)
_AMOUNT_ASKED = re.compile(
    r"\bhow (?:many|much|long|far|old|often|high|large|big|deep|wide|tall|heavy|early|late|soon|fast|hot|cold)\b"
    r"|\bwhat(?:[’']s| is| was| are| were) the (?:\w+ )?"
    r"(?:price|cost|fee|weight|height|length|width|age|rate|percentage|size|distance|total|sum|number|amount|temperature|speed)\b",
    re.I,
)
_ASKS = re.compile(rf"\b{one_of(QUESTION_WORDS)}\b", re.I)
_SOMEBODY_OR_PLACE_ASKED = re.compile(r"\b(?:who|whom|whose|where)\b", re.I)


def fits(question: str, text: str) -> bool:
    """Whether a text may be what the question asks for: a time for "when", no number for "who"."""
    asks = _ASKS.search(question)
    question = question[asks.start() :] if asks else question
    if _TIME_ASKED.match(question):
        return bool(_TIME.search(text)) and not _MEASURE.search(text)
    if _AMOUNT_ASKED.match(question):
        often = question.lower().startswith("how often") and _OFTEN.search(text)
        return bool(often or _AMOUNT.search(text)) and bool(_MEASURE_FIRST.match(text))
    if _SOMEBODY_OR_PLACE_ASKED.match(question):
        return not _ONLY_VALUE.fullmatch(text)
    return True


def is_value(text: str) -> bool:
    """Whether a text has a number in it."""
    return bool(_HAS_NUMBER.search(text))
