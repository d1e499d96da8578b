"""Panels and columns side by side on a page are read one after the other, and tables across."""

import textwrap

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.index.pages import load, sentences

PLAY = "We go out to the yard each day at ten. Bring boots that can get wet, and a hat when the sun is out. "
SNACK = "Send a snack on each day that you come. No nuts, please. We have milk and water here for all who want it. "
SHOES = ["Shoes are changed", "at the blue door.", "Write a name in", "each of the two."]
NOTES = [
    (f"{thing} of the new ferry", f"1,0{number}2") for number, thing in enumerate("Hull Mast Deck Helm Bell".split())
]


class Sheet:
    """A page on which lines and boxes are drawn, with places from its top left corner."""

    def __init__(self, path, font="Helvetica", size=10):
        self.path = path
        self.canvas = Canvas(str(path), pagesize=A4)
        self.canvas.setFont(font, size)

    def lines(self, texts, left, top, pitch=14):
        for number, text in enumerate(texts):
            self.canvas.drawString(left, 800 - top - pitch * number, text)

    def title(self, texts, left, top):
        self.canvas.setFont("Helvetica-Bold", 12)
        self.lines(texts, left, top)
        self.canvas.setFont("Helvetica", 10)

    def box(self, left, right, top, bottom, **how):
        self.canvas.rect(left, 800 - bottom, right - left, bottom - top, **how)

    def read(self):
        self.canvas.save()
        return load(self.path)


def flat(document):
    return " ".join(document.text.split())


def test_the_height_of_a_font_leaves_a_narrow_gutter_between_columns(tmp_path):
    tall = TTFont("Taller", "Vera.ttf")
    tall.face.ascent, tall.face.descent = 1150, -350
    pdfmetrics.registerFont(tall)
    sheet = Sheet(tmp_path / "columns.pdf", "Taller")
    columns = [textwrap.wrap(text * 3, 30) for text in (PLAY, SNACK)]
    width = max(pdfmetrics.stringWidth(line, "Taller", 10) for line in columns[0])
    sheet.lines(columns[0], 60, 60)
    sheet.lines(columns[1], 60 + width + 10, 60)
    text = flat(sheet.read())
    assert (PLAY * 3).strip() in text
    assert (SNACK * 3).strip() in text


@pytest.mark.parametrize("drawing", [0, 2000])
def test_panels_side_by_side_are_read_one_after_the_other(tmp_path, drawing):
    sheet = Sheet(tmp_path / "news.pdf")
    for number in range(drawing):  # more rules than are looked at
        sheet.canvas.line(400 + number % 50, 60, 400 + number % 50, 70)
    for left, text in ((40, PLAY), (150, SNACK)):
        sheet.box(left, left + 106, 50, 400)
        sheet.lines(textwrap.wrap(text * 2, 18), left + 6, 66 if left == 40 else 94)
    text = flat(sheet.read())
    assert (PLAY * 2).strip() in text
    assert (SNACK * 2).strip() in text


def test_tables_in_boxes_by_themselves_are_apart_though_their_rows_are_level(tmp_path):
    sheet = Sheet(tmp_path / "races.pdf")
    races = {
        "MAYOR": ["Ada Holt", "Ben Ives", "Cora Lund", "No answer"],
        "CLERK": ["Dee Moss", "Eli Nye", "Fay Orr", ""],
    }
    for left, (race, names) in zip((60, 300), races.items(), strict=True):
        sheet.box(left - 2, left + 234, 54, 144)  # its shadow touches the next one
        sheet.box(left - 6, left + 228, 50, 140)
        sheet.lines([race], left, 64)
        sheet.lines(names, left + 8, 84)
        sheet.lines([str(left + 7 * at) for at in range(len(names))], left + 180, 84)
    text = flat(sheet.read())
    assert "Ada Holt: 60 Ben Ives: 67" in text
    assert text.index("No answer") < text.index("CLERK") < text.index("Dee Moss")


def test_a_small_panel_in_the_margin_is_read_by_itself(tmp_path):
    sheet = Sheet(tmp_path / "margin.pdf")
    sheet.canvas.setFillGray(0.8)
    sheet.box(40, 76, 50, 250, stroke=0, fill=1)
    sheet.canvas.setFillGray(0)
    sheet.lines("NEWS", 50, 90, 33)
    sheet.lines(textwrap.wrap(PLAY * 8, 60), 84, 60)
    assert (PLAY * 8).strip() in flat(sheet.read())


def test_what_stands_left_of_a_panel_comes_before_it(tmp_path):
    sheet = Sheet(tmp_path / "bill.pdf")
    sheet.lines(["Orrin Power", "Account 4471"], 40, 60, 40)
    sheet.box(300, 420, 50, 130)
    sheet.lines(SHOES, 306, 66)
    text = flat(sheet.read())
    assert text.index("Account 4471") < text.index("Shoes are")
    assert " ".join(SHOES) in text


def test_the_shaded_column_of_a_table_is_no_panel(tmp_path):
    sheet = Sheet(tmp_path / "table.pdf")
    sheet.canvas.setFillGray(0.8)
    sheet.box(195, 260, 50, 150, stroke=0, fill=1)
    sheet.canvas.setFillGray(0)
    for number, (name, *values) in enumerate([("Part", "Kilograms", "Euros"), *((*note, "77") for note in NOTES)]):
        for left, text in zip((60, 200, 300), (name, *values), strict=True):
            sheet.lines([text], left, 64 + 16 * number)
    assert "Part: Mast of the new ferry | Kilograms: 1,012 | Euros: 77" in sentences(sheet.read())


def test_shaded_rows_beside_text_stay_rows(tmp_path):
    sheet = Sheet(tmp_path / "rows.pdf")
    sheet.lines(textwrap.wrap(PLAY * 6, 40), 40, 61)
    for number, (name, value) in enumerate(NOTES):
        top = 65 + 36 * number
        if number % 2:
            sheet.canvas.setFillGray(0.8)
            sheet.box(290, 480, top - 10, top + 25, stroke=0, fill=1)
            sheet.canvas.setFillGray(0)
        sheet.lines([*name.split(" of "), "as agreed"], 300, top, 11)
        sheet.lines([value], 440, top + 22)
    document = sheet.read()
    assert (PLAY * 6).strip() in flat(document)
    rows = [f"{name.replace(' of', '')} as agreed: {value}" for name, value in NOTES[1:]]
    assert sentences(document)[-4:] == rows


def test_rules_of_what_is_drawn_as_one_and_smaller_are_those_of_the_page(tmp_path):
    sheet = Sheet(tmp_path / "form.pdf")
    sheet.canvas.beginForm("grid")
    for left in (100, 300, 700):
        sheet.canvas.line(left, 1200, left, 1500)
    for top in range(1200, 1501, 100):
        sheet.canvas.line(100, top, 700, top)
    sheet.canvas.endForm()
    sheet.canvas.saveState()
    sheet.canvas.scale(0.5, 0.5)
    sheet.canvas.doForm("grid")
    sheet.canvas.restoreState()
    for number, (name, duty) in enumerate(
        [("Cook", SHOES[:2]), ("Mate", SHOES[2:]), ("Pilot", ["Stays on board", "by night."])]
    ):
        sheet.lines([name], 60, 75 + 50 * number)
        sheet.lines(duty, 160, 66 + 50 * number)
    read = sentences(sheet.read())
    assert "Cook: Shoes are changed at the blue door." in read
    assert "Pilot: Stays on board by night." in read


CAKES = [(f"{name} cake", f"${number}0") for number, name in enumerate("Plum Nut Rye Oat Fig Pear".split(), 1)]
BUNS = [(f"{name} bun", f"${number}5") for number, name in enumerate("Salt Egg Dill Hot Iced".split(), 1)]


def dishes(sheet, listed, left, top, pitch):
    for number, (name, price) in enumerate(listed):
        sheet.lines([name, "for four"], left, top + pitch * number, 12)
        sheet.lines([price], left + 130, top + pitch * number)


def test_an_upright_rule_alone_parts_columns_however_the_file_has_them(tmp_path):
    sheet = Sheet(tmp_path / "menu.pdf")
    sheet.canvas.line(250, 400, 250, 760)
    for number in range(6):
        dishes(sheet, CAKES[number:][:1], 60, 60 + 40 * number, 0)
        dishes(sheet, BUNS[number:][:1], 270, 83 + 40 * number, 0)
    text = flat(sheet.read())
    assert text.index("Pear cake") < text.index("Salt bun")


def test_columns_of_short_lines_that_the_file_has_one_after_the_other_are_read_so(tmp_path):
    sheet = Sheet(tmp_path / "menu.pdf")
    dishes(sheet, CAKES, 60, 60, 40)
    sheet.lines(["The Oven", "4 Quay Road", "Tarn", "Open from six", "Closed on Mondays"], 300, 87, 31)
    text = flat(sheet.read())
    assert text.index("Pear cake") < text.index("The Oven")
    assert "Plum cake for four: $10" in text or "Plum cake: $10" in text


HOURS = [("Monday", "9-12"), ("Tuesday", "10-18"), ("Wednesday", "10-18"), ("Thursday", "12-20"), ("Friday", "10-16")]
ADDRESS = ["1 Elm Street", "Orrin EL1 2AB", "Tel. 0123 456", "library@orrin.org"]


@pytest.mark.parametrize("titles_first", [True, False])
def test_bold_titles_over_a_table_and_what_the_file_has_behind_it_part_two_sides(tmp_path, titles_first):
    sheet = Sheet(tmp_path / "library.pdf")
    sides = [
        (sheet.title, ["Opening hours"], 60, 90),
        (sheet.lines, [day for day, _ in HOURS], 60, 110),
        (sheet.lines, [time for _, time in HOURS], 150, 110),
        (sheet.title, ["Contact"], 330, 90),
        (sheet.lines, ADDRESS, 330, 110),
    ]
    for draw, *place in sorted(sides, key=lambda one: one[0] != sheet.title) if titles_first else sides:
        draw(*place)
    document = sheet.read()
    assert "Friday: 10-16" in sentences(document)
    assert document.text.index("10-16") < document.text.index("Contact") < document.text.index("Elm Street")


def test_bold_names_over_columns_that_the_file_has_row_by_row_part_no_sides(tmp_path):
    sheet = Sheet(tmp_path / "library.pdf")
    sheet.title(["Opening hours"], 60, 90)
    sheet.title(["Desk"], 330, 90)
    for number, ((day, time), desk) in enumerate(zip(HOURS, ADDRESS, strict=False)):
        for left, text in ((60, day), (150, time), (330, desk)):
            sheet.lines([text], left, 110 + 14 * number)
    assert any("Tuesday" in one and "Orrin" in one for one in sentences(sheet.read()))


SEASON = [("Season seats", ""), ("All plays of the year", ""), ("Adult:", "$171.00"), ("Senior:", "$156.00")]
SEASON += [("Five seats", ""), ("Any five plays", ""), ("Adult:", "$140.00"), ("Senior:", "$130.00")]
SINGLE = [("Single seats", ""), ("One play", ""), ("Adult:", "$34.00"), ("Youth:", "$16.00")]
SINGLE += [("First nights", ""), ("All first nights", ""), ("All ages:", "$99.00"), ("Members:", "$80.00")]


@pytest.mark.parametrize("colour", ["orange", "black"])
@pytest.mark.parametrize("by_rows", [False, True])
def test_lists_below_coloured_heads_side_by_side_are_read_by_themselves(tmp_path, colour, by_rows):
    canvas = Canvas(str(tmp_path / "seats.pdf"), pagesize=A4)
    lines = [
        (left + 140 * bool(column), 700 - 15 * row, texts[column])
        for left, side in ((60, SEASON), (320, SINGLE))
        for row, texts in enumerate(side)
        for column in (0, 1)
    ]
    for left, top, text in sorted(lines, key=lambda one: (-one[1], one[0])) if by_rows else lines:
        canvas.setFillColor(colour if text.endswith(("seats", "nights")) and not text.startswith("All") else "black")
        canvas.drawString(left, top, text)
    canvas.save()
    apart = "Adult: $171.00\nSenior: $156.00" in load(tmp_path / "seats.pdf").text
    assert apart == (colour == "orange" and not by_rows)
