"""Editions of one document, such as reports of several years: a question that names a year is about that year's."""

import re
from collections.abc import Sequence

from index.store.lexical import stems
from index.store.snapshot import Snapshot, words_of_name
from index.types import Hit, IndexedDocument
from rag.read.rivals import is_of_other_time

HEAD_CHARS = 600  #: of a document, in which it says what it is, and of which year
ALIKE = 0.5  #: share of the words of two heads that both have, from which they are editions of one document

_YEAR = re.compile(r"(?<!\d)(?P<first>(?:19|20)\d\d)(?:\s?[-–/]\s?(?:19|20)?(?P<last>\d\d)(?![\d./-]))?(?!\d)")


def of_the_year(question: str, hits: Sequence[Hit], snapshot: Snapshot) -> list[Hit]:
    """The passages found without those of editions of other years than a question names, if one of these is found.

    A passage that names such a year itself stays: a report may tell of the year before, too.
    """
    years = _years(question)
    if not years or is_of_other_time(question):
        return list(hits)
    documents = dict.fromkeys(hit.passage.document_id for hit in hits)
    heads = {name: _head(snapshot.documents[name]) for name in documents}
    dated = {name: _years(head) for name, head in heads.items()}
    words = {name: _words(head) for name, head in heads.items()}
    right = [name for name in documents if years <= dated[name]]
    others = [name for name in documents if dated[name] and years.isdisjoint(dated[name])]
    wrong = {name for name in others if any(_alike(words[name], words[one]) for one in right)}
    return [
        hit for hit in hits if hit.passage.document_id not in wrong or not years.isdisjoint(_years(hit.passage.text))
    ]


def _years(text: str) -> set[str]:
    """The years that a text names; of "2021-22", both."""
    years: set[str] = set()
    for found in _YEAR.finditer(text):
        first, last = found["first"], found["last"]
        years |= {first, f"{int(first) + 1}"} if last == f"{(int(first) + 1) % 100:02}" else {first}
    return years


def _head(indexed: IndexedDocument) -> str:
    document = indexed.document
    return f"{words_of_name(document.id)} {document.title} {document.text[:HEAD_CHARS]}"


def _words(head: str) -> set[str]:
    return {stem for stem in stems([head])[0] if stem.isalpha()}


def _alike(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)
