"""Timetables made by code for training."""

import pytest

from rag.training.timetables import timetable_examples


@pytest.fixture(scope="module")
def made():
    return timetable_examples(2_000, 1, ["The wind blew from the west."])


def test_they_are_the_same_for_the_same_seed():
    first, again, other = (timetable_examples(40, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_about_half_of_them_are_answered_by_a_whole_part_of_a_line(made):
    answered = [one for one in made if one.answer]
    assert 0.45 < len(answered) / len(made) < 0.65
    for one in answered:
        for start, end in (one.answer, *one.also):
            line = one.context[one.context.rfind("\n", 0, start) + 1 :].partition("\n")[0]
            said = one.context[start:end]
            assert said in line
            assert said == said.strip() != ""


def test_all_that_is_on_in_a_day_or_all_times_of_something_are_an_answer_together(made):
    several = [one for one in made if one.also]
    assert len(several) > 0.05 * len(made)
    lines = [one.context[start:end] for one in several for start, end in (one.answer, *one.also)]
    assert len(lines) > 2 * len(several)


def test_what_is_on_that_day_is_gone_where_nothing_answers_and_the_rest_is_there(made):
    asked = {}
    for one in made:
        asked.setdefault(one.asked, []).append(one)
    pairs = [sorted(both, key=lambda one: one.answer is None) for both in asked.values() if len(both) == 2]
    assert len(pairs) > 600
    lesser = 0
    for with_it, without in pairs:
        assert with_it.question == without.question
        assert (with_it.answer is None, without.answer is None) == (False, True)
        assert len(without.context) < len(with_it.context)
        lesser += set(without.context.splitlines()) < set(with_it.context.splitlines())
    assert lesser > 0.7 * len(pairs)  # of a time that several days share only its part goes


def test_what_is_asked_for_may_be_on_another_day_too(made):
    """So that a question is not answered by what is on, whatever the day."""
    unanswered = [one for one in made if one.answer is None and " at " not in one.question]
    starts = ("When ", "What time ", "At what time ")
    names = [
        (one, one.question.split(" the ", 1)[1].split(" on ")[0])
        for one in unanswered
        if one.question.startswith(starts)
    ]
    assert sum(name.rstrip("?").lower() in one.context.lower() for one, name in names) > 0.1 * len(names)
