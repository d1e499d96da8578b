"""Forms in PDF files whose labels stand above their values, one below the other: values in boxes, or labels in bold."""

from tests.index.pages import draw, sentences
from tests.index.test_pdf_forms import written

FIELDS = [("First name", "Tilda"), ("Surname", "Marrow"), ("Telephone", ""), ("Home port", "Orrin Quay")]


def boxed(canvas, x, fields):
    for number, (label, value) in enumerate(fields):
        y = 700 - 50 * number
        canvas.drawString(x, y, label)
        canvas.rect(x, y - 26, 220, 18)
        canvas.drawString(x + 6, y - 21, value)


def test_a_value_in_a_box_is_told_behind_the_label_above_it(tmp_path):
    lines = written(tmp_path / "form.pdf", lambda canvas: boxed(canvas, 60, FIELDS)).split("\n")
    assert [line for line in lines if line] == [
        "First name: Tilda",
        "Surname: Marrow",
        "Telephone",
        "Home port: Orrin Quay",
    ]


def test_boxes_side_by_side_have_each_its_own_label(tmp_path):
    def draw_both(canvas):
        boxed(canvas, 60, FIELDS)
        boxed(canvas, 320, [("Boat", "Gull"), ("Length in metres", "7.2"), ("Berth", "B 14"), ("Moored since", "1998")])

    text = written(tmp_path / "form.pdf", draw_both)
    assert "Home port: Orrin Quay" in text
    assert "Length in metres: 7.2" in text
    assert "Berth: B 14" in text


def test_a_value_in_a_box_is_told_behind_the_label_beside_it(tmp_path):
    """Of whatever width the boxes are; the first field names no columns."""

    def draw_beside(canvas):
        swims = ("Swimming ability", "50 metres unaided", 260)
        fields = [("Full name", "Tilda Marrow", 260), ("Born", "17 October 2013", 120), ("Year", "Year 5", 80), swims]
        for number, (label, value, width) in enumerate(fields):
            y = 700 - 28 * number
            canvas.drawString(60, y, label)
            canvas.rect(220, y - 5, width, 18)
            canvas.drawString(226, y, value)

    lines = written(tmp_path / "form.pdf", draw_beside).split("\n")
    assert [line for line in lines if line] == [
        "Full name: Tilda Marrow",
        "Born: 17 October 2013",
        "Year: Year 5",
        "Swimming ability: 50 metres unaided",
    ]


def test_a_long_text_in_a_box_stays_below_its_heading(tmp_path):
    def draw_notes(canvas):
        for number in range(3):
            y = 700 - 150 * number
            canvas.drawString(60, y, f"Note {number}")
            canvas.rect(60, y - 110, 400, 100)
            for line in range(7):
                canvas.drawString(66, y - 24 - 12 * line, "the keeper writes down what the wind does to the boats here")

    assert "Note 1:" not in written(tmp_path / "notes.pdf", draw_notes)


def stacked(records):
    lines, y = [], 100
    for record in records:
        for label, value in record:
            lines += [(60, y, f"{label}:", "Helvetica-Bold", 10), (60, y + 13, value)]
            y += 30
        y += 20
    return lines


def test_bold_labels_above_their_values_are_a_row_for_each_record(tmp_path):
    records = [
        [("Type", "Roof"), ("Existing finish", "Slate"), ("Proposed finish", "Zinc")],
        [("Type", "Walls"), ("Existing finish", "Brick"), ("Proposed finish", "Render")],
    ]
    assert sentences(draw(tmp_path / "form.pdf", stacked(records))) == [
        "Type: Roof | Existing finish: Slate | Proposed finish: Zinc",
        "Type: Walls | Existing finish: Brick | Proposed finish: Render",
    ]


def test_many_bold_labels_that_come_once_are_a_row_each(tmp_path):
    record = [(f"Label {letter}", f"value {letter}") for letter in "abcdefgh"]
    assert sentences(draw(tmp_path / "form.pdf", stacked([record]))) == [f"{name}: {value}" for name, value in record]
