"""Tables of a sheet that stand side by side, and those that only seem to."""

from datetime import time

import openpyxl

from index.files.sheets.workbooks import read_sheets
from index.passages import split_document
from tests.conftest import WordEmbedder
from tests.index.pages import load, sheet


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


def test_lists_of_days_beside_each_other_are_told_one_after_the_other(tmp_path):
    rows = [
        ["Friday, May 3", None, None, "Sunday, May 12", None],
        [time(18, 15), "Ferrymen @ Millers", None, time(10), "Weavers @ Coopers"],
        ["Saturday, May 4", None, None, time(12), "Ferrymen @ Coopers"],
        [time(10), "Coopers @ Ferrymen", None, "Regatta", None],
        [time(14), "Millers @ Weavers", None, None, None],
    ]
    sheet(tmp_path, rows)
    document = split_document(load(tmp_path / "book.xlsx"), WordEmbedder().count_tokens)
    lines = [document.line(number) for number, _ in enumerate(document.sentences)]
    assert lines.index("14:00 | Millers @ Weavers") < lines.index("Sunday, May 12") < lines.index("Regatta")
    days = [document.line(number) for number, line in enumerate(document.sentences) if line.heading]
    assert days == ["Friday, May 3", "Saturday, May 4", "Sunday, May 12"]


def test_times_in_the_groups_of_named_rows_part_no_tables(tmp_path):
    rows = [["Runner", None, None, "Lap 1", None, None, "Lap 2", None]]
    rows += [["Ann", "Orrin", None, "4:05", 2, None, "4:09", 1], ["Ben", "Tarn", None, "4:02", 1, None, "4:11", 2]]
    rows += [["Cas", "Lorn", None, "4:20", 3, None, None, None]]
    assert any("Ann" in line and "4:09" in line for line in sheet(tmp_path, rows))


def test_tables_beside_each_other_with_the_same_names_of_columns_have_rows_and_sums_of_their_own(tmp_path):
    rows = [
        [None, "Price", "Total", None, None, "Price", "Total"],
        ["Coaches", 250, 500, None, "Fees", 15, 600],
        ["Lunches", 9, 360, None, "Grant", 400, 400],
        ["Tickets", 4, 160],
        [],
        ["All expenses", None, 1020, None, "All incomes", None, 1000],
    ]
    lines = sheet(tmp_path, rows)
    assert "Fees | Price: 15 | Total: 600" in lines
    assert lines.index("All expenses: 1020") < lines.index("Grant | Price: 400 | Total: 400")


def test_joined_cells_and_an_empty_row_below_titles_part_tables_side_by_side_from_nothing_of_their_own(tmp_path):
    book = openpyxl.Workbook()
    rows = [["Costs", None, None, None, "Income"], [], ["What", None, "Cost", None, "Wages", 2777]]
    rows += [["Rent", None, 1500, None, "Interest", 12], ["Power", None, 115], ["Water", None, 40]]
    for row in rows:
        book.active.append(row)
    for number in range(3, 7):
        book.active.merge_cells(f"A{number}:B{number}")
    book.save(tmp_path / "book.xlsx")
    lines = read_sheets((tmp_path / "book.xlsx").read_bytes()).text.splitlines()
    assert "What: Rent | Cost: 1500" in lines
    assert lines.index("What: Water | Cost: 40") < lines.index("Income") < lines.index("Interest: 12")


def test_tables_of_figures_beside_each_other_with_a_title_and_a_head_each_are_two(tmp_path):
    rows = [
        ["Power", "", "", "", "Milk temperature", ""],
        ["Watts", "Seconds", "Volts", "", "Degrees", "Minutes"],
        [1387, 1800, 230, "", 11.5, 0],
        ["", "", "", "", 15.9, 7],
        ["", "", "", "", 19.25, 13],
    ]
    told = sheet(tmp_path, rows)
    assert "Watts: 1387 | Seconds: 1800 | Volts: 230" in told
    assert told[-1] == "Degrees: 19.25 | Minutes: 13"


def test_an_empty_column_in_a_table_with_titles_parts_no_figures_from_the_names_of_their_rows(tmp_path):
    rows = [
        ["Pupil", "", "", "Marks in June", ""],
        ["Name", "Class", "", "Maths", "English"],
        ["Anna", "4a", "", 1, 2],
        ["Bob", "4b", "", 2, 3],
        ["Carl", "4a", "", 3, 1],
        ["Dora", "4b", "", "", ""],
    ]
    assert any("Carl" in line and "Maths: 3" in line for line in sheet(tmp_path, rows))


def test_two_lists_of_as_many_figures_each_below_its_title_are_told_one_after_the_other(tmp_path):
    rows = [["Income", None, None, "Expenses"], ["Fees", 1200, None, "Rent", 800], ["Gifts", 300, None, "Power", 150]]
    assert sheet(tmp_path, rows) == ["Income", "Fees: 1200", "Gifts: 300", "Expenses", "Rent: 800", "Power: 150"]


def test_what_a_row_tells_of_one_thing_below_two_titles_stays_together(tmp_path):
    rows = [
        ["Person", None, None, "Home"],
        ["Ann", 1970, None, "Orrin", "Mill Lane"],
        ["Bo", 1981, None, "Tarn", "Pier"],
    ]
    assert any("Ann" in line and "Orrin" in line for line in sheet(tmp_path, rows))
