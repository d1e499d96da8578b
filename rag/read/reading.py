"""The whole reading of passages: what defines goes first, rows are worked out, what is of something else is doubted."""

from collections.abc import Sequence

from index.embedding import Embedder
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.ask.query import Query
from rag.read.definition import defining_first
from rag.read.evidence import Reader, Reading
from rag.read.reckon import reckon
from rag.read.unnamed import unless_unnamed


def read_passages(query: Query, hits: Sequence[Hit], snapshot: Snapshot, reader: Reader, embedder: Embedder) -> Reading:
    """The reading of the passages found for one question that asks for one thing."""
    reading = defining_first(query, reader.read(query, hits, snapshot), snapshot)
    return unless_unnamed(query, reckon(query, reading, embedder))
