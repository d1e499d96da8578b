"""What the models of sentence-transformers and transformers have in common here."""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

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


def weights_sha256(path: Path) -> str:
    """The SHA-256 of a file of weights, which takes a tenth of a second and is not computed again for the same file.

    It is remembered in the user's cache folder while the file's size, times and place on the disk stay as they are.
    """
    place = user_cache_path("footnote", appauthor=False) / "hashes" / hashlib.sha256(bytes(path.resolve())).hexdigest()
    stat = path.stat()
    state = f"{stat.st_size} {stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_dev} {stat.st_ino}"
    with suppress(OSError, ValueError):
        known, _, remembered = place.read_text(encoding="ascii").rpartition(" ")
        if known == state:
            return remembered
    computed = sha256(path)
    with suppress(OSError):  # where nothing can be written, nothing is remembered
        place.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=place.parent) as temporary:
            new = Path(temporary) / place.name
            new.write_text(f"{state} {computed}", encoding="ascii")
            os.replace(new, place)
    return computed
