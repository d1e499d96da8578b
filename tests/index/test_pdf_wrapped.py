"""Running text that does not reach as far as its column: beside a picture, or set ragged."""

import pytest

from tests.index.pages import Sheet

BESIDE_A_PICTURE = [
    "The club meets on Tuesdays at the",
    "Old Mill, which stands by the bridge,",
    "and takes new members in spring. A",
    "Saturday walk is planned for those",
    "who cannot come on weekdays. Bring",
    "Wellington boots.",
]


@pytest.fixture
def sheet(tmp_path):
    """A page with a line as wide as its column."""
    sheet = Sheet(tmp_path / "wrapped.pdf")
    sheet.line(72, 780, "This newsletter is sent to all who pay their fee, and to some who have forgotten it, in June.")
    return sheet


def drawn(sheet, lines, top=700):
    for number, line in enumerate(lines):
        sheet.line(72, top - 14 * number, line)
    return sheet.load().text


def test_lines_that_have_no_room_for_the_next_word_go_on_in_it_though_it_has_a_capital(sheet):
    assert " ".join(BESIDE_A_PICTURE) in drawn(sheet, BESIDE_A_PICTURE)


def test_a_word_with_a_colon_at_the_end_of_a_full_line_ends_no_paragraph(tmp_path):
    lines = ["Mon: chess. Tue: football, for the older ones.", "Wed: none at all, staff meeting. Thu:"]
    text = drawn(
        Sheet(tmp_path / "column.pdf"),
        [*lines, "gardening, so bring your boots. Fri: choir.", "All of them end at half past four."],
    )
    assert "Thu: gardening, so bring" in text


def test_text_is_as_wide_as_what_stands_around_it(sheet):
    more = ["They can be had at the gate, where", "the keeper has his office and some", "umbrellas."]
    below = [
        "In the evening there is soup for all who went, and for their dogs a bowl of what was left over",
        "the day before.",
    ]
    text = drawn(sheet, [*BESIDE_A_PICTURE[:-1], "Wellington boots and a coat for rain.", *more, *below])
    assert " ".join(BESIDE_A_PICTURE[:-1]) + " Wellington boots" in text


@pytest.mark.parametrize(
    "lines",
    [
        ["Duka Stores Limited", "Corner House, Mezzanine 2, Along Mill Street", "P.O. Box 46360", "Nairobi", "Kenya"],
        ["Anna Berg, University of Oslo", "Boris Falk, University of Graz", "Clara Moe, University of Rome"],
        ["Soup of the day", "with fresh bread", "Caesar salad bowl", "with grilled chicken", "Fish and some chips"],
    ],
    ids=["address", "names", "menu"],
)
def test_lines_of_a_list_stay_lines(sheet, lines):
    text = drawn(sheet, lines)
    assert all(f"\n{line}" in text for line in lines if line[0].isupper())


def test_a_list_within_the_text_stays_one(sheet):
    dates = ["12 June at the mill", "19 June at the bridge, if it does not rain", "26 June at Anna's"]
    text = drawn(sheet, [*BESIDE_A_PICTURE, *dates])
    assert all(line in text.splitlines() for line in dates)
