"""Catalogues made by code for the training: rows on articles with long names, and questions as people call them."""

from collections import defaultdict

import pytest

from rag.training.catalogues import catalogue_examples
from rag.training.examples import _told_of_what


@pytest.fixture(scope="module")
def examples():
    return catalogue_examples(1_000, 1)


def cells_of(line):
    return dict(cell.partition(": ")[::2] for cell in line.split(" | "))


def line_at(text, place):
    return text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]


def test_the_same_seed_makes_the_same_examples_and_another_one_others():
    first, again, other = (catalogue_examples(40, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_an_answer_is_all_of_a_cell_in_a_row(examples):
    for example in examples:
        if example.answer:
            start, end = example.answer
            assert example.context[start:end] in cells_of(line_at(example.context, start)).values()
            assert example.context[:start].endswith(": ")


def test_of_the_rows_asked_about_without_an_answer_none_is_the_one_that_has_it(examples):
    asked = defaultdict(dict)
    for example in examples:
        asked[example.asked][example.answer is not None] = example
    pairs = [one for one in asked.values() if len(one) == 2]
    assert len(pairs) > 200
    for pair in pairs:
        assert pair[True].question == pair[False].question
        assert line_at(pair[True].context, pair[True].answer[0]) not in pair[False].context.splitlines()


def test_about_half_have_no_answer(examples):
    assert 0.4 < sum(example.answer is None for example in examples) / len(examples) < 0.6


def test_whose_document_it_is_is_told_with_a_question_always_or_never():
    questions = [f"Who rowed boat {number}?" for number in range(400)]
    told = [_told_of_what(question, 0.12) for question in questions]
    assert told == [_told_of_what(question, 0.12) for question in questions]
    longer = [one for one, question in zip(told, questions, strict=True) if one != question]
    assert 20 < len(longer) < 80
    assert all(one.startswith("Who rowed boat ") and one.endswith("?") for one in longer)
    assert [_told_of_what(question, 0.0) for question in questions] == questions


def test_two_prices_that_are_compared_are_both_the_answer(examples):
    two = [one for one in examples if one.also]
    assert len(two) > 15
    for one in two:
        rows = {line_at(one.context, start) for start, _ in (one.answer, *one.also)}
        assert len(rows) == 2
