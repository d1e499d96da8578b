"""Rows of tables: whatever stands in a cell is in the text, wherever cells meet."""

from hypothesis import given
from hypothesis import strategies as st

from index.files.rows import Cell, Grid, write_rows

PLACES = st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(1, 2), st.integers(1, 3), st.booleans())


@given(st.lists(PLACES, min_size=1, max_size=24))
def test_nothing_in_a_table_is_lost(places):
    cells = [
        Cell(f"{'cell' if number % 2 else ''}{number + 100}", row, column, rows, columns, head)
        for number, (row, column, rows, columns, head) in enumerate(places)
    ]
    told = "\n".join(row.text for row in write_rows(Grid(tuple(cells))))
    assert [cell.text for cell in cells if cell.text not in told] == []


def test_a_cell_that_begins_where_another_stands_goes_beside_it():
    grid = Grid((Cell("Cash", 0, 0), Cell("$5,519", 0, 1), Cell("$3,389", 0, 1, 1, 2)))
    assert [row.text for row in write_rows(grid)] == ["Cash | $5,519 | $3,389"]


def test_a_header_set_in_from_its_column_still_names_it():
    head = (Cell("Status", 0, 1, head=True), Cell("Date", 0, 3, head=True))
    rows = write_rows(Grid((*head, Cell("Approved", 1, 0, 1, 2), Cell("9 May", 1, 2, 1, 2))))
    assert [row.text for row in rows] == ["Status | Date", "Status: Approved | Date: 9 May"]


def test_a_header_that_ends_with_the_years_beside_it_names_their_columns():
    head = (Cell("Year Ended May 31,", 0, 0), Cell("2022", 0, 1), Cell("2021", 0, 2))
    rows = write_rows(Grid((*head, Cell("Sales", 1, 0), Cell("$15", 1, 1), Cell("$16", 1, 2))))
    assert rows[1].text == "Sales | Year Ended May 31, 2022: $15 | Year Ended May 31, 2021: $16"


def test_fields_of_a_form_are_no_headers_however_plain_their_values():
    fields = [("Maker:", "Orrin"), ("Kind:", "Reader"), ("Part:", "OR-1300e"), ("Version:", "1.08")]
    grid = Grid(tuple(Cell(text, row, n) for row, pair in enumerate(fields) for n, text in enumerate(pair)))
    assert [row.text for row in write_rows(grid)] == [" ".join(pair) for pair in fields]
