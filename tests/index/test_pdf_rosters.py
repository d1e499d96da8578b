"""Lists in PDF files in which a name in bold stands above what it is."""

import pytest

from tests.index.pages import draw, sentences

BOLD = ("Helvetica-Bold", 8)
PLAIN = ("Helvetica", 8)
OFFICERS = [
    ("Ada Moor", "President"),
    ("Ben Hay", "Treasurer"),
    ("Cy Low", "Assistant Treasurer"),
    ("Dee Fox", "Clerk"),
]


def roster(path, officers, *, place=60, pitch=24):
    lines = []
    for number, (name, *told) in enumerate(officers):
        lines += [(place, 100 + pitch * number, name, *BOLD)]
        lines += [(place, 100 + pitch * number + 10 * line, text, *PLAIN) for line, text in enumerate(told, start=1)]
    return sentences(draw(path / "club.pdf", lines))


@pytest.mark.parametrize("place", [60, (60, 200)], ids=["left", "centred"])
def test_a_name_is_told_with_what_stands_below_it(tmp_path, place):
    assert roster(tmp_path, OFFICERS, place=place) == [f"{name}: {office}" for name, office in OFFICERS]


def test_both_lines_below_a_name_are_told(tmp_path):
    told = roster(tmp_path, [*OFFICERS, ("Eva Sill", "Steward", "Chair, Summer Fair")], pitch=34)
    assert told[-1] == "Eva Sill: Steward, Chair, Summer Fair"


def test_headings_of_text_are_no_names(tmp_path):
    text = "The pier is painted every third year by whoever is asked to do it first."
    assert text in roster(tmp_path, [(heading, text) for heading, _ in OFFICERS])


def test_three_of_them_may_be_headings(tmp_path):
    assert "Ada Moor: President" not in roster(tmp_path, OFFICERS[:3])
