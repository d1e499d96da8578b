"""Cells of tables in pages and Word documents that are empty, as they say the same as those above them."""

import docx
import pytest

from index.files.markup.pages import page_text
from tests.index.pages import load, sentences

PLAN = [
    ("Day", "Time", "Talk"),
    ("Mon", "9:00", "Opening"),
    ("", "10:00", "Roofs"),
    ("", "11:00", "Oars"),
    ("Tue", "9:00", "Boats"),
    ("", "10:00", "Closing"),
]


def page(rows):
    lines = ("".join(f"<td>{text}</td>" for text in row) for row in rows)
    return page_text(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")[0].splitlines()


def test_what_names_rows_of_a_page_is_told_with_those_below_that_leave_it_empty():
    assert page(PLAN)[3:] == [
        "Day: Mon | Time: 11:00 | Talk: Oars",
        "Day: Tue | Time: 9:00 | Talk: Boats",
        "Day: Tue | Time: 10:00 | Talk: Closing",
    ]


def test_what_only_one_row_leaves_empty_is_not_told_again():
    rows = [("Medal", "Runner", "Time"), ("Gold", "Ann", "8:01"), ("Silver", "Ben", "8:04"), ("Bronze", "Cid", "8:09")]
    rows += [("", "Flo", "8:10"), ("", "Dan", "8:11"), ("", "Eve", "8:15")]
    assert page(rows)[-2:] == ["Runner: Dan | Time: 8:11", "Runner: Eve | Time: 8:15"]


def test_what_names_rows_of_a_word_document_is_told_with_those_below(tmp_path):
    document = docx.Document()
    table = document.add_table(len(PLAN), 3)
    for row, line in zip(table.rows, PLAN, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
    document.save(tmp_path / "plan.docx")
    assert sentences(load(tmp_path / "plan.docx"))[-1] == "Day: Tue | Time: 10:00 | Talk: Closing"


@pytest.mark.parametrize(
    ("last", "told"),
    [
        (("", "Total", "5"), "Time: Total | Talk: 5"),
        (("", "12:00", "Lunch"), "Day: Tue | Time: 12:00 | Talk: Lunch"),
    ],
)
def test_a_sum_of_all_is_of_no_group(last, told):
    assert page([*PLAN, last])[-1] == told


@pytest.mark.parametrize(
    "rows",
    [
        PLAN[:4],  # one group alone
        [PLAN[0], *PLAN[2:]],  # the first row has no name
        [*PLAN, ("Mon", "12:00", "Lunch"), ("", "13:00", "Walk")],  # a name comes again
        [PLAN[0], *PLAN[1:3], *(("Tue", f"{hour}:00", "Walk") for hour in range(9, 13))],  # most have one
    ],
)
def test_a_cell_that_may_have_no_value_stays_empty(rows):
    named = sum(bool(row[0]) for row in rows[1:])
    assert sum(line.startswith(f"{rows[0][0]}: ") for line in page(rows)[1:]) == named
