"""BM25 with English stems and stop words, over passages each taken together with its document.

Own sums over bm25s's tokens: bm25s takes rarity and usual length from the corpus alone, so that every unrelated
document changes the score of all others.
"""

import re
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.embedding import bundled_folder

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array

WORD = r"(?u)\b(?:\w\w+|\d)\b"  #: letters that stand alone say little; "article 6" is not "article 9"
_VERSION = re.compile(r"\bv(?=\d)", re.I)
ASKED_FOR = ("many", "much")  #: in a question they stand for the number that is asked for
K1, B = 1.5, 0.75  #: BM25's usual constants
FIRST_WORD = 1996  #: in the vocabulary of BERT, whose words come in the order of their frequency
MOST_FREQUENT = 0.09  #: share of all words of the first one; by Zipf's law the n-th has an n-th of that
DIGIT = 0.002  #: share of all words of each digit that stands alone
UNKNOWN = 1e-6  #: share of all words of one that is not in the vocabulary
USUAL_WORDS = 130  #: of a passage
USUAL_TEXTS = 300  #: among which a word is as rare as in everyday English
BESIDE = 50  #: of these, that a collection is taken to hold beside its own when the rarity of a word is judged
PASSAGE_LENGTH, DOCUMENT_LENGTH = 70.0, 1000.0  #: usual ones, in words that are no stop words
DOCUMENT_WEIGHT = 0.15  #: of the document's share in the score of a passage
AT_ONCE = 1_000_000  #: characters of texts that are cut into words together: each word is an object


class LexicalIndex:
    """Scores texts by the weighted terms that they share with a query.

    A score is the share of the query's weight that a text matches, 0 to 1, so that scores of
    different queries can be compared. A term that occurs nowhere counts as the rarest there is.
    """

    def __init__(self, texts: Iterable[str], *, usual: int = 0, length: float | None = None) -> None:
        """Index `texts`; building takes about two seconds for 10,000 passages.

        Args:
            texts: What is searched.
            usual: How many texts of everyday English the rarity of a term is judged by besides these.
            length: Terms of a text of usual length; by default their mean.
        """
        from scipy.sparse import csr_array, vstack

        columns: dict[str, int] = {}
        counted = [_count(part, columns) for part in _parts(texts)]
        shape = (0, max(len(columns), 1))
        for part in counted:
            part.resize(part.shape[0], shape[1])  # later ones have brought further terms
        matched: csc_array = vstack([csr_array(shape, dtype=np.float32), *counted], format="csc")
        lengths = np.asarray(matched.sum(axis=1), dtype=np.float32)
        usual_length = length or (lengths.mean() if lengths.any() else 1.0)
        matched.data /= matched.data + K1 * (1 - B + B * lengths[matched.indices] / np.float32(usual_length))
        self._hold(matched, columns, usual)

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]], *, usual: int = 0) -> "LexicalIndex":
        """The index whose `arrays` these are. Raises ValueError or KeyError if they are none's."""
        from scipy.sparse import csc_array

        terms = arrays["terms"].tobytes().decode().split("\n")
        shape = int(arrays["size"]), len(terms)
        matched = csc_array((arrays["data"], arrays["indices"], arrays["indptr"]), shape=shape)
        matched.check_format()
        index = cls.__new__(cls)
        index._hold(matched, {term: column for column, term in enumerate(terms) if term}, usual)
        return index

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What it consists of, for a file."""
        matched = self._matched
        terms = "\n".join(sorted(self._columns, key=self._columns.__getitem__)).encode()
        return {
            **{name: getattr(matched, name) for name in ("data", "indices", "indptr")},
            "terms": np.frombuffer(terms, dtype=np.uint8),
            "size": np.array(self._size),
        }

    def _hold(self, matched: "csc_array", columns: dict[str, int], usual: int) -> None:
        self._matched = matched
        self._columns = columns
        self._holding = np.diff(matched.indptr)
        self._size = matched.shape[0]
        self._usual = usual

    def terms(self, query: str) -> list[str]:
        """The stems of a query's words, stop words left out, each once."""
        return stems([query])[0]

    def scores(self, query: str, beside: Sequence["LexicalIndex"] = ()) -> NDArray[np.float32]:
        """The score of every text, shape (texts,), 0 to 1; the same as if those `beside` were in this index, too."""
        weight = {term: self._weight(term, (self, *beside)) for term in self.terms(query)}
        known = {self._columns[term]: weight[term] for term in weight if term in self._columns}
        if not known or not self._size:
            return np.zeros(self._size, dtype=np.float32)
        weights = np.array(list(known.values()), dtype=np.float32)
        scores = self._matched[:, list(known)] @ weights / np.float32(sum(weight.values()))
        return np.asarray(scores, dtype=np.float32)

    def holds(self, text: int, term: str) -> bool:
        """Whether a text, by position, holds a stem."""
        column = self._columns.get(term)
        return column is not None and bool(self._matched[text, column])

    def _weight(self, term: str, among: Sequence["LexicalIndex"]) -> float:
        holding = sum(int(one._holding[one._columns[term]]) for one in among if term in one._columns)
        size = sum(one._size for one in among)
        if self._usual:
            return _rarity(holding + self._usual * usual_share(term), size + self._usual)
        return _rarity(holding, size)


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


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    """The texts, some at a time."""
    part: list[str] = []
    size = 0
    for text in texts:
        part.append(text)
        size += len(text)
        if size >= AT_ONCE:
            yield part
            part, size = [], 0
    if part:
        yield part


def _count(texts: Sequence[str], columns: dict[str, int]) -> "csr_array":
    """How often each term, by column, occurs in each text; terms that `columns` lacks are added to it."""
    from scipy.sparse import coo_array

    tokens = _tokenize(texts)
    numbers = np.empty(len(tokens.vocab), dtype=np.int32)
    for term, number in tokens.vocab.items():
        numbers[number] = columns.setdefault(term, len(columns))
    found = numbers[np.fromiter(chain.from_iterable(tokens.ids), dtype=np.int32)]
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), [len(ids) for ids in tokens.ids])
    shape = (len(texts), max(len(columns), 1))
    # Repeated places are summed: these are counts.
    return coo_array((np.ones(len(found), dtype=np.float32), (rows, found)), shape).tocsr()


def stems(texts: Sequence[str]) -> list[list[str]]:
    """The stems of each text's words, stop words left out, each once."""
    tokens = _tokenize(texts)
    names = {number: term for term, number in tokens.vocab.items()}
    return [list(dict.fromkeys(names[number] for number in ids)) for ids in tokens.ids]


def usual_share(term: str) -> float:
    """The share of passages of everyday English that hold a stem."""
    return 1 - (1 - _usual_frequencies().get(term, UNKNOWN)) ** USUAL_WORDS


def usual_weights(terms: Iterable[str]) -> dict[str, float]:
    """How much each stem tells, whatever the documents are: its rarity in everyday English."""
    return {term: _rarity(USUAL_TEXTS * usual_share(term), USUAL_TEXTS) for term in terms}


def _rarity(holding: float, texts: int) -> float:
    return float(np.log1p((texts - holding + 0.5) / (holding + 0.5)))


def _tokenize(texts: Sequence[str]) -> Any:
    """bm25s's tokens: `ids`, the terms of each text by number, and `vocab`, the number of each term."""
    import bm25s

    stop_words, stemmer = _english()
    plain = [_VERSION.sub("version ", text) for text in texts]
    return bm25s.tokenize(plain, token_pattern=WORD, stopwords=stop_words, stemmer=stemmer, show_progress=False)


@cache
def _english() -> tuple[list[str], Any]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS
    from Stemmer import Stemmer

    return [*STOPWORDS_EN_PLUS, *ASKED_FOR], Stemmer("english")


@cache
def _usual_frequencies() -> Mapping[str, float]:
    """The share of all words that a stem's words have together."""
    vocabulary = (bundled_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    words = {
        word: MOST_FREQUENT / (rank - FIRST_WORD + 1)
        for rank, word in enumerate(vocabulary)
        if rank >= FIRST_WORD and not word.startswith("##")
    }
    words |= dict.fromkeys(string.digits, DIGIT)
    together: dict[str, float] = defaultdict(float)
    for word, stem in zip(words, _english()[1].stemWords(list(words)), strict=True):
        together[stem] += words[word]
    return together
