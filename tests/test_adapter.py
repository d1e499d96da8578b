"""Adapters in the form of peft, merged with their base when loaded."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, PeftModel, TaskType, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoModelForQuestionAnswering

import rag.adapter
import rag.networks
from index.errors import ModelError
from rag.read.spans import SpanModel

IDS = torch.tensor([[101, 2040, 2003, 102, 2017, 2024, 102]])


@pytest.fixture(autouse=True)
def in_float32(monkeypatch):
    monkeypatch.setattr(rag.networks, "bfloat16_pays", lambda: False)


@pytest.fixture(scope="module")
def adapter(tiny_reader_folder, tmp_path_factory):
    """One of random weights on a tiny reader, with a head of its own."""
    torch.manual_seed(1)
    base = AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder)
    config = LoraConfig(
        task_type=TaskType.QUESTION_ANS,
        r=4,
        lora_alpha=8,
        target_modules=["query", "value", "dense"],
        modules_to_save=["qa_outputs"],
        base_model_name_or_path=str(tiny_reader_folder),
    )
    model = get_peft_model(base, config)
    for name, weight in model.named_parameters():
        if "lora_B" in name or "modules_to_save" in name:
            weight.data.normal_(std=0.3)
    folder = tmp_path_factory.mktemp("adapter")
    model.save_pretrained(folder)
    return folder


def changed(adapter, folder, tensors=lambda state: state, **settings):
    """A copy of the adapter with other weights or settings."""
    shutil.copytree(adapter, folder)
    path = folder / rag.adapter.WEIGHTS
    save_file(tensors(load_file(path)), path)
    config = folder / rag.adapter.CONFIG
    config.write_text(json.dumps(json.loads(config.read_text()) | settings))
    return str(folder)


def test_merged_it_answers_as_peft_does(adapter, tiny_reader_folder):
    base = AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder)
    without = base(IDS).start_logits
    expected = PeftModel.from_pretrained(base, adapter)(IDS)
    network = SpanModel(str(adapter)).load()
    given = network.run.model(IDS)
    assert torch.allclose(given.start_logits, expected.start_logits, atol=1e-5)
    assert torch.allclose(given.end_logits, expected.end_logits, atol=1e-5)
    assert not torch.allclose(given.start_logits, without, atol=0.1)


def test_it_reads_with_the_tokenizer_of_its_base(adapter):
    (windows,) = SpanModel(str(adapter)).read("Who hums?", [("Bees", "Bees hum. Wasps sting.")])
    assert windows[0].best_span(0, 9)


def test_its_identity_is_that_of_its_own_weights(adapter, tmp_path):
    other = changed(adapter, tmp_path / "other", lambda state: {name: 2 * value for name, value in state.items()})
    one = SpanModel(str(adapter)).identity
    assert one.startswith(f"{adapter.name}@")
    assert one.rpartition("@")[2] != SpanModel(other).identity.rpartition("@")[2]


@pytest.mark.parametrize("settings", [{"use_rslora": True}, {"bias": "all"}, {"peft_type": "LOHA"}])
def test_another_kind_of_adapter_is_refused(adapter, tmp_path, settings):
    with pytest.raises(ModelError, match="not of low-rank additions alone"):
        SpanModel(changed(adapter, tmp_path / "other", **settings)).load()


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.int8])
def test_what_is_merged_is_kept_in_a_smaller_format_until_the_adapter_changes(dtype, adapter, tmp_path):
    made = []

    def make():
        made.append(1)
        return {"encoder.layer.0.output.dense.weight": torch.full((2, 2), 1.5)}

    folder, cache = Path(changed(adapter, tmp_path / "adapter")), tmp_path / "cache"
    for _ in range(2):
        weights = rag.adapter.merged_once(folder, dtype, make, cache)
        assert weights["encoder.layer.0.output.dense.weight"].dtype == dtype
    assert len(made) == 1
    path = folder / rag.adapter.WEIGHTS
    save_file({name: 2 * value for name, value in load_file(path).items()}, path)
    rag.adapter.merged_once(folder, dtype, make, cache)
    assert len(made) == 2
    assert len(list(cache.rglob("*.safetensors"))) == 1  # of the adapter as it was, nothing is left


def test_what_is_merged_is_kept_neither_in_float32_nor_where_nothing_can_be_written(adapter, tmp_path):
    (tmp_path / "cache").write_text("A file.")
    for dtype in (torch.float32, torch.bfloat16):
        weights = rag.adapter.merged_once(adapter, dtype, lambda: {"weight": torch.ones(1)}, tmp_path / "cache")
        assert weights["weight"] == 1


def test_an_adapter_for_another_base_is_refused(adapter, tmp_path):
    def renamed(state):
        return {name.replace("layer.0", "layer.7"): value for name, value in state.items()}

    with pytest.raises(ModelError, match="cannot be loaded"):
        SpanModel(changed(adapter, tmp_path / "other", renamed)).load()


def test_nothing_is_said_of_the_head_that_the_base_has_not(adapter, tiny_reader_folder, tmp_path):
    base = shutil.copytree(tiny_reader_folder, tmp_path / "base")
    AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder).base_model.save_pretrained(base)
    folder = changed(adapter, tmp_path / "whole", base_model_name_or_path=str(base))
    load = f"from rag.read.spans import SpanModel; SpanModel({folder!r}).load()"
    ran = subprocess.run([sys.executable, "-c", load], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_a_head_that_neither_has_is_missed(adapter, tiny_reader_folder, tmp_path):
    def headless(state):
        return {name: value for name, value in state.items() if "qa_outputs" not in name}

    base = shutil.copytree(tiny_reader_folder, tmp_path / "base")
    AutoModelForQuestionAnswering.from_pretrained(tiny_reader_folder).base_model.save_pretrained(base)
    whole = changed(adapter, tmp_path / "whole", base_model_name_or_path=str(base))
    assert torch.equal(
        SpanModel(whole).load().run.model(IDS).start_logits, SpanModel(str(adapter)).load().run.model(IDS)[0]
    )
    with pytest.raises(ModelError, match="it lacks the head"):
        SpanModel(changed(Path(whole), tmp_path / "headless", headless)).load()


def test_a_missing_base_is_told(adapter, tmp_path, monkeypatch):
    def missing():
        raise ModelError("The model is not installed; run `pip install it`.")

    monkeypatch.setattr(rag.adapter, "base_folder", missing)
    folder = changed(adapter, tmp_path / "other", base_model_name_or_path=rag.adapter.BASE)
    with pytest.raises(ModelError, match="run `pip install it`"):
        SpanModel(folder).load()
