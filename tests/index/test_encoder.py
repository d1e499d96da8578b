"""The encoder: weights that are packed for the processor compute what they computed before."""

import pytest
import torch
from tokenizers import Tokenizer

import index.encoder
from index.embedding import bundled_folder
from index.encoder import Encoder

TEXTS = ["Bees make honey.", "", "bees " * 200]


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32])
def test_packed_weights_compute_the_same(monkeypatch, dtype):
    folder = bundled_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    texts = tokenizer.encode_batch(TEXTS)
    packed = Encoder.read(folder, dtype)(texts)
    monkeypatch.setattr(index.encoder, "_packable", lambda weights: [])
    for one, other in zip(packed, Encoder.read(folder, dtype)(texts), strict=True):
        assert one.shape == other.shape
        assert torch.nn.functional.cosine_similarity(one.float(), other.float()).min() > 0.999


def test_only_the_layers_weights_in_bfloat16_are_packed():
    weights = {
        "encoder.layer.0.output.dense.weight": torch.zeros(2, 2, dtype=torch.bfloat16),
        "encoder.layer.0.output.dense.bias": torch.zeros(2, dtype=torch.bfloat16),
        "encoder.layer.1.output.dense.weight": torch.zeros(2, 2),
        "embeddings.word_embeddings.weight": torch.zeros(2, 2, dtype=torch.bfloat16),
    }
    assert index.encoder._packable(weights) == ["encoder.layer.0.output.dense.weight"]
