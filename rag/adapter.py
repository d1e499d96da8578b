"""Adapters in the form of `peft`: low-rank additions to the weights of a base, merged with it when loaded.

Merged, a network reads as fast as its base alone, where a base that several adapters share pays a twentieth to a tenth
more for each pass, and `peft` two seconds at every start. A second adapter is a second copy in memory for that; only
the LLM engine would need one.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.base import base_folder

if TYPE_CHECKING:
    from torch import Tensor

CONFIG = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"
PREFIX = "base_model.model."  #: of names in an adapter
BASE = "sentence-transformers/all-mpnet-base-v2"  #: that `rag.base` has
_A, _B = ".lora_A.weight", ".lora_B.weight"


def is_adapter(name_or_path: str) -> bool:
    """Whether that is a folder with an adapter, and not with a whole model."""
    return (Path(name_or_path) / CONFIG).is_file()


def base_named(folder: Path) -> str:
    """The folder or name that an adapter gives of what it is laid on."""
    return str(_config(folder)["base_model_name_or_path"])


def base_of(folder: Path) -> str:
    """The folder or name of what an adapter is laid on. Raises ModelError if ours is missing."""
    base = base_named(folder)
    return str(base_folder()) if base == BASE else base


def merged(weights: "Mapping[str, Tensor]", folder: Path) -> "dict[str, Tensor]":
    """The weights of a base with an adapter added, and with what the adapter has whole: the head.

    Raises ValueError if it does not fit, or is of a kind other than plain low-rank additions.
    """
    import torch
    from safetensors.torch import load_file

    config = _config(folder)
    odd = [key for key in ("use_dora", "use_rslora", "alpha_pattern", "rank_pattern") if config.get(key)]
    if config.get("peft_type") != "LORA" or config.get("bias", "none") != "none" or odd:
        raise ValueError("its adapter is not of low-rank additions alone")
    scale = config["lora_alpha"] / config["r"]
    state = {name.removeprefix(PREFIX): value.float() for name, value in load_file(folder / WEIGHTS).items()}
    added = {name.removesuffix(_B) for name in state if name.endswith(_B)}
    whole = {name: value for name, value in state.items() if not name.endswith((_A, _B))}
    if missing := sorted(module for module in added if f"{module}.weight" not in weights):
        raise ValueError(f"its adapter changes {missing[0]}, which the base has not")
    sums = {
        f"{module}.weight": torch.addmm(
            weights[f"{module}.weight"], state[f"{module}{_B}"], state[f"{module}{_A}"], alpha=scale
        )
        for module in added
    }
    return {**weights, **sums, **whole}


def heads_of(folder: Path) -> set[str]:
    """Names of the weights that an adapter has whole."""
    from safetensors import safe_open

    with safe_open(folder / WEIGHTS, "pt") as file:
        return {name.removeprefix(PREFIX) for name in file.keys() if not name.endswith((_A, _B))}  # noqa: SIM118


def outputs_of(folder: Path) -> int | None:
    """How many numbers the head that an adapter has whole gives, the least of its widths; None if it has no head."""
    from safetensors import safe_open

    heads = heads_of(folder)
    with safe_open(folder / WEIGHTS, "pt") as file:
        return min((file.get_slice(PREFIX + name).get_shape()[0] for name in heads), default=None)


def _config(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    return config
