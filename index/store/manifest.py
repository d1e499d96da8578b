"""The manifest of a store: the one file that says what the index holds, replaced as a whole."""

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from index.errors import StoreError, StoreMismatchError
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


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an index."""

    embedder: str
    splitter: str
    roots: tuple[Root, ...] = ()
    entries: Mapping[str, Entry] = field(default_factory=dict)  #: by document id
    skipped: tuple[Skipped, ...] = ()


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the store in `folder`; None if there is none yet.

    Raises StoreMismatchError for a newer format, StoreError for a file that is damaged or unreadable.
    """
    path = folder / NAME
    try:
        data = json.loads(path.read_bytes())
        if data["format"] > FORMAT:
            raise StoreMismatchError(
                f"The store {folder} was written by a newer Footnote (format {data['format']}); "
                "upgrade Footnote, or name another store with --store."
            )
        return Manifest(
            embedder=data["embedder"],
            splitter=data["splitter"],
            roots=tuple(Root(Path(root["path"]), root["label"]) for root in data["roots"]),
            entries={identifier: Entry(**entry) for identifier, entry in data["documents"].items()},
            skipped=tuple(Skipped(**skipped) for skipped in data["skipped"]),
        )
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"The store {folder} cannot be read ({error.strerror}); name another with --store.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"The manifest {path} is damaged ({type(error).__name__}: {error}); "
            "rebuild it with `footnote index --rebuild` and the same --docs and --store."
        ) from None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step. Raises OSError."""
    data = {
        "format": FORMAT,
        "embedder": manifest.embedder,
        "splitter": manifest.splitter,
        "roots": [{"path": str(root.path), "label": root.label} for root in manifest.roots],
        "documents": {identifier: asdict(entry) for identifier, entry in manifest.entries.items()},
        "skipped": [asdict(skipped) for skipped in manifest.skipped],
    }
    write_atomically(folder / NAME, json.dumps(data, ensure_ascii=False, indent=1).encode())


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that it is either there whole or not at all. Raises OSError."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=TEMPORARY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
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
