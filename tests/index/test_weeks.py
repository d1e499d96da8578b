"""Calendars: each day is a line of its own, whatever the format, and tables that only look like one are left alone."""

import pytest
from docx import Document
from reportlab.platypus import Spacer, Table

from tests.index.pages import RULES, build, load, sentences, sheet

DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
JANUARY = [
    DAYS,
    ["30", "31", "1", "2", "3", "4", "5"],
    ["", "", "Closed", "", "", "", ""],
    ["6", "7", "8", "9", "10", "11", "12"],
    ["", "Choir begins", "", "", "Glaze day", "", ""],
]
TOLD = ["Tuesday 1: Closed", "Monday 7: Choir begins", "Thursday 10: Glaze day"]


def entries(told):
    return [line for line in told if not set(line) <= set("0123456789 :|") and " | " not in line]


def test_what_stands_below_the_numbers_of_a_week_is_told_of_each_day(tmp_path):
    document = build(tmp_path / "january.pdf", Table(JANUARY, colWidths=70, style=RULES))
    assert sentences(document) == TOLD
    week = "Sunday: 6 | Monday: 7 | Tuesday: 8 | Wednesday: 9 | Thursday: 10 | Friday: 11 | Saturday: 12"
    assert f"\n{week}\n" in document.text


def test_so_is_what_stands_behind_the_number_of_a_day_in_its_cell(tmp_path):
    document = Document()
    table = document.add_table(rows=3, cols=7)
    weeks = [[f"{number}\n{text}".strip() for number, text in zip(*JANUARY[n : n + 2], strict=True)] for n in (1, 3)]
    for row, texts in zip(table.rows, [DAYS, *weeks], strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(tmp_path / "january.docx")
    assert entries(sentences(load(tmp_path / "january.docx"))) == TOLD


def test_and_in_a_sheet(tmp_path):
    rows = [[int(cell) if cell.isdigit() else cell or None for cell in row] for row in JANUARY]
    assert entries(sheet(tmp_path, rows)) == TOLD


def test_days_have_the_month_that_stands_above_their_names(tmp_path):
    weeks = [*([str(13 + 7 * n + day) for day in range(7)] for n in range(2)), ["27", "28", "29", "30", "31", "1", "2"]]
    last = ["", "", "Firing", "", "", "Show", ""]
    rows = [["January 2019", "", "The kiln is hot", "", "", "", ""], *JANUARY, *weeks, last]
    document = Document()
    for row, texts in zip(document.add_table(rows=len(rows), cols=7).rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(tmp_path / "january.docx")
    assert [line for line in entries(sentences(load(tmp_path / "january.docx"))) if "kiln" not in line] == [
        "Tuesday 1 January 2019: Closed",
        "Monday 7 January 2019: Choir begins",
        "Thursday 10 January 2019: Glaze day",
        "Tuesday 29 January 2019: Firing",
        "Friday 1: Show",  # of the month after
    ]


def test_a_cell_beside_a_day_without_a_name_of_its_own_belongs_to_the_next(tmp_path):
    """As where a title above has drawn a line through a column."""
    rows = [
        ["Sun", None, "Mon", "Tue", "Wed", "Thu", "Fri"],
        [5, 6, None, 7, 8, 9, 10],
        [12, 13, "Tea!", 14, 15, 16, 17],
    ]
    assert entries(sheet(tmp_path, rows)) == ["Mon 13: Tea!"]


def test_weeks_below_a_gap_have_the_names_of_days_above_it(tmp_path):
    weeks = [[day[:3] for day in DAYS], *JANUARY[1:]]
    parts = (
        Table(weeks[:3], colWidths=75),
        Spacer(1, 40),
        Table([*weeks[3:], [str(day) for day in range(13, 20)]], colWidths=75),
    )
    assert "Mon 7: Choir begins" in sentences(build(tmp_path / "january.pdf", *parts))


@pytest.mark.parametrize(
    "weeks",
    [
        [["9.00 Yoga", "10.00 Chess", "11.00 Darts", "12.00 Lunch", "1.00 Bingo"]] * 2,
        [["12", "7", "31", "4", "18"], ["11", "9", "28", "5", "16"]],  # who came
    ],
)
def test_hours_and_counts_below_the_names_of_days_are_no_days(tmp_path, weeks):
    found = sheet(tmp_path, [DAYS[1:6], *weeks])
    assert found[-1] == " | ".join(f"{day}: {cell}" for day, cell in zip(DAYS[1:6], weeks[-1], strict=True))


def told(tmp_path, *rows):
    document = Document()
    for row, texts in zip(document.add_table(rows=len(rows), cols=max(map(len, rows))).rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    document.save(tmp_path / "table.docx")
    return sentences(load(tmp_path / "table.docx"))


def week(first, days=7, before=()):
    return [*before, *(str(day) for day in range(first, first + days))]


def test_numbers_of_weeks_beside_the_days_are_none_of_them(tmp_path):
    rows = ["Week", *DAYS], week(1, before=["27"]), ["", "Fair"], week(8, before=["28"]), ["", "", "Tea"]
    assert told(tmp_path, *rows)[-2:] == ["Sunday 1: Fair", "Monday 9: Tea"]


def test_a_last_week_of_few_days_has_days_of_its_own(tmp_path):
    weeks = (
        ["", "", "", "", "", "", "1"],
        *(week(first) for first in (2, 9, 16, 23)),
        ["30", "31"],
        ["", "Bank holiday"],
    )
    found = told(tmp_path, ["August 2026"], DAYS, *weeks)
    assert found[-1] == "Monday 31 August 2026: Bank holiday"


def test_a_second_month_in_a_table_begins_anew(tmp_path):
    months = ["January 2024"], DAYS, week(7), ["", "Fair"], ["February 2024"], DAYS, week(4), ["", "", "Play"]
    found = told(tmp_path, *months)
    assert "Monday 8 January 2024: Fair" in found
    assert "Tuesday 6 February 2024: Play" in found


def test_periods_of_a_timetable_are_no_days(tmp_path):
    lessons = ["1 Ann", "2 Bob", "3 Cy", "4 Di", "5 Ed"]
    found = told(tmp_path, ["Period", *DAYS[1:6]], ["1", *lessons], ["2", *lessons])
    assert found[0].startswith("Period: 1 | Monday: 1 Ann")
