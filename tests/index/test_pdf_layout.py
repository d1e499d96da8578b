"""Tables and forms in PDF files: each row, and each field, is a sentence that can be read without the others."""

import textwrap

import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from index.files.finding import load_documents
from index.passages import split_document
from tests.conftest import WordEmbedder

STYLES = getSampleStyleSheet()
RULES = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
BOLD_HEAD = [("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")]
PROSE = (
    "The balloon lifted off from the meadow at Tarn shortly after sunrise and drifted to the east. The pilot saw "
    "the power line late, and burned for height. The basket touched the upper wire and came to rest in a hedge. "
)
PRICES = [["Item", "Weight", "Price"], ["Rope", "12 kg", "€40"], ["Anchor", "30 kg", "€210"], ["Lamp", "2 kg", "€15"]]


def build(path, *parts):
    SimpleDocTemplate(str(path), pagesize=A4).build(
        [Paragraph(part, STYLES["BodyText"]) if isinstance(part, str) else part for part in parts]
    )
    return load(path)


def load(path):
    (document,), _ = load_documents([path])
    return document


def sentences(document):
    found = split_document(document, WordEmbedder().count_tokens).sentences
    return [document.text[sentence.start : sentence.end] for sentence in found]


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


def draw(path, lines, *, size=10):
    """A page of lines, each `(left, top, text)`, or a centred one `((left, right), top, text)`, in this order."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", size)
    for place, top, text in lines:
        if isinstance(place, tuple):
            canvas.drawCentredString(sum(place) / 2, 800 - top, text)
        else:
            canvas.drawRightString(-place, 800 - top, text) if place < 0 else canvas.drawString(place, 800 - top, text)
    canvas.save()
    return load(path)


ENDED = [
    ((300, 420), 40, "Three Months Ended"),
    ((440, 560), 40, "Nine Months Ended"),
    *(((left, left + 50), 52, "June 25,") for left in (300, 440)),
    *(((left, left + 50), 52, "June 26,") for left in (370, 510)),
    *(((left, left + 50), 64, "2022") for left in (300, 440)),
    *(((left, left + 50), 64, "2021") for left in (370, 510)),
]


def accounts(*rows):
    """Lines of a statement: a name and figures, each with or without a sign of money far to its left."""
    for number, (name, *figures) in enumerate(rows):
        top = 80 + 13 * number
        yield 60, top, name
        for right, figure in zip((350, 420, 490, 560), figures, strict=False):
            if figure.startswith("$"):
                yield right - 50, top, "$"
            yield -right, top, figure.lstrip("$")


def test_a_statement_keeps_its_headers_though_names_run_over_lines_and_signs_stand_apart(tmp_path):
    document = draw(
        tmp_path / "statement.pdf",
        [
            ((60, 560), 20, "STATEMENT OF INCOME"),
            ((280, 340), 30, "(In millions)"),
            *ENDED,
            *accounts(
                ("Net income", "$19,442", "$21,744", "$79,082", "$74,129"),
                ("Other income:",),
                ("Change in what foreign currency is worth", "(721)", "188", "(1,102)", "659"),
                ("Change in unrealised gains and losses on instruments that hedge, net of tax:",),
                ("Change in their fair value", "852", "(24)", "1,548", "5"),
                ("Shares withheld when employees settled their",),
                ("awards", "(97)", "(63)", "1,461", "402"),
                ("Total", "$19,476", "$21,845", "$80,989", "$75,195"),
            ),
        ],
    )
    found = sentences(document)
    columns = [f"{span} Months Ended June {day}" for span in ("Three", "Nine") for day in ("25, 2022", "26, 2021")]
    for name, *figures in (
        ("Net income", "$19,442", "$21,744", "$79,082", "$74,129"),
        ("Other income: Change in what foreign currency is worth", "(721)", "188", "(1,102)", "659"),
        ("Other income: Change in their fair value", "852", "(24)", "1,548", "5"),
        ("Other income: Shares withheld when employees settled their awards", "(97)", "(63)", "1,461", "402"),
    ):
        told = [f"{column}: {figure}" for column, figure in zip(columns, figures, strict=True)]
        assert any(one == " | ".join([name, *told]) for one in found), (name, found)


def test_a_sign_right_behind_a_figure_is_that_of_the_next_one(tmp_path):
    lines = [((300, 420), 60, "1 May 2021"), ((440, 560), 60, "1 May 2020")]
    for number, (name, first, second) in enumerate(
        (("Cash from sales", "1,591", "3,393"), ("Cash used to invest", "(4,457)", "(7,378)"), ("Cash", "97", "33"))
    ):
        top = 80 + 13 * number
        lines += [(60, top, name), (-400, top, first), (404, top, "$"), (-540, top, second)]
    found = sentences(draw(tmp_path / "flows.pdf", lines))
    assert found == [
        "Cash from sales | 1 May 2021: 1,591 | 1 May 2020: $3,393",
        "Cash used to invest | 1 May 2021: (4,457) | 1 May 2020: $(7,378)",
        "Cash | 1 May 2021: 97 | 1 May 2020: $33",
    ]


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


def test_a_mark_drawn_later_stands_where_it_is_seen(tmp_path):
    text = "The company sells Lantern , Buoy and lamps to whoever asks for them by name."
    path = tmp_path / "marks.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 700, text.replace("Lantern ,", "Lantern   ,"))
    canvas.setFont("Helvetica", 6)
    canvas.drawString(60 + canvas.stringWidth("The company sells Lantern", "Helvetica", 10) + 1, 702, "®")
    canvas.save()
    assert sentences(load(path)) == [text.replace("Lantern ,", "Lantern® ,")]


def test_a_table_open_at_its_sides_keeps_its_headers_and_loses_the_dots(tmp_path):
    path = tmp_path / "open.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 9)
    for top in (100, 120, 180):
        canvas.line(60, 800 - top, 540, 800 - top)
    for left in (230, 400):
        canvas.line(left, 700, left, 620)
    rows = [
        ("Action", "Labour", "Cost per boat"),
        ("Wiring change .............", "Up to 79 hours × 85 =", "Up to 10,505 ......."),
        ("", "Up to 6,715.", ""),
        ("Test of the sensor ..........", "40 hours × 85 = 3,400.", "3,400 .............."),
    ]
    for number, row in enumerate(rows):
        for left, text in zip((64, 236, 406), row, strict=True):
            canvas.drawString(left, 800 - 114 - 18 * number, text)
    canvas.save()
    assert sentences(load(path)) == [
        "Action: Wiring change | Labour: Up to 79 hours × 85 = Up to 6,715. | Cost per boat: Up to 10,505",
        "Action: Test of the sensor | Labour: 40 hours × 85 = 3,400. | Cost per boat: 3,400",
    ]


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
