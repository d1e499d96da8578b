"""Hybrid search: embeddings and BM25, fused by a convex combination of scores."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.store.narrowed import Index
from index.store.snapshot import Snapshot
from index.types import Hit, Passage
from rag.ask.sections import Section
from rag.read.sections import find_section

CANDIDATES = 50  #: taken from each of the two searches
BEST, MOST_DOCUMENTS = 8, 2  #: passages that tell which documents are meant, and how many of these
EDGES = (0, -1)  #: a document's passages that stand at its edges
DENSE_WEIGHT = 0.3  #: of the cosine, the rest being BM25's; fitted by tests/benchmarks/fit_similarity.py


def fuse(cosine: float, bm25: float) -> float:
    """The fused score of a passage, 0 to 1.

    Both parts have a fixed scale (a cosine; the share of the question's weight that is matched), not
    one that depends on the other passages found, so that scores of different questions compare.
    """
    return DENSE_WEIGHT * max(0.0, cosine) + (1 - DENSE_WEIGHT) * bm25


def retrieve(
    query: str, index: Index, embedder: Embedder, top_k: int, *, edges: bool = False, section: Section | None = None
) -> tuple[Snapshot, list[Hit]]:
    """The `top_k` best passages for a query, best first, and the state of the index that holds them.

    The most alike is among them: of many documents some share words with any query, and would take its place.

    With `edges`, up to a third of them are the first and last passages of the documents that most of the best are of:
    there stand title, names, dates and signatures, in words that are not the question's.

    With a `section` they are the passages of that one, cut to it, in the first of the documents found that has it.
    """
    vector = embedder.embed_query(query)
    snapshot, cosines = index.search_dense(vector, max(CANDIDATES, top_k))
    scores = snapshot.lexical.scores(query)

    def look_up(passages: Sequence[str]) -> None:
        """Their cosines: of unit vectors the product. A passage that a sync has just swept is left out."""
        vectors = index.vectors([passage for passage in passages if passage not in cosines])
        cosines.update({passage: float(np.dot(vector, other)) for passage, other in vectors.items()})

    def bm25(passage: str) -> float:
        return float(scores[snapshot.place_of(passage)])

    def score(passage: str) -> float:
        return fuse(cosines[passage], bm25(passage))

    look_up(_best(scores, snapshot, max(CANDIDATES, top_k)))
    ranked = sorted(cosines, key=lambda passage: (score(passage), passage), reverse=True)
    cut = {one.id: one for one in _of_section(section, ranked[:top_k], snapshot)} if section else {}
    if cut:
        look_up(list(cut))
        ranked, edges = sorted(cosines.keys() & cut.keys(), key=lambda passage: (-score(passage), passage)), False
    found = _with_nearest(ranked, cosines, top_k)
    if at_edges := list(islice(_at_edges(found, snapshot), top_k // 3 if edges else 0)):
        look_up(at_edges)
        at_edges = [passage for passage in at_edges if passage in cosines]
        found = _with_nearest(found, cosines, top_k - len(at_edges))
        found += sorted(at_edges, key=lambda passage: -score(passage))
    return snapshot, [
        Hit(cut.get(passage) or snapshot.by_id[passage], score(passage), rank, cosines[passage], bm25(passage))
        for rank, passage in enumerate(found, start=1)
    ]


def _of_section(section: Section, found: Sequence[str], snapshot: Snapshot) -> list[Passage]:
    """The passages of a section, in the document of the best of those found that has it."""
    documents = dict.fromkeys(snapshot.by_id[passage].document_id for passage in found)
    stretch = find_section(section, map(snapshot.documents.__getitem__, documents))
    return stretch.passages if stretch else []


def _with_nearest(ranked: Sequence[str], cosines: Mapping[str, float], count: int) -> list[str]:
    """The first `count` passages; the most alike takes the place of the last one if it is not among them."""
    nearest = max(ranked, key=cosines.__getitem__, default="")
    if count < 2 or nearest in ranked[:count] or not nearest:
        return [*ranked[:count]]
    return [*ranked[: count - 1], nearest]


def _best(scores: NDArray[np.float32], snapshot: Snapshot, count: int) -> list[str]:
    """The passages that match best, of those that match at all; of several alike the one whose name comes last."""
    matching = scores[scores > 0]  # among thousands of zeros a partition is slow
    least = np.partition(matching, -count)[-count] if count < len(matching) else 0.0
    places = np.flatnonzero((scores >= least) & (scores > 0)).tolist()
    return [name for _, name in sorted((scores[place], snapshot.name_at(place)) for place in places)[-count:]]


def _at_edges(found: Sequence[str], snapshot: Snapshot) -> Iterator[str]:
    """The passages at the edges of the documents that most of the best passages are of, but for those found."""
    counts = Counter(snapshot.by_id[passage].document_id for passage in found[:BEST])
    documents = [snapshot.documents[document].passages for document, _ in counts.most_common(MOST_DOCUMENTS)]
    edges = (passages[place].id for place in EDGES for passages in documents if len(passages) > place)
    yield from (passage for passage in dict.fromkeys(edges) if passage not in found)
