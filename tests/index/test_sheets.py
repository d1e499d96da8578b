"""Sheets as people make them: names of columns over several rows, joined or centred, and apart from the figures."""

import zipfile
from datetime import datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.extract import FormatError
from index.files.sheets import read_csv, read_sheets
from tests.index.pages import load, sentences


def sheet(path, rows, joined=(), formats=None):
    """The lines of a workbook with these rows, joined cells and formats of columns."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in joined:
        book.active.merge_cells(cells)
    for column, shown in (formats or {}).items():
        for cell in book.active[column]:
            cell.number_format = shown
    book.save(path / "book.xlsx")
    return sentences(load(path / "book.xlsx"))


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


def test_a_single_name_over_all_figures_is_told_with_each(tmp_path):
    rows = [["In thousands", None, "May 2023"], [None, "Sales", "Costs"], ["Orrin", 12553, 2713], ["Tarn", 9467, 1570]]
    assert "In thousands: Tarn | May 2023 Sales: 9467 | May 2023 Costs: 1570" in sheet(tmp_path, rows)


def test_an_empty_row_below_names_of_columns_of_words_parts_them_not(tmp_path):
    rows = [["Part", "Maker", "Place"], [], ["Bolt", "Tarn Works", "Shelf 3"], ["Nut", None, "Shelf 4"]]
    rows += [["Rope", "Orrin & Co", "Shelf 3"], ["Lamp", "Tarn Works", "Shelf 9"]]
    assert "Part: Nut | Place: Shelf 4" in sheet(tmp_path, rows)


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


def test_what_stands_between_the_days_and_their_names_leaves_the_names_the_likelier_head(tmp_path):
    rows = [[None, None, "2031-07-30", "2031-07-31", "2031-08-01"], ["Dress", None, "free", "free", "shirt"]]
    rows += [["Start", "Stop", "WED", "THU", "FRI"], ["04:30", "05:00", None, "Lights on", "Lights on"]]
    rows += [["05:00", "05:30", None, "Move out", "Move out"], ["05:30", "06:00", "Arrival", "Drill", "Pack up"]]
    assert "Start: 04:30 | Stop: 05:00 | THU: Lights on | FRI: Lights on" in sheet(tmp_path, rows)


def test_years_name_columns(tmp_path):
    rows = [["Boats", 2022, 2023], ["Ketch", 4, 5], ["Barge", 7, 9]]
    assert "Boats: Barge | 2022: 7 | 2023: 9" in sheet(tmp_path, rows)


def test_tables_without_names_of_their_own_have_those_of_the_table_above_if_they_fit(tmp_path):
    rows = [
        ["Boat", "Cars", "Guests"],
        ["Ketch", 4, 12],
        [],
        ["Barge", 9, 30],
        [],
        ["Oldest boat, years", 71],
    ]
    lines = sheet(tmp_path, rows)
    assert "Boat: Barge | Cars: 9 | Guests: 30" in lines
    assert "Oldest boat, years: 71" in lines


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


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        ([["Start:", "09/24/2007"], [], ["End:", "10/01/2007"]], "Start: 09/24/2007"),
        ([["Name", "Anna"], ["Office", "chair"]], "Name: Anna"),
        ([["Park: CABR", "Type: all"], ["Boat", "Fee", "Days"], ["Ketch", 4, 9]], "Boat: Ketch | Fee: 4 | Days: 9"),
        (
            [["Boat", "Kind", "Owner"], ["Heron", "ketch", "Ann"], ["Tern", "barge", 7]],
            "Boat: Heron | Kind: ketch | Owner: Ann",
        ),
    ],
)
def test_fields_titles_and_rows_of_words_are_no_names_of_columns(tmp_path, rows, line):
    assert line in sheet(tmp_path, rows)


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


def test_remarks_behind_the_columns_do_not_keep_a_head_from_them(tmp_path):
    rows = [
        ["Costs", "Year 1", "Year 2", "Total"],
        [None],
        ["Salaries"],
        [None],
        ["Assistant", 5880, 5000, 10880, "28 weeks"],
        ["Students", 14700, 14000, 28700],
    ]
    assert "Costs: Students | Year 1: 14700 | Year 2: 14000 | Total: 28700" in sheet(tmp_path, rows)
    assert "Costs: Assistant | Year 1: 5880 | Year 2: 5000 | Total: 10880 | 28 weeks" in sheet(tmp_path, rows)


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


def test_rows_below_an_empty_one_have_the_names_above_though_few_of_them_are_filled(tmp_path):
    rows = [
        [None, None, "Orrin", "Tarn", "Sill", "Grell", None],
        ["Part 1", "T1", None, 12, None, 40, 52],
        [None, "T2", 7, None, None, None, 7],
        ["Part 1 total", None, 7, 12, 0, 40, 59],
        [None] * 7,
        ["Part 2", "T1", None, None, 33, None, None],
        [None, "T2", 5, None, None, None, 5],
        ["Part 2 total", None, 5, 0, 33, 0, 38],
        [None] * 7,
        ["Total", None, 12, 12, 33, 40, 97],
    ]
    lines = sheet(tmp_path, rows)
    assert "Part 2 | T1 | Sill: 33" in lines
    assert "T2 | Orrin: 5 | 5" in lines
    assert "Total | Orrin: 12 | Tarn: 12 | Sill: 33 | Grell: 40 | 97" in lines


FIRMS = [["Firm", "Hours", "Costs", "Asked for"], ["Orrin", 80, 400, 300], ["Tarn", 12, 77, 60], [None] * 4]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["Total", 92, None, 360], "Firm: Total | Hours: 92 | Asked for: 360"),
        (["Total members", 120, None, None], "Total members: 120"),  # of something else
        (["Total", 120, None, None], "Total: 120"),
    ],
)
def test_sums_below_an_empty_row_have_the_names_of_columns_if_several_have_any(tmp_path, row, said):
    assert said in sheet(tmp_path, [*FIRMS, row])


def test_a_title_of_two_cells_above_rows_that_take_names_is_none_of_them(tmp_path):
    rows = [*FIRMS, ["Second half", "in euros", None, None], ["Sill", 5, 40, 30], ["Grell", 7, 60, 55]]
    lines = sheet(tmp_path, rows)
    assert "Firm: Grell | Hours: 7 | Costs: 60 | Asked for: 55" in lines
    assert not any("Firm: Second half" in line for line in lines)


@pytest.mark.parametrize("name", ["See table 4.3b", "See table 4.35", "(F) Indirect (=0.25(A+B-E))"])
def test_names_with_formulas_and_numbers_of_tables_are_names(tmp_path, name):
    rows = [["Firm", "(A) Staff", name], ["Orrin", 80, 20], ["Tarn", 12, 3]]
    assert f"Firm: Tarn | (A) Staff: 12 | {name}: 3" in sheet(tmp_path, rows)


def test_amounts_with_their_units_are_no_names(tmp_path):
    rows = [["Fat 1.5g", "Salt 0.2g", "Sugar 3.5g"], ["Orrin", 80, 20], ["Tarn", 12, 3]]
    assert not any("Fat 1.5g: " in line for line in sheet(tmp_path, rows))


@pytest.mark.parametrize(("account", "named"), [(14000, True), ("see note", False)], ids=["over figures", "over words"])
def test_a_number_among_names_of_columns_is_no_name(tmp_path, account, named):
    """As pandas writes it, which numbers what has no name."""
    rows = [["Kind", "Account", "Budget", 0], ["In", "Pledges", account, 1], ["In", "Gifts", account, 1]]
    document = sheet(tmp_path, [*rows, ["Out", "Organ", account, 2]])
    assert ("Kind: Out | Account: Organ | Budget: 14000 | 2" in document) is named


def test_numbered_names_of_columns_are_names():
    data = b"id,A1.9 Street,C0.3.5.T Titles held\n7,Quay 2,910\n8,Mill Lane 5,1204\n"
    assert "id: 7 | A1.9 Street: Quay 2 | C0.3.5.T Titles held: 910" in read_csv(data).text


def test_years_with_initials_are_names_beside_an_index_without_one(tmp_path):
    rows = [["", "code", "item", "2019 Actual", "2020 BC", "2020 BOS"], [3, 4130, "TOTAL", 120, 148, 162]]
    rows.append([7, 4140, "TOTAL", 33, 40, 43])
    lines = sheet(tmp_path, rows)
    assert "3 | code: 4130 | item: TOTAL | 2019 Actual: 120 | 2020 BC: 148 | 2020 BOS: 162" in lines


@pytest.mark.parametrize("times", [["9:00AM-11:00AM", "2:00PM-4:00PM"], ["5.45PM-8.45PM", "9.00PM-10.30PM"]])
def test_days_of_a_timetable_are_told_with_the_times_below_them_which_are_the_same_each_day(tmp_path, times):
    rows = [
        [None, "MONDAY 17/04/23", None, "TUESDAY 18/04/23", None],
        ["Room", *times, *times],
        ["LR10", None, "BUS313A", "KIS315A", None],
        ["LR11", "BIO111A", None, None, "CHAPEL"],
    ]
    early, late = times
    lines = sheet(tmp_path, rows)
    assert f"Room: LR10 | MONDAY 17/04/23 {late}: BUS313A | TUESDAY 18/04/23 {early}: KIS315A" in lines
    assert f"Room: LR11 | MONDAY 17/04/23 {early}: BIO111A | TUESDAY 18/04/23 {late}: CHAPEL" in lines


def test_what_stands_above_names_that_are_alike_and_does_not_part_them_is_told_with_none(tmp_path):
    rows = [["Orrin", "Tarn", None], ["LR10", "CHAPEL", "CHAPEL"], ["LR11", "BUS313A", "CHAPEL"]]
    assert "LR10 | CHAPEL | CHAPEL" in sheet(tmp_path, rows)


DUTIES = [
    ["Hull", "Ann Lee", "every week", "by hand"],
    ["Ropes", "Ben Ruiz", None, "by hand"],
    ["Sails", "Ann Lee", "in May", "in the loft"],
    ["Lamps", None, "in May", "on board"],
]


def test_names_over_columns_of_words_are_told_with_each_row(tmp_path):
    lines = sheet(tmp_path, [["Part", "Who", "When", "How"], *DUTIES])
    assert "Part: Ropes | Who: Ben Ruiz | How: by hand" in lines


@pytest.mark.parametrize(
    "rows",
    [
        DUTIES,  # what Ann Lee does stands below itself
        [
            ["CR", "Chrysler", "CM", "Camry"],
            ["HY", "Hyundai", "MG", "Mustang"],
            ["FD", "Ford", "TS", "Taurus"],
            ["TO", "Toyota", "CO", "Corolla"],
        ],
        [
            ["Ann", "Chair", "Oslo"],
            ["Bob", "Clerk", "Rome"],
            ["Cy", "Cook", "Bonn"],
            ["Di", "Mate", "Kiel"],
            ["Ed", "Guest", "Brno"],
        ],
    ],
)
def test_a_row_of_words_that_may_be_one_of_the_rows_names_none(tmp_path, rows):
    assert not any(": " in line for line in sheet(tmp_path, rows))


def test_counted_lessons_name_columns_of_words_but_no_figures_which_may_be_a_first_row(tmp_path):
    lessons = [[name, "Knots", "Charts", None, "Stars", "Weather"] for name in ("6A", "6B", "7A", "7B")]
    assert "Class: 6B | 1: Knots | 2: Charts | 4: Stars | 5: Weather" in sheet(
        tmp_path, [["Class", 1, 2, 3, 4, 5], *lessons]
    )
    assert "6B | 1: Knots | 2: Charts | 4: Stars | Free: Weather" in sheet(
        tmp_path, [[None, 1, 2, 3, 4, "Free"], *lessons]
    )
    goals = [["Red Lions", 1, 2, 3, 4], *([name, 2, 2, 1, 0] for name in ("Blue Owls", "Old Boys", "Terns", "Kites"))]
    assert "Blue Owls | 2 | 2 | 1 | 0" in sheet(tmp_path, goals)


def test_names_without_a_digit_over_cells_that_have_one_are_told(tmp_path):
    plan = [[f"{name} {n} x 8" for name in ("Rows", "Lifts", "Squats")] for n in range(2, 7)]
    assert "Push: Rows 3 x 8 | Pull: Lifts 3 x 8 | Legs: Squats 3 x 8" in sheet(
        tmp_path, [["Push", "Pull", "Legs"], *plan]
    )


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
