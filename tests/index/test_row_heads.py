"""Which rows of a table name its columns: over ticks, and over words."""

import pytest

from index.files.tables.cells import Cell
from index.files.tables.rows import Grid, write_rows
from tests.index.grids import rows_of

TICKS = [
    ["Page 1", "Milk", "Eggs", "Nuts"],
    ["Vanilla", "Y", "", ""],
    ["Biscuit", "Y", "Y*", ""],
    ["Walnut", "Y", "", "yes"],
]


@pytest.mark.parametrize("marked", [True, False])
def test_ticks_are_told_with_what_their_columns_name(marked):
    cells = [
        Cell(text, row, column, head=marked and row == 0 and column > 0)
        for row, line in enumerate(TICKS)
        for column, text in enumerate(line)
    ]
    told = [row.text.removeprefix("Page 1: ") for row in write_rows(Grid(tuple(cells)))]
    assert told == [
        "Page 1 | Milk | Eggs | Nuts",
        "Vanilla | Milk: Y",
        "Biscuit | Milk: Y | Eggs: Y*",
        "Walnut | Milk: Y | Nuts: yes",
    ]


def test_names_that_are_marked_are_those_of_columns_though_the_corner_is_not():
    lines = [["Trips", "To", "By", "With"], ["First", "Orrin", "boat", "Edda"], ["Second", "Tarn", "cart", "Jon"]]
    cells = [
        Cell(text, row, n, head=row == 0 and n > 0) for row, line in enumerate(lines) for n, text in enumerate(line)
    ]
    assert write_rows(Grid(tuple(cells)))[2].text.endswith("Second | To: Tarn | By: cart | With: Jon")


def test_rows_of_ticks_alone_have_no_head():
    lines = [["Hotel", "✔", "✔"], ["Meals", "✔", "✔"], ["Taxi", "✔", "✔"]]
    cells = [Cell(text, row, n) for row, line in enumerate(lines) for n, text in enumerate(line)]
    assert [row.text for row in write_rows(Grid(tuple(cells)))] == [" | ".join(line) for line in lines]


@pytest.mark.parametrize("head", [["Question", "Yes", "No"], ["No", "Name", "Votes"], ["Stop", "No", "Name"]])
def test_words_that_tick_may_be_names_of_columns(head):
    rows = [["Hall", "12", "30"], ["Roof", "41", "1"], ["Boat", "7", "35"]]
    cells = [Cell(text, row, n) for row, line in enumerate([head, *rows]) for n, text in enumerate(line)]
    assert write_rows(Grid(tuple(cells)))[1].text.endswith(f"{head[1]}: 12 | {head[2]}: 30")


DAYS = [("Mon", "Knots", "in class", "5"), ("Tue", "Charts", "on board", ""), ("", "Stars", "on deck", "7 of it")]


@pytest.mark.parametrize(
    ("head", "is_head"),
    [
        (("Date", "Topic", "Where", "Points"), True),
        (("Mon", "Topic", "Where", "Points"), False),  # which may be a Monday before the others
        (("Date", "topic", "Where", "Points"), False),  # a piece of a sentence
        (("Date", "", "Where", "Points"), False),
    ],
)
def test_short_names_over_each_column_of_words_are_told(head, is_head):
    lines = head, *DAYS, ("Wed", "Sails", "in class", "9")
    found = rows_of(*([(column, text) for column, text in enumerate(line) if text] for line in lines))
    assert (found[2] == "Date: Tue | Topic: Charts | Where: on board") is is_head


def test_a_title_above_marked_names_of_columns_is_none_of_them():
    cells = [Cell("Schedule of the spring", 0, 0, columns=3)]
    cells += [Cell(text, 1, column, head=True) for column, text in enumerate(("Week", "About", "Work"))]
    cells += [
        Cell(t, r, c)
        for r, line in ((2, ("1", "Ropes", "a knot")), (3, ("2", "Sails", "none")))
        for c, t in enumerate(line)
    ]
    assert [row.text for row in write_rows(Grid(tuple(cells)))][2] == "Week: 1 | About: Ropes | Work: a knot"


def test_names_beside_an_empty_corner_are_of_the_columns_below_though_these_hold_words():
    names = {2: "Tern 100V", 3: "Tern 230V"}
    rows = [
        {0: "Standard code", 2: "T199", 3: "T336"},
        {0: "Electrics"},
        {0: "Power supply", 2: "100 VAC / 50 Hz", 3: "230 VAC / 50 Hz"},
        {0: "Motor", 2: "EC", 3: "EC"},
        {0: "Colour", 2: "grey / PS", 3: "white / PS"},
    ]
    told = rows_of(*(line.items() for line in (names, *rows)))
    assert told[1:] == [
        "Standard code | Tern 100V: T199 | Tern 230V: T336",
        "Electrics",
        "Power supply | Tern 100V: 100 VAC / 50 Hz | Tern 230V: 230 VAC / 50 Hz",
        "Motor | Tern 100V: EC | Tern 230V: EC",
        "Colour | Tern 100V: grey / PS | Tern 230V: white / PS",
    ]
    assert "Tern 100V: T199" not in "".join(rows_of(*(line.items() for line in (names, rows[0]))))  # too few


def test_what_goes_on_from_the_page_before_is_no_name_of_columns():
    rows = [{1: "and Race Officer", 2: "at the club"}, {0: "Tom Hill", 1: "Bosun", 2: "Mill Lane 4"}]
    assert rows_of(*(line.items() for line in (*rows, {0: "Ann Lee", 1: "Cook", 2: "Pier 3"})))[1:] == [
        "Tom Hill | Bosun | Mill Lane 4",
        "Ann Lee | Cook | Pier 3",
    ]


def test_codes_all_unlike_above_what_is_often_the_same_name_columns():
    """As models of something in a manual, of each of which it tells the breaker and the cable."""
    rows = [
        ("Model", "WM50V", "WM60V", "WM85, 112Y"),
        ("Breaker (main switch)", "16 A", "25 A", "16 A"),
        ("Supply", "single, 50 Hz, 230 V", "single, 50 Hz, 230 V", "3 phases, 50 Hz, 400 V"),
        ("Cable", "3 × 1.5 (polar)", "3 × 1.5 (polar)", "5 × 1.5 (polar)"),
    ]
    told = rows_of(*map(enumerate, rows))
    assert told[1] == "Model: Breaker (main switch) | WM50V: 16 A | WM60V: 25 A | WM85, 112Y: 16 A"
    levels = [("Ada Moor", "B2", "C1"), ("Ben Hay", "A2", "A2"), ("Cy Low", "C1", "C1")]
    assert rows_of(*map(enumerate, levels))[0] == "Ada Moor | B2 | C1"
    plan = [("Ada", "Room A1", "Room B2"), ("Ben", "Room C3", "Room D4"), ("Cy", "Room E5", "Room F6")]
    assert rows_of(*map(enumerate, plan))[0] == "Ada | Room A1 | Room B2"


def test_a_cell_over_some_columns_is_of_each_of_them_and_one_over_all_of_none():
    head = [Cell(name, 0, column) for column, name in enumerate(("WM50", "WM60", "WM85"), start=1)]
    socket = [Cell("Socket", 1, 0), Cell("SG61", 1, 1, columns=3)]
    pan = [Cell("Pan", 2, 0), Cell("SG64", 2, 1), Cell("SJ83", 2, 2, columns=2)]
    rows = [row.text for row in write_rows(Grid((*head, *socket, *pan)))]
    assert rows[1:] == ["Socket | SG61", "Pan | WM50: SG64 | WM60, WM85: SJ83"]


def test_of_rows_whose_names_alone_are_marked_one_at_most_names_columns():
    """As in a page that compares models, where the row below them says no more of what they are called."""
    rows = [("Model", "Tern", "Gull"), ("Colour", "red", "blue"), ("Weight", "90 kg", "120 kg"), ("Crew", "2", "4")]
    cells = [Cell(text, row, n, head=not n) for row, line in enumerate(rows) for n, text in enumerate(line)]
    assert [row.text for row in write_rows(Grid(tuple(cells)))] == [
        "Model | Tern | Gull",
        "Model: Colour | Tern: red | Gull: blue",
        "Model: Weight | Tern: 90 kg | Gull: 120 kg",
        "Model: Crew | Tern: 2 | Gull: 4",
    ]


def test_marked_codes_name_columns_above_what_is_mostly_said_of_all_of_them():
    """As on a data sheet, where a cell reaches over all models, and a line across them names the rows below it."""
    cells = [Cell(text, 0, n, head=True) for n, text in enumerate(("Part number", "MP71079", "MP71080", "MP71081"))]
    cells += [Cell("Regulation", 1, 0, columns=4, head=True)]
    for row, (name, value) in enumerate(
        [("Load", "50 mA"), ("Line", "20 mA"), ("Display", "LCD of 4 digits")], start=2
    ):
        cells += [Cell(name, row, 0), Cell(value, row, 1, columns=3)]
    cells += [Cell(text, 5, n) for n, text in enumerate(("Output", "1 V to 20 V", "1 V to 36 V", "1 V to 60 V"))]
    assert [row.text for row in write_rows(Grid(tuple(cells)))][1:] == [
        "Regulation",
        "Regulation: Load | 50 mA",
        "Regulation: Line | 20 mA",
        "Regulation: Display | LCD of 4 digits",
        "Regulation: Output | MP71079: 1 V to 20 V | MP71080: 1 V to 36 V | MP71081: 1 V to 60 V",
    ]
