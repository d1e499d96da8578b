"""Fields of forms are told from the names of columns."""

import pytest

from index.files.tables.cells import Cell, names_only
from index.files.tables.rows import Grid, write_rows
from tests.index.grids import rows_of


def test_fields_of_a_form_are_no_headers_however_plain_their_values():
    fields = [("Maker:", "Orrin"), ("Kind:", "Reader"), ("Part:", "OR-1300e"), ("Version:", "1.08")]
    grid = Grid(tuple(Cell(text, row, n) for row, pair in enumerate(fields) for n, text in enumerate(pair)))
    assert [row.text for row in write_rows(grid)] == [" ".join(pair) for pair in fields]


def test_a_blank_to_be_filled_in_is_no_name_of_a_column():
    assert not names_only(["Total:", "_______"])
    assert names_only(["Total", "Payment"])


def test_a_form_of_two_columns_keeps_its_first_field():
    fields = ("Customer", "Anna"), ("Account", "12345678"), ("Opened", "3 May 2001"), ("Closed", "5 May 2008")
    assert rows_of(*(enumerate(pair) for pair in fields))[0] == "Customer: Anna"


def test_a_field_in_the_corner_names_no_rows_and_the_others_name_columns_of_figures():
    head = ("Property at: 7 Pier Road", "Limit", "Deductible")
    barn, home = ("Horse barn", "$35,000", "$1,000"), ("Manager's home", "$500,000", "$1,000")
    told = rows_of(*map(enumerate, (head, barn, home)))
    assert told[1] == "Horse barn | Limit: $35,000 | Deductible: $1,000"


def test_fields_have_no_names_above_them():
    head = [Cell("Judge Varga", 0, 0, head=True), Cell("Clerk Orrin", 0, 1, head=True)]
    body = [Cell("Date: 31 October 2017", 1, 0), Cell("Docket: 17-cv-67", 1, 1), Cell("Court: Tarn", 2, 0)]
    assert [row.text for row in write_rows(Grid((*head, *body)))][1:] == [
        "Date: 31 October 2017 | Docket: 17-cv-67",
        "Court: Tarn",
    ]


def test_fields_all_of_which_are_marked_stay_fields():
    lines = (("Manager", "Ada Moor"), ("Town", "Orrin"), ("Pier", "North"))
    cells = [Cell(text, row, column, head=True) for row, line in enumerate(lines) for column, text in enumerate(line)]
    assert [row.text for row in write_rows(Grid(tuple(cells)))] == ["Manager: Ada Moor", "Town: Orrin", "Pier: North"]


@pytest.mark.parametrize(
    ("one", "other", "heads", "line"),
    [
        ("4. Port of loading", "5. Final port", False, "4. Port of loading | 5. Final port"),
        ("1. Full name", "7. Moor", False, "1. Full name: 7. Moor"),
        ("Cakes", "Cupcakes", True, "Cakes | Cupcakes"),
        ("Cakes", "Cupcakes", False, "Cakes: Cupcakes"),
        ("Total", "£12", True, "Total: £12"),
        ("Title:", "Cupcakes", True, "Title: Cupcakes"),
        (
            "Title",
            "How many cakes were eaten at the harbour.",
            True,
            "Title: How many cakes were eaten at the harbour.",
        ),
    ],
)
def test_two_names_beside_each_other_are_no_field(one, other, heads, line):
    cells = [Cell("Stew, soup or pie.", 0, 0), Cell(one, 1, 0, head=heads), Cell(other, 1, 1, head=heads)]
    assert [row.text for row in write_rows(Grid(tuple(cells)))][1] == line


PRESENT = ["Ann Orrin", "Bo Varga", "Cy Tarn", "Di Holt"]


def test_names_below_the_first_of_a_field_are_more_of_its_values():
    below = [[(1, name)] for name in PRESENT[1:]]
    told = rows_of([(0, "Present:"), (1, PRESENT[0])], *below, enumerate(("Regrets:", "Ed Lund")), [(1, "Flo Marr")])
    assert told == ["Present: Ann Orrin | Bo Varga | Cy Tarn | Di Holt", "Regrets: Ed Lund | Flo Marr"]


def test_the_name_of_a_field_is_told_with_each_row_of_several_values():
    told = rows_of(enumerate(("Present:", "Ann Orrin", "Chair")), [(1, "Bo Varga")], enumerate(("Cy Tarn", "Clerk"), 1))
    assert told == ["Present: Ann Orrin | Chair", "Present: Bo Varga", "Present: Cy Tarn | Clerk"]


def test_the_name_of_a_field_is_told_with_each_value_where_all_are_too_long_for_a_row():
    names = [f"{name} of the old parish of Orrin" for name in PRESENT * 4]
    told = rows_of(enumerate(("Present:", names[0])), *([(1, name)] for name in names[1:]))
    assert told == [f"Present: {name}" for name in names]


@pytest.mark.parametrize(
    ("first", "below"),
    [
        ("Tuesday", "Leave it at the door"),
        ("5 May 2008", "Bo Varga"),
        ("Ann Orrin", "Please fill in all of the fields below and send it"),
    ],
)
def test_a_remark_or_what_stands_below_a_time_is_no_further_value(first, below):
    assert rows_of(enumerate(("Given:", first)), [(1, below)]) == [f"Given: {first}", below]


def test_what_stands_below_an_empty_row_is_no_further_value():
    cells = (Cell("Chair:", 0, 0), Cell("Ann Orrin", 0, 1), Cell("Agenda of the day", 2, 1))
    assert [row.text for row in write_rows(Grid(cells))] == ["Chair: Ann Orrin", "Agenda of the day"]


@pytest.mark.parametrize("below", [("Child", "3.00"), ("Child:", "three")])
def test_what_has_a_figure_or_a_value_of_its_own_is_no_further_value(below):
    told = rows_of(enumerate(("Fees:", "by the day")), enumerate(below, 1))
    assert told == ["Fees: by the day", f"Child: {below[1]}"]


def test_a_value_goes_on_behind_a_comma():
    told = rows_of(enumerate(("By:", "Luca Varga")), [(1, "Senior Vice President,")], [(1, "Finance")])
    assert told == ["By: Luca Varga | Senior Vice President, Finance"]
