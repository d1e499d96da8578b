"""The encoder: weights that are packed for the processor compute what they computed before."""

import pytest
import torch
from tokenizers import Tokenizer

from index.embedding import bundled_folder
from index.encoder import PACKED_AFTER, Encoder, can_pack, packed

TEXTS = ["Bees make honey.", "", "bees " * 200]


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32])
def test_weights_are_packed_after_some_calls_and_compute_the_same(dtype):
    folder = bundled_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    texts = tokenizer.encode_batch(TEXTS)
    encoder = Encoder.read(folder, dtype)
    first = encoder(texts)
    for _ in range(PACKED_AFTER - 2):
        encoder(texts[:1])
    assert not encoder._packed
    for one, other in zip(first, encoder(texts), strict=True):
        assert one.shape == other.shape
        assert torch.nn.functional.cosine_similarity(one.float(), other.float()).min() > 0.999
    assert bool(encoder._packed) == (dtype == torch.bfloat16 and can_pack())


def test_only_the_layers_weights_in_bfloat16_are_packed():
    weights = {
        "encoder.layer.0.output.dense.weight": torch.zeros(2, 2, dtype=torch.bfloat16),
        "encoder.layer.0.output.dense.bias": torch.zeros(2, dtype=torch.bfloat16),
        "encoder.layer.1.output.dense.weight": torch.zeros(2, 2),
        "embeddings.word_embeddings.weight": torch.zeros(2, 2, dtype=torch.bfloat16),
    }
    assert list(packed(weights)) == (["encoder.layer.0.output.dense.weight"] if can_pack() else [])
