"""The best span of a window's logits, on small windows."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.read.spans import MAX_SPAN, Window

TEXT = "Ants march while bees hum loudly"


def window(starts, ends, *, null=0.0, text=TEXT):
    """A window of a text's words, with these logits of some of them and 0 of the others."""
    words = list(re.finditer(r"\w+", text))
    start, end = (
        np.array([logits.get(word.group(), 0) for word in words], dtype=np.float32) for logits in (starts, ends)
    )
    return Window(np.array([word.span() for word in words]), start, end, null)


def best(of, begin=0, stop=1000):
    found = of.best_span(begin, stop)
    return found and TEXT[found[1] : found[2]]


LOGITS = st.integers(-40, 40)
TOKENS = st.tuples(st.integers(0, 2), st.integers(1, 4), LOGITS, LOGITS)


@st.composite
def windows_with_bounds(draw):
    """A window of up to 60 tokens with gaps between them, and two places in its passage."""
    tokens = draw(st.lists(TOKENS, max_size=60))
    offsets, place = [], 0
    for gap, length, *_ in tokens:
        offsets.append((place + gap, place + gap + length))
        place += gap + length
    start, end = (np.array([token[column] for token in tokens], dtype=np.float32) for column in (2, 3))
    made = Window(np.array(offsets, dtype=np.int64).reshape(-1, 2), start, end, float(draw(LOGITS)))
    return made, *sorted((draw(st.integers(0, place)), draw(st.integers(0, place))))


def spans_inside(of, begin, stop):
    """Every span that may be chosen, with its margin."""
    inside = [n for n, (start, end) in enumerate(of.offsets.tolist()) if begin <= start and end <= stop]
    return {
        (int(of.offsets[first, 0]), int(of.offsets[last, 1])): float(of.start[first] + of.end[last]) - of.null
        for first in inside
        for last in inside
        if 0 <= last - first < MAX_SPAN
    }


def test_the_best_span_begins_and_ends_where_the_model_says():
    assert best(window({"bees": 3}, {"hum": 2})) == "bees hum"
    assert best(window({"bees": 3}, {"bees": 2})) == "bees"


def test_the_margin_is_that_over_the_answer_not_being_here():
    assert window({"bees": 3}, {"hum": 2}, null=1.5).best_span(0, 32) == (3.5, 17, 25)
    assert window({"bees": 3}, {"hum": 2}, null=9).best_span(0, 32) == (-4, 17, 25)


def test_a_span_does_not_end_before_it_begins():
    assert best(window({"hum": 9}, {"Ants": 9, "loudly": 1})) == "hum loudly"
    assert best(window({"loudly": 9, "Ants": 1}, {"Ants": 9})) == "Ants"


def test_a_span_stays_inside_the_bounds():
    everywhere = window({"Ants": 9, "bees": 1}, {"loudly": 9, "hum": 1})
    assert best(everywhere) == TEXT
    assert best(everywhere, TEXT.index("while"), TEXT.index(" loudly")) == "bees hum"


def test_a_word_that_is_only_partly_inside_is_outside():
    everywhere = window({"bees": 9}, {"loudly": 9})
    assert best(everywhere, TEXT.index("ees"), len(TEXT) - 1) == "hum"


def test_a_span_has_a_limited_number_of_tokens():
    words = [f"w{n}" for n in range(MAX_SPAN + 1)]
    text = " ".join(words)
    too_long = window({words[0]: 5, words[1]: 3}, {words[-1]: 5}, text=text)
    margin, start, end = too_long.best_span(0, len(text))
    assert (margin, text[start:end].split()) == (8, words[1:])


@pytest.mark.parametrize(("begin", "stop"), [(4, 5), (6, 10), (0, 3), (32, 32), (40, 50)])
def test_where_no_token_stands_there_is_no_span_and_no_mass(begin, stop):
    assert window({"Ants": 1}, {"Ants": 1}).best_span(begin, stop) is None
    assert window({"Ants": 1}, {"Ants": 1}).mass(begin, stop) == -np.inf


def test_the_mass_counts_all_answers_and_the_margin_only_one():
    sure, torn = window({"bees": 9}, {"hum": 9}), window({"bees": 9}, {"bees": 9, "hum": 9, "loudly": 9})
    assert sure.best_span(0, 32)[0] == torn.best_span(0, 32)[0] == 18
    assert sure.mass(0, 32) == pytest.approx(18, abs=0.01)
    assert torn.mass(0, 32) == pytest.approx(18 + np.log(3), abs=0.01)
    assert torn.mass(0, TEXT.index(" hum")) == pytest.approx(18, abs=0.01)


def test_the_mass_is_over_the_answer_not_being_here_too():
    assert window({"bees": 9}, {"hum": 9}, null=4).mass(17, 21) == 5


@given(windows_with_bounds())
def test_no_span_inside_the_bounds_is_better_than_the_best(drawn):
    of, begin, stop = drawn
    possible = spans_inside(of, begin, stop)
    found = of.best_span(begin, stop)
    if found is None:
        assert not possible
    else:
        margin, start, end = found
        assert margin == possible[start, end] == max(possible.values())


@given(windows_with_bounds())
def test_the_mass_is_at_least_the_margin(drawn):
    of, begin, stop = drawn
    found = of.best_span(begin, stop)
    mass = of.mass(begin, stop)
    assert mass >= found[0] if found else mass == -np.inf


@given(windows_with_bounds())
def test_wider_bounds_have_no_less_mass(drawn):
    of, begin, stop = drawn
    assert of.mass(0, 1000) >= of.mass(begin, stop) - 1e-4


def test_a_span_has_no_rival_where_all_that_is_likely_overlaps_it():
    apart, beside = (
        window({"Ants": 20, "hum": 20}, {"Ants": 20, "hum": 20}),
        window({"bees": 20, "hum": 20}, {"hum": 20}),
    )
    assert apart.unrivalled(0, 32, apart.best_span(0, 32)[1:]) == pytest.approx(0.5)
    assert beside.unrivalled(0, 32, beside.best_span(0, 32)[1:]) == pytest.approx(1, abs=1e-3)


@given(windows_with_bounds())
def test_what_speaks_for_a_span_is_a_share(made):
    of, begin, stop = made
    if found := of.best_span(begin, stop):
        assert 0 <= of.unrivalled(begin, stop, found[1:]) <= 1 + 1e-5
