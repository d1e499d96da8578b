"""The hash of a model's weights, which is computed once."""

import hashlib
import os

import pytest

import index.models
from index.models import weights_sha256


@pytest.fixture
def weights(tmp_path, monkeypatch):
    monkeypatch.setattr(index.models, "user_cache_path", lambda *_, **__: tmp_path / "cache" / "footnote")
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"weights")
    return path


def hashed(monkeypatch):
    """The files whose hashes are computed from here on."""
    computed = []
    sha256 = index.models.sha256
    monkeypatch.setattr(index.models, "sha256", lambda path: computed.append(path.name) or sha256(path))
    return computed


def test_it_is_computed_once_for_a_file(weights, monkeypatch):
    computed = hashed(monkeypatch)
    known = hashlib.sha256(b"weights").hexdigest()
    assert [weights_sha256(weights) for _ in range(3)] == [known] * 3
    assert computed == ["model.safetensors"]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not tell when a file was changed besides its date")
def test_a_file_that_was_altered_is_hashed_again_though_its_size_and_date_stay(weights):
    before, stat = weights_sha256(weights), weights.stat()
    weights.write_bytes(b"altered")
    os.utime(weights, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert weights_sha256(weights) == hashlib.sha256(b"altered").hexdigest() != before


def test_what_is_remembered_may_be_lost_or_spoilt(weights, tmp_path):
    known = weights_sha256(weights)
    [kept] = (tmp_path / "cache" / "footnote" / "hashes").iterdir()
    kept.write_bytes(b"\xff")
    assert weights_sha256(weights) == known
    kept.unlink()
    assert weights_sha256(weights) == known


def test_where_nothing_can_be_kept_it_is_computed_each_time(weights, tmp_path, monkeypatch):
    (tmp_path / "cache").write_text("a file")
    computed = hashed(monkeypatch)
    assert weights_sha256(weights) == weights_sha256(weights)
    assert len(computed) == 2
