"""The text of PDF files: paragraphs, words and their gaps, pages, and what is refused."""

from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index.errors import DocumentError
from index.files.finding import load_documents
from rag import Assistant
from tests.index.pages import BEES, LONG, WINTER, Sheet, load, refusal
from tests.pdf_files import write_pdf


@pytest.mark.parametrize("columns", [1, 2])
def test_paragraphs_are_put_together_again_and_running_heads_told_once_at_the_end(tmp_path, columns):
    document = load(write_pdf(tmp_path / "bees.pdf", LONG, columns=columns))
    assert document.title == "On bees"
    assert len(document.pages) > 1
    expected = "\n\n".join([*(text.strip() for _, text in LONG), "The Keeper, volume 12"])
    assert document.text.replace("\n\n", " ").split() == expected.split()
    for n in range(14):
        assert f"{WINTER}Number {n} ends here." in document.text


def test_a_page_begins_where_its_first_words_stand(tmp_path):
    document = load(write_pdf(tmp_path / "bees.pdf", LONG))
    assert document.pages[0] == 0
    assert list(document.pages) == sorted(document.pages)
    assert all(document.text[start - 1].isspace() for start in document.pages[1:])


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("The bees infor-", "mation is old. Bees inform.", "The bees information is old."),
        ("They are well-", "known, and well they are known.", "They are well-known, and"),
        ("He met Smith-", "Jones there.", "He met Smith-Jones there."),
    ],
)
def test_a_word_that_was_broken_is_whole_again(tmp_path, first, second, whole):
    canvas = Canvas(str(tmp_path / "broken.pdf"), pagesize=A4)
    canvas.setFont("Courier", 12)
    for number, line in enumerate((first, second)):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    assert whole in load(tmp_path / "broken.pdf").text


def test_items_stay_on_lines_of_their_own(tmp_path):
    canvas = Canvas(str(tmp_path / "list.pdf"), pagesize=A4)
    for number, line in enumerate(
        ("What a hive needs, in the order of need, and more:", "• water", "• honey", "1. peace")
    ):
        canvas.drawString(72, 700 - 14 * number, line)
    canvas.save()
    assert load(tmp_path / "list.pdf").text.splitlines() == [
        "What a hive needs, in the order of need, and more:",
        "• water",
        "• honey",
        "1. peace",
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("7. Ask the warden.8. Pay at midday.9. Leave.", "7. Ask the warden.\n8. Pay at midday.\n9. Leave."),
        ("7. Ask for the warden;8. Pay at noon.", "7. Ask for the warden;\n8. Pay at noon."),
        ("7. Ask the warden.9. Pay at noon.", "7. Ask the warden.9. Pay at noon."),
        ("7. As in Sec.8. Pay at noon.", "7. As in Sec.8. Pay at noon."),
        ("7. Of rope, take version.8.5 of it.", "7. Of rope, take version.8.5 of it."),
        ("Ask the warden.8. Pay at noon.", "Ask the warden.8. Pay at noon."),
    ],
)
def test_an_item_that_is_glued_to_the_one_before_begins_a_line_where_its_number_goes_on(tmp_path, line, told):
    canvas = Canvas(str(tmp_path / "list.pdf"), pagesize=A4)
    canvas.drawString(72, 714, "What is asked of all who take a boat from here:")
    canvas.drawString(72, 700, line)
    canvas.save()
    assert told in load(tmp_path / "list.pdf").text


def test_an_answer_names_the_page(tmp_path):
    texts = [("BodyText", BEES * 20), ("BodyText", WINTER * 12 + "The heather blooms on the Tarn moor in August.")]
    write_pdf(tmp_path / "bees.pdf", [*texts, ("BodyText", BEES * 40)])
    with Assistant.open(tmp_path / "bees.pdf", tmp_path / "store") as assistant:
        answer = assistant.ask("When does the heather bloom?")
        citation = answer.citations[0]
        text = assistant.document("bees.pdf").text
    assert answer.span == "August"
    assert text[citation.start : citation.end] == citation.quote == "The heather blooms on the Tarn moor in August."
    assert citation.page == 1


def picture_only(path):
    canvas = Canvas(str(path), pagesize=A4)
    picture = BytesIO(b"P6 2 2 255\n" + bytes(12))
    canvas.drawImage(ImageReader(picture), 72, 72, 300, 300)
    canvas.save()


def locked(path):
    write_pdf(path, LONG[:2], encrypt=StandardEncryption("secret", ownerPassword="more secret"))


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (picture_only, "recognition (OCR)"),
        (locked, "is locked by a password"),
        (lambda path: path.write_bytes(b"Dear Sir,"), "is not a PDF file"),
        (lambda path: path.write_bytes(b"%PDF-1.7\nand then nothing"), "is damaged"),
    ],
)
def test_a_pdf_without_text_is_refused_with_the_reason(tmp_path, make, reason):
    make(tmp_path / "file.pdf")
    assert reason in refusal(tmp_path / "file.pdf")


def raw_pdf(path, text, *, catalog="", font="", more=()):
    """A PDF of one line, its parts written out."""
    objects = (
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R"
        f" /Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica {font} >> >> >> >>",
        *(
            f"<< /Length {len(one)} >> stream\n{one}\nendstream"
            for one in (f"BT /F 12 Tf 20 200 Td ({text}) Tj ET", *more)
        ),
    )
    body = "".join(f"{number} 0 obj {one} endobj\n" for number, one in enumerate(objects, start=1))
    path.write_text(f"%PDF-1.7\n{body}trailer << /Root 1 0 R /Size {len(objects) + 1} >>\n%%EOF\n")
    return path


def test_a_form_that_its_own_program_draws_is_refused(tmp_path):
    """Its one page only asks to wait."""
    catalog = "/NeedsRendering true /AcroForm << /Fields [] /XFA 5 0 R >>"
    path = raw_pdf(tmp_path / "form.pdf", "Please wait ...", catalog=catalog, more=["<xdp></xdp>"])
    with pytest.raises(DocumentError, match=r"is a form \(XFA\) that only Adobe Reader shows; print it"):
        load_documents([path])


def test_letters_of_formulas_are_plain_letters(tmp_path):
    """They lie beyond U+FFFF, so that PDFium tells each in two halves."""
    names = (
        "begincmap 1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <6E> <D835DC5B> endbfchar endcmap"
    )
    path = raw_pdf(tmp_path / "paper.pdf", "n = 350 boats", font="/ToUnicode 5 0 R", more=[names])
    (paper,), _ = load_documents([path])
    assert paper.text.strip() == "n = 350 boats"


def test_half_a_character_is_told_to_be_none(tmp_path):
    (tmp_path / "notes.ipynb").write_text(
        r'{"cells": [{"cell_type": "markdown", "source": ["The boat \ud835 is red."]}], "nbformat": 4, "metadata": {}}'
    )
    (notes,), _ = load_documents([tmp_path / "notes.ipynb"])
    assert "The boat \ufffd is red." in notes.text


def test_a_paragraph_goes_on_after_its_indented_first_line(tmp_path):
    sheet = Sheet(tmp_path / "sheet.pdf")
    sheet.line(90, 700, "A hive holds forty thousand bees in June, and four thousand of them")
    sheet.line(72, 686, "are left in January, when the rest is dead and the queen lays no")
    sheet.line(72, 672, "eggs at all.")
    assert (
        "four thousand of them are left in January, when the rest is dead and the queen lays no eggs"
        in sheet.load().text
    )


def set_apart(tmp_path, pieces, gap, *, loosely=0.0):
    """What is read of pieces of a line without spaces between them, but gaps, in thousandths of the letters' size."""
    sheet = Sheet(tmp_path / "sheet.pdf")
    text = sheet.canvas.beginText(72, 700)
    text.setFont("Helvetica", 11)
    text.setCharSpace(loosely)
    text._code.append(f"[{f' -{gap} '.join(f'({piece})' for piece in pieces)}] TJ")
    sheet.canvas.drawText(text)
    return sheet.load().text


@pytest.mark.parametrize(
    "pieces", ["4 07.50", "c o n s o l e", "AB x dE"], ids=["a figure", "letters set wide", "a formula"]
)
def test_what_is_one_word_is_not_taken_apart(tmp_path, pieces):
    assert set_apart(tmp_path, pieces.split(), 135) == f"{pieces.replace(' ', '')}\n"


def test_fields_and_items_begin_lines_however_far_the_one_before_reaches(tmp_path):
    lines = [
        "Name of the boat: _______________________________________________",
        "Berth: ____________________________ Length: _______________________",
        "Place: the office of the harbour master, at the end of the outer pier",
        "Date: the third of May in the year after that in which the pier was built",
        "(ii) The berth is to be kept free of nets, lines, pots and other gear of",
        "whoever moors there, and",
        "(iii) it is to be swept.",
        "Note: what is said here was agreed upon long ago, and in writing, by the",
        "Board or Council: neither has changed it.",
    ]
    sheet = Sheet(tmp_path / "sheet.pdf")
    for number, line in enumerate(lines):
        sheet.line(72, 700 - 14 * number, line)
    said = [line for line in sheet.load().text.splitlines() if line]
    assert said == [*lines[:4], f"{lines[4]} {lines[5]}", lines[6], f"{lines[7]} {lines[8]}"]


def test_gaps_of_a_loose_setting_are_no_spaces(tmp_path):
    """Letters are set apart, beside some of them farther."""
    pieces = ["ORRI", "N HAR", "B", "OUR BOA", "RD"]
    assert set_apart(tmp_path, pieces, 140, loosely=1.6) == "ORRIN HARBOUR BOARD\n"


@pytest.mark.parametrize("line", ["Fees of the club . . . . . . . . . . . . 5", "Name of a guest _ _ _ _ _ _ _ _"])
def test_gaps_between_words_are_spaces_whatever_stands_apart_beside_them(tmp_path, line):
    """No space is in the file."""
    assert set_apart(tmp_path, line.split(), 270).startswith(line[: line.index("of") + 4])


def test_words_that_only_narrow_gaps_part_stay_apart(tmp_path):
    """As browsers print them: no space is in the file."""
    words = "From Date of the invoice Gas for SEIU and HST Number Paid by Eric Wickham".split()
    assert set_apart(tmp_path, words, 135).split() == words


def test_text_on_its_side_is_left_out_and_text_in_a_drawing_is_not(tmp_path):
    sheet = Sheet(tmp_path / "sheet.pdf")
    sheet.canvas.saveState()
    sheet.canvas.rotate(90)
    sheet.line(300, -30, "arXiv 1706 stamped on the side")
    sheet.canvas.restoreState()
    sheet.canvas.beginForm("drawing")
    sheet.line(72, 700, "The pier is forty metres long.")
    sheet.canvas.endForm()
    sheet.canvas.doForm("drawing")
    assert sheet.load().text == "The pier is forty metres long.\n"


@pytest.mark.parametrize(
    ("first", "joined"),
    [
        ("Table 3. Landings at Tarn by month and by kind of boat, as the harbour counts them", False),
        ("TABLE 3: landings at Tarn by month and by kind of boat, as the harbour counts them", False),
        ("Table 3 shows why it was tied up in the last of these years, and for how many weeks", True),
        ("table and chair that had been left on its deck in the last of these years by the crew", True),
    ],
)
def test_the_title_of_a_table_at_the_top_of_a_page_is_no_part_of_the_paragraph_before_it(tmp_path, first, joined):
    sheet = Sheet(tmp_path / "titles.pdf")
    sheet.line(
        72, 700, "The ferry of Orrin runs from the first of May, and is tied up from the autumn on, because of", 10
    )
    sheet.next()
    sheet.line(72, 700, first, 10)
    sheet.line(72, 640, "The plates were made in Tarn, and fitted by the crew in four weeks of that winter.", 10)
    assert (f"because of {first}" in sheet.load().text) is joined


def test_the_head_of_a_letter_is_told_whole_though_a_line_of_it_is_one_word(tmp_path):
    """At the end, once, as all that runs over pages."""
    head = ["Gull Stores Limited", "Corner House, Along Mill Street", "P.O. Box 46360", "Orrin"]
    sheet = Sheet(tmp_path / "quotation.pdf")
    for number in range(2):
        for line, text in enumerate(head):
            sheet.line(72, 828 - 11 * line, text, size=9)
        for line in range(4):
            sheet.line(
                72, 600 - 14 * line, f"Part {number}, line {line}: the goods of Gull Stores Limited are sold as seen."
            )
        sheet.next()
    text = sheet.load().text
    assert text.endswith("\n".join(head) + "\n")
    assert text.count("Orrin") == 1
