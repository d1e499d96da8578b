"""Joined and empty cells of sheets, and groups of rows: what reaches over others is told with them."""

import pytest

from tests.index.pages import load, sheet


def test_joined_cells_name_all_columns_below_them(tmp_path):
    rows = [
        ["Ferry", "Cars", None, "Guests", None],
        [None, "May", "June", "May", "June"],
        ["Orrin", 80, 91, 400, 512],
        ["Tarn", 12, 15, 77, 90],
    ]
    lines = sheet(tmp_path, rows, ["B1:C1", "D1:E1"])
    assert "Ferry: Orrin | Cars May: 80 | Cars June: 91 | Guests May: 400 | Guests June: 512" in lines


def test_a_name_in_the_middle_of_its_columns_reaches_over_them_and_an_empty_row_parts_no_figures_from_it(tmp_path):
    rows = [
        ["Figures of the harbour"],
        [],
        ["In thousands", None, None, 2023, None, None, None, 2022],
        [None, "Sales", "Costs", "Tax", None, "Sales", "Costs", "Tax"],
        [],
        ["Orrin", 12553, 2713, 81, None, 12138, 2284, 455],
        ["Tarn", 9467, 1570, 97, None, 9283, 1606, 12],
    ]
    assert sheet(tmp_path, rows)[-2] == (
        "In thousands: Orrin | 2023 Sales: 12553 | 2023 Costs: 2713 | 2023 Tax: 81"
        " | 2022 Sales: 12138 | 2022 Costs: 2284 | 2022 Tax: 455"
    )


def test_what_a_joined_cell_says_is_told_with_all_its_rows_and_columns(tmp_path):
    rows = [["Start", "Mon", "Tue", "Wed", "Thu"], ["09:00", "Knots", "Open sea", None, "Charts"]]
    rows += [["10:00", None, "Stars", "Ropes", "Tides"], ["11:00", "Rest", "Rest", "Lamps", "Rest"]]
    lines = sheet(tmp_path, rows, ["B2:B3", "C2:D2"])
    assert "Start: 09:00 | Mon: Knots | Tue: Open sea | Wed: Open sea | Thu: Charts" in lines
    assert "Start: 10:00 | Mon: Knots | Tue: Stars | Wed: Ropes | Thu: Tides" in lines


def test_a_day_that_rows_begin_with_is_told_with_all_that_it_is_joined_with(tmp_path):
    rows = [
        ["Date", "Time", "Talk"],
        ["2024-05-03", "09:00", "Knots"],
        [None, "10:00", "Maps"],
        ["1st", "11:00", "Sails"],
    ]
    assert "Date: 2024-05-03 | Time: 10:00 | Talk: Maps" in sheet(tmp_path, rows, ["A2:A3"])
    sums = [["Total", "Item", "Cost"], [300, "Pens", 100], [None, "Ink", 200], [50, "Glue", 50]]
    assert "Item: Ink | Cost: 200" in sheet(tmp_path, sums, ["A2:A3"])


@pytest.mark.parametrize(
    ("row", "joined", "line"),
    [
        (["Week off", None, None, None, None], "A5:E5", "Week off"),  # a name of what follows
        (["Total for the week", None, None, None, 16], "A5:D5", "Start: Total for the week | Thu: 16"),
        (["Signed by", "Ann Lee", None, None, None], "B5:E5", "Start: Signed by | Mon: Ann Lee"),
        (["12:00", "Regatta", None, None, None], "B5:E5", "Start: 12:00 | Mon: Regatta | Tue: Regatta | Wed: Regatta"),
    ],
)
def test_a_joined_cell_alone_or_a_figure_is_told_once(tmp_path, row, joined, line):
    rows = [["Start", "Mon", "Tue", "Wed", "Thu"], ["09:00", "Knots", "Sails", "Ropes", "Charts"]]
    rows += [["10:00", "Maps", "Stars", "Ropes", "Tides"], ["11:00", "Rest", "Rest", "Lamps", "Rest"], row]
    rows += [["13:00", "Maps", "Stars", "Ropes", "Tides"]]
    sheet(tmp_path, rows, [joined])
    assert sum(told.startswith(line) for told in load(tmp_path / "book.xlsx").text.splitlines()) == 1


def test_sums_of_joined_rows_and_rows_that_only_joined_cells_fill_are_told_once(tmp_path):
    rows = [
        ["Team", "Who", "Points"],
        ["Orrin", "Ann Lee", 8],
        [None, "Ben Ruiz", None],
        ["Tarn", "Cy Dahl", 5],
        [None] * 3,
    ]
    lines = sheet(tmp_path, rows, ["A2:A3", "C2:C3", "A4:A5", "B4:B5", "C4:C5"])
    assert lines == [
        "Team: Orrin | Who: Ann Lee | Points: 8",
        "Team: Orrin | Who: Ben Ruiz",
        "Team: Tarn | Who: Cy Dahl | Points: 5",
    ]


RENTS = [["Year", "Month", "Rent"], [2031, "May", 900], ["", "June", 910], [2032, "May", 950], ["", "June", 960]]


def test_a_year_that_stands_beside_its_first_month_is_told_with_all(tmp_path):
    assert sheet(tmp_path, [[cell or None for cell in row] for row in RENTS]) == [
        "Year: 2031 | Month: May | Rent: 900",
        "Year: 2031 | Month: June | Rent: 910",
        "Year: 2032 | Month: May | Rent: 950",
        "Year: 2032 | Month: June | Rent: 960",
    ]


def test_a_group_that_stands_alone_above_its_rows_is_told_with_each_but_not_with_the_sum_of_all(tmp_path):
    rows = [["Project", "Task", "Days"], ["Pier", None, None], [None, "Piles", 3], [None, "Deck", 4]]
    rows += [["Quay", None, None], [None, "Wall", 5], [None, "Rails", 2], [None, "Total", 14]]
    lines = sheet(tmp_path, rows)
    assert "Pier | Task: Deck | Days: 4" in lines
    assert "Quay | Task: Rails | Days: 2" in lines
    assert "Task: Total | Days: 14" in lines


@pytest.mark.parametrize(
    ("column", "names"),
    [
        (["", "urgent", "", "late", "", ""], ["Ann", "Ben", "Cy", "Dee", "Eve", "Fay"]),  # the first has none
        (["paid", "", "paid", ""], ["Ann", "Ben", "Cy", "Dee"]),  # one comes again
        (["paid", "", "late", "sent"], ["Ann", "Ben", "Cy", "Dee"]),  # most have one
        (["paid", "", "", ""], ["Ann", "Ben", "Cy", "Dee"]),  # it may be of one
        (["paid", "", "late", ""], ["Ann", "", "Cy", ""]),  # what is told of no guest is of none
    ],
)
def test_an_empty_cell_says_that_there_is_none(tmp_path, column, names):
    rows = [
        ["Mark", "Guest", "Seats"],
        *([mark or None, name or None, 2] for mark, name in zip(column, names, strict=True)),
    ]
    lines = sheet(tmp_path, rows)
    assert [line.startswith("Mark") for line in lines] == list(map(bool, column))


def test_sums_of_a_group_are_its_own_and_a_joined_cell_reaches_no_further(tmp_path):
    rows = [["Project", "Item", "Cost"], ["Pier", "Total station hire", 3], [None, "Subtotal", 3], ["Quay", "Wall", 5]]
    rows += [[None, "Rails", 2], [None, "Total", 10]]
    lines = sheet(tmp_path, rows)
    assert "Project: Pier | Item: Subtotal | Cost: 3" in lines
    assert "Item: Total | Cost: 10" in lines
    rows[-1:] = [[None, "Subtotal", 7], [None, "Grand total", 10]]
    lines = sheet(tmp_path, rows)
    assert "Project: Quay | Item: Subtotal | Cost: 7" in lines
    assert "Item: Grand total | Cost: 10" in lines
    joined = [["Project", "Item", "Cost"], ["Pier", "Piles", 3], [None, "Deck", 4], [None, "Office rent", 9]]
    joined += [["Quay", "Wall", 5], [None, "Rails", 2], [None, "Cranes", 2]]
    lines = sheet(tmp_path, joined, ["A2:A3"])
    assert "Project: Pier | Item: Deck | Cost: 4" in lines
    assert "Item: Office rent | Cost: 9" in lines
