"""Tables in PDF files that nothing is drawn around: what names their columns, and where one ends."""

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.index.pages import CATCH, draw, load, placed, sentences


def test_a_heading_across_columns_begins_the_next_table(tmp_path):
    lines = []
    for top, span in ((40, "Three Months Ended"), (140, "Nine Months Ended")):
        lines += [((300, 560), top, span), ((300, 420), top + 13, "1 May 2021"), ((440, 560), top + 13, "1 May 2020")]
        for number, name in enumerate(("Sales", "Costs", "Profit"), start=2):
            lines += [(60, top + 13 * number, name), (-400, top + 13 * number, f"{top}")]
            lines += [(-540, top + 13 * number, f"{number}")]
    found = sentences(draw(tmp_path / "spans.pdf", lines))
    assert "Profit | Three Months Ended 1 May 2021: 40 | Three Months Ended 1 May 2020: 4" in found
    assert "Sales | Nine Months Ended 1 May 2021: 140 | Nine Months Ended 1 May 2020: 2" in found


def test_years_beside_the_figures_that_they_stand_over_name_these(tmp_path):
    lines = [((457, 556), 40, "Three Months Ended March 31,"), (454, 52, "2022"), (545, 52, "2023")]
    for number, (name, *figures) in enumerate(
        (("Lease of land", "$2,103", "$2,512"), ("Lease of boats", "1,560", "1,546"), ("Total", "$4,235", "$4,656"))
    ):
        top = 65 + 13 * number
        lines.append((20, top, name))
        for right, figure in zip((510, 590), figures, strict=True):
            lines += [(right - 70, top, "$")] * figure.startswith("$") + [(-right, top, figure.lstrip("$"))]
    found = sentences(draw(tmp_path / "leases.pdf", lines))
    span = "Three Months Ended March 31,"
    assert found[-2:] == [
        f"Lease of boats | {span} 2022: 1,560 | {span} 2023: 1,546",
        f"Total | {span} 2022: $4,235 | {span} 2023: $4,656",
    ]


def test_names_in_the_middle_of_the_columns_that_they_name_are_told_with_each_of_them(tmp_path):
    rights = (300, 360, 420, 480, 540, 600)
    rows = [
        ("Catch", "110.6", "15.4", "95.2", "82.6", "10.7", "71.9"),
        ("Cod", "4.6", "0.6", "3.9", "3.8", "0.5", "3.2"),
        ("Sole . . . . . . . . .", "11.0", "0.9", "9.1", "9.0", "0.9", "8.1"),
    ]
    heads = [
        ((270, 420), 40, "North"),
        ((450, 600), 40, "South"),
        (40, 51, "Fish landed"),
        *(
            (-right, 51, text)
            for right, text in zip(rights[1:], ("Under 18", "18 inches", "", "Under 18", "18 inches"), strict=True)
        ),
        *((-right, 62, text) for right, text in zip(rights, ("Total", "inches", "and over") * 2, strict=True)),
    ]
    body = [
        (place, 76 + 12 * number, text)
        for number, (name, *figures) in enumerate(rows)
        for place, text in [(40, name), *zip([-right for right in rights], figures, strict=True)]
    ]
    found = sentences(draw(tmp_path / "catch.pdf", [*heads, *body], size=9))
    under, over = "Under 18 inches", "18 inches and over"
    assert (
        f"Fish landed: Sole | North Total: 11.0 | North {under}: 0.9 | North {over}: 9.1"
        f" | South Total: 9.0 | South {under}: 0.9 | South {over}: 8.1"
    ) in found


def test_names_at_one_side_of_as_many_columns_each_are_told_with_all_of_them(tmp_path):
    rights = (300, 380, 460, 540)
    lines = [(-380, 40, "Three Months Ended"), (-540, 40, "Six Months Ended")]
    lines += [(-right, 52, year) for right, year in zip(rights, ("2022", "2021") * 2, strict=True)]
    for number, row in enumerate(CATCH[1:]):
        lines += [(40, 66 + 12 * number, row[0])]
        lines += [(-right, 66 + 12 * number, figure) for right, figure in zip(rights, row[1:] * 2, strict=True)]
    assert (
        "Tarn | Three Months Ended 2022: 98.6 | Three Months Ended 2021: 17,655"
        " | Six Months Ended 2022: 98.6 | Six Months Ended 2021: 17,655"
    ) in sentences(draw(tmp_path / "sides.pdf", lines))


def test_the_head_of_a_table_is_kept_though_titles_of_groups_stand_between_it_and_the_figures(tmp_path):
    rights = range(240, 540, 60)
    lines = [
        ((460, 480), 40, "Totals"),
        *((-right, 52, str(year)) for right, year in zip(rights, range(2011, 2016), strict=True)),
    ]
    lines += [(-480, 64, "plan"), (40, 80, "Outlays:"), (50, 94, "Programmes")]
    for number, (name, figure) in enumerate((("Defence", 699), ("Health", 480), ("Roads", 61))):
        lines += [(60, 106 + 12 * number, name)]
        lines += [(-right, 106 + 12 * number, str(figure + right)) for right in rights]
    found = sentences(draw(tmp_path / "outlays.pdf", lines))
    assert any(
        one.endswith("Defence | 2011: 939 | 2012: 999 | 2013: 1059 | 2014: 1119 | 2015 plan: 1179") for one in found
    ), found


def test_names_of_columns_of_figures_are_told_though_those_of_the_rows_have_none(tmp_path):
    rows = ("Parts", "", "", "2,100"), ("Body work", "2", "150", "300"), ("Paint", "1.5", "150", "225")
    lines = [
        (left, 40 + 14 * number, text)
        for number, row in enumerate([("", "Hours", "Rate", "Cost"), *rows])
        for left, text in zip((80, 260, 330, 400), row, strict=True)
        if text
    ]
    found = sentences(draw(tmp_path / "estimate.pdf", lines))
    assert found == [
        "Parts | Cost: 2,100",
        "Body work | Hours: 2 | Rate: 150 | Cost: 300",
        "Paint | Hours: 1.5 | Rate: 150 | Cost: 225",
    ]


def test_names_that_are_somewhat_larger_than_the_figures_below_them_are_of_these(tmp_path):
    canvas = Canvas(str(tmp_path / "budget.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 18)
    canvas.drawString(60, 760, "What the harbour spends")
    rows = [("", "2021-2022", "2022-2023"), ("", "Actual", "Budget"), ("1 HARBOUR FUND", "", "")]
    rows += [("Dredging", "15,507", "20,000"), ("Lamps", "6,719", "1,000"), ("Ropes", "435", "75")]
    for number, row in enumerate(rows):
        canvas.setFont("Helvetica", 12 if number < 2 else 9)
        canvas.drawString(60, 700 - 12 * number, row[0])
        for right, text in zip((290, 390), row[1:], strict=True):
            canvas.drawRightString(right, 700 - 12 * number, text)
    canvas.save()
    assert "Lamps | 2021-2022 Actual: 6,719 | 2022-2023 Budget: 1,000" in load(tmp_path / "budget.pdf").text


def test_a_title_in_large_letters_is_no_name_of_columns(tmp_path):
    title = [(60, 40, "Receipt", "Helvetica-Bold", 20), (440, 40, "Orrin Sailmakers", "Helvetica-Bold", 20)]
    rows = ("Description", "Qty", "Amount"), ("Mending a jib", "1", "40.00"), ("Brass eyes", "12", "18.00")
    found = sentences(draw(tmp_path / "receipt.pdf", [*title, *placed(rows, (60, 330, 440), top=80)]))
    assert found[-2:] == [
        "Description: Mending a jib | Qty: 1 | Amount: 40.00",
        "Description: Brass eyes | Qty: 12 | Amount: 18.00",
    ]


def test_bold_names_each_have_the_value_beside_them(tmp_path):
    fields = ("Invoice number", "87B37C9-0152"), ("Customer", "Ines Varga"), ("Colour", "White"), ("Mileage", "9,800")
    lines = []
    for number, (name, value) in enumerate(fields):
        top = 40 + 13 * number + 20 * (number == 3)  # others stand closer together than the last
        lines += [(60, top, name, "Helvetica-Bold", 10), (180, top, value)]
    lines[1] = (*lines[1], "Helvetica-Bold", 10)
    found = sentences(draw(tmp_path / "fields.pdf", lines))
    assert found == [f"{name}: {value}" for name, value in fields]


def test_a_bold_heading_in_larger_letters_parts_two_tables(tmp_path):
    months = ("Start", "End", "Shows"), ("12/20/24", "12/31/24", "48")
    totals = ("Month", "Visitors", "Seats taken"), ("December 2024", "5,120", "85%"), ("All", "5,120", "85%")
    heading = [(60, 76, "Totals", "Helvetica-Bold", 12)]
    lines = [*placed(months, (60, 160, 260), top=46, pitch=13), *heading]
    found = sentences(draw(tmp_path / "order.pdf", [*lines, *placed(totals, (60, 190, 300), top=92, pitch=13)], size=9))
    assert found[-2:] == [
        "Month: December 2024 | Visitors: 5,120 | Seats taken: 85%",
        "Month: All | Visitors: 5,120 | Seats taken: 85%",
    ]


def test_two_tables_with_shaded_rows_and_titles_between_them_are_told_apart(tmp_path):
    """The edges of the shades part no rows, and a title in the middle of a table names no column of it."""
    canvas = Canvas(str(tmp_path / "yards.pdf"), pagesize=A4)
    centres = (175, 290, 405, 515)
    boats = ("Boats lying", "Boats that", "Boats that", "Boats lying"), ("at first", "came in", "went out", "at last")
    ropes = ("Metres of rope", "Metres that", "Metres that", "Metres of rope"), ("at first", "came", "went", "at last")
    tables = (
        (30, "Moorings", boats, ("355", "5", "1", "359")),
        (160, "Rope store", ropes, ("14,203", "495", "84", "14,614")),
    )
    for top, title, heads, figures in tables:
        canvas.setFont("Helvetica-Bold", 8)
        canvas.drawRightString(550, 800 - top, "Sheet 5")
        canvas.drawCentredString(305, 800 - top - 11, "Orrin Yards")
        canvas.drawCentredString(305, 800 - top - 22, title)
        for number, head in enumerate(heads):
            for centre, name in zip(centres, head, strict=True):
                canvas.drawCentredString(centre, 800 - top - 44 - 11 * number, name)
        canvas.drawString(60, 800 - top - 55, "Year")
        for number, year in enumerate(("2022", "2023")):
            level = 800 - top - 70 - 14 * number
            if not number:
                canvas.setFillGray(0.8)
                for left, right in ((60, 115), (115, 235), (235, 350), (350, 460), (460, 552)):
                    canvas.rect(left, level - 4, right - left, 13, stroke=0, fill=1)
                canvas.setFillGray(0)
            canvas.setFont("Helvetica", 8)
            canvas.drawString(60, level, f"Spring {year}")
            for centre, figure in zip(centres, figures, strict=True):
                canvas.drawCentredString(centre, level, f"{figure}{number}")
    canvas.save()
    found = sentences(load(tmp_path / "yards.pdf"))
    assert [one for one in found if one.startswith("Year: Spring 2023")] == [
        "Year: Spring 2023 | Boats lying at first: 3551 | Boats that came in: 51 | Boats that went out: 11"
        " | Boats lying at last: 3591",
        "Year: Spring 2023 | Metres of rope at first: 14,2031 | Metres that came: 4951 | Metres that went: 841"
        " | Metres of rope at last: 14,6141",
    ]


def test_what_rows_are_of_stands_larger_beside_the_names_of_columns_below_a_title_of_some_and_a_line(tmp_path):
    rows = (("Mending and greasing", "Charge", "Charge", "Age of gear"), ("Rope mending", "4.30", "4.10", "39"))
    rows += (("Block greasing", "18.95", "20.00", "14"), ("Sail mending", "19.65", "20.05", "32"))
    lines = [(60, 10, "Rates of the yard"), (480, 10, "Page 2"), (400, 64, "Share of boats:", "Helvetica-Bold", 10)]
    lines += [(250, 76, "Mean"), (320, 76, "Median"), (400, 76, "Years of"), (480, 76, "For kin")]
    lines += [(60, 88, rows[0][0], "Helvetica-Bold", 12), (250, 88, "Charge"), (320, 88, "Charge")]
    lines += [(400, 88, "gear"), (480, 88, "or crew")]
    for number, row in enumerate(rows[1:]):
        lines += placed([(*row, "8%")], (60, 250, 320, 400, 480), top=104 + 12 * number)
    found = sentences(draw(tmp_path / "rates.pdf", lines))
    assert found[-1] == (
        "Mending and greasing: Sail mending | Mean Charge: 19.65 | Median Charge: 20.05 | "
        "Share of boats: Years of gear: 32 | Share of boats: For kin or crew: 8%"
    )


def test_a_name_that_is_a_part_of_the_one_above_it_is_told(tmp_path):
    rows = (
        ("Tag", "NEB", "NEB", "Dimensions"),
        ("", "A", "B", "D"),
        ("Orrin", "9.5", "9.9", "35"),
        ("Sill", "1", "2", "3"),
    )
    found = sentences(draw(tmp_path / "tags.pdf", placed(rows, (60, 160, 260, 360))))
    assert "Tag: Orrin | NEB A: 9.5 | NEB B: 9.9 | Dimensions D: 35" in found


def test_what_is_of_a_year_names_a_column(tmp_path):
    rows = (
        ("Month", "2025 Fee", "2026 Fee"),
        ("January", "$45", "$50"),
        ("February", "$40", "$45"),
        ("March", "$35", "$40"),
    )
    found = sentences(draw(tmp_path / "fees.pdf", placed(rows, (60, 230, 340))))
    assert "Month: February | 2025 Fee: $40 | 2026 Fee: $45" in found


def test_a_list_whose_numbers_stand_apart_is_text_that_may_run_on(tmp_path):
    items = [
        ("1.", "The works shall be begun before three years have gone by, and the", "council told of it."),
        ("2.", "No windows shall be added to the upper floor of the house before", "2031, but for those on the plans."),
        ("3.", "The hedge along the road shall be kept at a height of two metres for", "60 days, or more."),
    ]
    lines = []
    for number, (mark, first, more) in enumerate(items):
        lines += [(60, 60 + 28 * number, mark), (90, 60 + 28 * number, first), (90, 74 + 28 * number, more)]
    found = sentences(draw(tmp_path / "conditions.pdf", lines))
    assert found == [f"{mark} {first} {more}" for mark, first, more in items]


def test_figures_that_are_the_end_of_a_row_have_no_names_of_the_table_above(tmp_path):
    rights = range(130, 551, 60)
    lines = [(40, 40, "Ferry"), *((-right, 40, f"Pier {right}") for right in rights)]
    for number, (name, *_) in enumerate(CATCH[1:], start=1):
        lines += [(40, 40 + 13 * number, name), *((-right, 40 + 13 * number, str(number + right)) for right in rights)]
    lines += [(40, 110, "Guests of all ferries, without those who came twice on a day, or with a child")]
    lines += [(-right, 140, str(right + 7)) for right in rights[2:]]
    found = sentences(draw(tmp_path / "ends.pdf", lines))
    assert "Ferry: Tarn | Pier 130: 132 | Pier 190: 192" in found[1]
    assert found[-1] == "257 | 317 | 377 | 437 | 497 | 557"


def test_the_rest_of_a_sentence_that_runs_over_a_table_is_none_of_its_head(tmp_path):
    told = [
        "Two members who are no kin of yours must have sailed with you for at least two",
        "seasons before you join.",
    ]
    lines = [((60, 500), 40 + 12 * number, line) for number, line in enumerate(told)]
    rows = [("First member:", "Second member:"), ("Since:", "Since:"), ("Boat:", "Boat:")]
    lines += [
        (left, 70 + 14 * at, text) for at, row in enumerate(rows) for left, text in zip((60, 340), row, strict=True)
    ]
    assert " ".join(told) in sentences(draw(tmp_path / "form.pdf", lines))
