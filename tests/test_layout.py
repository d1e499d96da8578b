"""The house: imports go one way and never in a circle, and the way of a question is seen at a glance."""

from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.conftest import ROOT

MOST_ENTRIES = 12  #: of rag/, beside the folders of its rooms


@pytest.mark.parametrize("contract", ["one way", "no circles", "training apart"])
def test_imports_keep_to(contract, monkeypatch, capsys):
    """The contracts are those in pyproject.toml; imports for type checking alone count like others."""
    monkeypatch.chdir(ROOT)
    status = lint_imports("pyproject.toml", limit_to_contracts=(contract,), no_cache=True)
    assert status == 0, capsys.readouterr().out


def test_the_way_of_a_question_is_seen_at_a_glance():
    rooms = {path.parent.name for path in (ROOT / "rag").glob("*/__init__.py")} | {"models"}
    beside = [path.name for path in (ROOT / "rag").iterdir() if not is_hidden(path) and path.name not in rooms]
    assert len(beside) <= MOST_ENTRIES, beside


def is_hidden(path: Path):
    return path.name.startswith((".", "__pycache__"))
