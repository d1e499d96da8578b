"""BM25 scores: shares of a question's weight, so that they mean the same for every question."""

import numpy as np
import pytest

from index.store.lexical import LexicalIndex

TEXTS = [
    "Green tea is steeped for two minutes.",
    "Black tea is steeped for four minutes.",
    "A hive holds forty thousand bees.",
    "The queen of the hive lays the eggs.",
    "The moon has no air.",
]


@pytest.fixture(scope="module")
def index():
    return LexicalIndex(TEXTS)


def test_the_text_with_the_words_comes_first(index):
    assert np.argmax(index.scores("How long is black tea steeped?")) == 1
    assert np.argmax(index.scores("Who lays eggs?")) == 3


def test_scores_lie_between_nothing_and_everything(index):
    for query in ("tea", "moon moon moon", "green tea steeped two minutes", " ".join(TEXTS), "Zanzibar tea"):
        scores = index.scores(query)
        assert scores.shape == (5,)
        assert scores.min() >= 0
        assert 0 < scores.max() <= 1


def test_texts_without_any_of_the_words_score_zero(index):
    assert index.scores("moon")[:4].tolist() == [0, 0, 0, 0]


def test_a_rare_word_weighs_more_than_a_common_one(index):
    green, black = index.scores("green tea")[:2]
    assert green > 2 * black > 0


def test_a_word_that_occurs_nowhere_lowers_the_share(index):
    known = index.scores("black tea")[1]
    assert index.scores("black tea Zanzibar")[1] < 0.7 * known


def test_repeating_a_question_does_not_change_its_scores(index):
    assert index.scores("black tea black tea").tolist() == index.scores("black tea").tolist()


def test_stems_match(index):
    assert index.scores("steeping teas")[0] == pytest.approx(index.scores("steeped tea")[0])
    assert index.scores("hives")[2] > 0


def test_terms_are_stems_without_stop_words_each_once(index):
    assert index.terms("When are the bees flying, and the bee flies?") == ["bee", "fli"]


@pytest.mark.parametrize("query", ["", "   ", "the of and", "?!", "Zanzibar", "🐉"])
def test_a_question_without_known_words_scores_zero_everywhere(index, query):
    assert index.scores(query).tolist() == [0] * 5


@pytest.mark.parametrize("texts", [[], [""], ["the of and", "?"]])
def test_a_corpus_without_words_scores_zero(texts):
    assert LexicalIndex(texts).scores("tea").tolist() == [0] * len(texts)


def test_an_empty_text_among_others_keeps_its_place():
    assert LexicalIndex(["", "tea", "moon"]).scores("tea").nonzero()[0].tolist() == [1]
