"""The Chroma collections of an index; those in a folder are made safe to share between processes."""

import shutil
import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from heapq import nlargest
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast
from weakref import finalize

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from index.errors import REBUILD, StoreError
from index.sharing import shared

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import GetResult, QueryResult

T = TypeVar("T")

BATCH = 256  #: records written while the lock is held once, so that a reader waits for no more
LOCK_SECONDS = 120.0
EF_CONSTRUCTION = 200  #: nodes that are looked at for the neighbours of one
EF_SEARCH = 600  #: nodes that a search keeps in view: of 104,000 passages, .996 of the ten nearest; with 200, .978


def nearest_of(vectors: Mapping[str, NDArray[np.float32]], vector: NDArray[np.float32], count: int) -> dict[str, float]:
    """The cosines of those of some vectors that are nearest to `vector`, best first."""
    cosines = ((name, float(np.dot(vector, other))) for name, other in vectors.items())
    return dict(nlargest(count, cosines, key=itemgetter(1)))


class Vectors:
    """The vectors of an index, in collections of Chroma. A child class knows how to reach them."""

    def add(self, collection: str, ids: Sequence[str], vectors: NDArray[np.float32]) -> None:
        """Write vectors, shape (ids, dimension), a few hundred at most. Records tell what they stand for."""
        self._with(
            collection, lambda records: records.upsert(ids=list(ids), embeddings=cast("Any", vectors)), write=True
        )

    def nearest(self, collection: str, vector: NDArray[np.float32], count: int) -> dict[str, float]:
        """The cosine of the `count` records nearest to `vector`, by id, best first."""

        def query(records: "Collection") -> "QueryResult":
            return records.query(query_embeddings=cast("Any", vector[None, :]), n_results=count, include=["distances"])

        found = self._with(collection, query)
        distances = (found["distances"] or [[]])[0]
        return {record: 1.0 - distance for record, distance in zip(found["ids"][0], distances, strict=True)}

    def vectors(self, collection: str, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The vectors of those of the records that exist, by id."""
        found: dict[str, NDArray[np.float32]] = {}
        for start in range(0, len(ids), BATCH):
            batch = self._with(collection, partial(_embeddings, list(ids[start : start + BATCH])))
            if batch["embeddings"] is not None:
                found.update(zip(batch["ids"], np.asarray(batch["embeddings"], dtype=np.float32), strict=True))
        return found

    def count(self, collection: str) -> int:
        """The number of records."""
        return self._with(collection, lambda records: records.count())

    def ids(self, collection: str) -> set[str]:
        """The ids of all records."""
        return self._with(collection, lambda records: set(records.get(include=[])["ids"]))

    def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Delete records; ids that do not exist are ignored."""
        for start in range(0, len(ids), BATCH):
            self._with(collection, partial(delete, list(ids[start : start + BATCH])), write=True)

    def drop_other_collections(self, keep: str) -> None:
        """Delete every collection of the index but one: those of earlier embedders."""
        raise NotImplementedError

    def repair(self) -> None:
        """Throw away what can no longer be used."""

    def _with(self, collection: str, work: "Callable[[Collection], T]", *, write: bool = False) -> T:
        """What `work` gives with a collection, which is made where there is none. Raises StoreError."""
        raise NotImplementedError


class VectorStore(Vectors):
    """Chroma on disk, used by one process at a time.

    Chroma's `PersistentClient` is not safe across processes: each keeps state that another's writes
    make stale. So every access holds a file lock for its few milliseconds, a write leaves a new
    generation number behind, and whoever finds one that is not its own opens Chroma anew.
    """

    def __init__(self, folder: Path) -> None:
        """Use `at` instead, which gives one object per folder, as Chroma has one client per folder."""
        self._folder = folder
        self._generation_file = folder / "generation"
        self._generation: str | None = None
        self._opened: list[ClientAPI] = []  # the client in use, if any; in a list that outlives this object
        self._collections: dict[str, Collection] = {}  # of that client: to ask for one takes as long as a search
        finalize(self, _close, self._opened)
        self._thread_lock = threading.RLock()
        self._file_lock = FileLock(folder / "chroma.lock", timeout=LOCK_SECONDS, thread_local=False)

    @classmethod
    def at(cls, folder: Path) -> "VectorStore":
        """The store in `folder`, an existing folder, shared by all who ask for it in this process."""
        return shared(cls, folder)

    def drop_other_collections(self, keep: str) -> None:
        """Delete every collection but one: those of earlier embedders."""
        with self._access() as client:
            others = [other.name for other in client.list_collections() if other.name != keep]
        if others:
            with self._access(write=True) as client:
                for name in others:
                    self._collections.pop(name, None)
                    client.delete_collection(name)

    def repair(self) -> None:
        """Throw Chroma's files away if they can no longer be used."""
        try:
            with self._access() as client:
                for records in client.list_collections():
                    sample = records.get(limit=1, include=["embeddings"])["embeddings"]
                    if sample is not None and len(sample):
                        records.query(query_embeddings=sample, n_results=1)
        except StoreError:
            with self._thread_lock, self._file_lock:
                chroma = self._folder / "chroma"
                if chroma.is_file():
                    chroma.unlink()
                else:
                    shutil.rmtree(chroma, ignore_errors=True)

    def _with(self, collection: str, work: "Callable[[Collection], T]", *, write: bool = False) -> T:
        with self._access(write=write) as client:
            if collection not in self._collections:
                self._collections[collection] = collection_in(client, collection)
            return work(self._collections[collection])

    @contextmanager
    def _access(self, *, write: bool = False) -> Iterator["ClientAPI"]:
        from chromadb.errors import ChromaError

        try:
            with self._thread_lock, self._file_lock:
                if write:
                    self._begin_generation()
                yield self._current_client()
        except Timeout:
            raise StoreError(
                f"The store {self._folder} is busy; try again when other programs are done with it."
            ) from None
        except (OSError, ChromaError) as error:
            self._forget_client()
            raise StoreError(store_problem(self._folder, error)) from error

    def _begin_generation(self) -> None:
        self._current_client()  # catch up with other writers first
        self._generation = uuid.uuid4().hex
        self._generation_file.write_text(self._generation)

    def _current_client(self) -> "ClientAPI":
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings

        written = self._generation_file.read_text() if self._generation_file.exists() else None
        if written != self._generation:
            self._forget_client()
        if not self._opened:
            path = str(self._folder / "chroma")
            try:
                client = chromadb.PersistentClient(path=path, settings=Settings(anonymized_telemetry=False))
            except Exception as error:
                SharedSystemClient._identifier_to_system.pop(path, None)  # Chroma would use what it failed to start
                raise StoreError(store_problem(self._folder, error)) from error
            self._opened.append(client)
            self._generation = written
        return self._opened[0]

    def _forget_client(self) -> None:
        self._collections.clear()
        _close(self._opened)


def _close(opened: "list[ClientAPI]") -> None:
    while opened:
        opened.pop().close()  # type: ignore[attr-defined]


def _embeddings(ids: list[str], records: "Collection") -> "GetResult":
    return records.get(ids=ids, include=["embeddings"])


def delete(ids: list[str], records: "Collection") -> None:
    """Delete records; ids that do not exist are ignored."""
    records.delete(ids=ids)


def collection_in(client: "ClientAPI", name: str) -> "Collection":
    """A collection for vectors, made if it is not there."""
    hnsw = {"space": "cosine", "ef_construction": EF_CONSTRUCTION, "ef_search": EF_SEARCH}
    return client.get_or_create_collection(name, embedding_function=None, configuration=cast("Any", {"hnsw": hnsw}))


def store_problem(folder: Path, error: Exception) -> str:
    """One sentence on why a store cannot be used, with the remedy."""
    reason = (error.strerror if isinstance(error, OSError) else None) or str(error).strip() or type(error).__name__
    lowered = reason.lower()
    if "read-only" in lowered or "readonly" in lowered or isinstance(error, PermissionError):
        return f"The store {folder} cannot be written ({reason}); allow it, or name another with --store."
    if "no space" in lowered or "disk is full" in lowered or "too large" in lowered or "disk i/o" in lowered:
        return f"The store {folder} cannot be written ({reason}); free some disk space and try again."
    return f"The store {folder} cannot be used ({reason}); {REBUILD}"
