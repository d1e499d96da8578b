"""Where an index is: a folder of this machine, or a Chroma server that several machines share."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from index.store.documents_file import forget_documents
from index.store.lexical_file import forget_words
from index.store.locking import writing
from index.store.manifest import NAME, Manifest, read_manifest, sweep_temporary, write_manifest
from index.store.records import sweep_records
from index.store.vectors import Vectors, VectorStore


class Place(Protocol):
    """What `PassageIndex` needs to know of where an index is."""

    folder: Path  #: of this machine: with the records, or copies of them, and all that is made of them
    shared: bool  #: whether other machines use it, too
    machine: str  #: whose files a sync looks at, of those that a shared index is made of; "" of a folder

    @property
    def name(self) -> str:
        """What messages call it."""

    @property
    def making(self) -> str:
        """The command that makes an index there."""

    @property
    def vectors(self) -> Vectors:
        """The vectors of passages."""

    def collection(self, made: str) -> str:
        """The name of the collection for vectors that were made in one way."""

    def stamp(self) -> object:
        """What changes with the manifest, and is quickly read."""

    def manifest(self) -> Manifest | None:
        """The manifest as it stands, or None before the first sync. Raises StoreError."""

    def writing(self, on_wait: Callable[[], None] | None, *, wait: bool) -> AbstractContextManager[bool]:
        """Keep every other process from changing the index; gives False if one does, and is not waited for."""

    def fetch(self, records: Iterable[str]) -> None:
        """See that these records are in the folder, as far as they are anywhere. Raises StoreError."""
        return  # a folder has them

    def mend(self, record: str) -> bool:
        """Put right a record that is missing or damaged in the folder, if it is elsewhere; whether that was done."""
        return False  # what a folder has lost has to be made anew

    def publish(self, manifest: Manifest) -> None:
        """Make a manifest, whose records are in the folder and whose vectors are written, the one that holds."""

    def assert_writing(self) -> None:
        """Raise StoreError if another process has begun to write, as this one was held up."""
        return  # a lock of this machine holds until it is given back

    def sweep(self, records: Collection[str]) -> None:
        """Delete every record but these, and what was made of others."""

    def tidy(self, records: Collection[str]) -> bool:
        """Delete copies of what is not in the index any more, where the folder holds copies; whether all are gone."""
        return True  # a folder holds none

    def close(self) -> None:
        """Let go of files; they are opened again when they are needed."""


class Disk(Place):
    """A folder, which any number of processes of this machine may use. All records are there, and only there."""

    shared = False
    machine = ""
    making = "footnote index"

    def __init__(self, folder: Path) -> None:
        """Name a folder; it is made at the first sync."""
        self.folder = folder
        self._vectors: VectorStore | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return str(self.folder)

    @property
    def vectors(self) -> VectorStore:
        """The vectors of passages."""
        store = self._vectors
        if store is None:  # read once: another thread may close this meanwhile
            store = self._vectors = VectorStore.at(self.folder)
        return store

    def collection(self, made: str) -> str:
        """The name of the collection for vectors that were made in one way."""
        return f"footnote-{made}"

    def stamp(self) -> tuple[int, ...]:
        """What changes with the manifest."""
        try:
            status = (self.folder / NAME).stat()
        except OSError:
            return ()
        return (status.st_ino, status.st_mtime_ns, status.st_size)

    def manifest(self) -> Manifest | None:
        """The manifest as it stands, or None before the first sync. Raises StoreError."""
        return read_manifest(self.folder)

    def writing(self, on_wait: Callable[[], None] | None, *, wait: bool) -> AbstractContextManager[bool]:
        """Keep every other process from changing the index; gives False if one does, and is not waited for."""
        return writing(self.folder, on_wait, wait=wait)

    def publish(self, manifest: Manifest) -> None:
        """Make a manifest the one that holds."""
        write_manifest(self.folder, manifest)

    def sweep(self, records: Collection[str]) -> None:
        """Delete every record but these, and what was made of others."""
        sweep_copies(self.folder, records)

    def close(self) -> None:
        """Let go of Chroma's files."""
        self._vectors = None


def sweep_copies(folder: Path, records: Collection[str]) -> None:
    """Delete from a folder every record but these, what was made of others, and what was not written whole."""
    kept = set(records)
    forget_documents(folder, kept)
    forget_words(folder, kept)
    sweep_records(folder, kept)
    sweep_temporary(folder)
