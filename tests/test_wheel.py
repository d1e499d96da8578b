"""The wheel holds all that answering needs, and nothing that only made the models."""

import os
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


def run(*words, **options):
    done = subprocess.run([sys.executable, *map(str, words)], capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run("-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (path,) = folder.iterdir()
    return path


def test_what_is_read_at_run_time_is_in_the_wheel_and_the_training_is_not(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    read = {
        path.relative_to(ROOT).as_posix()
        for pattern in ("app/web/assets/*", "rag/evaluation/templates/*", "rag/llm/prompts/*.txt", "rag/models/*/*")
        for path in ROOT.glob(pattern)
    }
    assert len(read) > 20
    assert read | {"index/seeds/the-dragons-cuddle.txt"} <= names
    assert not [name for name in names if name.startswith(("rag/training/", "tests/"))]


def test_the_command_runs_from_the_wheel_alone(wheel, tmp_path):
    installed = tmp_path / "installed"
    run("-m", "pip", "install", "--no-deps", "--no-index", "--target", installed, wheel)
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    script = "import app.commands.cli as cli; print(cli.__file__); cli.main(['--help'])"
    printed = run("-c", script, cwd=tmp_path, env=environment)
    assert printed.startswith(str(installed)) and "\n  ask " in printed
