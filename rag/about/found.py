"""What questions about documents are answered with."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Hit, IndexedDocument
from rag.read.evidence import MAX_QUOTES, Reading

MOST_DOCUMENTS = 12  #: of which an answer tells a line each


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a question about documents."""

    hits: list[Hit]
    reading: Reading
    notices: tuple[str, ...] = ()


def left_out(documents: Sequence[IndexedDocument], most: int = MAX_QUOTES) -> tuple[str, ...]:
    """What to tell if an answer cannot speak of all of these documents."""
    if len(documents) <= most:
        return ()
    return (f"This is of {most} of {len(documents)} documents; name one to be told more of it.",)
