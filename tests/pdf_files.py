"""Writes PDF files for tests to read."""

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

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
