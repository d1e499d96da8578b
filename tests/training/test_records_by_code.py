"""Records made by code for the training: forms that follow each other in one text, and questions on one of them."""

from collections import Counter, defaultdict

import pytest

from rag.training.records import record_examples

FILLER = "The hall burnt down twice."


@pytest.fixture(scope="module")
def examples():
    return record_examples(1_000, 1, [FILLER])


@pytest.fixture(scope="module")
def asked(examples):
    """What each question is asked of: a text with the answer, and often one without."""
    together = defaultdict(dict)
    for example in examples:
        together[example.asked][example.answer is not None] = example
    return together.values()


def fact_of(question, text):
    """The values of the text that a question names, the longest first."""
    values = {cell.partition(": ")[2] for line in text.splitlines() for cell in line.split(" | ")}
    return sorted((value for value in values if value and value in question), key=len, reverse=True)


def test_the_same_seed_makes_the_same_examples_and_another_one_others():
    first, again, other = (record_examples(40, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_an_answer_is_the_value_of_the_record_that_the_question_names(examples):
    for example in examples:
        if example.answer:
            start, end = example.answer
            assert example.context[start - 2 : start] == ": "
            assert example.context[end : end + 1] in ("", "\n", " ")
            before = example.context[:start]
            assert any(value in before for value in fact_of(example.question, example.context)), example


def test_a_question_is_asked_without_its_record_or_without_the_value_in_it(asked):
    pairs = [(one[True], one[False]) for one in asked if len(one) == 2]
    gone = 0
    for whole, lacking in pairs:
        assert whole.question == lacking.question and whole.title == lacking.title
        name = fact_of(whole.question, whole.context)[0]
        gone += name not in lacking.context
        if name in lacking.context:  # the record is there, but a value of it is not
            changed = Counter(whole.context.splitlines()) - Counter(lacking.context.splitlines())
            assert changed.total() == 1, (whole, lacking)
    assert len(pairs) > 200
    assert 0.2 < gone / len(pairs) < 0.6


def test_a_value_that_is_missing_leaves_an_empty_field_or_none(asked):
    lines = [line for one in asked if False in one for line in one[False].context.splitlines()]
    assert sum(line.endswith(":") or ": |" in line for line in lines) > 40


def test_some_texts_hold_a_sentence_beside_the_records(examples):
    assert 0.1 < sum(FILLER in example.context for example in examples) / len(examples) < 0.4
