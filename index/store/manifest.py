"""The manifest of a store: the one file that says what the index holds, replaced as a whole."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, BinaryIO

from pydantic import Field, TypeAdapter, ValidationError

from index.errors import REBUILD, StoreDamagedError, StoreError, StoreMismatchError, first_problem
from index.files.finding import Root, Skipped

FORMAT = 1  #: raise it when an older Footnote could not read what this one writes
NAME = "manifest.json"
TEMPORARY = ".writing-"  #: begins the names of files that are not whole yet


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest knows of one document."""

    record: str  #: name of the file that holds its text, passages and sentences
    sha256: str  #: of the source file's bytes, so that a change is noticed
    path: str  #: of the file as it was found under its root
    source: str  #: of the file itself, behind any links
    passages: int
    machine: str = ""  #: that has the file, of an index on a server
    unread: str = ""  #: what of it could not be read, and why


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an index."""

    embedder: str
    splitter: str
    roots: tuple[Root, ...] = ()
    entries: Annotated[Mapping[str, Entry], Field(alias="documents")] = field(default_factory=dict)  #: by document id
    skipped: tuple[Skipped, ...] = ()
    readings: Mapping[str, str] = field(
        default_factory=dict
    )  #: what could read files when those were skipped, by machine
    vectors: int = 0  #: different ones of all passages
    format: Annotated[int, Field(le=FORMAT)] = FORMAT

    @property
    def passages(self) -> int:
        """How many passages the documents have."""
        return sum(entry.passages for entry in self.entries.values())


_JSON = TypeAdapter(Manifest)


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the store in `folder`; None if there is none yet.

    Raises StoreMismatchError for a newer format, StoreError for a file that is damaged or unreadable.
    """
    path = folder / NAME
    try:
        return load_manifest(path.read_bytes(), str(folder), f"The manifest {path}")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"The store {folder} cannot be read ({error.strerror}); name another with --store.") from None


def load_manifest(data: bytes, store: str, what: str) -> Manifest:
    """The manifest of a store, of which messages speak as `what`. Raises StoreMismatchError or StoreDamagedError."""
    try:
        return _JSON.validate_json(data, strict=True)
    except ValidationError as error:
        for problem in error.errors():
            if problem["loc"] == ("format",) and problem["type"] == "less_than_equal":
                raise StoreMismatchError(
                    f"The store {store} was written by a newer Footnote (format {problem['input']}); "
                    "upgrade Footnote, or name another store with --store."
                ) from None
        raise StoreDamagedError(f"{what} is damaged ({first_problem(error)}); {REBUILD}") from None


def dump_manifest(manifest: Manifest) -> bytes:
    """A manifest as JSON."""
    return _JSON.dump_json(manifest, by_alias=True, indent=1)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step. Raises OSError."""
    write_atomically(folder / NAME, dump_manifest(manifest))


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is either there whole or not at all. Raises OSError."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that is there in the end whole, or not at all. Raises OSError."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def sweep_temporary(folder: Path) -> None:
    """Delete what a process that was killed while it wrote left behind. Raises OSError."""
    for path in folder.glob(f"{TEMPORARY}*"):
        path.unlink(missing_ok=True)
