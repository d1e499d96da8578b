"""Tables and fields of reStructuredText."""

import pytest

from index.files.rst import read_rst

GRID = """
+-------+--------+
| Boat  | Fee    |
+=======+========+
| Ketch | 4, and |
|       | more   |
+-------+--------+
| Punt  | 2      |
+-------+--------+
"""
SIMPLE = """
=====  ======
Boat   Fee
=====  ======
Ketch  4, and
       more
Punt   2
=====  ======
"""
VALUES = """
.. csv-table::
   :header: "Boat", "Fee"

   "Ketch", "4, and
   more"
   Punt, 2
"""
LISTS = """
.. list-table::
   :header-rows: 1
   :widths: 10 10

   * - Boat
     - Fee
   * - Ketch
     - 4, and
       more

   * - Punt
     - 2
"""


@pytest.mark.parametrize("table", [GRID, SIMPLE, VALUES, LISTS])
def test_each_row_of_a_table_tells_the_names_of_its_columns(table):
    text = read_rst(f"Fees\n====\n{table}\nMoor at *Tarn*.\n".encode()).text
    assert text.split("\n\n") == [
        "Fees",
        "Boat | Fee\nBoat: Ketch | Fee: 4, and more\nBoat: Punt | Fee: 2",
        "Moor at *Tarn*.\n",
    ]


@pytest.mark.parametrize("table", [VALUES, LISTS])
def test_the_caption_of_a_table_is_told(table):
    assert read_rst(table.replace("table::", "table:: What ``boats`` pay").encode()).text.startswith(
        "What boats pay\n\nBoat | Fee"
    )


def test_a_table_whose_cells_reach_over_others_is_told_line_by_line():
    table = "+---+---+\n| A | B |\n+===+===+\n| all day|\n+-------+\n"
    assert read_rst(table.encode()).text == "A | B\nall day\n"
    table = "=====  ====\nKetch  4\nSloops, too\n=====  ====\n"
    assert read_rst(table.encode()).text == "Ketch 4\nSloops, too\n"


def test_a_table_in_an_example_stays_as_it_is():
    assert "\nKetch  4, and\n" in read_rst(f"So::\n{SIMPLE}".replace("\n", "\n    ").encode()).text


def test_fields_are_told_with_their_names_but_for_those_of_programs():
    fields = ":Author: Ann Tarn\n:orphan:\n:Fee: 4 for\n   members\n:Place:\n   Sill\n:tocdepth: 2\n"
    text = read_rst(f"{fields}\n:nosearch:\n\nSo.\n".encode()).text
    assert text == "Author: Ann Tarn\nFee: 4 for members\nPlace: Sill\n\nSo.\n"


def test_a_paragraph_that_begins_with_a_role_is_one():
    assert read_rst(b":ref:`June <june>` is when it opens.\n").text == "June is when it opens.\n"
