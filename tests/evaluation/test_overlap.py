"""How far two short answers agree: by their words, whatever case, punctuation and articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.evaluation.overlap import exact_match, holds, normalise, token_f1

WORDS = st.lists(st.sampled_from(["bees", "Bees!", "the", "hum", "hums", "£5", "—", "ÉTÉ"])).map(" ".join)
TEXTS = WORDS | st.text()


def test_words_are_compared_without_case_punctuation_and_articles():
    assert normalise("The Queen's  bees,\n(an army) hum: 384,400!") == ("queens", "bees", "army", "hum", "384400")
    assert exact_match("The bees.", "bees")
    assert not exact_match("bees", "bee")
    assert not exact_match("bees hum", "hum bees")


@pytest.mark.parametrize("text", ["", " \n", "?!", "the", "A — an"])
def test_a_text_of_nothing_else_has_no_words(text):
    assert normalise(text) == ()


def test_f1_is_the_harmonic_mean_of_precision_and_recall():
    precision, recall = 2 / 3, 2 / 4
    expected = 2 * precision * recall / (precision + recall)
    assert token_f1("forty thousand wasps", "some forty thousand bees") == pytest.approx(expected)


def test_a_word_counts_as_often_as_both_have_it():
    assert token_f1("bees bees bees", "bees") == pytest.approx(2 * 1 / (3 + 1))
    assert token_f1("bees bees", "bees and bees") == pytest.approx(2 * 2 / (2 + 3))


def test_nothing_agrees_with_nothing_only():
    assert token_f1("", "") == 1
    assert token_f1("", "bees") == token_f1("bees", "") == 0


@given(TEXTS, TEXTS)
def test_f1_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= token_f1(one, other) <= 1
    assert token_f1(one, other) == token_f1(other, one)


@given(TEXTS, TEXTS)
def test_the_same_words_agree_fully(one, other):
    assert token_f1(one, one) == 1
    assert exact_match(one, one)
    if exact_match(one, other):
        assert token_f1(one, other) == 1


@given(TEXTS)
def test_normalising_again_changes_nothing(text):
    assert normalise(" ".join(normalise(text))) == normalise(text)


def test_a_text_holds_whole_words_in_a_row_only():
    text = "The hive holds forty thousand bees."
    assert holds(text, "a forty thousand")
    assert holds(text, "BEES")
    for other in ("forty bees", "thousand forty", "bee", "fort", "thousand be", "forty thousand bees hum"):
        assert not holds(text, other)


@pytest.mark.parametrize("text", ["", "the bees", "?"])
def test_no_text_holds_an_answer_without_words(text):
    assert not holds(text, "")
    assert not holds(text, "the — ?")


@given(TEXTS, TEXTS, TEXTS)
def test_a_text_holds_what_stands_in_it_between_other_words(before, answer, after):
    assert holds(f"{before} {answer} {after}", answer) == bool(normalise(answer))


@given(WORDS, WORDS)
def test_what_is_held_is_a_run_of_the_words(text, answer):
    words, wanted = normalise(text), normalise(answer)
    runs = {words[start:stop] for start in range(len(words)) for stop in range(start + 1, len(words) + 1)}
    assert holds(text, answer) == (wanted in runs)
