"""The `footnote` command as a whole: its help, its usage errors, what it loads, and its environment."""

import gc
import os
import subprocess
import sys

import pytest

from app.commands.starting import starting
from tests.commands.conftest import HIVE, QUOTE, footnote

COMMANDS = ("ask", "chat", "doctor", "eval", "index", "questions", "search", "verify")
HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "gradio", "llama_index", "numpy"}


def test_help_lists_the_commands():
    helped = footnote("--help")
    assert helped.exit_code == 0
    assert [command for command in COMMANDS if f"\n  {command} " in helped.stdout] == list(COMMANDS)


def test_help_and_usage_errors_need_none_of_the_heavy_libraries():
    script = f"""
import sys
from app.commands.cli import main
for arguments in [["--help"], ["--version"], ["nonsense"], ["ask"], *([c, "--help"] for c in {COMMANDS})]:
    try:
        main(arguments)
    except SystemExit:
        pass
print(sorted(set(sys.modules) & {HEAVY}), file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[-1] == "[]"


def test_what_starts_a_command_is_never_looked_through_for_garbage_and_the_rest_is(options):
    with starting():
        assert not gc.isenabled()
    footnote("ask", *options, HIVE)
    assert gc.isenabled() and gc.get_freeze_count() > 100_000  # the libraries, and the models


def test_a_command_that_cannot_start_leaves_garbage_collection_on(tmp_path):
    assert footnote("ask", "--docs", tmp_path / "gone", HIVE).exit_code == 1
    assert gc.isenabled()


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", HIVE, "--file", "questions.jsonl"),
        ("ask", HIVE, "--explain", "--json"),
        ("ask", "--file", "questions.jsonl", "--explain"),
        ("ask", HIVE, "--top-k", "0"),
        ("search", HIVE, "--top-k", "101"),
        ("ask", HIVE, "--min-confidence", "1.5"),
        ("ask", HIVE, "--engine", "magic"),
        ("ask", HIVE, "--nonsense"),
        ("search",),
        ("eval",),
        ("chat", "--port", "70000"),
        ("nonsense",),
    ],
)
def test_a_command_that_makes_no_sense_exits_with_2(arguments):
    used = footnote(*arguments)
    assert (used.exit_code, used.stdout) == (2, "")
    assert used.stderr.startswith("Usage: ")


def test_the_environment_names_the_store_and_the_documents(folder, tmp_path):
    spaced = folder.rename(tmp_path / "my docs")
    extra = tmp_path / "sun.txt"
    extra.write_text("The sun is hot.\n")
    store = tmp_path / "chosen"
    environment = {"FOOTNOTE_STORE": str(store), "FOOTNOTE_DOCS": os.pathsep.join([str(spaced), str(extra)])}
    assert QUOTE in footnote("ask", HIVE, **environment).stdout
    assert (store / "manifest.json").exists()
    indexed = footnote("index", **environment)
    assert indexed.stdout == f"4 passages from: {spaced}, {extra}\n"
    elsewhere = tmp_path / "elsewhere"
    footnote("index", "--store", elsewhere, **environment)  # the command line wins
    assert (elsewhere / "manifest.json").exists()
