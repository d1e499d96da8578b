"""An index of an earlier version: made anew where that is asked for, and else left as it is."""

import shutil

import pytest

from index.errors import DocumentError, StoreError, StoreMismatchError
from index.store.passage_index import PassageIndex
from tests.conftest import WordEmbedder, texts


def test_an_index_of_another_version_is_made_anew_where_that_is_asked_for(index, folder, monkeypatch):
    monkeypatch.setattr("index.store.passage_index.SPLITTER_VERSION", 99)
    assert index.is_outdated
    report = index.sync(upgrade=True)
    assert report.upgraded
    assert report.embedded == 3
    assert not index.is_outdated
    assert texts(index)[0].startswith("A hive")
    assert index.sync(upgrade=True).is_empty


def test_an_upgrade_leaves_what_another_embedder_or_a_damaged_file_needs_alone(index, folder):
    other = PassageIndex(index.folder, WordEmbedder("other"))
    with pytest.raises(StoreMismatchError, match="with the embedder words, not other"):
        other.sync(upgrade=True)
    (index.folder / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match="--rebuild"):
        index.sync(upgrade=True)


def test_an_upgrade_whose_documents_are_gone_leaves_the_old_index(index, folder, monkeypatch):
    before = (index.folder / "manifest.json").read_bytes()
    monkeypatch.setattr("index.store.passage_index.SPLITTER_VERSION", 99)
    shutil.rmtree(folder)
    with pytest.raises(DocumentError):
        index.sync(upgrade=True)
    assert (index.folder / "manifest.json").read_bytes() == before


def test_an_index_of_a_later_version_is_refused(index, folder, monkeypatch):
    monkeypatch.setattr("index.store.passage_index.SPLITTER_VERSION", 1)
    assert not index.is_outdated
    with pytest.raises(StoreMismatchError, match="--rebuild"):
        index.sync(upgrade=True)
