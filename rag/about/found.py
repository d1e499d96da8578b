"""What questions about documents are answered with."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.types import Hit, IndexedDocument
from rag.read.evidence import MAX_QUOTES, Reading


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a question about documents."""

    hits: list[Hit]
    reading: Reading
    notices: tuple[str, ...] = ()


def left_out(documents: Sequence[IndexedDocument]) -> tuple[str, ...]:
    """What to tell if an answer cannot speak of all of these documents."""
    if len(documents) <= MAX_QUOTES:
        return ()
    return (f"This is of {MAX_QUOTES} of {len(documents)} documents; name one to be told more of it.",)
