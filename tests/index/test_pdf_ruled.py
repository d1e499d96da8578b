"""Tables in PDF files whose cells are drawn: which rows and columns their boxes make, and what names them."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, Table

from tests.index.pages import CATCH, STYLES, build, load, placed, ruled, sentences

RULES = [("GRID", (0, 0), (-1, -1), 1, "black"), ("FONT", (0, 0), (-1, 0), "Helvetica-Bold")]
PICKUPS = [("noon", "1,075"), ("3 pm", "1,185")]


def test_a_table_open_at_its_sides_keeps_its_headers_and_loses_the_dots(tmp_path):
    texts = placed(
        [
            ("Action", "Labour", "Cost per boat"),
            ("Wiring change .............", "Up to 79 hours × 85 =", "Up to 10,505 ......."),
            ("", "Up to 6,715.", ""),
            ("Test of the sensor ..........", "40 hours × 85 = 3,400.", "3,400 .............."),
        ],
        (64, 236, 406),
        pitch=18,
    )
    level, upright = [(60, 540, top) for top in (100, 120, 180)], [(left, 100, 180) for left in (230, 400)]
    assert ruled(tmp_path / "open.pdf", texts, level=level, upright=upright) == [
        "Action: Wiring change | Labour: Up to 79 hours × 85 = Up to 6,715. | Cost per boat: Up to 10,505",
        "Action: Test of the sensor | Labour: 40 hours × 85 = 3,400. | Cost per boat: 3,400",
    ]


def test_rows_in_one_box_each_take_the_columns_of_the_boxes_above(tmp_path):
    boxes = [(60, 200, 100, 120), (200, 300, 100, 120), (300, 400, 100, 120)]
    boxes += [(60, 400, 120 + 20 * number, 140 + 20 * number) for number in range(3)]
    found = ruled(tmp_path / "rows.pdf", placed(CATCH, (64, 204, 304)), boxes=boxes)
    assert found[-1] == "Country: Sill | Boats: 3.1 | Tonnes: 430"


def test_a_table_in_a_box_under_one_with_several_titles_has_columns_of_its_own(tmp_path):
    texts = [(64, 115, "Heavy metals"), (254, 115, "Report 48056"), (454, 115, "24 March")]
    rows = [("Analyte", "Limit", "Result", "Finding"), ("Lead", "500", "75", "Pass"), ("Cadmium", "200", "151", "Pass")]
    texts += placed(rows, (64, 134, 184, 224), top=160)
    boxes = [(60, 250, 100, 120), (250, 450, 100, 120), (450, 540, 100, 120), (60, 540, 120, 220)]
    assert ruled(tmp_path / "metals.pdf", texts, boxes=boxes)[-1] == (
        "Analyte: Cadmium | Limit: 200 | Result: 151 | Finding: Pass"
    )


def test_names_beside_the_box_of_their_figures_belong_to_it(tmp_path):
    boxes = [(left, left + 100, 100 + 20 * row, 120 + 20 * row) for left in (200, 300) for row in range(4)]
    found = ruled(tmp_path / "names.pdf", placed(CATCH, (64, 204, 304)), boxes=boxes)
    assert found[-1] == "Country: Sill | Boats: 3.1 | Tonnes: 430"


def test_names_beside_a_box_belong_to_it_though_most_of_its_rows_are_empty(tmp_path):
    boxes = [(left, left + 100, 100 + 20 * row, 120 + 20 * row) for left in (200, 300) for row in range(5)]
    rows = [*CATCH[:2], ("Tarn", "", ""), ("Grell", "", ""), ("All", "86.2", "3,375")]
    texts = [one for one in placed(rows, (64, 204, 304)) if one[2]]
    found = ruled(tmp_path / "names.pdf", texts, boxes=boxes)
    assert found == ["Orrin | Boats: 86.2 | Tonnes: 3,375", "All | Boats: 86.2 | Tonnes: 3,375"]


def test_many_names_right_above_a_box_are_those_of_its_columns(tmp_path):
    lefts = tuple(range(160, 430, 30))
    boxes = [(60, 150, 120, 140), (60, 150, 140, 160)]
    boxes += [(left - 10, left + 20, top, top + 20) for left in lefts for top in (120, 140)]
    texts = placed([tuple("1234567RH"), tuple("010012X47"), tuple("000300035")], lefts)
    texts += [(64, 94, "Friday, on the green"), (64, 134, "Sill"), (64, 154, "Tarn")]
    found = ruled(tmp_path / "score.pdf", texts, boxes=boxes)
    assert found[-1] == "Tarn | 1: 0 | 2: 0 | 3: 0 | 4: 3 | 5: 0 | 6: 0 | 7: 0 | R: 3 | H: 5"


def test_bold_names_right_above_a_bold_table_are_those_of_its_columns_though_one_of_these_is_empty(tmp_path):
    """As on a form on which a camp is chosen by a mark in the last column."""
    canvas = Canvas(str(tmp_path / "camps.pdf"), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 9)
    rows = [
        ("Date", "Time", "Fee"),
        ("July", "9 am to noon", "£159"),
        ("May", "1 to 4 pm", "£159"),
        ("June", "2 pm", "£9"),
    ]
    for number, row in enumerate(rows):
        for left, text in zip((64, 204, 304), row, strict=True):
            canvas.drawString(left, 700 - 15 * number, text)
        for left, right in ((60, 200), (200, 300), (300, 360), (360, 400)) if number else ():
            canvas.rect(left, 696 - 15 * number, right - left, 15)
    canvas.save()
    assert sentences(load(tmp_path / "camps.pdf"))[0] == "Date: July | Time: 9 am to noon | Fee: £159"


@pytest.mark.parametrize(("right", "note"), [(90, "= a guess"), (200, "= a guess")])
def test_the_key_to_a_colour_that_hangs_below_a_table_is_no_row(tmp_path, right, note):
    boxes = [(left, left + 140, 100 + 20 * row, 120 + 20 * row) for left in (60, 200, 340) for row in range(4)]
    texts = [*placed(CATCH, (64, 204, 344)), (204, 194, note)]
    found = ruled(tmp_path / "key.pdf", texts, boxes=[*boxes, (60, right, 180, 200)])
    assert found[-2:] == ["Country: Sill | Boats: 3.1 | Tonnes: 430", note]


def test_lists_in_boxes_side_by_side_are_rows_and_prose_is_none(tmp_path):
    boxes = [(left, right, top, top + 45) for left, right in ((60, 110), (110, 300)) for top in (100, 145, 190)]
    texts = [(64, 114, "When"), (114, 114, "What")]
    texts += placed(
        [("7.15am", "Prayer"), ("9.30am", "Liturgy of the word"), ("4.15pm", "Reading")], (64, 114), 157, 13
    )
    prose = (
        "the boats leave for the other side, if the",
        "harbour is open, and come back in the evening",
        "of the day.",
    )
    texts += [(64, 202, "Saturday,"), (64, 215, "when it is"), (64, 228, "calm")]
    texts += [(114, 202 + 13 * number, line) for number, line in enumerate(prose)]
    found = ruled(tmp_path / "week.pdf", texts, boxes=boxes)
    assert "When: 9.30am | What: Liturgy of the word" in found
    assert f"When: Saturday, when it is calm | What: {' '.join(prose)}" in found


def test_lines_of_figures_in_one_box_are_rows_though_some_are_names_of_groups(tmp_path):
    boxes = [(left, right, 100, 120) for left, right in ((60, 200), (200, 300), (300, 400))]
    boxes += [(left, right, 120, 224) for left, right in ((60, 200), (200, 300), (300, 400))]
    body = [("All boats", "", ""), ("Older ones", "", ""), *CATCH[1:2], ("Newer ones", "", ""), *CATCH[2:3]]
    texts = [one for one in placed([CATCH[0], *body], (64, 204, 304)) if one[2]]
    found = ruled(tmp_path / "groups.pdf", texts, boxes=boxes)
    assert [one for one in found if "Boats" in one] == [
        "Orrin | Boats: 86.2 | Tonnes: 3,375",
        "Tarn | Boats: 98.6 | Tonnes: 17,655",
    ]


def test_the_numbers_of_lines_are_no_names(tmp_path):
    numbered = [(str(number), *row) for number, row in enumerate(CATCH, start=1)]
    boxes = [(left, left + 100, 100 + 20 * row, 120 + 20 * row) for left in (100, 200, 300) for row in range(4)]
    found = ruled(tmp_path / "lines.pdf", placed(numbered, (64, 104, 204, 304)), boxes=boxes)
    assert "Country: Sill | Boats: 3.1 | Tonnes: 430" in found


def test_a_value_that_runs_over_two_lines_is_one(tmp_path):
    boxes = [(left, right, 100 + 20 * row, 120 + 20 * row) for left, right in ((60, 200), (200, 300)) for row in (0, 1)]
    boxes += [(60, 200, 140, 180), (200, 300, 140, 180)]
    texts = [*placed([("Name", "Anna"), ("Town", "Orrin"), ("Number", "1234-5678-")], (64, 204)), (204, 174, "9012")]
    assert "Number: 1234-5678- 9012" in ruled(tmp_path / "wrapped.pdf", texts, boxes=boxes)


def test_a_name_in_a_cell_beside_several_rows_is_told_with_each_of_them(tmp_path):
    rows = [
        ["Class", "Pickup", "Monthly fee"],
        ["Owls, 3 to 5 years", "noon", "1,075"],
        ["", "3 pm", "1,185"],
        ["Wrens", "noon", "1,275"],
        ["How to apply", "Write to the office by the first of March.", "None"],
        ["", "It answers by post.", ""],
    ]
    spans = [("SPAN", (0, first), (0, last)) for first, last in ((1, 2), (4, 5))]
    table = Table(rows, colWidths=150, style=[*RULES, *spans])
    told = build(tmp_path / "fees.pdf", table).text.splitlines()
    assert told[1:3] == [f"Class: Owls, 3 to 5 years | Pickup: {at} | Monthly fee: {fee}" for at, fee in PICKUPS]
    assert not any("How to apply" in line and "by post" in line for line in told)


def test_a_name_beside_several_cells_of_the_only_other_column_is_told_with_each_of_them(tmp_path):
    rows = [
        ["Breach", "Penalty"],
        ["Late return of a boat that others wait for, by more than an hour", "At least: a day on shore"],
        ["", "At most: a week on shore"],
        ["Lost oar", "A new oar"],
        ["Notes of the harbour master", "None so far"],
        ["", ""],
    ]
    spans = [("SPAN", (0, first), (0, first + 1)) for first in (1, 4)]
    style = [*RULES[:1], *spans, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    told = build(tmp_path / "rules.pdf", Table(rows, [400, 150], style=style)).text.splitlines()
    assert told == [
        "Breach | Penalty",
        *(f"Breach: {rows[1][0]} | Penalty: {row[1]}" for row in rows[1:3]),
        "Breach: Lost oar | Penalty: A new oar",
        "Breach: Notes of the harbour master | Penalty: None so far",
    ]


@pytest.mark.parametrize(
    ("bold", "between", "named"),
    [(True, (), True), (False, (), False), (True, ("Whom to ask",), False)],
    ids=["names are bold on both pages", "names are not bold", "below a line"],
)
def test_two_columns_go_on_where_names_of_rows_are_marked_on_both_pages(tmp_path, bold, between, named):
    fines = [
        ["Late return of a boat", "At least: a day on shore"],
        ["", "At most: a week on shore"],
        ["Lost oar", "One"],
    ]
    later = [["Open gate", "At least: a week of watch"], ["", "At most: a month of it"]]
    marks = [RULES[0], *([("FONT", (0, 0), (0, -1), "Helvetica-Bold")] if bold else [])]
    first = [*marks, ("FONT", (0, 0), (0, 0), "Helvetica"), ("SPAN", (0, 1), (0, 2))]
    parts = Table([["Breach", "Penalty"], *fines], [150, 240], style=first), PageBreak(), *between
    found = sentences(
        build(tmp_path / "a.pdf", *parts, Table(later, [150, 240], style=[*marks, ("SPAN", (0, 0), (0, 1))]))
    )
    assert "Breach: Late return of a boat | Penalty: At most: a week on shore" in found
    told = "Breach: Open gate | Penalty: At most: a month of it" if named else "Open gate: At most: a month of it"
    assert told in found


def test_what_reaches_down_beside_rows_in_the_middle_of_its_cell_cuts_no_row_in_lines(tmp_path):
    rows = [
        ["Subject", "Code", "Title", "Price", "Subtotal"],
        *(
            ["Reckoning" if not n else "", f"B{n}", f"Sums, part {n}", f"{n}.65", "16.25" if not n else ""]
            for n in range(5)
        ),
    ]
    spans = [("SPAN", (0, 1), (0, -1)), ("SPAN", (-1, 1), (-1, -1)), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
    found = sentences(build(tmp_path / "books.pdf", Table(rows, [80, 40, 120, 60, 60], style=[*RULES, *spans])))
    assert found[-5:] == [
        "Subject: Reckoning | Code: B0 | Title: Sums, part 0 | Price: 0.65 | Subtotal: 16.25",
        *(f"Subject: Reckoning | Code: B{n} | Title: Sums, part {n} | Price: {n}.65" for n in range(1, 5)),
    ]


def test_names_level_with_the_rows_beside_their_box_are_not_told_with_the_others(tmp_path):
    texts = [(60, 60, "Name"), (210, 60, "Shift"), (360, 60, "Fee")]
    for top, row in zip(
        (80, 100, 120), (("Ann", "noon", "1,075"), ("Ben", "3 pm", "1,185"), ("Cy", "5 pm", "1,320")), strict=True
    ):
        texts += [(left, top, text) for left, text in zip((60, 210, 360), row, strict=True)]
    level = [(50, 500, 50), (50, 500, 70), *((200, 500, top) for top in (90, 110)), (50, 500, 130)]
    upright = [(left, 50, 130) for left in (50, 200, 350, 500)]
    told = ruled(tmp_path / "a.pdf", texts, level=level, upright=upright)
    assert not any("Ann" in line and "1,185" in line for line in told)


def test_a_table_below_fields_in_one_frame_keeps_its_head(tmp_path):
    fields = ["Name", "Date of birth", "Address", "Telephone"]
    rates = [
        ("Rates by age", "To play", "To watch"),
        ("Adults", "£180", "£42"),
        ("Juniors", "£37", "£9"),
        ("Others", "£74", "£42"),
    ]
    texts = [(64, 40 + 20 * number, field) for number, field in enumerate(fields)]
    texts += [
        (left, 120 + 20 * n, text)
        for n, row in enumerate(rates)
        for left, text in zip((64, 304, 404), row, strict=True)
    ]
    level = [(60, 500, 26 + 20 * number) for number in range(9)]
    upright = [(60, 26, 186), (200, 26, 106), (300, 106, 186), (400, 106, 186), (500, 26, 186)]
    found = ruled(tmp_path / "form.pdf", texts, level=level, upright=upright)
    assert "Rates by age: Juniors | To play: £37 | To watch: £9" in found
    assert "Telephone" in found


LONG = "Pupils may have lost learning while the school was closed, and small groups help them most. " * 9


def test_prose_across_a_table_parts_it_and_its_rows_stay_rows(tmp_path):
    across = [("SPAN", (0, 2), (-1, 2)), ("GRID", (0, 0), (-1, -1), 1, "black")]
    rows = [
        ["Outcome", "Action", "Cost"],
        ["Read aloud", "Pairs each day,\nand with a parent", "£151"],
        [Paragraph(LONG, STYLES["BodyText"])],
        ["Write more", "A new scheme,\nand time for it", "£159"],
    ]
    told = build(tmp_path / "plan.pdf", Table(rows, colWidths=150, style=across)).text
    assert "Outcome: Read aloud | Action: Pairs each day, and with a parent | Cost: £151" in told
    assert "Write more | A new scheme, and time for it | £159" in told
    assert LONG.strip() in told


@pytest.mark.parametrize("ground", ["lightblue", "white"])
def test_the_ground_of_a_text_on_the_same_colour_is_no_cell(tmp_path, ground):
    canvas = Canvas(str(tmp_path / "week.pdf"), pagesize=A4)
    week = ("Monday", ("Rice", "and peas")), ("Tuesday", ("Soup", "and bread")), ("Friday", ("Fish", "and chips"))
    for column, (day, meal) in enumerate(week):
        left = 60 + 150 * column
        for top, height, colour in ((680, 20, "orange"), (620, 60, ground)):
            canvas.setFillColor(colour)
            canvas.rect(left, top, 150, height, stroke=1, fill=1)
        for line in range(2):
            canvas.setFillColor(ground)
            canvas.rect(left + 5, 650 - 30 * line, 140, 30, stroke=0, fill=1)
            canvas.setFillColor("black")
            canvas.drawString(left + 8, 660 - 30 * line, meal[line])
        canvas.drawString(left + 8, 685, day)
    canvas.save()
    assert "Rice and peas | Soup and bread | Fish and chips" in load(tmp_path / "week.pdf").text
