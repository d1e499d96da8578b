"""Forms in PDF files whose labels stand above their values."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.index.pages import draw, load, placed, sentences

BOLD = "Helvetica-Bold"
FIELDS = [
    [("Surname", "Marrow"), ("First name", "Tilda"), ("Born", "3 May 1961")],
    [("Street", "1 Elm St"), ("Town", "Orrin"), ("Phone", "0123 456")],
    [("Doctor", "Dr Sill"), ("Insurer", "Tarn Mutual"), ("Blood group", "A+")],
]
READ = [" | ".join(f"{name}: {value}" for name, value in row) for row in FIELDS]


@pytest.mark.parametrize("font", [("Helvetica", 7), (BOLD, 10)], ids=["small", "bold"])
def test_labels_above_their_values_are_told_with_these_row_by_row(tmp_path, font):
    lines = []
    for number, row in enumerate(FIELDS):
        for left, (name, value) in zip((60, 230, 400), row, strict=True):
            lines += [(left, 100 + 40 * number, name, *font), (left, 114 + 40 * number, value)]
    assert sentences(draw(tmp_path / "record.pdf", lines)) == READ


def test_a_label_without_a_value_is_told(tmp_path):
    lines = []
    for number, row in enumerate(FIELDS):
        for left, (name, value) in zip((60, 230, 400), row, strict=True):
            lines += [(left, 100 + 40 * number, name, "Helvetica", 7)]
            lines += [(left, 114 + 40 * number, value)] if name != "Town" else []
    assert "Street: 1 Elm St | Town | Phone: 0123 456" in sentences(draw(tmp_path / "record.pdf", lines))


def test_rows_that_are_as_far_apart_as_all_stay_a_table_though_every_other_one_is_bold(tmp_path):
    rows = [("Boat", "Master", "Mate"), ("Gull", "Ann", "Ben"), ("Tern", "Cy", "Dee"), ("Auk", "Eva", "Flo")]
    lines = placed(rows, (60, 230, 400), pitch=15)
    lines = [(*one, BOLD, 10) if number // 3 in (0, 2) else one for number, one in enumerate(lines)]
    assert "Boat: Auk | Master: Eva | Mate: Flo" in sentences(draw(tmp_path / "boats.pdf", lines))


def boxes_of_fields(path, fields, height=36):
    """Rows of boxes that do not touch those above, each with a small label above the lines of its value."""
    canvas = Canvas(str(path), pagesize=A4)
    for number, row in enumerate(fields):
        for column, (name, *values) in enumerate(row):
            left, top = 60 + 170 * column, 100 + (height + 4) * number
            canvas.rect(left - 4, 810 - top - height, 170, height)
            canvas.setFont("Helvetica", 7)
            canvas.drawString(left, 800 - top, name)
            canvas.setFont("Helvetica", 10)
            for line, value in enumerate(values):
                canvas.drawString(left, 800 - top - 16 - 12 * line, value)
    canvas.save()
    return load(path)


def test_a_row_of_boxes_each_with_its_label_is_one_of_fields(tmp_path):
    assert sentences(boxes_of_fields(tmp_path / "record.pdf", FIELDS)) == READ


def test_a_row_of_boxes_with_titles_over_text_is_no_row_of_fields(tmp_path):
    play = ("Play", "We go out to the yard each day", "at ten, and bring our boots.", "When it rains, we stay in.")
    food = ("Food", "Send a snack on each day that", "you come. We have milk here.", "No nuts are eaten in school.")
    assert "Play: We" not in boxes_of_fields(tmp_path / "school.pdf", [(play, food)], height=66).text
