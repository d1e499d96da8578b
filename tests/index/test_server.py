"""An index on a Chroma server: what several machines share, and what a crash leaves."""

import re
import threading
from contextlib import suppress

import pytest

from index.errors import DocumentError, StoreError, StoreMismatchError
from index.store.passage_index import PassageIndex
from index.store.server import Server, ServerVectors
from index.store.server_records import ServerRecords
from tests.conftest import WordEmbedder, one_sentence, texts
from tests.index.test_store_invariants import Crash, Fuse, state


def test_what_one_machine_indexes_every_other_one_finds(machine, folder, tmp_path):
    tending, asking = machine("tending"), machine("asking")
    report = tending.sync([folder])
    assert report.embedded == 3 and sorted(report.added) == ["docs/bees.txt", "docs/moon.txt", "docs/tea.md"]
    on_disk = PassageIndex(tmp_path / "store", WordEmbedder())
    on_disk.sync([folder])
    assert texts(asking) == texts(on_disk)
    (folder / "bees.txt").write_text("Wasps sting.")
    (folder / "moon.txt").unlink()
    assert texts(asking)[0].startswith("A hive")  # nobody has brought it in step
    tending.sync()
    assert "Wasps sting." in texts(asking) and len(asking.snapshot().documents) == 2


def test_a_machine_without_the_files_changes_nothing_by_asking(machine, folder):
    tending, asking = machine("tending"), machine("asking")
    tending.sync([folder])
    before = state(tending)
    asking.refresh()
    assert state(asking) == before


def test_where_nothing_has_changed_a_sync_writes_nothing(machine, folder):
    tending = machine("tending")
    tending.sync([folder])
    head = tending.place.stamp()
    embedder = WordEmbedder()
    assert machine("tending", embedder).sync().is_empty
    assert tending.place.stamp() == head and embedder.embedded == []


def test_without_an_index_it_says_how_to_make_one(machine, address):
    with pytest.raises(
        StoreError, match=re.escape(f"make one with `footnote index --chroma {address} PATH`")
    ) as caught:
        machine("asking").snapshot()
    one_sentence(caught)
    with pytest.raises(DocumentError, match="no documents"):
        machine("tending").sync()


def test_an_index_made_in_another_way_is_refused_and_rebuilt_by_one_command(machine, folder):
    machine("tending").sync([folder])
    other = machine("tending", WordEmbedder("other"))
    with pytest.raises(StoreMismatchError, match="embedder words, not other"):
        other.snapshot()
    assert other.sync(rebuild=True).embedded == 3
    assert texts(other)[0].startswith("A hive")
    names = {one.name for one in other.place._server.ask(lambda client: client.list_collections())}
    assert machine("tending").collection not in names and other.collection in names


def test_indexes_of_one_server_know_nothing_of_each_other(chroma, folder, tmp_path):
    first, second = (
        PassageIndex(Server(f"{chroma.url}#{name}", tmp_path / name), WordEmbedder()) for name in ("team", "team-two")
    )
    first.sync([folder / "bees.txt"])
    second.sync([folder / "moon.txt"])
    first.sync(rebuild=True)
    assert [list(one.snapshot().documents) for one in (first, second)] == [["bees.txt"], ["moon.txt"]]


def test_each_machine_tends_its_own_folders(machine, tmp_path):
    anna, ben = machine("anna"), machine("ben")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "plan.txt").write_text("Anna plans a bridge.")
    anna.sync([tmp_path / "notes"])
    (tmp_path / "notes" / "plan.txt").write_text("Ben plans a tunnel.")  # the same path, of another machine
    report = ben.sync([tmp_path / "notes"])
    assert len(report.added) == 1 and report.removed == ()
    assert sorted(texts(anna, "plans")) == ["Anna plans a bridge.", "Ben plans a tunnel."]
    ben.sync([], remove=[tmp_path / "notes"])
    assert texts(anna, "plans") == ["Anna plans a bridge."]
    ben.sync([], remove=[tmp_path / "notes"])  # of a machine that may be gone for good
    assert anna.snapshot().documents == {}


def test_a_rebuild_keeps_the_folders_of_other_machines_for_them_to_read_again(machine, tmp_path):
    for name in ("anna", "ben"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.txt").write_text(f"Plans of {name}.")
        machine(name).sync([tmp_path / name])
    machine("ben", WordEmbedder("other")).sync(rebuild=True)
    assert texts(machine("ben", WordEmbedder("other")), "plans") == ["Plans of ben."]
    machine("anna", WordEmbedder("other")).sync()
    assert sorted(texts(machine("ben", WordEmbedder("other")), "plans")) == ["Plans of anna.", "Plans of ben."]


def test_one_machine_at_a_time_writes(machine, folder):
    waiting, entered, leave = threading.Event(), threading.Event(), threading.Event()

    class SlowEmbedder(WordEmbedder):
        def embed(self, asked):
            entered.set()
            assert leave.wait(30)
            return super().embed(asked)

    slow = threading.Thread(target=machine("slow", SlowEmbedder()).sync, args=[[folder / "bees.txt"]])
    slow.start()
    assert entered.wait(30)
    quick = machine("quick")
    with quick.place.writing(None, wait=False) as allowed:
        assert not allowed

    def on_wait():
        waiting.set()
        leave.set()

    quick.sync([folder / "moon.txt"], on_wait=on_wait)
    slow.join()
    assert waiting.is_set()
    assert sorted(quick.snapshot().documents) == ["bees.txt", "moon.txt"]


def test_a_machine_without_folders_makes_nothing_anew_and_forgets_nothing_of_several_others(machine, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "plan.txt").write_text("Plans of a bridge.")
    for name in ("anna", "ben"):
        machine(name).sync([tmp_path / "notes"])
    with pytest.raises(DocumentError, match="are on anna and ben; rebuild it there") as caught:
        machine("chat").sync(rebuild=True)
    one_sentence(caught)
    with pytest.raises(DocumentError, match="is a folder or file of anna and ben; forget it on the one"):
        machine("chat").sync(remove=[tmp_path / "notes"])
    assert len(machine("chat").snapshot().documents) == 2


def test_files_that_cannot_be_read_are_those_of_a_machine(machine, tmp_path):
    for name in ("anna", "ben"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.txt").write_text(f"Plans of {name}.")
        (tmp_path / name / "empty.txt").touch()
        machine(name).sync([tmp_path / name])
    head = machine("anna").place.stamp()
    for name in ("anna", "ben"):
        assert machine(name).sync().is_empty
    assert machine("anna").place.stamp() == head
    machine("ben").sync([tmp_path / "anna" / "plan.txt"], remove=[tmp_path / "ben"])
    assert [one.path for one in machine("anna").manifest.skipped] == [str(tmp_path / "anna" / "empty.txt")]


def test_a_server_that_fails_while_an_index_is_made_anew_loses_no_folders(machine, tmp_path, monkeypatch):
    for name in ("anna", "ben"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.txt").write_text(f"Plans of {name}.")
        machine(name).sync([tmp_path / name])

    def fail(records):
        raise StoreError("The server is away.")

    with monkeypatch.context() as patch:
        patch.setattr(ServerRecords, "head", fail)
        with pytest.raises(StoreError, match="away"):
            machine("ben").sync([tmp_path / "ben"], rebuild=True)
    assert len(machine("ben").manifest.roots) == 2


@pytest.mark.parametrize(
    ("owner", "step"),
    [(ServerRecords, "write"), (ServerRecords, "set_head"), (ServerVectors, "drop_other_collections")],
)
def test_who_is_overtaken_at_a_step_writes_and_deletes_nothing_more(
    machine, folder, tmp_path, monkeypatch, owner, step
):
    """The other machine has the text that this one has just removed, and so the embeddings and records of it."""
    anna, ben = machine("anna"), machine("ben")
    anna.sync([folder])
    (tmp_path / "of ben").mkdir()
    (folder / "bees.txt").rename(tmp_path / "of ben" / "bees.txt")
    anna.place._lease._keep_renewing = lambda done: None  # as of a machine that was put to sleep
    original = getattr(owner, step)

    def overtaken(*arguments):
        monkeypatch.setattr(owner, step, original)
        lease = anna.place._lease
        ended = {"number": lease._number, "owner": lease._owner, "until": 0.0}
        if step != "write":
            original(*arguments)
        lease._do(lambda leases: leases.update(ids=[str(lease._number)], metadatas=[ended]))
        ben.sync([tmp_path / "of ben"])
        if step == "write":
            original(*arguments)

    monkeypatch.setattr(owner, step, overtaken)
    with pytest.raises(StoreError, match="Another Footnote has begun to change the index"):
        anna.sync()
    seen = machine("reader")
    assert seen.check() == [] and "of ben/bees.txt" in seen.snapshot().documents
    anna.sync()
    assert sorted(seen.snapshot().documents) == ["docs/moon.txt", "docs/tea.md", "of ben/bees.txt"]
    assert seen.check() == []


class ServerFuse(Fuse):
    """Blows before or after a step that writes to the server."""

    STEPS = (*Fuse.STEPS, (ServerRecords, "write"), (ServerRecords, "set_head"), (ServerRecords, "keep"))


@pytest.mark.slow
def test_a_crash_at_any_step_leaves_the_old_index_or_the_new_one(machine, folder, monkeypatch, tmp_path):
    tending = machine("tending")
    steps = 0
    while True:
        tending.sync([folder])
        before = state(machine("asking"))
        (folder / "bees.txt").write_text(f"Wasps sting {steps} times. " * 100)
        (folder / f"new{steps}.txt").write_text("Bees dance in a hive.")
        with monkeypatch.context() as patch:
            fuse = ServerFuse(patch, steps)
            with suppress(Crash):
                machine("tending").sync()
        seen = state(machine("asking"))
        assert seen == before or f"new{steps}.txt" in str(seen[1])
        assert machine("tending").sync().is_empty or seen == before
        assert state(machine("asking")) == state(machine("tending"))
        if not fuse.blown:
            return
        steps += 3  # every third is enough: each is crossed in a state that an earlier crash has left
