"""PassageIndex: what the documents say, searchable, and kept in step with the files."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.errors import REBUILD, StoreError, StoreMismatchError
from index.passages import MAX_TOKENS, SPLITTER_VERSION, split_document
from index.store.locking import writing
from index.store.manifest import NAME as MANIFEST_NAME
from index.store.manifest import (
    Entry,
    Manifest,
    read_manifest,
    sweep_temporary,
    write_manifest,
)
from index.store.records import has_record, read_record, sweep_records, write_record
from index.store.snapshot import Snapshot
from index.store.sync import SyncPlan, SyncReport, plan_sync
from index.store.vectors import VectorStore, store_problem
from index.types import Document, IndexedDocument, Passage

TITLE_TOKENS = 24  #: of the title, and as many of the heading, are embedded with a passage
EMBED_BATCH = 64  #: passages embedded and written at a time; a sync that is broken off loses no more

Progress = Callable[[int, int], None]  #: passages embedded so far, passages to embed


class PassageIndex:
    """An index in one folder: a Chroma collection, a manifest, and a record for each document.

    Records are named by their content and never change. A sync writes the new ones, replaces the
    manifest in one step, and then sweeps what no manifest names; so a crash leaves the old index
    or the new one, and a search, which believes the manifest alone, never sees a mixture.
    """

    def __init__(self, folder: Path, embedder: Embedder, *, only: Sequence[Path] = ()) -> None:
        """Open or, at the first sync, create the index in `folder`.

        Args:
            folder: Where the index is, or shall be.
            embedder: The model that passages are, or shall be, embedded with.
            only: Search nothing but the documents at or under these resolved paths.
        """
        self.folder = folder
        self._embedder = embedder
        self._only = tuple(only)
        self._lock = threading.RLock()
        self._snapshot: Snapshot | None = None
        self._stamp: tuple[int, ...] = ()
        self._records: dict[str, IndexedDocument] = {}
        self._vector_store: VectorStore | None = None

    @property
    def manifest(self) -> Manifest | None:
        """The manifest as it stands on disk, or None before the first sync."""
        return read_manifest(self.folder)

    @property
    def is_new(self) -> bool:
        """Whether there is no manifest, or none that can be read."""
        return self._salvaged_manifest() is None

    @property
    def splitter(self) -> str:
        """Names the way in which documents are split."""
        return f"sentences-{SPLITTER_VERSION}/{MAX_TOKENS}"

    @property
    def collection(self) -> str:
        """Name of the Chroma collection, one per embedder."""
        return f"footnote-{hashlib.sha256(self._embedder.identity.encode()).hexdigest()[:16]}"

    def sync(
        self,
        add: Sequence[Path] = (),
        *,
        remove: Sequence[Path] = (),
        rebuild: bool = False,
        progress: Progress | None = None,
        on_wait: Callable[[], None] | None = None,
        wait: bool = True,
    ) -> SyncReport:
        """Bring the index in step with the files under its roots.

        Args:
            add: Resolved paths to remember as roots.
            remove: Resolved paths of roots to forget.
            rebuild: Make everything anew, as another embedder or splitter needs.
            progress: Called as passages are embedded.
            on_wait: Called once if another process is writing and has to be waited for.
            wait: If False, do nothing while another process is writing.

        Raises:
            DocumentError: A named file is bad, a root is gone, or there is nothing to read.
            StoreMismatchError: The index was made in another way; `rebuild` mends it.
            StoreError: The store cannot be read or written. The index is the old one or the new one, whole.
        """
        if not rebuild and (plan := self._plan(add, remove)).is_empty:
            return plan.report
        with writing(self.folder, on_wait, wait=wait) as allowed:
            if not allowed:
                return SyncReport()
            plan = self._plan(add, remove, rebuild=rebuild)  # another process may have done the work meanwhile
            if plan.is_empty and not rebuild:
                return plan.report
            return self._apply(plan, progress, rebuild=rebuild)

    def snapshot(self) -> Snapshot:
        """The index as the manifest now names it. Raises StoreError if there is none yet."""
        with self._lock:
            while True:
                stamp = self._manifest_stamp()
                if self._snapshot is not None and stamp == self._stamp:
                    return self._snapshot
                try:
                    self._snapshot, self._stamp = self._read_snapshot(), stamp
                except StoreError:
                    if stamp == self._manifest_stamp():
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
            raise StoreError(f"There is no index in {self.folder} yet; make one with `footnote index`.")
        documents = self._load_documents(manifest)
        self._require_vectors(manifest)
        return Snapshot(documents)

    def _nearest(self, snapshot: Snapshot, vector: NDArray[np.float32], count: int) -> dict[str, float]:
        found = self._vectors.nearest(self.collection, vector, count) if count else {}
        live = {passage: cosine for passage, cosine in found.items() if passage in snapshot.by_id}
        if len(live) < count:  # crowded out by records that no manifest names, or of documents left out
            others = self.vectors(list(snapshot.by_id))
            cosines = {passage: float(np.dot(vector, other)) for passage, other in others.items()}
            live = dict(sorted(cosines.items(), key=lambda item: -item[1])[:count])
        return live

    def vectors(self, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """The embeddings of passages, by id."""
        return self._vectors.vectors(self.collection, ids)

    def close(self) -> None:
        """Let go of the store's files; a later call opens them again."""
        with self._lock:
            self._vector_store = None

    def check(self) -> list[str]:
        """What is wrong with the index, a sentence each; empty if nothing is."""
        snapshot = self.snapshot()
        missing = set(snapshot.by_id) - self._vectors.ids(self.collection)
        return [f"Embeddings are missing ({len(missing)}); run `footnote index --rebuild`."] if missing else []

    @property
    def _vectors(self) -> VectorStore:
        store = self._vector_store
        if store is None:  # read once: another thread may close this index meanwhile
            store = self._vector_store = VectorStore.at(self.folder)
        return store

    def _require_vectors(self, manifest: Manifest) -> None:
        if self._vectors.count(self.collection) < _passages(manifest):
            raise StoreError(f"The index in {self.folder} has lost embeddings; {REBUILD}")

    def _manifest_stamp(self) -> tuple[int, ...]:
        try:
            status = (self.folder / MANIFEST_NAME).stat()
        except OSError:
            return ()
        return (status.st_ino, status.st_mtime_ns, status.st_size)

    def _compatible_manifest(self) -> Manifest | None:
        manifest = read_manifest(self.folder)
        for made, present, what in (
            (manifest and manifest.embedder, self._embedder.identity, "embedder"),
            (manifest and manifest.splitter, self.splitter, "splitter"),
        ):
            if made is not None and made != present:
                raise StoreMismatchError(
                    f"The index in {self.folder} was made with the {what} {made}, not {present}; {REBUILD}"
                )
        return manifest

    def _plan(self, add: Sequence[Path], remove: Sequence[Path], *, rebuild: bool = False) -> SyncPlan:
        manifest = self._salvaged_manifest() if rebuild else self._compatible_manifest()
        return plan_sync(manifest, add, remove, partial(has_record, self.folder), rebuild=rebuild)

    def _salvaged_manifest(self) -> Manifest | None:
        """The manifest, for its roots; None if it is damaged."""
        try:
            return read_manifest(self.folder)
        except StoreMismatchError:
            raise
        except StoreError:
            return None

    def _apply(self, plan: SyncPlan, progress: Progress | None, *, rebuild: bool) -> SyncReport:
        try:
            if rebuild:
                self._vectors.repair()
            entries = dict(plan.kept)
            indexed = [self._split(document) for _, document, _ in plan.loaded]
            for one, (file, document, sha256) in zip(indexed, plan.loaded, strict=True):
                record = write_record(self.folder, one)
                entries[document.id] = Entry(record, sha256, str(file.path), document.source, len(one.passages))
            embedded = self._embed(indexed, progress, afresh=rebuild)
            manifest = Manifest(
                self._embedder.identity,
                self.splitter,
                plan.roots,
                dict(sorted(entries.items())),
                plan.report.skipped,
            )
            write_manifest(self.folder, manifest)
            self._sweep(manifest)
        except OSError as error:
            raise StoreError(store_problem(self.folder, error)) from error
        return replace(plan.report, embedded=embedded)

    def _split(self, document: Document) -> IndexedDocument:
        room = self._embedder.max_tokens - 2 * TITLE_TOKENS
        return split_document(document, self._embedder.count_tokens, max_tokens=min(MAX_TOKENS, room))

    def _embed(self, documents: Sequence[IndexedDocument], progress: Progress | None, *, afresh: bool) -> int:
        """Embed the passages that have no record yet, those of an interrupted sync included."""
        titles = {indexed.document.id: indexed.document.title for indexed in documents}
        existing = self._vectors.ids(self.collection) if documents and not afresh else set()
        passages = {passage.id: passage for indexed in documents for passage in indexed.passages}
        new = [passage for identifier, passage in passages.items() if identifier not in existing]
        for start in range(0, len(new), EMBED_BATCH):
            batch = new[start : start + EMBED_BATCH]
            texts = [self.embedded_text(passage, titles[passage.document_id]) for passage in batch]
            self._vectors.add(self.collection, batch, self._embedder.embed(texts))
            if progress:
                progress(min(start + EMBED_BATCH, len(new)), len(new))
        return len(new)

    def embedded_text(self, passage: Passage, title: str) -> str:
        """What is embedded for a passage: the start of its title and heading, then its text."""
        parts = [self._clip(part) for part in dict.fromkeys((title, passage.heading)) if part]
        return "\n".join([*parts, passage.text])

    def _clip(self, text: str) -> str:
        words = text.split()[:TITLE_TOKENS]  # no word has less than one
        while words and self._embedder.count_tokens(" ".join(words)) > TITLE_TOKENS:
            words.pop()
        return " ".join(words)

    def _sweep(self, manifest: Manifest) -> None:
        """Delete what the manifest does not name, what a crash left behind included."""
        records = {entry.record for entry in manifest.entries.values()}
        if self._vectors.count(self.collection) != _passages(manifest):
            live = {passage.id for record in records for passage in read_record(self.folder, record).passages}
            self._vectors.delete(self.collection, sorted(self._vectors.ids(self.collection) - live))
        self._vectors.drop_other_collections(self.collection)
        sweep_records(self.folder, records)
        sweep_temporary(self.folder)

    def _load_documents(self, manifest: Manifest) -> list[IndexedDocument]:
        """The documents to be searched; those that were in memory before are not read again."""
        wanted = [
            entry.record
            for entry in manifest.entries.values()
            if not self._only or any(_is_under(entry, path) for path in self._only)
        ]
        self._records = {name: self._records.get(name) or read_record(self.folder, name) for name in wanted}
        return list(self._records.values())


def _passages(manifest: Manifest) -> int:
    return sum(entry.passages for entry in manifest.entries.values())


def _is_under(entry: Entry, path: Path) -> bool:
    return Path(entry.path).is_relative_to(path) or Path(entry.source).is_relative_to(path)
