"""Tables of reportlab, ruled and bold or not, and forms: rows have the names of their columns, values their labels."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, Spacer, Table

from index.passages import split_document
from tests.conftest import WordEmbedder
from tests.index.pages import BOLD_HEAD, PRICES, PROSE, RULES, STYLES, build, load, ruled, sentences


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
