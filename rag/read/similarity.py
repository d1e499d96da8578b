"""The similarity reader: sentences scored by embedding, BM25 and the passage they stand in."""

import math
from collections.abc import Sequence
from dataclasses import replace

from index.embedding import Embedder
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.ask.query import Query
from rag.read.confidence import CONSTANT, Figures, logistic
from rag.read.context import contexts
from rag.read.evidence import Candidate, Reading
from rag.read.sentences import SentenceSimilarity

# Fitted by tests/benchmarks/fit_similarity.py, which says on what data.
SENTENCE_COSINE = 0.3
SENTENCE_BM25 = 0.4
PASSAGE = 0.3
SHARPNESS = 10.0  #: by which scores become shares, as the reader's are, that fall with the distance from the best
WEIGHED = ("near", "anywhere", "cosine")  #: what its confidence is made of
#: Fitted by `rag.training.fit` on the questions that the reader's confidence is fitted on.
CONFIDENCE = {"near": 6.3145, "anywhere": 0.4534, "cosine": 3.6105, CONSTANT: -2.3687}


class SimilarityReader:
    """Knows where the question's words and meaning are, not whether they are answered there."""

    identity = "similarity"
    min_confidence = 0.801

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
        context = contexts(query.text, hits[:1], snapshot)[0]
        figures = Figures(context.near, context.anywhere, hits[0].cosine)
        figures = replace(figures, topic=logistic(figures, CONFIDENCE))
        return Reading(tuple(candidates), figures.topic, figures=figures)

    def warm_up(self) -> None:
        """There is nothing to load."""
