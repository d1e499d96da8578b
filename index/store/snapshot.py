"""One state of the index in memory: documents, passages and BM25, which never changes."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import Any

from index.store.lexical import JoinedLexical, NarrowedLexical, PassagesInDocuments
from index.store.lexical_file import LEAST
from index.store.packed import Joined, PassagesById
from index.types import IndexedDocument, Passage, vector_of


class Snapshot:
    """The documents of one manifest. Threads may share it."""

    def __init__(
        self,
        documents: Iterable[IndexedDocument],
        read_or_make: Callable[[Callable[[], PassagesInDocuments]], PassagesInDocuments] | None = None,
    ) -> None:
        """Hold these documents; of many, `read_or_make` gives the BM25 over them that a file has, or its argument's."""
        self._read_or_make = read_or_make
        self.documents: Mapping[str, IndexedDocument] = {indexed.document.id: indexed for indexed in documents}
        parts = [indexed.passages for indexed in self.documents.values()]
        self.passages: Sequence[Passage] = Joined(parts)
        by_id = PassagesById(parts)
        self.by_id: Mapping[str, Passage] = by_id
        self._place_by_name: Mapping[str, int] = by_id.places

    @cached_property
    def by_vector(self) -> Mapping[str, Sequence[str]]:
        """The ids of the passages that each embedding stands for, by its name."""
        by_vector: dict[str, list[str]] = {}
        for name in self.by_id:
            by_vector.setdefault(vector_of(name), []).append(name)
        return by_vector

    def name_at(self, place: int) -> str:
        """The id of the passage at a place among BM25's scores."""
        return self._names[place]

    def place_of(self, passage: str) -> int:
        """The place of a passage among BM25's scores."""
        return self._place_by_name[passage]

    @property
    def lexical(self) -> PassagesInDocuments | JoinedLexical | NarrowedLexical:
        """BM25 over the passages."""
        return self.bm25

    @cached_property
    def bm25(self) -> PassagesInDocuments:
        """BM25 over its own passages, each with its document's title and its heading, and over whole documents."""
        if self._read_or_make and len(self.passages) >= LEAST:
            return self._read_or_make(self._make_bm25)
        return self._make_bm25()

    def _make_bm25(self) -> PassagesInDocuments:
        titles = {identifier: indexed.document.title for identifier, indexed in self.documents.items()}
        return PassagesInDocuments(
            (f"{titles[passage.document_id]}\n{passage.heading}\n{passage.text}" for passage in self.passages),
            (
                f"{words_of_name(identifier)}\n{titles[identifier]}\n{indexed.document.text}"
                for identifier, indexed in self.documents.items()
            ),
            [number for number, indexed in enumerate(self.documents.values()) for _ in indexed.passages],
        )

    @cached_property
    def narrowed(self) -> dict[tuple[str, ...], Any]:
        """Snapshots of some of the documents, by their names, for as long as this state lasts; see `NarrowedIndex`."""
        return {}

    def terms_held(self, identifier: str, terms: Iterable[str]) -> set[str]:
        """Those of some stems that a document holds."""
        number = self._numbers[identifier]
        return {term for term in terms if self.bm25.documents.holds(number, term)}

    @cached_property
    def _names(self) -> Sequence[str]:
        return tuple(self.by_id)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {identifier: number for number, identifier in enumerate(self.documents)}


def words_of_name(identifier: str) -> str:
    """The words that the name of a document's file is made of."""
    return " ".join(re.findall(r"[^\W_]+", PurePosixPath(identifier).stem))
