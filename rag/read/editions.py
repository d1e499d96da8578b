"""Editions of one document, such as reports of several years: a question that names a time is about that time's."""

import re
from collections.abc import Callable, Sequence, Set

from index.store.lexical import stems
from index.store.snapshot import Snapshot, words_of_name
from index.types import Hit, IndexedDocument
from rag.read.rivals import is_of_other_time
from rag.words import MONTHS

HEAD_CHARS = 600  #: of a document, in which it says what it is, and of which year or month
ALIKE = 0.5  #: share of the words of two heads that both have, from which they are editions of one document

Times = Callable[[str], Set[str]]  #: the years, or the months of a year, that a text names

_YEAR = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)(?:\s?[-–/]\s?(?:19|20)?(?P<last>\d\d)(?![\d./-]))?(?!\d)")
_IN_FIGURES = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_. ]?(?P<month>0[1-9]|1[0-2])(?=[-_. ]?[0-3]\d(?!\d)|(?!\d))"
)
_NUMBERS = {month[:3].lower(): number for number, month in enumerate(MONTHS, 1)}
_IN_WORDS = re.compile(
    rf"\b(?P<month>{'|'.join(_NUMBERS)})[a-z]*\.?(?: \d{{1,2}}(?:st|nd|rd|th)?,?|,| of)? (?P<year>(?:19|20)\d\d)\b",
    re.I,
)


def of_the_time(question: str, hits: Sequence[Hit], snapshot: Snapshot) -> list[Hit]:
    """The passages found without those of editions of other times than a question names, if one of its time is found.

    A passage that names the time itself stays: a report may tell of the year before, too.
    """
    if is_of_other_time(question):
        return list(hits)
    return _of(_months, question, _of(_years, question, hits, snapshot), snapshot)


def _of(times: Times, question: str, hits: Sequence[Hit], snapshot: Snapshot) -> list[Hit]:
    asked = times(question)
    if not asked:
        return list(hits)
    documents = dict.fromkeys(hit.passage.document_id for hit in hits)
    heads = {name: _head(snapshot.documents[name]) for name in documents}
    dated = {name: times(head) for name, head in heads.items()}
    words = {name: _words(head) for name, head in heads.items()}
    right = [name for name in documents if asked <= dated[name]]
    others = [name for name in documents if dated[name] and asked.isdisjoint(dated[name])]
    wrong = {name for name in others if any(_alike(words[name], words[one]) for one in right)}
    return [
        hit for hit in hits if hit.passage.document_id not in wrong or not asked.isdisjoint(times(hit.passage.text))
    ]


def _years(text: str) -> set[str]:
    """The years that a text names; of "2021-22", both."""
    years: set[str] = set()
    for found in _YEAR.finditer(text):
        first, last = found["first"], found["last"]
        years |= {first, f"{int(first) + 1}"} if last == f"{(int(first) + 1) % 100:02}" else {first}
    return years


def _months(text: str) -> set[str]:
    """The months that a text names with their years, as in "May 2020", "May 4, 2020", 2020-05-04 or 202005."""
    words = {f"{found['year']}-{_NUMBERS[found['month'].lower()]:02}" for found in _IN_WORDS.finditer(text)}
    return words | {f"{found['year']}-{found['month']}" for found in _IN_FIGURES.finditer(text)}


def _head(indexed: IndexedDocument) -> str:
    document = indexed.document
    return f"{words_of_name(document.id)} {document.title} {document.text[:HEAD_CHARS]}"


def _words(head: str) -> set[str]:
    return {stem for stem in stems([head])[0] if stem.isalpha()}


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
