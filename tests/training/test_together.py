"""`chat`, `ask` and `index` work on one store at the same time, as real processes with the real model."""

import json
import re
import subprocess
import sys
import threading

import pytest
from gradio_client import Client

from index.store.passage_index import PassageIndex
from index.store.vectors import VectorStore

FOOTNOTE = [sys.executable, "-c", "from app.commands.cli import main; main()"]
QUESTION = "How many bees does a hive hold?"

# gradio_client leaves its event loop to the garbage collector.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]


def footnote(*arguments):
    return subprocess.run([*FOOTNOTE, *map(str, arguments)], capture_output=True, text=True, timeout=240)


@pytest.fixture
def store(folder, tmp_path):
    assert footnote("index", "--docs", folder, "--store", tmp_path / "store").returncode == 0
    return tmp_path / "store"


@pytest.fixture
def chat(store):
    """A chat that is running, by its client."""
    process = subprocess.Popen([*FOOTNOTE, "chat", "--store", str(store)], stderr=subprocess.PIPE, text=True)
    try:
        lines = []
        for line in process.stderr:
            lines.append(line)
            if found := re.search(r"answers at (http\S+)", line):
                break
        else:
            pytest.fail("".join(lines))
        yield Client(found.group(1), verbose=False)
    finally:
        process.terminate()
        process.communicate(timeout=30)


def test_chat_ask_and_index_share_a_store(folder, store, chat):
    finished = threading.Event()
    answers, failures = [], []

    def keep_asking_the_chat():
        while not finished.is_set():
            try:
                answers.append(chat.predict(QUESTION, api_name="/ask"))
            except Exception as error:
                failures.append(error)

    asking = threading.Thread(target=keep_asking_the_chat)
    asking.start()
    try:
        for number in range(2):
            (folder / f"wasps-{number}.txt").write_text(f"Wasp nest {number} holds {number + 2} thousand wasps.\n")
            (folder / "moon.txt").write_text(f"The moon is far. It was measured {number + 1} times.\n")
            commands = [
                subprocess.Popen(
                    [*FOOTNOTE, *map(str, command), "--store", str(store)],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    text=True,
                )
                for command in (["index"], ["ask", "--json", QUESTION], ["index"])
            ]
            for process in commands:
                output, errors = process.communicate(timeout=240)
                assert process.returncode == 0, errors
                if output.startswith("{"):
                    answers.append(json.loads(output))
    finally:
        finished.set()
        asking.join()
    assert not failures
    assert len(answers) > 3
    assert all(answer["citations"][0]["quote"].startswith("A hive holds forty thousand bees.") for answer in answers)
    # The chat, which has been running all the while, knows what `index` added.
    assert "holds 3 thousand" in chat.predict("What does wasp nest 1 hold?", api_name="/ask")["text"]
    assert_whole(store)


def assert_whole(store):
    """The index holds each passage once and nothing else."""
    index = PassageIndex(store, _BundledEmbedder())
    passages = index.snapshot().passages
    assert len({(passage.document_id, passage.start) for passage in passages}) == len(passages) == 5
    assert VectorStore.at(store).ids(index.collection) == {passage.vector for passage in passages}


class _BundledEmbedder:
    """Names the model of the store, which is all that is needed to look into it."""

    identity = "all-MiniLM-L6-v2@53aa51172d142c89"
