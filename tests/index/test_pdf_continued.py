"""Tables that go on over the pages of a PDF file, and what stands at the foot of each."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

from tests.index.pages import build, load, sentences

HEAD = ["Ferry", "Built", "Cars", "Guests"]
FERRIES = [["Orrin", "1998", "80", "400"], ["Tarn", "2003", "12", "77"], ["Sill", "2011", "45", "210"]]
LATER = [["Grell", "2016", "60", "320"], ["Wexe", "2019", "22", "118"], ["Hale", "2021", "30", "150"]]
LAST = [["Nore", "2024", "90", "440"], ["Skua", "2025", "18", "96"], ["Amble", "2026", "55", "260"]]
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


def test_a_foot_in_large_letters_that_counts_pages_is_left_out(tmp_path):
    def foot(canvas, template):
        canvas.setFont("Helvetica", 16)
        canvas.drawString(60, 30, f"harbour@orrin.example {canvas.getPageNumber()} The Harbour Office")

    parts = [table(FERRIES, RULED), PageBreak(), table(LATER, RULED), PageBreak(), table(FERRIES, RULED)]
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build(parts, onFirstPage=foot, onLaterPages=foot)
    assert "Harbour Office" not in load(tmp_path / "a.pdf").text


def test_letters_set_apart_from_each_other_are_words(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawString(60, 700, "P R I C E  L I S T", charSpace=1)
    canvas.drawString(60, 660, "Grades A B C are for wood, and D E for stone.")
    canvas.save()
    assert load(tmp_path / "a.pdf").text.strip().split("\n\n") == [
        "PRICE LIST",
        "Grades A B C are for wood, and D E for stone.",
    ]


def test_a_soft_hyphen_within_a_line_is_one_that_is_drawn(tmp_path):
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.drawString(60, 700, "Allow 10\xad15 days for pick\xadup.")
    canvas.save()
    assert load(tmp_path / "a.pdf").text.strip() == "Allow 10-15 days for pick-up."
