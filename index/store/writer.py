"""What a sync writes: records, embeddings and the manifest, in an order that makes a crash at any step harmless."""

from collections.abc import Callable, Sequence
from pathlib import Path

from index.embedding import Embedder
from index.passages import MAX_TOKENS, split_document
from index.store.manifest import Entry, Manifest, sweep_temporary, write_manifest
from index.store.records import read_record, sweep_records, write_record
from index.store.sync import SyncPlan
from index.store.vectors import VectorStore
from index.types import IndexedDocument, Passage

TITLE_TOKENS = 24  #: of the title, and as many of the heading, are embedded with a passage
BATCH = 64  #: passages embedded and written at a time; a sync that is broken off loses no more

Progress = Callable[[int, int], None]  #: passages embedded so far, passages to embed


class Writer:
    """Writes into a store, whose lock is held."""

    def __init__(self, folder: Path, embedder: Embedder, vectors: VectorStore, collection: str) -> None:
        """Write into `folder`, and embeddings into a collection of its vectors."""
        self._folder = folder
        self._embedder = embedder
        self._vectors = vectors
        self._collection = collection

    def write(self, plan: SyncPlan, splitter: str, progress: Progress | None, *, rebuild: bool) -> int:
        """Do what is planned; returns how many passages were embedded. Raises OSError and StoreError."""
        if rebuild:
            self._vectors.repair()
        room = min(MAX_TOKENS, self._embedder.max_tokens - 2 * TITLE_TOKENS)
        entries, documents = dict(plan.kept), []
        for one in plan.loaded:
            indexed = split_document(one.document, self._embedder.count_tokens, max_tokens=room)
            record = write_record(self._folder, indexed)
            path, source, passages = str(one.file.path), one.document.source, len(indexed.passages)
            entries[one.document.id] = Entry(record, one.sha256, path, source, passages)
            documents.append(indexed)
        embedded = self._embed(documents, progress, afresh=rebuild)
        entries = dict(sorted(entries.items()))
        manifest = Manifest(self._embedder.identity, splitter, plan.roots, entries, plan.report.skipped)
        write_manifest(self._folder, manifest)
        self._sweep(manifest)
        return embedded

    def _embed(self, documents: Sequence[IndexedDocument], progress: Progress | None, *, afresh: bool) -> int:
        """Embed the passages that have no vector yet; those that an interrupted sync has embedded have one."""
        existing = self._vectors.ids(self._collection) if documents and not afresh else set()
        texts = {
            passage.id: embedded_text(passage, indexed.document.title, self._embedder)
            for indexed in documents
            for passage in indexed.passages
            if passage.id not in existing
        }
        new = list(texts)
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            self._vectors.add(self._collection, batch, self._embedder.embed([texts[passage] for passage in batch]))
            if progress:
                progress(start + len(batch), len(new))
        return len(new)

    def _sweep(self, manifest: Manifest) -> None:
        """Delete what the manifest does not name, what a crash left behind included."""
        records = {entry.record for entry in manifest.entries.values()}
        if self._vectors.count(self._collection) != manifest.passages:
            live = {passage.id for record in records for passage in read_record(self._folder, record).passages}
            self._vectors.delete(self._collection, sorted(self._vectors.ids(self._collection) - live))
        self._vectors.drop_other_collections(self._collection)
        sweep_records(self._folder, records)
        sweep_temporary(self._folder)


def embedded_text(passage: Passage, title: str, embedder: Embedder) -> str:
    """What is embedded for a passage: the start of its title and heading, then its text."""

    def clipped(text: str) -> str:
        words = text.split()[:TITLE_TOKENS]  # no word has less than one
        while words and embedder.count_tokens(" ".join(words)) > TITLE_TOKENS:
            words.pop()
        return " ".join(words)

    return "\n".join([*(clipped(part) for part in dict.fromkeys((title, passage.heading)) if part), passage.text])
