"""Training of the reader: examples made of the questions."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.evaluation.overlap import holds
from rag.training.examples import SHORT, Example, make_examples
from rag.training.recipes import RECIPES
from tests.training_lines import (
    ANSWERS,
    BEES,
    LINES,
    MIXED,
    ON_GOATS,
    PLAIN,
    line,
    load_lines,
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    return load_lines(tmp_path_factory.mktemp("data"), LINES)


def passages(asked):
    return {passage.text for one in asked for passage in one.passages}


@settings(max_examples=20, deadline=None)
@given(st.integers())
def test_an_answer_stays_in_its_place_whatever_is_done_to_its_context(asked, seed):
    examples = [example for example in make_examples(asked, MIXED, seed) if example.answer]
    assert len(examples) == len(ANSWERS)
    for example in examples:
        assert example.context[slice(*example.answer)] in ANSWERS[example.question]


@settings(max_examples=20, deadline=None)
@given(st.integers())
def test_what_is_retrieved_or_left_after_removal_does_not_hold_an_answer(asked, seed):
    examples = make_examples(asked, replace(MIXED, retrieved=0.5, removed=0.5, swapped=0), seed)
    unanswered = [example for example in examples if not example.answer]
    assert len(unanswered) > 10
    for example in unanswered:
        assert not any(holds(example.context, answer) for answer in ANSWERS.get(example.question, ()))


def test_the_same_seed_makes_the_same_examples_and_another_one_others(asked):
    first, again, other = (make_examples(asked, RECIPES["footnote"], seed) for seed in (1, 1, 2))
    assert first == again != other


def test_without_negatives_every_example_has_an_answer(asked):
    examples = make_examples(asked, MIXED, 1, negatives=False)
    assert len(examples) == len(ANSWERS)
    assert all(example.answer for example in examples)


def test_a_question_without_an_answer_is_asked_of_its_own_context(asked):
    (example,) = [example for example in make_examples(asked, PLAIN, 1) if not example.answer]
    assert example == Example("Who taught Brother Adam?", "", BEES, None)


def test_nothing_is_changed_that_the_recipe_does_not_say(asked):
    examples = make_examples(asked, PLAIN, 1)
    assert len(examples) == len(LINES)
    assert {example.question for example in examples} == {one["question"] for one in LINES}
    assert {example.context for example in examples} <= passages(asked)


def test_titles_are_put_above_contexts(asked):
    titles = {example.title for example in make_examples(asked, replace(PLAIN, titled=1), 1)}
    assert titles == {"Brother Adam", "Tea", ""}


def test_longer_contexts_are_cropped_to_sentences_around_the_answer(asked):
    examples = make_examples(asked, replace(PLAIN, cropped=1), 1)
    cropped = [example.context for example in examples if example.context not in passages(asked)]
    assert cropped
    assert all(any(context in passage for passage in passages(asked)) for context in cropped)
    assert all(re.match(r"[A-Z]", context) and context.endswith(".") for context in cropped)


def test_short_contexts_are_mixed_with_others_that_do_not_hold_the_answer(asked):
    examples = make_examples(asked, replace(PLAIN, neighbours=1), 1)
    mixed = [example for example in examples if example.context not in passages(asked)]
    assert len(mixed) == len(ON_GOATS)
    for example in mixed:
        parts = re.findall(r"Herd.*?Village \d+\.", example.context)
        assert " ".join(parts) == example.context
        assert 2 <= len(parts) <= 5
        assert set(parts) <= {passage for passage in passages(asked) if len(passage) < SHORT}
        assert sum(holds(part, *ANSWERS[example.question]) for part in parts) == 1


def test_removal_leaves_the_other_sentences(asked):
    examples = make_examples(asked, replace(PLAIN, removed=1), 1)
    left = [example.context for example in examples if example.question == "Where were the queens from?"]
    assert sorted(left, key=len) == [BEES.replace("Only those with queens from Italy lived on. ", ""), BEES]


def test_a_name_or_number_of_a_question_is_swapped_for_another_one(asked):
    recipe = replace(PLAIN, swapped=1)
    unanswered = [one for seed in range(10) for one in make_examples(asked, recipe, seed) if not one.answer]
    on_bees = {example.question for example in unanswered if example.context == BEES}
    assert on_bees.isdisjoint(ANSWERS)
    assert any(re.fullmatch(r"How many hives did the disease kill in (1935|1962)\?", question) for question in on_bees)
    on_goats = [example for example in unanswered if example.context.startswith("Herd")]
    assert len(on_goats) > 10
    for example in on_goats:
        herd = re.fullmatch(r"How many goats are in herd (\d+)\?", example.question)[1]
        assert not example.context.startswith(f"Herd {herd} ")


def test_a_name_that_the_passage_does_not_have_is_not_swapped(asked):
    examples = [one for seed in range(10) for one in make_examples(asked, replace(PLAIN, swapped=1), seed)]
    rides = {example.question for example in examples if " ride " in example.question}
    assert len(rides) > 1
    assert all("Father Adam" in question for question in rides)


def test_questions_are_written_as_people_type_them(asked):
    def typed(**shares):
        return {example.question for example in make_examples(asked, replace(PLAIN, **shares), 1)}

    assert "Where were the queens from" in typed(no_question_mark=1)
    assert "Where queens from" in typed(keywords=1)
    misspelt = typed(misspelt=1)
    assert len(misspelt - ANSWERS.keys()) > 40
    assert {"".join(sorted(question)) for question in misspelt} == {"".join(sorted(one["question"])) for one in LINES}


def test_a_few_questions_are_enough(tmp_path):
    few = load_lines(tmp_path, LINES[:4])
    assert len(make_examples(few, replace(MIXED, retrieved=1, neighbours=1), 1)) >= 4


def test_removal_that_removes_nothing_makes_no_example(tmp_path):
    context = (
        "Blood of group A is common on the island. Blood of group B is not. Nobody knows why that is so. "
        "Doctors have asked for samples more than once, and have written to every household, but few have answered."
    )
    (one,) = load_lines(tmp_path, [line("Which blood group is common?", context, "A")])
    herds = load_lines(tmp_path, LINES)
    examples = make_examples([one, *herds], replace(PLAIN, removed=1), 1)
    assert Example(one.question, "", context, None) not in examples
