"""An index on a Chroma server: what several machines share, and what happens when the server is away."""

import os
import re
import threading
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import DocumentError, SettingsError, StoreError, StoreMismatchError
from index.store.chroma_server import TOKEN, ChromaServer, read_address
from index.store.lease import Lease
from index.store.locking import writing
from index.store.passage_index import PassageIndex
from index.store.server import Server
from index.store.server_records import PIECE, ServerRecords, cut
from tests.chroma_process import ChromaProcess, Gate, free_port
from tests.conftest import WordEmbedder, one_sentence, texts
from tests.index.test_store_invariants import Crash, Fuse, state


@pytest.fixture(scope="module")
def chroma(tmp_path_factory):
    process = ChromaProcess(tmp_path_factory.mktemp("chroma"))
    process.start()
    yield process
    process.kill()


@pytest.fixture
def address(chroma, request):
    """An index of its own for each test."""
    name = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[:30].strip("-")
    return f"{chroma.url}#{name}-{os.urandom(3).hex()}"


@pytest.fixture
def machine(address, tmp_path):
    """Gives the index as a machine of some name sees it, which has a folder of its own for copies."""

    def see(name, embedder=None):
        place = Server(address, tmp_path / f"copies of {name}")
        place.machine = name
        return PassageIndex(place, embedder or WordEmbedder())

    return see


# What it holds


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


def test_indexes_of_one_server_know_nothing_of_each_other(chroma, folder, tmp_path):
    first, second = (
        PassageIndex(Server(f"{chroma.url}#{name}", tmp_path / name), WordEmbedder()) for name in ("team", "team-two")
    )
    first.sync([folder / "bees.txt"])
    second.sync([folder / "moon.txt"])
    first.sync(rebuild=True)
    assert [list(one.snapshot().documents) for one in (first, second)] == [["bees.txt"], ["moon.txt"]]


# Several machines


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


def test_a_lease_that_is_not_renewed_ends_and_whoever_had_it_never_has_a_later_one(chroma, monkeypatch):
    monkeypatch.setattr("index.store.lease.SECONDS", 0.5)
    server, collection = ChromaServer(read_address(chroma.url)), f"lease-{os.urandom(4).hex()}"
    asleep, next_one, last = (Lease(server, collection) for _ in range(3))
    asleep._keep_renewing = lambda done: None  # as of a machine that was put to sleep
    with asleep.held(None, wait=True) as held:
        assert held
        with next_one.held(None, wait=True) as held_too:
            assert held_too
        with last.held(None, wait=False) as held_last:
            assert held_last
            with pytest.raises(StoreError, match="Another Footnote has begun to change the index") as caught:
                asleep.renew()
            one_sentence(caught)
            asleep._give_back()
            last.renew()
            with next_one.held(None, wait=False) as held_again:
                assert not held_again
    with next_one.held(None, wait=False) as held_again:
        assert held_again


def test_of_many_who_ask_for_a_lease_one_at_a_time_has_it(chroma):
    collection, at_once, most = f"lease-{os.urandom(4).hex()}", [0], []
    guard = threading.Lock()

    def work():
        with Lease(ChromaServer(read_address(chroma.url)), collection).held(None, wait=True):
            with guard:
                at_once[0] += 1
                most.append(at_once[0])
            time.sleep(0.02)
            with guard:
                at_once[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 6


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


# Copies


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


# A crash at any step


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


# The server


def test_a_server_that_is_killed_and_started_again_loses_nothing(tmp_path, folder):
    chroma = ChromaProcess(tmp_path / "data")
    chroma.start()
    index = PassageIndex(Server(chroma.url, tmp_path / "copies"), WordEmbedder())
    index.sync([folder])
    before = state(index)
    chroma.kill()
    starting = threading.Timer(0.5, chroma.start)
    starting.start()
    assert state(index) == before  # who asks meanwhile waits
    starting.join()
    assert state(PassageIndex(Server(chroma.url, tmp_path / "other copies"), WordEmbedder())) == before
    chroma.kill()


def test_a_server_that_is_away_is_told_of_in_a_sentence(tmp_path, monkeypatch, folder):
    monkeypatch.setattr("index.store.chroma_server.FIRST_PATIENCE", 0.2)
    url = f"http://user:pass@127.0.0.1:{free_port()}"
    index = PassageIndex(Server(url, tmp_path / "copies"), WordEmbedder())
    for ask in (index.snapshot, lambda: index.sync([folder])):
        with pytest.raises(
            StoreError, match=r"does not answer \(.*refused\); start it, or check the address"
        ) as caught:
            ask()
        assert "pass" not in one_sentence(caught)


def test_a_server_that_wants_a_token_gets_it_and_one_that_falters_is_asked_again(chroma, tmp_path, folder, monkeypatch):
    with Gate(chroma.url) as gate:
        address = f"{gate.url}#gated-{os.urandom(3).hex()}"
        index = PassageIndex(Server(address, tmp_path / "copies"), WordEmbedder())
        with pytest.raises(StoreError, match=f"wants a token; set {TOKEN} to it") as caught:
            index.sync([folder])
        one_sentence(caught)
        monkeypatch.setenv(TOKEN, "wrong")
        with pytest.raises(StoreError, match="refuses the token") as caught:
            index.sync([folder])
        assert "wrong" not in one_sentence(caught)
        monkeypatch.setenv(TOKEN, "secret")
        gate.failures = 3
        assert index.sync([folder]).embedded == 3
        gate.failures = 2
        assert texts(index)[0].startswith("A hive")


def test_a_token_may_have_blanks_around_it_and_none_is_ever_shown(chroma, tmp_path, monkeypatch):
    with Gate(chroma.url) as gate:
        monkeypatch.setenv(TOKEN, "secret\n")
        assert PassageIndex(Server(gate.url, tmp_path / "a"), WordEmbedder()).manifest is None
        monkeypatch.setenv(TOKEN, "sec\nret")
        with pytest.raises(SettingsError, match=f"What {TOKEN} holds is no token") as caught:
            PassageIndex(Server(gate.url, tmp_path / "b"), WordEmbedder()).snapshot()
        assert "sec" not in one_sentence(caught).replace("FOOTNOTE", "")
    with pytest.raises(SettingsError) as caught:
        read_address("http://me:secret@host:port")
    assert "secret" not in one_sentence(caught)


def test_reading_makes_nothing_on_the_server(chroma, tmp_path):
    index = PassageIndex(Server(f"{chroma.url}#mistyped", tmp_path), WordEmbedder())
    with pytest.raises(StoreError, match="There is no index"):
        index.snapshot()
    names = [one.name for one in index.place._server.ask(lambda client: client.list_collections())]
    assert not any(name.startswith("mistyped") for name in names)


def test_who_asks_while_another_lets_go_of_the_connection_asks_by_a_new_one(machine, folder):
    index = machine("tending")
    index.sync([folder])
    done, errors = threading.Event(), []

    def ask():
        try:
            while not done.is_set():
                texts(index)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(30):
        index.close()
        time.sleep(0.02)
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert texts(index)


def test_a_bug_of_ours_is_no_trouble_of_the_server(chroma):
    with pytest.raises(ValueError, match="our own"):
        ChromaServer(read_address(chroma.url)).ask(lambda client: int("our own"))


def test_what_does_not_answer_as_a_chroma_server_does_is_refused(tmp_path, monkeypatch):
    import http.server

    class Other(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_error(404)

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        index = PassageIndex(Server(f"http://127.0.0.1:{server.server_port}", tmp_path), WordEmbedder())
        with pytest.raises(StoreError, match="cannot be used") as caught:
            index.snapshot()
        one_sentence(caught)
        server.shutdown()


# Addresses and pieces


@pytest.mark.parametrize(
    ("text", "url", "name", "shown"),
    [
        ("http://localhost:8000", "http://localhost:8000", "footnote", "http://localhost:8000"),
        ("localhost:8000", "http://localhost:8000", "footnote", "http://localhost:8000"),
        ("https://host/chroma/#team", "https://host/chroma", "team", "https://host/chroma#team"),
        ("http://me:secret@host:80#a-1", "http://me:secret@host:80", "a-1", "http://host:80#a-1"),
    ],
)
def test_an_address_names_a_server_and_an_index(text, url, name, shown):
    address = read_address(text)
    assert (address.url, address.name, str(address)) == (url, name, shown)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "http://",
        "ftp://host",
        "http://host:port",
        "http://host:0",
        "http://a host",
        "http://host?a=1",
        "http://h#A B",
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(SettingsError) as caught:
        read_address(text)
    one_sentence(caught)


@given(st.text(max_size=40), st.integers(1, 2 * PIECE))
def test_pieces_are_short_part_no_letter_and_join_to_the_text(text, times):
    data = (text * (times // max(1, len(text)) + 1)).encode()
    pieces = list(cut(data))
    assert "".join(pieces).encode() == data
    assert all(0 < len(piece.encode()) <= PIECE for piece in pieces)


def test_a_text_of_many_pieces_comes_back_whole_and_one_in_part_is_not_there(chroma):
    records = ServerRecords(ChromaServer(read_address(chroma.url)), f"pieces-{os.urandom(4).hex()}")
    long = ("Zwölf Boxkämpfer 🐉 " * 400_000).encode()
    records.write([("long", long), ("short", b"short")])
    assert dict(records.read(["long", "short", "none"])) == {"long": long, "short": b"short"}
    records._server.with_collection(records._collection, lambda held: held.delete(ids=["long/1"]))
    assert records.names() == {"short"}
    assert dict(records.read(["long", "short"])) == {"short": b"short"}
