"""A Chroma server: where it is, how it is asked, and what is said when it does not answer."""

import os
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from json import JSONDecodeError
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit, urlunsplit
from weakref import finalize

import tenacity

from index.errors import SettingsError, StoreError
from index.store.vectors import BATCH, collection_in

if TYPE_CHECKING:
    import httpx
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection
    from chromadb.api.types import GetResult

TOKEN = "FOOTNOTE_CHROMA_TOKEN"  #: variable with the token that a server wants; no option, lest it be seen
TENANT, DATABASE = "CHROMA_TENANT", "CHROMA_DATABASE"  #: the variables of Chroma's own programs
DEFAULT_NAME = "footnote"
FIRST_PATIENCE = 5.0  #: seconds for which a server that has not answered yet is asked again
PATIENCE = 30.0  #: the same of one that has: it may be started anew
REQUEST_SECONDS = 30.0
IDENTITY = "/api/v2/auth/identity"  #: what a client of Chroma asks for first
AWAY = {408, 425, 429, *range(500, 600)}  #: what a server, or a proxy before it, answers that may soon be able to

_HOST = re.compile(r"[A-Za-z0-9_.:-]+")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
_TOKEN = re.compile(r"[\x21-\x7e]+")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Address:
    """Where an index is."""

    url: str
    name: str  #: of the index, as a server may hold several

    def __str__(self) -> str:
        """What messages call it: without a password that may be in it."""
        shown = _without_secret(self.url)
        return shown if self.name == DEFAULT_NAME else f"{shown}#{self.name}"


def read_address(text: str) -> Address:
    """Read `http://host:8000` or `https://host/path#name`; the name of an index is `footnote` by default.

    Raises SettingsError.
    """
    url, _, name = (text if "://" in text else f"http://{text}").partition("#")
    name = name or DEFAULT_NAME
    try:
        parts = urlsplit(url)
        well_made = (
            parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.hostname or "")) and parts.port != 0
        )
    except ValueError:
        well_made = False
    if not well_made or parts.query:
        shown = _without_secret(text)
        raise SettingsError(f"{shown!r} is no address of a Chroma server; give one such as http://localhost:8000.")
    if not _NAME.fullmatch(name):
        raise SettingsError(
            f"{name!r} cannot name an index on a server; use up to 40 small letters, digits and hyphens after the #."
        )
    return Address(urlunsplit(parts).rstrip("/"), name)


def _without_secret(url: str) -> str:
    scheme, slashes, rest = url.rpartition("://") if "://" in url else ("", "", url)
    return f"{scheme}{slashes}{rest.rpartition('@')[2]}"


class _Connection:
    """A client with the collections that it was asked for. It is closed when nobody uses it any more."""

    def __init__(self, client: "ClientAPI") -> None:
        self.client = client
        self.collections: dict[str, Collection] = {}
        finalize(self, _close, client)

    def work(self, name: str, work: "Callable[[Collection], T]", *, make: bool) -> T:
        """What `work` gives with a collection. Raises NotFoundError if it is not there and not to be made."""
        from chromadb.errors import NotFoundError

        known = self.collections.get(name)
        if known is not None:
            with suppress(NotFoundError):  # it was made anew, or deleted, by another process
                return work(known)
        found = collection_in(self.client, name) if make else self.client.get_collection(name, None)
        self.collections[name] = found
        return work(found)


class ChromaServer:
    """A server, opened when it is first asked. Whoever asks waits a while for one that does not answer."""

    def __init__(self, address: Address) -> None:
        """Name where it is; its token, tenant and database are in variables."""
        self.address = address
        self._connection: _Connection | None = None
        self._lock = threading.Lock()

    def ask(self, work: "Callable[[ClientAPI], T]", patience: float | None = None) -> T:
        """What `work` gives with a client; it may be done several times over, so it must bear that.

        Raises StoreError if the server does not answer for `patience` seconds, or not as it should.
        """
        return self._ask(lambda connection: work(connection.client), patience)

    def with_collection(self, name: str, work: "Callable[[Collection], T]", patience: float | None = None) -> T:
        """What `work` gives with a collection, which is made where there is none; see `ask`."""
        return self._ask(lambda connection: connection.work(name, work, make=True), patience)

    def look_into(self, name: str, work: "Callable[[Collection], T]") -> T | None:
        """The same, but None if there is no such collection."""
        from chromadb.errors import NotFoundError

        def once(connection: _Connection) -> T | None:
            with suppress(NotFoundError):
                return connection.work(name, work, make=False)
            return None

        return self._ask(once)

    def pages(self, name: str, include: Sequence[str], where: Any = None) -> "Iterator[GetResult]":
        """The records of a collection, a few hundred at a time, as servers have a limit."""
        offset = 0
        while True:
            asked = {"where": where, "include": list(include), "limit": BATCH, "offset": offset}
            page = self.with_collection(name, partial(_get, asked))
            yield page
            if len(page["ids"]) < BATCH:
                return
            offset += BATCH

    def close(self) -> None:
        """Let go of the connection; another is opened when it is needed."""
        with self._lock:
            self._connection = None

    def _ask(self, work: Callable[[_Connection], T], patience: float | None = None) -> T:
        from chromadb.errors import ChromaError

        if patience is None:
            patience = PATIENCE if self._connection else FIRST_PATIENCE
        retrying = tenacity.Retrying(
            retry=tenacity.retry_if_exception(is_away),
            stop=tenacity.stop_after_delay(patience),
            wait=tenacity.wait_random_exponential(multiplier=0.1, max=2),
            reraise=True,
        )
        try:
            return retrying(lambda: work(self._open()))
        except Exception as error:  # Chroma raises what has no class of its own for what a server or proxy answers
            if isinstance(error, ChromaError | JSONDecodeError) or is_away(error) or _status(error):
                raise StoreError(self._problem(error)) from error
            raise

    def _open(self) -> _Connection:
        with self._lock:
            if self._connection is None:
                try:
                    self._connection = _Connection(_connect(self.address))
                except SettingsError:
                    raise
                except Exception as error:  # of many kinds
                    if is_away(error):
                        raise
                    raise StoreError(self._problem(error)) from error
            return self._connection

    def _problem(self, error: BaseException) -> str:
        """One sentence on why the server cannot be used, with the remedy; with nothing that may be a secret."""
        from chromadb.errors import AuthorizationError, ChromaAuthError, ChromaError

        status = _status(error)
        if isinstance(error, AuthorizationError | ChromaAuthError) or status in (401, 403):
            if os.environ.get(TOKEN):
                return f"The Chroma server at {self.address} refuses the token; check what {TOKEN} holds."
            return f"The Chroma server at {self.address} wants a token; set {TOKEN} to it."
        reason = _transport(error) or (f"status {status}" if status else type(error).__name__)
        if is_away(error):
            return f"The Chroma server at {self.address} does not answer ({reason}); start it, or check the address."
        if isinstance(error, ChromaError):
            reason = (str(error).strip() or reason).splitlines()[0][:200].rstrip(". ")
        return f"The Chroma server at {self.address} cannot be used ({reason}); check the address."


def _connect(address: Address) -> "ClientAPI":
    import chromadb
    import httpx
    from chromadb.config import DEFAULT_DATABASE, DEFAULT_TENANT, Settings

    token = os.environ.get(TOKEN, "").strip()
    if token and not _TOKEN.fullmatch(token):
        raise SettingsError(f"What {TOKEN} holds is no token; it has letters that none can have.")
    headers = {"Authorization": f"Bearer {token}", "X-Chroma-Token": token} if token else {}
    # Asked first without Chroma, which leaves a connection open for ever where it fails.
    httpx.get(f"{address.url}{IDENTITY}", headers=headers, timeout=REQUEST_SECONDS).raise_for_status()
    tenant, database = tenant_and_database()
    client = chromadb.HttpClient(
        address.url,
        headers=headers,
        settings=Settings(anonymized_telemetry=False),
        tenant=tenant or DEFAULT_TENANT,
        database=database or DEFAULT_DATABASE,
    )
    for session in _sessions(client):
        session.timeout = httpx.Timeout(REQUEST_SECONDS)  # Chroma waits for ever
    return client


def _get(asked: dict[str, Any], records: "Collection") -> "GetResult":
    return records.get(**asked)


def tenant_and_database() -> tuple[str, str]:
    """Which tenant's database is asked on a server; empty for the default ones."""
    return os.environ.get(TENANT, ""), os.environ.get(DATABASE, "")


def _close(client: "ClientAPI") -> None:
    for session in _sessions(client):  # Chroma leaves its connections open
        session.close()
    client.close()  # type: ignore[attr-defined]


def _sessions(client: "ClientAPI") -> "Iterator[httpx.Client]":
    """What Chroma's client makes its requests by; it gives no other way to it."""
    import httpx

    for one in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(one, "_server", None), "_session", None)
        if isinstance(session, httpx.Client):
            yield session


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _status(error: BaseException) -> int | None:
    """The status of the answer that an error is about."""
    import httpx

    return next((one.response.status_code for one in _causes(error) if isinstance(one, httpx.HTTPStatusError)), None)


def _transport(error: BaseException) -> str | None:
    """Why there was no answer."""
    import httpx

    for one in _causes(error):
        if isinstance(one, httpx.TransportError):
            return (isinstance(one, httpx.ConnectError) and str(one)) or type(one).__name__
    return None


def is_away(error: BaseException) -> bool:
    """Whether the same may go well a little later."""
    import httpx
    from chromadb.errors import RateLimitError

    return any(
        isinstance(one, httpx.TransportError | RateLimitError)
        or (isinstance(one, httpx.HTTPStatusError) and one.response.status_code in AWAY)
        for one in _causes(error)
    )
