"""One state of the index in memory: documents, passages and BM25, which never changes."""

from collections.abc import Iterable, Mapping
from functools import cached_property

from index.store.lexical import LexicalIndex
from index.types import IndexedDocument, Passage


class Snapshot:
    """The documents of one manifest. Threads may share it."""

    def __init__(self, documents: Iterable[IndexedDocument]) -> None:
        """Hold these documents."""
        self.documents: Mapping[str, IndexedDocument] = {indexed.document.id: indexed for indexed in documents}
        self.passages: tuple[Passage, ...] = tuple(
            passage for indexed in self.documents.values() for passage in indexed.passages
        )
        self.by_id: Mapping[str, Passage] = {passage.id: passage for passage in self.passages}

    @cached_property
    def lexical(self) -> LexicalIndex:
        """BM25 over the passages, each with its document's title and its heading."""
        titles = {identifier: indexed.document.title for identifier, indexed in self.documents.items()}
        return LexicalIndex(
            [f"{titles[passage.document_id]}\n{passage.heading}\n{passage.text}" for passage in self.passages]
        )
