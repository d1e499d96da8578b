"""Questions for the documents that mention something: looked up in all of them, and a sentence of each quoted."""

from collections.abc import Sequence, Set

from index.store.lexical import sentences_with, stems
from index.store.snapshot import Snapshot, words_of_name
from index.types import Hit, Passage
from rag.about.overview import MOST_DOCUMENTS
from rag.ask.query import Query
from rag.read.choosing import understandable
from rag.read.evidence import Candidate, Found, Reading
from rag.read.sentences import sentences_within

NONE = "None of the documents mentions this."


def find_mentions(query: Query, snapshot: Snapshot) -> Found:
    """The documents that mention the subject of a question, most often first, each with its first sentence that does.

    A sentence mentions it that has all of its words, in any form. Behind them come those that are only called so, by
    their title or their file's name, each with its first sentence.
    """
    wanted = stems([query.subject])[0]
    found: list[list[Candidate]] = []
    for name in snapshot.holders(wanted) if wanted else ():
        document = snapshot.documents[name]
        mentioning = (Candidate(document, position, 1.0) for position in sentences_with(set(wanted), document))
        if mentions := [one for one in mentioning if understandable(one)]:
            found.append(mentions)
    found.sort(key=lambda mentions: -len(mentions))
    called = _called(set(wanted), snapshot, {mentions[0].document.id for mentions in found}) if wanted else []
    candidates = (*(first for first, *_ in found), *called)
    hits = [Hit(_passage_of(one), 1.0, rank, 1.0, 1.0) for rank, one in enumerate(candidates, start=1)]
    notice = told([len(mentions) for mentions in found], len(snapshot.documents), len(called))
    return Found(hits, Reading(candidates, 1.0 if candidates else 0.0), snapshot, (notice,))


def _called(wanted: Set[str], snapshot: Snapshot, mentioning: Set[str]) -> list[Candidate]:
    """The first sentences of documents that have all words in what they are called, but for those that mention it."""
    others = [one for one in snapshot.documents.values() if one.id not in mentioning]
    names = stems([f"{one.title} {words_of_name(one.id)}" for one in others])
    of_those = [one for one, name in zip(others, names, strict=True) if wanted <= set(name)]
    sentences = (
        [Candidate(one, n, 1.0) for n in range(len(one.sentences)) if not one.sentences[n].heading] for one in of_those
    )
    return [first for each in sentences if (first := next(filter(understandable, each), None))]


def _passage_of(candidate: Candidate) -> Passage:
    document = candidate.document
    return next(one for one in document.passages if candidate.position in sentences_within(one, document))


def told(times: Sequence[int], documents: int, called: int = 0) -> str:
    """What was counted in how many documents, a sentence.

    Args:
        times: The mentions of each document that has some.
        documents: How many there are.
        called: How many others are only called so.
    """
    sentences, be = sum(times), "is" if called == 1 else "are"
    if not times:
        return f"No sentence mentions this, but {called} of {documents} documents {be} called so." if called else NONE
    first = f"{len(times)} of {documents} documents mention{'s' * (len(times) == 1)} this"
    also = f", and {called} more {be} called so" if called else ""
    more = f"; one sentence each of {MOST_DOCUMENTS} is shown" if len(times) + called > MOST_DOCUMENTS else ""
    return f"{first}, in {sentences} sentence{'s' * (sentences > 1)}{also}{more}."
