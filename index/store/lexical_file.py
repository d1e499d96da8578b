"""BM25 of a store in a file, as making it anew at every start takes a second for ten thousand passages."""

from collections.abc import Callable, Mapping, Sequence, Set
from importlib.metadata import version
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from index.store.arrays_file import holds_others, lines_of, packed_lines, read_arrays, write_arrays
from index.store.bm25 import PassagesInDocuments

NAME = "lexical.npz"
VERSION = 3  #: raise it when texts are cut into words, or weighed, in another way

Make = Callable[[Sequence[int]], PassagesInDocuments]  #: BM25 over those documents that stand at these places
Keep = Callable[[Callable[[], None]], None]  #: calls what writes a copy, if the copy is still of all that there is


def read_or_make(folder: Path, records: Sequence[str], make: Make, *, keep: Keep) -> PassagesInDocuments:
    """BM25 over the documents of these records, read from the file in `folder` as far as it has them.

    What it lacks is made, and `keep` has the file written anew. It is a copy of what the records say: one that is
    damaged, or that cannot be written, costs time alone.
    """
    held, bm25 = _read(folder)
    if bm25 and held == list(records):
        return bm25
    places = {record: place for place, record in enumerate(held)}
    new = [place for place, record in enumerate(records) if record not in places]
    made = make(new)
    if bm25:
        places |= {records[place]: len(held) + number for number, place in enumerate(new)}
        made = bm25.arranged(made, [places[record] for record in records])
    keep(lambda: _write(folder, records, made))
    return made


def forget_words(folder: Path, keep: Set[str]) -> None:
    """Take out of the file what the documents of other records than these have said."""
    if not holds_others(folder / NAME, _version(), keep):
        return
    held, bm25 = _read(folder)
    kept = [place for place, record in enumerate(held) if record in keep]
    (folder / NAME).unlink(missing_ok=True)  # also where it cannot be written anew
    if bm25 and kept:
        nothing = PassagesInDocuments((), (), ())
        _write(folder, [held[place] for place in kept], bm25.arranged(nothing, kept))


def _read(folder: Path) -> tuple[list[str], PassagesInDocuments | None]:
    """The records whose documents the file is about, and BM25 over these."""

    def made(arrays: Mapping[str, NDArray[Any]]) -> tuple[list[str], PassagesInDocuments]:
        return lines_of(arrays["records"]), PassagesInDocuments.of(dict(arrays))

    return read_arrays(folder / NAME, _version(), made) or ([], None)


def _write(folder: Path, records: Sequence[str], bm25: PassagesInDocuments) -> None:
    write_arrays(folder / NAME, _version(), bm25.arrays() | {"records": packed_lines(records)})


def _version() -> str:
    return " ".join([str(VERSION), *(f"{package} {version(package)}" for package in ("bm25s", "PyStemmer"))])
