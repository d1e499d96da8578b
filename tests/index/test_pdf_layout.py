"""Tables and forms in PDF files: each row, and each field, is a sentence that can be read without the others."""

import textwrap

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Spacer, Table

from index.files.pdf_spelt import undressed
from index.passages import split_document
from tests.conftest import WordEmbedder
from tests.index.pages import STYLES, build, draw, load, ruled, sentences

RULES = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
BOLD_HEAD = [("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")]
PROSE = (
    "The balloon lifted off from the meadow at Tarn shortly after sunrise and drifted to the east. The pilot saw "
    "the power line late, and burned for height. The basket touched the upper wire and came to rest in a hedge. "
)
PRICES = [["Item", "Weight", "Price"], ["Rope", "12 kg", "€40"], ["Anchor", "30 kg", "€210"], ["Lamp", "2 kg", "€15"]]


@pytest.mark.parametrize("style", [RULES, BOLD_HEAD, [], RULES + BOLD_HEAD], ids=["ruled", "bold", "plain", "both"])
def test_each_row_repeats_the_header_cells(tmp_path, style):
    document = build(tmp_path / "prices.pdf", PROSE, Table(PRICES, colWidths=110, style=style), PROSE)
    rows = [sentence for sentence in sentences(document) if "Item" in sentence]
    assert rows == [
        "Item: Rope | Weight: 12 kg | Price: €40",
        "Item: Anchor | Weight: 30 kg | Price: €210",
        "Item: Lamp | Weight: 2 kg | Price: €15",
    ]
    assert "Item | Weight | Price\n" in document.text, "the header row stays, though it is never quoted"


def test_bold_names_above_a_ruled_table_are_those_of_its_columns(tmp_path):
    teams = [["1", "Coarse Gold", "Shipp"], ["2", "North Fork", "Palmer"], ["3", "Oak Hill", "Deveze"]]
    names = Table([["", "Team", "Coach"]], colWidths=110, style=BOLD_HEAD)
    document = build(tmp_path / "league.pdf", PROSE, names, Table(teams, colWidths=110, style=RULES), PROSE)
    assert "2 | Team: North Fork | Coach: Palmer" in sentences(document)


def test_a_bold_title_in_parts_above_a_ruled_table_names_no_columns(tmp_path):
    goods = [["North", "Rope", "12"], ["South", "Anchor", "30"], ["East", "Lamp", "2"]]
    title = Table([["Table 1", "Prices by region", ""]], colWidths=110, style=BOLD_HEAD)
    document = build(tmp_path / "prices.pdf", PROSE, title, Table(goods, colWidths=110, style=RULES), PROSE)
    assert "North | Rope | 12" in sentences(document)


def test_days_without_a_year_are_names_of_columns(tmp_path):
    games = [["", "9/16", "9/23", "9/30"], ["8:00", "7v8", "5v8", "5v6"], ["9:10", "5v1", "4v9", "4v7"]]
    document = build(tmp_path / "games.pdf", PROSE, Table(games, colWidths=80, style=RULES + BOLD_HEAD), PROSE)
    assert "9:10 | 9/16: 5v1 | 9/23: 4v9 | 9/30: 4v7" in sentences(document)


def test_headers_that_span_columns_are_told_with_each_of_these(tmp_path):
    cells = [
        ["", "Departures", "", "Arrivals", ""],
        ["Port", "2021", "2022", "2021", "2022"],
        ["Orrin", "14", "19", "13", "20"],
        ["Tarn", "7", "11", "8", "9"],
    ]
    style = [*RULES, ("SPAN", (1, 0), (2, 0)), ("SPAN", (3, 0), (4, 0))]
    document = build(tmp_path / "ports.pdf", PROSE, Table(cells, colWidths=80, style=style))
    assert (
        "Port: Orrin | Departures 2021: 14 | Departures 2022: 19 | Arrivals 2021: 13 | Arrivals 2022: 20"
        in sentences(document)
    )


def test_cells_of_several_lines_stay_whole(tmp_path):
    words = "Check the burner, the valves and every rope for wear, and write down what you find."
    cells = [["Step", "What to do"], ["One", Paragraph(words, STYLES["Normal"])], ["Two", "Fill the envelope."]]
    document = build(tmp_path / "steps.pdf", Table(cells, colWidths=[60, 160], style=RULES + BOLD_HEAD))
    assert f"Step: One | What to do: {words}" in sentences(document)


def test_rows_of_a_group_are_told_with_its_name(tmp_path):
    canvas = Canvas(str(tmp_path / "costs.pdf"), pagesize=A4)
    lines = [
        (300, "2021", 380, "2022"),
        (72, "Costs per flight:"),
        (84, "Gas", 300, "€110", 380, "€140"),
        (84, "Crew", 300, "€90", 380, "€95"),
        (72, "Flights", 300, "31", 380, "44"),
    ]
    for number, line in enumerate(lines):
        for x, text in zip(line[::2], line[1::2], strict=True):
            canvas.drawString(x, 700 - 16 * number, text)
    canvas.save()
    rows = sentences(load(tmp_path / "costs.pdf"))
    assert "Costs per flight: Gas | 2021: €110 | 2022: €140" in rows
    assert "Flights | 2021: 31 | 2022: 44" in rows


def test_a_sign_of_money_belongs_to_the_figure_that_it_stands_away_from(tmp_path):
    canvas = Canvas(str(tmp_path / "money.pdf"), pagesize=A4)
    for number, (name, figure) in enumerate((("Revenue", "18,120"), ("Costs", "4,720"), ("Profit", "13,400"))):
        canvas.drawString(72, 700 - 16 * number, name)
        canvas.drawString(300, 700 - 16 * number, "$")
        canvas.drawString(330, 700 - 16 * number, figure)
    canvas.save()
    assert sentences(load(tmp_path / "money.pdf")) == ["Revenue: $18,120", "Costs: $4,720", "Profit: $13,400"]


FIELDS = [
    ("Place", "Orrin, Tarn"),
    ("Report number", "TRN21LA044"),
    ("Date and time", "4 May 2021, 06:40"),
    ("Registration", "OR-B17"),
    ("Balloon", "Lindstrand 90A"),
    ("Damage", "Substantial"),
    ("Maximum weight", "5,500 lb"),
    ("Injuries", "1 minor, 2 none"),
]


def form(path, columns, *, bold):
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 780, "Balloon accident report")
    for number, (name, value) in enumerate(FIELDS):
        x, y = 72 + 240 * (number % columns), 740 - 16 * (number // columns)
        canvas.setFont("Helvetica-Bold" if bold else "Helvetica", 10)
        canvas.drawString(x, y, f"{name}:")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(x + 100, y, value)
    text = canvas.beginText(72, 560)
    for start in range(0, 6):
        text.textLine(PROSE[start * 50 : start * 50 + 50])
    canvas.drawText(text)
    canvas.save()
    return load(path)


@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("columns", [1, 2])
def test_a_form_keeps_each_value_with_its_label(tmp_path, columns, bold):
    document = form(tmp_path / "form.pdf", columns, bold=bold)
    fields = [part for sentence in sentences(document) for part in sentence.split(" | ")]
    for name, value in FIELDS:
        assert f"{name}: {value}" in fields
    headings = {passage.heading for passage in split_document(document, WordEmbedder().count_tokens).passages}
    assert headings == {"Balloon accident report"}, "no value is a heading"


def test_a_small_name_above_its_value_in_a_box_is_its_label(tmp_path):
    def box(name, value):
        return Paragraph(f'<font size="6">{name}</font><br/>{value}', STYLES["Normal"])

    cells = [
        [box("1. NAME", "Tilda Marrow"), box("2. BORN", "3 May 1961")],
        [box("3. TOWN", "Orrin"), box("4. TRADE", "Miller")],
    ]
    document = build(tmp_path / "boxes.pdf", Table(cells, colWidths=160, style=RULES))
    assert sentences(document) == ["1. NAME: Tilda Marrow | 2. BORN: 3 May 1961", "3. TOWN: Orrin | 4. TRADE: Miller"]


def test_two_forms_side_by_side_are_read_one_after_the_other(tmp_path):
    canvas = Canvas(str(tmp_path / "sides.pdf"), pagesize=A4)
    for x, pitch, name in ((72, 17, "Fee"), (320, 23, "Tax")):
        for number in range(8):
            canvas.drawString(x, 700 - pitch * number, f"{name} number {number}")
            canvas.drawString(x + 150, 700 - pitch * number, f"${number}.50")
    canvas.save()
    names = [one.split()[0] for one in sentences(load(tmp_path / "sides.pdf"))]
    assert names == ["Fee"] * 8 + ["Tax"] * 8


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


def test_passages_grow_with_text_and_not_with_layout(tmp_path):
    rows = [["Name", "Count"], *([f"Ship {n}", str(n)] for n in range(60))]
    document = build(tmp_path / "ships.pdf", PROSE, Table(rows, style=BOLD_HEAD), Spacer(1, 20), PROSE)
    indexed = split_document(document, WordEmbedder().count_tokens)
    words = WordEmbedder().count_tokens(document.text)
    assert len(indexed.passages) < words / 100
    starts = {sentence.start for sentence in indexed.sentences}
    assert all(passage.start in starts for passage in indexed.passages)


def test_rows_whose_cells_go_on_in_lines_of_their_own_are_put_together(tmp_path):
    canvas = Canvas(str(tmp_path / "notices.pdf"), pagesize=A4)
    lines = [["No.", "Owner", "Place", "Notice"]]
    for number in range(1, 5):
        lines += [[f"{number}0", f"Owner {'ABCD'[number - 1]}", f"{number} Autumn", "Mildew"], ["", "", "Pine Lane"]]
        lines += [["", "", "", "Closed in May"]]
    for number, line in enumerate(lines):
        for place, cell in enumerate(line):
            canvas.drawString(72 + 110 * place, 700 - 14 * number, cell)
    canvas.save()
    assert sentences(load(tmp_path / "notices.pdf"))[1] == (
        "No.: 20 | Owner: Owner B | Place: 2 Autumn Pine Lane | Notice: Mildew Closed in May"
    )


def test_lines_with_rules_between_them_are_rows_of_their_own(tmp_path):
    texts, level = [(72 + 110 * n, 100, name) for n, name in enumerate(("No.", "Owner", "Place", "Notice"))], []
    for number in range(4):
        top = 120 + 60 * number
        row = f"{number}0", f"Owner {'ABCD'[number]}", f"{number} Autumn", "Mildew"
        texts += [(72 + 110 * n, top, cell) for n, cell in enumerate(row)]
        texts += [(292, top + 20, "Vacant"), (402, top + 40, "Closed")]
        level += [(70, 500, top + 14 + 20 * n) for n in range(3)]
    assert not any("Autumn Vacant" in row for row in ruled(tmp_path / "plots.pdf", texts, level=level))


def test_letters_of_a_size_below_zero_on_lines_upside_down_stand_upright(tmp_path):
    """As those of Telerik's reports, which were read backwards, from the last line to the first."""
    canvas = Canvas(str(tmp_path / "report.pdf"), pagesize=A4, pageCompression=0)
    for number, row in enumerate(PRICES):
        for place, cell in enumerate(row):
            text = canvas.beginText()
            text.setTextTransform(-1, 0, 0, -1, 100 + 150 * place, 700 - 16 * number)
            text.setFont("Helvetica", -10)
            text.textOut(cell)
            canvas.drawText(text)
    canvas.save()
    assert sentences(load(tmp_path / "report.pdf")) == [
        "Item: Rope | Weight: 12 kg | Price: €40",
        "Item: Anchor | Weight: 30 kg | Price: €210",
        "Item: Lamp | Weight: 2 kg | Price: €15",
    ]


def test_a_page_that_lies_on_its_side_is_read_as_it_is_held(tmp_path):
    canvas = Canvas(str(tmp_path / "turned.pdf"), pagesize=A4)
    canvas.translate(500, 100)
    canvas.rotate(90)
    for number, row in enumerate(PRICES):
        for place, cell in enumerate(row):
            canvas.drawString(150 * place, -16 * number, cell)
    canvas.save()
    assert "Item: Rope | Weight: 12 kg | Price: €40" in sentences(load(tmp_path / "turned.pdf"))


def test_a_large_line_that_states_a_sum_is_no_heading(tmp_path):
    canvas = Canvas(str(tmp_path / "sum.pdf"), pagesize=A4)
    for number, line in enumerate(("Total cost = €2600", PROSE[:80], PROSE[80:160])):
        canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 10)
        canvas.drawString(72, 700 - 30 * number, line)
    canvas.save()
    assert "Total cost = €2600" in sentences(load(tmp_path / "sum.pdf"))


def test_an_item_keeps_its_bullet_however_far_away(tmp_path):
    canvas = Canvas(str(tmp_path / "items.pdf"), pagesize=A4)
    for number, line in enumerate(("a coat for the night", "a rope of twelve metres", "a lamp")):
        canvas.drawString(72, 700 - 16 * number, "•")
        canvas.drawString(110, 700 - 16 * number, line)
    canvas.save()
    assert "|" not in load(tmp_path / "items.pdf").text


def test_a_letter_that_word_takes_for_a_bullet_begins_an_item(tmp_path):
    canvas = Canvas(str(tmp_path / "items.pdf"), pagesize=A4)
    lines = [("•", "Bring what a night out of doors asks for, and at the least what is told below:")]
    lines += [
        ("o", line)
        for line in ("a coat for the night, of wool or of down, and dry", "Rope, twelve metres of it", "a lamp")
    ]
    for number, (mark, line) in enumerate(lines):
        canvas.setFont("Courier", 11)
        canvas.drawString(90 + 36 * (mark == "o"), 700 - 16 * number, mark)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(108 + 36 * (mark == "o"), 700 - 16 * number, line)
    canvas.save()
    assert sentences(load(tmp_path / "items.pdf")) == [line for _, line in lines]


def test_a_slanting_letter_that_leans_over_a_space_leaves_it_there(tmp_path):
    canvas = Canvas(str(tmp_path / "slanting.pdf"), pagesize=A4)
    canvas.setFont("Times-Italic", 11)
    canvas.drawString(60, 700, "The wreck of")
    canvas.drawString(62 + canvas.stringWidth("The wreck of", "Times-Italic", 11), 700, "Hesper was sold.")
    canvas.save()
    assert sentences(load(tmp_path / "slanting.pdf")) == ["The wreck of Hesper was sold."]


def test_a_font_whose_letters_claim_the_lines_around_them_is_read_line_by_line(tmp_path):
    tall = TTFont("Tall", "Vera.ttf")
    tall.face.bbox = [-1475, -2464, 2868, 3117]  # as Cambria says, which has the large signs of formulas
    tall.face.ascent, tall.face.descent = 3117, -2464
    pdfmetrics.registerFont(tall)
    canvas = Canvas(str(tmp_path / "tall.pdf"), pagesize=A4)
    canvas.setFont("Tall", 12)
    for number, (mark, line) in enumerate(
        (("1.", "Dogs are kept on a leash"), ("", "when in the hall."), ("2.", "Mind cats."))
    ):
        canvas.drawString(60, 700 - (16 * number), mark)
        canvas.drawString(80, 700 - (16 * number), line)
    canvas.save()
    assert sentences(load(tmp_path / "tall.pdf")) == ["1. Dogs are kept on a leash when in the hall.", "2. Mind cats."]


@pytest.mark.parametrize(
    ("told", "plain"),
    [("MeeƟng of the CommiƩee", "Meeting of the Committee"), ("eﬃcient", "efficient"), ("Ɵ = 2", "Ɵ = 2")],
)
def test_ligatures_are_spelt_out_whatever_a_file_calls_them(told, plain):
    assert undressed(told) == plain


def test_letters_set_close_to_each_other_leave_the_spaces_between_words(tmp_path):
    canvas = Canvas(str(tmp_path / "close.pdf"), pagesize=A4)
    text = canvas.beginText(60, 700)
    text.setFont("Helvetica", 12)
    text.setCharSpace(-1.6)
    text.textOut("The wreck of the Hesper was sold.")
    canvas.drawText(text)
    canvas.save()
    assert sentences(load(tmp_path / "close.pdf")) == ["The wreck of the Hesper was sold."]


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
