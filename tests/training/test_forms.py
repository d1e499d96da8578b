"""Forms and tables made by code for the training: what is asked of them, and where the answers stand."""

import re
from collections import defaultdict

import pytest

from rag.training.forms import form_examples

FILLER = "The hall burnt down twice."


@pytest.fixture(scope="module")
def examples():
    return form_examples(1_500, 1, [FILLER])


def values(example):
    """All that rows of text say of a name."""
    return [cell for line in example.context.splitlines() for cell in re.split(r" \| |: ", line)]


def test_the_same_seed_makes_the_same_examples_and_another_one_others():
    first, again, other = (form_examples(40, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_there_are_as_many_as_wanted(examples):
    assert 1_500 <= len(examples) < 1_503


def test_an_answer_is_a_whole_value(examples):
    for example in examples:
        if example.answer:
            assert example.context[slice(*example.answer)] in values(example), example


def test_a_good_part_has_no_answer(examples):
    assert 0.25 < sum(example.answer is None for example in examples) / len(examples) < 0.5


def test_they_are_varied(examples):
    assert len({example.question for example in examples}) > 0.5 * len(examples)
    assert len({example.title.partition(",")[0] for example in examples}) > 30
    assert len({example.context for example in examples}) > 0.9 * len(examples)


def test_rows_come_in_every_layout(examples):
    text = "\n".join(example.context for example in examples)
    assert re.search(r"^Maximum weight: [\d,]+ (kg|lb)$", text, re.M)  # a field
    assert re.search(r"^Applicant \| Age: \d+( years)?$", text, re.M)  # of a section
    assert re.search(r"^Pilot \| Age: [^|]+ \| Total flight time: [^|]+ \| Licence: ", text, re.M)
    assert re.search(r"^Item: [^|]+ \| \w[^|]*: ", text, re.M)  # a record
    assert re.search(r"^Item \| \w[^|:]*( \| [^|:]+)*$", text, re.M)  # a table with its header alone above
    assert re.search(r"^(Species: )?curlew \| (19|20)\d\d: [\d,]+ \| \d{4}: ", text, re.M)  # a column for each year
    assert re.search(r"\(APR\): [^|]+ \| [^|]*(interest)", text)  # a value with what is said of it
    assert FILLER in text


def test_nobody_asks_for_the_year_of_a_line(examples):
    assert not any(re.match(r"(What is the|Which) (19|20)\d\d\b", example.question) for example in examples)


def test_the_label_tells_documents_of_one_kind_apart(examples):
    asked = defaultdict(list)
    for example in examples:
        asked[example.asked].append(example)
    twins = [pair for pair in asked.values() if len(pair) == 2]
    assert len(twins) > 100
    for one, other in twins:
        assert one.question == other.question
        assert one.title != other.title
        assert sorted((one.answer is None, other.answer is None)) == [False, True]


def test_a_question_without_an_answer_names_what_is_not_there(examples):
    """What was taken out is gone: a field, a row or a column."""
    left_out = [example for example in examples if example.asked.endswith("without")]
    whole = {example.asked: example for example in examples if example.answer}
    assert len(left_out) > 100
    for example in left_out:
        before = whole[example.asked.removesuffix(" without")]
        assert before.question == example.question
        assert len(values(example)) < len(values(before)) + 3  # a filler may stand in one of them
        assert example.answer is None
