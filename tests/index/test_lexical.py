"""BM25 scores: shares of a question's weight, so that they mean the same for every question."""

import numpy as np
import pytest

from index.passages import split_document
from index.store.bm25 import PassagesInDocuments
from index.store.lexical import LexicalIndex, sentences_with, usual_weights
from index.types import Document

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


def test_days_and_months_are_found_as_they_are_cut_short():
    dates = LexicalIndex(["Thu 12 Sept: gardening.", "Fri 13 Nov: choir.", "The sun sat on the wall."])
    assert dates.scores("What is there on a Thursday in September?").argmax() == 0
    assert dates.scores("Which friday?").tolist()[1] > 0
    assert dates.scores("sunday, saturday").tolist() == [0, 0, 0]


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


def test_with_usual_texts_unrelated_ones_hardly_change_a_score():
    """Judged by the collection alone, a word's rarity is whatever happens to be indexed beside it."""
    unrelated = [f"Number {number} is about the weather over the sea, and nothing else at all." for number in range(70)]
    question = "How long is black tea from Zanzibar steeped?"

    def best(texts, **options):
        return LexicalIndex(texts, **options).scores(question)[1]

    assert abs(best([*TEXTS, *unrelated]) - best(TEXTS)) > 0.05
    options = {"usual": 300, "length": 70}
    assert abs(best([*TEXTS, *unrelated], **options) - best(TEXTS, **options)) < 0.02


def test_everyday_words_weigh_less_than_rare_ones_whatever_is_indexed():
    weights = usual_weights(["year", "zeppelin", "qwertz"])
    assert weights["year"] < weights["zeppelin"] < weights["qwertz"]


def test_texts_that_hold_a_stem_are_told(index):
    assert [index.holds(text, "tea") for text in range(3)] == [True, True, False]
    assert not index.holds(0, "zanzibar")


def test_what_a_document_says_elsewhere_counts_for_its_passages():
    """Two reports in the same words: which one is of Leeds stands in its header alone."""
    passages = ["The engine failed in flight.", "The engine failed in flight.", "Nothing is known of the weather."]
    documents = ["Place: York. The engine failed in flight.", "Place: Leeds. The engine failed in flight.", passages[2]]
    scores = PassagesInDocuments(passages, documents, [0, 1, 2]).scores("What failed in the flight at Leeds?")
    assert scores[1] > scores[0] > scores[2] == 0
    assert scores.max() <= 1


def test_a_digit_tells_articles_and_versions_apart():
    articles = LexicalIndex(["Article 6 is on rent.", "Article 9 is on keys."])
    assert articles.scores("What does article 9 say?").argmax() == 1
    assert LexicalIndex(["kit v3", "kit v4"]).scores("version 4 of the kit").argmax() == 1


def test_a_digit_that_stands_alone_tells_less_than_a_word_and_more_than_a_small_one():
    weights = usual_weights(["9", "the", "ferri", "zzyzx"])
    assert weights["the"] < weights["9"] < weights["ferri"] < weights["zzyzx"]


def test_words_with_underscores_are_found_by_their_parts():
    indexed = split_document(Document("a.txt", "A", "/a", "The hourly_rate of run_v2 is x_y.", ()), lambda text: 1)
    assert sentences_with({"rate"}, indexed) == [0]
    index = LexicalIndex(["hourly_rate, run_v2 and x_y", "nothing"])
    first, *others = (index.scores(question)[0] for question in ("hourly rate", "run v2", "x_y"))
    assert first > 0.3
    assert others == pytest.approx([first, first])  # all that is asked is there
