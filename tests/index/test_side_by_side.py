"""Names with their amounts side by side are tables of their own."""

import pytest

from index.files.tables.cells import Cell
from index.files.tables.rows import Grid, write_rows
from tests.index.grids import rows_of


def test_names_with_their_amounts_side_by_side_are_tables_of_their_own():
    """As in a price list that is set in two columns, with a name above some of them."""
    prices = [
        ("Tea", "$2", "Soup", "$4"),
        ("Cocoa", "3", "Stew", "$9"),
        ("Milk", "$1", "Drinks"),
        ("Rum", "$1", "Ale", "5"),
    ]
    drinks, others = ["Tea: $2", "Cocoa: 3", "Milk: $1", "Rum: $1"], ["Soup: $4", "Stew: $9", "Drinks", "Ale: 5"]
    assert rows_of(*map(enumerate, prices)) == drinks + others


def test_prices_that_look_like_times_are_amounts_where_others_do_not():
    drinks = [("Tea", "2.20", "Cola", "2.40"), ("Cocoa", "3.00", "Juice", "2.80"), ("Milk", "1.50", "Water", "1.90")]
    assert rows_of(*map(enumerate, drinks))[-3:] == ["Cola: 2.40", "Juice: 2.80", "Water: 1.90"]


@pytest.mark.parametrize(
    "rows",
    [
        [("Orrin", "2", "Tarn", "1"), ("Sill", "0", "Hale", "3"), ("Wexe", "2", "Grell", "2")],  # who against whom
        [("Ada", "112", "Orrin", "cook"), ("Ben", "900", "Tarn", "mate"), ("Cy", "700", "Sill", "mate")],
        [("Ada", "$112", "Orrin", "$5"), ("Ben", "$900", "Orrin", "$7"), ("Cy", "$700", "Orrin", "$9")],  # a town
        [("Orrin", "112", "Tarn", "98"), ("Sill", "104", "Hale", "113"), ("Wexe", "99", "Grell", "121")],  # scores
        [("Orrin", "9.05", "Tarn", "9.45"), ("Sill", "10.15", "Hale", "10.55"), ("Wexe", "11.30", "Grell", "12.00")],
        [("Ada", "101", "Ketch", "$400"), ("Ben", "102", "Punt", "$300"), ("Cy", "103", "Yawl", "$200")],  # a room
        [("Ada", "$4", "a", "$5"), ("Ben", "$9", "b", "$7"), ("Cy", "x", "$7"), ("Di", "y", "$7"), ("Ed", "z", "$7")],
        [("Tea", "200", "Soup", "400"), ("Milk", "100", "Cake", "500")],
    ],
)
def test_other_rows_of_words_and_figures_stay_whole(rows):
    assert " | ".join(rows[-1]) in rows_of(*map(enumerate, rows))


def test_a_cell_that_reaches_across_keeps_tables_together():
    prices = [("Tea", "$2", "Soup", "$4"), ("Cocoa", "$3", "Stew", "$9"), ("Milk", "$1", "Cake", "$5")]
    cells = [Cell(text, row, column) for row, line in enumerate(prices) for column, text in enumerate(line)]
    cells += [Cell("Wine", 3, 0), Cell("on request", 3, 1, columns=3)]
    assert "Tea | $2 | Soup | $4" in [row.text for row in write_rows(Grid(tuple(cells)))]


def test_a_list_set_in_two_columns_with_the_names_of_its_columns_above_each_is_two_tables():
    rows = [("Name", "Ext.", "Name", "Ext."), ("Ada", "112", "Tilda", "98"), ("Ben", "104", "Una", "113"), ("Cy", "99")]
    assert rows_of(*map(enumerate, rows)) == [
        "Name | Ext.",
        *("Name: Ada | Ext.: 112", "Name: Ben | Ext.: 104", "Name: Cy | Ext.: 99"),
        "Name | Ext.",
        *("Name: Tilda | Ext.: 98", "Name: Una | Ext.: 113"),
    ]


def test_so_are_two_tables_of_the_same_columns_that_are_called_otherwise_each():
    head = ("Reds", "Runs", "Hits", "Blues", "Runs", "Hits")
    rows = [head, ("Ada", "1", "4", "Tilda", "0", "2"), ("Ben", "2", "2", "Una", "1", "1"), ("Cy", "0", "0")]
    assert rows_of(*map(enumerate, rows)) == [
        "Reds | Runs | Hits",
        *("Reds: Ada | Runs: 1 | Hits: 4", "Reds: Ben | Runs: 2 | Hits: 2", "Reds: Cy | Runs: 0 | Hits: 0"),
        "Blues | Runs | Hits",
        *("Blues: Tilda | Runs: 0 | Hits: 2", "Blues: Una | Runs: 1 | Hits: 1"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [("From", "To", "From", "To"), ("9.00", "12.00", "14.00", "17.00"), ("8.30", "12.00", "14.00", "16.00")],
        [("Home", "Goals", "Cards", "Away", "Goals", "Cards"), ("Reds", "2", "1", "Blues", "0", "3")],
        [("Club", "Points", "Guest", "Points"), ("Reds", "3", "Blues", "1"), ("Greens", "0", "Reds", "2")],
    ],
)
def test_hours_of_a_day_and_who_was_against_whom_stay_in_a_row(rows):
    cells = " | ".join(f"{name}: {text}" for name, text in zip(rows[0], rows[-1], strict=True))
    assert cells in rows_of(*map(enumerate, rows))
