"""Several real processes on one store: `chat`, `ask` and `index` at once is everyday use."""

import json
import os
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from index.store.passage_index import PassageIndex
from index.store.server import Server
from tests.chroma_process import ChromaProcess
from tests.conftest import ROOT, WordEmbedder

pytestmark = pytest.mark.slow

PREAMBLE = f"""
import json, os, sys, time
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from index.store.passage_index import PassageIndex
from index.store.server import Server
from tests.conftest import WordEmbedder

store, docs, flag = sys.argv[1], *map(Path, sys.argv[2:])
store = Server(store, flag.with_name(f"copies-{os.getpid()}")) if "://" in store else Path(store)
index = PassageIndex(store, WordEmbedder())
"""

SLOW_WRITER = """
class SlowEmbedder(WordEmbedder):
    def embed(self, texts):
        flag.touch()  # the lock is held by now
        deadline = time.monotonic() + 60
        while flag.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        return super().embed(texts)

report = PassageIndex(store, SlowEmbedder()).sync([docs])
print(json.dumps([report.embedded, 0]))
"""

WRITER = """
waits = []

def on_wait():
    waits.append(1)
    flag.unlink(missing_ok=True)  # the slow writer may go on

report = index.sync([docs], on_wait=on_wait)
print(json.dumps([report.embedded, len(waits)]))
"""

READER = """
seen, manifests, queries = set(), set(), 0
flag.with_name(f"reading-{os.getpid()}").touch()
question = WordEmbedder().embed(["how many bees live in a hive"])[0]
while not flag.exists() or queries < 50:
    snapshot, cosines = index.search_dense(question, 20)
    scores = snapshot.lexical.scores("bees")
    assert len(cosines) == len(snapshot.passages) == len(scores), (len(cosines), len(snapshot.passages))
    for identifier in cosines:
        passage = snapshot.by_id[identifier]
        text = snapshot.documents[passage.document_id].document.text
        assert text[passage.start : passage.end] == passage.text
    seen |= {snapshot.by_id[identifier].text for identifier in cosines}
    manifests.add(tuple(snapshot.by_id))
    queries += 1
print(json.dumps([queries, len(manifests), sorted(seen)]))
"""


def start(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", PREAMBLE + textwrap.dedent(script), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )


def finish(process):
    """What a process printed as JSON; its traceback if it failed."""
    try:
        output, errors = process.communicate(timeout=120)
    finally:
        process.kill()
    assert process.returncode == 0, errors
    assert errors == ""
    return json.loads(output)


def wait_for(path):
    deadline = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_second_writer_waits_says_so_and_finds_the_work_done(tmp_path, folder):
    store, flag = tmp_path / "store", tmp_path / "flag"
    first = start(SLOW_WRITER, store, folder, flag)
    wait_for(flag)
    second = start(WRITER, store, folder, flag)
    assert finish(first) == [3, 0]
    assert finish(second) == [0, 1]
    index = PassageIndex(store, WordEmbedder())
    assert sorted(index.snapshot().documents) == ["bees.txt", "moon.txt", "tea.md"]
    assert index.place.vectors.ids(index.collection) == set(index.snapshot().by_vector)


def test_writers_of_different_folders_lose_nothing_of_each_other(tmp_path, folder):
    folders = [folder]
    for number in range(3):
        folders.append(tmp_path / f"more-{number}")
        folders[-1].mkdir()
        (folders[-1] / "note.txt").write_text(f"Note {number} is about wasps.")
    processes = [start(WRITER, tmp_path / "store", each, "-") for each in folders]
    assert sorted(finish(process)[0] for process in processes) == [1, 1, 1, 3]
    index = PassageIndex(tmp_path / "store", WordEmbedder())
    assert len(index.snapshot().documents) == 6
    assert index.check() == []
    assert index.place.vectors.ids(index.collection) == set(index.snapshot().by_vector)


@pytest.fixture
def server(tmp_path):
    """A Chroma server that a test may kill."""
    process = ChromaProcess(tmp_path / "chroma")
    process.start()
    yield process
    process.kill()


def test_a_reader_keeps_finding_whole_states_while_a_writer_works(tmp_path, folder):
    """Every search sees one manifest's documents, all of their vectors, and no failure."""
    store = tmp_path / "store"
    assert_readers_find_whole_states(tmp_path, folder, store, PassageIndex(store, WordEmbedder()))


def test_so_it_is_on_a_server_that_is_killed_and_started_again_meanwhile(tmp_path, folder, server):
    """Two processes, each with copies of its own as on other machines, ask; a third indexes."""
    index = PassageIndex(Server(server.url, tmp_path / "copies"), WordEmbedder())

    def restart():
        server.kill()
        time.sleep(0.3)
        server.start()

    assert_readers_find_whole_states(tmp_path, folder, server.url, index, restart)
    before = {passage.text for passage in index.snapshot().passages}
    restart()
    again = PassageIndex(Server(server.url, tmp_path / "new copies"), WordEmbedder())
    assert {passage.text for passage in again.snapshot().passages} == before
    assert again.check() == []


def assert_readers_find_whole_states(tmp_path, folder, store, index, trouble=lambda: None):
    """While `index` is changed time and again; halfway, there is trouble."""
    flag = tmp_path / "flag"
    index.sync([folder])
    readers = [start(READER, store, folder, flag) for _ in range(2)]
    states = {passage.text for passage in index.snapshot().passages}
    number = 0
    troubled = False
    try:
        for reader in readers:
            wait_for(tmp_path / f"reading-{reader.pid}")
        began = time.monotonic()
        while (passed := time.monotonic() - began) < 12:
            if passed > 6 and not troubled:
                threading.Thread(target=trouble).start()
                troubled = True
            number += 1
            (folder / "bees.txt").write_text(f"Hive {number} holds {number} thousand bees. It is full.")
            if number % 3 == 0:
                (folder / f"new-{number}.txt").write_text(f"Bee {number} is new here.")
            if number % 3 == 2:
                (folder / f"new-{number - 2}.txt").unlink(missing_ok=True)
            index.sync()
            states |= {passage.text for passage in index.snapshot().passages}
    finally:
        flag.touch()
    for queries, manifests, seen in [finish(reader) for reader in readers]:
        assert queries >= 50
        assert manifests > 3
        assert set(seen) <= states


def test_a_process_that_is_killed_while_writing_leaves_the_old_index_and_no_lock(tmp_path, folder):
    store, flag = tmp_path / "store", tmp_path / "flag"
    index = PassageIndex(store, WordEmbedder())
    index.sync([folder])
    before = index.snapshot().passages
    (folder / "bees.txt").write_text("Wasps sting.")
    writer = start(SLOW_WRITER, store, folder, flag)
    wait_for(flag)
    writer.kill()
    writer.communicate()
    assert index.snapshot().passages == before
    assert index.sync().changed == ("bees.txt",)
    assert index.place.vectors.ids(index.collection) == set(index.snapshot().by_vector)
