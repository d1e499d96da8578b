"""The encoder: in other number formats, and with weights laid out for the processor, it computes what it did."""

import pytest
import torch
from tokenizers import Tokenizer

from index.embedding import bundled_folder
from index.encoder import PACKED_AFTER, Encoder
from index.products import can_multiply_int8

needs_int8 = pytest.mark.skipif(not can_multiply_int8(), reason="this processor does not multiply int8 so")
TEXTS = ["Bees make honey.", "", "bees " * 200]


@pytest.fixture(scope="module")
def texts():
    tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    return tokenizer.encode_batch(TEXTS)


def cosines(these, those):
    return torch.cat(
        [torch.cosine_similarity(*map(torch.Tensor.float, pair)) for pair in zip(these, those, strict=True)]
    )


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float32])
def test_after_some_calls_it_computes_the_same(dtype, texts):
    encoder = Encoder.read(bundled_folder(), dtype)
    first = encoder(texts)
    for _ in range(PACKED_AFTER - 2):
        encoder(texts[:1])
    assert cosines(first, encoder(texts)).min() > 0.999


@pytest.mark.parametrize(
    ("dtype", "likeness"), [(torch.bfloat16, 0.999), pytest.param(torch.int8, 0.97, marks=needs_int8)]
)
def test_other_formats_compute_nearly_the_same(dtype, likeness, texts):
    exact = Encoder.read(bundled_folder(), torch.float32)(texts)
    assert cosines(exact, Encoder.read(bundled_folder(), dtype)(texts)).min() > likeness


@needs_int8
def test_in_int8_a_text_is_not_changed_by_those_read_with_it(texts):
    encoder = Encoder.read(bundled_folder(), torch.int8)
    alone, *_ = encoder(texts[:1])
    beside, *_ = encoder(texts)
    torch.testing.assert_close(alone, beside, rtol=1e-4, atol=1e-4)
