"""NarrowedIndex: some documents of an index, searched as if there were no others."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.store.bm25 import NarrowedLexical
from index.store.joined import JoinedIndex
from index.store.passage_index import PassageIndex
from index.store.snapshot import Snapshot
from index.store.sync import SyncReport
from index.store.vectors import nearest_of

KEPT = 8  #: choices whose documents are held ready for the next question


class NarrowedSnapshot(Snapshot):
    """Some documents of a snapshot, of which none is copied."""

    def __init__(self, whole: Snapshot, names: Sequence[str]) -> None:
        """Hold the documents of `whole` that one of `names` stands for; see `covers`."""
        super().__init__(one for name, one in whole.documents.items() if any(covers(other, name) for other in names))
        self.whole = whole
        self.names = tuple(names)
        self.gone = tuple(name for name in names if not any(covers(name, other) for other in self.documents))
        self._places = np.array([place for place, one in enumerate(whole.by_id) if one in self.by_id], dtype=np.int64)

    @property
    def lexical(self) -> NarrowedLexical:
        """BM25 over the passages; a score is what it is in the whole."""
        return NarrowedLexical(self.whole.lexical, self._places)

    def holders(self, terms: Sequence[str]) -> list[str]:
        """The ids of the documents that hold all of some stems."""
        return [name for name in self.whole.holders(terms) if name in self.documents]

    def terms_held(self, identifier: str, terms: Iterable[str]) -> set[str]:
        """Those of some stems that a document holds."""
        return self.whole.terms_held(identifier, terms)


class NarrowedIndex:
    """Searches some documents of an index, which may be another such one. Syncs are the whole's."""

    def __init__(self, whole: "Index", names: Sequence[str]) -> None:
        """Search what `names` stand for, ids of documents or folders, also what comes into these later."""
        self.whole = whole
        self.names = tuple(dict.fromkeys(names))

    @property
    def is_new(self) -> bool:
        """Whether the whole has no index yet."""
        return self.whole.is_new

    def snapshot(self) -> NarrowedSnapshot:
        """The documents as they now are. Raises StoreError if the whole has no index yet."""
        return self._narrowed(self.whole.snapshot())

    def search_dense(self, vector: NDArray[np.float32], count: int) -> tuple[Snapshot, dict[str, float]]:
        """The passages whose embeddings are nearest to `vector`; see `PassageIndex.search_dense`."""
        whole, cosines = self.whole.search_dense(vector, count)
        snapshot = self._narrowed(whole)
        live = {passage: cosine for passage, cosine in cosines.items() if passage in snapshot.by_id}
        if len(live) < min(count, len(snapshot.by_id)):  # crowded out by those of other documents
            live = nearest_of(self.whole.vectors(list(snapshot.by_id)), vector, count)
        return snapshot, live

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The embeddings of passages, by id."""
        return self.whole.vectors(ids)

    def sha256(self, document_id: str) -> str | None:
        """That of the file as it was when it was indexed; None for a document that is not there."""
        return self.whole.sha256(document_id)

    def sync(self, add: Sequence[Any] = (), **options: Any) -> SyncReport:
        """Bring the whole in step with its files; see `PassageIndex.sync`."""
        return self.whole.sync(add, **options)

    def refresh(self, add: Sequence[Any] = ()) -> None:
        """Index what has changed of the whole; see `PassageIndex.refresh`."""
        self.whole.refresh(add)

    def close(self) -> None:
        """Nothing: the whole is closed by whoever has opened it."""

    def _narrowed(self, whole: Snapshot) -> NarrowedSnapshot:
        kept: dict[tuple[str, ...], NarrowedSnapshot] = whole.narrowed
        narrowed = kept.get(self.names) or NarrowedSnapshot(whole, self.names)
        kept[self.names] = narrowed
        for name in list(kept)[:-KEPT]:
            kept.pop(name, None)
        return narrowed


Index = PassageIndex | JoinedIndex | NarrowedIndex


def covers(name: str, document_id: str) -> bool:
    """Whether a name stands for a document: its id, or a folder above it, which has a slash at its end."""
    return name == document_id or (name.endswith("/") and document_id.startswith(name))
