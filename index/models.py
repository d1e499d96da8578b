"""What the models of sentence-transformers and transformers have in common here."""

import hashlib
import threading
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from index.errors import ModelError

T = TypeVar("T")

_in_use: WeakValueDictionary[tuple[Hashable, ...], Any] = WeakValueDictionary()
_in_use_lock = threading.Lock()


def shared(make: Callable[..., T], name: str | None, *others: Hashable) -> T:
    """What `make(name, *others)` gives, for a model's name: the same for all who use it at one time.

    So a model is loaded once, whoever needs it, and let go when nobody does. Raises what `make` raises.
    """
    folder = Path(name).expanduser() if name else None
    key = make, str(folder.resolve()) if folder and folder.is_dir() else name, *others
    with _in_use_lock:
        model = _in_use.get(key)
        if model is None:
            model = _in_use[key] = make(name, *others)
        return model


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
    for name in ("model.safetensors", "pytorch_model.bin"):
        if (folder / name).is_file():
            return folder / name
    raise ModelError(f"{folder} has no model.safetensors; give a folder with {what}.")


def sha256(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
