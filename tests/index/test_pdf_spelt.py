"""Words of PDF files whose letters stand apart, and hyphens that break them."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.files.pdf.spelt import Letter, spelt
from tests.index.pages import load


@pytest.mark.parametrize(
    ("drawn", "spacing", "said"),
    [
        ("P R I C E  L I S T", 0, "PRICE LIST"),  # with a second space between words
        ("S P R I N G  2 0 2 4", 0, "SPRING 2024"),
        ("THE PRICE LIST", 6, "THE PRICE LIST"),  # with no space but those between words
        ("NOTES:", 6, "NOTES:"),
        ("A B C D E F", 0, "A B C D E F"),  # each stands alone
        ("M T W T F S S", 0, "M T W T F S S"),
        ("1 2 3 4 5", 0, "1 2 3 4 5"),
    ],
)
def test_letters_set_apart_from_each_other_are_words_where_the_gaps_tell(tmp_path, drawn, spacing, said):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawString(60, 700, drawn, charSpace=spacing)
    canvas.drawString(60, 660, "Grades A B C are for wood, and D E for stone.")
    canvas.save()
    expected = [said, "Grades A B C are for wood, and D E for stone."]
    assert load(tmp_path / "a.pdf").text.strip().split("\n\n") == expected


def letters(text, hidden=()):
    """Letters of one width side by side, of which some, by number, take no room."""
    left = 0.0
    for number, one in enumerate(text):
        width = 0.0 if number in hidden else 6.0
        yield Letter(one, left, left + 6.0, 0.0, 10.0, number)
        left += width


def test_a_soft_hyphen_within_a_line_is_a_hyphen_where_it_takes_room_and_nothing_else():
    assert spelt(list(letters("10\xad15"))) == "10-15"
    assert spelt(list(letters("har\xadbour", hidden={3}))) == "harbour"
    assert spelt(list(letters("har\xad"))) == "har\xad"  # a word that is broken at the line's end
