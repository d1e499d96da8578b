"""Reports of mishaps made by code for the training: the account tells the cause, the form the damage."""

import pytest

from rag.training.reports import report_examples

FILLER = "The hall burnt down {twice}."


@pytest.fixture(scope="module")
def examples():
    return report_examples(1_500, 1, [FILLER])


def is_form(example):
    return not example.context.endswith(".")


def test_the_same_seed_makes_the_same_examples_and_another_one_others():
    first, again, other = (report_examples(40, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_the_cause_is_in_the_account_and_never_in_the_form(examples):
    causes = [one for one in examples if one.answer and not is_form(one)]
    assert causes
    for one in causes:
        told = one.context[slice(*one.answer)]
        assert one.context.count(told) == 1
        forms = [other for other in examples if other.asked == one.asked and is_form(other)]
        assert forms and all(other.answer is None and told not in other.context for other in forms)


def test_an_answer_of_a_form_is_the_whole_value_of_a_field(examples):
    for one in examples:
        if one.answer and is_form(one):
            start, end = one.answer
            assert one.context[start - 2 : start] == ": "
            assert one.context[end:].startswith((" | ", "\n")) or end == len(one.context)


def test_another_mishap_answers_nothing(examples):
    twins = [one for one in examples if one.answer is None and not is_form(one) and " field" not in one.asked]
    assert twins
    for one in twins:
        place = one.title.rpartition("Place: ")[2]
        assert place not in one.question


def test_they_are_varied_and_half_of_them_have_no_answer(examples):
    assert len({example.question for example in examples}) > 0.4 * len(examples)
    assert len({example.context for example in examples}) > 0.5 * len(examples)
    assert 0.4 < sum(example.answer is None for example in examples) / len(examples) < 0.6
    assert any("(twice)" in example.context for example in examples)
