"""Panels and columns side by side on a page are read one after the other, and tables across."""

import textwrap

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.index.pages import load

PLAY = "We go out to the yard each day at ten. Bring boots that can get wet, and a hat when the sun is out. "
SNACK = "Send a snack on each day that you come. No nuts, please. We have milk and water here for all who want it. "


class Sheet:
    """A page on which lines and boxes are drawn, with places from its top left corner."""

    def __init__(self, path, font="Helvetica", size=10):
        self.path = path
        self.canvas = Canvas(str(path), pagesize=A4)
        self.canvas.setFont(font, size)

    def lines(self, texts, left, top, pitch=14):
        for number, text in enumerate(texts):
            self.canvas.drawString(left, 800 - top - pitch * number, text)

    def read(self):
        self.canvas.save()
        return load(self.path)


def flat(document):
    return " ".join(document.text.split())


def test_the_height_of_a_font_leaves_a_narrow_gutter_between_columns(tmp_path):
    tall = TTFont("Taller", "Vera.ttf")
    tall.face.ascent, tall.face.descent = 1150, -350
    pdfmetrics.registerFont(tall)
    sheet = Sheet(tmp_path / "columns.pdf", "Taller")
    columns = [textwrap.wrap(text * 3, 30) for text in (PLAY, SNACK)]
    width = max(pdfmetrics.stringWidth(line, "Taller", 10) for line in columns[0])
    sheet.lines(columns[0], 60, 60)
    sheet.lines(columns[1], 60 + width + 10, 60)
    text = flat(sheet.read())
    assert (PLAY * 3).strip() in text
    assert (SNACK * 3).strip() in text
