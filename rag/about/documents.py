"""Whether a question is one about documents themselves, and what is found for it then."""

from index.embedding import Embedder
from index.store.narrowed import Index
from index.store.snapshot import Snapshot
from rag.about.mentions import find_mentions
from rag.about.origin import trace
from rag.about.overview import survey
from rag.ask.query import Query
from rag.read.definition import is_defined
from rag.read.evidence import Reader
from rag.read.found import Found
from rag.read.retrieve import retrieve


def about_documents(
    query: Query, index: Index, snapshot: Snapshot, embedder: Embedder, reader: Reader, *, top_k: int, threshold: float
) -> Found | None:
    """What is found for a question about documents themselves; None for one about what they tell."""
    if query.kind == "mentions":
        return find_mentions(query, snapshot)
    if query.is_whole:
        return survey(query, index, snapshot, embedder, top_k)
    if query.kind == "definition":  # below its title, every passage of a document seems to say what the title names
        is_meant = query.documents and not is_defined(query.subject, snapshot)
        return survey(query, index, snapshot, embedder, top_k) if is_meant else None
    found = trace(query, reader, snapshot, threshold) if query.documents else None
    if found and query.described:
        _, hits = retrieve(query.text, index, embedder, top_k, edges=True)
        if reader.read(query, hits, snapshot).confidence > found.reading.confidence:
            return None  # it tells of such a thing
    return found
