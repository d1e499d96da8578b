"""Forms in PDF files whose cells are drawn: in each a small label above its value, and tables between these."""

import pytest

from tests.index.test_pdf_forms import written

WAGES = [
    [("a Number of the employee", "554-03"), ("1 Wages and tips", "23,677.70"), ("2 Tax withheld", "2,841.32")],
    [("b Name of the employer", "North Quay Ltd"), ("3 Wages that count", "24,410.00"), ("4 Tax on these", "1,513.42")],
    [("c Control number", ""), ("5 Royalties", "$"), ("6 Allocated tips", "")],
]


def cell(canvas, x, top, width, *lines, height=30):
    """A drawn cell of lines, each a text and the size of its letters."""
    canvas.rect(x, 800 - top - height, width, height)
    y = 800 - top
    for text, size in lines:
        y -= size + 2
        canvas.setFont("Helvetica", size)
        canvas.drawString(x + 4, y, text)


def fields(canvas, rows, top=100):
    for number, row in enumerate(rows):
        for column, (label, value) in enumerate(row):
            cell(canvas, 40 + 150 * column, top + 30 * number, 150, (label, 7), (value, 11))


def test_a_label_in_small_letters_is_told_with_the_value_below_it(tmp_path):
    lines = written(tmp_path / "wages.pdf", lambda canvas: fields(canvas, WAGES)).splitlines()
    assert lines == [
        "a Number of the employee: 554-03 | 1 Wages and tips: 23,677.70 | 2 Tax withheld: 2,841.32",
        "b Name of the employer: North Quay Ltd | 3 Wages that count: 24,410.00 | 4 Tax on these: 1,513.42",
        "c Control number | 5 Royalties | 6 Allocated tips",
    ]


def test_several_fields_in_one_cell_are_told_each(tmp_path):
    def draw(canvas):
        fields(canvas, WAGES)
        person = [("Name", 7), ("Ada Moor", 11), ("Street address", 7), ("1 Elm St", 11)]
        cell(canvas, 40, 190, 450, *person, height=60)

    assert "Name: Ada Moor | Street address: 1 Elm St" in written(tmp_path / "wages.pdf", draw)


def test_a_table_among_fields_has_the_names_of_its_columns(tmp_path):
    def draw(canvas):
        fields(canvas, WAGES[:2])
        for number, row in enumerate(
            [("Subject", "Amount", "Cause"), ("Shed", "5000", "Rain"), ("Boat", "70", "Fire")]
        ):
            for column, text in enumerate(row):
                cell(canvas, 40 + 150 * column, 160 + 20 * number, 150, (text, 9), height=20)
        fields(canvas, WAGES[:2], top=220)

    text = written(tmp_path / "property.pdf", draw)
    assert "Subject: Shed | Amount: 5000 | Cause: Rain\nSubject: Boat | Amount: 70 | Cause: Fire" in text
    assert text.count("2 Tax withheld: 2,841.32") == 2


def test_tables_of_an_order_in_one_frame_have_each_the_names_of_its_columns(tmp_path):
    """Its sheet has drawn them all in one: what stands in bold over other columns begins another table."""
    tables = [
        (260, [("Customer", "Deliver to"), ("Ada Moor", "Ben Reed"), ("1 Elm St", "2 Oak St")]),
        (130, [("Start", "Ordered by", "Shipped via", "Terms"), ("03/23", "A. Moor", "Coach", "Net 18")]),
        (520 / 3, [("Unit", "Description", "Price"), ("150", "Hex screw", "3.50"), ("200", "Nails", "3.75")]),
    ]

    def draw(canvas):
        top = 100
        for width, rows in tables:
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    canvas.rect(40 + width * column, 800 - top - 20, width, 20)
                    canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 10)
                    canvas.drawString(44 + width * column, 800 - top - 14, text)
                top += 20

    text = written(tmp_path / "order.pdf", draw)
    assert "Customer: Ada Moor | Deliver to: Ben Reed\n" in text
    assert "Start: 03/23 | Ordered by: A. Moor | Shipped via: Coach | Terms: Net 18\n" in text
    assert "Unit: 150 | Description: Hex screw | Price: 3.50\nUnit: 200 | Description: Nails | Price: 3.75" in text


@pytest.mark.parametrize("empty", [1, 4])
def test_a_part_of_a_form_in_which_nothing_stands_is_left_out(tmp_path, empty):
    """A box for a signature, or rows to be filled in, below a table."""

    def draw(canvas):
        fields(canvas, WAGES[:2])
        for number, row in enumerate(
            [("Subject", "Amount", "Cause"), ("Shed", "5000", "Rain"), ("Boat", "70", "Fire")]
        ):
            for column, text in enumerate(row):
                cell(canvas, 40 + 150 * column, 160 + 20 * number, 150, (text, 9), height=20)
        for number in range(empty):
            for column in range(empty):
                cell(canvas, 40 + 450 / empty * column, 220 + 40 * number, 450 / empty, height=40)

    text = written(tmp_path / "property.pdf", draw)
    assert "Subject: Boat | Amount: 70 | Cause: Fire" in text
    assert "2 Tax withheld: 2,841.32" in text


def test_what_stands_beside_a_table_among_fields_is_told_once(tmp_path):
    def draw(canvas):
        fields(canvas, WAGES[:2])
        cell(canvas, 40, 160, 150, ("Remarks", 7), ("none", 11), height=60)
        for number, row in enumerate(
            [("Subject", "Amount", "Cause"), ("Shed", "5000", "Rain"), ("Boat", "70", "Fire")]
        ):
            for column, text in enumerate(row):
                cell(canvas, 190 + 100 * column, 160 + 20 * number, 100, (text, 9), height=20)

    text = written(tmp_path / "property.pdf", draw)
    assert text.count("Shed") == text.count("Fire") == text.count("none") == 1
