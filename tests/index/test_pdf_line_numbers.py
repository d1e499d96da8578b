"""PDF files whose lines are numbered in the margin, as those of bills, pleadings and manuscripts are."""

import pytest

from tests.index.pages import draw, sentences

BILL = """\
A bill for the care of the boats that lie in the inner harbour of Tarn during the months of the winter,
when nobody sails. The keeper shall walk along all the piers once a day, and twice on days on which the
wind comes from the north.
He shall look at every rope, and at every lamp.
Whoever owns a boat that lies there shall pay the keeper nine pounds for each month that it lies there, or
begins to lie there, and no less than twenty pounds for a winter.
Of boats longer than twelve metres twice as much is due.
Nobody may light a fire on the deck of a boat that lies in the inner harbour, nor on the piers around it;
who does so loses the berth, and what was paid for it.
This comes into force on the first day of October.""".split("\n")
ROWS = [f"{name} of the crew" for name in "Ada Ben Cleo Dag Edda Finn Gus Hal Ida Jon".split()]


def numbered(path, lines, first=1, pages=2):
    """The lines twice, below each other, each behind its number, and the number of the page."""
    drawn = [((60, 500), 760, "1")]
    for number, text in enumerate(lines * pages):
        drawn += [(-70, 40 + 14 * number, str(first + number)), (90, 40 + 14 * number, text)]
    return sentences(draw(path, drawn, size=9))


@pytest.mark.parametrize("first", [1, 31])
def test_numbers_of_lines_are_no_part_of_what_runs_over_them(tmp_path, first):
    found = numbered(tmp_path / "bill.pdf", BILL, first)
    assert "He shall look at every rope, and at every lamp." in found
    assert any(one.endswith("twice on days on which the wind comes from the north.") for one in found)


def test_a_list_of_numbered_rows_keeps_its_numbers(tmp_path):
    found = numbered(tmp_path / "crew.pdf", ROWS)
    assert any("3" in one and "Cleo of the crew" in one for one in found)


def test_a_table_with_a_column_of_numbers_keeps_them(tmp_path):
    fruits = [f"{colour} {fruit}" for colour in ("red", "green") for fruit in ("apples", "pears", "plums", "figs") * 3]
    drawn = []
    for number, fruit in enumerate(fruits, start=1):
        top = 40 + 14 * number
        drawn += [(-70, top, str(number)), (90, top, fruit), (-400, top, f"{number}.20"), (-500, top, str(40 - number))]
    found = sentences(draw(tmp_path / "fruits.pdf", drawn, size=9))
    assert any(one.startswith("7") and "red figs" not in one for one in found), found


def test_a_few_numbered_lines_keep_their_numbers(tmp_path):
    assert any(one.startswith("4") for one in numbered(tmp_path / "bill.pdf", BILL, pages=1))
