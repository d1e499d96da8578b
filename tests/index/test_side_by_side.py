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
