"""What the models of sentence-transformers and transformers have in common here."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from index.errors import ModelError


def bfloat16_pays() -> bool:
    """Whether this processor multiplies bfloat16 in hardware; others lose by it."""
    import torch

    names = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    checks: list[Callable[[], bool]] = [getattr(torch.cpu, name) for name in names if hasattr(torch.cpu, name)]
    return any(check() for check in checks)


def local_folder(name: str, what: str) -> Path | None:
    """The folder that a model's name stands for; None for a Hugging Face name.

    Raises ModelError for a path that is no folder.
    """
    folder = Path(name).expanduser()
    if folder.is_dir():
        return folder.resolve()
    if name.startswith((".", "/", "~")) or name.count("/") > 1:
        raise ModelError(f"There is no folder {name} with {what}; check the path.")
    return None


def weights_of(folder: Path, what: str) -> Path:
    """The file of weights in the folder of `what`, a kind of model. Raises ModelError if there is none."""
    for name in ("model.safetensors", "adapter_model.safetensors", "pytorch_model.bin"):
        if (folder / name).is_file():
            return folder / name
    raise ModelError(f"{folder} has no model.safetensors; give a folder with {what}.")


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
