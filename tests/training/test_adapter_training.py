"""Training of an adapter: its base stays as it is, and what is saved can be read with."""

import json
from dataclasses import replace
from functools import partial

import pytest
import torch
from peft import PeftModel
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

import rag.training.adapter
import rag.training.train
from index.embedding import bundled_folder
from rag.adapter import WEIGHTS
from rag.read.spans import SpanModel
from rag.training.adapter import AdapterTask, save_adapter
from rag.training.examples import Example
from rag.training.spans import SPANS, encode
from rag.training.train import Pace, train

BATCHES = [[0, 1], [2, 3], [1, 2], [0, 3]]
NEW = "an adapter that begins anew"


@pytest.fixture(autouse=True)
def alike_on_every_processor(monkeypatch):
    monkeypatch.setattr(rag.training.train, "bfloat16_pays", lambda: False)
    monkeypatch.setattr(rag.training.adapter, "TARGETS", ["query", "value"])


@pytest.fixture(scope="module")
def rows():
    places = {"Ada": "Old Rome", "Ben": "New Oslo", "Eve": "Big Cork", "Max": "Old Bonn"}
    contexts = {name: f"{name} lives in {place}." for name, place in places.items()}
    tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
    return encode([Example(f"Where is {name}?", "", text, (13, 21)) for name, text in contexts.items()], tokenizer)


@pytest.fixture
def task(tiny_reader_folder):
    return AdapterTask(SPANS.head, SPANS.loss, base=tiny_reader_folder)


def trained(model):
    return {name: weight for name, weight in model.named_parameters() if weight.requires_grad}


def test_only_the_adapter_and_the_head_are_trained(task, rows, tmp_path):
    before = task.open(tmp_path / NEW)
    model = train(tmp_path / NEW, rows, BATCHES, tmp_path, 1, task, Pace(0.01))
    assert all("lora_" in name or "qa_outputs" in name or "relevance" in name for name in trained(model))
    frozen = {name: weight for name, weight in before.named_parameters() if not weight.requires_grad}
    after = dict(model.named_parameters())
    assert all(torch.equal(weight.bfloat16(), after[name]) for name, weight in frozen.items())
    assert any(weight.any() for name, weight in trained(model).items() if "lora_B" in name)  # zero when it began


def test_the_lowest_layers_may_be_left_as_they_are(task, tmp_path):
    whole, above = (replace(task, frozen=frozen).open(tmp_path / NEW) for frozen in (0, 1))
    left_out = trained(whole).keys() - trained(above).keys()
    assert left_out
    assert all(".layer.0." in name for name in left_out)
    assert trained(above).keys() == {name for name in trained(whole) if ".layer.0." not in name}


def test_what_is_saved_loads_with_peft_and_is_gone_on_from(task, rows, tmp_path):
    model = train(tmp_path / NEW, rows, BATCHES, tmp_path, 1, task, Pace(0.01))
    folder = tmp_path / "adapter"
    save_adapter(model, folder)
    assert json.loads((folder / "adapter_config.json").read_text())["peft_type"] == "LORA"
    save_adapter(task.open(folder), tmp_path / "again")
    assert (tmp_path / "again" / "adapter_config.json").read_text() == (folder / "adapter_config.json").read_text()
    expected = trained(model)
    for again in (task.open(folder), PeftModel.from_pretrained(SPANS.head.from_pretrained(task.base), folder)):
        weights = {name: weight.bfloat16() for name, weight in again.named_parameters() if name in expected}
        assert all(torch.equal(weight, expected[name]) for name, weight in weights.items())
        assert all("relevance" in name for name in expected.keys() - weights.keys())


def test_an_adapter_without_a_head_of_relevance_gets_one(task, rows, tmp_path):
    model = train(tmp_path / NEW, rows, BATCHES, tmp_path, 1, task, Pace(0.01))
    folder = tmp_path / "adapter"
    save_adapter(model, folder)
    kept = {name: value for name, value in load_file(folder / WEIGHTS).items() if "relevance" not in name}
    save_file(kept, folder / WEIGHTS)
    again = task.open(folder)
    assert all(
        torch.equal(weight.bfloat16(), trained(model)[name]) != ("relevance" in name)
        for name, weight in trained(again).items()
    )


def test_the_reader_reads_with_what_is_saved(task, rows, tmp_path, monkeypatch, tiny_reader_folder):
    monkeypatch.setattr(rag.training.adapter, "BASE", str(tiny_reader_folder))
    save_adapter(train(tmp_path / NEW, rows, BATCHES, tmp_path, 1, task, Pace(0.01)), tmp_path / "adapter")
    (windows,) = SpanModel(str(tmp_path / "adapter")).read("Where is Ada?", [("", "Ada lives in Old Rome.")])
    assert windows[0].best_span(0, 22)


def test_batches_side_by_side_give_the_same_weights_each_time(task, rows, tmp_path):
    """Two threads work on one step, and which of them is first does not tell on the weights."""
    for name in ("again", "both"):
        (tmp_path / name).mkdir()
    pace = Pace(0.01, parallel=2)
    both = train(tmp_path / NEW, rows, BATCHES, tmp_path / "both", 1, task, pace)
    again = train(tmp_path / NEW, rows, BATCHES, tmp_path / "again", 1, task, pace)
    for name, weight in trained(both).items():
        assert torch.equal(weight, trained(again)[name]), name
    log = torch.load(tmp_path / "both" / "checkpoint.pt")
    assert log["done"] == 2
    assert log["tokens"] == sum(len(rows[row].ids) for batch in BATCHES for row in batch)


def test_it_can_be_stopped_and_goes_on_to_the_same_weights(task, rows, tmp_path):
    for name in ("through", "halting"):
        (tmp_path / name).mkdir()
    expected = train(tmp_path / NEW, rows, BATCHES, tmp_path / "through", 1, task, Pace(0.01))
    saved = tmp_path / "adapter"

    def stop(model):
        save_adapter(model, saved)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pace = Pace(0.01, checkpoint_every=2, at_checkpoint=stop)
        train(tmp_path / NEW, rows, BATCHES, tmp_path / "halting", 1, task, pace)
    assert (saved / "adapter_model.safetensors").is_file()
    pace = Pace(0.01, at_checkpoint=partial(save_adapter, folder=saved))
    finished = train(tmp_path / NEW, rows, BATCHES, tmp_path / "halting", 1, task, pace)
    for name, weight in trained(expected).items():
        assert torch.equal(weight, trained(finished)[name]), name


def test_it_ends_when_its_time_is_used_up(task, rows, tmp_path):
    train(tmp_path / NEW, rows, BATCHES * 50, tmp_path, 1, task, Pace(0.01, seconds=1e-6))
    assert torch.load(tmp_path / "checkpoint.pt")["done"] == 1
