"""Titles in PDF files that hold little but tables: of tables one below the other, and of cards."""

import pytest

from tests.index.pages import draw, placed, sentences

BOLD = "Helvetica-Bold"
DAYS = {
    "Friday 4 July": [("18:00", "Opening"), ("20:00", "The Larks"), ("22:00", "Fireworks")],
    "Saturday 5 July": [("10:00", "Market"), ("14:00", "Puppets"), ("20:00", "Dance")],
    "Sunday 6 July": [("11:00", "Boats"), ("15:00", "Farewell")],
}


def headings(document):
    return [document.text[block.start : block.end] for block in document.blocks if block.heading]


@pytest.mark.parametrize("size", [10, 11, 13])
def test_titles_of_tables_are_headings_though_there_is_no_other_text(tmp_path, size):
    lines, top = [(60, 40, "Programme of the fair", BOLD, 18)], 80
    for day, events in DAYS.items():
        lines += [(60, top, day, BOLD, size), *placed(events, (60, 120), top=top + 18, pitch=15)]
        top += 26 + 15 * len(events)
    document = draw(tmp_path / "fair.pdf", lines)
    assert headings(document) == ["Programme of the fair", *DAYS]
    assert sentences(document) == [" | ".join(event) for events in DAYS.values() for event in events]


def test_plain_lines_between_tables_of_smaller_letters_are_no_headings(tmp_path):
    events = [("18:00", "Opening of the fair by the mayor of Orrin"), ("20:00", "The Larks of Tarn sing in the barn")]
    lines, top = [(60, 40, "Programme of the fair", BOLD, 18)], 80
    for _ in range(3):
        lines += [
            (60, top, "All are asked to come to the meadow early, and"),
            (60, top + 12, "leave their dogs at home."),
        ]
        lines += [(*one, "Helvetica", 8) for one in placed(events * 2, (60, 120), top=top + 40, pitch=13)]
        top += 120
    assert headings(draw(tmp_path / "fair.pdf", lines)) == ["Programme of the fair"]


def test_a_plain_line_or_number_beside_a_table_of_smaller_letters_is_no_heading(tmp_path):
    events = [("18:00", "Opening of the fair by the mayor of Orrin"), ("20:00", "The Larks of Tarn sing in the barn")]
    lines = [(60, 40, "Fair of the year"), *((*one, "Helvetica", 7) for one in placed(events * 3, (60, 120)))]
    assert headings(draw(tmp_path / "fair.pdf", [*lines, (300, 700, "1")])) == []


def test_bold_titles_of_groups_of_rows_leave_these_below_the_names_of_their_columns(tmp_path):
    lines = [(*one, BOLD, 10) for one in placed([("Cut", "Price")], (60, 220), top=80)]
    rows = [("Trim", "32.00"), ("Colour", "78.00")], [("Shave", "15.00"), ("Wax", "9.00")]
    for top, title, some in ((100, "Hair", rows[0]), (151, "Beard", rows[1])):
        lines += [(60, top, title, BOLD, 10), *placed(some, (60, 220), top=top + 15, pitch=15)]
    found = sentences(draw(tmp_path / "prices.pdf", lines))
    assert {"Hair: Colour | Price: 78.00", "Beard: Wax | Price: 9.00"} <= set(found)


CARDS = [
    [("Ann Orrin", "Ben Tarn", "Cy Sill"), ("Chair", "Clerk", "Cook"), ("Tel. 0123", "Tel. 0456", "Tel. 0789")],
    [("Dee Wexe", "Eva Grell", "Flo Hale"), ("Coach", "Boatman", "Youth"), ("Tel. 0321", "Tel. 0654", "Tel. 0987")],
]


def cards(path, pitch, rows, gap=25):
    lines, top = [], 100
    for names, *others in rows:
        lines += [(*one, BOLD, 10) for one in placed([names], (60, 230, 400), top=top)]
        lines += placed(others, (60, 230, 400), top=top + pitch, pitch=pitch)
        top += pitch * len(others) + gap + pitch
    return sentences(draw(path, lines))


def test_cards_below_others_are_of_their_own_names(tmp_path):
    found = cards(tmp_path / "crew.pdf", 15, CARDS)
    assert "Ann Orrin: Tel. 0123 | Ben Tarn: Tel. 0456 | Cy Sill: Tel. 0789" in found
    assert "Dee Wexe: Tel. 0321 | Eva Grell: Tel. 0654 | Flo Hale: Tel. 0987" in found


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ([("All", "12", "16"), ("Before", "11", "15")], "Boat: All | Monday: 12 | Tuesday: 16"),
        ([("Ferry", "Ann", "Ben")], "Boat: Ferry | Monday: Ann | Tuesday: Ben"),
    ],
    ids=["a sum", "a last row"],
)
def test_a_bold_row_that_is_further_off_stays_below_the_names_of_its_columns(tmp_path, below, told):
    rows = [[("Boat", "Monday", "Tuesday"), ("Gull", "5", "7"), ("Tern", "7", "9")], below]
    assert told in cards(tmp_path / "boats.pdf", 15, rows)
