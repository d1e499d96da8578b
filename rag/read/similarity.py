"""The similarity reader: sentences scored by embedding, BM25 and the passage they stand in."""

import math
from collections.abc import Sequence

from index.embedding import Embedder
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.ask.query import Query
from rag.read.evidence import Candidate, Reading
from rag.read.sentences import SentenceSimilarity

# Fitted by tests/benchmarks/fit_similarity.py, which says on what data.
SENTENCE_COSINE = 0.3
SENTENCE_BM25 = 0.4
PASSAGE = 0.3
SHARPNESS = 10.0  #: by which scores become shares, as the reader's are, that fall with the distance from the best
CONFIDENCE_BY_SCORE = 9.559
CONFIDENCE_BY_SIZE = -0.817
CONFIDENCE_OFFSET = -1.183


class SimilarityReader:
    """Knows where the question's words and meaning are, not whether they are answered there."""

    identity = "similarity"
    min_confidence = 0.292

    def __init__(self, embedder: Embedder) -> None:
        """Score sentences with this embedder."""
        self._similarity = SentenceSimilarity(embedder)

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Score every sentence of the passages found."""
        scored = [
            (one, SENTENCE_COSINE * one.cosine + SENTENCE_BM25 * one.bm25 + PASSAGE * one.passage)
            for one in self._similarity.measure(query.text, hits, snapshot)
        ]
        if not scored:
            return Reading((), 0.0)
        best = max(score for _, score in scored)
        candidates = [
            Candidate(one.document, one.position, math.exp(SHARPNESS * (score - best))) for one, score in scored
        ]
        candidates.sort(key=lambda candidate: -candidate.score)
        return Reading(tuple(candidates), confidence(hits[0].score, len(snapshot.passages)))

    def warm_up(self) -> None:
        """There is nothing to load."""


def confidence(score: float, passages: int) -> float:
    """The probability that the documents hold the answer.

    It is a logistic fit of the best passage's fused score, and of how many passages it is the best of:
    among many, some passage always looks fitting.
    """
    evidence = CONFIDENCE_BY_SCORE * score + CONFIDENCE_BY_SIZE * math.log10(passages) + CONFIDENCE_OFFSET
    return 1 / (1 + math.exp(-evidence))
