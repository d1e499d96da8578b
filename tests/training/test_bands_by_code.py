"""Scales of bands made by code for training."""

import re

import pytest

from rag.training.bands import band_examples


@pytest.fixture(scope="module")
def made():
    return band_examples(2_000, 1)


def test_they_are_the_same_for_the_same_seed():
    first, again, other = (band_examples(40, seed) for seed in (1, 1, 2))
    assert first == again != other


def test_the_number_asked_about_lies_in_the_band_that_answers_and_in_none_where_nothing_does(made):
    """As far as both ends of the bands are told."""
    between = re.compile(r"(\d+)(?: - | to |-|–)(\d+)(?! *[<≤])")
    held = {True: [], False: []}
    for one in (one for one in made if not one.also):
        (value,) = map(int, re.findall(r"(?<![\d.])\d+", one.question.replace("Windows 11", "")))
        lines = one.context.splitlines()
        if len(lines) < 2 or not all(len(between.findall(line)) == 1 for line in lines):
            continue
        at = one.context.count("\n", 0, one.answer[0]) if one.answer else None
        holding = [
            n for n, line in enumerate(lines) for low, high in between.findall(line) if int(low) <= value <= int(high)
        ]
        held[one.answer is not None].append(holding == ([at] if one.answer else []))
    assert len(held[True]) > 100 and len(held[False]) > 60
    assert all(held[True]) and all(held[False])


def test_an_answer_is_all_that_a_band_gives(made):
    for one in made:
        for start, end in (one.answer, *one.also) if one.answer else ():
            assert one.context[:start][-1:] in ("", "\n", " ") and one.context[end : end + 1] in ("", "\n", " ", ":")


def test_between_a_third_and_a_half_have_no_answer(made):
    assert 0.3 < sum(one.answer is None for one in made) / len(made) < 0.5
