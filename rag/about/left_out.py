"""How many documents an answer about them speaks of."""

from collections.abc import Sequence

from index.types import IndexedDocument
from rag.read.choosing import MAX_QUOTES

MOST_DOCUMENTS = 12  #: of which an answer tells a line each


def left_out(documents: Sequence[IndexedDocument], most: int = MAX_QUOTES) -> tuple[str, ...]:
    """What to tell if an answer cannot speak of all of these documents."""
    if len(documents) <= most:
        return ()
    return (f"This is of {most} of {len(documents)} documents; name one to be told more of it.",)
