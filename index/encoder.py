"""The encoders of BERT and MPNet in a few lines of PyTorch: importing them from transformers takes seconds."""

import json
import math
import os
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.products import converted, packed, products

if TYPE_CHECKING:
    from tokenizers import Encoding
    from torch import Tensor

#: What MPNet calls the parts of an attention. The last is its output, which BERT has outside of it.
BERT_ATTENTION = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense")
MPNET_ATTENTION = ("attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o")
PADDING = 1  #: MPNet's id of what is no text; its positions are counted from there
FARTHEST = 128  #: tokens apart from which MPNet tells distances no longer apart
PACKED_AFTER = 9  #: calls, which are more than a single question takes: weights are then packed for the processor

# PyTorch's oneDNN keeps what it made for each shape of a product, and texts of any length come in many shapes: of
# 1,024 of them, as by default, more memory is taken than by the models. It is read when the first product is computed.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "256")


class Encoder:
    """What transformers' `BertModel` and `MPNetModel` compute, for inference on the processor.

    Nothing is padded: the tokens of all texts stand one after the other, and only attention looks at each text alone.
    """

    def __init__(self, config: Mapping[str, Any], weights: "Mapping[str, Tensor]") -> None:
        """Take weights by the names that transformers gives them, `converted` to a number format.

        What there are besides the encoder's own are for `linear`.
        """
        kind = config["model_type"]
        self.is_mpnet = kind == "mpnet"  #: and not BERT
        self._weights = {name.removeprefix(f"{kind}."): value for name, value in weights.items()}
        self._products = products(self._weights)
        for layer in self._products:
            del self._weights[f"{layer}.weight"]  # which is laid out anew there
        self._calls = count(1)
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])

    @classmethod
    def read(cls, folder: Path, dtype: Any) -> "Encoder":
        """The encoder in a folder that transformers wrote, in a number format of PyTorch."""
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        return cls(config, converted(weights_in(folder), dtype))

    def __call__(self, encodings: "Sequence[Encoding]") -> "list[Tensor]":
        """The last hidden states of each text, shape (tokens, hidden)."""
        import torch

        if next(self._calls) == PACKED_AFTER and not self._products:
            self._products = packed(self._weights)
        lengths = [len(encoding.ids) for encoding in encodings]
        hidden = self._normed("embeddings.LayerNorm", self._embedded(encodings))
        bias = self._distances(max(lengths)).to(hidden.dtype) if self.is_mpnet else None
        for number in range(self._layers):
            hidden = self._layer(f"encoder.layer.{number}", hidden, lengths, bias)
        return list(torch.split(hidden, lengths))

    def has(self, name: str) -> bool:
        """Whether there is a linear layer of that name."""
        return f"{name}.weight" in self._weights

    def linear(self, name: str, hidden: "Tensor") -> "Tensor":
        """A linear layer by its name."""
        import torch

        if product := self._products.get(name):
            return product(hidden)
        return torch.nn.functional.linear(hidden, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _embedded(self, encodings: "Sequence[Encoding]") -> "Tensor":
        import torch

        ids = [torch.tensor(encoding.ids) for encoding in encodings]
        words = self._weights["embeddings.word_embeddings.weight"][torch.cat(ids)]
        if self.is_mpnet:
            places = [PADDING + (one != PADDING).cumsum(0) * (one != PADDING) for one in ids]
            return words + self._weights["embeddings.position_embeddings.weight"][torch.cat(places)]
        places = [torch.arange(len(one)) for one in ids]
        types = torch.cat([torch.tensor(encoding.type_ids) for encoding in encodings])
        words = words + self._weights["embeddings.token_type_embeddings.weight"][types]
        return words + self._weights["embeddings.position_embeddings.weight"][torch.cat(places)]

    def _distances(self, longest: int) -> "Tensor":
        """What MPNet adds to attention by how far apart two tokens are, shape (1, heads, longest, longest)."""
        import torch

        values = self._weights["encoder.relative_attention_bias.weight"]
        half = len(values) // 2  # of them for tokens before, the rest for those behind
        exact = half // 2
        places = torch.arange(longest)
        ahead = places[None, :] - places[:, None]
        far = exact + (ahead.abs() / exact).log() / math.log(FARTHEST / exact) * (half - exact)
        bucket = torch.where(ahead.abs() < exact, ahead.abs(), far.long().clamp(max=half - 1))
        return values[bucket + half * (ahead > 0)].permute(2, 0, 1)[None].contiguous()

    def _layer(self, name: str, hidden: "Tensor", lengths: Sequence[int], bias: "Tensor | None") -> "Tensor":
        from torch.nn.functional import gelu

        *asked, output = (f"{name}.{part}" for part in (MPNET_ATTENTION if self.is_mpnet else BERT_ATTENTION))
        attended = self.linear(output, self._attended(asked, hidden, lengths, bias))
        after = f"{name}.attention.LayerNorm" if self.is_mpnet else f"{name}.attention.output.LayerNorm"
        hidden = self._normed(after, attended + hidden)
        inner = gelu(self.linear(f"{name}.intermediate.dense", hidden))
        return self._normed(f"{name}.output.LayerNorm", self.linear(f"{name}.output.dense", inner) + hidden)

    def _attended(
        self, names: Sequence[str], hidden: "Tensor", lengths: Sequence[int], bias: "Tensor | None"
    ) -> "Tensor":
        import torch
        from torch.nn.functional import scaled_dot_product_attention

        def heads(name: str) -> "tuple[Tensor, ...]":
            """The projection of each text, shape (1, heads, tokens, dimension): with fewer dimensions it is slower."""
            projected = self.linear(name, hidden).view(1, len(hidden), self._heads, -1).transpose(1, 2)
            return torch.split(projected, list(lengths), dim=2)

        def attend(query: "Tensor", key: "Tensor", value: "Tensor", length: int) -> "Tensor":
            mask = None if bias is None else bias[:, :, :length, :length]
            return scaled_dot_product_attention(query, key, value, attn_mask=mask)

        attended = [attend(*each) for each in zip(*map(heads, names), lengths, strict=True)]
        return torch.cat(attended, dim=2).transpose(1, 2).reshape(hidden.shape)

    def _normed(self, name: str, hidden: "Tensor") -> "Tensor":
        from torch.nn.functional import layer_norm

        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return layer_norm(hidden, weight.shape, weight, bias, self._epsilon)


def weights_in(folder: Path) -> "dict[str, Tensor]":
    """The numbers of a model that transformers wrote, mapped from its file: memory for them is shared by processes."""
    from safetensors.torch import load_file

    loaded = load_file(folder / "model.safetensors")
    return {name: value for name, value in loaded.items() if value.is_floating_point()}
