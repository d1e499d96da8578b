"""Which index is asked: by default one for each set of documents, or the one that a folder or a server holds."""

import os
from collections.abc import Iterable
from pathlib import Path

from index.embedding import Embedder
from index.errors import DocumentError, SettingsError
from index.files.finding import resolve_paths
from index.locations import default_documents, default_store
from index.store.passage_index import PassageIndex
from index.store.server import Server

PathLike = str | os.PathLike[str]
Paths = tuple[Path, ...]


def open_index(
    docs: Iterable[PathLike] | PathLike | None, store: PathLike | None, chroma: str | None, embedder: Embedder
) -> tuple[PassageIndex, Paths, Paths]:
    """The index, the documents that it shall always hold, and those that it begins with.

    Raises DocumentError for documents that are not there, SettingsError for what does not go together.
    """
    if chroma is not None:
        if docs is not None or store is not None:
            raise SettingsError(
                "An index on a server holds what `footnote index --chroma URL PATH` adds to it; leave --docs and "
                "--store out."
            )
        return PassageIndex(Server(chroma), embedder), (), ()
    paths = resolve_paths([docs] if isinstance(docs, str | os.PathLike) else docs) if docs is not None else ()
    if docs is not None and not paths:
        raise DocumentError("No documents are named; name a file or folder, or none for the default ones.")
    start = () if paths else (default_documents(),)
    folder = default_store(paths or start) if store is None else Path(store).expanduser().resolve()
    return PassageIndex(folder, embedder, only=paths), paths, start
