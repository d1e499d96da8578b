"""Which lines of a table in a PDF file are one row, where no cell is drawn."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.index.pages import draw, load, placed, ruled, sentences

GRANTS = [
    ("Orrin lifeboat crew", "1,300"),
    ("Harbour lanterns of Sill –", ""),
    ("East Pier and its lamps", "250"),
    ("Tarn reading room", "750"),
    ("Society of the old ferries", ""),
    ("Wexe and Grell", "90"),
    ("Youth", ""),
    ("Choir of the island school", "410"),
    ("Grell rowing club", "60"),
]


def test_a_name_over_two_lines_is_told_with_the_figure_beside_its_second(tmp_path):
    """No word more had room on its first; the name of a group of rows is shorter, or longer than any."""
    found = sentences(draw(tmp_path / "grants.pdf", [one for one in placed(GRANTS, (60, 220), pitch=13) if one[2]]))
    assert [one for one in found if one[-1].isdigit()] == [
        "Orrin lifeboat crew: 1,300",
        "Harbour lanterns of Sill – East Pier and its lamps: 250",
        "Tarn reading room: 750",
        "Society of the old ferries Wexe and Grell: 90",
        "Choir of the island school: 410",
        "Grell rowing club: 60",
    ]


def test_a_figure_in_the_middle_of_the_two_lines_of_its_name_is_told_with_both(tmp_path):
    lines = [
        *placed([("Mooring", "12.50"), ("Water", "3.20"), ("Light", "4.10")], (60, 220), pitch=16),
        *[(60, 162, "Taxes of the town, the"), (220, 168, "5.09"), (60, 174, "County and the Pier")],
        *placed([("Crane", "2.53"), ("Waste", "1.40")], (60, 220), top=190, pitch=16),
    ]
    assert "Taxes of the town, the County and the Pier: 5.09" in sentences(draw(tmp_path / "bill.pdf", lines, size=9))


def test_what_is_said_across_columns_ends_no_table_and_rows_in_groups_stay_rows(tmp_path):
    head = ("Date", "Day", "Time", "What", "Where")
    rows = [
        (f"May {number}", "Friday", "7:15 PM", "Rehearsal" if number % 3 else "Concert", "Assembly rooms")
        for number in range(1, 13)
    ]
    lefts = (60, 130, 200, 270, 350)
    lines = placed([head, *rows[:4]], lefts, top=100, pitch=12)
    lines += placed([head], lefts, top=172)
    lines += [(60, 184, "May 20"), (166, 184, "(no rehearsal, the rooms are let)")]
    lines += placed(rows[4:], lefts, top=196, pitch=12)
    found = sentences(draw(tmp_path / "season.pdf", lines))
    assert sum(one.startswith("Date: May") and one.endswith("Where: Assembly rooms") for one in found) == len(rows)
    assert "Date: May 20 | Time: (no rehearsal, the rooms are let)" in found


def test_lines_under_words_and_those_of_a_table_beside_part_no_rows(tmp_path):
    canvas = Canvas(str(tmp_path / "winners.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 12)
    rows = [("Pupils", "", "Class"), *((name, "first", "Owls") for name in ("Ann Orrin", "Ben Tarn", "Cy Sill"))]
    rows = [*rows, ("Best cook", "", "Dee Wexe"), ("Best boat", "", "Gull")]
    for left, top, text in placed(rows, (60, 250, 430), top=100, pitch=24):
        canvas.drawString(left, 800 - top, text)
    for left, top, text in ((60, 100, "Pupils"), (430, 100, "Class"), (60, 196, "Best")):
        canvas.rect(left, 800 - top - 2, canvas.stringWidth(text, "Helvetica", 12), 1, stroke=0, fill=1)
    canvas.save()
    found = sentences(load(tmp_path / "winners.pdf"))
    assert {"Ann Orrin | first | Owls", "Ben Tarn | first | Owls"} <= set(found)


def test_names_of_columns_that_are_all_underlined_are_no_part_of_the_row_below(tmp_path):
    """Which has its own lines closer together than it stands to the next row."""
    canvas = Canvas(str(tmp_path / "list.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    rows = [(60, 100, "No."), (130, 100, "What it is"), (400, 100, "Date"), (400, 181, "May 3")]
    for number, top in enumerate((113, 147, 181), start=1):
        rows += [
            (60, top, f"{number}.1"),
            (130, top, "The deed of the harbour, with all that was"),
            (130, top + 12, "added to it"),
        ]
    for left, top, text in rows:
        canvas.drawString(left, 800 - top, text)
        if top == 100:
            canvas.rect(left, 800 - top - 2, canvas.stringWidth(text, "Helvetica", 10), 0.7, stroke=0, fill=1)
    canvas.save()
    found = sentences(load(tmp_path / "list.pdf"))
    assert "No.: 1.1 | What it is: The deed of the harbour, with all that was added to it" in found


@pytest.mark.parametrize("gap", [16, 28, 40])
def test_totals_below_the_last_item_are_rows_however_far_off_they_are(tmp_path, gap):
    items = [("Rope", "2", "10.00", "20.00"), ("Lamp", "1", "5.00", "5.00"), ("Oars", "3", "4.00", "12.00")]
    totals = [("Net", "37.00"), ("VAT 20%", "7.40"), ("Total", "44.40")]
    rights = (-330, -420, -530)
    lines = [(60, 100, "What", "Helvetica-Bold", 10)]
    lines += [(*one, "Helvetica-Bold", 10) for one in placed([("Pieces", "Unit price", "Amount")], rights, top=100)]
    lines += placed([item[:1] for item in items], (60,), top=120, pitch=16)
    lines += placed([item[1:] for item in items], rights, top=120, pitch=16)
    lines += placed(totals, (380, -530), top=152 + gap, pitch=16)
    assert sentences(draw(tmp_path / "bill.pdf", lines))[-3:] == [
        f"Unit price: {name} | Amount: {sum_}" for name, sum_ in totals
    ]


def test_what_stands_below_the_figures_of_a_row_set_apart_is_of_these(tmp_path):
    rows = [("Boat", "First year", "Then", "Last")]
    for name in ("Gull", "Tern", "Auk"):
        rows += [
            (name, "£703", "£1,028 min", "£1,029 min"),
            ("", "at least", "£1,359 max", "£1,604 max"),
        ]
    lines = [(*one, "Helvetica-Bold", 10) for one in placed(rows[:1], (60, 160, 280, 420), top=80)]
    for number in range(3):
        lines += placed(rows[1 + 2 * number : 3 + 2 * number], (60, 160, 280, 420), top=105 + 40 * number, pitch=12)
    found = sentences(draw(tmp_path / "hire.pdf", [one for one in lines if one[2]]))
    assert found[0] == "Boat: Gull | First year: £703 at least | Then: £1,028 min £1,359 max | " + (
        "Last: £1,029 min £1,604 max"
    )


@pytest.mark.parametrize(
    ("right", "last"),
    [
        (230, ["No.: 3 | Work: Sails | Price: $210", "Work: Total of all bids | Price: $345"]),
        (100, ["No.: 3 | Work: Sails Total of all bids | Price: $210 $345"]),  # which may be lines of one row
    ],
)
def test_rows_between_which_a_rule_runs_across_are_never_one(tmp_path, right, last):
    rows = [("1", "Mast and spars", "$40"), ("2", "Hull", "$95"), ("3", "Sails", "$210")]
    texts = [(64, 94, "No."), (104, 94, "Work"), (304, 94, "Price")]
    for number, row in enumerate(rows):
        texts += placed([row], (64, 104, 304), top=114 + 24 * number)
    texts += placed([("Total of all bids", "$345")], (104, 304), top=174)
    level = [(left, end, 117 + 24 * number) for number in range(3) for left, end in ((60, right), (230, 340))]
    assert ruled(tmp_path / "works.pdf", texts, level=level)[-len(last) :] == last


@pytest.mark.parametrize(
    ("total", "told"),
    [
        (("All", "(9–12)", "1,234,561"), "Sea: All | Span: (9–12) | Boats: 1,234,561"),
        (("All", "of them", "a great many"), None),
    ],
)
def test_a_sum_that_is_wider_than_the_figures_above_it_is_a_row_of_these(tmp_path, total, told):
    """It leaves less between the columns than parts these elsewhere, which what is no row of figures may not."""
    rows = [("Orrin", "(1,840–2,345)", "61,500"), ("Tarn", "(1,410–1,870)", "14,200"), ("Sill", "(390–430)", "3,100")]
    lines = [(40, 60, "Sea"), (150, 60, "Span"), (-237, 60, "Boats")]
    for number, (name, span, figure) in enumerate([*rows, total]):
        font = "Helvetica-Bold" if name == "All" else "Helvetica"
        lines += [(place, 74 + 12 * number, text, font, 8) for place, text in ((40, name), (150, span), (-237, figure))]
    found = sentences(draw(tmp_path / "seas.pdf", lines, size=8))
    assert "Sea: Sill | Span: (390–430) | Boats: 3,100" in found
    assert told in found if told else not any(one.startswith("Sea: All") for one in found), found


def test_an_amount_close_behind_a_share_is_another_column(tmp_path):
    """As it is in brackets, which begin where no figure does."""
    rows = [("Gifts", "$30,333", "38.3%", "($30,333)"), ("Trips", "$1,783", "2.2%", "($1,783)")]
    places = (60, -300, -345, -395)
    lines = [
        (place, 100 + 14 * number, text)
        for number, row in enumerate([*rows, *rows])
        for place, text in zip(places, row, strict=True)
    ]
    assert "Gifts | $30,333 | 38.3% | ($30,333)" in sentences(draw(tmp_path / "budget.pdf", lines))


def test_an_amount_below_zero_close_behind_another_is_another_column(tmp_path):
    rows = [("Dues", "$2,900.00", "$3,050.00", "$2,800.00"), ("Net", "$497.93", "$3,734.88", "-$4,721.25")]
    lines = [
        (place, 100 + 14 * number, text)
        for number, row in enumerate([("", "April", "May", "June"), *rows, rows[0]])
        for place, text in zip((60, -300, -352, -407), row, strict=True)
        if text
    ]
    assert "Net | April: $497.93 | May: $3,734.88 | June: -$4,721.25" in sentences(draw(tmp_path / "net.pdf", lines))


def test_a_range_whose_dash_stands_apart_is_one_cell(tmp_path):
    hours = [("Monday", "9", "- 17"), ("Tuesday", "8", "- 16"), ("Friday", "9", "- 12"), ("Sunday", "8", "- 12")]
    lines = [(60, 100, "Day"), (200, 100, "Hours")]
    for number, row in enumerate(hours):
        lines += [(place, 118 + 18 * number, text) for place, text in zip((60, 200, 212.6), row, strict=True)]
    assert "Day: Monday | Hours: 9 - 17" in sentences(draw(tmp_path / "hours.pdf", lines))


def test_a_label_with_its_value_goes_on_from_no_line_above(tmp_path):
    """Though an address stands beside it whose lines lie between its own."""
    address = [("12 Quay Street, Orrin 90203", 90), ("(903) 903-8895", 101.5), ("info@quay.example", 113)]
    lines = [(38, top, text, "Helvetica", 9) for text, top in address]
    for name, value, top in (("Order number:", "784993", 93), ("Date:", "09/04/24", 111)):
        lines += [(-475, top, name, "Helvetica-Bold", 11), (-542, top, value, "Helvetica-Bold", 11)]
    first, second = sentences(draw(tmp_path / "order.pdf", lines))
    assert first.endswith(" | Order number: | 784993")
    assert second.endswith(" | Date: | 09/04/24")
