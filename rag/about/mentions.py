"""Questions for the documents that mention something: looked up in all of them, and a sentence of each quoted."""

from dataclasses import dataclass

from index.store.lexical import sentences_with, stems
from index.store.snapshot import Snapshot
from index.types import Hit, IndexedDocument
from rag.about.left_out import MOST_DOCUMENTS
from rag.ask.query import Query
from rag.read.choosing import understandable
from rag.read.evidence import Candidate, Reading
from rag.read.found import Found
from rag.read.sentences import sentences_within

NONE = "None of the documents mentions this."


@dataclass(frozen=True, slots=True)
class _Mentions:
    """Where a document has all the words together."""

    document: IndexedDocument
    positions: tuple[int, ...]  #: of its sentences


def find_mentions(query: Query, snapshot: Snapshot) -> Found:
    """The documents that mention the subject of a question, most often first, each with its first sentence that does.

    A sentence mentions it that has all of its words, in any form.
    """
    wanted = stems([query.subject])[0]
    holding = (snapshot.documents[name] for name in (snapshot.holders(wanted) if wanted else ()))
    found = [one for one in (_look_up(document, set(wanted)) for document in holding) if one.positions]
    found.sort(key=lambda one: -len(one.positions))
    candidates = tuple(Candidate(one.document, one.positions[0], 1.0) for one in found)
    hits: list[Hit] = []
    for candidate in candidates:
        places = ((p, candidate.position in sentences_within(p, snapshot)) for p in candidate.document.passages)
        passage = next(passage for passage, holds in places if holds)
        hits.append(Hit(passage, 1.0, len(hits) + 1, 1.0, 1.0))
    notices = (told(found, len(snapshot.documents)),) if found else (NONE,)
    return Found(hits, Reading(candidates, 1.0 if candidates else 0.0), snapshot, notices)


def told(found: list[_Mentions], documents: int) -> str:
    """What was counted, a sentence."""
    sentences = sum(len(one.positions) for one in found)
    first = f"{len(found)} of {documents} documents mention{'s' * (len(found) == 1)} this"
    more = f"; one sentence each of {MOST_DOCUMENTS} is shown" if len(found) > MOST_DOCUMENTS else ""
    return f"{first}, in {sentences} sentence{'s' * (sentences > 1)}{more}."


def _look_up(document: IndexedDocument, wanted: set[str]) -> _Mentions:
    held = sentences_with(wanted, document)
    return _Mentions(document, tuple(n for n in held if understandable(Candidate(document, n, 1.0))))
