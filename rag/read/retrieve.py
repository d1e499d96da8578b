"""Hybrid search: embeddings and BM25, fused by a convex combination of scores."""

import numpy as np

from index.embedding import Embedder
from index.store.narrowed import Index
from index.store.snapshot import Snapshot
from index.types import Hit

CANDIDATES = 50  #: taken from each of the two searches
DENSE_WEIGHT = 0.3  #: of the cosine, the rest being BM25's; fitted by tests/benchmarks/fit_similarity.py


def fuse(cosine: float, bm25: float) -> float:
    """The fused score of a passage, 0 to 1.

    Both parts have a fixed scale (a cosine; the share of the question's weight that is matched), not
    one that depends on the other passages found, so that scores of different questions compare.
    """
    return DENSE_WEIGHT * max(0.0, cosine) + (1 - DENSE_WEIGHT) * bm25


def retrieve(query: str, index: Index, embedder: Embedder, top_k: int) -> tuple[Snapshot, list[Hit]]:
    """The `top_k` best passages for a query, best first, and the state of the index that holds them."""
    vector = embedder.embed_query(query)
    snapshot, cosines = index.search_dense(vector, max(CANDIDATES, top_k))
    bm25 = dict(zip(snapshot.by_id, snapshot.lexical.scores(query).tolist(), strict=True))
    matched = sorted((score, passage) for passage, score in bm25.items() if score > 0)[-max(CANDIDATES, top_k) :]
    lacking = [passage for _, passage in matched if passage not in cosines]
    # Unit vectors: the product is the cosine. One that a sync has just swept is left out.
    cosines |= {passage: float(np.dot(vector, other)) for passage, other in index.vectors(lacking).items()}
    scored = sorted(((fuse(cosine, bm25[passage]), passage) for passage, cosine in cosines.items()), reverse=True)
    return snapshot, [
        Hit(snapshot.by_id[passage], score, rank, cosines[passage], bm25[passage])
        for rank, (score, passage) in enumerate(scored[:top_k], start=1)
    ]
