"""A shelf: a folder of uploaded files with an index of them, kept in step, and the time of its last use."""

import os
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from app.web.filenames import safe_name
from index.errors import DocumentError, StoreError
from index.files.finding import SourceFile, read_document
from index.store.passage_index import PassageIndex
from index.types import Document

if TYPE_CHECKING:
    from rag.assistant import Assistant

MAX_FILE_MB = 20
MAX_FILES = 100  #: of one visitor
MAX_TOTAL_MB = 100  #: of one visitor
CLOCK = "last-used"  #: the file whose time tells of it
TOUCH_SECONDS = 60  #: a use that is nearer than this to the last one is not noted

MB = 1_000_000
NOT_YOURS = "This document is not among your uploads; load the page anew to see which are."

Files = Sequence[tuple[str, Path]]  #: each by the name the visitor gave it, and where its bytes are now


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of one uploaded file."""

    name: str  #: one that is safe to show and to store
    status: Literal["added", "duplicate", "refused"]
    message: str = ""  #: one sentence on a file that was not added
    document_id: str | None = None  #: of what was added


class Shelf:
    """Uploads of one visitor, or, each in a place of their own, of all. Threads may share it."""

    def __init__(self, folder: Path, base: "Assistant") -> None:
        """Name the shelf in `folder`; nothing is read or made before it is opened.

        `assistant` answers from its files and from the documents of `base`.
        """
        self.folder = folder
        self.files = folder / "files"
        self.index = PassageIndex(folder / "index", base.embedder)
        self.assistant = base.beside(self.index)
        self._clock = folder / CLOCK
        self._lock = threading.RLock()
        self._is_open = False

    def open(self) -> None:
        """Make sure that the index fits the files, also after a crash or another embedder. Raises StoreError."""
        if self._is_open:  # without the lock: who asks a question does not wait for an upload
            return
        with self._lock:
            if not self._is_open:
                with _told_as_store_error(self.folder):
                    self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # for no other user of the machine
                    self.files.mkdir(exist_ok=True)
                self.touch()
                try:
                    self._sync()
                except StoreError:
                    self._sync(rebuild=True)
                self._is_open = True

    def add(self, place: str, files: Files, known: Callable[[], Iterable[Document]]) -> list[Upload]:
        """Copy and index the files that can be read and hold what is not in `known`; what became of each, in order.

        Raises StoreError if the index cannot be written; then none is added.
        """
        uploads: list[Upload] = []
        written: list[Path] = []
        with self._lock, _told_as_store_error(self.folder):
            self.open()  # it may have gone since
            self.touch()
            texts = {document.text: document.title for document in known()}  # others may have added some meanwhile
            folder = self.files / place
            folder.mkdir(exist_ok=True)
            try:
                for name, path in files:
                    upload, data = _examine(safe_name(name, os.listdir(folder)), path, folder, texts)
                    if upload.status == "added":
                        with (folder / upload.name).open("xb") as file:
                            written.append(folder / upload.name)
                            file.write(data)
                        upload = replace(upload, document_id=f"{place}/{upload.name}")
                    uploads.append(upload)
                if written:
                    self._sync()
            except BaseException:
                with suppress(OSError, StoreError):
                    self._take_away(written)
                raise
        return uploads

    def remove(self, place: str, document_id: str | None = None) -> None:
        """Delete one file of a place, or all. Raises DocumentError if that one is not there."""
        with self._lock:
            files = {f"{place}/{path.name}": path for path in (self.files / place).glob("*")}
            if document_id is not None and document_id not in files:
                raise DocumentError(NOT_YOURS)
            self._take_away([files[document_id]] if document_id is not None else files.values())

    def touch(self) -> None:
        """Note that the shelf is used now."""
        if time.time() - last_used(self.folder) > TOUCH_SECONDS or not self._clock.exists():
            with suppress(OSError):  # just forgotten
                self._clock.touch()

    def expire(self, seconds: float) -> bool:
        """Delete everything if the last use is longer ago. Whether nothing is there now."""
        self._discard(lambda folder: time.time() - last_used(folder) > seconds)
        return not self.folder.exists()

    def close(self) -> None:
        """Let go of the index's files; a later use opens them again."""
        self.index.close()

    def _take_away(self, paths: Iterable[Path]) -> None:
        """Delete files, and with the last of them everything."""
        for path in paths:
            path.unlink(missing_ok=True)
        self._sync()
        self._discard(is_empty)

    def _discard(self, is_due: Callable[[Path], bool]) -> None:
        """Delete everything if it is due, and still is when it has been put where nobody adds anything."""
        if not self.folder.exists() or not is_due(self.folder):  # without the lock, as above
            return
        with self._lock:
            if not is_due(self.folder):
                return
            aside = self.folder.with_name(f"{self.folder.name}.{secrets.token_hex(4)}")
            try:
                self.folder.rename(aside)
            except OSError:  # another process was first, or has it in use
                return
            self._is_open = False
            self.close()
            if is_due(aside):
                shutil.rmtree(aside, ignore_errors=True)
            else:
                with suppress(OSError):  # another process has begun anew
                    aside.rename(self.folder)

    def _sync(self, *, rebuild: bool = False) -> None:
        if not is_empty(self.folder):
            self.index.sync([self.files], rebuild=rebuild)


def is_empty(folder: Path) -> bool:
    """Whether the shelf in a folder holds no file."""
    return next((folder / "files").glob("*/*"), None) is None


def last_used(folder: Path) -> float:
    """When the shelf in a folder was last used, in seconds since 1970; it outlives the process. 0 if there is none."""
    for path in (folder / CLOCK, folder):
        with suppress(OSError):
            return path.stat().st_mtime
    return 0.0


def _examine(name: str, path: Path, folder: Path, texts: dict[str, str]) -> tuple[Upload, bytes]:
    """Whether a file is to be added, with its bytes if so. Its text then joins `texts`."""
    try:
        data = _read(name, path, folder)
        document = read_document(SourceFile(name, Path(name), named=True), data)
    except DocumentError as error:
        return Upload(name, "refused", str(error)), b""
    if document.text in texts:
        return Upload(name, "duplicate", f"{name} is there already, as “{texts[document.text]}”."), b""
    texts[document.text] = document.title
    return Upload(name, "added"), data


def _read(name: str, path: Path, folder: Path) -> bytes:
    """The bytes of an upload. Raises DocumentError if it is too large, or one too many."""
    stored = [file.stat().st_size for file in folder.iterdir()]
    if len(stored) >= MAX_FILES:
        raise DocumentError(f"{name} is one too many: {MAX_FILES} files can be uploaded; remove some first.")
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_MB * MB + 1)
    except OSError as error:
        raise DocumentError(f"{name} did not arrive ({error.strerror}); upload it again.") from None
    if len(data) > MAX_FILE_MB * MB:
        raise DocumentError(f"{name} is larger than the {MAX_FILE_MB} MB that a file may have; upload a part of it.")
    if sum(stored) + len(data) > MAX_TOTAL_MB * MB:
        raise DocumentError(f"{name} does not fit: {MAX_TOTAL_MB} MB can be uploaded in all; remove something first.")
    return data


@contextmanager
def _told_as_store_error(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StoreError(
            f"Uploads cannot be kept in {folder} ({error.strerror}); allow writing there, or free some space."
        ) from error
