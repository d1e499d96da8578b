"""PassageIndex: what the documents say, searchable, and kept in step with the files."""

import hashlib
import logging
import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.errors import REBUILD, StoreDamagedError, StoreError, StoreMismatchError
from index.passages import MAX_TOKENS, SPLITTER_VERSION
from index.store.arrays_file import LEAST
from index.store.documents_file import read_documents, write_documents
from index.store.lexical_file import read_or_make
from index.store.locking import writing
from index.store.looks import Looks
from index.store.manifest import Entry, Manifest
from index.store.place import Disk, Place
from index.store.records import read_record
from index.store.snapshot import Snapshot
from index.store.sync import SyncPlan, SyncReport, plan_sync
from index.store.vectors import EF_CONSTRUCTION, EF_SEARCH, nearest_of, store_problem
from index.store.writer import Progress, Writer
from index.types import IndexedDocument

_SPLITTER = re.compile(r"sentences-(\d{1,6})/\d+")

log = logging.getLogger(__name__)


class PassageIndex:
    """An index in one place: a Chroma collection, a manifest, a record for each document, and BM25 over many of them.

    Records are named by their content and never change. A sync writes the new ones, replaces the
    manifest in one step, and then sweeps what no manifest names; so a crash leaves the old index
    or the new one, and a search, which believes the manifest alone, never sees a mixture.
    """

    def __init__(self, place: Path | Place, embedder: Embedder, *, only: Sequence[Path] = ()) -> None:
        """Open or, at the first sync, create the index in a place.

        Args:
            place: Where the index is, or shall be: a folder, or a `Server`.
            embedder: The model that passages are, or shall be, embedded with.
            only: Search nothing but the documents at or under these resolved paths.
        """
        self.place: Place = Disk(place) if isinstance(place, Path) else place
        self.folder = self.place.folder
        self._embedder = embedder
        self._only = tuple(only)
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._stamp: object = None
        self._untidy: set[str] = set()  # the records that there are, while copies of others may be left
        self._records: dict[str, IndexedDocument] = {}

    @property
    def manifest(self) -> Manifest | None:
        """The manifest as it stands, or None before the first sync."""
        return self.place.manifest()

    @property
    def is_new(self) -> bool:
        """Whether there is no manifest, or a damaged one."""
        return self._salvaged_manifest() is None

    @property
    def is_outdated(self) -> bool:
        """Whether an earlier version split the documents, in another way: the same embedder can make it anew."""
        made = self._salvaged_manifest()
        version = _SPLITTER.fullmatch(made.splitter) if made and made.embedder == self._embedder.identity else None
        return version is not None and int(version[1]) < SPLITTER_VERSION

    @property
    def splitter(self) -> str:
        """Names the way in which documents are split."""
        return f"sentences-{SPLITTER_VERSION}/{MAX_TOKENS}"

    @property
    def collection(self) -> str:
        """Name of the Chroma collection, one per embedder and way to search, which stays as it was made."""
        made = f"{self._embedder.identity} {EF_CONSTRUCTION} {EF_SEARCH}"
        return self.place.collection(hashlib.sha256(made.encode()).hexdigest()[:16])

    def sync(
        self,
        add: Sequence[Path] = (),
        *,
        remove: Sequence[Path] = (),
        rebuild: bool = False,
        upgrade: bool = False,
        progress: Progress | None = None,
        on_wait: Callable[[], None] | None = None,
        wait: bool = True,
    ) -> SyncReport:
        """Bring the index in step with the files under its roots.

        Args:
            add: Resolved paths to remember as roots.
            remove: Resolved paths of roots to forget.
            rebuild: Make everything anew, as another embedder or splitter needs.
            upgrade: Do so where an earlier version split the documents; what others share is left as it is.
            progress: Called as passages are embedded.
            on_wait: Called once if another process is writing and has to be waited for.
            wait: If False, do nothing while another process is writing.

        Raises:
            DocumentError: A named file is bad, a root is gone, or there is nothing to read.
            StoreMismatchError: The index was made in another way; `rebuild` mends it.
            StoreError: The store cannot be read or written. The index is the old one or the new one, whole.
        """
        looks = Looks(self.folder)
        upgrade = upgrade and not rebuild and not self.place.shared
        if not (rebuild or (upgrade and self.is_outdated)) and (plan := self._plan(looks, add, remove)).is_empty:
            return plan.report()
        with self.place.writing(on_wait, wait=wait) as allowed:
            if not allowed:
                return SyncReport()
            upgrade = upgrade and self.is_outdated  # another process may have done the work meanwhile
            rebuild = rebuild or upgrade
            plan = self._plan(looks, add, remove, rebuild=rebuild)
            if plan.is_empty and not rebuild:
                return plan.report()
            writer = Writer(self.place, self._embedder, self.collection)
            try:
                report = writer.write(plan, self.splitter, progress, rebuild=rebuild)
                return replace(report, upgraded=upgrade)
            except OSError as error:
                raise StoreError(store_problem(self.folder, error)) from error

    def refresh(self, add: Sequence[Path] = ()) -> None:
        """Index what has changed, unless another process is at it; on a server, those who tend the index do so."""
        if not self.place.shared and not self.is_new:
            self.sync(add, wait=False)

    def snapshot(self) -> Snapshot:
        """The index as the manifest now names it. Raises StoreError if there is none yet."""
        while True:
            stamp = self.place.stamp()  # without the lock: each who asks waits for a server that hangs, but not in turn
            with self._lock:
                if self._snapshot is not None and stamp == self._stamp:
                    if self._untidy:
                        self._tidy()
                    return self._snapshot
                try:
                    self._snapshot, self._stamp = self._read_snapshot(), stamp
                except StoreError:
                    if stamp == self.place.stamp():
                        raise
                    # Else a sync came between, and swept what the manifest that we had read names.

    def search_dense(self, vector: NDArray[np.float32], count: int) -> tuple[Snapshot, dict[str, float]]:
        """The passages whose embeddings are nearest to `vector`, shape (dimension,).

        Returns:
            The state of the index that was searched, and cosines by passage id, best first.
        """
        while True:
            snapshot = self.snapshot()
            cosines = self._nearest(snapshot, vector, min(count, len(snapshot.passages)))
            if self.snapshot() is snapshot:  # else a sync came between, and may have swept what we looked for
                return snapshot, cosines

    def _read_snapshot(self) -> Snapshot:
        manifest = self._compatible_manifest()
        if manifest is None:
            raise StoreError(f"There is no index in {self.place.name} yet; make one with `{self.place.making}`.")
        documents = self._load_documents([entry for entry in manifest.entries.values() if self._is_searched(entry)])
        records = list(self._records)
        if self.place.vectors.count(self.collection) < manifest.vectors:
            raise StoreError(f"The index in {self.place.name} has lost embeddings; {REBUILD}")
        self._untidy = {entry.record for entry in manifest.entries.values()}
        self._tidy()
        return Snapshot(documents, partial(read_or_make, self.folder, records, keep=partial(self._keep, records)))

    def _tidy(self) -> None:
        if self.place.tidy(self._untidy):
            self._untidy = set()

    def _nearest(self, snapshot: Snapshot, vector: NDArray[np.float32], count: int) -> dict[str, float]:
        wanted = min(count, len(snapshot.by_vector))
        found = self.place.vectors.nearest(self.collection, vector, wanted) if wanted else {}
        live = {name: cosine for name, cosine in found.items() if name in snapshot.by_vector}
        if len(live) < wanted:  # crowded out by records that no manifest names, or of documents left out
            others = self.place.vectors.vectors(self.collection, list(snapshot.by_vector))
            live = nearest_of(others, vector, wanted)
        passages = ((passage, cosine) for name, cosine in live.items() for passage in snapshot.by_vector[name])
        return dict(islice(passages, count))

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The embeddings of passages, by id; of none that is not there any more."""
        by_id = self.snapshot().by_id
        names = {passage: by_id[passage].vector for passage in ids if passage in by_id}
        found = self.place.vectors.vectors(self.collection, list(dict.fromkeys(names.values())))
        return {passage: found[name] for passage, name in names.items() if name in found}

    def sha256(self, document_id: str) -> str | None:
        """That of the file as it was when it was indexed; None for a document that is not there."""
        entry = manifest.entries.get(document_id) if (manifest := self.manifest) else None
        return entry.sha256 if entry else None

    def close(self) -> None:
        """Let go of the store's files; a later call opens them again."""
        with self._lock:
            self.place.close()

    def check(self) -> list[str]:
        """What is wrong with the index, a sentence each; empty if nothing is."""
        snapshot = self.snapshot()
        missing = set(snapshot.by_vector) - self.place.vectors.ids(self.collection)
        return [f"Embeddings are missing ({len(missing)}); run `footnote index --rebuild`."] if missing else []

    def _compatible_manifest(self) -> Manifest | None:
        manifest = self.manifest
        if manifest:
            for what, made, present in (
                ("embedder", manifest.embedder, self._embedder.identity),
                ("splitter", manifest.splitter, self.splitter),
            ):
                if made != present:
                    raise StoreMismatchError(
                        f"The index in {self.place.name} was made with the {what} {made}, not {present}; {REBUILD}"
                    )
        return manifest

    def _plan(self, looks: Looks, add: Sequence[Path], remove: Sequence[Path], *, rebuild: bool = False) -> SyncPlan:
        manifest = self._salvaged_manifest() if rebuild else self._compatible_manifest()
        if manifest and not rebuild:
            self.place.fetch(entry.record for entry in manifest.entries.values())
        machine = self.place.machine
        return plan_sync(self.folder, manifest, looks, add, remove, rebuild=rebuild, machine=machine)

    def _salvaged_manifest(self) -> Manifest | None:
        """The manifest, for its roots; None if it is damaged."""
        try:
            return self.manifest
        except StoreDamagedError:
            return None

    def _is_searched(self, entry: Entry) -> bool:
        return not self._only or any(_is_under(entry, path) for path in self._only)

    def _keep(self, records: Sequence[str], write: Callable[[], None]) -> None:
        """Have a copy written of these records, if they are all that there are while no other process changes them."""
        try:
            with writing(self.folder, None, wait=False) as allowed:
                manifest = self.manifest if allowed else None
                if manifest and [entry.record for entry in manifest.entries.values()] == list(records):
                    write()
        except StoreError as error:
            log.info("%s The next start takes longer for it.", error)

    def _read(self, record: str) -> IndexedDocument:
        try:
            return read_record(self.folder, record)
        except StoreError:
            if not self.place.mend(record):
                raise
            return read_record(self.folder, record)

    def _load_documents(self, entries: Sequence[Entry]) -> list[IndexedDocument]:
        """The documents to be searched, many of them from copies; those that were in memory before stay there."""
        wanted = [entry.record for entry in entries]
        missing = {entry.record: entry.passages for entry in entries if entry.record not in self._records}
        self.place.fetch(missing)
        pays = sum(missing.values()) >= LEAST
        copies = read_documents(self.folder) if pays else {}
        found = {name: self._records.get(name) or copies.get(name) for name in wanted}
        self._records = {name: one or self._read(name) for name, one in found.items()}
        if pays and copies.keys() != self._records.keys():
            self._keep(wanted, partial(write_documents, self.folder, self._records))
        return list(self._records.values())


def _is_under(entry: Entry, path: Path) -> bool:
    return Path(entry.path).is_relative_to(path) or Path(entry.source).is_relative_to(path)
