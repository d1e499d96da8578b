"""A lease on a Chroma server: one process at a time changes an index, also of several machines.

A collection holds leases, each under a number, of which the highest counts. To add a record whose id is there does
nothing in Chroma, so that of all who ask for the next number one gets it. A lease ends when it is given back, or when
it has not been renewed for a while, as that of a process that was killed; then the next number is free. Numbers never
go down, so that whoever was held up cannot take a later lease for its own.
"""

import logging
import platform
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from index.errors import StoreError
from index.store.chroma_server import ChromaServer
from index.store.server_records import NOWHERE
from index.store.vectors import delete

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

SECONDS = 90.0  #: after which a lease ends that is not renewed; longer than any request is waited for
POLL = 0.5  #: seconds between two looks at a lease that another has

Terms = dict[str, Any]  #: of a lease: its number, who has it, and until when

T = TypeVar("T")

log = logging.getLogger(__name__)


class Lease:
    """The right to change an index on a server."""

    def __init__(self, server: ChromaServer, collection: str) -> None:
        """Keep leases in a collection of their own."""
        self._server = server
        self._collection = collection
        self._number = 0  #: 0 while none is held
        self._owner = ""

    @contextmanager
    def held(self, on_wait: Callable[[], None] | None, *, wait: bool) -> Iterator[bool]:
        """Hold it, or give False if another does and is not to be waited for. Raises StoreError."""
        self._owner = f"{platform.node()} {uuid.uuid4().hex}"
        told = False
        while not (number := self._next()):
            if not wait:
                yield False
                return
            if on_wait and not told:
                on_wait()
                told = True
            time.sleep(POLL)
        self._number = number
        done = threading.Event()
        renewing = threading.Thread(target=self._keep_renewing, args=[done], name="renew the lease", daemon=True)
        renewing.start()
        try:
            yield True
        finally:
            done.set()
            renewing.join()
            self._give_back()

    def renew(self) -> None:
        """Hold it for the whole time from now. Raises StoreError if another has it, as this process was held up."""
        leases = self._all()
        if not self._number or max(leases, default=0) != self._number or leases[self._number]["owner"] != self._owner:
            raise StoreError(
                f"Another Footnote has begun to change the index at {self._server.address}, as this one was held up; "
                "run it again, so that all is in step."
            )
        self._do(partial(_update, self._terms(self._number, SECONDS)))

    def _next(self) -> int:
        """The number of the lease that was taken now; 0 if another has it."""
        leases = self._all()
        last = max(leases, default=0)
        if last and float(leases[last]["until"]) > self._now():
            return 0
        number = last + 1
        self._do(partial(_add, self._terms(number, SECONDS)))
        leases = self._all()
        if number not in leases or leases[number]["owner"] != self._owner:
            return 0
        if max(leases) > number:  # another, who has seen a later state, was faster
            self._do(partial(delete, [str(number)]))
            return 0
        if before := [str(other) for other in leases if other < number]:
            self._do(partial(delete, before))
        return number

    def _keep_renewing(self, done: threading.Event) -> None:
        while not done.wait(SECONDS / 6):
            try:
                self.renew()
            except Exception as error:  # whoever writes looks for itself whether the lease holds
                log.info("The lease was not renewed: %s", error)

    def _give_back(self) -> None:
        """Let another have it at once, and else when its time is over."""
        number, self._number = self._number, 0
        try:
            if self._all(patience=0).get(number, {}).get("owner") == self._owner:
                self._do(partial(_update, self._terms(number, 0)), patience=0)
        except StoreError as error:
            log.info("The lease was not given back: %s", error)

    def _terms(self, number: int, seconds: float) -> Terms:
        return {"number": number, "owner": self._owner, "until": self._now() + seconds if seconds else 0.0}

    def _all(self, patience: float | None = None) -> dict[int, Terms]:
        found = self._do(lambda records: records.get(include=["metadatas"]), patience)
        return {int(one["number"]): one for one in cast("list[Any]", found["metadatas"] or [])}

    def _now(self) -> float:
        """Seconds since 1970 by the clock of the server, as those of machines differ."""
        return self._server.ask(lambda client: client.heartbeat()) / 1e9

    def _do(self, work: "Callable[[Collection], T]", patience: float | None = None) -> T:
        return self._server.with_collection(self._collection, work, patience)


def _add(lease: Terms, records: "Collection") -> None:
    records.add(ids=[str(lease["number"])], embeddings=cast("Any", [NOWHERE]), metadatas=[lease])


def _update(lease: Terms, records: "Collection") -> None:
    records.update(ids=[str(lease["number"])], metadatas=[lease])
