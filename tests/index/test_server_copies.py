"""Copies of what is on a Chroma server: fetched again, kept apart, and swept."""

import threading

from index.store.locking import writing
from index.store.manifest import write_atomically
from index.store.server import Server
from tests.conftest import texts


def test_no_copy_of_what_was_removed_stays_on_any_machine(machine, folder):
    tending, asking = machine("tending"), machine("asking")
    tending.sync([folder])
    assert texts(asking)
    (folder / "bees.txt").unlink()
    tending.sync()
    texts(asking)
    for index in (tending, asking):
        held = b"".join(path.read_bytes() for path in index.folder.rglob("*") if path.is_file())
        assert b"hive" not in held and b"moon" in held
    there = dict(tending.place._records.read(tending.place._records.names()))
    assert len(there) == 3 and not any(b"hive" in data for data in there.values())


def test_a_copy_that_is_damaged_or_gone_is_fetched_again(machine, folder):
    machine("tending").sync([folder])
    asking = machine("asking")
    before = texts(asking)
    for spoil in (lambda path: path.write_text("{"), lambda path: path.unlink()):
        for path in (asking.folder / "documents").iterdir():
            spoil(path)
        assert texts(machine("asking")) == before


def test_processes_of_one_machine_that_take_up_changes_at_once_leave_each_other_s_copies_alone(machine, folder):
    tending = machine("tending")
    errors = []

    def ask():
        try:
            for _ in range(20):
                texts(machine("asking"))
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    tending.sync([folder])
    for thread in threads:
        thread.start()
    for number in range(6):
        (folder / f"new{number}.txt").write_text(f"Bees {number} dance.")
        (folder / f"new{number - 2}.txt").unlink(missing_ok=True)
        tending.sync()
    for thread in threads:
        thread.join()
    assert errors == []


def test_copies_are_swept_when_no_other_process_fetches_any(machine, folder, monkeypatch):
    machine("tending").sync([folder])
    asking, other = machine("asking"), machine("asking")
    records = {entry.record for entry in other.manifest.entries.values()}
    sweeping = threading.Thread(target=other.place.tidy, args=[records])
    waiting = []

    def write(path, data):
        if not waiting:
            sweeping.start()
            sweeping.join(0.5)
            waiting.append(sweeping.is_alive())
        write_atomically(path, data)

    monkeypatch.setattr("index.store.server.write_atomically", write)
    assert texts(asking)
    sweeping.join()
    assert waiting == [True]


def test_copies_of_what_is_gone_go_later_where_another_process_is_writing(machine, folder):
    tending, asking = machine("tending"), machine("asking")
    tending.sync([folder])
    texts(asking)
    (folder / "bees.txt").unlink()
    tending.sync()
    with writing(asking.folder, None, wait=True):
        texts(asking)
    texts(asking)
    assert not any(b"hive" in path.read_bytes() for path in asking.folder.rglob("*") if path.is_file())


def test_databases_of_one_server_have_copies_of_their_own(chroma, monkeypatch):
    folders = set()
    for database in ("", "one", "two"):
        monkeypatch.setenv("CHROMA_DATABASE", database)
        folders.add(Server(chroma.url).folder)
    assert len(folders) == 3
