"""What a sync writes: records, embeddings and the manifest, in an order that makes a crash at any step harmless."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

from index.embedding import Embedder
from index.files.finding import Skipped, SourceFile, check_roots, load_file, named_after
from index.files.pdf import ocr
from index.packing import names_once
from index.passages import MAX_TOKENS, passages_at, split_document
from index.store.manifest import Entry, Manifest
from index.store.place import Place
from index.store.records import read_record, read_vectors, record_names, write_record
from index.store.sync import SyncPlan, SyncReport
from index.types import IndexedDocument, Passage

TITLE_TOKENS = 24  #: of the title, and as many of the heading, are embedded with a passage
BATCH = 64  #: passages embedded and written at a time; a sync that is broken off loses no more

Progress = Callable[[int, int], None]  #: passages embedded so far, passages to embed


class Writer:
    """Writes into a store, whose lock is held. Documents pass through one by one: none but the last is in memory."""

    def __init__(self, place: Place, embedder: Embedder, collection: str) -> None:
        """Write into a place, and embeddings into a collection of its vectors."""
        self._place = place
        self._folder = place.folder
        self._embedder = embedder
        self._vectors = place.vectors
        self._collection = collection

    def write(self, plan: SyncPlan, splitter: str, progress: Progress | None, *, rebuild: bool) -> SyncReport:
        """Do what is planned.

        Raises DocumentError for a bad file that was named, or a root that holds nothing to read; OSError; StoreError.
        """
        read, skipped = self._read(plan)
        entries = dict(sorted({**plan.kept, **read}.items()))
        check_roots(plan.own, (place for entry in entries.values() for place in (entry.path, entry.source)), skipped)
        if rebuild:
            self._vectors.repair()
        existing = self._vectors.ids(self._collection)
        live = {vector for entry in entries.values() for vector in read_vectors(self._folder, entry.record)}
        embedded = self._embed(read, set() if rebuild else existing, progress)
        manifest = Manifest(self._embedder.identity, splitter, plan.roots, entries, skipped, plan.readings, len(live))
        self._place.publish(manifest)
        self._place.assert_writing()
        self._vectors.delete(self._collection, sorted(existing - live))
        self._vectors.drop_other_collections(self._collection)
        self._place.sweep({entry.record for entry in entries.values()})
        return plan.report(read, skipped, embedded)

    def _read(self, plan: SyncPlan) -> tuple[dict[str, Entry], tuple[Skipped, ...]]:
        """Write the records of the changed files; gives their entries, by document id, and all that is skipped."""
        there = record_names(self._folder)
        known = (entry for entry in plan.known.values() if entry.record in there and not entry.unread)
        records = {(entry.sha256, _suffix(entry.path)): entry.record for entry in known}
        entries: dict[str, Entry] = {}
        skipped = list(plan.skipped)
        for file in plan.changed:
            content = plan.hashes[file.id], _suffix(str(file.path))
            twin = records.get(content)
            found = (content[0], self._renamed(twin, file)) if twin else self._loaded(file)
            if isinstance(found, Skipped):
                skipped.append(replace(found, machine=self._place.machine))
                continue
            sha256, indexed = found
            record = write_record(self._folder, indexed)
            records[sha256, content[1]] = record
            passages, machine = len(indexed.passages), self._place.machine
            unread = dict(indexed.document.facts).get(ocr.UNREAD, "")
            entries[file.id] = Entry(record, sha256, str(file.path), file.source, passages, machine, unread)
        return entries, tuple(sorted(skipped, key=lambda one: (one.path, one.machine)))

    def _loaded(self, file: SourceFile) -> tuple[str, IndexedDocument] | Skipped:
        loaded = load_file(file)
        if isinstance(loaded, Skipped):
            return loaded
        room = min(MAX_TOKENS, self._embedder.max_tokens - 2 * TITLE_TOKENS)
        return loaded.sha256, split_document(loaded.document, self._embedder.count_tokens, max_tokens=room)

    def _renamed(self, record: str, file: SourceFile) -> IndexedDocument:
        """What a file holds whose bytes are those of one that is indexed: moved, renamed or a copy."""
        indexed = read_record(self._folder, record)
        document = named_after(indexed.document, file)
        spans = ((one.start, one.end, one.heading) for one in indexed.passages)
        return replace(indexed, document=document, passages=passages_at(document, spans))

    def _embed(self, read: Mapping[str, Entry], existing: set[str], progress: Progress | None) -> int:
        """Embed what has no vector yet; what an interrupted sync, or another document, has embedded has one."""
        records = [entry.record for entry in read.values()]
        missing = {vector for record in records for vector in read_vectors(self._folder, record)} - existing
        total, done = len(missing), 0
        texts = self._texts(records, missing)
        while batch := dict(islice(texts, BATCH)):
            self._vectors.add(self._collection, list(batch), self._embedder.embed(list(batch.values())))
            done += len(batch)
            if progress:
                progress(done, total)
        return total

    def _texts(self, records: list[str], missing: set[str]) -> Iterator[tuple[str, str]]:
        """The names of embeddings that are missing, each once, with what is to be embedded."""
        for record in records if missing else ():
            indexed = read_record(self._folder, record)
            for passage in indexed.passages:
                if passage.vector in missing:
                    missing.remove(passage.vector)
                    yield passage.vector, embedded_text(passage, indexed.document.own_title, self._embedder)


def embedded_text(passage: Passage, title: str, embedder: Embedder) -> str:
    """What is embedded for a passage: the start of its document's own title and of its heading, then its text."""

    def clipped(text: str) -> str:
        words = text.split()[:TITLE_TOKENS]  # no word has less than one
        while words and embedder.count_tokens(" ".join(words)) > TITLE_TOKENS:
            words.pop()
        return " ".join(words)

    return "\n".join(
        [*(clipped(part) for part in dict.fromkeys((title, passage.heading)) if part), names_once(passage.text)]
    )


def _suffix(path: str) -> str:
    return Path(path).suffix.lower()
