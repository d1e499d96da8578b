"""Quarters and fiscal years of a question, read as the documents write them: Q1 FY25, or the first quarter of 2025."""

import re
from collections.abc import Iterable

from index.store.snapshot import Snapshot
from rag.words import ORDINALS

#: Which part of a year it is, by how a question says so.
PARTS = {word: number for number, word in enumerate(ORDINALS[:4], 1)} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_YEAR = r"(?:(?:of )?(?:the )?(?:fiscal |financial )?(?:year )?(?P<year>20\d\d))"
_WORDS = rf"(?P<ordinal>{'|'.join(PARTS)}) quarter(?: {_YEAR})?|(?:fiscal|financial)(?: year)? (?P<alone>20\d\d)"
_SHORT = r"(?: ?(?:FY|CY) ?['’]?| ?['’]|-)(?P<short>(?:20)?\d\d)"
_CODE = rf"Q(?P<number>[1-4])(?:{_SHORT}| (?P<full>20\d\d))?|FY ?(?P<fiscal>(?:20)?\d\d)"
_PERIOD = re.compile(rf"(?<![^\W_])(?:{_WORDS}|{_CODE})(?![^\W_])", re.I)


def as_written(question: str, snapshot: Snapshot) -> str:
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
