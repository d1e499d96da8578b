"""Columns, margins, headings and pages beside each other in PDF files."""

import textwrap

import pytest
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from tests.index.pages import PRICES, PROSE, draw, load, sentences

NARROW = "Inside this issue: The ferry is back, A new roof for the hall, Eel night, Who feeds the swans, Letters"
WIDE = (
    "The ferry to Orrin runs again from the first of May. It had been tied up since the autumn, when a survey found "
    "that two of its plates had worn thin. The plates were made in Tarn and fitted by the crew in four weeks."
)


def wrapped(text, left, top, pitch, width):
    """Lines of a column, as they are written one after the other."""
    lines = textwrap.wrap(text, width)
    return [(left, top + pitch * number, line) for number, line in enumerate(lines)]


@pytest.mark.parametrize("side_first", [True, False])
def test_a_narrow_column_beside_text_is_no_table(tmp_path, side_first):
    side, text = wrapped(NARROW, 50, 60, 15, 18), wrapped(WIDE * 2, 190, 60, 12, 60)
    lines = [*side, *text] if side_first else [*text, *side]
    read = draw(tmp_path / "newsletter.pdf", lines).text
    assert " | " not in read
    assert " ".join((WIDE * 2).split()) in " ".join(read.split())
    assert read.index("Letters") < read.index("The ferry to Orrin"), "what stands on the left comes first"


SKILLS = ["Contact", "ines@varga.example", "Tarn", "Languages", "Danish", "French", "Skills", "Sails", "Splicing"]
CAREER = [
    *("Ines Varga", "Sailmaker", "Career", "Loft of Orrin", "Master of the loft", "2019 to today"),
    *("Leads five people who cut and sew the sails of the island's boats", "Halved what is thrown away of each roll"),
    *("Harbour of Sill", "Rigger", "2011 to 2019", "Kept the ropes of forty boats in order through eight winters"),
    *("Taught splicing to those who came to the evening school", "School", "Sailmaking, Tarn, 2008 to 2011"),
    *("Wrote her last paper on how wet cloth stretches in the cold",),
]


def test_the_margin_of_a_curriculum_vitae_is_read_by_itself_though_both_sides_are_short_lines(tmp_path):
    side = [(50, 60 + 21 * number, line) for number, line in enumerate([*SKILLS, "Ropes", "Cloth", "Prices"])]
    main = [(220, 60 + 15 * number, line) for number, line in enumerate(CAREER)]
    read = draw(tmp_path / "cv.pdf", [*side, *main]).text
    assert " | " not in read and "Contact:" not in read
    assert read.index("Prices") < read.index("Ines Varga") < read.index("wet cloth")


def test_headings_beside_their_text_stay_with_it(tmp_path):
    parts = [("4. Whom to call while the papers are signed", WIDE), ("5. What to bring on the day itself", PROSE)]
    lines = []
    for number, (heading, text) in enumerate(parts):
        lines += wrapped(heading, 50, 60 + 150 * number, 15, 20) + wrapped(text, 200, 60 + 150 * number, 12, 45)
    read = " ".join(draw(tmp_path / "checklist.pdf", lines).text.split())
    places = [read.index(part[:12]) for pair in parts for part in pair]
    assert places == sorted(places)
    assert " | " not in read


@pytest.mark.parametrize("texts_first", [True, False])
@pytest.mark.parametrize("pitch", [15, 18])
def test_larger_headings_beside_their_text_stay_with_it_whatever_the_order_of_the_file(tmp_path, texts_first, pitch):
    parts = ["Whom to call while papers are signed", "What to bring on the day itself", "Where the keys are kept then"]
    texts = [line for n in range(3) for line in wrapped(f"{n}. {WIDE}", 230, 60 + 140 * n, 15, 55)]
    headings = [line for n, part in enumerate(parts) for line in wrapped(part, 50, 60 + 140 * n, pitch, 22)]
    canvas = Canvas(str(tmp_path / "checklist.pdf"), pagesize=A4)
    for lines in (texts, headings) if texts_first else (headings, texts):
        canvas.setFont("Helvetica", 11 if lines is texts else 14)
        for left, top, line in lines:
            canvas.drawString(left, A4[1] - top, line)
    canvas.save()
    read = " ".join(load(tmp_path / "checklist.pdf").text.split())
    places = [read.index(one) for n, part in enumerate(parts) for one in (part, f"{n}. The ferry")]
    assert places == sorted(places)
    assert " | " not in read


def test_a_table_in_a_column_of_text_stays_in_it(tmp_path):
    canvas = Canvas(str(tmp_path / "columns.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 9)
    lines = [PROSE[start : start + 45].strip() for start in range(0, 225, 45)] * 3
    for x in (72, 320):
        for number, line in enumerate(lines):
            canvas.drawString(x, 780 - 14 * number, line)
    for number, row in enumerate(PRICES):
        for place, cell in enumerate(row):
            canvas.drawString(72 + 70 * place, 540 - 14 * number, cell)
        canvas.drawString(320, 540 - 14 * number, lines[number])
    canvas.save()
    assert "Item: Anchor | Weight: 30 kg | Price: €210" in sentences(load(tmp_path / "columns.pdf"))


@pytest.mark.parametrize("parts", [1, 5])
def test_the_last_row_of_a_table_is_none_of_the_columns_below_a_rule_that_may_be_drawn_in_parts(tmp_path, parts):
    rights = (180, 280, 400, 520)
    rows = [("Orrin", "3,375"), ("Tarn", "17,655"), ("Sill", "430"), ("Total", "21,460")]
    canvas = Canvas(str(tmp_path / "page.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 9)
    for right, name in zip(rights, ("Cod", "Landed in the autumn", "Eel", "Pike"), strict=True):
        canvas.drawRightString(right, 780, name)
    for number, (name, figure) in enumerate(rows):
        canvas.drawString(60, 765 - 13 * number, name)
        for right in rights:
            canvas.drawRightString(right, 765 - 13 * number, figure)
    canvas.drawCentredString(290, 745.5, "(counted on both sides of the sound)")
    width = 460 / parts
    for number in range(parts):
        canvas.line(60 + width * number, 719, 60 + width * (number + 1), 719)
    for left in (60, 300):
        for _, top, line in wrapped(WIDE, left, 95, 12, 48):
            canvas.drawString(left, 800 - top, line)
    canvas.save()
    found = sentences(load(tmp_path / "page.pdf"))
    assert any(one.startswith("Total | Cod: 21,460") and one.endswith("Pike: 21,460") for one in found), found


def test_a_large_line_that_states_a_sum_is_no_heading(tmp_path):
    canvas = Canvas(str(tmp_path / "sum.pdf"), pagesize=A4)
    for number, line in enumerate(("Total cost = €2600", PROSE[:80], PROSE[80:160])):
        canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 10)
        canvas.drawString(72, 700 - 30 * number, line)
    canvas.save()
    assert "Total cost = €2600" in sentences(load(tmp_path / "sum.pdf"))


RECIPES = [
    ["Oat Biscuits", "Edda Brask", "2 cups oats", "1 cup honey", "a pinch of salt", "Bake for an hour."],
    ["Pea Soup", "Jon Vane", "1 lb peas", "2 onions", "a bay leaf", "Simmer for two hours."],
]


@pytest.mark.parametrize("fold", [True, False])
def test_two_pages_on_one_sheet_are_read_one_after_the_other(tmp_path, fold):
    canvas = Canvas(str(tmp_path / "sheet.pdf"), pagesize=landscape(A4))
    width, height = landscape(A4)
    for number in range(6):
        for side, recipe in enumerate(RECIPES):
            canvas.drawString(40 + side * width / 2, height - 60 - 20 * number, recipe[number])
    if not fold:
        canvas.drawCentredString(width / 2, height - 30, "Two recipes that go together")
    canvas.save()
    told = load(tmp_path / "sheet.pdf").text
    assert (told.index("a pinch of salt") < told.index("Pea Soup")) is fold
