"""Writes PDF files for tests to read."""

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

PICTURED = "The pier opens in June"
STYLES = getSampleStyleSheet()


def write_pdf(path, paragraphs, *, columns=1, **settings):
    """Paragraphs under a running head, over numbered pages."""

    def head_and_number(canvas, template):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, A4[1] - 40, "The Keeper, volume 12")
        canvas.drawCentredString(A4[0] / 2, 30, str(canvas.getPageNumber()))

    width = (A4[0] - 144) / columns
    frames = [Frame(72 + n * width, 72, width - 12, A4[1] - 144) for n in range(columns)]
    template = BaseDocTemplate(str(path), pagesize=A4, **settings)
    template.addPageTemplates([PageTemplate(frames=frames, onPage=head_and_number)])
    template.build([Paragraph(text, STYLES[style]) for style, text in paragraphs])
    return path


def write_mixed_pdf(path, pages):
    """Pages, of each its line of text, or None for a picture of `PICTURED`."""
    picture = Image.new("RGB", (1200, 300), "white")
    ImageDraw.Draw(picture).text((60, 100), PICTURED, "black", ImageFont.load_default(60))
    canvas = Canvas(str(path), pagesize=A4)
    for text in pages:
        if text:
            canvas.drawString(72, 700, text)
        else:
            canvas.drawImage(ImageReader(picture), 72, 600, 450, 112)
        canvas.showPage()
    canvas.save()
    return path
