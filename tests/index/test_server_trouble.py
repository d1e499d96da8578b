"""A Chroma server that is away, falters or wants a token; who may write; addresses, and texts in pieces."""

import os
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SettingsError, StoreError
from index.store.chroma_server import TOKEN, ChromaServer, read_address
from index.store.lease import Lease
from index.store.passage_index import PassageIndex
from index.store.server import Server
from index.store.server_records import PIECE, ServerRecords, cut
from tests.chroma_process import ChromaProcess, Gate, free_port
from tests.conftest import WordEmbedder, one_sentence, texts
from tests.index.test_store_invariants import state

# Who may write


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
