"""Weights in other number formats, and the products with them."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.nn.functional import linear

import index.products
from index.products import can_multiply_int8, can_pack, converted, packed, products

LAYER = "encoder.layer.0.output.dense"
needs_int8 = pytest.mark.skipif(not can_multiply_int8(), reason="this processor does not multiply int8 so")


def weights(matrix):
    return {f"{LAYER}.weight": matrix, f"{LAYER}.bias": torch.linspace(-1, 1, len(matrix))}


def in_int8(matrix):
    return products(converted(weights(matrix), torch.int8))[LAYER]


def test_only_the_layers_matrices_are_in_int8_each_output_with_a_scale():
    others = {"embeddings.word_embeddings.weight": torch.ones(2, 2), f"{LAYER}.LayerNorm.weight": torch.ones(2)}
    found = converted({**others, **weights(torch.tensor([[1.0, -63.0], [0.0, 0.0]]))}, torch.int8)
    assert found[f"{LAYER}.weight"].tolist() == [[1, -63], [0, 0]]
    assert found[f"{LAYER}.scales"][0] == 1
    assert {name for name, one in found.items() if one.dtype != torch.float32} == {f"{LAYER}.weight"}


def test_only_the_layers_matrices_in_bfloat16_are_packed():
    halves = converted(
        {"embeddings.word_embeddings.weight": torch.zeros(2, 2), **weights(torch.ones(2, 2))}, torch.bfloat16
    )
    assert list(packed(halves)) == ([LAYER] if can_pack() else [])
    assert not packed(weights(torch.ones(2, 2)))
    assert not products(halves)


@needs_int8
@given(
    tokens=st.integers(1, 5),
    inner=st.sampled_from([1, 32, 100]),
    outer=st.sampled_from([1, 48]),
    seed=st.integers(0, 10_000),
    size=st.sampled_from([1e-30, 1.0, 1e5]),
)
@settings(deadline=None)
def test_a_product_in_int8_is_near_the_exact_one(tokens, inner, outer, seed, size):
    random = torch.Generator().manual_seed(seed)
    matrix = torch.randn(outer, inner, generator=random)
    hidden = size * torch.randn(tokens, inner, generator=random)
    exact = linear(hidden, matrix, torch.linspace(-1, 1, outer))
    # Rounding is at most half a step of each number, of 63 steps in a weight and 127 in what a token brings.
    most = inner * matrix.abs().amax(1) * hidden.abs().amax(1, keepdim=True) * (0.5 / 63 + 0.5 / 127 + 0.25 / 63 / 127)
    assert ((in_int8(matrix)(hidden) - exact).abs() <= most * 1.01 + 1e-5).all()


@needs_int8
@pytest.mark.parametrize("sign", [1, -1])
def test_the_largest_numbers_of_all_do_not_run_over(sign):
    # Processors of before AVX-512 add up pairs of products in 16 bits, and cut off what is beyond.
    product = in_int8(torch.full((16, 256), 2.0))
    bias = torch.linspace(-1, 1, 16)
    torch.testing.assert_close(product(torch.full((3, 256), 5.0 * sign)), (sign * 2560 + bias).expand(3, -1))


@pytest.mark.parametrize("error", [AttributeError, RuntimeError])
def test_where_there_is_no_such_product_none_is_used(error, monkeypatch):
    def missing(*_):
        raise error

    monkeypatch.setattr(index.products, "_quantized", missing)
    assert not can_multiply_int8.__wrapped__()


@pytest.mark.parametrize("error", [AttributeError, RuntimeError])
@pytest.mark.parametrize("name", ["can_pack", "_packed"])
def test_where_pytorch_calls_a_packed_product_otherwise_none_is_used(name, error, monkeypatch):
    def missing(*_):
        raise error

    monkeypatch.setattr(index.products, "can_pack", lambda: True)
    monkeypatch.setattr(index.products, name, missing)
    assert packed(converted(weights(torch.ones(2, 2)), torch.bfloat16)) == {}


@needs_int8
def test_nothing_brings_nothing():
    product = in_int8(torch.zeros(4, 8))
    torch.testing.assert_close(product(torch.zeros(2, 8)), torch.linspace(-1, 1, 4).expand(2, -1))
