"""The numbers of weeks, chapters and the like of a question, read as the documents write them: week 11."""

import re

from index.store.snapshot import Snapshot
from rag.words import ORDINALS, one_of

MOST = 3  #: of them in a question; of one with more, none is looked up

_TEENS = "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
_NUMBERS = {word: number for number, word in enumerate([*ORDINALS, *_TEENS.split()], 1)}
_COUNTED = (
    "appendix article chapter class day episode item lecture lesson part phase section session stage step unit week"
)
_ORDINAL = re.compile(
    rf"\b(?:the )?(?P<ordinal>{one_of(_NUMBERS)}|\d{{1,2}}(?:st|nd|rd|th)) (?P<noun>{one_of(_COUNTED.split())})\b",
    re.I | re.A,
)


def numbered_as_written(question: str, snapshot: Snapshot) -> str:
    """The question with "the eleventh week" as "week 11", if the documents count their weeks so and not in words."""
    if len(_ORDINAL.findall(question)) > MOST:
        return question

    def read(found: re.Match[str]) -> str:
        ordinal, noun = found["ordinal"].lower(), found["noun"]
        number = _NUMBERS.get(ordinal) or int(ordinal[:-2])
        in_words, counted = rf"\b{ordinal} {noun}\b", rf"\b{noun}:? {number}\b"
        as_asked = _is_written(in_words, f"{ordinal} {noun}", snapshot)
        return f"{noun} {number}" if not as_asked and _is_written(counted, f"{noun} {number}", snapshot) else found[0]

    return _ORDINAL.sub(read, question)


def _is_written(pattern: str, words: str, snapshot: Snapshot) -> bool:
    """Whether a document has words in the way of a pattern; only those that have the words at all are gone through."""
    terms = snapshot.lexical.terms(words)
    holders = (snapshot.documents[name].document.text for name in (snapshot.holders(terms) if terms else ()))
    return any(re.search(pattern, text, re.I) for text in holders)
