"""Tables in one frame that stand below each other, each under a title across it, as the sections of a form."""

from index.files.tables.cells import Cell
from index.files.tables.rows import Grid, write_rows

WIDTH = 3


def rows_of(*lines):
    """What is told of lines of cells; a lone one is a title across them all."""
    cells = [
        Cell(text, row, column, columns=WIDTH if len(line) == 1 else 1, head=len(line) == 1)
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
    ]
    return [row.text for row in write_rows(Grid(tuple(cells)))]


GIFTS = [("SECTION C - GIFTS",), ("Giver", "Pledged", "Paid"), ("Harbour trust", "400", "250"), ("Guild", "90", "90")]
CASH = [("SECTION D - CASH",), ("Need", "First quarter", "Second quarter"), ("Timber", "70", "15"), ("Ropes", "8", "9")]


def test_each_part_has_the_names_of_its_own_head():
    assert rows_of(*GIFTS, *CASH) == [
        "SECTION C - GIFTS",
        "Giver | Pledged | Paid",
        "Giver: Harbour trust | Pledged: 400 | Paid: 250",
        "Giver: Guild | Pledged: 90 | Paid: 90",
        "SECTION D - CASH",
        "Need | First quarter | Second quarter",
        "Need: Timber | First quarter: 70 | Second quarter: 15",
        "Need: Ropes | First quarter: 8 | Second quarter: 9",
    ]


def test_a_title_across_rows_that_have_no_head_of_their_own_names_them():
    told = rows_of(*GIFTS[1:], ("Late gifts",), ("Mill", "30", "10"), ("Inn", "20", "5"))
    assert told[-2:] == ["Late gifts: Mill | Pledged: 30 | Paid: 10", "Late gifts: Inn | Pledged: 20 | Paid: 5"]


def test_below_a_head_that_comes_again_rows_are_told_with_the_title_that_tells_them_from_the_others():
    told = rows_of(*GIFTS, ("SECTION D - LATE GIFTS",), *GIFTS[1:])
    assert told[2] == "Harbour trust | Pledged: 400 | Paid: 250"
    assert told[-2] == "SECTION D - LATE GIFTS: Harbour trust | Pledged: 400 | Paid: 250"
