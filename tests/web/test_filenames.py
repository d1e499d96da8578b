"""Whatever a browser says a file is called, it is stored under a plain name in the folder that is meant."""

import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.filenames import MAX_BYTES, safe_name


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("notes.md", "notes.md"),
        ("Größe 2024.txt", "Größe 2024.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\report.md", "report.md"),
        ("..", "document"),
        ("", "document"),
        (".hidden.md", "hidden.md"),
        ("two\nlines\x00.txt", "two lines.txt"),
        ("invoice\u202etxt.exe", "invoice txt.exe"),  # would read "invoiceexe.txt"
        ("broken\ud800.txt", "broken.txt"),
        ('<img src="x">.md', "_img src=_x__.md"),
        ("con.txt", "_con.txt"),
        ("con .txt", "_con.txt"),
        ("contract.txt", "contract.txt"),
    ],
)
def test_a_name_is_the_last_part_of_the_path_and_visible(given_name, name):
    assert safe_name(given_name) == name


def test_a_long_name_keeps_its_suffix():
    name = safe_name("ä" * 500 + ".md")
    assert name.startswith("äää")
    assert name.endswith(".md")
    assert len(name.encode()) <= MAX_BYTES


def test_a_name_that_is_taken_gets_a_number():
    assert safe_name("notes.md", ["Notes.md", "other.md"]) == "notes (2).md"
    assert safe_name("notes.md", ["notes.md", "notes (2).md"]) == "notes (3).md"


hostile = st.text(st.characters(), max_size=300) | st.text("./\\\0\n\r\u202e:*conCON \ud800ä", max_size=60)


@given(hostile, st.lists(hostile, max_size=5))
def test_any_name_becomes_one_visible_plain_name_that_is_free(name, others):
    taken = [safe_name(other) for other in others]
    safe = safe_name(name, taken)
    assert safe.casefold() not in {other.casefold() for other in taken}
    assert Path(safe).name == PureWindowsPath(safe).name == safe
    assert 0 < len(safe.encode()) <= MAX_BYTES
    assert not safe.startswith((".", " ")) and not safe.endswith((".", " "))
    assert not any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in safe)
    assert not PureWindowsPath(safe).is_reserved()


@given(hostile)
def test_a_safe_name_is_left_alone(name):
    safe = safe_name(name)
    assert safe_name(safe) == safe
