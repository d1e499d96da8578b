"""Sheets of workbooks: what is told of their cells, and where one table ends and the next begins."""

import csv
import zipfile
from datetime import datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.extract import FormatError
from index.files.sheets.workbooks import read_csv, read_sheets
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


def test_who_is_on_when_is_told_with_the_day_though_cells_are_empty(tmp_path):
    rows = [["Shift", datetime(2031, 7, 1), datetime(2031, 7, 2), datetime(2031, 7, 3)]]
    rows += [["Day", "Tuesday", "Wednesday", "Thursday"], ["Early", "Ann", None, "Ben"], ["Late", None, "Cy", "Ann"]]
    assert "Shift Day: Early | 2031-07-01 Tuesday: Ann | 2031-07-03 Thursday: Ben" in sheet(tmp_path, rows)


def test_a_note_beside_a_table_takes_its_names_from_nothing(tmp_path):
    rows = [["Date", "Bank", "Kind", "Amount"]]
    rows += [[f"2031-01-0{day}", bank, "fee", day] for day, bank in enumerate(["Tarn", "Orrin", "Tarn", "Sill"], 1)]
    rows[1] += [None, None, "Formulas"]
    assert "Date: 2031-01-02 | Bank: Orrin | Kind: fee | Amount: 2" in sheet(tmp_path, rows)


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


def test_a_file_that_breaks_the_library_is_named_and_skipped(tmp_path, monkeypatch):
    class PanicException(BaseException):
        """As the library's Rust raises it, of no class that one can name."""

    def panic(*_: object) -> None:
        raise PanicException("range end index 64 out of range")

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", panic)
    with pytest.raises(FormatError, match="is damaged; save it as"):
        read_sheets(b"\xd0\xcf\x11\xe0")


STATEMENT = "Statement\nAccount;DE12\nMonth;January\n\nDay;Amount;For\n2.1.2024;-12,50;Rent, January\n5.1.2024;1,0;Pay"


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (STATEMENT, "Day: 2.1.2024 | Amount: -12,50 | For: Rent, January"),
        (STATEMENT.replace(";", "\t"), "Day: 2.1.2024 | Amount: -12,50 | For: Rent, January"),
        ("Boats; May\n\nName,Note,Fee\nKetch,a; b,4\nPunt,old,2\nTern,a; c,7", "Name: Tern | Note: a; c | Fee: 7"),
        ("Boats, as of May\nKetch; old,4,9\nPunt; new,2,7\n", "Punt; new | as of May: 2 | 7"),
        ("Boats, as of May\n\nName,Fee,Days\nKetch; old,4,9\nPunt,2,7\n", "Name: Ketch; old | Fee: 4 | Days: 9"),
    ],
)
def test_what_parts_cells_is_told_by_the_rows_that_it_parts_alike(text, row):
    with pytest.raises(csv.Error):  # what the library makes of it
        csv.Sniffer().sniff(text, delimiters=",;\t|")
    assert row in read_csv(text.encode()).text


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


def made_up(number):
    return f"5f1c0b{number:02x}-93a4-4be2-8d11-0c77ab20e91f"


def test_what_a_program_made_up_to_tell_rows_apart_is_not_told(tmp_path):
    rows = [[made_up(number), f"Boat {number}", 10 * number, "n"] for number in range(1, 10)]
    lines = sheet(tmp_path, [["ID", "Name", "Fee", "Sold"], *rows])
    assert "Name: Boat 4 | Fee: 40 | Sold: n" in lines


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Beacon UUID", made_up),  # what is told of a boat
        ("Key", made_up),  # of a licence
        ("ID", lambda number: made_up(number // 2)),  # of what several boats belong to
        ("ID", lambda number: f"{number:040x}"),  # of a file or a change, perhaps, which people write down
        ("ID", lambda number: made_up(number) if number > 2 else f"TB-{number}"),
    ],
)
def test_identifiers_that_may_be_asked_for_are_told(tmp_path, name, made):
    rows = [[made(number), f"Boat {number}", 10 * number] for number in range(1, 10)]
    assert f"{name}: {made(4)} | Name: Boat 4 | Fee: 40" in sheet(tmp_path, [[name, "Name", "Fee"], *rows])
