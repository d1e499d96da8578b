"""The `footnote` command, run in this process over three small documents."""

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.commands.cli import main

HIVE = "How many bees does a hive hold?"
QUOTE = "A hive holds forty thousand bees."
FOOTNOTE = Path(sys.executable).parent / "footnote"


def footnote(*arguments, stdin=None, **environment):
    """Run the command in this process; the result has stdout, stderr and exit_code."""
    return CliRunner().invoke(main, [str(part) for part in arguments], input=stdin, env=environment)


@pytest.fixture
def options(folder, tmp_path):
    """What makes a command answer from the three small documents."""
    return ("--docs", folder, "--store", tmp_path / "store")


@pytest.fixture
def question_file(tmp_path):
    def write(*questions):
        path = tmp_path / "questions.jsonl"
        path.write_text("".join(json.dumps(question) + "\n" for question in questions), encoding="utf-8")
        return path

    return write


def counts(indexed):
    """What an `index` run says it did, as a dictionary."""
    line = next(line for line in indexed.stderr.splitlines() if line.startswith("Index: "))
    parts = (part.split() for part in line.removeprefix("Index: ").rstrip(".").split(", "))
    return {kind: int(count) for count, kind in parts if count != "0"}
