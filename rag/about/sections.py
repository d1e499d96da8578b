"""What a section says, where no more is asked: its first sentences, as they stand there."""

from index.embedding import Embedder
from index.store.narrowed import Index
from index.store.snapshot import words_of_name
from index.types import IndexedDocument
from rag.ask.addressed import FIRST_CHARS
from rag.ask.query import Query
from rag.read.choosing import understandable
from rag.read.evidence import Candidate, Found, Reading
from rag.read.retrieve import retrieve
from rag.read.sections import find_section
from rag.words import content

MOST_TOLD = 8  #: sentences
GOES_ON = "These are the first {} of {} sentences of {}."


def recite(query: Query, index: Index, embedder: Embedder, top_k: int) -> Found | None:
    """The beginning of the section that a question names, in the likeliest document; None if none has it."""
    snapshot, hits = retrieve(query.text, index, embedder, top_k, section=query.section)
    documents = map(snapshot.documents.__getitem__, dict.fromkeys(hit.passage.document_id for hit in hits))
    stretch = find_section(query.section, documents) if query.section else None
    if not stretch or not _is_called(query.subject, stretch.document):
        return None
    places = [one for one in range(stretch.first, stretch.last) if not stretch.document.sentences[one].heading]
    told = [one for place in places if understandable(one := Candidate(stretch.document, place, 1.0))]
    if not told:
        return None
    hits.sort(key=lambda hit: hit.passage.start)
    notices = (GOES_ON.format(MOST_TOLD, len(told), query.section),) if len(told) > MOST_TOLD else ()
    return Found(hits, Reading(tuple(told[:MOST_TOLD]), 1.0), snapshot, notices)


def _is_called(name: str, document: IndexedDocument) -> bool:
    """Whether half of the words by which a document is called stand in its title, its file's name or its beginning."""
    called = content(name)
    said = content(f"{words_of_name(document.id)} {document.title} {document.text[:FIRST_CHARS]}")
    return len(called & said) * 2 >= len(called)
