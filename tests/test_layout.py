"""The house: imports go one way and never in a circle, and the way of a question is seen at a glance."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

MOST_ENTRIES = 12  #: of rag/, beside the folders of its rooms


@pytest.mark.parametrize("contract", ["one way", "no circles", "training apart"])
def test_imports_keep_to(contract):
    """The contracts are those in pyproject.toml; imports for type checking alone count like others."""
    # In a process of its own, because it sets up logging anew.
    lint = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    arguments = ["--config", "pyproject.toml", "--contract", contract, "--no-cache"]
    linted = subprocess.run([sys.executable, "-c", lint, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert linted.returncode == 0, linted.stdout


def test_the_way_of_a_question_is_seen_at_a_glance():
    rooms = {path.parent.name for path in (ROOT / "rag").glob("*/__init__.py")} | {"models"}
    beside = [path.name for path in (ROOT / "rag").iterdir() if not is_hidden(path) and path.name not in rooms]
    assert len(beside) <= MOST_ENTRIES, beside


def is_hidden(path: Path):
    return path.name.startswith((".", "__pycache__"))
