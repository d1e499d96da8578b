"""What is told beside a refusal: why, and what the properties of files say of their author and date."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import PurePosixPath

from index.types import Document
from rag.ask.query import BY_LINE, Query
from rag.read.evidence import Reading
from rag.words import MONTHS

#: Files that have properties beside their text. In others, and in sheets, such a fact may as well be of the text.
HAVE_PROPERTIES = frozenset(".pdf .docx .pptx .odt .epub".split())
MOST = 3  #: documents that are told of; a question about more is about none in particular


def told_beside(query: Query, reading: Reading, said: Sequence[str]) -> tuple[str, ...]:
    """The sentences to be told beside a refusal and what was `said` of it: an LLM that refused has said why."""
    why = (reading.why_refused,) if reading.why_refused and not said else ()
    return (*why, *_told_by_properties(query))


def _told_by_properties(query: Query) -> tuple[str, ...]:
    """A sentence for each author and date that a question asks for and the properties of its documents' files tell."""
    asked = [part for part in (query.parts or (query,)) if part.kind in BY_LINE and len(part.documents) <= MOST]
    told = (sentence for part in asked for one in part.documents for sentence in _told(part.kind, one.document))
    return tuple(dict.fromkeys(told))


def _told(kind: str, document: Document) -> Iterator[str]:
    value = next((value for name, value in document.facts if name == kind), None)
    if value and PurePosixPath(document.id).suffix.lower() in HAVE_PROPERTIES:
        says = f"name {value} as its author" if kind == "author" else f"say that it was made on {_in_words(value)}"
        yield f"The properties of the file {PurePosixPath(document.id).name} {says}."


def _in_words(day: str) -> str:
    try:
        read = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{read.day} {MONTHS[read.month - 1]} {read.year}"
