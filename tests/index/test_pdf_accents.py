"""Accents that stand in a PDF file as signs of their own, as LaTeX's old fonts have them."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from index.files.pdf.page import picture
from tests.index.pages import load, sentences

SIZE = 11


def accented(path, *parts):
    """A line of parts, each drawn where the one before ends; a sign before a tilde, over the letter that follows."""
    canvas = Canvas(str(path), pagesize=A4)
    left = 60
    for part in parts:
        sign, tilde, text = part.rpartition("~")
        before, sign = (sign[:-1], sign[-1:]) if tilde else ("", "")
        for piece in (before, sign, text):
            canvas.setFont("Helvetica", SIZE)
            canvas.drawString(left, 700, piece)
            left += 0 if piece == sign else stringWidth(piece, "Helvetica", SIZE)
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("The ferry to Qu", "´~ebec leaves at noon."), "The ferry to Québec leaves at noon."),
        (("Ask F", "´~elix M", "¨~uller for a key."), "Ask Félix Müller for a key."),
        (("Her fianc", "´~e's fa", "¸~cade"), "Her fiancé's façade"),
    ],
)
def test_a_letter_and_the_accent_drawn_over_it_are_one(tmp_path, parts, said):
    assert sentences(load(accented(tmp_path / "ferry.pdf", *parts))) == [said]


def test_a_sign_that_stands_beside_a_letter_stays_a_sign(tmp_path):
    said = "It costs ~ 20 pounds, about 5´ more than x^2."
    canvas = Canvas(str(tmp_path / "signs.pdf"), pagesize=A4)
    canvas.drawString(60, 700, said)
    canvas.save()
    assert sentences(load(tmp_path / "signs.pdf")) == [said]


def test_what_has_accents_is_found_on_the_picture_of_its_page(tmp_path):
    path = accented(tmp_path / "ferry.pdf", "The ferry to Qu", "´~ebec leaves at noon.")
    found = picture(path.read_bytes(), 0, "The ferry to Québec leaves at noon.")
    (box,) = found.boxes
    assert box[2] > 0.3
