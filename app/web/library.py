"""The documents of each visitor of the chat: those of the operator, and the visitor's own uploads beside them."""

import hashlib
import re
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from app.web.places import problems_of
from app.web.shelf import NOT_YOURS, Files, Shelf, Upload, is_empty
from index.errors import DocumentError, SettingsError
from index.files.heads import labels
from index.locations import default_uploads
from index.store.passage_index import PassageIndex

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.types import Answer

LIFETIME = 24 * 60 * 60  #: seconds after its last use at which an upload goes
SWEEP_EVERY = 10 * 60  #: seconds
MAX_OPEN = 32  #: shelves kept open: each takes a dozen file descriptors and 4 MB

_PLACE = re.compile(r"uploads-[0-9a-f]{8}/")
_SESSION = re.compile(r"[A-Za-z0-9_-]{32}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A document as a visitor sees it in the list."""

    id: str
    title: str
    size: int  #: of its file, in bytes
    passages: int
    own: bool  #: uploaded by this visitor, who may remove it
    problems: tuple[str, ...] = ()  #: of its text, a sentence each


@dataclass(frozen=True, slots=True)
class Unread:
    """A file among the documents that could not be read, and why; of where it is a visitor learns nothing."""

    name: str
    reason: str


def is_session_id(text: str) -> bool:
    """Whether it is as the page makes them: 192 random bits, so that nobody can guess another's."""
    return bool(_SESSION.fullmatch(text))


def is_upload(document_id: str) -> bool:
    """Whether a visitor has added the document."""
    return bool(_PLACE.match(document_id))


class Library:
    """What every visitor may ask about. Threads may share it.

    A visitor is known by a random session id that the browser keeps. Only its hash is written down, so that who
    sees the folder cannot pass for a visitor. The models are the base assistant's own, and what it has embedded
    is embedded for nobody again.
    """

    def __init__(self, base: "Assistant", folder: Path | None = None, *, shared: bool = False) -> None:
        """Keep uploads beside the documents of `base`.

        Args:
            base: Answers from the documents that all see.
            folder: Where uploads are kept; by default in the user's data folder.
            shared: Let everybody see what anybody uploads. What was uploaded while it was not so stays unseen.
        """
        self.base = base
        self.shared = shared
        self._folder = (folder or default_uploads()).expanduser().resolve()
        self._shelves: WeakValueDictionary[Path, Shelf] = WeakValueDictionary()  # one for each folder in use
        self._open: OrderedDict[Path, Shelf] = OrderedDict()  # the last used ones
        self._lock = threading.Lock()
        self._closing = threading.Event()

    def assistant(self, session: str | None = None) -> "Assistant":
        """Who answers a visitor's questions; without a session, those of a stranger, such as a program's.

        Raises SettingsError for what is no session id.
        """
        shelf = self._shelf_of(session)
        if shelf is None:
            return self.base
        shelf.touch()
        return self.base if is_empty(shelf.folder) else shelf.assistant

    def add(self, session: str, files: Files) -> list[Upload]:
        """Add a visitor's files; what became of each, in order. A few sentences take a fraction of a second.

        Raises StoreError if the index cannot be written; then none is added.
        """
        shelf = self._shelf_of(session, make=True)
        if shelf is None:
            raise SettingsError("There is no session to add files to; load the page anew.")
        return shelf.add(_place(session), files, lambda: self.assistant(session).documents)

    def remove(self, session: str, document_id: str) -> None:
        """Remove one of a visitor's own uploads. Raises DocumentError if it is none."""
        shelf = self._shelf_of(session)
        if shelf is None:
            raise DocumentError(NOT_YOURS)
        shelf.remove(_place(session), document_id)

    def forget(self, session: str) -> None:
        """Delete all that a visitor has uploaded."""
        if shelf := self._shelf_of(session):
            shelf.remove(_place(session))

    def documents(self, session: str | None = None) -> list[Listed]:
        """What a visitor can ask about, in the order of `Assistant.documents`; those of one title are told apart."""
        own = f"{_place(session)}/" if session else None
        indexes = self.assistant(session).index.snapshot().documents.values()
        titles = labels([indexed.document for indexed in indexes])
        return [
            Listed(
                indexed.document.id,
                titles[indexed.document.id],
                _size(Path(indexed.document.source), indexed.document.text),
                len(indexed.passages),
                own is not None and indexed.document.id.startswith(own),
                tuple(problems_of(indexed.document)),
            )
            for indexed in indexes
        ]

    def unread(self) -> list[Unread]:
        """The operator's files that could not be read."""
        index = self.base.index
        manifest = index.manifest if isinstance(index, PassageIndex) else None
        return [Unread(Path(one.path).name, one.reason) for one in (manifest.skipped if manifest else ())]

    def quotes_uploads(self, answer: "Answer") -> bool:
        """Whether an answer tells of what only one visitor may see, so that no trace of it is to be kept."""
        ids = [hit.passage.document_id for hit in answer.hits] + [one.document_id for one in answer.citations]
        return not self.shared and any(map(is_upload, ids))

    def sweep(self) -> None:
        """Delete the uploads whose last use is longer ago than `LIFETIME`."""
        for folder in [*self._folder.glob("shared"), *self._folder.glob("private/*")]:
            self._shelf(folder).expire(LIFETIME)

    def start_sweeping(self) -> None:
        """Sweep now, and then every few minutes until `close`."""

        def keep_sweeping() -> None:
            while not self._closing.wait(SWEEP_EVERY):
                self.sweep()

        self.sweep()
        threading.Thread(target=keep_sweeping, name="sweep uploads", daemon=True).start()

    def close(self) -> None:
        """Let go of the uploads' indexes, and sweep no more. The base assistant stays open."""
        self._closing.set()
        with self._lock:
            while self._open:
                self._open.popitem()[1].close()

    def _shelf_of(self, session: str | None, *, make: bool = False) -> Shelf | None:
        """The shelf that a visitor sees, open, if there is one or it is to be made. What is too old goes first."""
        if session is not None and not is_session_id(session):
            raise SettingsError("This is no session of the chat; load the page anew.")
        if self.shared:
            folder = self._folder / "shared"
        elif session is None:
            return None
        else:
            folder = self._folder / "private" / _digest(session)
        if not (make or folder.exists()):
            return None
        shelf = self._shelf(folder)
        if shelf.expire(LIFETIME) and not make:
            return None
        with self._lock:
            self._open[shelf.folder] = shelf
            self._open.move_to_end(shelf.folder)
            while len(self._open) > MAX_OPEN:
                self._open.popitem(last=False)[1].close()
        shelf.open()
        return shelf

    def _shelf(self, folder: Path) -> Shelf:
        with self._lock:
            return self._shelves.setdefault(folder, Shelf(folder, self.base))


def _digest(session: str) -> str:
    return hashlib.sha256(session.encode()).hexdigest()


def _place(session: str) -> str:
    """The folder of a visitor's files, which begins their ids; other documents' ids will not begin so by accident."""
    return f"uploads-{_digest(session)[:8]}"


def _size(path: Path, text: str) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return len(text.encode())
