"""BM25 with English stems and stop words.

Own sums over bm25s's tokens: bm25s takes rarity and usual length from the corpus alone, so that every unrelated
document changes the score of all others.
"""

import re
import string
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.english import common_words, stems_of
from index.store.arrays_file import lines_of, packed_lines
from index.types import IndexedDocument

if TYPE_CHECKING:
    from scipy.sparse import csc_array, csr_array

#: Letters that stand alone say little; "article 6" is not "article 9"; "hourly_rate" is two words, "x_y" one.
WORD = r"(?u)(?<![^\W_])(?:[^\W_]{2,}|\d)(?![^\W_])|\b[^\W_](?:_[^\W_])+\b"
_VERSION = re.compile(r"(?<![^\W_])v(?=\d)", re.I)
ASKED_FOR = ("many", "much")  #: in a question they stand for the number that is asked for
K1, B = 1.5, 0.75  #: BM25's usual constants
FIRST_WORD = 1996  #: in the vocabulary of BERT, whose words come in the order of their frequency
MOST_FREQUENT = 0.09  #: share of all words of the first one; by Zipf's law the n-th has an n-th of that
DIGIT = 0.002  #: share of all words of each digit that stands alone
UNKNOWN = 1e-6  #: share of all words of one that is not in the vocabulary
USUAL_WORDS = 130  #: of a passage
USUAL_TEXTS = 300  #: among which a word is as rare as in everyday English
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

        terms = lines_of(arrays["terms"])
        shape = int(arrays["size"]), max(len(terms), 1)
        matched = csc_array((arrays["data"], arrays["indices"], arrays["indptr"]), shape=shape)
        matched.check_format()
        index = cls.__new__(cls)
        index._hold(matched, {term: column for column, term in enumerate(terms)}, usual)
        return index

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What it consists of, for a file."""
        matched = self._matched
        return {
            **{name: getattr(matched, name) for name in ("data", "indices", "indptr")},
            "terms": packed_lines(self._columns),
            "size": np.array(self.size),
        }

    def picked(self, other: "LexicalIndex", texts: NDArray[np.int64]) -> "LexicalIndex":
        """The index of some texts, by their numbers, shape (texts,), which go on from this index to the other.

        Both judge a text by the same usual length, and a term by the same texts of everyday English.
        """
        from scipy.sparse import csr_array, vstack

        columns = dict(self._columns)
        numbers = np.array([columns.setdefault(term, len(columns)) for term in other._columns], dtype=np.int32)
        one, two = (index._matched.tocsr() for index in (self, other))
        one.resize(one.shape[0], max(len(columns), 1))
        two = csr_array((two.data, numbers[two.indices], two.indptr), shape=(two.shape[0], one.shape[1]))
        matched = vstack([one, two], format="csr")[texts].tocsc()
        used = np.flatnonzero(np.diff(matched.indptr))  # no word stays of texts that are left out
        terms = list(columns)
        if not len(used):
            return LexicalIndex([""] * len(texts), usual=self._usual)
        index = LexicalIndex.__new__(LexicalIndex)
        index._hold(matched[:, used], {terms[column]: number for number, column in enumerate(used)}, self._usual)
        return index

    def _hold(self, matched: "csc_array", columns: dict[str, int], usual: int) -> None:
        self._matched = matched
        self._columns = columns  # in the order of their numbers
        self._holding = np.diff(matched.indptr)
        self.size = matched.shape[0]  #: texts
        self._usual = usual

    def terms(self, query: str) -> list[str]:
        """The stems of a query's words, stop words left out, each once."""
        return stems([query])[0]

    def scores(self, query: str, beside: Sequence["LexicalIndex"] = ()) -> NDArray[np.float32]:
        """The score of every text, shape (texts,), 0 to 1; the same as if those `beside` were in this index, too."""
        weight = {term: self._weight(term, (self, *beside)) for term in self.terms(query)}
        known = {self._columns[term]: weight[term] for term in weight if term in self._columns}
        if not known or not self.size:
            return np.zeros(self.size, dtype=np.float32)
        weights = np.array(list(known.values()), dtype=np.float32)
        scores = self._matched[:, list(known)] @ weights / np.float32(sum(weight.values()))
        return np.asarray(scores, dtype=np.float32)

    def holding(self, term: str) -> NDArray[np.int32]:
        """The texts that hold a stem, by position, shape (texts that do,)."""
        column = self._columns.get(term)
        if column is None:
            return np.empty(0, dtype=np.int32)
        places: NDArray[np.int32] = self._matched.indices[slice(*self._matched.indptr[column : column + 2])]
        return places

    def holds(self, text: int, term: str) -> bool:
        """Whether a text, by position, holds a stem."""
        column = self._columns.get(term)
        return column is not None and bool(self._matched[text, column])

    def _weight(self, term: str, among: Sequence["LexicalIndex"]) -> float:
        holding = sum(int(one._holding[one._columns[term]]) for one in among if term in one._columns)
        size = sum(one.size for one in among)
        if self._usual:
            return _rarity(holding + self._usual * usual_share(term), size + self._usual)
        return _rarity(holding, size)


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


def sentences_with(wanted: Set[str], document: IndexedDocument) -> list[int]:
    """The positions of a document's sentences that have all of some stems; headings are none."""
    text = document.document.text
    # Nearly all sentences lack the words, and stems cost: the beginning of a word is looked for first.
    begins = [re.compile(rf"(?<![^\W_]){re.escape(word[:3])}", re.I) for word in wanted]
    near = [
        number
        for number, sentence in enumerate(document.sentences)
        if not sentence.heading and all(pattern.search(text, sentence.start, sentence.end) for pattern in begins)
    ]
    said = stems([text[document.sentences[n].start : document.sentences[n].end] for n in near]) if near else []
    return [number for number, words in zip(near, said, strict=True) if wanted <= set(words)]


def usual_share(term: str) -> float:
    """The share of passages of everyday English that hold a stem."""
    return 1 - (1 - _usual_frequencies(term[:1]).get(term, UNKNOWN)) ** USUAL_WORDS


def usual_weights(terms: Iterable[str]) -> dict[str, float]:
    """How much each stem tells, whatever the documents are: its rarity in everyday English."""
    return {term: _rarity(USUAL_TEXTS * usual_share(term), USUAL_TEXTS) for term in terms}


def _rarity(holding: float, texts: int) -> float:
    return float(np.log1p((texts - holding + 0.5) / (holding + 0.5)))


def _tokenize(texts: Sequence[str]) -> Any:
    """bm25s's tokens: `ids`, the terms of each text by number, and `vocab`, the number of each term."""
    import bm25s

    plain = [_VERSION.sub("version ", text) for text in texts]
    return bm25s.tokenize(plain, token_pattern=WORD, stopwords=_stop_words(), stemmer=stems_of, show_progress=False)


@cache
def _stop_words() -> list[str]:
    from bm25s.stopwords import STOPWORDS_EN_PLUS

    return [*STOPWORDS_EN_PLUS, *ASKED_FOR]


@cache
def _usual_frequencies(initial: str) -> Mapping[str, float]:
    """The share of all words that a stem's words have together, for stems that begin with a letter."""
    shares = {
        word: MOST_FREQUENT / (place - FIRST_WORD + 1)
        for word, place in common_words(initial).items()
        if place >= FIRST_WORD
    }
    if initial and initial in string.digits:
        shares[initial] = DIGIT
    together: dict[str, float] = defaultdict(float)
    for word, stem in zip(shares, stems_of(list(shares)), strict=True):
        together[stem] += shares[word]
    return together
