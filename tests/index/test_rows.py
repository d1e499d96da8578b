"""Rows of tables: whatever stands in a cell is in the text, with the name of its column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.tables.cells import Cell
from index.files.tables.rows import Grid, write_rows
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


def test_a_row_in_which_no_cell_begins_tells_nothing_anew():
    head = Cell("Pledge", 0, 0), Cell("Signed by", 0, 1)
    below = Cell("I keep the boat dry", 1, 0, rows=3), Cell("Ann", 1, 1), Cell("Ben", 3, 1)
    assert [row.text for row in write_rows(Grid((*head, *below)), 1)] == [
        "Pledge | Signed by",
        "Pledge: I keep the boat dry | Signed by: Ann",
        "Pledge: I keep the boat dry | Signed by: Ben",
    ]


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


def test_what_stands_beside_a_name_that_reaches_down_is_of_the_head_though_it_is_figures():
    cells = [Cell("Likely", 0, 0, 2, head=True), Cell("Severity", 0, 1, 1, 3, head=True)]
    lines = ("1", "2", "3"), ("Often", "4 Low", "8 Mod", "12 Sig"), ("Rarely", "2 Low", "4 Low", "6 Mod")
    cells += [Cell(t, r, c) for r, line in enumerate(lines, 1) for c, t in enumerate(line, 1 if r == 1 else 0)]
    told = [row.text for row in write_rows(Grid(tuple(cells)))]
    assert told[2] == "Likely: Often | Severity 1: 4 Low | Severity 2: 8 Mod | Severity 3: 12 Sig"


def test_names_that_are_alike_are_told_with_the_nearest_name_above_and_before_them():
    head = [Cell(text, 0, column, head=True) for column, text in ((1, "Members"), (3, "Guests"))]
    head += [Cell(text, 1, column, head=True) for column, text in enumerate(("Boat", "Early", "Late", "Early", "Late"))]
    cells = [Cell(text, 2, column) for column, text in enumerate(("Ketch", "8", "9", "10", "12"))]
    rows = write_rows(Grid((*head, *cells)))
    assert rows[-1].text == "Boat: Ketch | Members Early: 8 | Members Late: 9 | Guests Early: 10 | Guests Late: 12"


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
