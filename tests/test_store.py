"""The store: kept in step with the files, searched, reopened, and mended when it is damaged."""

import gc
import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from filelock import FileLock

from index.errors import DocumentError, StoreError, StoreMismatchError
from index.store import PassageIndex
from tests.conftest import ROOT, WordEmbedder, needs_permissions

REBUILD = r"`footnote index --rebuild`"


@pytest.fixture
def index(tmp_path, folder, embedder):
    """An index over the three small documents."""
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([folder])
    return index


def reopened(index, **options):
    """The same store, opened again with nothing in memory."""
    index.close()
    return PassageIndex(index.folder, WordEmbedder(), **options)


def texts(index, question="bees", count=10):
    """The passages found, best first."""
    snapshot, cosines = index.search_dense(WordEmbedder().embed([question])[0], count)
    return [snapshot.by_id[identifier].text for identifier in cosines]


def one_sentence(error):
    message = str(error.value)
    assert message.endswith(".")
    assert "\n" not in message
    return message


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
    assert index._vectors.ids(index.collection) == set(index.snapshot().by_id)
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
    (folder / "long.md").write_text("\n\n".join(f"# Part {number}\n\nIt rains." for number in range(150)))
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


# Made in another way


def assert_mismatch_and_mend(index, folder, pattern):
    """Both searching and syncing refuse; a rebuild mends it."""
    with pytest.raises(StoreMismatchError, match=pattern):
        index.sync()
    with pytest.raises(StoreMismatchError, match=pattern) as caught:
        index.snapshot()
    assert "--rebuild" in one_sentence(caught)
    assert index.sync(rebuild=True).embedded == 3
    assert texts(index)[0].startswith("A hive")
    assert index.sync().is_empty


def test_an_index_made_with_another_embedder_is_never_searched(index, folder):
    other = PassageIndex(index.folder, WordEmbedder("other"))
    assert_mismatch_and_mend(other, folder, "with the embedder words, not other")
    assert [collection.name for collection in other._vectors._current_client().list_collections()] == [other.collection]
    with pytest.raises(StoreMismatchError, match="with the embedder other, not words"):
        index.snapshot()


def test_an_index_made_with_another_splitter_is_never_searched(index, folder, monkeypatch):
    monkeypatch.setattr("index.store.SPLITTER_VERSION", 99)
    assert_mismatch_and_mend(index, folder, r"with the splitter sentences-\d+/200, not sentences-99/200")


def test_a_newer_format_is_refused_and_never_overwritten(index, folder):
    path = index.folder / "manifest.json"
    newer = json.dumps({"format": 2, "of": "the future"})
    path.write_text(newer)
    for refused in (index.snapshot, index.sync, lambda: index.sync([folder], rebuild=True)):
        with pytest.raises(StoreMismatchError, match=r"newer Footnote \(format 2\); upgrade Footnote") as caught:
            refused()
        one_sentence(caught)
    assert path.read_text() == newer


# Damage


def cut_manifest(store):
    path = store / "manifest.json"
    path.write_bytes(path.read_bytes()[:-20])


def foreign_manifest(store):
    (store / "manifest.json").write_text('["something", "else"]')


def cut_record(store):
    path = next((store / "documents").iterdir())
    path.write_bytes(path.read_bytes()[:-20])


def lose_record(store):
    next((store / "documents").iterdir()).unlink()


def garble_database(store):
    (store / "chroma" / "chroma.sqlite3").write_bytes(b"garbage " * 4096)


def lose_database(store):
    shutil.rmtree(store / "chroma")


def replace_database_by_file(store):
    lose_database(store)
    (store / "chroma").write_text("in the way")


DAMAGES = [
    cut_manifest, foreign_manifest, cut_record, lose_record, garble_database, lose_database, replace_database_by_file,
]  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_told_with_the_remedy_and_the_remedy_works(index, folder, damage):
    index.close()
    damage(index.folder)
    broken = PassageIndex(index.folder, WordEmbedder())
    for _ in range(2):  # the second attempt must not fail in another way
        with pytest.raises(StoreError, match=REBUILD) as caught:
            texts(broken)
        one_sentence(caught)
    broken.sync([folder], rebuild=True)
    assert len(texts(broken)) == 3
    assert broken.check() == []
    assert reopened(broken).sync().is_empty


def test_damage_to_the_vector_index_of_a_large_store_is_mended_too(index, folder):
    """Chroma writes its HNSW files only after a thousand records."""
    (folder / "long.md").write_text("\n\n".join(f"# Part {n}\n\nRain {n} falls." for n in range(1100)))
    index.sync()
    index.close()
    files = list((index.folder / "chroma").glob("*/*"))
    assert files
    for path in files:
        path.write_bytes(b"xx")
    broken = PassageIndex(index.folder, WordEmbedder())
    with pytest.raises(StoreError, match=REBUILD):
        texts(broken)
    broken.sync(rebuild=True)
    assert len(texts(broken)) == 10


def test_lost_embeddings_are_noticed(index):
    index._vectors.delete(index.collection, list(index.snapshot().by_id)[:1])
    assert index.check() == ["Embeddings are missing (1); run `footnote index --rebuild`."]
    lossy = reopened(index)
    with pytest.raises(StoreError, match=rf"has lost embeddings; rebuild it with {REBUILD}"):
        lossy.snapshot()
    lossy.sync(rebuild=True)
    assert lossy.check() == []


# Shared with other processes (see also test_processes.py)


def test_chroma_is_left_alone_while_another_process_uses_it(index, folder, monkeypatch):
    monkeypatch.setattr("index.vectors.LOCK_SECONDS", 0.1)
    (folder / "new.txt").write_text("Wasps.")
    index.close()
    gc.collect()  # the store is opened anew, with the shorter patience
    with FileLock(index.folder / "chroma.lock"):
        for use in (lambda: texts(index), index.sync):
            with pytest.raises(
                StoreError, match=r"is busy; try again when other programs are done with it\."
            ) as caught:
                use()
            one_sentence(caught)
    assert len(texts(index)) == 3
    assert index.sync().added == ("new.txt",)


# Where nothing can be written


def test_a_file_where_the_store_should_be_is_refused(tmp_path, folder, embedder):
    (tmp_path / "file").write_text("in the way")
    for rebuild in (False, True):
        index = PassageIndex(tmp_path / "file", embedder)
        with pytest.raises(StoreError, match=r"name another with --store\.") as caught:
            index.sync([folder], rebuild=rebuild)
        one_sentence(caught)
    assert (tmp_path / "file").read_text() == "in the way"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs a folder in which nobody can write")
def test_a_store_that_cannot_be_made_is_refused(folder, embedder):
    with pytest.raises(StoreError, match=r"/proc/footnote cannot be made \(.*\); name another with --store\."):
        PassageIndex(Path("/proc/footnote"), embedder).sync([folder])


@needs_permissions
def test_a_store_without_permission_to_write_is_refused(index, folder):
    (folder / "new.txt").write_text("Wasps.")
    (index.folder / "documents").chmod(0o500)
    try:
        with pytest.raises(StoreError, match=r"cannot be written \(.*\); allow it, or name another with --store\."):
            index.sync()
    finally:
        (index.folder / "documents").chmod(0o700)
    assert len(texts(index)) == 3


SYNC_ON_A_SMALL_DISK = """
    import resource, sys
    from pathlib import Path
    sys.path.insert(0, {root!r})
    from index.errors import StoreError
    from index.store import PassageIndex
    from tests.conftest import WordEmbedder

    index = PassageIndex(Path({store!r}), WordEmbedder())
    index.snapshot()
    resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))
    try:
        index.sync({options})
    except StoreError as error:
        print(error)
"""


def sync_on_a_small_disk(index, limit, options=""):
    """What a sync says in a process of its own in which no file may grow beyond `limit` bytes."""
    index.close()
    script = SYNC_ON_A_SMALL_DISK.format(root=str(ROOT), store=str(index.folder), limit=limit, options=options)
    command = [sys.executable, "-c", textwrap.dedent(script)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.strip()


@pytest.mark.slow
@pytest.mark.parametrize("limit", [0, 5_000, 250_000])
def test_a_full_disk_leaves_the_old_index_and_says_what_to_do(index, folder, limit):
    """Of the limits, one is too small for anything, one for the record, and one for the vectors."""
    assert (index.folder / "chroma" / "chroma.sqlite3").stat().st_size < 250_000
    (folder / "long.md").write_text("\n\n".join(f"# Part {n}\n\n{'Rain ' * n}falls." for n in range(150)))
    message = sync_on_a_small_disk(index, limit)
    assert message.endswith("; free some disk space and try again."), message
    assert "\n" not in message
    after = PassageIndex(index.folder, WordEmbedder())
    assert len(texts(after)) == 3
    assert after.sync().added == ("long.md",)
    assert "Rain" in texts(after, "rain", 1)[0]


@pytest.mark.slow
def test_a_manifest_that_does_not_fit_on_the_disk_leaves_the_old_one(index, folder, tmp_path):
    (tmp_path / "note.txt").write_text("Buy honey.")
    index.sync([tmp_path / "note.txt"])
    before = index.manifest
    message = sync_on_a_small_disk(index, 10, f"remove=[Path({str(tmp_path / 'note.txt')!r})]")
    assert message.endswith("; free some disk space and try again."), message
    assert index.manifest == before
    assert len(texts(index)) == 4
