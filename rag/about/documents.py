"""Whether a question is one about documents themselves, and what is found for it then."""

from dataclasses import replace

from index.embedding import Embedder
from index.store.narrowed import Index
from index.store.snapshot import Snapshot
from index.types import IndexedDocument
from rag.about.defined import is_defined
from rag.about.mentions import find_mentions
from rag.about.origin import trace
from rag.about.overview import survey, tells
from rag.about.sections import recite
from rag.ask.query import Query
from rag.read.evidence import Found, Reader
from rag.read.retrieve import retrieve

NOTE = 12  #: sentences and lines, below which a document without `PROSE` is a note: its title tells what of
PROSE = 3  #: sentences that could tell what a document is about


def about_documents(
    query: Query, index: Index, snapshot: Snapshot, embedder: Embedder, reader: Reader, *, top_k: int, threshold: float
) -> Found | None:
    """What is found for a question about documents themselves; None for one about what they tell."""
    if query.kind == "mentions":
        return find_mentions(query, snapshot)
    if query.is_whole:
        return survey(query, index, snapshot, embedder, top_k)
    if query.kind == "section":
        return recite(query, index, embedder, top_k)
    if query.kind == "title":  # below its title, any sentence of a document seems to say what the title names
        long = tuple(one for one in query.documents if not _is_note(one))
        is_meant = long and not is_defined(query.subject, snapshot)
        return survey(replace(query, documents=long), index, snapshot, embedder, top_k) if is_meant else None
    found = trace(query, reader, snapshot, threshold) if query.documents else None
    if found and query.described:
        _, hits = retrieve(query.searched, index, embedder, top_k, edges=True, section=query.section)
        if reader.read(query, hits, snapshot).confidence > found.reading.confidence:
            return None  # it tells of such a thing
    return found


def _is_note(indexed: IndexedDocument) -> bool:
    """Whether what a title names may be answered by any line below it, as by an address or an hour."""
    if len(indexed.sentences) >= NOTE:
        return False
    return sum(map(tells, map(indexed.said, indexed.prose))) < PROSE
