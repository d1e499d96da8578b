"""BERT's encoder in a few lines of PyTorch: importing one from transformers takes longer than a question does."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tokenizers import Encoding
    from torch import Tensor


class Bert:
    """What transformers' `BertModel` computes, operation by operation, for inference on the processor."""

    def __init__(self, config: Mapping[str, Any], weights: "Mapping[str, Tensor]") -> None:
        """Take weights by the names that transformers gives them, all of one number format."""
        self._weights = weights
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])

    @classmethod
    def read(cls, folder: Path, dtype: Any) -> "Bert":
        """The encoder in a folder that transformers wrote, in a number format of PyTorch."""
        from safetensors.torch import load_file

        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        loaded = load_file(folder / "model.safetensors")
        weights = {
            name.removeprefix("bert."): value.to(dtype) for name, value in loaded.items() if value.is_floating_point()
        }
        return cls(config, weights)

    def __call__(self, encodings: "Sequence[Encoding]") -> "tuple[Tensor, Tensor]":
        """The last hidden states of a batch, shape (texts, tokens, hidden), and which tokens are no padding."""
        import torch

        longest = max(len(encoding.ids) for encoding in encodings)

        def padded(name: str) -> "Tensor":
            return torch.tensor([getattr(one, name) + [0] * (longest - len(one.ids)) for one in encodings])

        real = padded("attention_mask").bool()
        hidden = self._weights["embeddings.word_embeddings.weight"][padded("ids")]
        hidden = hidden + self._weights["embeddings.token_type_embeddings.weight"][padded("type_ids")]
        hidden = hidden + self._weights["embeddings.position_embeddings.weight"][:longest]
        hidden = self._normed("embeddings.LayerNorm", hidden)
        mask = None if bool(real.all()) else real[:, None, None, :]
        for number in range(self._layers):
            hidden = self._layer(f"encoder.layer.{number}", hidden, mask)
        return hidden, real

    def _layer(self, name: str, hidden: "Tensor", mask: "Tensor | None") -> "Tensor":
        from torch.nn.functional import gelu, scaled_dot_product_attention

        texts, tokens, _ = hidden.shape

        def heads(what: str) -> "Tensor":
            projected = self._linear(f"{name}.attention.self.{what}", hidden)
            return projected.view(texts, tokens, self._heads, -1).transpose(1, 2)

        attended = scaled_dot_product_attention(heads("query"), heads("key"), heads("value"), attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(texts, tokens, -1)
        attended = self._linear(f"{name}.attention.output.dense", attended)
        hidden = self._normed(f"{name}.attention.output.LayerNorm", attended + hidden)
        inner = gelu(self._linear(f"{name}.intermediate.dense", hidden))
        return self._normed(f"{name}.output.LayerNorm", self._linear(f"{name}.output.dense", inner) + hidden)

    def _linear(self, name: str, hidden: "Tensor") -> "Tensor":
        from torch.nn.functional import linear

        return linear(hidden, self._weights[f"{name}.weight"], self._weights[f"{name}.bias"])

    def _normed(self, name: str, hidden: "Tensor") -> "Tensor":
        from torch.nn.functional import layer_norm

        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        return layer_norm(hidden, weight.shape, weight, bias, self._epsilon)
