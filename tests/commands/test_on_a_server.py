"""The commands on an index that a Chroma server holds, and an index that is kept in step with its files."""

import os
import subprocess
import time

import pytest

from rag import Assistant, query
from tests.commands.conftest import FOOTNOTE, HIVE, QUOTE, counts, footnote


@pytest.fixture
def server(chroma, tmp_path, monkeypatch):
    """What makes a command use an index of its own on the server, and keep copies in a folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return "--chroma", f"{chroma.url}#commands-{os.urandom(3).hex()}"


def test_every_command_asks_what_index_has_put_on_the_server(folder, server, tmp_path):
    indexed = footnote("index", folder, *server)
    assert counts(indexed) == {"added": 3} and indexed.stdout.startswith(f"3 passages from: {folder} on ")
    assert QUOTE in footnote("ask", HIVE, *server).stdout
    assert QUOTE in footnote("search", HIVE, *server).stdout
    examined = footnote("doctor", *server)
    assert server[1] in examined.stdout and examined.stdout.endswith("All is well.\n")
    (folder / "bees.txt").write_text("Bees sleep.\n")
    assert QUOTE in footnote("ask", HIVE, *server).stdout  # asking brings nothing in step
    assert counts(footnote("index", *server)) == {"changed": 1, "unchanged": 2}
    assert QUOTE not in footnote("ask", HIVE, *server).stdout


def test_scripts_ask_it_too(folder, server):
    footnote("index", folder, *server)
    assert query(HIVE, chroma=server[1]).claims[0].text == QUOTE
    with Assistant.open(chroma=server[1]) as assistant:
        assert [one.id for one in assistant.documents] == ["docs/bees.txt", "docs/moon.txt", "docs/tea.md"]
        own = assistant.among(["docs/bees.txt"])
        own.refresh()
        assert own.ask(HIVE).claims[0].text == QUOTE


def test_the_environment_names_the_server(folder, server):
    footnote("index", folder, *server)
    assert QUOTE in footnote("ask", HIVE, FOOTNOTE_CHROMA=server[1]).stdout


@pytest.mark.parametrize("other", ["--docs", "--store"])
def test_a_server_and_a_folder_do_not_go_together(other, folder, server):
    refused = footnote("ask", HIVE, other, folder, *server)
    assert refused.exit_code == 1
    assert "leave --docs and --store out" in refused.stderr


def test_an_index_that_is_not_there_yet_says_how_to_make_one(server):
    refused = footnote("ask", HIVE, *server)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert f"footnote index --chroma {server[1]} PATH" in refused.stderr


@pytest.mark.slow
@pytest.mark.parametrize("where", ["folder", "server"])
def test_an_index_that_watches_takes_up_changes_and_outlives_trouble(where, folder, server, tmp_path):
    place = server if where == "server" else ("--store", str(tmp_path / "store"))
    log = tmp_path / "log"
    with log.open("w") as output:
        watching = subprocess.Popen([FOOTNOTE, "index", folder, "--watch", *place], stdout=output, stderr=output)
    try:
        _wait_for(log, "Watching for changes")
        (folder / "sun.txt").write_text("The sun is hot.\n")
        _wait_for(log, "Index: 1 added, 0 changed, 0 removed, 3 unchanged")
        away = folder.rename(tmp_path / "away")
        _wait_for(log, f"Error: {folder} is gone; bring it back")
        away.rename(folder)
        (folder / "tea.md").unlink()
        _wait_for(log, "1 removed, 3 unchanged")
        assert watching.poll() is None
    finally:
        watching.terminate()
        watching.wait()
    assert "sun.txt" in footnote("doctor", *place).stdout


def _wait_for(path, text):
    deadline = time.monotonic() + 60
    while text not in path.read_text():
        assert time.monotonic() < deadline, path.read_text()
        time.sleep(0.05)
