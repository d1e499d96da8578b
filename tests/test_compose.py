"""The services of compose.yaml, their commands run as processes of this machine: Chroma, an indexer and two chats."""

import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from gradio_client import Client

from tests.chroma_process import free_port
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

HIVE = "How many bees does a hive hold?"
SECONDS = 120


@pytest.fixture
def run(folder, tmp_path):
    """Starts a service as it stands in the file, but with folders and ports of this machine, and a home of its own."""
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    chroma = free_port()
    processes = []

    def start(service, port=None):
        here = {
            "/data": tmp_path / "chroma",
            "/documents": folder,
            "0.0.0.0": "127.0.0.1",
            "8000": chroma,
            "7860": port,
        }
        program, *arguments = (str(here.get(part, part)) for part in shlex.split(services[service]["command"]))
        named = {
            name: value.replace("chroma:8000", f"127.0.0.1:{chroma}")
            for name, value in services[service].get("environment", {}).items()
        }
        home = tmp_path / f"home-{len(processes)}"
        log = tmp_path / f"{service}-{len(processes)}.log"
        with log.open("w") as output:
            command = [Path(sys.executable).parent / program, *arguments]
            homes = {"XDG_DATA_HOME": str(home), "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", "")}
            processes.append(
                subprocess.Popen(command, env={**os.environ, **homes, **named}, stdout=output, stderr=output)
            )
        return log

    yield start
    for process in processes:
        process.terminate()
        process.wait()


def test_two_chats_answer_from_the_index_that_a_third_process_keeps_in_step(run, folder):
    run("chroma")
    _wait_for(run("index"), "Watching for changes")
    ports = free_port(), free_port()
    logs = [run("chat", port) for port in ports]
    clients = []
    for port, log in zip(ports, logs, strict=True):
        _wait_for(log, "Footnote answers at")
        clients.append(Client(f"http://127.0.0.1:{port}", verbose=False))
    assert [client.predict(HIVE, api_name="/ask")["status"] for client in clients] == ["answered", "answered"]
    (folder / "bees.txt").write_text("Bees\n\nA hive holds sixty thousand bees. The queen lays the eggs.\n")
    deadline = time.monotonic() + SECONDS
    while not all("sixty" in client.predict(HIVE, api_name="/ask")["text"] for client in clients):
        assert time.monotonic() < deadline
    for client in clients:
        client.close()


def _wait_for(log, text):
    deadline = time.monotonic() + SECONDS
    while text not in re.sub(r"\s+", " ", log.read_text()):
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.1)
