"""README is short, and says what is there."""

import re

import pytest

from app.commands.cli import main
from tests.conftest import ROOT
from tests.pages import DOCS, README, text_of, tree_of

TOP = ("seeds/", "index/", "rag/", "app/", "tests/", "docs/")


def test_it_is_read_in_a_few_minutes():
    lines = text_of(README).splitlines()
    assert len(lines) <= 220
    assert max(map(len, lines)) <= 120


def test_every_command_is_mentioned():
    for name in main.commands:
        assert f"footnote {name}" in text_of(README), name


def test_every_page_of_the_docs_is_linked():
    for page in DOCS:
        assert f"](docs/{page.name}" in text_of(README), page


def test_the_command_that_passes_the_tests_is_the_one_that_is_run_on_a_clean_checkout():
    """.ci/run takes it from here by this expression."""
    (first, last) = re.findall(r"sed -n '/(.*)/,/(.*)/p' README.md", text_of(ROOT / ".ci" / "run"))[0]
    (command,) = re.findall(rf"{first}(?s:.*?){last}", text_of(README), re.MULTILINE)
    assert command.count("\n") == 1


@pytest.mark.parametrize("page", [README, ROOT / "docs" / "how-it-works.md"], ids=lambda page: page.name)
def test_the_tree_names_every_room_and_nothing_that_is_not_there(page):
    named = set(tree_of(page))
    for path in named:
        assert (ROOT / path).exists(), path
        assert (ROOT / path).is_dir() == path.endswith("/"), path
    assert named.issuperset(rooms())


def test_the_tree_begins_at_the_top():
    assert named_first(tree_of(README)) == list(TOP)


def rooms():
    """The folders inside the packages, each with files of its own."""
    folders = (folder for package in ("index", "rag", "app") for folder in (ROOT / package).iterdir())
    return {
        f"{folder.relative_to(ROOT).as_posix()}/"
        for folder in folders
        if folder.is_dir() and folder.name != "__pycache__" and any(folder.iterdir())
    }


def named_first(paths):
    return [path for path in paths if path.count("/") == 1 and path.endswith("/")]
