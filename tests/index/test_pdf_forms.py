"""What was ticked in a PDF form is told before its label, on whichever side its box stands."""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
from reportlab.pdfgen.canvas import Canvas

from index.files.finding import load_documents


def written(path, draw):
    """The text of a page that is drawn."""
    canvas = Canvas(str(path))
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    (document,), _ = load_documents([path])
    return document.text


def asked(canvas, y, question, labels, ticked, *, behind):
    """A question with boxes beside the labels, of which some are ticked."""
    canvas.drawString(60, y, question)
    x = 320
    for number, label in enumerate(labels):
        box = x + canvas.stringWidth(label) + 3 if behind else x
        canvas.drawString(x if behind else x + 15, y, label)
        canvas.acroForm.checkbox(name=f"{y} {number}", x=box, y=y - 2, size=12, checked=label in ticked)
        x += 60


def test_ticks_stand_before_their_labels(tmp_path):
    def draw(canvas):
        asked(canvas, 700, "1) Is the boat insured?", ["Yes", "No"], ["Yes"], behind=False)
        asked(canvas, 670, "2) Does anybody stay overnight?", ["Yes", "No", "At times"], ["No"], behind=True)
        asked(canvas, 640, "3) Which permit is asked for:", ["New", "Renewed"], ["Renewed"], behind=True)

    text = written(tmp_path / "form.pdf", draw)
    assert "1) Is the boat insured? | [x] Yes | [ ] No\n" in text
    assert "2) Does anybody stay overnight? | [ ] Yes | [x] No | [ ] At times\n" in text
    assert "3) Which permit is asked for: [ ] New | [x] Renewed\n" in text


def test_a_form_that_nobody_has_ticked_has_no_marks(tmp_path):
    text = written(tmp_path / "form.pdf", lambda c: asked(c, 700, "1) Insured?", ["Yes", "No"], [], behind=False))
    assert text.strip() == "1) Insured? | Yes | No"


def test_a_box_alone_in_its_cell_is_told_there(tmp_path):
    def draw(canvas):
        rows = [("Guest", "Room", "Paid"), ("Ada Moor", "12", ""), ("Ben Reed", "14", "")]
        for y, row in zip((700, 680, 660), rows, strict=True):
            for x, said in zip((60, 150, 200), row, strict=True):
                canvas.drawString(x, y, said)
        for number, paid in enumerate((True, False)):
            canvas.acroForm.checkbox(name=str(number), x=205, y=678 - 20 * number, size=10, checked=paid)

    text = written(tmp_path / "guests.pdf", draw)
    assert "Guest: Ada Moor | Room: 12 | Paid: [x]" in text
    assert "Guest: Ben Reed | Room: 14 | Paid: [ ]" in text


def test_a_box_whose_area_holds_its_label_takes_nothing_from_it(tmp_path):
    def draw(canvas):
        canvas.drawString(60, 700, "Permit:")
        canvas.drawString(120, 700, "Renewed")
        canvas.acroForm.checkbox(name="one", x=105, y=692, size=30, checked=True)

    assert "Renewed" in written(tmp_path / "form.pdf", draw)


def test_what_was_typed_onto_a_form_that_has_no_fields_is_read(tmp_path):
    """It is kept beside the page, as any note on it is."""
    written(tmp_path / "form.pdf", lambda canvas: canvas.drawString(60, 700, "Name of the boat:"))
    with pypdfium2.PdfDocument(tmp_path / "form.pdf") as file:
        page = file[0]
        text = pdfium.FPDFPageObj_NewTextObj(file.raw, b"Helvetica", 10)
        said = "Black Gull".encode("utf-16-le") + b"\0\0"
        pdfium.FPDFText_SetText(text, (ctypes.c_ushort * (len(said) // 2)).from_buffer_copy(said))
        pdfium.FPDFPageObj_Transform(text, 1, 0, 0, 1, 160, 700)
        note = pdfium.FPDFPage_CreateAnnot(page.raw, pdfium.FPDF_ANNOT_STAMP)
        pdfium.FPDFAnnot_SetRect(note, pdfium.FS_RECTF(150, 715, 260, 695))
        pdfium.FPDFAnnot_AppendObject(note, text)
        pdfium.FPDFPage_CloseAnnot(note)
        file.save(tmp_path / "filled.pdf")
    (document,), _ = load_documents([tmp_path / "filled.pdf"])
    assert "Name of the boat: Black Gull" in document.text
