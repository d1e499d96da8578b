"""Sheets as people make them: names of columns over several rows, joined or centred, and apart from the figures."""

import zipfile
from datetime import datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.extract import FormatError
from index.files.sheets import read_csv, read_sheets
from tests.index.pages import load, sheet


def test_a_workbook_is_called_by_its_file_and_its_rows_stand_below_the_name_of_their_sheet(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Instructions"
    book.active.append(["Fill in the hours", "of each week"])
    for row in (["Task", "Rate"], ["Foreman", 77], ["Mason", 60]):
        (book["Rates"] if "Rates" in book.sheetnames else book.create_sheet("Rates")).append(row)
    book.save(tmp_path / "contractor-rates.xlsx")
    document = load(tmp_path / "contractor-rates.xlsx")
    assert document.title == "contractor rates"
    assert "Rates\n\nTask | Rate\nTask: Foreman | Rate: 77" in document.text


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


def test_who_is_on_when_is_told_with_the_day_though_cells_are_empty(tmp_path):
    rows = [["Shift", datetime(2031, 7, 1), datetime(2031, 7, 2), datetime(2031, 7, 3)]]
    rows += [["Day", "Tuesday", "Wednesday", "Thursday"], ["Early", "Ann", None, "Ben"], ["Late", None, "Cy", "Ann"]]
    assert "Shift Day: Early | 2031-07-01 Tuesday: Ann | 2031-07-03 Thursday: Ben" in sheet(tmp_path, rows)


def test_a_note_beside_a_table_takes_its_names_from_nothing(tmp_path):
    rows = [["Date", "Bank", "Kind", "Amount"]]
    rows += [[f"2031-01-0{day}", bank, "fee", day] for day, bank in enumerate(["Tarn", "Orrin", "Tarn", "Sill"], 1)]
    rows[1] += [None, None, "Formulas"]
    assert "Date: 2031-01-02 | Bank: Orrin | Kind: fee | Amount: 2" in sheet(tmp_path, rows)


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


def test_a_few_lines_with_empty_ones_between_them_do_not_join_tables(tmp_path):
    rows = [["Notes"], [], ["By Ann"], [], ["Boat", "Fee", "Days"], ["Ketch", 4, 9], ["Punt", 2, 7], []]
    rows += [["Crew", "Age", "Since"], ["Ann", 31, 2020], ["Ben", 40, 2019]]
    lines = sheet(tmp_path, rows)
    assert "Boat: Punt | Fee: 2 | Days: 7" in lines
    assert "Crew: Ben | Age: 40 | Since: 2019" in lines


def test_figures_below_zero_under_empty_rows_keep_their_names_though_those_of_some_rows_are_indented(tmp_path):
    rows = [
        [None, None, "Notes", "Spring", "Autumn"],
        [],
        [],
        ["Loss of the year", None, None, -43, -175],
        [None, "of which boats", "a", -12, 80],
    ]
    lines = sheet(tmp_path, rows)
    assert "Loss of the year | Spring: -43 | Autumn: -175" in lines
    assert "of which boats | Notes: a | Spring: -12 | Autumn: 80" in lines


def test_figures_are_shown_as_per_cent_where_the_sheet_shows_them_so(tmp_path):
    rows = [["Boat", "Share", "Rate", "Size"], ["Ketch", 0.9382, 0.05, 0.25], ["Barge", 1, -0.5, 3]]
    lines = sheet(tmp_path, rows, formats={"B": "0.0%", "C": "0%"})
    assert lines[-2:] == [
        "Boat: Ketch | Share: 93.8% | Rate: 5% | Size: 0.25",
        "Boat: Barge | Share: 100.0% | Rate: -50% | Size: 3",
    ]


def test_a_file_that_breaks_the_library_is_named_and_skipped(tmp_path, monkeypatch):
    class PanicException(BaseException):
        """As the library's Rust raises it, of no class that one can name."""

    def panic(*_: object) -> None:
        raise PanicException("range end index 64 out of range")

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", panic)
    with pytest.raises(FormatError, match="is damaged; save it as"):
        read_sheets(b"\xd0\xcf\x11\xe0")


CELLS = st.sampled_from(["", "", "Boat", "Fee", "May", "2023", "12", "0.5", "-", "Total", "€", "Note: late"])


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=9))
def test_nothing_in_a_sheet_is_lost_and_rows_stay_in_order(rows):
    numbered = [[f"{cell}{row}" if cell else "" for cell in cells] for row, cells in enumerate(rows)]
    text = read_csv("\n".join(",".join(cells) for cells in numbered).encode() + b"\n,,,,end\n").text
    assert all(cell in text for cells in numbered for cell in cells)


def test_a_sheet_whose_size_is_told_as_rows_alone_is_read(tmp_path):
    """As LibreOffice writes it where whole rows are formatted."""
    sheet(tmp_path, [["Boat", "Fee"], ["Ketch", 4]])
    with zipfile.ZipFile(tmp_path / "book.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    page = "xl/worksheets/sheet1.xml"
    parts[page] = parts[page].replace(b'<dimension ref="A1:B2"', b'<dimension ref="1:2"')
    assert b'ref="1:2"' in parts[page]
    with zipfile.ZipFile(tmp_path / "rows.xlsx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "Ketch" in load(tmp_path / "rows.xlsx").text


def test_times_are_told_to_the_minute_unless_they_have_seconds(tmp_path):
    rows = [
        ["Train", "Leaves", "Ran"],
        ["Tarn", time(10, 5), time(1, 2, 3)],
        ["Orrin", datetime(2024, 5, 3, 9, 30), "never"],
    ]
    lines = sheet(tmp_path, rows)
    assert any("10:05 |" in line and "01:02:03" in line for line in lines)
    assert any("2024-05-03 09:30 |" in line for line in lines)


def test_a_sheet_that_only_a_program_can_show_is_left_out(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Shown"])
    for state in ("hidden", "veryHidden"):
        book.create_sheet(state).append([f"This is {state}."])
        book[state].sheet_state = state
    book.save(tmp_path / "book.xlsx")
    text = read_sheets((tmp_path / "book.xlsx").read_bytes()).text
    assert "This is hidden." in text
    assert "veryHidden" not in text


def test_tables_beside_each_other_with_titles_are_told_one_after_the_other(tmp_path):
    rows = [
        ["Spent", None, None, "Given", None],
        ["What", "Total", None, "Firm", "Amount"],
        ["Catering", 552, None, "Tarn Institute", 5200],
        ["Drinks", 320, None, "Orrin Bank", 1500],
        ["Venue", 960, None, None, None],
    ]
    lines = sheet(tmp_path, rows)
    assert lines.index("What: Venue | Total: 960") < lines.index("Firm: Orrin Bank | Amount: 1500")


def test_a_table_beside_a_form_keeps_its_rows_to_itself(tmp_path):
    rows = [
        ["Claim", None, None, "Rates", "Lunch", "Dinner"],
        ["Traveller:", None, None, "Orrin", 21.3, 61.45],
        ["Left on:", None, None, "Tarn", 30.45, 65.15],
        ["Breakfast", 23.2, None, None, None, None],
    ]
    lines = sheet(tmp_path, rows)
    assert "Rates: Tarn | Lunch: 30.45 | Dinner: 65.15" in lines
    assert "Left on:" in lines


def test_an_empty_column_in_a_table_parts_it_not_though_a_row_ends_before_it(tmp_path):
    rows = [["Item", None, None, "Place", "Owner"], ["A1", "Saw", None, "Shed", "Ann"]]
    rows += [["A2", "Drill", None, "Barn", "Ben"], ["A3", "Nail", None, None, None]]
    assert any("Saw" in line and "Shed" in line for line in sheet(tmp_path, rows))


def test_groups_beside_each_other_that_tell_of_the_same_rows_are_one_table(tmp_path):
    rows = [["Home", None, None, "Away", None], ["Team", "Goals", None, "Team", "Goals"], ["Orrin", 2, None, "Tarn", 1]]
    assert any("Orrin" in line and "Tarn" in line for line in sheet(tmp_path, rows))


def test_an_empty_column_under_the_names_of_groups_parts_no_tables(tmp_path):
    rows = [
        ["Region", None, None, "2024", None],
        ["Name", "Ferries", None, "May", "June"],
        ["North", 4, None, 80, 91],
        ["South", 5, None, 12, 15],
    ]
    assert any("North" in line and "91" in line for line in sheet(tmp_path, rows))


@pytest.mark.parametrize("before", [[], [None]])
def test_a_table_may_begin_in_any_column(tmp_path, before):
    accounts = [["Roads:"], ["Gravel", 20000, 18900], ["Culverts", 3000, 3000]]
    lines = sheet(tmp_path, [[*before, *row] for row in [[None, "2021", "2022"], *accounts]])
    assert lines[-2:] == ["Roads: Gravel | 2021: 20000 | 2022: 18900", "Roads: Culverts | 2021: 3000 | 2022: 3000"]


def test_what_only_numbers_rows_is_not_told_and_parts_no_group_from_its_name(tmp_path):
    accounts = [["Roads:"], ["Gravel", 20000, 18900], ["Culverts", 3000, 3000]] * 3
    numbered = [[number, *row] for number, row in enumerate(accounts, 1)]
    lines = sheet(tmp_path, [[None, None, "Budget 2021", "Budget 2022"], *numbered])
    assert lines[-1] == "Roads: Culverts | Budget 2021: 3000 | Budget 2022: 3000"
    named = sheet(tmp_path, [["No.", None, "Budget 2021", "Budget 2022"], *numbered])
    assert "No.: 9 | Culverts" in named[-1]


@pytest.mark.parametrize(
    "numbers",
    [[1, 2, 3, 4, 5], [1, 2, 4, 5, 7, 8, 9, 11, 12, 13], [1, 2, 3, 4, 5, 6, 7, 8, None, None, None]],
)
def test_few_numbers_or_such_as_do_not_count_are_told(tmp_path, numbers):
    rows = [[number, f"Boat {place}", 10 * place, 20] for place, number in enumerate(numbers, 1)]
    lines = sheet(tmp_path, [[None, None, "Fee 2021", "Fee 2022"], *rows])
    assert f"{numbers[3]} | Boat 4 | Fee 2021: 40 | Fee 2022: 20" in lines


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
