"""Syncing does no more than it must, ends where a fresh index would, and survives a crash at any step."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import StoreMismatchError
from index.store import looks
from index.store.passage_index import PassageIndex
from index.store.vectors import VectorStore
from index.store.writer import embedded_text
from tests.conftest import WordEmbedder

QUESTIONS = ("bees in a hive", "the moon", "🐉")


def state(index):
    """All that a reader can see of an index: documents, passages, embeddings, and what searches find."""
    found = {}
    for question in QUESTIONS:
        snapshot, cosines = index.search_dense(WordEmbedder().embed([question])[0], 50)
        found[question] = {identifier: round(cosine, 4) for identifier, cosine in cosines.items()}
        found[question, "bm25"] = snapshot.lexical.scores(question).round(4).tolist()
    snapshot = index.snapshot()
    documents = {identifier: indexed.sentences for identifier, indexed in snapshot.documents.items()}
    texts = {identifier: indexed.document for identifier, indexed in snapshot.documents.items()}
    return documents, texts, snapshot.passages, found


def leftovers(index):
    """What is in the store and not named by its manifest."""
    records = {path.name for path in (index.folder / "documents").iterdir()}
    named = {entry.record for entry in index.manifest.entries.values()}
    temporary = {path.name for path in index.folder.glob(".writing-*")}
    vectors = index.place.vectors.ids(index.collection) - set(index.snapshot().by_vector)
    return (records - named) | temporary | vectors


def assert_in_step(index, folder, scratch):
    """The index is the one that would be made from scratch, with nothing left over, and has nothing to do."""
    fresh = PassageIndex(scratch, WordEmbedder(index._embedder.identity))
    fresh.sync([folder])
    assert state(index) == state(fresh)
    assert leftovers(index) == set()
    again = PassageIndex(index.folder, embedder := WordEmbedder(index._embedder.identity))
    assert again.sync().is_empty
    assert embedder.embedded == []


# Any sequence of changes

NAMES = st.sampled_from(["a.txt", "b.md", "sub/a.txt", "c.txt"])
CONTENTS = st.sampled_from(
    [
        "Bees live in a hive.",
        "# Bees\n\nBees live in a hive. They dance.\n\n# The moon\n\nIt has no air.",
        "The moon\r\n\r\nThe moon is far.\r\nThe moon is far. 🐉",
        "It rains. " * 120,
        " ",  # not readable: skipped, so the document goes
    ]
)
CHANGES = st.lists(st.dictionaries(NAMES, st.none() | CONTENTS, min_size=1, max_size=3), min_size=1, max_size=4)


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(CHANGES)
def test_after_any_changes_the_index_is_the_one_that_would_be_made_from_scratch(tmp_path_factory, changes):
    tmp_path = tmp_path_factory.mktemp("changes")
    folder = tmp_path / "docs"
    (folder / "sub").mkdir(parents=True)
    (folder / "always.txt").write_text("Something is always there.")
    index = PassageIndex(tmp_path / "store", WordEmbedder())
    index.sync([folder])
    for step, change in enumerate(changes):
        for name, content in change.items():
            if content is None:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(content.encode())
        index.sync()
        assert_in_step(index, folder, tmp_path / f"fresh-{step}")


@pytest.mark.parametrize("name", ["bees.txt", "moon.txt", "tea.md", "new.txt"])
def test_changing_one_document_embeds_only_passages_of_that_document(tmp_path, folder, embedder, name):
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([folder])
    before = {entry.record for entry in index.manifest.entries.values()}
    embedder.embedded.clear()
    (folder / name).write_text("Wasps sting. " * 100)
    index.sync()
    document = index.snapshot().documents[name]
    expected = [embedded_text(passage, document.document.own_title, embedder) for passage in document.passages]
    assert len(expected) > 1
    assert sorted(embedder.embedded) == sorted(expected)
    after = {entry.record for entry in index.manifest.entries.values()}
    assert len(after - before) == 1


def test_deleting_one_document_embeds_nothing(tmp_path, folder, embedder):
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([folder])
    embedder.embedded.clear()
    (folder / "bees.txt").unlink()
    assert index.sync().removed == ("bees.txt",)
    assert embedder.embedded == []


def test_passages_of_a_long_document_that_did_not_change_are_not_embedded_again(tmp_path, folder, embedder):
    sections = [f"# Part {number}\n\nRain number {number} falls." for number in range(30)]
    (folder / "long.md").write_text("\n\n".join(sections))
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([folder])
    embedder.embedded.clear()
    (folder / "long.md").write_text("\n\n".join([*sections, "# End\n\nIt stops."]))
    assert index.sync().embedded == 1


# A crash at any step


class Crash(BaseException):
    """What no handler of errors catches, as if the process had been killed."""


class Fuse:
    """Counts the steps that write, before and after each, and blows at the chosen one."""

    STEPS = (
        (os, "replace"),
        (Path, "unlink"),
        (WordEmbedder, "embed"),
        (VectorStore, "add"),
        (VectorStore, "delete"),
        (VectorStore, "drop_other_collections"),
    )

    def __init__(self, patch, blow_at):
        self.left = blow_at
        self.passed = []
        self.blown = False
        for owner, name in self.STEPS:
            patch.setattr(owner, name, self.watch(getattr(owner, name), name))

    def watch(self, step, name):
        def watched(*arguments, **options):
            self.burn(f"before {name}")
            result = step(*arguments, **options)
            self.burn(f"after {name}")
            return result

        return watched

    def burn(self, where):
        if self.blown:
            return  # cleaning up while the crash unwinds
        self.passed.append(where)
        self.left -= 1
        if self.left < 0:
            self.blown = True
            raise Crash(where)


def visible(store, *embedders):
    """The state that a reader sees who has the embedder that the index was made with."""
    for identity in embedders:
        try:
            return state(PassageIndex(store, WordEmbedder(identity)))
        except StoreMismatchError:
            continue
    raise AssertionError("no embedder fits")


def change_files(folder):
    (folder / "bees.txt").write_text("Wasps sting. " * 100)
    (folder / "moon.txt").unlink()
    (folder / "new.txt").write_text("Bees dance in a hive.")


def leave_files(_):
    pass


SYNCS = {
    "changed files": (change_files, "words", {}),
    "rebuilt": (change_files, "words", {"rebuild": True}),
    "rebuilt for another embedder": (change_files, "other", {"rebuild": True}),
    "root removed": (leave_files, "words", {"remove": True}),
}


@pytest.mark.parametrize("kind", SYNCS)
def test_a_crash_at_any_step_leaves_the_old_index_or_the_new_one(tmp_path, folder, kind, monkeypatch):
    monkeypatch.setattr(looks, "YOUNG", 0)  # else files are noted once they are old enough, and syncs take other steps
    change, embedder, options = SYNCS[kind]
    extra = tmp_path / "extra"
    extra.mkdir()
    (extra / "note.txt").write_text("The moon and the bees.")
    if "remove" in options:
        options = {"remove": [extra]}
    original = PassageIndex(tmp_path / "original", WordEmbedder())
    original.sync([folder, extra])
    old = state(original)
    original.close()
    change(folder)

    shutil.copytree(tmp_path / "original", tmp_path / "whole")
    whole = PassageIndex(tmp_path / "whole", WordEmbedder(embedder))
    whole.sync(**options)
    new = state(whole)
    assert new != old

    seen = []
    for step in range(200):
        store = tmp_path / f"crash-{step}"
        shutil.copytree(tmp_path / "original", store)
        crashing = PassageIndex(store, WordEmbedder(embedder))
        with pytest.MonkeyPatch.context() as patch:
            fuse = Fuse(patch, step)
            try:
                crashing.sync(**options)
            except Crash:
                pass
            else:
                break
        crashing.close()
        left = visible(store, "words", embedder)
        assert left in (old, new), fuse.passed[-1]
        seen.append(left == new)

        resumed = PassageIndex(store, WordEmbedder(embedder))
        if left == old:
            resumed.sync(**options)
            assert leftovers(resumed) == set()
        assert state(resumed) == new, fuse.passed[-1]
        assert resumed.sync().is_empty
        (folder / "later.txt").write_text("Later.")  # at the latest, the next sync with work to do sweeps
        resumed.sync()
        assert leftovers(resumed) == set(), fuse.passed[-1]
        (folder / "later.txt").unlink()
        resumed.close()
    assert seen == sorted(seen)  # first the old one, and from the rename of the manifest on the new one
    assert seen.count(False) >= 1
    assert seen.count(True) >= 3


def test_a_sync_that_was_broken_off_does_not_embed_twice(tmp_path, folder, embedder):
    (folder / "long.md").write_text("\n\n".join(f"# Part {number}\n\n{'It rains. ' * 30}" for number in range(150)))

    class Tired(WordEmbedder):
        def embed(self, texts):
            if self.embedded:
                raise Crash
            return super().embed(texts)

    with pytest.raises(Crash):
        PassageIndex(tmp_path / "store", Tired()).sync([folder])
    report = PassageIndex(tmp_path / "store", embedder).sync([folder])
    assert len(report.added) == 4
    assert report.embedded == len(embedder.embedded) == 153 - 64


def test_temporary_files_of_a_killed_process_are_swept(tmp_path, folder, embedder):
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([folder])
    (index.folder / ".writing-1").touch()
    (index.folder / "documents" / ".writing-2").touch()
    (folder / "bees.txt").write_text("Wasps.")
    index.sync()
    assert leftovers(index) == set()
