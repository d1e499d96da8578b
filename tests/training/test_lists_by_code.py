"""Lists put together by code for training."""

import pytest

from rag.training.lists import list_examples
from tests.training.test_reports_by_code import FILLER


@pytest.fixture(scope="module")
def made():
    return list_examples(2_000, 1, [FILLER])


def test_they_are_the_same_for_the_same_seed():
    first, again, other = (list_examples(40, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_an_answer_is_whole_items_of_one_list(made):
    for one in made:
        for start, end in (one.answer, *one.also) if one.answer else ():
            assert one.context[end : end + 1] in ("", "\n")
            assert one.context[:start].rsplit("\n", 1)[-1].endswith(" ")


def test_a_question_on_a_whole_list_has_all_its_items_for_an_answer_and_none_where_it_is_missing(made):
    several = {one.question for one in made if one.also}
    missing = {one.question for one in made if one.answer is None}
    assert len(several) > 300 and len(several & missing) > 200


def test_a_question_on_one_item_has_that_alone_for_an_answer(made):
    assert sum(one.answer is not None and not one.also for one in made) > 100
