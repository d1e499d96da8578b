"""The numbers of weeks, chapters and the like of a question, read as the documents write them: week 11."""

import re

from index.store.snapshot import Snapshot

_IN_WORDS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_NUMBERS = {word: number for number, word in enumerate(_IN_WORDS, 1)}
_COUNTED = (
    "appendix article chapter class day episode item lecture lesson part phase section session stage step unit week"
)
_ORDINAL = re.compile(
    rf"\b(?:the )?(?P<ordinal>{'|'.join(_IN_WORDS)}|\d{{1,2}}(?:st|nd|rd|th)) (?P<noun>{'|'.join(_COUNTED.split())})\b",
    re.I,
)


def numbered_as_written(question: str, snapshot: Snapshot) -> str:
    """The question with "the eleventh week" as "week 11", if the documents count their weeks so and not in words."""
    texts = [indexed.document.text for indexed in snapshot.documents.values()]

    def read(found: re.Match[str]) -> str:
        ordinal, noun = found["ordinal"].lower(), found["noun"]
        number = _NUMBERS.get(ordinal) or int(ordinal[:-2])
        if any(re.search(rf"\b{ordinal} {noun}\b", text, re.I) for text in texts):
            return found[0]
        counted = re.compile(rf"\b{noun}:? {number}\b", re.I)
        return f"{noun} {number}" if any(map(counted.search, texts)) else found[0]

    return _ORDINAL.sub(read, question)
