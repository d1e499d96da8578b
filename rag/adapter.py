"""Adapters in the form of `peft`: low-rank additions to the weights of a base, merged with it when loaded.

Merged, a network reads as fast as its base alone, where a base that several adapters share pays a twentieth to a tenth
more for each pass, and `peft` two seconds at every start. A second adapter is a second copy in memory for that; only
the LLM engine would need one.
"""

import json
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

from index.models import weights_sha256
from index.products import converted
from rag.base import base_folder

if TYPE_CHECKING:
    from torch import Tensor

log = logging.getLogger(__name__)

CONFIG = "adapter_config.json"
WEIGHTS = "adapter_model.safetensors"
PREFIX = "base_model.model."  #: of names in an adapter
RELEVANCE = "relevance"  #: a reader's second head, of one number a token
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


def merged_once(
    folder: Path, dtype: Any, make: "Callable[[], dict[str, Tensor]]", cache: Path | None = None
) -> "dict[str, Tensor]":
    """What `make` gives for an adapter, `converted` to a number format; in bfloat16 and int8 made once.

    It is then mapped from a file in the user's cache folder: that takes a tenth of the time, and processes share the
    memory. In other formats it would take twice the room, and save less, so nothing is kept; nor where nothing can be
    written.
    """
    import torch
    from safetensors.torch import load_file, save_file

    if dtype not in (torch.bfloat16, torch.int8):
        return converted(make(), dtype)
    version = f"{folder.name}-{weights_sha256(folder / WEIGHTS)[:16]}-"
    name = f"{version}{str(dtype).removeprefix('torch.')}.safetensors"
    place = (cache or user_cache_path("footnote", appauthor=False)) / "merged" / name
    if not place.is_file():
        weights = {name: value.contiguous() for name, value in converted(make(), dtype).items()}
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=place.parent) as temporary:
                save_file(weights, Path(temporary) / name)
                os.replace(Path(temporary) / name, place)
            for other in place.parent.glob(f"{folder.name}-*.safetensors"):
                if not other.name.startswith(version):
                    other.unlink(missing_ok=True)
        except OSError as error:
            log.info("The weights of %s cannot be kept in %s (%s).", folder, place.parent, error)
            return weights
    return load_file(place)


def heads_of(folder: Path) -> set[str]:
    """Names of the weights that an adapter has whole."""
    from safetensors import safe_open

    with safe_open(folder / WEIGHTS, "pt") as file:
        return {name.removeprefix(PREFIX) for name in file.keys() if not name.endswith((_A, _B))}  # noqa: SIM118


def outputs_of(folder: Path) -> int | None:
    """How many numbers the head that an adapter has whole gives, the least of its widths; None if it has no head.

    The head that transformers does not know is left out.
    """
    from safetensors import safe_open

    heads = heads_of(folder)
    with safe_open(folder / WEIGHTS, "pt") as file:
        widths = (file.get_slice(PREFIX + name).get_shape()[0] for name in heads if not name.startswith(RELEVANCE))
        return min(widths, default=None)


def _config(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    return config
