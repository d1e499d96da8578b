"""Whether a document whose title names something begins with saying what it is."""

import re

from index.store.snapshot import Snapshot
from index.types import IndexedDocument
from rag.ask.addressed import words_of
from rag.read.sentences import sentences_within
from rag.words import stem

MORE_IN_TITLE = 1  #: words that the title may have besides

_IS = (
    r"(?:(?:is|are|was|were)\s+(?:(?:also|now|originally|essentially|basically|generally|probably|perhaps)\s+)?"
    r"(?:an?|the|one of|any of|some of|any|another)\b|(?:means?|refers? to|stands? for|denotes?)\s)"
)


def is_defined(subject: str, snapshot: Snapshot) -> bool:
    """Whether a document that is called so begins with saying what it is."""
    name = _stems(subject)
    return any(
        name <= title and len(title) <= len(name) + MORE_IN_TITLE and _begins_with_it(subject, document)
        for document in snapshot.documents.values()
        if name and (title := _stems(document.title))
    )


def _begins_with_it(subject: str, document: IndexedDocument) -> bool:
    """Whether a sentence of its first passage says what the subject is."""
    name = r"\s+".join(re.escape(word) for word in subject.removesuffix("s").split())
    defines = re.compile(
        r"\W*(?:(?i:the|an?)\s+)?(?:[A-Z][\w.’'-]*\s+){0,2}"
        rf"[\"“‘*_]*(?i:{name}(?:s|es)?)[\"”’*_]*(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))*(?:,[^,]{{1,80}},)?\s+{_IS}"
    )
    places = sentences_within(document.passages[0], document) if document.passages else ()
    return any(map(defines.match, map(document.line, places)))


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words_of(text)}
