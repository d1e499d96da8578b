"""The similarity reader: sentences scored by embedding, BM25 and the passage they stand in."""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.lexical import LexicalIndex
from index.snapshot import Snapshot
from index.types import Hit
from rag.conversation import Query
from rag.extract import Candidate, Reading

# Fitted by tests/benchmarks/fit_similarity.py, which says on what data.
SENTENCE_COSINE = 0.3
SENTENCE_BM25 = 0.4
PASSAGE = 0.3
CONFIDENCE_BY_SCORE = 9.559
CONFIDENCE_BY_SIZE = -0.817
CONFIDENCE_OFFSET = -1.183
MIN_CONFIDENCE = 0.292

MAX_KNOWN = 20_000  #: sentences whose embeddings are kept, 30 MB for 384 dimensions


class SimilarityReader:
    """Knows where the question's words and meaning are, not whether they are answered there."""

    def __init__(self, embedder: Embedder) -> None:
        """Score sentences with this embedder."""
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}  # embedding is nearly all of the work

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Score every sentence of the passages found."""
        places: dict[tuple[str, int], float] = {}
        for hit in hits:
            for position in _sentences_within(hit, snapshot):
                place = hit.passage.document_id, position
                places[place] = max(places.get(place, 0.0), hit.score)
        if not places:
            return Reading((), 0.0)
        scores = self._scores(query.text, places, snapshot)
        candidates = [
            Candidate(snapshot.documents[document], position, score)
            for (document, position), score in sorted(scores.items(), key=lambda item: -item[1])
        ]
        return Reading(tuple(candidates), confidence(hits[0].score, len(snapshot.passages)))

    def _scores(
        self, query: str, places: dict[tuple[str, int], float], snapshot: Snapshot
    ) -> dict[tuple[str, int], float]:
        texts = [sentence_text(snapshot, *place) for place in places]
        cosines = self._cosines(query, texts)
        bm25 = LexicalIndex(texts).scores(query)
        return {
            place: SENTENCE_COSINE * float(cosine) + SENTENCE_BM25 * float(lexical) + PASSAGE * passage
            for (place, passage), cosine, lexical in zip(places.items(), cosines, bm25, strict=True)
        }

    def _cosines(self, query: str, texts: Sequence[str]) -> NDArray[np.float32]:
        known = self._known if len(self._known) <= MAX_KNOWN else {}
        new = list(dict.fromkeys(text for text in texts if text not in known))
        vectors = self._embedder.embed([query, *new])
        self._known = known = known | dict(zip(new, vectors[1:], strict=True))
        cosines: NDArray[np.float32] = np.array([known[text] for text in texts]) @ vectors[0]
        return cosines


def confidence(score: float, passages: int) -> float:
    """The probability that the documents hold the answer.

    It is a logistic fit of the best passage's fused score, and of how many passages it is the best of:
    among many, some passage always looks fitting.
    """
    evidence = CONFIDENCE_BY_SCORE * score + CONFIDENCE_BY_SIZE * math.log10(passages) + CONFIDENCE_OFFSET
    return 1 / (1 + math.exp(-evidence))


def sentence_text(snapshot: Snapshot, document_id: str, position: int) -> str:
    """A sentence of a document."""
    indexed = snapshot.documents[document_id]
    sentence = indexed.sentences[position]
    return indexed.document.text[sentence.start : sentence.end]


def _sentences_within(hit: Hit, snapshot: Snapshot) -> Iterator[int]:
    sentences = snapshot.documents[hit.passage.document_id].sentences
    position = bisect_left(sentences, hit.passage.start + 1, key=lambda sentence: sentence.end)
    while position < len(sentences) and sentences[position].start < hit.passage.end:
        yield position
        position += 1
