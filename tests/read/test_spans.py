"""Spans: the best of a window's logits on small windows, and windows of passages by a tiny random model."""

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

import rag.networks
from index.errors import ModelError
from rag.read.spans import BATCH, MAX_LENGTH, MAX_QUESTION, MAX_SPAN, STRIDE, SpanModel, Window
from tests.conftest import one_sentence

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


# Windows


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


# The model


@pytest.fixture(scope="module")
def model(tiny_reader_folder):
    # In float32 on every processor: what differs by rounding only is compared.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rag.networks, "bfloat16_pays", lambda: False)
        loaded = SpanModel(str(tiny_reader_folder))
        loaded.load()
    return loaded


LONG = " ".join(f"Hive {n} holds {n * 7} bees." for n in range(100))


def tokens(windows, text):
    return [[text[start:end] for start, end in one.offsets] for one in windows]


def uncovered(windows, text):
    """The characters that stand in no window's token, white space apart."""
    covered = {place for one in windows for start, end in one.offsets for place in range(start, end)}
    return [char for place, char in enumerate(text) if place not in covered and not char.isspace()]


def assert_alike(some, others, tolerance=1e-4):
    for one, other in zip(some, others, strict=True):
        assert one.offsets.tolist() == other.offsets.tolist()
        assert one.start == pytest.approx(other.start, abs=tolerance)
        assert one.end == pytest.approx(other.end, abs=tolerance)
        assert one.null == pytest.approx(other.null, abs=tolerance)


def test_a_short_passage_is_one_window_of_its_tokens(model):
    (windows,) = model.read("Who hums?", [("", "Bees hum, loudly.")])
    assert tokens(windows, "Bees hum, loudly.") == [["Bees", "hum", ",", "loudly", "."]]
    assert windows[0].start.shape == windows[0].end.shape == (5,)


def test_the_heading_is_read_too_and_stands_before_the_passage(model):
    text = "Bees hum."
    plain, headed = model.read("Who hums?", [("", text), ("Bees hum loudly", text)])
    assert tokens(plain, text) == [["Bees", "hum", "."]]
    assert headed[0].offsets.tolist()[:3] == [[-16, -12], [-11, -8], [-7, -1]]
    assert headed[0].offsets.tolist()[3:] == plain[0].offsets.tolist()
    assert np.abs(headed[0].start[3:] - plain[0].start).max() > 0.01


def test_the_logits_are_those_that_transformers_gives(model, tiny_reader_folder):
    ((window,),) = model.read("Who hums?", [("Bees", "They hum.")])
    inputs = AutoTokenizer.from_pretrained(tiny_reader_folder)("Who hums?", "Bees\nThey hum.", return_tensors="pt")
    with torch.inference_mode():
        output = AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder)(**inputs)
    start, end = output.start_logits[0].numpy(), output.end_logits[0].numpy()
    passage = slice(-5, -1)  # "bees", "they", "hum", "." and not the separator
    assert window.start == pytest.approx(start[passage], abs=1e-4)
    assert window.end == pytest.approx(end[passage], abs=1e-4)
    assert window.null == pytest.approx(start[0] + end[0], abs=1e-4)


@pytest.mark.parametrize("heading", ["", "Hives", "Hives " * MAX_LENGTH * 2])
def test_a_long_passage_is_covered_by_windows(model, heading):
    (windows,) = model.read("How many bees?", [(heading, LONG)])
    assert len(windows) > 2
    assert uncovered(windows, LONG) == []
    assert all(len(one.offsets) < MAX_LENGTH for one in windows)


def test_two_windows_of_a_passage_share_tokens(model):
    (windows,) = model.read("How many bees?", [("", LONG)])
    for one, following in pairwise(windows):
        shared = set(map(tuple, one.offsets.tolist())) & set(map(tuple, following.offsets.tolist()))
        assert len(shared) == STRIDE


def test_rows_of_a_table_are_read_whole(model):
    rows = [f"Hive: H{n} | Bees: {n * 7} | Keeper: Ann Lee of the upper farm" for n in range(60)]
    text = "\n".join(rows)
    (windows,) = model.read("How many bees?", [("Hives of 2024", text)])
    assert len(windows) > 2
    assert uncovered(windows, text) == []
    own = [[(start, end) for start, end in one.offsets.tolist() if start >= 0] for one in windows]
    begins = {sum(len(row) + 1 for row in rows[:n]) for n in range(len(rows))}
    assert all(one[0][0] in begins and one[-1][1] + 1 in begins | {len(text) + 1} for one in own)
    assert all(one[-1][1] < following[0][0] for one, following in pairwise(own))


def test_an_overlong_question_is_cut(model):
    (windows,) = model.read("Why? " * 2000, [("Hives", LONG)])
    assert uncovered(windows, LONG) == []
    (cut,) = model.read("Why? " * (MAX_QUESTION // 2), [("Hives", LONG)])
    assert_alike(windows, cut)


@pytest.mark.parametrize("question", ["", "x" * 10_000, "?" * 10_000, "🐉" * 10_000, "何" * 10_000])
def test_no_question_makes_it_fail(model, question):
    (windows,) = model.read(question, [("", LONG)])
    assert uncovered(windows, LONG) == []


def test_passages_read_together_are_read_as_each_alone(model):
    passages = [(f"Hive {n}" * (n % 2), f"It holds {n} bees. " * n) for n in range(BATCH + 4)] + [("Hives", LONG)]
    together = model.read("How many bees?", passages)
    assert len(together) == len(passages)
    for passage, windows in zip(passages, together, strict=True):
        (alone,) = model.read("How many bees?", [passage])
        assert_alike(windows, alone)


def test_no_passages_give_nothing_and_need_no_model(tmp_path):
    assert SpanModel(str(tmp_path)).read("Who hums?", []) == []


def test_an_empty_passage_has_no_span(model):
    (windows,) = model.read("Who hums?", [("Bees hum", "")])
    assert [one.best_span(0, 1000) for one in windows] == [None] * len(windows)


def test_offsets_count_characters_of_the_text_as_it_is(model):
    text = "Crème brûlée costs €5; 🐉🐉 sleep. 日本語 in İstanbul…"
    (windows,) = model.read("¿Qué?", [("Menü 🐉", text)])
    assert uncovered(windows, text) == []
    assert {"costs", "€", "5", "sleep", "日", "語"} <= set(*tokens(windows, text))


@settings(max_examples=60, deadline=None)
@given(*[st.text(st.characters(exclude_categories=("Cs",)), max_size=60)] * 3)
def test_no_heading_moves_the_tokens_of_a_passage(model, question, heading, text):
    plain, headed = model.read(question, [("", text), (heading, text)])
    inside = [span for span in headed[0].offsets.tolist() if span[0] >= 0]
    assert inside == plain[0].offsets.tolist()
    assert all(0 <= start < end <= len(text) for start, end in inside)


def test_threads_share_one_model(model):
    questions = [f"How many bees in hive {n}?" for n in range(8)]
    alone = [model.read(question, [("", TEXT)])[0] for question in questions]
    with ThreadPoolExecutor(4) as pool:
        shared = list(pool.map(lambda question: model.read(question, [("", TEXT)])[0], questions))
    for one, other in zip(alone, shared, strict=True):
        assert_alike(one, other)


# Models that cannot be used


def copy_without(folder, model, *names):
    shutil.copytree(model, folder, ignore=shutil.ignore_patterns(*names))
    return str(folder)


@pytest.mark.parametrize("name", ["/nowhere/reader", "./nowhere", "~/nowhere-at-all", "a/b/c"])
def test_a_missing_folder_is_refused(name):
    with pytest.raises(ModelError, match=rf"There is no folder {name} .* check the path\."):
        SpanModel(name)


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match=re.escape(str(tmp_path))) as caught:
        SpanModel(str(tmp_path)).read("Who hums?", [("", TEXT)])
    one_sentence(caught)


def test_a_folder_without_weights_is_refused(tiny_reader_folder, tmp_path):
    folder = copy_without(tmp_path / "mine", tiny_reader_folder, "model.safetensors")
    with pytest.raises(ModelError, match=re.escape(folder)) as caught:
        SpanModel(folder).load()
    one_sentence(caught)


def test_damaged_weights_are_refused(tiny_reader_folder, tmp_path):
    folder = copy_without(tmp_path / "mine", tiny_reader_folder, "model.safetensors")
    (tmp_path / "mine" / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match=re.escape(folder)):
        SpanModel(folder).load()


def test_a_folder_without_a_tokenizer_is_refused(tiny_reader_folder, tmp_path):
    folder = copy_without(tmp_path / "mine", tiny_reader_folder, "*token*", "vocab.txt")
    with pytest.raises(ModelError, match=re.escape(folder)):
        SpanModel(folder).load()


def test_a_model_that_was_never_trained_to_answer_is_refused(tiny_reader_folder, tmp_path):
    folder = copy_without(tmp_path / "mine", tiny_reader_folder, "model.safetensors")
    AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder).base_model.save_pretrained(folder)
    with pytest.raises(ModelError, match=re.escape(folder)):
        SpanModel(folder).load()


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
