"""Whatever goes wrong by the user's hand: one sentence on stderr, exit status 1, and the index as it was."""

import json
import re

import pytest

from tests.commands.conftest import HIVE, footnote
from tests.conftest import needs_permissions


@pytest.fixture
def place(folder, tmp_path):
    """A folder with an index (`store`) of three documents, and the bad things that the cases name."""
    assert footnote("index", "--docs", folder, "--store", tmp_path / "store").exit_code == 0
    (tmp_path / "empty").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "cat.heic").write_bytes(b"\x89PNG")
    (tmp_path / "cat.heic").write_bytes(b"\x89PNG")
    (tmp_path / "binary.txt").write_bytes(b"a\0b")
    (tmp_path / "blank.txt").write_text(" \n")
    (tmp_path / "latin.txt").write_bytes("café".encode("latin-1"))
    (tmp_path / "file.txt").write_text("Just a file.\n")
    (tmp_path / "bad.jsonl").write_text('{"question": "Who?"}\n\n{"question": ""}\n')
    (tmp_path / "none.jsonl").write_text("\n")
    (tmp_path / "lost.jsonl").write_text('{"id": "q9", "question": "Who?", "evidence": ["Bees sing."]}\n')
    return tmp_path


def refused(result):
    """The one sentence that a command was refused with."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)  # no traceback
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    assert re.fullmatch(r"Error: [A-Z/].*[^.]\.", sentence)
    assert not re.search(r"\. [A-Z]", sentence)
    return sentence


# What is run with --store store, what the sentence names, and the remedy that it gives.
REFUSALS = {
    "missing folder": (["ask", HIVE, "--docs", "nowhere"], "nowhere", "check the path"),
    "missing folder to index": (["index", "nowhere"], "nowhere", "check the path"),
    "empty folder": (["index", "empty"], "empty", "put text"),
    "folder with nothing readable": (["ask", HIVE, "--docs", "pictures"], "pictures", "put text"),
    "file of another kind": (["index", "cat.heic"], "cat.heic", "Word (.docx) and PDF (.pdf) are"),
    "binary file": (["ask", HIVE, "--docs", "binary.txt"], "binary.txt", "give text"),
    "empty file": (["index", "blank.txt"], "blank.txt", "put text into it"),
    "file that is not UTF-8": (["index", "latin.txt"], "latin.txt", "save it as UTF-8"),
    "root that was never added": (["index", "--remove", "empty"], "empty", "`footnote doctor` lists them"),
    "empty question": (["ask", "  "], "The question is empty", "type one"),
    "empty standard input": (["ask", "-"], "The question is empty", "type one"),
    "empty search": (["search", ""], "The question is empty", "type one"),
    "overlong question": (["ask", "x" * 100_000], "100,000 characters", "shorten it"),
    "question of stray bytes": (["ask", "Who is \udcff?"], "not UTF-8", "type it anew"),
    "missing questions": (["ask", "--file", "nowhere.jsonl"], "nowhere.jsonl", "check the path"),
    "folder of questions": (["ask", "--file", "empty"], "empty", "check the path"),
    "bad line of questions": (["ask", "--file", "bad.jsonl"], "Line 3 of bad.jsonl", "mend it"),
    "no questions": (["eval", "none.jsonl"], "none.jsonl", "one JSON object a line"),
    "evidence that is nowhere": (["eval", "lost.jsonl"], "'Bees sing.'", "mend the set"),
    "missing embedder": (["ask", HIVE, "--embedder", "./nowhere"], "./nowhere", "check the path"),
    "folder without an embedder": (["ask", HIVE, "--embedder", "empty"], "empty", "sentence-transformers model"),
    "missing reader": (["ask", HIVE, "--reader", "./nowhere"], "./nowhere", "check the path"),
    "folder without a reader": (["ask", HIVE, "--reader", "empty"], "empty", "question-answering model"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_used_is_named_with_a_remedy(place, monkeypatch, case):
    arguments, name, remedy = REFUSALS[case]
    monkeypatch.chdir(place)
    manifest = (place / "store" / "manifest.json").read_bytes()
    sentence = refused(footnote(*arguments, "--store", "store", stdin=""))
    assert name in sentence and remedy in sentence
    assert (place / "store" / "manifest.json").read_bytes() == manifest


def test_standard_input_of_stray_bytes_is_refused(place):
    assert "not UTF-8" in refused(footnote("ask", "-", "--store", place / "store", stdin=b"Who is \xff?"))


def test_a_bad_file_inside_a_folder_is_skipped_and_the_rest_is_answered(place, folder):
    for name in ("cat.heic", "binary.txt", "blank.txt", "latin.txt"):
        (place / name).rename(folder / name)
    asked = footnote("ask", HIVE, "--docs", folder, "--store", place / "fresh")
    assert asked.exit_code == 0
    assert re.match(r"forty thousand( bees)?\n\nA hive holds forty thousand bees\. \[1\]\n", asked.stdout)
    assert "3 added, 0 changed, 0 removed, 0 unchanged, 4 skipped" in asked.stderr
    for name, reason in (
        ("cat.heic", "kind"),
        ("binary.txt", "binary"),
        ("blank.txt", "empty"),
        ("latin.txt", "UTF-8"),
    ):
        assert re.search(rf"skipped {re.escape(str(folder / name))}: .*{reason}", asked.stderr)
    assert footnote("ask", HIVE, "--min-confidence", "1", "--store", place / "fresh").exit_code == 3


def test_many_skipped_files_are_not_all_listed(place, folder):
    for number in range(14):
        (folder / f"{number:02}.heic").write_bytes(b"\x89PNG")
    stderr = footnote("index", "--docs", folder, "--store", place / "fresh").stderr
    assert stderr.count("  skipped ") == 10
    assert "and 4 more; `footnote doctor` lists them all" in stderr


def test_a_folder_that_is_gone_is_named_with_the_way_to_forget_it(place, folder):
    manifest = (place / "store" / "manifest.json").read_bytes()
    folder.rename(place / "moved")
    sentence = refused(footnote("ask", HIVE, "--store", place / "store"))
    assert f"`footnote index --remove {folder}`" in sentence
    assert (place / "store" / "manifest.json").read_bytes() == manifest


@pytest.mark.parametrize(
    ("key", "value", "remedy"),
    [("embedder", "another-model@0123", "footnote index --rebuild"), ("format", 99, "upgrade Footnote")],
)
@pytest.mark.parametrize("command", [("ask", HIVE), ("search", HIVE), ("index",)])
def test_a_store_made_in_another_way_is_not_searched(place, command, key, value, remedy):
    path = place / "store" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), key: value}))
    altered = path.read_bytes()
    sentence = refused(footnote(*command, "--store", place / "store"))
    assert str(value) in sentence and remedy in sentence
    assert path.read_bytes() == altered


@pytest.mark.parametrize("key", ["embedder", "splitter"])
def test_one_command_rebuilds_it(place, key):
    path = place / "store" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), key: "another"}))
    assert footnote("index", "--rebuild", "--store", place / "store").exit_code == 0
    assert "A hive holds forty thousand bees. [1]" in footnote("ask", HIVE, "--store", place / "store").stdout


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff", b"[]", b'{"format": "x"}'])
def test_a_damaged_manifest_is_named_with_the_way_to_rebuild(place, folder, damage):
    (place / "store" / "manifest.json").write_bytes(damage)
    sentence = refused(footnote("ask", HIVE, "--store", place / "store"))
    assert "manifest.json" in sentence and "footnote index --rebuild" in sentence
    assert footnote("index", "--docs", folder, "--rebuild", "--store", place / "store").exit_code == 0


@pytest.mark.parametrize("store", ["file.txt", "file.txt/store"])
def test_a_store_that_cannot_be_made_is_named(place, folder, store):
    sentence = refused(footnote("ask", HIVE, "--docs", folder, "--store", place / store))
    assert str(place / store) in sentence and "--store" in sentence
    assert (place / "file.txt").read_text() == "Just a file.\n"


@needs_permissions
def test_a_store_that_may_not_be_written_is_named(place, folder):
    (folder / "sun.txt").write_text("The sun is hot.\n")
    store = place / "store"
    manifest = (store / "manifest.json").read_bytes()
    store.chmod(0o500)
    try:
        sentence = refused(footnote("ask", HIVE, "--store", store))
    finally:
        store.chmod(0o700)
    assert str(store) in sentence and "--store" in sentence
    assert (store / "manifest.json").read_bytes() == manifest
