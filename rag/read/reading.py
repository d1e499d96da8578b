"""The whole reading of passages: rows and days are worked out or compared, names are looked for."""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from index.embedding import Embedder
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.ask.query import Query
from rag.read.choosing import beside_each_other
from rag.read.dated import latest_or_earliest
from rag.read.evidence import Reader, Reading
from rag.read.reckon import reckon
from rag.read.unnamed import of_documents_that_name, unless_unnamed
from rag.words import content

#: Of the threshold, what is said of either of two things must be as sure as, where the whole is answered: a question of
#: one of them alone sounds strange.
HALF_ASKED = 0.5


def read_passages(query: Query, hits: Sequence[Hit], snapshot: Snapshot, reader: Reader, embedder: Embedder) -> Reading:
    """The reading of the passages found for one question that asks for one thing.

    Where the likeliest document lacks a name of the question, those that have all of them are read without it. What
    the documents write in two ways is read in both where one is not enough.
    """
    reading = _read(query, hits, snapshot, reader, embedder)
    if query.both_ways and reading.confidence < reader.min_confidence:
        both = replace(query, text=query.searched, both_ways=None)
        reading = max(reading, _read(both, hits, snapshot, reader, embedder), key=attrgetter("confidence"))
    named = unless_unnamed(query, reading)
    if named is reading or not (naming := of_documents_that_name(query, hits, snapshot)):
        return named
    other = unless_unnamed(query, _read(query, naming, snapshot, reader, embedder))
    return other if other.confidence > named.confidence else named


def _read(query: Query, hits: Sequence[Hit], snapshot: Snapshot, reader: Reader, embedder: Embedder) -> Reading:
    reading = latest_or_earliest(query, reckon(query, reader.read(query, hits, snapshot), embedder))
    return _of_either(query, reading, hits, snapshot, reader)


def _of_either(query: Query, reading: Reading, hits: Sequence[Hit], snapshot: Snapshot, reader: Reader) -> Reading:
    """The reading with what is said of each of two things, where one sentence does not tell which of them is more."""
    if not query.either or reading.reckoned or reading.why_not or not reading.candidates:
        return reading
    one, other = (content(question) for question in query.either)
    said = content(reading.candidates[0].text)
    if said & (one - other) and said & (other - one):
        return reading
    each = [reader.read(Query(question, question), hits, snapshot) for question in query.either]
    sure, least = min(found.confidence for found in each), reader.min_confidence
    if reading.confidence >= least:
        least *= HALF_ASKED
    if sure < least:
        return reading
    candidates = beside_each_other([found.candidates for found in each])
    return replace(reading, candidates=candidates, confidence=max(reading.confidence, sure))
