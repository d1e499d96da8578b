"""The store in trouble: made in another way, damaged, in use elsewhere, or not to be written."""

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

from index.errors import StoreError, StoreMismatchError
from index.store.passage_index import PassageIndex
from tests.conftest import ROOT, WordEmbedder, needs_permissions, one_sentence, reopened, texts

REBUILD = r"`footnote index --rebuild`"

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
    assert [collection.name for collection in other.place.vectors._current_client().list_collections()] == [
        other.collection
    ]
    with pytest.raises(StoreMismatchError, match="with the embedder other, not words"):
        index.snapshot()


def test_an_index_made_with_another_splitter_is_never_searched(index, folder, monkeypatch):
    monkeypatch.setattr("index.store.passage_index.SPLITTER_VERSION", 99)
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


def test_an_index_that_an_older_footnote_wrote_is_read_as_it_is(index, folder):
    """It wrote JSON with spaces and in another order; the names of records are those of its own bytes."""
    before = texts(index), index.snapshot().passages
    manifest = index.folder / "manifest.json"
    known = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({"format": 1, **{name: known[name] for name in known}}, indent=1))
    for path in (index.folder / "documents").iterdir():
        path.write_text(json.dumps(json.loads(path.read_text()), ensure_ascii=False))
    again = reopened(index)
    assert (texts(again), again.snapshot().passages) == before
    assert again.sync().is_empty


# Damage


def cut_manifest(store):
    path = store / "manifest.json"
    path.write_bytes(path.read_bytes()[:-20])


def foreign_manifest(store):
    (store / "manifest.json").write_text('["something", "else"]')


def manifest_with_a_word_for_a_number(store):
    path = store / "manifest.json"
    path.write_text(path.read_text().replace('"passages": 1', '"passages": "one"', 1))


def cut_record(store):
    path = next((store / "documents").iterdir())
    path.write_bytes(path.read_bytes()[:-20])


def lose_record(store):
    next((store / "documents").iterdir()).unlink()


def record_of_other_things(store):
    path = next((store / "documents").iterdir())
    path.write_text(path.read_text().replace('"text"', '"texts"', 1))


def garble_database(store):
    (store / "chroma" / "chroma.sqlite3").write_bytes(b"garbage " * 4096)


def lose_database(store):
    shutil.rmtree(store / "chroma")


def replace_database_by_file(store):
    lose_database(store)
    (store / "chroma").write_text("in the way")


DAMAGES = [
    cut_manifest, foreign_manifest, manifest_with_a_word_for_a_number, cut_record, lose_record, record_of_other_things,
    garble_database, lose_database, replace_database_by_file,
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


def test_damage_is_told_with_its_place(index):
    manifest_with_a_word_for_a_number(index.folder)
    with pytest.raises(
        StoreError, match=r"json is damaged \(documents\.bees\.txt\.passages: Input should be a valid int"
    ):
        index.snapshot()


def test_damage_to_the_vector_index_of_a_large_store_is_mended_too(index, folder):
    """Chroma writes its HNSW files only after a thousand records."""
    (folder / "long.md").write_text("\n\n".join(f"# Part {n}\n\n{f'Rain {n} falls. ' * 15}" for n in range(1100)))
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
    index.place.vectors.delete(index.collection, list(index.snapshot().by_vector)[:1])
    assert index.check() == ["Embeddings are missing (1); run `footnote index --rebuild`."]
    lossy = reopened(index)
    with pytest.raises(StoreError, match=rf"has lost embeddings; rebuild it with {REBUILD}"):
        lossy.snapshot()
    lossy.sync(rebuild=True)
    assert lossy.check() == []


# Shared with other processes (see also test_processes.py)


def test_chroma_is_left_alone_while_another_process_uses_it(index, folder, monkeypatch):
    monkeypatch.setattr("index.store.vectors.LOCK_SECONDS", 0.1)
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
    from index.store.passage_index import PassageIndex
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
