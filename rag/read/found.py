"""What is found for a question that is not read as a whole."""

from dataclasses import dataclass

from index.store.snapshot import Snapshot
from index.types import Hit
from rag.read.evidence import Reading


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a question about documents, or one that asks for several things."""

    hits: list[Hit]
    reading: Reading
    snapshot: Snapshot  #: that holds them
    notices: tuple[str, ...] = ()
