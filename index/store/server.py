"""An index on a Chroma server: vectors, records and manifest are there, and copies in a folder of each machine."""

import hashlib
import platform
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from filelock import FileLock

from index.errors import StoreDamagedError, StoreError
from index.locations import default_copies
from index.store.chroma_server import ChromaServer, read_address, tenant_and_database
from index.store.lease import Lease
from index.store.locking import writing
from index.store.manifest import Manifest, dump_manifest, load_manifest, write_atomically
from index.store.place import sweep_copies
from index.store.records import name_of, record_names
from index.store.server_records import ServerRecords
from index.store.vectors import Vectors

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection as ChromaCollection

T = TypeVar("T")


class ServerVectors(Vectors):
    """Vectors on a server."""

    def __init__(self, server: ChromaServer) -> None:
        """Keep them in collections that begin with the name of the index."""
        self._server = server

    def ids(self, collection: str) -> set[str]:
        """The ids of all records."""
        return {identifier for page in self._server.pages(collection, []) for identifier in page["ids"]}

    def drop_other_collections(self, keep: str) -> None:
        """Delete every collection of the index's vectors but one."""
        from chromadb.errors import NotFoundError

        of_index = re.compile(rf"{re.escape(self._server.address.name)}-[0-9a-f]{{16}}")

        def drop(client: "ClientAPI") -> None:
            for name in [one.name for one in client.list_collections()]:
                if of_index.fullmatch(name) and name != keep:
                    with suppress(NotFoundError):
                        client.delete_collection(name)

        self._server.ask(drop)

    def _with(self, collection: str, work: "Callable[[ChromaCollection], T]", *, write: bool = False) -> T:
        return self._server.with_collection(collection, work)


class Server:
    """A Chroma server, which any number of machines may use. Each reads a text from it once."""

    shared = True

    def __init__(self, address: str, folder: Path | None = None) -> None:
        """Name the server, see `read_address`, and where copies are kept: by default in the user's cache.

        Raises SettingsError.
        """
        self.address = read_address(address)
        self.folder = folder or default_copies(" ".join((str(self.address), *tenant_and_database())))
        self.machine = platform.node() or "unnamed"
        self._server = ChromaServer(self.address)
        self._records = ServerRecords(self._server, f"{self.address.name}-records")
        self._lease = Lease(self._server, f"{self.address.name}-lease")
        self.vectors = ServerVectors(self._server)
        self._read: tuple[str, Manifest] | None = None  # the manifest that was read last

    @property
    def name(self) -> str:
        """What messages call it."""
        return str(self.address)

    @property
    def making(self) -> str:
        """The command that makes an index there."""
        return f"footnote index --chroma {self.address} PATH"

    def collection(self, made: str) -> str:
        """The name of the collection for vectors that were made in one way."""
        return f"{self.address.name}-{made}"

    def stamp(self) -> str | None:
        """The name of the manifest that holds."""
        return self._records.head()

    def manifest(self) -> Manifest | None:
        """The manifest that holds, or None before the first sync. Raises StoreError."""
        head = self._records.head()
        while head is not None and (self._read is None or self._read[0] != head):
            data = dict(self._records.read([head])).get(head)
            if data is not None:
                self._read = head, load_manifest(data, self.name, f"The manifest at {self.name}")
                break
            before, head = head, self._records.head()
            if head == before:  # else a sync came between, and swept it
                raise StoreDamagedError(
                    f"The index at {self.name} has lost its manifest; make it anew with `{self.making} --rebuild`."
                )
        return self._read[1] if head is not None and self._read else None

    @contextmanager
    def writing(self, on_wait: Callable[[], None] | None, *, wait: bool) -> Iterator[bool]:
        """Keep every other process, also of other machines, from changing the index."""
        with writing(self.folder, on_wait, wait=wait) as allowed:
            if not allowed:
                yield False
                return
            with self._lease.held(on_wait, wait=wait) as held:
                yield held

    def fetch(self, records: Iterable[str]) -> None:
        """See that these records are in the folder, as far as they are on the server. Raises StoreError."""
        wanted = dict.fromkeys(records)
        with self._copies() as there:
            missing = [name for name in wanted if name not in there]
            for name, data in self._records.read(missing) if missing else ():
                if name_of(data) == name:
                    write_atomically(self.folder / "documents" / name, data)

    def mend(self, record: str) -> bool:
        """Fetch a record anew whose copy is missing or damaged."""
        with self._copies():
            (self.folder / "documents" / record).unlink(missing_ok=True)
        self.fetch([record])
        return True

    def publish(self, manifest: Manifest) -> None:
        """Make a manifest, whose records are in the folder and whose vectors are written, the one that holds."""
        there = self._records.names()
        records = dict.fromkeys(entry.record for entry in manifest.entries.values())
        folder = self.folder / "documents"
        self._records.write((name, (folder / name).read_bytes()) for name in records if name not in there)
        data = dump_manifest(manifest)
        name = f"manifest-{hashlib.sha256(data).hexdigest()[:32]}"
        self._records.write([(name, data)])
        self._lease.renew()  # so that it holds for longer than the next request is waited for
        self._records.set_head(name)

    def assert_writing(self) -> None:
        """Raise StoreError if another machine has begun to write, as this one was held up."""
        self._lease.renew()

    def sweep(self, records: Collection[str]) -> None:
        """Delete every record but these, here and on the server."""
        self._lease.renew()
        self._records.keep({*records, self._records.head() or ""})
        with self._copies():
            sweep_copies(self.folder, records)

    def tidy(self, records: Collection[str]) -> bool:
        """Delete the copies of all but these, if they are still all that there are and nobody is writing here."""
        with writing(self.folder, None, wait=False) as allowed:
            manifest = self.manifest() if allowed else None
            current = manifest is not None and {one.record for one in manifest.entries.values()} == set(records)
            if current:
                with self._copies():
                    sweep_copies(self.folder, records)
        return current or allowed  # of another state, whoever reads that will tidy up

    def close(self) -> None:
        """Let go of connections."""
        self._server.close()

    @contextmanager
    def _copies(self) -> Iterator[set[str]]:
        """Keep other processes of this machine from the copies of records, whose names are given. Raises StoreError."""
        try:
            (self.folder / "documents").mkdir(parents=True, exist_ok=True)
            with FileLock(self.folder / "copies.lock", thread_local=False):
                yield record_names(self.folder)
        except OSError as error:
            reason = error.strerror or str(error)
            raise StoreError(
                f"Copies of what is at {self.name} cannot be kept in {self.folder} ({reason}); allow writing there, or "
                "set XDG_CACHE_HOME to another folder."
            ) from error
