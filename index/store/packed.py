"""Sentences and passages as numbers, of which each is made when it is asked for.

Hundreds of thousands of them as objects, each with its text, would take most of the memory of a large index.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from index.types import Document, Passage, Sentence

T = TypeVar("T")
Places = NDArray[np.int32]  #: offsets in a text, a row for each item


class Packed(Sequence[T]):
    """A sequence that makes its items, and is equal to any other of the same ones."""

    __slots__ = ()

    def item(self, place: int) -> T:
        """The item at a place from 0."""
        raise NotImplementedError

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        if isinstance(place, slice):
            return tuple(map(self.item, range(*place.indices(len(self)))))
        if not -len(self) <= place < len(self):
            raise IndexError("there is none at this place")
        return self.item(place % len(self))

    def __iter__(self) -> Iterator[T]:
        return map(self.item, range(len(self)))

    def __eq__(self, other: object) -> bool:
        return tuple(self) == tuple(other) if isinstance(other, tuple | Packed) else NotImplemented

    def __hash__(self) -> int:
        return hash(tuple(self))


class PackedSentences(Packed[Sentence]):
    """The sentences of a document."""

    __slots__ = ("headings", "places")

    def __init__(self, places: Sequence[tuple[int, int, int]] | Places, headings: Iterable[int]) -> None:
        """Hold start, end and paragraph of each; `headings` are the numbers of those that are headings."""
        self.places = np.asarray(places, dtype=np.int32).reshape(-1, 3)
        self.headings = frozenset(headings)

    def __len__(self) -> int:
        return len(self.places)

    def item(self, place: int) -> Sentence:
        """The sentence at a place."""
        start, end, paragraph = self.places[place].tolist()
        return Sentence(start, end, paragraph, place in self.headings)

    def __iter__(self) -> Iterator[Sentence]:
        for number, (start, end, paragraph) in enumerate(self.places.tolist()):
            yield Sentence(start, end, paragraph, number in self.headings)


class PackedPassages(Packed[Passage]):
    """The passages of a document."""

    __slots__ = ("_document", "headings", "names", "places")

    def __init__(
        self,
        document: Document,
        names: Iterable[str],
        places: Sequence[tuple[int, int]] | Places,
        headings: Iterable[str],
    ) -> None:
        """Hold id, start and end, and heading of each."""
        shared: dict[str, str] = {}
        self._document = document
        self.names = tuple(names)  #: their ids
        self.places = np.asarray(places, dtype=np.int32).reshape(-1, 2)
        self.headings = tuple(shared.setdefault(heading, heading) for heading in headings)

    def __len__(self) -> int:
        return len(self.names)

    def item(self, place: int) -> Passage:
        """The passage at a place."""
        start, end = self.places[place].tolist()
        text = self._document.text[start:end]
        return Passage(self.names[place], self._document.id, text, start, end, self.headings[place])


def names_of(passages: Sequence[Passage]) -> Iterable[str]:
    """The ids of passages, of which none is made for it."""
    return passages.names if isinstance(passages, PackedPassages) else (passage.id for passage in passages)


class Joined(Packed[T]):
    """Several sequences as one."""

    __slots__ = ("_ends", "_parts")

    def __init__(self, parts: Sequence[Sequence[T]]) -> None:
        self._parts = parts
        self._ends = list(accumulate(map(len, parts)))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def item(self, place: int) -> T:
        """The item at a place."""
        part = bisect_right(self._ends, place)
        return self._parts[part][place - self._ends[part]]

    def __iter__(self) -> Iterator[T]:
        return chain.from_iterable(self._parts)


class PassagesById(Mapping[str, Passage]):
    """Passages by their ids, in order."""

    __slots__ = ("_passages", "places")

    def __init__(self, parts: Sequence[Sequence[Passage]]) -> None:
        """Hold those of several documents."""
        self._passages = Joined(parts)
        names = chain.from_iterable(map(names_of, parts))
        self.places = {name: place for place, name in enumerate(names)}  #: of each among them all

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __contains__(self, name: object) -> bool:
        return name in self.places

    def __getitem__(self, name: str) -> Passage:
        return self._passages[self.places[name]]
