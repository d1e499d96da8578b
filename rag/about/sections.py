"""What a section says, where no more is asked: its first sentences, as they stand there."""

from dataclasses import replace
from pathlib import PurePosixPath

from index.embedding import Embedder
from index.store.narrowed import Index
from index.store.snapshot import words_of_name
from index.types import IndexedDocument
from rag.ask.addressed import FIRST_CHARS
from rag.ask.query import Query
from rag.read.choosing import understandable
from rag.read.evidence import Candidate, Found, Reading
from rag.read.retrieve import retrieve
from rag.read.sections import find_section, section_of
from rag.words import content

MOST_TOLD = 8  #: sentences
_GENERIC = content("agreement charter contract document file paper text")  #: any may be called so
GOES_ON = "These are the first {} of {} sentences of {}."
OTHERS = "{} has a {}, too; name the document to be told of that."


def recite(query: Query, index: Index, embedder: Embedder, top_k: int) -> Found | None:
    """The beginning of the section that a question names, in the likeliest document; None if none has it."""
    if not query.section:
        return None
    snapshot, hits = retrieve(query.searched, index, embedder, top_k)
    names = dict.fromkeys(hit.passage.document_id for hit in hits)
    documents = [one for name in names if _is_called(query.subject, one := snapshot.documents[name])]
    stretch = find_section(query.section, documents)
    if not stretch:
        return None
    places = [one for one in range(stretch.first, stretch.last) if not stretch.document.sentences[one].heading]
    told = list(filter(understandable, (Candidate(stretch.document, place, 1.0) for place in places)))
    if not told:
        return None
    notices = [GOES_ON.format(MOST_TOLD, len(told), query.section)] if len(told) > MOST_TOLD else []
    others = [one for one in documents if one is not stretch.document and section_of(query.section, one)]
    notices += [OTHERS.format(PurePosixPath(other.id).name, query.section) for other in others[:1]]
    cut = {passage.id: passage for passage in stretch.passages}
    own = [replace(hit, passage=cut[hit.passage.id]) for hit in hits if hit.passage.id in cut] or hits
    ranked = [replace(hit, rank=rank) for rank, hit in enumerate(own, start=1)]
    return Found(ranked, Reading(tuple(told[:MOST_TOLD]), 1.0), snapshot, tuple(notices))


def _is_called(name: str, document: IndexedDocument) -> bool:
    """Whether half of the words by which a document is called stand in its title, its file's name or its beginning."""
    called = content(name) - _GENERIC
    said = content(f"{words_of_name(document.id)} {document.title} {document.text[:FIRST_CHARS]}")
    return len(called & said) * 2 >= len(called)
