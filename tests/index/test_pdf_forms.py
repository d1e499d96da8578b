"""What was ticked in a PDF form is told before its label, on whichever side its box stands."""

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
