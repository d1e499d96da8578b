"""The first question ever is answered without a network."""

import json
import os
import subprocess
import sys

import pytest

from tests.commands.conftest import FOOTNOTE

# Refuses to reach any other machine, and remembers who tried in case the error is swallowed.
NO_NETWORK = """
import os, socket

def refusing(original, place):
    def call(*arguments, **options):
        target = arguments[place]
        host = target[0] if isinstance(target, tuple) else target
        if host not in ("localhost", "127.0.0.1", "::1", None, "") and not str(host).startswith("/"):
            with open(os.environ["TRIED"], "a") as file:
                file.write(f"{host}\\n")
            raise OSError(f"no network: {host}")
        return original(*arguments, **options)
    return call

for name in ("connect", "connect_ex"):
    setattr(socket.socket, name, refusing(getattr(socket.socket, name), 1))
for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, refusing(getattr(socket, name), 0))
"""


@pytest.fixture
def cut_off(tmp_path):
    """Runs a program in an empty folder, with no network; returns what it did and whom it tried to reach."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(NO_NETWORK)
    (tmp_path / "empty").mkdir()
    tried = tmp_path / "tried"
    tried.touch()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}  # no model cache either

    def run(*command):
        environment = {**kept, **home, "PYTHONPATH": str(tmp_path / "guard"), "TRIED": str(tried)}
        ran = subprocess.run(command, env=environment, cwd=tmp_path / "empty", capture_output=True, text=True)
        return ran, tried.read_text().splitlines()

    return run


def test_the_first_question_ever_is_answered_from_the_essay_without_a_network(cut_off):
    asked, tried = cut_off(FOOTNOTE, "ask", "When did China debut the Wing Loong drone?", "--json")
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["text"].startswith("In 2014, China debuted its Wing Loong")
    assert tried == []


def test_a_network_would_have_been_noticed(cut_off):
    script = "import urllib.request; urllib.request.urlopen('http://example.org')"
    ran, tried = cut_off(sys.executable, "-c", script)
    assert ran.returncode == 1 and "no network" in ran.stderr
    assert tried == ["example.org"]
