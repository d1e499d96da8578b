"""What a question counts, read as the documents write it: Q1 FY25 or the first quarter of 2025, week 11."""

import re
from collections.abc import Iterable

from index.store.snapshot import Snapshot
from rag.words import ORDINALS, one_of

#: Which part of a year it is, by how a question says so.
PARTS = {word: number for number, word in enumerate(ORDINALS[:4], 1)} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_YEAR = r"(?:(?:of )?(?:the )?(?:fiscal |financial )?(?:year )?(?P<year>20\d\d))"
_WORDS = rf"(?P<ordinal>{'|'.join(PARTS)}) quarter(?: {_YEAR})?|(?:fiscal|financial)(?: year)? (?P<alone>20\d\d)"
_SHORT = r"(?: ?(?:FY|CY) ?['’]?| ?['’]|-)(?P<short>(?:20)?\d\d)"
_CODE = rf"Q(?P<number>[1-4])(?:{_SHORT}| (?P<full>20\d\d))?|FY ?(?P<fiscal>(?:20)?\d\d)"
_PERIOD = re.compile(rf"(?<![^\W_])(?:{_WORDS}|{_CODE})(?![^\W_])", re.I)

MOST = 3  #: weeks, chapters and the like in a question; of one with more, none is looked up
_TEENS = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
_NUMBERS = {word: number for number, word in enumerate([*ORDINALS, *_TEENS.split()], 1)}
_COUNTED = (
    "appendix article chapter class day episode item lecture lesson part phase section session stage step unit week"
)
_ORDINAL = re.compile(
    rf"\b(?:the )?(?P<ordinal>{one_of(_NUMBERS)}|\d{{1,2}}(?:st|nd|rd|th)) (?P<noun>{one_of(_COUNTED.split())})\b",
    re.I | re.A,
)


def periods_as_written(question: str, snapshot: Snapshot) -> str:
    """The question with its quarters and fiscal years as the documents write them, if they only do so otherwise."""
    texts = [indexed.text for indexed in snapshot.documents.values()]

    def read(found: re.Match[str]) -> str:
        quarter = _quarter(found)
        year = next(filter(None, map(found.group, ("year", "alone", "short", "full", "fiscal"))), "")[-2:]
        if found["number"] and not year:
            return found[0]  # the first question, maybe
        in_words, in_code = _patterns(quarter, year)
        own, other = (in_code, in_words) if found["number"] or found["fiscal"] else (in_words, in_code)
        if _first(own, texts):
            return found[0]
        return _first(other, texts) or found[0]

    return _PERIOD.sub(read, question)


def _quarter(found: re.Match[str]) -> int:
    """From 1; 0 for a whole year."""
    return int(found["number"]) if found["number"] else PARTS.get((found["ordinal"] or "").lower(), 0)


def _patterns(quarter: int, year: str) -> tuple[str, str]:
    """How a period may be written in words, and in letters and figures."""
    years = rf"(?:20)?{year}"
    if not quarter:
        return rf"(?:fiscal|financial)(?: year)? {years}", rf"FY ?{years}"
    words = rf"(?:{ORDINALS[quarter - 1]}|{quarter}(?:st|nd|rd|th)) quarter"
    if not year:
        return words, rf"Q{quarter}"
    code = rf"(?:Q{quarter}[ '’-]*(?:FY|CY)?[ '’]?{years}|(?:FY ?)?{years}[ -]?Q{quarter}|{quarter}Q[ '’]?{years})"
    return rf"{words}(?: of)?(?: the)?(?: (?:fiscal|financial))?(?: year)? {years}", code


def _first(pattern: str, texts: Iterable[str]) -> str | None:
    """What a text has that is written like this."""
    sought = re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])", re.I)
    return next((found[0] for text in texts if (found := sought.search(text))), None)


def numbered_as_written(question: str, snapshot: Snapshot) -> str:
    """The question with "the eleventh week" as "week 11", if the documents count their weeks so and not in words."""
    if len(_ORDINAL.findall(question)) > MOST:
        return question

    def read(found: re.Match[str]) -> str:
        ordinal, noun = found["ordinal"].lower(), found["noun"]
        counted = f"{noun} {_NUMBERS.get(ordinal) or int(ordinal[:-2])}"
        as_asked = _is_written(f"{ordinal} {noun}", snapshot)
        return counted if not as_asked and _is_written(counted, snapshot) else found[0]

    return _ORDINAL.sub(read, question)


def _is_written(words: str, snapshot: Snapshot) -> bool:
    """Whether a document has two words in a row; only those that have the words at all are gone through."""
    terms = snapshot.lexical.terms(words)
    holders = (snapshot.documents[name].text for name in (snapshot.holders(terms) if terms else ()))
    pattern = re.compile(rf"\b{words.replace(' ', ':? ')}\b", re.I)  # "Week: 11", too
    return any(map(pattern.search, holders))
