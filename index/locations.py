"""Where documents and stores are by default."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import platformdirs

from index.errors import DocumentError


def default_documents() -> Path:
    """The folder `seeds` where the user stands, else the one that comes with Footnote.

    Raises DocumentError if neither is there.
    """
    package = Path(__file__).resolve().parent
    candidates = (
        Path.cwd() / "seeds",
        package / "seeds",  # installed
        package.parent / "seeds",  # run from a checkout
    )
    for candidate in candidates:
        if candidate.is_dir():
            return candidate.resolve()
    raise DocumentError("There is no folder `seeds` here; name your documents with --docs.")


def default_store(roots: Sequence[Path]) -> Path:
    """The store for this set of documents, in the user's data folder."""
    names = "\0".join(sorted(root.as_posix() for root in roots))
    name = f"{roots[0].name[:40]}-{hashlib.sha256(names.encode()).hexdigest()[:12]}" if roots else "empty"
    return platformdirs.user_data_path("footnote", appauthor=False) / "stores" / name


def default_copies(address: str) -> Path:
    """Where copies of what an index on a server holds are kept, in the user's cache."""
    name = hashlib.sha256(address.encode()).hexdigest()[:12]
    return platformdirs.user_cache_path("footnote", appauthor=False) / "servers" / name


def default_uploads() -> Path:
    """Where the chat keeps its visitors' uploads, in the user's data folder."""
    return platformdirs.user_data_path("footnote", appauthor=False) / "uploads"


def default_feedback() -> Path:
    """Where the chat keeps what its visitors think of answers, in the user's data folder."""
    return platformdirs.user_data_path("footnote", appauthor=False) / "feedback.jsonl"
