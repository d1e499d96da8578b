"""The store: kept in step with the files, searched and reopened."""

import os

import pytest

from index.errors import DocumentError, StoreError
from index.store.passage_index import PassageIndex
from tests.conftest import WordEmbedder, reopened, texts

# Syncing


def test_the_first_sync_adds_every_document(tmp_path, folder, embedder):
    index = PassageIndex(tmp_path / "new" / "store", embedder)
    assert index.is_new
    assert index.manifest is None
    report = index.sync([folder])
    assert report.added == ("bees.txt", "moon.txt", "tea.md")
    assert report.embedded == len(embedder.embedded) == 3
    assert not index.is_new


def test_a_second_sync_embeds_nothing(index, embedder):
    embedder.embedded.clear()
    report = index.sync()
    assert report.is_empty
    assert report.unchanged == ("bees.txt", "moon.txt", "tea.md")
    assert embedder.embedded == []


def test_a_store_among_the_documents_is_none_of_them(folder, embedder):
    index = PassageIndex(folder / "store", embedder)
    index.sync([folder])
    report = index.sync()
    assert report.is_empty
    assert report.unchanged == ("bees.txt", "moon.txt", "tea.md")
    assert report.skipped == ()


def test_a_sync_reports_what_was_added_changed_and_removed(index, folder):
    (folder / "new.txt").write_text("Wasps build nests of paper.")
    (folder / "bees.txt").write_text("Bees dance.")
    (folder / "moon.txt").unlink()
    (folder / "photo.jpg").touch()
    report = index.sync()
    assert report.added == ("new.txt",)
    assert report.changed == ("bees.txt",)
    assert report.removed == ("moon.txt",)
    assert report.unchanged == ("tea.md",)
    assert [skipped.path for skipped in report.skipped] == [str(folder / "photo.jpg")]
    assert report.embedded == 2


def test_a_sync_leaves_no_trace_of_what_is_gone(index, folder):
    (folder / "bees.txt").write_text("Wasps sting.")
    (folder / "moon.txt").unlink()
    index.sync()
    records = {path.name for path in (index.folder / "documents").iterdir()}
    assert records == {entry.record for entry in index.manifest.entries.values()}
    assert index.place.vectors.ids(index.collection) == set(index.snapshot().by_vector)
    assert len(records) == 2


def test_a_change_that_restores_the_old_text_is_noticed_too(index, folder):
    before = index.snapshot().by_id
    original = (folder / "bees.txt").read_text()
    (folder / "bees.txt").write_text("Wasps sting.")
    index.sync()
    (folder / "bees.txt").write_text(original)
    assert index.sync().changed == ("bees.txt",)
    assert index.snapshot().by_id == before


def test_a_touched_file_is_unchanged(index, folder):
    os.utime(folder / "bees.txt", (0, 0))
    assert index.sync().is_empty


def test_progress_is_told_until_everything_is_embedded(tmp_path, folder, embedder):
    (folder / "long.md").write_text("\n\n".join(f"# Part {number}\n\n{'It rains. ' * 30}" for number in range(150)))
    calls = []
    PassageIndex(tmp_path / "store", embedder).sync([folder], progress=lambda *call: calls.append(call))
    assert calls == [(64, 153), (128, 153), (153, 153)]


def test_a_skipped_file_is_remembered_and_read_once_it_is_mended(index, folder):
    (folder / "bad.txt").write_bytes(b"\xff")
    index.sync()
    assert "not UTF-8" in index.manifest.skipped[0].reason
    (folder / "bad.txt").write_text("It is good now.")
    assert index.sync().added == ("bad.txt",)
    assert index.manifest.skipped == ()


def test_a_document_that_becomes_unreadable_in_a_folder_is_removed(index, folder):
    (folder / "bees.txt").write_bytes(b"")
    report = index.sync()
    assert report.removed == ("bees.txt",)
    assert "is empty" in report.skipped[0].reason


# Roots


def test_a_store_remembers_its_roots(index, folder, tmp_path):
    (tmp_path / "notes.md").write_text("# Notes\n\nBuy honey.")
    assert index.sync([tmp_path / "notes.md"]).added == ("notes.md",)
    (folder / "new.txt").write_text("Wasps.")
    assert reopened(index).sync().added == ("new.txt",)
    assert [root.path for root in index.manifest.roots] == [folder, tmp_path / "notes.md"]


def test_a_root_that_is_removed_takes_its_documents_along_and_no_others(index, folder, tmp_path):
    (tmp_path / "notes.md").write_text("# Notes\n\nBuy honey.")
    index.sync([tmp_path / "notes.md"])
    report = index.sync(remove=[folder])
    assert report.removed == ("bees.txt", "moon.txt", "tea.md")
    assert report.unchanged == ("notes.md",)
    assert texts(index) == ["Buy honey."]


def test_the_last_root_can_be_removed(index, folder):
    index.sync(remove=[folder])
    assert texts(index) == []
    with pytest.raises(DocumentError, match="has no documents; name some"):
        index.sync()
    assert index.sync([folder]).added == ("bees.txt", "moon.txt", "tea.md")


def test_an_unknown_root_cannot_be_removed(index, tmp_path):
    with pytest.raises(DocumentError, match=r"is not among .*; `footnote doctor` lists them"):
        index.sync(remove=[tmp_path / "elsewhere"])


def test_a_root_that_is_gone_stops_the_sync_and_leaves_the_index_as_it_was(index, folder):
    folder.rename(folder.with_name("moved"))
    with pytest.raises(DocumentError, match=r"docs is gone; .*--remove"):
        index.sync()
    assert len(texts(index)) == 3
    assert index.sync(remove=[folder]).removed == ("bees.txt", "moon.txt", "tea.md")


def test_a_named_file_that_is_bad_leaves_the_index_as_it_was(index, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"")
    before = index.manifest
    with pytest.raises(DocumentError, match=r"bad\.txt is empty"):
        index.sync([tmp_path / "bad.txt"])
    assert index.manifest == before


# Searching


def test_the_nearest_passages_come_first(index):
    found = texts(index, "How many bees does a hive hold?")
    assert found[0].startswith("A hive holds forty thousand bees.")
    assert len(found) == 3
    assert texts(index, "How many bees does a hive hold?", 1) == found[:1]


def test_cosines_are_those_of_the_embeddings(index):
    query = WordEmbedder().embed(["bees and the moon"])[0]
    _, cosines = index.search_dense(query, 3)
    vectors = index.vectors(list(cosines))
    for identifier, cosine in cosines.items():
        assert cosine == pytest.approx(float(vectors[identifier] @ query), abs=1e-5)
    assert list(cosines.values()) == sorted(cosines.values(), reverse=True)


def test_a_restricted_search_finds_only_documents_under_its_paths(index, folder):
    restricted = reopened(index, only=[folder / "moon.txt"])
    assert texts(restricted, "bees in a hive") == ["The moon is 384,400 km away. It has no air."]
    assert list(restricted.snapshot().documents) == ["moon.txt"]


def test_a_restricted_search_is_not_crowded_out_by_other_documents(index, folder):
    for number in range(60):
        (folder / f"copy-{number}.txt").write_text(f"Bees, bees and bees {number}.")
    index.sync()
    restricted = reopened(index, only=[folder / "moon.txt", folder / "tea.md"])
    assert len(texts(restricted, "bees", 2)) == 2


def test_an_index_answers_the_same_when_it_is_opened_again(index):
    before = texts(index), index.snapshot().passages
    again = reopened(index)
    assert (texts(again), again.snapshot().passages) == before
    assert again.sync().is_empty


def test_an_open_index_notices_what_another_one_wrote(index, folder):
    other = PassageIndex(index.folder, WordEmbedder())
    assert len(texts(other)) == 3
    (folder / "wasps.txt").write_text("Wasps hunt bees.")
    index.sync()
    assert "Wasps hunt bees." in texts(other)
    assert other.snapshot() is other.snapshot()


def test_an_index_that_was_never_made_says_so(tmp_path, embedder):
    with pytest.raises(StoreError, match=r"no index in .* yet; make one with `footnote index`\."):
        PassageIndex(tmp_path / "none", embedder).snapshot()
