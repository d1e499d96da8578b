"""BM25 of a store in a file, as making it anew at every start takes a second for ten thousand passages."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from index.store.lexical import PassagesInDocuments
from index.store.manifest import replacing

NAME = "lexical.npz"
VERSION = 1  #: raise it when texts are cut into words, or weighed, in another way
LEAST = 1_000  #: passages; that of fewer is made about as fast as it is read

log = logging.getLogger(__name__)


def read_or_make(folder: Path, records: Sequence[str], make: Callable[[], PassagesInDocuments]) -> PassagesInDocuments:
    """BM25 over the documents of these records: read from the file in `folder` if it is theirs, else made and written.

    The file is a copy of what the records say. One that is damaged, or that cannot be written, costs time alone.
    """
    tokenizers = [f"{package} {version(package)}" for package in ("bm25s", "PyStemmer")]
    key = hashlib.sha256("\n".join([str(VERSION), *tokenizers, *records]).encode()).hexdigest()
    try:
        with (folder / NAME).open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            if str(arrays["key"]) == key:
                return PassagesInDocuments.of(dict(arrays))
    except FileNotFoundError:
        pass
    except OSError as error:
        log.warning("%s cannot be read (%s); BM25 is made anew.", folder / NAME, error)
    except Exception as error:  # of many kinds, as zip files can be damaged in many ways
        log.warning("%s is damaged (%s) and is made anew.", folder / NAME, error)
    made = make()
    told = dict[str, Any](made.arrays(), key=np.array(key))
    try:
        with replacing(folder / NAME) as written:
            np.savez(written, **told)
    except OSError as error:
        log.info("%s cannot be written (%s); the next start takes longer for it.", folder / NAME, error)
    return made
