"""Number formats of an encoder's weights, and products with them as oneDNN computes them on this processor."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch
    from torch import Tensor

#: Of a whole number of 8 bits that stands for a weight. Processors without AVX-512 or AVX-VNNI add two products in 16
#: bits, which two of 255 times this fit, and two of 255 times 127 do not.
GREATEST = 63
MIDDLE = 128  #: of the whole numbers from 0 to 255, which stand for no activation: 0

Product = Callable[["Tensor"], "Tensor"]


def converted(weights: "Mapping[str, Tensor]", dtype: "torch.dtype") -> "dict[str, Tensor]":
    """An encoder's weights in another number format; in int8 the matrices of its layers alone, the rest in float32.

    Each output of a layer has a scale of its own then, which is added by the name of its weight.
    """
    import torch

    if dtype != torch.int8:
        return {name: one.to(dtype) for name, one in weights.items()}
    found = {name: one.float() for name, one in weights.items()}
    for layer in _layers(found):
        found |= _in_whole_numbers(layer, found[f"{layer}.weight"])
    return found


def products(weights: "Mapping[str, Tensor]") -> dict[str, Product]:
    """By name, the products with those of an encoder's layers that are in int8.

    Each token has a scale, too, computed when it is read: what is made of a text does not depend on others that are
    read with it. PyTorch's compiler has processors multiply so, too.
    """
    import torch

    return {
        layer: _quantized(weights[f"{layer}.weight"], weights[f"{layer}.scales"], weights[f"{layer}.bias"])
        for layer in _layers(weights)
        if weights[f"{layer}.weight"].dtype == torch.int8
    }


def packed(weights: "Mapping[str, Tensor]") -> dict[str, Product]:
    """By name, the products with those of an encoder's layers that are in bfloat16.

    oneDNN else lays them out at every product; PyTorch's compiler has them packed so, too. It takes as long as it saves
    in some three calls. None are, where oneDNN has no such product for this processor, or PyTorch calls it otherwise.
    """
    import torch

    try:
        return {
            layer: _packed(weights[f"{layer}.weight"], weights[f"{layer}.bias"])
            for layer in (_layers(weights) if can_pack() else ())
            if weights[f"{layer}.weight"].dtype == torch.bfloat16
        }
    except (AttributeError, RuntimeError, TypeError):
        return {}


def can_pack() -> bool:
    """Whether oneDNN multiplies packed weights in bfloat16 on this processor, which needs AVX-512 or its like."""
    import torch

    available: bool = torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]
    return available and bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


@cache
def can_multiply_int8() -> bool:
    """Whether oneDNN multiplies whole numbers of 8 bits faster than others on this processor, which needs AVX2.

    It is tried: PyTorch may change what its compiler calls.
    """
    import torch

    if not getattr(torch.cpu, "_is_avx2_supported", bool)():
        return False
    ones = torch.ones(16, 16)
    try:
        product = _quantized(ones.to(torch.int8), ones[0], ones[0])
        return torch.allclose(product(ones), 17 * ones)  # scales are rounded
    except (AttributeError, RuntimeError, TypeError):
        return False


def _layers(weights: "Mapping[str, Tensor]") -> list[str]:
    """The names of the linear layers within an encoder's."""
    in_layers = [name for name, one in weights.items() if "encoder.layer." in name and one.dim() == 2]
    return [name.removesuffix(".weight") for name in in_layers]


def _in_whole_numbers(layer: str, weight: "Tensor") -> "dict[str, Tensor]":
    import torch

    scales = (weight.abs().amax(1) / GREATEST).clamp_min(torch.finfo(weight.dtype).tiny)
    return {f"{layer}.weight": (weight / scales[:, None]).round_().to(torch.int8), f"{layer}.scales": scales}


def _packed(weight: "Tensor", bias: "Tensor") -> Product:
    import torch

    multiply = torch.ops.mkldnn._linear_pointwise
    laid_out = torch.ops.mkldnn._reorder_linear_weight(weight, None)
    return lambda hidden: multiply(hidden, laid_out, bias, "none", [], "")


def _quantized(weight: "Tensor", scales: "Tensor", bias: "Tensor") -> Product:
    import torch

    multiply = torch.ops.onednn.qlinear_pointwise
    laid_out = torch.ops.onednn.qlinear_prepack(weight, None)
    zeros = torch.zeros(len(scales), dtype=torch.int32)

    def product(hidden: "Tensor") -> "Tensor":
        scale = (hidden.abs().amax(-1, keepdim=True) / (MIDDLE - 1)).clamp_min(torch.finfo(hidden.dtype).tiny)
        whole = (hidden / scale).round_().add_(MIDDLE).to(torch.uint8)
        # What comes out is in units of the token's scale.
        said = multiply(whole, 1.0, MIDDLE, laid_out, scales, zeros, None, 1.0, 0, torch.float32, "none", [], "")
        return torch.addcmul(bias, said, scale)

    return product
