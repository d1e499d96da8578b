"""Windows of passages, read by a tiny random model, and models that cannot be used."""

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
from rag.read.spans import BATCH, MAX_LENGTH, MAX_QUESTION, STRIDE, SpanModel
from tests.conftest import one_sentence
from tests.read.test_spans import TEXT


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


@pytest.mark.parametrize("left_out", [("model.safetensors",), ("*token*", "vocab.txt")], ids=["weights", "tokenizer"])
def test_a_folder_without_weights_or_a_tokenizer_is_refused(tiny_reader_folder, tmp_path, left_out):
    folder = copy_without(tmp_path / "mine", tiny_reader_folder, *left_out)
    with pytest.raises(ModelError, match=re.escape(folder)) as caught:
        SpanModel(folder).load()
    one_sentence(caught)


def test_damaged_weights_are_refused(tiny_reader_folder, tmp_path):
    folder = copy_without(tmp_path / "mine", tiny_reader_folder, "model.safetensors")
    (tmp_path / "mine" / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match=re.escape(folder)):
        SpanModel(folder).load()


def test_a_model_that_was_never_trained_to_answer_is_refused(tiny_reader_folder, tmp_path):
    folder = copy_without(tmp_path / "mine", tiny_reader_folder, "model.safetensors")
    AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder).base_model.save_pretrained(folder)
    with pytest.raises(ModelError, match=re.escape(folder)):
        SpanModel(folder).load()
