"""Rows that name columns are known by what they say and what stands below them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.tables.head_rows import head_rows
from index.files.tables.naming import kind_of, names_columns


def filled(*rows):
    return [{column: text for column, text in enumerate(row) if text} for row in rows]


ROSTER = filled(
    ["Date", "2031-07-01", "2031-07-02", "2031-07-03", "2031-07-04"],
    ["Day", "Tuesday", "Wednesday", "Thursday", "Friday"],
    ["Early shift", "Ann", "", "Ben", "Ben"],
    ["Late shift", "", "Cy", "Ann", "Cy"],
    ["On call", "Ben", "Ben", "Cy", "Ann"],
)
TALKS = filled(
    ["M-1", "Ann", "Lee", "Tides of the northern harbours"],
    ["M-2", "Ben", "Ruiz", "Ferries that ran aground"],
    ["M-3", "Cy", "Dahl", "How ropes are made today"],
    ["M-4", "Di", "Moor", "Lamps, and who lit them"],
)


@pytest.mark.parametrize(
    ("head", "below"),
    [
        (["Item", "Qty", "Donated by"], [["Hammer", "2", "Ty"], ["Pliers", "4", "Jo"], ["Saw", "1", "Ty"]]),
        (["Team", "2008", "2009", "2010"], [["Orrin", "Ann Lee", "", "Ben Ruiz"], ["Tarn", "", "Cy Dahl", "Di Moor"]]),
        (["Time", "Mon", "Tue", "Wed"], [["09:00", "Swim", "", "Games"], ["10:00", "", "Lunch", "Rest"]]),
        (["Name", "Role", "Phone"], [["Ann Lee", "Warden", "555 0101"], ["Ben Ruiz", "Clerk", "555 0102"]]),
    ],
)
def test_names_above_what_they_name_are_known_and_the_rows_below_them_are_not(head, below):
    rows = filled(head, *below)
    assert names_columns(rows[0], rows[1:]) > 0
    assert names_columns(rows[1], rows[2:]) < 0


@pytest.mark.parametrize(
    "rows",
    [
        TALKS,
        filled(
            ["Name", "Ann Lee", "Date", "2024-05-01"], ["Office", "North", "Head", "Ben Ruiz"], ["Room", "12", "", ""]
        ),
        filled(
            ["dog", "Hund", "chien"], ["cat", "Katze", "chat"], ["house", "Haus", "maison"], ["tree", "Baum", "arbre"]
        ),
        filled(["Tarn", "08:00", "09:00"], ["Orrin", "08:20", "09:20"], ["Sill", "08:35", "09:35"]),
    ],
    ids=["talks", "form", "words", "trains"],
)
def test_the_first_of_rows_of_one_kind_names_nothing(rows):
    assert head_rows(rows, len(rows)) == (0, 0)


def test_dates_over_the_days_of_the_week_name_the_columns_of_a_roster_together():
    assert head_rows(ROSTER, len(ROSTER)) == (0, 2)


@pytest.mark.parametrize("corner", ["", "Name"])
@pytest.mark.parametrize(
    "rows",
    [
        [["Mon", "Tue", "Wed"], ["Ann", "x", "x", "x"], ["Ben", "x", "", "x"], ["Cy", "", "x", "x"]],
        [
            ["Mon", "Tue", "Wed"],
            ["Early", "Ann", "Ben", "Ann"],
            ["Late", "Cy", "Ann", "Ben"],
            ["Night", "Ben", "Cy", "Cy"],
        ],
        [
            ["role", "city", "boat"],
            ["0", "Warden", "Paris", "x"],
            ["1", "Clerk", "Rome", "x"],
            ["2", "Cook", "Oslo", "x"],
        ],
    ],
)
def test_the_first_row_is_none_of_the_head_though_its_corner_is_empty(rows, corner):
    head, *below = rows
    table = filled([corner, *head], *below)
    assert head_rows(table, len(table)) == (0, 1)


def test_a_head_that_comes_again_among_the_rows_is_one():
    rows = filled(["Name", "Role", "City"], ["Ann Lee", "Warden", "Paris"], ["Ben Ruiz", "Clerk", "Rome"])
    assert head_rows(rows * 2, 2 * len(rows)) == (0, 1)


def test_dates_that_come_again_beside_another_name_are_heads_all_the_same():
    dates = [f"2031-07-{day:02d}" for day in range(1, 7)]
    rows = filled(
        ["", *dates], ["Preacher", *"ABCDEF"], ["Reader", *"GHABCD"], ["Night church", *dates], ["Tea", *"EFGABH"]
    )
    assert head_rows(rows, len(rows)) == (0, 1)


@given(st.integers(1, 20), st.sampled_from([ROSTER, TALKS]))
def test_where_a_table_stands_on_its_sheet_does_not_matter(shift, rows):
    moved = [{column + shift: text for column, text in row.items()} for row in rows]
    assert names_columns(moved[0], moved[1:]) == pytest.approx(names_columns(rows[0], rows[1:]))


@given(st.dictionaries(st.integers(0, 5), st.text("aB1 .:/-$%", min_size=1), min_size=1))
def test_any_row_above_any_other_is_judged(row):
    row = {column: text.strip() or "-" for column, text in row.items()}
    assert isinstance(names_columns(row, [row]), float)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Month", "short"),
        ("Mon", "day"),
        ("march", "day"),
        ("Market", "short"),
        ("2031-07-01", "date"),
        ("1 July", "date"),
        ("Tuesday 18 April", "date"),
        ("Friday, August 14th", "date"),
        ("2019/20", "year"),
        ("8:30am", "hour"),
        ("6A", "class"),
        ("£1,200", "figure"),
        ("Room 4", "code"),
        ("how it was found that morning", "long"),
    ],
)
def test_cells_are_told_apart_by_what_they_hold(text, kind):
    assert kind_of(text) == kind
