"""Networks that run without transformers, beside what transformers makes of them."""

import shutil
import subprocess
import sys

import numpy as np
import pytest
import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForQuestionAnswering, AutoModelForSequenceClassification, MPNetConfig, MPNetModel

import rag.adapter
import rag.networks
from index.embedding import bundled_folder
from index.errors import ModelError
from index.products import can_multiply_int8
from rag.heads import Pretrained, is_ours, load_pretrained
from rag.read.spans import SpanModel
from rag.verify.support import SupportModel
from tests.conftest import ROOT

#: Of many lengths, one of them beyond the distance that MPNet tells apart, and with tokens that mean something else.
PAIRS = [
    ("Who hums?", "Bees hum."),
    ("", ""),
    ("How many bees? [PAD] [unused0] [MASK]", " ".join(f"Hive {number} holds bees." for number in range(200))),
    ("何 🐉 é", "A hive holds forty thousand bees; the queen lays the eggs. " * 4),
]
KINDS = {
    SpanModel: (AutoModelForQuestionAnswering, "QUESTION_ANS", "qa_outputs"),
    SupportModel: (AutoModelForSequenceClassification, "SEQ_CLS", "classifier"),
}


@pytest.fixture(autouse=True)
def in_float32(monkeypatch):
    monkeypatch.setattr(rag.networks, "bfloat16_pays", lambda: False)


@pytest.fixture
def base(tmp_path, monkeypatch):
    """A tiny MPNet of random weights, larger than usual ones, in the place of the real base."""
    folder = tmp_path / "base"
    torch.manual_seed(0)
    config = MPNetConfig(
        hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, initializer_range=0.3
    )
    MPNetModel(config, add_pooling_layer=False).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt", "special_tokens_map.json"):
        shutil.copy(bundled_folder() / name, folder)
    monkeypatch.setattr(rag.adapter, "base_folder", lambda: folder)
    return folder


def adapter(base, folder, kind):
    """One of random weights for a kind of model, with a head of its own."""
    head, task, name = KINDS[kind]
    config = LoraConfig(
        task_type=task,
        r=4,
        lora_alpha=8,
        target_modules=["q", "k", "v", "o", "intermediate.dense", "output.dense"],
        modules_to_save=[name],
    )
    model = get_peft_model(head.from_pretrained(base, num_labels=2), config)
    for parameter, weight in model.named_parameters():
        if "lora_B" in parameter or "modules_to_save" in parameter:
            weight.data.normal_(std=0.3)
    model.save_pretrained(folder)
    settings = folder / rag.adapter.CONFIG
    settings.write_text(settings.read_text().replace(str(base), rag.adapter.BASE))
    return kind(str(folder))


def encoded(network):
    network.tokenizer.enable_truncation(256)
    return [network.tokenizer.encode(*pair) for pair in PAIRS]


def assert_as_transformers_has_it(model):
    ours, theirs = model.load(), load_pretrained(str(model.folder), model.head, torch.float32, local=True)
    assert not isinstance(ours.run, Pretrained)
    given, expected = encoded(ours), encoded(theirs)
    assert [(one.ids, one.type_ids) for one in given] == [(one.ids, one.type_ids) for one in expected]
    assert ours.cls == theirs.cls
    assert not ours.labels or ours.labels == theirs.labels
    for said, wanted in zip(ours(given), theirs(expected), strict=True):
        assert said == pytest.approx(wanted, abs=1e-4)
        assert abs(wanted).max() > 0.1


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_with_footnote_says_what_it_says_in_transformers(kind):
    assert_as_transformers_has_it(kind("small"))


@pytest.mark.parametrize("kind", KINDS)
def test_so_does_an_adapter_on_our_base(base, tmp_path, kind):
    assert_as_transformers_has_it(adapter(base, tmp_path / "adapter", kind))


@pytest.mark.skipif(not can_multiply_int8(), reason="this processor does not multiply int8 so")
def test_in_int8_an_adapter_says_nearly_the_same_and_is_called_otherwise(base, tmp_path, monkeypatch):
    folder = adapter(base, tmp_path / "adapter", SpanModel).folder
    monkeypatch.setattr(SpanModel, "adapted", folder)
    exact, whole = SpanModel("base-float32"), SpanModel("base", may_be_in_int8=True)
    wanted = exact.load()(encoded(exact.load()))
    said = whole.load()(encoded(whole.load()))
    assert 0.95 < np.corrcoef(np.concatenate(said).ravel(), np.concatenate(wanted).ravel())[0, 1] < 1
    assert exact.identity.replace("@", " in int8@") == whole.identity


def test_texts_do_not_depend_on_their_company(base, tmp_path):
    network = adapter(base, tmp_path / "adapter", SpanModel).load()
    encodings = encoded(network)
    for together, alone in zip(network(encodings), [network([one])[0] for one in encodings], strict=True):
        assert together == pytest.approx(alone, abs=1e-5)


def test_an_adapter_with_another_head_is_refused(base, tmp_path):
    adapter(base, tmp_path / "adapter", SupportModel)
    with pytest.raises(ModelError, match="it lacks the head"):
        SpanModel(str(tmp_path / "adapter")).load()


def test_other_models_are_left_to_transformers(tiny_reader_folder):
    assert not is_ours(str(tiny_reader_folder))
    assert not is_ours("deepset/minilm-uncased-squad2")
    assert isinstance(SpanModel(str(tiny_reader_folder)).load().run, Pretrained)


def test_answering_needs_no_transformers(folder, tmp_path):
    script = (
        "import sys; from rag import Assistant; "
        f"Assistant.open({str(folder)!r}, {str(tmp_path / 'store')!r}).ask('How many bees does a hive hold?'); "
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert {"transformers", "sentence_transformers"}.isdisjoint(run.stdout.split())
