"""What the documents say of something: the sentences that speak of it, those most like it and unlike each other."""

from collections.abc import Iterator, Sequence, Set

from index.embedding import Embedder
from index.store.lexical import stems
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.about.overview import MOST_POINTS, tells, unlike
from rag.ask.query import Query
from rag.read.choosing import understandable
from rag.read.confidence import LIKELY
from rag.read.evidence import Candidate, Found, Reading
from rag.read.sentences import sentences_within
from rag.read.unnamed import names_lacking

#: Cosine of a sentence and a topic, from which it speaks of it in other words. Of 563 headings of one development
#: folder, in each of the others that have none of their words, 4% are so near to a sentence
#: (`python -m tests.benchmarks.topics`, by which this was chosen).
LIKE = 0.4
NAMED = "These are {} of {} sentences found that speak of “{}”."
OTHERWISE = "No sentence found speaks of “{}” in these words."


def tell_of(
    query: Query,
    hits: list[Hit],
    snapshot: Snapshot,
    embedder: Embedder,
    threshold: float,
    reading: Reading | None = None,
) -> Found | None:
    """The sentences of the passages found that speak of the topic of a request, if need be in other words.

    None for any other question, and where nothing speaks of it, or it was read with enough confidence: unless any
    sentence will do that has its words. That is known before anything is read, where `reading` is None.
    """
    sure = reading is None or reading.confidence >= max(threshold, LIKELY)
    if query.kind not in ("topic", "said") or (query.kind == "said" and sure):
        return None
    meant = hits
    if query.kind == "said":  # of what else the question names
        documents = {hit.passage.document_id: snapshot.documents[hit.passage.document_id].document for hit in hits}
        lacking = {name for name, document in documents.items() if names_lacking(query.question, document)}
        meant = [hit for hit in hits if hit.passage.document_id not in lacking]
    wanted = set(stems([query.subject])[0])
    named = list(_speaking(wanted, meant, snapshot)) if wanted else []
    if not named and sure:
        return None
    told = [one for one in named or _sentences(meant, snapshot) if tells(one.text)] or named
    candidates = _likest(query.subject, told, embedder, -1.0 if named else LIKE)
    if not candidates:
        return None
    if not named:
        return Found(hits, Reading(candidates, threshold), snapshot, (OTHERWISE.format(query.subject),))
    told_of = NAMED.format(len(candidates), len(named), query.subject)
    return Found(hits, Reading(candidates, 1.0), snapshot, (told_of,) if len(named) > len(candidates) else ())


def _likest(topic: str, told: Sequence[Candidate], embedder: Embedder, least: float) -> tuple[Candidate, ...]:
    """The sentences most like the topic, of a cosine of `least` or more; each document's in order, the best's first."""
    by_place = {one.place: one for one in told}
    vectors = dict(zip(by_place, embedder.embed([one.text for one in by_place.values()]), strict=True)) if told else {}
    asked = embedder.embed_query(topic)
    cosines = {place: float(vector @ asked) for place, vector in vectors.items()}
    ranked = (place for place in sorted(cosines, key=lambda place: -cosines[place]) if cosines[place] >= least)
    chosen = unlike(ranked, vectors, MOST_POINTS)
    documents = [document for document, _ in chosen]
    return tuple(by_place[place] for place in sorted(chosen, key=lambda place: (documents.index(place[0]), place[1])))


def _speaking(wanted: Set[str], hits: Sequence[Hit], snapshot: Snapshot) -> Iterator[Candidate]:
    """The sentences that have the words, or one of them below a title or heading that has the others.

    So do all below a heading that has them.
    """
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        heading, title = map(
            set, stems([hit.passage.heading, snapshot.documents[hit.passage.document_id].document.title])
        )
        candidates = [one for one in _sentences([hit], snapshot) if one.place not in seen]
        seen.update(one.place for one in candidates)
        for candidate, said in zip(candidates, map(set, stems([one.text for one in candidates])), strict=True):
            if wanted <= heading or (wanted & said and wanted <= said | heading | title):
                yield candidate


def _sentences(hits: Sequence[Hit], snapshot: Snapshot) -> Iterator[Candidate]:
    """The sentences of passages that can be understood."""
    for hit in hits:
        document = snapshot.documents[hit.passage.document_id]
        candidates = (Candidate(document, position, 1.0) for position in sentences_within(hit.passage, document))
        yield from filter(understandable, candidates)
