"""A question that asks for several things: each is read by itself, and what is found is put together."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import zip_longest

from index.embedding import Embedder
from index.store.narrowed import Index
from index.types import Hit
from rag.ask.query import Query
from rag.read.choosing import beside_each_other
from rag.read.evidence import Found, Reader
from rag.read.reading import read_passages
from rag.read.retrieve import retrieve

#: A part is told to be unanswered if its confidence is below this share of the threshold, where the whole is answered:
#: it may be by what answers the others.
UNANSWERED = 0.5


def read_parts(
    query: Query,
    index: Index,
    embedder: Embedder,
    reader: Reader,
    about: Callable[[Query], Found | None],
    top_k: int,
    threshold: float,
) -> Found | None:
    """What answers the parts of a question, and which of them nothing does; None if it has none that is answered.

    It is as sure as the least sure of those that are answered. Where not all are, the question is read as a whole, too.
    A part that is `about` documents themselves is answered by what that finds.
    """

    def read(part: Query) -> Found:
        if found := about(part):
            return found
        snapshot, hits = retrieve(part.searched, index, embedder, top_k, edges=True, section=part.section)
        return Found(hits, read_passages(part, hits, snapshot, reader, embedder), snapshot)

    read_each = [read(part) for part in query.parts]
    if any(one.reading.reckoned for one in read_each):
        return None  # what is worked out stands alone
    sure = [one.reading for one in read_each if one.reading.confidence >= threshold]
    if not sure:
        return None
    notices: tuple[str, ...] = ()
    if len(sure) < len(read_each):
        whole, unsure = read(query), threshold
        if whole.reading.confidence >= threshold:
            sure.append(whole.reading)
            unsure *= UNANSWERED
        parts = zip(query.parts, read_each, strict=True)
        notices = tuple(_told(part) for part, one in parts if one.reading.confidence < unsure)
        read_each.append(whole)
    snapshot = read_each[0].snapshot
    if any(one.snapshot is not snapshot for one in read_each):
        return None  # documents changed meanwhile
    least_sure = min(sure, key=lambda reading: reading.confidence)
    reading = replace(least_sure, candidates=beside_each_other([one.candidates for one in sure]))
    return Found(_in_turn([one.hits for one in read_each]), reading, snapshot, notices)


def _told(part: Query) -> str:
    return f"Nothing was found that answers “{part.question[0].upper()}{part.question[1:]}”"


def _in_turn(found: Sequence[Sequence[Hit]]) -> list[Hit]:
    """The passages found for all parts, each once."""
    # A line of a document's front is no passage of its own, though it bears the name of one.
    hits = {(hit.passage.id, hit.passage.start): hit for row in zip_longest(*found) for hit in row if hit}
    return [replace(hit, rank=rank) for rank, hit in enumerate(hits.values(), start=1)]
