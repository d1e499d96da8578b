"""Tables that go on over the pages of a PDF file, and what stands at the foot of each."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from tests.index.pages import build, draw, load, placed, ruled, sentences

HEAD = ["Ferry", "Built", "Cars", "Guests"]
FERRIES = [["Orrin", "1998", "80", "400"], ["Tarn", "2003", "12", "77"], ["Sill", "2011", "45", "210"]]
LATER = [["Grell", "2016", "60", "320"], ["Wexe", "2019", "22", "118"], ["Hale", "2021", "30", "150"]]
LAST = [["Nore", "2024", "90", "440"], ["Skua", "2025", "18", "96"], ["Amble", "2026", "55", "260"]]
ALL = [*FERRIES, *LATER, *LAST]
RULED = [("GRID", (0, 0), (-1, -1), 0.5, "black")]
WIDTHS = [120, 90, 90, 90]


def table(rows, style=(), widths=WIDTHS):
    return Table(rows, widths, style=[*style, ("ALIGN", (0, 0), (-1, -1), "LEFT")])


@pytest.mark.parametrize("style", [RULED, ()], ids=["ruled", "unruled"])
def test_rows_on_the_next_page_have_the_names_of_their_columns(tmp_path, style):
    pages = table([HEAD, *FERRIES], style), PageBreak(), table(LATER, style), PageBreak(), table(LAST, style)
    document = build(tmp_path / "a.pdf", *pages)
    found = sentences(document)
    assert "Ferry: Sill | Built: 2011 | Cars: 45 | Guests: 210" in found
    assert "Ferry: Wexe | Built: 2019 | Cars: 22 | Guests: 118" in found
    assert "Ferry: Nore | Built: 2024 | Cars: 90 | Guests: 440" in found
    assert document.text.count("Ferry | Built") == 1  # what is cited is what the page shows


def test_two_columns_go_on_where_the_first_has_figures_and_no_names_of_fields(tmp_path):
    times = [[f"{hour:02}:25", "Ferry 1" if hour % 2 else "Ferry 2"] for hour in range(6, 16)]
    first = table([["Departs", "Boat"], *times[:6]], RULED, WIDTHS[:2])
    found = sentences(build(tmp_path / "a.pdf", first, PageBreak(), table(times[6:], RULED, WIDTHS[:2])))
    assert "Departs: 14:25 | Boat: Ferry 2" in found


def test_the_title_of_a_table_is_no_name_on_the_next_page(tmp_path):
    titled = table([["Ferries of the harbour, 2026", "", "", ""], HEAD, *FERRIES], [*RULED, ("SPAN", (0, 0), (-1, 0))])
    rest = table([["Wexe", "long ago", "none", "few"], ["Hale", "lately", "many", "none"]], RULED)
    found = sentences(build(tmp_path / "a.pdf", titled, PageBreak(), rest))
    assert "Ferry: Wexe | Built: long ago | Cars: none | Guests: few" in found


def test_a_table_with_names_of_its_own_keeps_these(tmp_path):
    other = [["Port", "Depth", "Piers", "Cranes"], *LATER]
    found = sentences(build(tmp_path / "a.pdf", table([HEAD, *FERRIES], RULED), PageBreak(), table(other, RULED)))
    assert "Port: Grell | Depth: 2016 | Piers: 60 | Cranes: 320" in found


def test_another_table_takes_no_names_from_the_one_before(tmp_path):
    first = table([HEAD, *FERRIES], RULED)
    narrower = table([row[:3] for row in LATER], RULED, [60, 150, 60])
    elsewhere = table(LATER, RULED, [60, 60, 60, 60])
    heading = Paragraph("Rates of the harbour", getSampleStyleSheet()["Heading1"])
    for name, *rest in (("narrower", narrower), ("elsewhere", elsewhere), ("headed", heading, table(LATER, RULED))):
        assert "Ferry: Grell" not in build(tmp_path / f"{name}.pdf", first, PageBreak(), *rest).text


def test_rows_below_a_line_on_the_same_page_have_the_names_of_their_columns(tmp_path):
    document = build(tmp_path / "a.pdf", table([HEAD, *FERRIES], RULED), "In the summer only", table(LATER, RULED))
    assert "Ferry: Wexe | Built: 2019 | Cars: 22 | Guests: 118" in sentences(document)


def test_rows_below_a_line_at_the_top_of_the_next_page_have_them_too(tmp_path):
    line = Paragraph("Ferries of the <b>north</b> pier", getSampleStyleSheet()["Normal"])
    document = build(tmp_path / "a.pdf", table([HEAD, *FERRIES]), PageBreak(), line, table(LATER))
    assert "Ferry: Wexe | Built: 2019 | Cars: 22 | Guests: 118" in sentences(document)


def test_a_head_alone_above_a_line_names_the_columns_of_the_rows_below_it(tmp_path):
    head = table([["", "Orrin", "Orrin", "Tarn"], ["Age", "Boats", "Share", "Boats"]])
    rest = table([["under 10", "112", "4.1", "70"], ["10 to 20", "95", "3.0", "81"], ["older", "40", "1.9", "12"]])
    found = sentences(build(tmp_path / "a.pdf", head, "Ships", rest))
    assert "Ships: Age: older | Orrin Boats: 40 | Orrin Share: 1.9 | Tarn Boats: 12" in found


def test_a_table_of_words_is_no_head_of_what_goes_on_on_the_next_page(tmp_path):
    bold = [*RULED, ("FONT", (0, 0), (-1, 0), "Helvetica-Bold")]
    first = table(
        [["Name", "Role", "Place", "Boat"], *(["Ann", "Nurse", "Orrin", "none"], ["Ben", "Cook", "Sill", "one"])], bold
    )
    rest = table([["Dee", "Clerk", "Wexe", "two"], ["Cy", "Driver", "Tarn", "none"]], RULED)
    found = sentences(build(tmp_path / "a.pdf", first, PageBreak(), rest))
    assert "Name: Dee | Role: Clerk | Place: Wexe | Boat: two" in found


def test_names_of_intervals_of_confidence_are_of_the_head(tmp_path):
    rows = [["", "Deaths", "Deaths", "Injuries"], ["Sex", "no.", "(95% CI)", "no."], ["Female", "9", "(7–12)", "41"]]
    rows += [["Male", "14", "(11–18)", "60"], ["All", "23", "(19–28)", "101"]]
    found = sentences(build(tmp_path / "a.pdf", table(rows)))
    assert "Sex: Male | Deaths no.: 14 | Deaths (95% CI): (11–18) | Injuries no.: 60" in found


def test_figures_in_the_same_places_have_the_names_of_their_columns_where_a_name_stood_between(tmp_path):
    rows = [["", "", "2025", "2024"], ["Cash", "", "120", "150"], ["", "Held", "", ""], ["Ships", "", "880", "910"]]
    rest = table([["Ships let", "40", "35"], ["Piers", "9", "8"], ["Equity", "930", "1000"]], widths=[200, 95, 95])
    line = "Of the ships of the harbour forty are let to the town this year, and thirty-five were in the year before it"
    found = sentences(build(tmp_path / "a.pdf", table(rows, widths=[120, 80, 95, 95]), line, rest))
    assert "Piers | 2025: 9 | 2024: 8" in found
    fields = table([["Ships let", "35"], ["Piers", "8"]], widths=[295, 95])  # may be of anything
    found = sentences(build(tmp_path / "b.pdf", table(rows, widths=[120, 80, 95, 95]), line, fields))
    assert "Piers: 8" in found


def test_rows_below_a_heading_or_many_lines_or_names_of_their_own_do_not(tmp_path):
    heading = Paragraph("Rates of the harbour", getSampleStyleSheet()["Heading1"])
    for name, *rest in (
        ("headed", heading, table(LATER, RULED)),
        ("far", *(f"Line {number} of a page" for number in range(5)), table(LATER, RULED)),
        ("named", "In the summer only", table([["Ferry", "Age", "Vans", "Crew"], *LATER], RULED)),
        ("other", "In the summer only", table([*LATER, HEAD], RULED)),
    ):
        text = build(tmp_path / f"{name}.pdf", table([HEAD, *FERRIES], RULED), *rest).text
        assert "Ferry: Wexe | Built: 2019" not in text, name


def test_a_row_of_names_above_all_columns_but_the_first_names_them_below_a_line_that_holds_for_all(tmp_path):
    models = table([["", "K-20", "K-36", "K-60"]])
    data = table(
        [["Voltage", "20 V", "36 V", "60 V"], ["Current", "5 A", "3 A", "1.6 A"], ["Ripple", "1 mV", "2 mV", "3 mV"]]
    )
    found = sentences(build(tmp_path / "a.pdf", models, "Fed by 100 to 240 volts of alternating current", data))
    assert "Current | K-20: 5 A | K-36: 3 A | K-60: 1.6 A" in found


def prices(path, pages):
    """Pages of a price list: names of columns in two lines at the top of each, and below them groups of rows."""
    lefts = (39, 81, 230, 290, 340, 390, 440, 490)
    canvas = Canvas(str(path), pagesize=A4)
    for groups in pages:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(230, 800, "IN")
        canvas.drawCentredString(405, 800, "Cloth")
        canvas.drawString(490, 800, "Packed")
        level = 790
        for left, name in zip(lefts, ("Item", "Description", "STOCK", "Frame", "A", "AA", "Prem", "as"), strict=True):
            canvas.drawString(left, level, name)
        for name, *rows in groups:
            level -= 24
            canvas.setFont("Helvetica-Bold", 8)
            canvas.drawString(30, level, name)
            canvas.setFont("Helvetica", 8)
            for row in rows:
                level -= 11
                for left, text in zip(lefts, row, strict=True):
                    canvas.drawString(left, level, text)
        canvas.showPage()
    canvas.save()
    return sentences(load(path))


def test_all_groups_of_a_price_list_have_the_names_of_columns_at_the_top_of_their_page(tmp_path):
    orrin = "Orrin", ("O14", "Side chair", "**", "C89", "966", "1,104", "1,117", "2")
    orrin = *orrin, ("O15", "Armchair", "", "C88", "1,015", "1,152", "1,166", "1")
    tarn = "Tarn", ("T50", "Round table", "**", "-", "2,464", "", "", "1")
    sill = "Sill", ("S10", "Stool, low", "", "C78", "763", "1,069", "1,100", "4")
    sill = *sill, ("S30", "Lounge chair", "**", "C77", "1,923", "2,569", "2,634", "1")
    found = prices(tmp_path / "a.pdf", [[orrin, tarn, sill], [sill, orrin], [tarn, orrin]])
    found = [one for one in found if one not in ("Orrin", "Tarn", "Sill")]
    assert found[0] == (
        "Orrin: Item: O14 | Description: Side chair | IN STOCK: ** | Frame: C89 | A: 966 | Cloth AA: 1,104 | "
        "Prem: 1,117 | Packed as: 2"
    )
    assert "A: 763 | Cloth AA: 1,069 | Prem: 1,100 | Packed as: 4" in found[3]
    assert [one.split(": ")[0] for one in found if "Packed as: " in one] == [
        *("Orrin", "Orrin", "Tarn", "Sill", "Sill"),
        *("Sill", "Sill", "Orrin", "Orrin"),
        *("Tarn", "Orrin", "Orrin"),
    ]


def test_another_table_below_one_of_many_columns_takes_no_names_from_it(tmp_path):
    head = ["Ferry", "Built", "Cars", "Guests", "Crew", "Knots"]
    rows = [[*row, "9", "14"] for row in FERRIES]
    first = table([head, *rows], widths=[80] * 6)
    between = table([["Wexe", "12", "70", "5", "2"], ["Hale", "9", "81", "3", "1"]], widths=[60] * 5)
    text = build(tmp_path / "a.pdf", first, "Piers", between).text
    assert "Built: 12" not in text


def test_a_watermark_across_a_table_is_left_out(tmp_path):
    def stamp(canvas, template):
        canvas.saveState()
        canvas.setFont("Helvetica", 30)
        canvas.translate(120, 560)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAFT of the harbour")
        canvas.restoreState()

    parts = [table([HEAD, *FERRIES, *LATER])]
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build(parts, onFirstPage=stamp)
    document = load(tmp_path / "a.pdf")
    assert "Ferry: Sill | Built: 2011 | Cars: 45 | Guests: 210" in sentences(document)
    assert "DRAFT" not in document.text and len(sentences(document)) == len([*FERRIES, *LATER])


def test_a_foot_in_large_letters_that_counts_pages_is_told_once_at_the_end(tmp_path):
    def foot(canvas, template):
        canvas.setFont("Helvetica", 16)
        canvas.drawString(60, 30, f"harbour@orrin.example {canvas.getPageNumber()} The Harbour Office")

    parts = [table(FERRIES, RULED), PageBreak(), table(LATER, RULED), PageBreak(), table(FERRIES, RULED)]
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build(parts, onFirstPage=foot, onLaterPages=foot)
    text = load(tmp_path / "a.pdf").text
    assert text.endswith("\n\nharbour@orrin.example The Harbour Office\n")
    assert text.count("Harbour Office") == 1


def test_text_behind_a_table_ends_it(tmp_path):
    first = table([HEAD, *FERRIES], RULED)
    document = build(
        tmp_path / "a.pdf", first, "Prices by year are on the next page.", PageBreak(), table(LATER, RULED)
    )
    assert "Ferry: Grell" not in document.text


@pytest.mark.parametrize("style", [RULED, ()], ids=["ruled", "unruled"])
def test_a_form_over_two_pages_names_no_columns_and_has_its_own_labels(tmp_path, style):
    fields = [["Contact", "Jane Doe"], ["Phone", "0123 456"], ["Floors", "3"]]
    more = [["Roof material", "Slate, grey"], ["Windows", "Oak"], ["Rooms", "12"]]
    pages = table(fields, style, [150, 200]), PageBreak(), table(more, style, [150, 200])
    assert "Contact: Roof" not in build(tmp_path / "a.pdf", *pages).text


def test_a_line_by_itself_goes_on_with_no_table(tmp_path):
    line = [["Prepared by", "Jane Doe", "May", "2024"]]
    assert "Ferry: Prepared" not in build(tmp_path / "a.pdf", table([HEAD, *FERRIES]), PageBreak(), table(line)).text


@pytest.mark.parametrize("text", ["https://harbour.example/book", "$250", "2024"])
def test_large_text_at_the_foot_of_one_page_is_kept(tmp_path, text):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawString(60, 760, "There are ferries every hour, and boats to hire by the day.")
    canvas.setFont("Helvetica", 24)
    canvas.drawString(60, 30, text)
    canvas.save()
    assert text in load(tmp_path / "a.pdf").text


def test_a_title_of_several_words_above_drawn_columns_names_none_of_them(tmp_path):
    title = ["PRICES", "OF 2026 |", "HARBOUR"]
    texts = [(62, 20, title[0]), (112, 20, title[1]), (170, 20, title[2])]
    rows = [
        ["Ferry", "Built", "Deck", "Fare"],
        *([name, f"in {built}", "open", f"£{guests} each"] for name, built, _, guests in ALL),
    ]
    texts += placed(rows, (62, 162, 262, 362), top=40)
    lines = [15, 27, *(27 + 20 * number for number in range(1, len(rows) + 1))]
    found = ruled(
        tmp_path / "a.pdf",
        texts,
        level=[(60, 460, top) for top in lines],
        upright=[(60, 15, lines[-1]), (460, 15, lines[-1]), *((left, 27, lines[-1]) for left in (160, 260, 360))],
    )
    assert "Ferry: Sill | Built: in 2011 | Deck: open | Fare: £210 each" in found


def test_rows_that_run_two_columns_together_stay_in_their_group(tmp_path):
    """As "52 Dia." stands for the width and the depth of a round table: what follows is a part with fewer columns."""
    bold, lefts = "Helvetica-Bold", (40, 90, 250, 330, 380, 430, 480)
    head = ("Item", "Description", "Frame", "Wide", "Deep", "High", "Pack")
    groups = {
        "Amber": [("A1", "Side chair", "965", "20", "24", "35", "2"), ("A2", "Armchair", "986", "22", "24", "35", "1")],
        "Birch": [("B1", "Side chair", "865", "21", "25", "36", "2"), ("B2", "Armchair", "916", "23", "25", "36", "1")],
    }
    lines, top = [(left, 100, text, bold, 9) for left, text in zip(lefts, head, strict=True)], 112
    for name, rows in groups.items():
        lines.append((30, top, name, bold, 9))
        for row in rows:
            top += 11
            lines += [(left, top, text, "Helvetica", 9) for left, text in zip(lefts, row, strict=True)]
        for item, thing, *size in (("52", "Round table", "2580"), ("60", "Larger table", "3332")):
            top += 11
            ends = [((330, 396), top, f"{item} across", "Helvetica", 9), (430, top, "29"), (480, top, "1")]
            cells = zip(lefts, (item, thing, *size), strict=False)
            lines += [*((left, top, text, "Helvetica", 9) for left, text in cells), *ends]
        top += 11
    found = sentences(draw(tmp_path / "prices.pdf", lines))
    assert any(one.startswith("Amber: Item: 52 | Description: Round table | Frame: 2580") for one in found)
    assert any(one.startswith("Birch: Item: 60 | Description: Larger table | Frame: 3332") for one in found)
