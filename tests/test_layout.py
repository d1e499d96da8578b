"""The house: imports go one way and never in a circle, and no file or folder is too much for a glance."""

import subprocess

import pytest
from importlinter.cli import lint_imports

from tests.conftest import ROOT

SOURCES = {".py", ".js", ".css", ".html", ".txt"}
MOST_LINES = 300
MOST_ENTRIES = 12  #: of rag/, beside the folders of its rooms
TOP = set("CHANGELOG.md LICENSE NOTICE README.md app compose.yaml docs index pyproject.toml rag seeds tests".split())


def test_nothing_else_is_kept_at_the_top():
    """What somebody leaves there while working, texts of others among it, is not committed by mistake."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    command = ["git", "-c", "safe.directory=*", "ls-files"]
    files = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    top = {name.split("/")[0] for name in files.splitlines()}
    assert {name for name in top if not name.startswith(".")} == TOP


@pytest.mark.parametrize("contract", ["one way", "no circles"])
def test_imports_keep_to(contract, monkeypatch, capsys):
    """The contracts are those in pyproject.toml; imports for type checking alone count like others."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("importlinter.cli._configure_logging", lambda verbose: None)  # else it silences our loggers
    status = lint_imports("pyproject.toml", limit_to_contracts=(contract,), no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_no_source_file_is_long():
    paths = [path for room in ("rag", "index", "app") for path in (ROOT / room).rglob("*") if path.suffix in SOURCES]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in paths if path.is_file()}
    lengths = {name: length for name, length in lengths.items() if not name.startswith("rag/models/")}
    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_the_way_of_a_question_is_seen_at_a_glance():
    rooms = {path.parent.name for path in (ROOT / "rag").glob("*/__init__.py")} | {"models"}
    entries = {path.name for path in (ROOT / "rag").iterdir()} - rooms
    beside = [name for name in entries if not name.startswith((".", "__pycache__"))]
    assert len(beside) <= MOST_ENTRIES, beside
