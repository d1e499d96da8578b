"""Which documents a question speaks of, if it speaks of documents and not of what they tell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.store.snapshot import Snapshot
from index.types import Hit, IndexedDocument
from rag.read.evidence import MAX_QUOTES, Reading

_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
DOCUMENT_WORDS = (
    "documents?|docs?|essays?|articles?|texts?|papers?|reports?|files?|book|story|pages?|author|writer"  #: a pattern
)
_NAMES_A_DOCUMENT = re.compile(rf"\b(?:{DOCUMENT_WORDS})\b", re.I)
_POINTS_BACK = re.compile(r"\b(?:it|that|they|them|those|these)\b", re.I)
ARTICLES = frozenset(("a", "an", "the"))
# Words of such questions that name no topic.
GENERIC = frozenset(
    "a an the this that these those it its is are was were be what whats which who do does did can could would "
    "will you i we me us my your our of in on for to from by with and or as at up all any some few one two three four "
    "five ten please give tell show write make list want need get have has there here so then just "
    "document documents doc docs essay essays article articles text texts paper papers report reports file files book "
    "story page pages content contents writing piece material author authors writer".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a question about documents."""

    hits: list[Hit]
    reading: Reading
    notices: tuple[str, ...] = ()


def documents_addressed(
    question: str, generic: frozenset[str], snapshot: Snapshot, *, follows: bool = False
) -> list[IndexedDocument]:
    """The documents that a question is about; none if it has a topic of its own, or one spoken of before.

    Args:
        question: As it was asked.
        generic: Words that name no topic.
        snapshot: The documents; a question may name one by words of its title or file name.
        follows: Whether there was a turn before, which "it" then stands for.
    """
    if follows and _POINTS_BACK.search(question) and not _NAMES_A_DOCUMENT.search(question):
        return []
    words = words_of(question)
    documents = [one for one in snapshot.documents.values() if words - generic <= _known_by(one)]
    called = {word for word in words if _NAMES_A_DOCUMENT.fullmatch(word)}
    return [one for one in documents if called & _known_by(one)] or documents  # "the report" may be one of them


def left_out(documents: Sequence[IndexedDocument]) -> tuple[str, ...]:
    """What to tell if an answer cannot speak of all of these documents."""
    if len(documents) <= MAX_QUOTES:
        return ()
    return (f"This is of {MAX_QUOTES} of {len(documents)} documents; name one to be told more of it.",)


def _known_by(indexed: IndexedDocument) -> set[str]:
    return words_of(f"{indexed.document.title} {indexed.document.id}")


def words_of(text: str) -> set[str]:
    """The words of a text in lower case, without what makes them possessive."""
    return {word.lower().removesuffix("'s").removesuffix("’s") for word in _WORDS.findall(text)}
