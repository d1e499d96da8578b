"""Figures of PDF tables: their signs, their units, and names that run over lines beside them."""

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.index.pages import draw, load, placed, sentences

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


def test_names_that_stand_beside_their_figures_are_told_with_them_and_an_account_without_any_has_its_own_row(tmp_path):
    """As ledgers are printed: names at the left of their columns, figures at the right."""
    names = ("Code", "Account", "Given", "Spent", "Kept", "Left")
    lefts = (40, 100, 230, 310, 390, 470)
    lines = [(left, 60, name) for left, name in zip(lefts, names, strict=True)]
    accounts = [
        ("4120", "Fees"),
        ("100", "Events"),
        ("000", "Hall", "300.00", "0.00", "0.00", "300.00"),
        ("4173", "Care"),
    ]
    accounts += [("230", "Reserve"), ("000", "Boats", "5,000.00", "13,575.04", "0.00", "1,424.96"), ("4610", "Income")]
    accounts += [("000", "Piers", "2,499.17", "9,999.87", "1,557.11", "10,942.19")]
    for number, (code, account, *figures) in enumerate(accounts):
        top = 80 + 11 * number + 12 * (number > 0)
        lines += [(40 + 7 * (number % 3), top, code), (100 + 7 * (number % 3), top, account)]
        lines += [(-right, top, figure) for right, figure in zip((300, 380, 460, 540), figures, strict=False)]
    found = sentences(draw(tmp_path / "ledger.pdf", lines))
    assert "Code: 000 | Account: Hall | Given: 300.00 | Spent: 0.00 | Kept: 0.00 | Left: 300.00" in found
    assert "Code: 000 | Account: Boats | Given: 5,000.00 | Spent: 13,575.04 | Kept: 0.00 | Left: 1,424.96" in found
    assert "Code: 4173 | Account: Care" in found


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


def test_figures_a_letter_apart_stand_in_columns_of_their_own(tmp_path):
    canvas = Canvas(str(tmp_path / "narrow.pdf"), pagesize=A4)
    canvas.setFont("Courier", 11)
    rows = [
        "Orrin       800   960 1,040 1,120",
        "Tarn        880 1,040 1,180 1,260",
        "Sill        950 1,100 1,240 1,300",
    ]
    for number, row in enumerate(rows):
        canvas.drawString(60, 700 - 16 * number, row)
    canvas.save()
    assert sentences(load(tmp_path / "narrow.pdf"))[1] == "Tarn | 880 | 1,040 | 1,180 | 1,260"


def test_a_sign_behind_its_own_figure_stays_there(tmp_path):
    rows = [("Hotel", "Sommer", "Winter"), ("Adler", "100,00 €", "80,00 €"), ("Krone", "140,00 €", "95,00 €")]
    rows = [*rows, ("Hirsch", "90,00 €", "70,00 €")]
    document = draw(tmp_path / "prices.pdf", placed(rows, (60, 200, 300)))
    assert sentences(document)[0] == "Hotel: Adler | Sommer: 100,00 € | Winter: 80,00 €"


def test_a_single_row_between_names_of_groups_keeps_its_headers(tmp_path):
    rows = [
        ("Numerator:",),
        ("Net income", "$19,442", "$21,744", "$79,082", "$74,129"),
        ("Denominator:",),
        ("Shares", "16,162", "16,629", "16,277", "16,772"),
        ("Dilution", "99", "152", "117", "168"),
    ]
    found = sentences(draw(tmp_path / "shares.pdf", [*ENDED, *accounts(*rows)]))
    assert found[0].startswith("Numerator: Net income | Three Months Ended June 25, 2022: $19,442 | Three Months")
    assert found[-1].endswith("Nine Months Ended June 25, 2022: 117 | Nine Months Ended June 26, 2021: 168")


def test_dots_that_lead_on_far_from_each_other_are_left_out(tmp_path):
    lines = [
        line
        for number, (name, figure) in enumerate((("Wages", "4,100"), ("Interest", "38"), ("Rent", "1,250")))
        for line in [
            (40, 40 + 14 * number, name),
            *((place, 40 + 14 * number, ".") for place in range(160, 400, 24)),
            (-480, 40 + 14 * number, figure),
        ]
    ]
    assert sentences(draw(tmp_path / "dots.pdf", lines)) == ["Wages: 4,100", "Interest: 38", "Rent: 1,250"]


def test_a_column_that_only_a_later_row_fills_is_one_of_its_own(tmp_path):
    rows = ("Granted", "840", "$12.50", ""), ("Vested", "(310)", "$11.25", ""), ("Balance", "530", "$13.10", "$6,943")
    lines = [(left, 40, text) for left, text in ((250, "Units"), (330, "Price"), (420, "Value"))]
    for number, (name, *figures) in enumerate(rows):
        lines.append((60, 56 + 14 * number, name))
        lines += [(left, 56 + 14 * number, text) for left, text in zip((250, 330, 420), figures, strict=True) if text]
    assert sentences(draw(tmp_path / "units.pdf", lines))[-1] == "Balance | Units: 530 | Price: $13.10 | Value: $6,943"


def test_a_percent_sign_in_a_column_of_units_parts_no_table(tmp_path):
    columns = list(zip((60, 180, 250, 320, 460), ("Variable", "Height (m)", "Tower", "Range", "Units"), strict=True))
    rows = [
        ("Temperature", "2", "12", "-40 to 60", "C"),
        ("Humidity", "2", "12", "0 to 100", "%"),
        ("Sunshine", "3", "14", "0 to 2000", "kW"),
        ("Wind", "10", "14", "0 to 360", "m/s"),
    ]
    lines = [[name for _, name in columns], *rows]
    parts = [
        ((left, left + 60), 40 + 13 * n, text)
        for n, line in enumerate(lines)
        for (left, _), text in zip(columns, line, strict=True)
    ]
    found = sentences(draw(tmp_path / "sensors.pdf", parts))
    for name, height, *_ in rows:
        assert any(one.startswith(f"Variable: {name} | Height (m): {height} | Tower: ") for one in found), (name, found)


def test_the_unit_of_all_figures_beside_the_name_of_the_rows_is_of_the_head(tmp_path):
    rows = ("", "October 29,", "January 29,"), ("", "2023", "2022"), ("Other Assets:", "", "")
    rows += ("Prepaid royalties", "369", "387"), ("Prepaid cloud services", "60", "23"), ("Other", "139", "122")
    lines = [one for one in placed(rows, (60, 330, 440), top=80, pitch=13) if one[2]] + [
        ((330, 480), 106, "(In millions)")
    ]
    found = sentences(draw(tmp_path / "assets.pdf", lines))
    assert "Other Assets: Other | October 29, 2023 (In millions): 139 | January 29, 2022 (In millions): 122" in found
