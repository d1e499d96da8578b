"""Arrays in a file of a store: a copy of what its records say, in a form that a start reads at once."""

import logging
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.store.manifest import replacing

LEAST = 1_000  #: passages from which a copy pays

log = logging.getLogger(__name__)

T = TypeVar("T")


def read_arrays(path: Path, version: str, make: Callable[[Mapping[str, NDArray[Any]]], T]) -> T | None:
    """What `make` makes of what `write_arrays` wrote of that version; None if there is no such file, or it is damaged.

    An array is read each time that `make` takes it. One that is damaged costs time alone: every array has a checksum.
    """
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            known = "version" in arrays and str(arrays["version"]) == version
            return make(arrays) if known else None
    except FileNotFoundError:
        pass
    except OSError as error:
        log.warning("%s cannot be read (%s) and is made anew.", path, error)
    except Exception as error:  # of many kinds, as zip files can be damaged in many ways
        log.warning("%s is damaged (%s) and is made anew.", path, error)
    return None


def write_arrays(path: Path, version: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Put a file in the place of the one before, as a whole; where that cannot be, only the next start takes longer."""
    told: dict[str, Any] = {**arrays, "version": np.array(version)}
    try:
        with replacing(path) as file:
            np.savez(file, **told)
    except OSError as error:
        log.info("%s cannot be written (%s); the next start takes longer for it.", path, error)


def packed_lines(lines: Iterable[str]) -> NDArray[np.uint8]:
    """Lines of text, of which none is broken, as an array."""
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def lines_of(array: NDArray[np.uint8]) -> list[str]:
    """The lines that `packed_lines` was given."""
    return array.tobytes().decode().split("\n") if len(array) else []


def holds_others(path: Path, version: str, keep: Set[str]) -> bool:
    """Whether there is a file that is about other records than these, or that may be, as it cannot be read."""
    if not path.exists():
        return False
    records = read_arrays(path, version, lambda arrays: lines_of(arrays["records"]))
    return records is None or not keep >= set(records)
