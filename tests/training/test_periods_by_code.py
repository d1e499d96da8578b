"""Tables over periods made by code for training."""

import re

import pytest

from rag.training.periods import period_examples

YEAR = re.compile(r"(?:19|20)\d\d")


@pytest.fixture(scope="module")
def made():
    return period_examples(3_000, 1, ["The wind blew from the west."])


def test_they_are_the_same_for_the_same_seed():
    first, again, other = (period_examples(60, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_about_half_of_them_are_answered_by_a_value(made):
    answered = [one for one in made if one.answer]
    assert 0.4 < len(answered) / len(made) < 0.6
    for one in answered:
        assert re.search(r"\d", one.context[slice(*one.answer)])


def test_what_answers_stands_with_its_year_and_what_does_not_with_another_one(made):
    """So that a figure whose row and title do not name the period that is asked for is no answer."""
    asked = [(one, years) for one in made if len(years := set(YEAR.findall(one.question))) == 1]
    told = [(one.answer is not None, years <= set(YEAR.findall(f"{one.title} {one.context}"))) for one, years in asked]
    assert all(there for answered, there in told if answered)
    assert sum(not there for answered, there in told if not answered) > 0.15 * len(told)


def test_the_same_question_is_asked_with_and_without_its_period(made):
    by_question = {}
    for one in made:
        by_question.setdefault(one.asked, []).append(bool(one.answer))
    assert sum(set(answers) == {True, False} for answers in by_question.values()) > 0.5 * len(by_question)
