"""Calendars: each day is a line of its own, whatever the format, and tables that only look like one are left alone."""

import pytest
from docx import Document
from reportlab.platypus import Table

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
    found = sentences(build(tmp_path / "january.pdf", Table(JANUARY, colWidths=70, style=RULES)))
    assert entries(found) == TOLD
    assert "Sunday: 6 | Monday: 7 | Tuesday: 8 | Wednesday: 9 | Thursday: 10 | Friday: 11 | Saturday: 12" in found


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
