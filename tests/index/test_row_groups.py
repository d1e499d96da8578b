"""Rows that name, sum up or part the rows below them."""

import pytest

from index.files.tables.cells import Cell
from index.files.tables.rows import Grid, write_rows
from tests.index.grids import rows_of


def test_the_sum_of_a_group_is_its_last_row():
    lines = ("ASSETS", "2021", "2020"), ("Current assets:",), ("Cash", "16", "5"), ("Total current assets", "23", "11")
    assert rows_of(*(enumerate(line) for line in (*lines, ("Goodwill", "9", "8"))))[2:] == [
        "Current assets: Cash | 2021: 16 | 2020: 5",
        "Current assets: Total current assets | 2021: 23 | 2020: 11",
        "Goodwill | 2021: 9 | 2020: 8",
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


def test_a_size_that_stands_below_several_plants_is_told_with_its_own():
    """As in a nursery's price list: without the plant above it nobody can tell of which the size is."""
    lines = ("PINE", "mugo, scotch and others that are listed on the board beside the gate"), ("SPRUCE", "blue globe.")
    named = [(": ".join(line),) for line in lines]
    sizes = ("#5 pot", "$60"), ("#10 pot", "$138")
    assert rows_of(*(enumerate(line) for line in (named[0], *sizes, ("Burlap", "$9"), named[1], *sizes))) == [
        "PINE: mugo, scotch and others that are listed on the board beside the gate",
        "PINE | #5 pot: $60",
        "PINE | #10 pot: $138",
        "PINE | Burlap: $9",
        "SPRUCE: blue globe.",
        "SPRUCE: blue globe | #5 pot: $60",
        "SPRUCE: blue globe | #10 pot: $138",
    ]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([("Oak", "(sold out)"), ("Ask for larger ones.",), ("Small", "$6"), ("Tall", "$8")], "Tall: $8"),
        (
            [("Maple",), ("Slow, red in autumn",), ("Small", "$6"), ("Tall", "$8")],
            "Tall: $8",
        ),  # which of them is the kind?
        ([("Maple",), ("Small", "$6"), ("Tall", "$8"), ("Delivery", "$9")], "Delivery: $9"),
        ([("Maple",), ("Small", "$6"), ("Tall", "$8"), ("All prices without tax",)], "All prices without tax"),
        ([("Maple",), ("Small", "$6"), ("Pay in cash.",), ("Tall", "$8")], "Pay in cash."),
    ],
)
def test_what_stands_beside_sizes_and_their_kinds_is_told_as_it_is(lines, told):
    rose = [("Rose",), ("Small", "$7"), ("Tall", "$9")]
    assert told in rows_of(*map(enumerate, [*rose, ("Elm",), *rose[1:], *lines]))


@pytest.mark.parametrize(
    "lines",
    [
        [
            ("Drinks",),
            ("Tea", "$2"),
            ("Milk", "$1"),
            ("Food",),
            ("Soup", "$4"),
            ("Stew", "$9"),
        ],  # each told by its name
        [("#5 pot", "$60"), ("#10 pot",), ("#5 pot", "$70"), ("#10 pot", "$90")],  # one has no price
        [("Ada",), ("Age", "9"), ("Town", "Tarn", "by the lake"), ("Ben",), ("Age", "8"), ("Town", "Sill", "")],
    ],
)
def test_other_lines_of_one_cell_are_told_once(lines):
    told = rows_of(*(enumerate(filter(None, line)) for line in lines))
    assert not any(row.startswith(f"{line[0]} | ") for line in lines if len(line) == 1 for row in told)


YARDS = ("Gull & Sons", "Tern Yard", "Auk Boats")


def bids(*lines):
    """The rows of a table of bids: the yards over two columns each, then these lines, cells as columns, widths, texts.

    Its first two columns are those of items, and its last one is that of the lowest bid.
    """
    cells = [Cell("BIDS", 0, 0, 1, 2, head=True)]
    cells += [Cell(yard, 0, 2 + 2 * number, 1, 2, head=True) for number, yard in enumerate(YARDS)]
    cells += [Cell(text, row, column, 1, wide) for row, line in enumerate(lines, 1) for column, wide, text in line]
    return [row.text for row in write_rows(Grid(tuple(cells))) if not row.caption]


def sums(number, name, *prices):
    return [
        (0, 1, number),
        (1, 1, name),
        *((3 + 2 * at, 1, price) for at, price in enumerate(prices[:-1])),
        (8, 1, prices[-1]),
    ]


ITEMS = sums("1", "Mast", "$40", "$60", "$50", "$40"), sums("2", "Hull", "$95", "$70", "$80", "$70")
NAMES = [(0, 1, "No."), (1, 1, "Work"), *((2 + 2 * at, 2, "Whole price") for at in range(3)), (8, 1, "Lowest")]


def test_the_parts_of_a_corner_and_what_stands_beside_them_are_names_of_columns_too():
    assert bids(NAMES, *ITEMS)[0] == (
        "BIDS No.: 1 | BIDS Work: Mast | Gull & Sons Whole price: $40 | Tern Yard Whole price: $60 | "
        "Auk Boats Whole price: $50 | Lowest: $40"
    )


@pytest.mark.parametrize(
    "row",
    [
        [(0, 1, "Spars"), (1, 1, "Boom"), *((2 + 2 * at, 2, "not bid") for at in range(3))],  # and no column more
        [(0, 1, "Spars"), (1, 1, "Boom"), *((3 + 2 * at, 1, price) for at, price in enumerate(("$4", "$5", "$6")))],
    ],
)
def test_a_row_that_parts_no_corner_or_names_nothing_more_is_one(row):
    assert bids(row, *ITEMS)[0].startswith("BIDS: Spars | BIDS: Boom | Gull & Sons: ")


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        (("Hours", "Rate"), "Gull & Sons Hours: 12 | Gull & Sons Rate: $9 | Tern Yard Hours: 14 | Tern Yard Rate: $8"),
        (("Whole price",), "Gull & Sons Whole price: 12 | Gull & Sons Whole price: $9"),
        (("none",), "Gull & Sons Whole price: 12 | Gull & Sons Whole price: $9"),  # which names nothing
    ],
)
def test_a_row_that_names_the_parts_of_all_groups_alike_names_them_for_the_rows_below(parts, named):
    wide = 2 // len(parts)
    anew = [(1, 1, "Small works"), *((2 + 2 * at + n, wide, part) for at in range(3) for n, part in enumerate(parts))]
    hours = [(0, 1, "3"), (1, 1, "Caulking"), *((2 + at, 1, text) for at, text in enumerate(("12", "$9", "14", "$8")))]
    told = "Work" if parts == ("none",) else "Small works"
    assert bids(NAMES, *ITEMS, anew, hours)[-1].startswith(f"BIDS No.: 3 | BIDS {told}: Caulking | {named}")


def test_a_name_in_capitals_is_told_with_the_rows_below_it_up_to_the_next():
    lines = ("Item", "Funds"), ("SUPPLIES",), ("Nets", "$30"), ("Subtotal", "$30"), ("TOTAL", "$90"), ("Loan", "$60")
    assert rows_of(*map(enumerate, lines))[1:] == [
        "SUPPLIES",
        "SUPPLIES: Nets | Funds: $30",
        "SUPPLIES: Subtotal | Funds: $30",
        "TOTAL | Funds: $90",
        "Loan | Funds: $60",
    ]
