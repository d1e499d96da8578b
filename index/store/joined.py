"""JoinedIndex: two indexes searched as one, so that what both hold need not be embedded, or held, for each."""

import threading
from collections import ChainMap
from collections.abc import Iterable, MutableMapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from index.store.bm25 import JoinedLexical
from index.store.packed import Joined
from index.store.passage_index import PassageIndex
from index.store.snapshot import Snapshot
from index.store.sync import SyncReport


class JoinedSnapshot(Snapshot):
    """The documents of two snapshots, of which neither is copied."""

    def __init__(self, base: Snapshot, own: Snapshot) -> None:
        """Hold the documents of `base`, and after them those of `own`."""
        self._base, self._own = base, own
        # A chain of maps is gone through from its last to its first. Nothing is ever written into one of these.
        self.documents = ChainMap(*(cast("MutableMapping[str, Any]", one.documents) for one in (own, base)))
        self.by_id = ChainMap(*(cast("MutableMapping[str, Any]", one.by_id) for one in (own, base)))
        self.passages = Joined([base.passages, own.passages])

    @property
    def lexical(self) -> JoinedLexical:
        """BM25 over the passages of both."""
        return JoinedLexical(self._base.bm25, self._own.bm25)

    def name_at(self, place: int) -> str:
        """The id of the passage at a place among BM25's scores."""
        before = len(self._base.by_id)
        return self._base.name_at(place) if place < before else self._own.name_at(place - before)

    def place_of(self, passage: str) -> int:
        """The place of a passage among BM25's scores."""
        if passage in self._own.by_id:
            return len(self._base.by_id) + self._own.place_of(passage)
        return self._base.place_of(passage)

    def holders(self, terms: Sequence[str]) -> list[str]:
        """The ids of the documents that hold all of some stems."""
        return [*self._base.holders(terms), *self._own.holders(terms)]

    def terms_held(self, identifier: str, terms: Iterable[str]) -> set[str]:
        """Those of some stems that a document holds."""
        return (self._own if identifier in self._own.documents else self._base).terms_held(identifier, terms)


class JoinedIndex:
    """A base that many may share, and beside it what only some may see. The base alone is synced through it.

    Both are of one embedder, and no document id is in both. Scores are those of one index over all documents.
    """

    def __init__(self, base: PassageIndex, own: PassageIndex) -> None:
        """Search `base` and `own`; each is changed by whoever holds it, and changes are seen at once."""
        self.base = base
        self.own = own
        self._lock = threading.Lock()
        self._joined: tuple[Snapshot, Snapshot, Snapshot] | None = None  # the base's, the own, and both in one

    @property
    def is_new(self) -> bool:
        """Whether the base has no index yet."""
        return self.base.is_new

    def snapshot(self) -> Snapshot:
        """Both indexes as their manifests now name them. Raises StoreError if one has none yet."""
        return self._join(self.base.snapshot(), self.own.snapshot())

    def search_dense(self, vector: NDArray[np.float32], count: int) -> tuple[Snapshot, dict[str, float]]:
        """The passages of both whose embeddings are nearest to `vector`; see `PassageIndex.search_dense`."""
        base, cosines = self.base.search_dense(vector, count)
        own, others = self.own.search_dense(vector, count)
        nearest = sorted((cosines | others).items(), key=lambda item: -item[1])[:count]
        return self._join(base, own), dict(nearest)

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The embeddings of passages, by id."""
        return self.base.vectors(ids) | self.own.vectors(ids)

    def sha256(self, document_id: str) -> str | None:
        """That of the file as it was when it was indexed; None for a document that is not there."""
        return self.base.sha256(document_id) or self.own.sha256(document_id)

    def sync(self, add: Sequence[Any] = (), **options: Any) -> SyncReport:
        """Bring the base in step with its files; see `PassageIndex.sync`."""
        return self.base.sync(add, **options)

    def refresh(self, add: Sequence[Any] = ()) -> None:
        """Index what has changed of the base; see `PassageIndex.refresh`."""
        self.base.refresh(add)

    def close(self) -> None:
        """Let go of the files of what is beside the base, which others may be using."""
        self.own.close()

    def _join(self, base: Snapshot, own: Snapshot) -> Snapshot:
        with self._lock:
            if self._joined is None or self._joined[0] is not base or self._joined[1] is not own:
                self._joined = base, own, JoinedSnapshot(base, own)
            return self._joined[2]
