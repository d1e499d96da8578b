"""One state of the index in memory: documents, passages and BM25, which never changes."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from index.store.arrays_file import LEAST
from index.store.bm25 import JoinedLexical, NarrowedLexical, PassagesInDocuments
from index.store.lexical_file import Make
from index.store.packed import Joined, PassagesById
from index.types import IndexedDocument, Passage, vector_of

_CAPITALISED = re.compile(r"[A-Z][a-z]+")
_RUN_ON = re.compile(r"(?:[A-Z][a-z]+){2,}")  #: words that their capitals alone part


class Snapshot:
    """The documents of one manifest. Threads may share it."""

    def __init__(
        self,
        documents: Iterable[IndexedDocument],
        read_or_make: Callable[[Make], PassagesInDocuments] | None = None,
    ) -> None:
        """Hold these documents; of many, `read_or_make` takes from a file what it has of the BM25 over them."""
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
        return self._make_bm25(range(len(self.documents)))

    def _make_bm25(self, places: Sequence[int]) -> PassagesInDocuments:
        """BM25 over the documents at these places."""
        documents = list(self.documents.values())
        chosen = [documents[place] for place in places]
        return PassagesInDocuments(
            (f"{one.document.title}\n{passage.heading}\n{passage.text}" for one in chosen for passage in one.passages),
            (f"{words_of_name(one.document.id)}\n{one.document.title}\n{one.document.text}" for one in chosen),
            [number for number, one in enumerate(chosen) for _ in range(len(one.passages))],
        )

    @cached_property
    def narrowed(self) -> dict[tuple[str, ...], Any]:
        """Snapshots of some of the documents, by their names, for as long as this state lasts; see `NarrowedIndex`."""
        return {}

    def holders(self, terms: Sequence[str]) -> list[str]:
        """The ids of the documents that hold all of some stems, of which there is one at least, in order."""
        places = [self.bm25.documents.holding(term) for term in terms]
        return [self._ids[place] for place in sorted(set.intersection(*(set(held.tolist()) for held in places)))]

    def terms_held(self, identifier: str, terms: Iterable[str]) -> set[str]:
        """Those of some stems that a document holds."""
        number = self._numbers[identifier]
        return {term for term in terms if self.bm25.documents.holds(number, term)}

    @cached_property
    def _names(self) -> Sequence[str]:
        return tuple(self.by_id)

    @cached_property
    def _ids(self) -> Sequence[str]:
        return tuple(self.documents)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {identifier: number for number, identifier in enumerate(self.documents)}


def words_of_name(identifier: str) -> str:
    """The words that the name of a document's file is made of; of "BusTimetable" these are three."""
    words = re.findall(r"[^\W_]+", PurePosixPath(identifier).stem)
    parts = [_CAPITALISED.findall(word) if _RUN_ON.fullmatch(word) else () for word in words]
    return " ".join(chain.from_iterable((word, *some) for word, some in zip(words, parts, strict=True)))
