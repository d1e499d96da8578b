"""BM25 over passages, each taken together with its document: of one store, of two, or of a part of one."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.store.lexical import LexicalIndex

#: Of these, that a collection is taken to hold beside its own when the rarity of a word is judged: with fewer, what is
#: added to it changes more of what is found (`docs/figures.md`).
BESIDE = 300
PASSAGE_LENGTH, DOCUMENT_LENGTH = 70.0, 1000.0  #: usual ones, in words that are no stop words
DOCUMENT_WEIGHT = 0.15  #: of the document's share in the score of a passage


class PassagesInDocuments:
    """BM25 over passages and, for a part of the score, over the whole documents that they stand in.

    What a question is about often stands in a title, a header or a file's name, and not where it is answered.
    """

    def __init__(self, passages: Iterable[str], documents: Iterable[str], document_of: Sequence[int]) -> None:
        """Index passages and documents; `document_of` is each passage's document, by position."""
        self._passages = LexicalIndex(passages, usual=BESIDE, length=PASSAGE_LENGTH)
        self.documents = LexicalIndex(documents, usual=BESIDE, length=DOCUMENT_LENGTH)
        self._document_of = np.array(document_of, dtype=np.int64)

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> "PassagesInDocuments":
        """The index whose `arrays` these are. Raises ValueError or KeyError if they are none's."""
        index = cls.__new__(cls)
        index._passages, index.documents = (
            LexicalIndex.of(
                {name.removeprefix(kind): array for name, array in arrays.items() if name.startswith(kind)},
                usual=BESIDE,
            )
            for kind in ("passages.", "documents.")
        )
        index._document_of = arrays["document_of"]
        return index

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What it consists of, for a file."""
        parts = {"passages.": self._passages, "documents.": self.documents}
        arrays = {f"{kind}{name}": array for kind, part in parts.items() for name, array in part.arrays().items()}
        return {**arrays, "document_of": self._document_of}

    def arranged(self, other: "PassagesInDocuments", documents: Sequence[int]) -> "PassagesInDocuments":
        """The index of some documents, by their numbers, which go on from this index to the other.

        Its scores are those of one made of the texts themselves.
        """
        sizes = np.concatenate(
            [np.bincount(one._document_of, minlength=one.documents.size) for one in (self, other)]
        ).astype(np.int64)
        starts = np.cumsum(sizes) - sizes
        chosen = np.array(documents, dtype=np.int64)
        spans = [np.arange(starts[number], starts[number] + sizes[number]) for number in documents]
        index = PassagesInDocuments.__new__(PassagesInDocuments)
        index._passages = self._passages.picked(other._passages, np.concatenate([np.empty(0, np.int64), *spans]))
        index.documents = self.documents.picked(other.documents, chosen)
        index._document_of = np.repeat(np.arange(len(chosen)), sizes[chosen])
        return index

    def terms(self, query: str) -> list[str]:
        """The stems of a query's words, stop words left out, each once."""
        return self._passages.terms(query)

    def scores(self, query: str, beside: Sequence["PassagesInDocuments"] = ()) -> NDArray[np.float32]:
        """The score of every passage, shape (passages,), 0 to 1; 0 for one that has none of the words itself.

        They are the same as if the passages of those `beside` were in this index, too.
        """
        passages = self._passages.scores(query, [other._passages for other in beside])
        documents = self.documents.scores(query, [other.documents for other in beside])
        together = (1 - DOCUMENT_WEIGHT) * passages + DOCUMENT_WEIGHT * documents[self._document_of]
        return np.where(passages > 0, together, 0).astype(np.float32)


class JoinedLexical:
    """Two of them searched as one, of which neither is copied."""

    def __init__(self, one: PassagesInDocuments, other: PassagesInDocuments) -> None:
        """Search the passages of `one`, and after them those of `other`."""
        self._parts = one, other

    def terms(self, query: str) -> list[str]:
        """The stems of a query's words, stop words left out, each once."""
        return self._parts[0].terms(query)

    def scores(self, query: str) -> NDArray[np.float32]:
        """The score of every passage, as of one index over all; see `PassagesInDocuments.scores`."""
        one, other = self._parts
        return np.concatenate([one.scores(query, [other]), other.scores(query, [one])])


class NarrowedLexical:
    """Some passages of one of them, each with the score that it has among all."""

    def __init__(
        self, whole: "PassagesInDocuments | JoinedLexical | NarrowedLexical", places: NDArray[np.int64]
    ) -> None:
        """Search the passages of `whole` at these positions, shape (passages,)."""
        self._whole = whole
        self._places = places

    def terms(self, query: str) -> list[str]:
        """The stems of a query's words, stop words left out, each once."""
        return self._whole.terms(query)

    def scores(self, query: str) -> NDArray[np.float32]:
        """The score of every passage, as of the whole; see `PassagesInDocuments.scores`."""
        return self._whole.scores(query)[self._places]
