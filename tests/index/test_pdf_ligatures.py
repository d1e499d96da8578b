"""Ligatures of PDF files that call them by one of their letters."""

import re

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from index.files.pdf.page import picture
from tests.index.pages import load, sentences


def drawn(path, *lines, told=-1, wide=1.0):
    """A file in which what is in braces is one sign, so many times as wide as its letters, and told as one of them."""
    canvas = Canvas(str(path), pagesize=A4)
    for number, line in enumerate(lines):
        text = canvas.beginText(60, 700 - 16 * number)
        text.setFont("Helvetica", 11)
        for part in re.split(r"(\{\w+\})", line):
            ligature = part.strip("{}")
            letter = ligature[told] if part != ligature else part
            width = wide * canvas.stringWidth(ligature) / canvas.stringWidth(letter) if part != ligature else 1
            text.setHorizScale(100 * width)
            text.textOut(letter)
        canvas.drawText(text)
    canvas.save()
    return path


@pytest.mark.parametrize(
    ("line", "told"),
    [
        pytest.param("A signi{fi}cant share of if and file is his.", -1, id="its last letter"),
        pytest.param("A signi{fi}cant share of of files if in.", 0, id="its first letter"),
        pytest.param("The o{ffi}ce of his staff is in the fog.", -1, id="three letters"),
        pytest.param("In the {fi}rst of five lines is a dif{fi}culty.", -1, id="beside another of them"),
        pytest.param("{Th}ese are of the {fi}rst here. {Th}e hut is of Tom.", -1, id="as good a word: he, The"),
    ],
)
def test_a_letter_as_wide_as_a_ligature_that_makes_a_word_is_it(line, told, tmp_path):
    assert " ".join(sentences(load(drawn(tmp_path / "a.pdf", line, told=told)))) == re.sub(r"[{}]", "", line)


@pytest.mark.parametrize(
    ("line", "read", "wide"),
    [
        pytest.param("Mr Bra{fi}k has files of his.", "Mr Braik has files of his.", 1, id="no word"),
        pytest.param("It is a fine {fi}t of files.", "It is a fine it of files.", 1, id="none that would show it"),
        pytest.param("A signi{fi}cant file of his.", "A signiicant file of his.", 1.4, id="too wide"),
        pytest.param("All of a {fl}at file is {fl}ate.", "All of a lat file is late.", 1, id="a word as it stands"),
        pytest.param("To {fi}ght of files it is.", "To ight of files it is.", 1, id="fight, or tight"),
        pytest.param("The file of ano{Th}er is his.", "The file of anoher is his.", 1, id="a capital in a word"),
    ],
)
def test_other_wide_letters_stay(line, read, wide, tmp_path):
    assert sentences(load(drawn(tmp_path / "a.pdf", line, wide=wide))) == [read]


def test_a_quotation_with_such_a_ligature_is_found_on_its_page(tmp_path):
    data = drawn(tmp_path / "a.pdf", "Of his {fi}fty files, this is the {fi}rst.", "No more.").read_bytes()
    assert len(picture(data, 0, "the first").boxes) == 1
