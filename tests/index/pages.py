"""PDF files and workbooks made for tests, texts to fill them with, and the sentences that are read from them."""

import openpyxl
import pytest
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate

from index.errors import DocumentError
from index.files.finding import load_documents
from index.passages import split_document
from tests.conftest import WordEmbedder

STYLES = getSampleStyleSheet()
CATCH = [("Country", "Boats", "Tonnes"), ("Orrin", "86.2", "3,375"), ("Tarn", "98.6", "17,655"), ("Sill", "3.1", "430")]
RULES = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
BOLD_HEAD = [("FONTNAME", (0, 0), (-1, 0), "Helvetica-Bold")]
PROSE = (
    "The balloon lifted off from the meadow at Tarn shortly after sunrise and drifted to the east. The pilot saw "
    "the power line late, and burned for height. The basket touched the upper wire and came to rest in a hedge. "
)
PRICES = [["Item", "Weight", "Price"], ["Rope", "12 kg", "€40"], ["Anchor", "30 kg", "€210"], ["Lamp", "2 kg", "€15"]]
BEES = "A hive holds forty thousand bees in June, and four thousand in January. The queen lays all of the eggs. "
WINTER = "In winter the bees sit close together and shiver, which keeps them warm. They eat what they have stored. "
LONG = [("Title", "On bees"), *[("BodyText", f"{BEES * 3}{WINTER * 2}Number {n} ends here.") for n in range(14)]]


def build(path, *parts):
    SimpleDocTemplate(str(path), pagesize=A4).build(
        [Paragraph(part, STYLES["BodyText"]) if isinstance(part, str) else part for part in parts]
    )
    return load(path)


def load(path):
    (document,), _ = load_documents([path])
    return document


def refusal(path):
    with pytest.raises(DocumentError) as caught:
        load_documents([path])
    return str(caught.value)


def sentences(document):
    found = split_document(document, WordEmbedder().count_tokens).sentences
    return [document.text[sentence.start : sentence.end] for sentence in found if not sentence.heading]


def draw(path, lines, *, size=10):
    """A page of lines in this order.

    Each is `(left, top, text)`, or a centred one `((left, right), top, text)`, and may name a font and its size.
    """
    canvas = Canvas(str(path), pagesize=A4)
    for place, top, text, *font in lines:
        canvas.setFont(*(font or ("Helvetica", size)))
        if isinstance(place, tuple):
            canvas.drawCentredString(sum(place) / 2, 800 - top, text)
        else:
            canvas.drawRightString(-place, 800 - top, text) if place < 0 else canvas.drawString(place, 800 - top, text)
    canvas.save()
    return load(path)


def ruled(path, texts, *, level=(), upright=(), boxes=()):
    """A page of texts `(left, top, text)` with level rules `(left, right, top)`, upright ones and boxes."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 9)
    for left, right, top in level:
        canvas.line(left, 800 - top, right, 800 - top)
    for left, top, bottom in upright:
        canvas.line(left, 800 - top, left, 800 - bottom)
    for left, right, top, bottom in boxes:
        canvas.rect(left, 800 - bottom, right - left, bottom - top)
    for left, top, text in texts:
        canvas.drawString(left, 800 - top, text)
    canvas.save()
    return sentences(load(path))


def placed(rows, lefts, top=114, pitch=20):
    return [
        (left, top + pitch * number, text)
        for number, row in enumerate(rows)
        for left, text in zip(lefts, row, strict=True)
    ]


def sheet(path, rows, joined=(), formats=None):
    """The lines of a workbook with these rows, joined cells and formats of columns."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in joined:
        book.active.merge_cells(cells)
    for column, shown in (formats or {}).items():
        for cell in book.active[column]:
            cell.number_format = shown
    book.save(path / "book.xlsx")
    return sentences(load(path / "book.xlsx"))


class Sheet:
    """A page on which lines are drawn one by one."""

    def __init__(self, path):
        self.canvas = Canvas(str(path), pagesize=A4)
        self.path = path

    def line(self, x, y, text, size=11):
        self.canvas.setFont("Helvetica", size)
        self.canvas.drawString(x, y, text)
        return x + self.canvas.stringWidth(text, "Helvetica", size)

    def next(self):
        self.canvas.showPage()

    def load(self):
        self.canvas.save()
        return load(self.path)
