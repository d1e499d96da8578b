"""Which rows of a sheet name its columns, and what they are called in the rows below."""

import pytest

from index.files.sheets.workbooks import read_csv
from tests.index.pages import sheet


def test_a_single_name_over_all_figures_is_told_with_each(tmp_path):
    rows = [["In thousands", None, "May 2023"], [None, "Sales", "Costs"], ["Orrin", 12553, 2713], ["Tarn", 9467, 1570]]
    assert "In thousands: Tarn | May 2023 Sales: 9467 | May 2023 Costs: 1570" in sheet(tmp_path, rows)


def test_an_empty_row_below_names_of_columns_of_words_parts_them_not(tmp_path):
    rows = [["Part", "Maker", "Place"], [], ["Bolt", "Tarn Works", "Shelf 3"], ["Nut", None, "Shelf 4"]]
    rows += [["Rope", "Orrin & Co", "Shelf 3"], ["Lamp", "Tarn Works", "Shelf 9"]]
    assert "Part: Nut | Place: Shelf 4" in sheet(tmp_path, rows)


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


def test_columns_beside_alike_names_are_named_by_the_row_above_these(tmp_path):
    rows = [["Date", "Payee", "Total", "Hall", None, "Green", None, "Gifts"]]
    rows += [[None, None, None, "Heating", "Repairs", "Mowing", "Repairs", None], []]
    rows += [["3 May", "Tarn Works", 160, None, 120, None, 40], ["9 May", "Orrin Oil", 75, 75]]
    rows += [[None, "Ketch Club", 30, *[None] * 4, 30], ["12 May", "Ives & Son", 55, None, None, 55]]
    lines = sheet(tmp_path, rows)
    assert "Date: 3 May | Payee: Tarn Works | Total: 160 | Hall Repairs: 120 | Green Repairs: 40" in lines
    assert "Payee: Ketch Club | Total: 30 | Gifts: 30" in lines


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


def test_a_name_with_a_colon_among_those_of_a_csv_file_is_one():
    people = [["Ann Tarn", "ann@orrin.example", "Clerk"], ["Ben Lorn", "ben@orrin.example", "Cook"]]
    rows = [["Legal name", "Contact: Email", "Job title"], *people, ["Cas Weir", "cas@orrin.example", "Mate"]]
    text = read_csv("\n".join(map(",".join, rows)).encode()).text
    assert "Legal name: Ben Lorn | Contact: Email: ben@orrin.example | Job title: Cook" in text
