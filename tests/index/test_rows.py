"""Rows of tables: whatever stands in a cell is in the text, wherever cells meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.cells import Cell, names_only
from index.files.rows import Grid, write_rows
from tests.index.grids import rows_of

PLACES = st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 2), st.integers(1, 3), st.booleans())


@given(st.lists(PLACES, min_size=1, max_size=24))
def test_nothing_in_a_table_is_lost(places):
    cells = [
        Cell(f"{'cell' if number % 2 else ''}{number + 100}", row, column, rows, columns, head)
        for number, (row, column, rows, columns, head) in enumerate(places)
    ]
    told = "\n".join(row.text for row in write_rows(Grid(tuple(cells))))
    assert [cell.text for cell in cells if cell.text not in told] == []


def test_a_cell_that_begins_where_another_stands_goes_beside_it():
    grid = Grid((Cell("Cash", 0, 0), Cell("$5,519", 0, 1), Cell("$3,389", 0, 1, 1, 2)))
    assert [row.text for row in write_rows(grid)] == ["Cash | $5,519 | $3,389"]


def test_the_number_of_an_item_stands_before_it_as_in_a_list():
    conditions = ("1.", "Work shall begin within three years."), ("(b)", "No windows may be added."), ("•", "Quiet.")
    assert rows_of(*map(enumerate, conditions)) == [" ".join(condition) for condition in conditions]
    ranks = ("1.", "Finland", "7.8"), ("2.", "Denmark", "7.5")
    assert rows_of(*map(enumerate, ranks)) == [" | ".join(rank) for rank in ranks]


def test_a_header_set_in_from_its_column_still_names_it():
    head = (Cell("Status", 0, 1, head=True), Cell("Date", 0, 3, head=True))
    rows = write_rows(Grid((*head, Cell("Approved", 1, 0, 1, 2), Cell("9 May", 1, 2, 1, 2))))
    assert [row.text for row in rows] == ["Status | Date", "Status: Approved | Date: 9 May"]


def test_a_header_that_ends_with_the_years_beside_it_names_their_columns():
    head = (Cell("Year Ended May 31,", 0, 0), Cell("2022", 0, 1), Cell("2021", 0, 2))
    rows = write_rows(Grid((*head, Cell("Sales", 1, 0), Cell("$15", 1, 1), Cell("$16", 1, 2))))
    assert rows[1].text == "Sales | Year Ended May 31, 2022: $15 | Year Ended May 31, 2021: $16"


def test_fields_of_a_form_are_no_headers_however_plain_their_values():
    fields = [("Maker:", "Orrin"), ("Kind:", "Reader"), ("Part:", "OR-1300e"), ("Version:", "1.08")]
    grid = Grid(tuple(Cell(text, row, n) for row, pair in enumerate(fields) for n, text in enumerate(pair)))
    assert [row.text for row in write_rows(grid)] == [" ".join(pair) for pair in fields]


def test_a_blank_to_be_filled_in_is_no_name_of_a_column():
    assert not names_only(["Total:", "_______"])
    assert names_only(["Total", "Payment"])


def test_a_form_of_two_columns_keeps_its_first_field():
    fields = ("Customer", "Anna"), ("Account", "12345678"), ("Opened", "3 May 2001"), ("Closed", "5 May 2008")
    assert rows_of(*(enumerate(pair) for pair in fields))[0] == "Customer: Anna"


def test_names_above_two_columns_of_figures_are_headers_though_most_columns_hold_words():
    head = "Ticket", "Customer", "Subject", "By", "Status", "Hours"
    body = [(f"T-{n}", "Abbot & Rye", "Mailbox full", "Ines", "closed", f"{n}.5") for n in range(4)]
    assert rows_of(enumerate(head), *map(enumerate, body))[1].startswith(
        "Ticket: T-0 | Customer: Abbot & Rye | Subject:"
    )
    assert rows_of(*map(enumerate, [*body, head]))[0].startswith("T-0 | Abbot & Rye | Mailbox full")
    assert rows_of(*map(enumerate, [head, ("May",), *body, ("All", "6.0")]))[2].startswith(
        "Ticket: T-0 | Customer: Abbot"
    )


def test_a_head_that_ends_with_a_colon_keeps_the_years_beside_it():
    told = rows_of(enumerate(("Years ended May 31:", "2009", "2008")), enumerate(("Sales", "1,234", "1,100")))
    assert told[1] == "Sales | Years ended May 31 2009: 1,234 | Years ended May 31 2008: 1,100"


def test_a_field_in_the_corner_names_no_rows_and_the_others_name_columns_of_figures():
    head = ("Property at: 7 Pier Road", "Limit", "Deductible")
    barn, home = ("Horse barn", "$35,000", "$1,000"), ("Manager's home", "$500,000", "$1,000")
    told = rows_of(*map(enumerate, (head, barn, home)))
    assert told[1] == "Horse barn | Limit: $35,000 | Deductible: $1,000"


def test_a_note_across_a_table_is_no_figure_of_one_year():
    note = "The figures of both years were restated when the company changed how it tells what boats are worth."
    head, body = (Cell("2010", 0, 1), Cell("2009", 0, 2)), (Cell("Sales", 1, 0), Cell("15", 1, 1), Cell("16", 1, 2))
    assert write_rows(Grid((*head, *body, Cell(note, 2, 0, 1, 3))))[-1].text == note


def test_signs_in_cells_of_their_own_belong_to_their_figures():
    head = (Cell("2021", 0, 1, 1, 2), Cell("2020", 0, 3, 1, 3))
    row = [Cell(text, 1, column) for column, text in enumerate(("Net income", "$", "2,111", "$", "(2,208", ")"))]
    share = [Cell(text, 2, column) for column, text in ((0, "Share"), (2, "4.5"), (3, "%"), (4, "3.1"), (5, "%"))]
    assert [one.text for one in write_rows(Grid((*head, *row, *share)))[1:]] == [
        "Net income | 2021: $2,111 | 2020: $(2,208)",
        "Share | 2021: 4.5% | 2020: 3.1%",
    ]


def test_the_sum_of_a_group_is_its_last_row():
    lines = ("ASSETS", "2021", "2020"), ("Current assets:",), ("Cash", "16", "5"), ("Total current assets", "23", "11")
    assert rows_of(*(enumerate(line) for line in (*lines, ("Goodwill", "9", "8"))))[2:] == [
        "Current assets: Cash | 2021: 16 | 2020: 5",
        "Current assets: Total current assets | 2021: 23 | 2020: 11",
        "Goodwill | 2021: 9 | 2020: 8",
    ]


def test_what_marked_names_consist_of_is_told_with_them_though_it_is_not_marked():
    head = [Cell("to air", 0, 1, head=True), Cell("to water", 0, 2, head=True)]
    finer = [Cell("kg a year", 1, 1), Cell("t a year", 1, 2)]
    body = [Cell(text, row, column) for row in (2, 3) for column, text in enumerate(("Lead", "20", "40"))]
    assert "Lead | to air kg a year: 20 | to water t a year: 40" in [
        row.text for row in write_rows(Grid((*head, *finer, *body)))
    ]


def test_what_is_left_of_a_row_on_the_page_before_is_no_name_of_columns():
    head = [Cell(text, 0, column, head=True) for column, text in enumerate(("No.", "Works", "Sum"))]
    rest = [Cell("and of accessories for the laboratory", 1, 1), Cell("and taxes", 1, 2)]
    body = [Cell(text, row, column) for row in (2, 3) for column, text in enumerate(("7", "A road", "40"))]
    assert "No.: 7 | Works: A road | Sum: 40" in [row.text for row in write_rows(Grid((*head, *rest, *body)))]


def test_columns_may_be_named_by_numbers_where_these_are_marked():
    head = [Cell(text, 0, column, head=True) for column, text in enumerate(("Train", "221", "225", "*277"))]
    first = [Cell(text, 1, column) for column, text in enumerate(("Tarn", "7:12", "9:05")) if column != 1]
    last = [Cell(text, 2, column, head=column > 2) for column, text in enumerate(("Sill", "7:19", "9:12", "10:19"))]
    assert [row.text for row in write_rows(Grid((*head, *first, *last)))[1:]] == [
        "Train: Tarn | 225: 9:05",
        "Train: Sill | 221: 7:19 | 225: 9:12 | *277: 10:19",
    ]


def test_figures_with_their_units_are_no_names_of_columns():
    lines = (
        ("Measurement", "Value", "Normal", "Status"),
        ("Blood pressure", "142/88mmHg", "120/80mmHg", "ELEVATED"),
        ("Heart rate", "78bpm", "60-100bpm", "NORMAL"),
        ("Oxygen", "97%", "95-100%", "NORMAL"),
    )
    assert rows_of(*(enumerate(line) for line in lines))[1:3] == [
        "Measurement: Blood pressure | Value: 142/88mmHg | Normal: 120/80mmHg | Status: ELEVATED",
        "Measurement: Heart rate | Value: 78bpm | Normal: 60-100bpm | Status: NORMAL",
    ]


def test_units_set_apart_are_no_names_either_but_sizes_above_prices_are():
    model = ("", "DH-40", "DH-60"), ("Water a day", "40 litres", "60 litres"), ("Weight", "17.2 kg", "18.6 kg")
    assert rows_of(*(((n, one) for n, one in enumerate(line) if one) for line in model))[1:] == [
        "Water a day | DH-40: 40 litres | DH-60: 60 litres",
        "Weight | DH-40: 17.2 kg | DH-60: 18.6 kg",
    ]
    price = ("", "Can of", "Can of"), ("", "1 litre", "5 litres"), ("Rape", "2.10", "9.00"), ("Olive", "1.80", "8.50")
    assert rows_of(*(((n, one) for n, one in enumerate(line) if one) for line in price))[-1] == (
        "Olive | Can of 1 litre: 1.80 | Can of 5 litres: 8.50"
    )


@pytest.mark.parametrize("behind", [True, False])
def test_quarters_are_told_with_the_year_beside_which_they_stand(behind):
    quarters = ("Q1", "Q2", "Q3", "Q4")
    years = [(*quarters, year) if behind else (year, *quarters) for year in ("2020", "2021")]
    named = [
        f"{name} {year}" if name in quarters else name
        for year, names in zip(("2020", "2021"), years, strict=True)
        for name in names
    ]
    head = [Cell(text, 0, column) for column, text in enumerate([*years[0], *years[1]], start=1)]
    sales = [Cell("Sales", 1, 0), *(Cell(str(10 * column), 1, column) for column in range(1, 11))]
    told = [f"{name}: {10 * column}" for column, name in enumerate(named, start=1)]
    assert write_rows(Grid((*head, *sales)))[-1].text == " | ".join(["Sales", *told])


def test_fields_have_no_names_above_them():
    head = [Cell("Judge Varga", 0, 0, head=True), Cell("Clerk Orrin", 0, 1, head=True)]
    body = [Cell("Date: 31 October 2017", 1, 0), Cell("Docket: 17-cv-67", 1, 1), Cell("Court: Tarn", 2, 0)]
    assert [row.text for row in write_rows(Grid((*head, *body)))][1:] == [
        "Date: 31 October 2017 | Docket: 17-cv-67",
        "Court: Tarn",
    ]


def test_a_header_among_the_rows_names_what_stands_below_it():
    lines = ("Year", "Boats", "Crew"), ("2022", "35", "120"), ("Year", "Metres", "Price"), ("2022", "14", "9")
    cells = [
        Cell(text, row, column, head=row % 2 == 0) for row, line in enumerate(lines) for column, text in enumerate(line)
    ]
    rows = [(row.text, row.caption) for row in write_rows(Grid(tuple(cells)))]
    assert rows == [
        ("Year | Boats | Crew", True),
        ("Year: 2022 | Boats: 35 | Crew: 120", False),
        ("Year | Metres | Price", True),
        ("Year: 2022 | Metres: 14 | Price: 9", False),
    ]


@pytest.mark.parametrize(("names", "is_head"), [(("6A", "6B", "7A"), True), (("6A", "6B", "6B"), False)])
def test_figures_all_unlike_above_words_name_columns(names, is_head):
    words = [("Maths", "Soni", "Kaur", "Lal"), ("Sport", "Lal", "Ram", "Soni"), ("Hindi", "Maya", "Lal", "Maya")]
    found = rows_of(*map(enumerate, [("Subject", *names), *words, ("Music", "Ram", "--", "Kaur")]))
    assert found[1] == ("Subject: Maths | 6A: Soni | 6B: Kaur | 7A: Lal" if is_head else "Maths | Soni | Kaur | Lal")


def test_names_above_figures_with_powers_of_ten_name_columns():
    names = ("Case", "∆∗ [m2]", "Θx [m2]", "ue/V∞", "H", "Θ∞ [m2]")
    slow, fast = (
        ("40 mph", "5.23e-4", "4.06e-4", ".941", "1.2", "3e-4"),
        ("60 mph", "4e-4", "3E-4", ".9", "1", "2 x 10-4"),
    )
    assert rows_of(*map(enumerate, (names, slow, fast)))[2].endswith(" | ue/V∞: .9 | H: 1 | Θ∞ [m2]: 2 x 10-4")


def test_a_sign_in_a_column_with_a_name_is_of_no_figure_beside_it():
    loans = [("Loan", "Balance", "APR", "Paid"), ("Car", "64017", "%", "309.01"), ("Home", "99", "3%", "12")]
    assert rows_of(*map(enumerate, loans))[1] == "Loan: Car | Balance: 64017 | APR: % | Paid: 309.01"
    debts = [("", "2023", "", "2022", ""), ("Debt", "$", "120", "$", "130"), ("Loan", "$", "N/A", "$", "9")]
    assert "$120" in rows_of(*map(enumerate, debts))[1]


def test_fields_all_of_which_are_marked_stay_fields():
    lines = (("Manager", "Ada Moor"), ("Town", "Orrin"), ("Pier", "North"))
    cells = [Cell(text, row, column, head=True) for row, line in enumerate(lines) for column, text in enumerate(line)]
    assert [row.text for row in write_rows(Grid(tuple(cells)))] == ["Manager: Ada Moor", "Town: Orrin", "Pier: North"]


@pytest.mark.parametrize(
    ("one", "other", "heads", "line"),
    [
        ("4. Port of loading", "5. Final port", False, "4. Port of loading | 5. Final port"),
        ("1. Full name", "7. Moor", False, "1. Full name: 7. Moor"),
        ("Cakes", "Cupcakes", True, "Cakes | Cupcakes"),
        ("Cakes", "Cupcakes", False, "Cakes: Cupcakes"),
        ("Total", "£12", True, "Total: £12"),
        ("Title:", "Cupcakes", True, "Title: Cupcakes"),
        (
            "Title",
            "How many cakes were eaten at the harbour.",
            True,
            "Title: How many cakes were eaten at the harbour.",
        ),
    ],
)
def test_two_names_beside_each_other_are_no_field(one, other, heads, line):
    cells = [Cell("Stew, soup or pie.", 0, 0), Cell(one, 1, 0, head=heads), Cell(other, 1, 1, head=heads)]
    assert [row.text for row in write_rows(Grid(tuple(cells)))][1] == line


def test_what_stands_beside_a_name_that_reaches_down_is_of_the_head_though_it_is_figures():
    cells = [Cell("Likely", 0, 0, 2, head=True), Cell("Severity", 0, 1, 1, 3, head=True)]
    lines = ("1", "2", "3"), ("Often", "4 Low", "8 Mod", "12 Sig"), ("Rarely", "2 Low", "4 Low", "6 Mod")
    cells += [Cell(t, r, c) for r, line in enumerate(lines, 1) for c, t in enumerate(line, 1 if r == 1 else 0)]
    told = [row.text for row in write_rows(Grid(tuple(cells)))]
    assert told[2] == "Likely: Often | Severity 1: 4 Low | Severity 2: 8 Mod | Severity 3: 12 Sig"


def test_the_name_of_a_group_that_begins_beside_the_head_makes_its_rows_none_of_it():
    cells = [Cell("Fruit", 0, 0, 3, head=True), Cell("Kind", 0, 1, head=True), Cell("Price", 0, 2, head=True)]
    cells += [Cell(t, r, c) for r, line in ((1, ("Apple", "3")), (2, ("Pear", "4"))) for c, t in enumerate(line, 1)]
    cells += [Cell(text, 3, column) for column, text in enumerate(("Leek", "green", "5"))]
    assert any(row.text.endswith("Kind: Apple | Price: 3") for row in write_rows(Grid(tuple(cells))))


def test_a_bold_line_across_all_columns_names_the_rows_below_it_and_no_columns():
    lines = ("Class", "Pickup", "Fee"), ("Owls", "3pm", "120"), ("From May to July",), ("Wrens", "4pm", "95")
    cells = [
        Cell(text, row, column, columns=4 - len(line) if len(line) == 1 else 1, head=row in (0, 2))
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
    ]
    rows = [(row.text, row.caption) for row in write_rows(Grid(tuple(cells)))]
    assert rows[2:] == [("From May to July", True), ("From May to July: Wrens | Pickup: 4pm | Fee: 95", False)]


def test_names_that_are_alike_are_told_with_the_nearest_name_above_and_before_them():
    head = [Cell(text, 0, column, head=True) for column, text in ((1, "Members"), (3, "Guests"))]
    head += [Cell(text, 1, column, head=True) for column, text in enumerate(("Boat", "Early", "Late", "Early", "Late"))]
    cells = [Cell(text, 2, column) for column, text in enumerate(("Ketch", "8", "9", "10", "12"))]
    rows = write_rows(Grid((*head, *cells)))
    assert rows[-1].text == "Boat: Ketch | Members Early: 8 | Members Late: 9 | Guests Early: 10 | Guests Late: 12"


def test_a_head_of_two_rows_that_comes_again_keeps_its_names():
    head = [
        *((text, 1, column, span) for text, column, span in (("Year", 0, 1), ("Boats", 1, 2), ("Crew", 3, 2))),
        *((text, 2, column, 1) for column, text in enumerate(("in", "out", "in", "out"), start=1)),
    ]
    cells: list[Cell] = []
    for row in (0, 3):
        cells += [Cell(text, row + line - 1, column, 1, span, head=True) for text, line, column, span in head]
        cells += [Cell(text, row + 2, column) for column, text in enumerate((f"202{row}", "9", "8", "7", "6"))]
    found = [row.text for row in write_rows(Grid(tuple(cells))) if not row.caption]
    assert found == [f"Year: 202{n} | Boats in: 9 | Boats out: 8 | Crew in: 7 | Crew out: 6" for n in (0, 3)]


def test_a_row_of_words_in_bold_is_no_header():
    rooms = (
        ("Room", "Keeper", "Colour"),
        ("Hall", "Ida", "grey"),
        ("Attic", "Anna", "green"),
        ("Cellar", "Jon", "white"),
    )
    cells = [
        Cell(text, row, column, head=row in (0, 2))
        for row, line in enumerate(rooms)
        for column, text in enumerate(line)
    ]
    assert "Room: Attic | Keeper: Anna | Colour: green" in [row.text for row in write_rows(Grid(tuple(cells)))]


def test_two_figures_under_one_name_with_a_dash_between_them_are_told_as_one():
    head = [Cell("Work", 0, 0, head=True), Cell("Range", 0, 1, columns=3, head=True), Cell("Mean", 0, 4, head=True)]
    rows = ("Mending", "5.00", "-", "20.00", "12.10"), ("Greasing", "3.00", "-", "", "3.00")
    cells = [Cell(text, row, column) for row, line in enumerate(rows, 1) for column, text in enumerate(line)]
    told = [row.text for row in write_rows(Grid((*head, *cells)))][1:]
    assert told == [
        "Work: Mending | Range: 5.00 - 20.00 | Mean: 12.10",
        "Work: Greasing | Range: 3.00 | Range: - | Mean: 3.00",
    ]


MEALS = ("Monday", "Tuesday", "Friday")


def repeated(*rows):
    return rows_of(*(enumerate(row) for row in rows))


def test_a_row_that_says_the_same_under_each_name_is_told_with_the_rows_below_it():
    told = repeated(MEALS, ("Snack",) * 3, ("Plums", "Pears", "Kale"), ("Lunch",) * 3, ("Broth", "Rice", "Pie"))
    assert told == [
        "Monday | Tuesday | Friday",
        "Snack",
        "Snack | Monday: Plums | Tuesday: Pears | Friday: Kale",
        "Lunch",
        "Lunch | Monday: Broth | Tuesday: Rice | Friday: Pie",
    ]


@pytest.mark.parametrize("said", ["Yes", "n/a", "4.50", "closed"])
def test_a_value_that_is_the_same_in_all_columns_names_no_rows(said):
    assert said not in repeated(MEALS, (said,) * 3, ("Plums", "Pears", "Kale"), ("Lunch",) * 3)


def test_one_row_that_says_the_same_throughout_names_no_rows():
    assert (
        repeated(MEALS, ("Closed",) * 3, ("Plums", "Pears", "Kale"))[1]
        == "Monday: Closed | Tuesday: Closed | Friday: Closed"
    )


PIPES = [("15", "19", "38"), ("20", "19", "38"), ("25", "25", "44")]
LIMITS = [("Limits", "Least", "Usual"), ("Pressure", "2", "3.5"), ("Heat", "6", "12"), ("Flow", "1", "4")]


def test_names_over_rows_of_figures_alone_begin_a_table_of_their_own_below_its_title():
    thick = ("Pipe", "Outside", "Inside")
    told = repeated(*LIMITS, ("Chilled water",), thick, *PIPES, ("Drains",), thick, *PIPES)
    assert told[1] == "Limits: Pressure | Least: 2 | Usual: 3.5"
    assert told[4:7] == [
        "Chilled water",
        "Pipe | Outside | Inside",
        "Chilled water | Pipe: 15 | Outside: 19 | Inside: 38",
    ]
    assert told[-1] == "Drains | Pipe: 25 | Outside: 25 | Inside: 44"


def test_the_last_row_of_a_head_of_several_begins_no_table_of_its_own():
    told = repeated(("", "Women", "Men"), ("Years", "Rate", "Share"), ("45", "15.5", "3"), ("55", "60", "4"), *PIPES)
    assert "Women Rate: 15.5" in " ".join(told)


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("Ann", "Bob", "Cid"),
            ("Agree",) * 3,
            ("Disagree", "Agree", "Disagree"),
            ("Disagree",) * 3,
            ("Agree", "No", "No"),
        ],
        [("Week 1", "Week 2", "Week 3"), ("Apples", "Pears", "Kiwi"), ("Plums",) * 3, ("Milk",) * 3],
        [("City", "Region", "Country"), ("Paris", "Ile", "France"), ("Monaco",) * 3, ("Nice", "Var", "France")],
        [("Home", "Away", "Judge"), ("Leeds",) * 3, ("York", "Hull", "Ann"), ("Ripon",) * 3],
    ],
)
def test_what_is_said_of_all_columns_is_no_name_of_rows_where_other_cells_say_it_or_no_row_stands_below(rows):
    told = " ".join(repeated(*rows))
    assert all(told.count(cell) >= row.count(cell) for row in rows for cell in set(row))


@pytest.mark.parametrize(
    "rows",
    [
        [("Year", "Visitors", "Income"), ("2018", "100", "10"), ("2020", "Closed", "Nil"), *PIPES],
        [("Hour", "North", "South"), ("11:00", "4", "10"), ("Noon", "Closed", "Shut"), *PIPES],
        [("Gauge", "North", "South"), ("Mean", "4", "10"), ("Noon", "none", "none"), *PIPES],
    ],
)
def test_a_row_of_words_among_figures_is_no_head(rows):
    last = PIPES[-1]
    assert repeated(*rows)[-1].endswith(f"{rows[0][1]}: {last[1]} | {rows[0][2]}: {last[2]}")


def test_a_row_of_words_below_rows_with_names_is_no_head_without_a_title_above_it():
    told = repeated(
        ("Route", "Mon", "Sat"), ("X1", "12", "10"), ("Shuttle", "hourly", "none"), *PIPES, ("X3", "1", "2")
    )
    assert told[2] == "Route: Shuttle | Mon: hourly | Sat: none"
    assert told[-1] == "Route: X3 | Mon: 1 | Sat: 2"


def test_a_line_at_the_end_of_a_table_names_nothing_and_is_a_sentence():
    lines = (("Item", "Price", "Stock"), ("Bolt", "3", "12"), ("Nut", "4", "20"), ("Closed on Sundays",))
    grid = Grid(tuple(Cell(text, row, n) for row, line in enumerate(lines) for n, text in enumerate(line)))
    assert [row.text for row in write_rows(grid) if not row.caption][-1] == "Closed on Sundays"
