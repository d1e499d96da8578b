"""BM25 over passages, with English stems and stop words, by bm25s."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

ASKED_FOR = ("many", "much")  #: in a question they stand for the number that is asked for


class LexicalIndex:
    """Scores texts by the weighted terms that they share with a query.

    A score is the share of the query's weight that a text matches, 0 to 1, so that scores of
    different queries can be compared. A term that occurs nowhere counts as the rarest there is.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        """Index `texts`; building takes about a second for 20,000 passages."""
        import bm25s
        from bm25s.stopwords import STOPWORDS_EN_PLUS
        from Stemmer import Stemmer

        self._stop_words = [*STOPWORDS_EN_PLUS, *ASKED_FOR]
        self._stemmer = Stemmer("english")
        self._tokenize = bm25s.tokenize
        self._size = len(texts)
        tokens = bm25s.tokenize(list(texts), stopwords=self._stop_words, stemmer=self._stemmer, show_progress=False)
        self._bm25: bm25s.BM25 | None = None
        self._weights: dict[str, float] = {}
        if tokens.vocab and any(len(ids) for ids in tokens.ids):
            self._bm25 = bm25s.BM25(method="lucene")
            self._bm25.index(tokens, show_progress=False)
            document_counts = np.diff(self._bm25.scores["indptr"])
            for term, number in self._bm25.vocab_dict.items():
                if number < len(document_counts):
                    self._weights[term] = self._idf(int(document_counts[number]))

    def terms(self, query: str) -> list[str]:
        """The stems of a query's words, stop words left out, each once."""
        tokens = self._tokenize(
            [query], stopwords=self._stop_words, stemmer=self._stemmer, return_ids=False, show_progress=False
        )
        return list(dict.fromkeys(tokens[0]))

    def scores(self, query: str) -> NDArray[np.float32]:
        """The score of every text, shape (texts,), 0 to 1."""
        terms = self.terms(query)
        known = [term for term in terms if term in self._weights]
        if self._bm25 is None or not known:
            return np.zeros(self._size, dtype=np.float32)
        attainable = sum(self._weights.get(term, self._idf(0)) for term in terms)
        scores = np.asarray(self._bm25.get_scores(known), dtype=np.float32) / np.float32(attainable)
        return scores.astype(np.float32, copy=False)

    def _idf(self, documents: int) -> float:
        return float(np.log1p((self._size - documents + 0.5) / (documents + 0.5)))
