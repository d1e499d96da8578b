"""Short questions after others: of what was spoken of before, or of something else."""

from collections.abc import Callable
from dataclasses import replace

from index.embedding import Embedder
from index.store.narrowed import Index
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.ask.query import Query
from rag.read.evidence import Found
from rag.read.retrieve import retrieve
from rag.read.unnamed import names_lacking
from rag.words import content

SURER = 0.05  #: by how much such a question must be surer by itself than with the topic of the turns before


def or_alone(
    query: Query,
    found: Found,
    index: Index,
    embedder: Embedder,
    passages: int,
    read: Callable[[Query, list[Hit], Snapshot], Found],
) -> tuple[Query, Found]:
    """The question as it was found with the topic of the turns before, or by itself where that is surer.

    Where it is about as sure, the one counts whose answer has more of the question's own words. What names nothing that
    the question before did is of another thing, however sure.
    """
    alone = replace(query, text=query.question)
    snapshot, hits = retrieve(alone.searched, index, embedder, passages, edges=True, section=alone.section)
    other = read(alone, hits, snapshot)
    more = other.reading.confidence - found.reading.confidence
    surer = more > SURER or (more >= -SURER and _said(query, found) < _said(query, other))
    if surer and not names_lacking(query.leans_on, other.reading.candidates[0].document.document):
        return alone, other
    return query, found


def _said(query: Query, found: Found) -> set[str]:
    """The words of a question that what answers it has, too."""
    return content(query.question) & content(found.reading.candidates[0].text) if found.reading.candidates else set()
