"""A page of a PDF is drawn, and a quotation found on it: whole, broken, in a table's row, on a turned page."""

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from index.files.extract import FormatError
from index.files.pdf.page import MOST_PIXELS, picture, times

WIDTH, HEIGHT = A4
LINE = "The balloon came down in a hedge at Tarn."


def drawn(path: Path, *lines: tuple[float, float, str], rotate: int = 0) -> bytes:
    """A page with lines at these places, in points from its lower left corner."""
    canvas = Canvas(str(path), pagesize=A4)
    for left, bottom, text in lines:
        canvas.drawString(left, bottom, text)
    if rotate:
        canvas.setPageRotation(rotate)
    canvas.save()
    return path.read_bytes()


def heights(data: bytes, quotation: str, earlier: int = 0) -> list[int]:
    """How far down the page each box of the quotation is, in percent."""
    return [round(100 * box[1]) for box in picture(data, 0, quotation, earlier).boxes]


def test_a_quotation_is_boxed_where_its_letters_stand(tmp_path: Path) -> None:
    data = drawn(tmp_path / "a.pdf", (72, HEIGHT - 100, "Before. " + LINE + " After."), (72, HEIGHT - 300, "Other."))
    found = picture(data, 0, LINE)
    ((left, top, right, bottom),) = found.boxes
    assert top * HEIGHT < 100 < bottom * HEIGHT + 4
    assert 72 + 40 < left * WIDTH < 72 + 50, "it begins after “Before. ”"
    assert right * WIDTH < WIDTH - 200
    image = Image.open(io.BytesIO(found.jpeg))
    assert (image.format, found.pages) == ("JPEG", 1)
    assert image.width * image.height <= MOST_PIXELS


def test_each_line_has_a_box_and_a_broken_word_is_found(tmp_path: Path) -> None:
    data = drawn(
        tmp_path / "a.pdf", (72, 700, "The balloon came down in a thorny hed-"), (72, 680, "ge at Tarn. More.")
    )
    assert len(heights(data, "The balloon came down in a thorny hedge at Tarn.")) == 2


def test_of_two_that_are_the_same_the_one_meant_is_boxed(tmp_path: Path) -> None:
    data = drawn(tmp_path / "a.pdf", (72, 700, LINE), (72, 400, LINE))
    (first,), (second,) = heights(data, LINE), heights(data, LINE, earlier=times(LINE, f"{LINE}\n\nMore of it."))
    assert first < 20 < 45 < second


def test_a_row_is_found_though_its_text_repeats_the_column_names(tmp_path: Path) -> None:
    cell = Paragraph("Forty metres of hemp, tarred at both ends", getSampleStyleSheet()["Normal"])
    cells = [["Item", "What", "Price"], ["Anchor", "Iron", "€40"], ["Rope", cell, "€40"], ["Lamp", "Oil", "€15"]]
    SimpleDocTemplate(str(tmp_path / "a.pdf"), pagesize=A4).build(
        [Table(cells, colWidths=[80, 100, 80], style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)])]
    )
    data = (tmp_path / "a.pdf").read_bytes()
    row = "Item: Rope | What: Forty metres of hemp, tarred at both ends | Price: €40"
    boxes = picture(data, 0, row).boxes
    lamp = picture(data, 0, "Item: Lamp | What: Oil | Price: €15").boxes
    anchor = picture(data, 0, "Item: Anchor | What: Iron | Price: €40").boxes
    assert max(box[3] for box in anchor) <= min(box[1] for box in boxes)
    assert max(box[3] for box in boxes) <= min(box[1] for box in lamp)
    assert len({round(box[1], 2) for box in boxes}) >= 2, "the cell of several lines is boxed to its end"


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_on_a_turned_page_the_box_turns_with_it(tmp_path: Path, rotate: int) -> None:
    """The ink of the page lies in the box."""
    data = drawn(tmp_path / "a.pdf", (100, 400, LINE), rotate=rotate)
    ((left, top, right, bottom),) = picture(data, 0, LINE).boxes
    image = Image.open(io.BytesIO(picture(data, 0).jpeg)).convert("L")
    area = (left * image.width, top * image.height, right * image.width, bottom * image.height)
    inside = image.crop(tuple(map(int, area)))
    ink = sum(value < 128 for value in image.get_flattened_data())
    assert sum(value < 128 for value in inside.get_flattened_data()) > 0.9 * ink > 0


def test_what_is_not_on_the_page_has_no_box(tmp_path: Path) -> None:
    data = drawn(tmp_path / "a.pdf", (72, 700, LINE))
    assert picture(data, 0, "The harbour master pays for every mooring.").boxes == ()
    assert picture(data, 0, "Item: Rope | Price: €40").boxes == ()
    assert picture(data, 0).boxes == ()


def test_a_page_or_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    data = drawn(tmp_path / "a.pdf", (72, 700, LINE))
    with pytest.raises(FormatError, match="has 1 pages, and no page 2"):
        picture(data, 1)
    with pytest.raises(FormatError, match="cannot be drawn"):
        picture(data[:60], 0)
