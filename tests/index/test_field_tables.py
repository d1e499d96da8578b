"""Tables of two columns: fields, of which the first is no head, and lists whose columns have names."""

import pytest

from index.files.tables.cells import Cell
from index.files.tables.rows import Grid, write_rows
from tests.index.grids import rows_of
from tests.index.pages import load, sheet

LOAN = [("Borrower", "Ann Lee"), ("Amount", "£12,000"), ("Interest", "4.5%"), ("Term", "5 years")]
FIELDS = [
    LOAN,
    [("Patient", "Jane Doe"), ("Age", "44"), ("Weight", "61 kg"), ("Height", "170 cm")],
    [("Coach", "Ann Lee"), ("Contact", "0123"), ("Squad", "14"), ("Fee", "20")],
    [("Course", "Yoga"), ("Starts", "9:00"), ("Ends", "10:30"), ("Places", "12")],
    [("Job title", "Clerk"), ("Salary", "£25,000"), ("Hours", "37"), ("Closing date", "3 May 2024")],
    [("Name", "Ann Lee"), ("Phone", "0123 456 789")],
]
LISTS = [
    [("Item", "Price"), ("Tea", "$2.20"), ("Coffee", "2.50"), ("Cake", "14.00")],
    [("Year", "Turnout"), ("2021", "120"), ("2022", "130")],
    [("Month", "Rainfall"), ("January", "80 mm"), ("February", "0")],
    [("Name", "Phone"), ("Ann Lee", "0123 456"), ("Bob Ray", "+44 789 222")],
    [("Role", "Salary"), ("Clerk", "£25,000"), ("Manager", "£40,000")],
    [("Task", "Due"), ("Mend the roof", "1 June"), ("Paint the oars", "2 weeks")],
    [("Role", "Salary"), ("Cook", "25,000²"), ("Mate", "40,000")],
    [("Region", "2024"), ("North", "1.5"), ("South", "30"), ("West", "12")],
    [("Nutrient", "Per 100 g"), ("Fat", "3.5"), ("Salt", "1"), ("Fibre", "12")],
    [("Metric", "Q1"), ("Revenue", "$1,200"), ("Staff", "12")],
    [("Grade", "Range"), ("A", "89-100"), ("B", "75-88"), ("C", "0-74")],
    [("Adult", "Child"), ("12", "6")],
    [("Seed", "Sown"), *((f"Bean {number}", f"{number} g" if number % 2 else str(number)) for number in range(40))],
]


def told(table):
    """Each row as a field, and each below the first with the names of both columns."""
    (name, value), *rows = table
    fields = [f"{one}: {other}" for one, other in table]
    return fields, [f"{name} | {value}", *(f"{name}: {one} | {value}: {other}" for one, other in rows)]


@pytest.mark.parametrize("table", FIELDS, ids=lambda table: table[0][0])
def test_the_first_of_some_fields_names_no_columns(table):
    assert rows_of(*map(enumerate, table)) == told(table)[0]


@pytest.mark.parametrize("table", LISTS, ids=lambda table: table[1][0])
def test_names_above_two_columns_of_a_list_stay(table):
    assert rows_of(*map(enumerate, table)) == told(table)[1]


@pytest.mark.parametrize(("marks", "which"), [((True, False), 0), ((True, True), 1)])
def test_marks_tell_fields_from_names_of_columns(marks, which):
    """Names at the side alone are marked, or all of the first row is."""
    table = LOAN if which == 0 else LISTS[0]
    cells = [
        Cell(text, row, column, head=marks[column] and (row == 0 or which == 0))
        for row, line in enumerate(table)
        for column, text in enumerate(line)
    ]
    assert [row.text for row in write_rows(Grid(tuple(cells)))] == told(table)[which]


@pytest.mark.parametrize("table", FIELDS[:-1], ids=lambda table: table[0][0])
def test_fields_of_a_sheet_are_told_as_such(tmp_path, table):
    assert sheet(tmp_path, table) == told(table)[0]


@pytest.mark.parametrize("table", [*FIELDS[:-1], *LISTS], ids=lambda table: table[0][0])
def test_the_first_line_of_a_file_of_values_is_a_field_only_above_several_kinds_of_them(tmp_path, table):
    (tmp_path / "told.csv").write_text("\n".join(f'"{name}","{value}"' for name, value in table))
    assert load(tmp_path / "told.csv").text.split("\n")[: len(table)] == told(table)[table in LISTS]
