"""Letters of PDF files: turned, slanting, set close, in strange fonts, or signs of items."""

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from index.files.pdf.letters import _runs, _Space
from index.files.pdf.rules import Fences
from index.files.pdf.spelt import Letter, undressed
from tests.index.pages import PRICES, load, sentences


def test_letters_of_a_size_below_zero_on_lines_upside_down_stand_upright(tmp_path):
    """As those of Telerik's reports, which were read backwards, from the last line to the first."""
    canvas = Canvas(str(tmp_path / "report.pdf"), pagesize=A4, pageCompression=0)
    for number, row in enumerate(PRICES):
        for place, cell in enumerate(row):
            text = canvas.beginText()
            text.setTextTransform(-1, 0, 0, -1, 100 + 150 * place, 700 - 16 * number)
            text.setFont("Helvetica", -10)
            text.textOut(cell)
            canvas.drawText(text)
    canvas.save()
    assert sentences(load(tmp_path / "report.pdf")) == [
        "Item: Rope | Weight: 12 kg | Price: €40",
        "Item: Anchor | Weight: 30 kg | Price: €210",
        "Item: Lamp | Weight: 2 kg | Price: €15",
    ]


def test_a_page_that_lies_on_its_side_is_read_as_it_is_held(tmp_path):
    canvas = Canvas(str(tmp_path / "turned.pdf"), pagesize=A4)
    canvas.translate(500, 100)
    canvas.rotate(90)
    for number, row in enumerate(PRICES):
        for place, cell in enumerate(row):
            canvas.drawString(150 * place, -16 * number, cell)
    canvas.save()
    assert "Item: Rope | Weight: 12 kg | Price: €40" in sentences(load(tmp_path / "turned.pdf"))


def test_an_item_keeps_its_bullet_however_far_away(tmp_path):
    canvas = Canvas(str(tmp_path / "items.pdf"), pagesize=A4)
    for number, line in enumerate(("a coat for the night", "a rope of twelve metres", "a lamp")):
        canvas.drawString(72, 700 - 16 * number, "•")
        canvas.drawString(110, 700 - 16 * number, line)
    canvas.save()
    assert "|" not in load(tmp_path / "items.pdf").text


def test_a_letter_that_word_takes_for_a_bullet_begins_an_item(tmp_path):
    canvas = Canvas(str(tmp_path / "items.pdf"), pagesize=A4)
    lines = [("•", "Bring what a night out of doors asks for, and at the least what is told below:")]
    lines += [
        ("o", line)
        for line in ("a coat for the night, of wool or of down, and dry", "Rope, twelve metres of it", "a lamp")
    ]
    for number, (mark, line) in enumerate(lines):
        canvas.setFont("Courier", 11)
        canvas.drawString(90 + 36 * (mark == "o"), 700 - 16 * number, mark)
        canvas.setFont("Helvetica", 11)
        canvas.drawString(108 + 36 * (mark == "o"), 700 - 16 * number, line)
    canvas.save()
    assert sentences(load(tmp_path / "items.pdf")) == [line for _, line in lines]


def test_letters_of_a_font_that_draws_bullets_and_boxes_are_these_where_they_stand_alone(tmp_path):
    path = tmp_path / "items.pdf"
    canvas = Canvas(str(path), pagesize=A4, pageCompression=0)
    for number, (mark, line) in enumerate([("§", "a coat, dry"), ("¨", "a lamp"), ("ü", "a rope x long")]):
        text = canvas.beginText(72, 700 - 16 * number)
        text.setFont("Times-Roman", 11)
        text.textOut(f"{mark} ")
        text.setFont("Helvetica", 11)
        text.textOut(line)
        canvas.drawText(text)
    canvas.save()
    path.write_bytes(path.read_bytes().replace(b"/BaseFont /Times-Roman", b"/BaseFont /Wingdings-R"))
    document = load(path)
    assert document.text.splitlines() == ["• a coat, dry", "☐ a lamp", "✓ a rope x long"]
    assert sentences(document) == ["a coat, dry", "☐ a lamp", "✓ a rope x long"]


def test_a_slanting_letter_that_leans_over_a_space_leaves_it_there(tmp_path):
    canvas = Canvas(str(tmp_path / "slanting.pdf"), pagesize=A4)
    canvas.setFont("Times-Italic", 11)
    canvas.drawString(60, 700, "The wreck of")
    canvas.drawString(62 + canvas.stringWidth("The wreck of", "Times-Italic", 11), 700, "Hesper was sold.")
    canvas.save()
    assert sentences(load(tmp_path / "slanting.pdf")) == ["The wreck of Hesper was sold."]


def test_a_font_whose_letters_claim_the_lines_around_them_is_read_line_by_line(tmp_path):
    tall = TTFont("Tall", "Vera.ttf")
    tall.face.bbox = [-1475, -2464, 2868, 3117]  # as Cambria says, which has the large signs of formulas
    tall.face.ascent, tall.face.descent = 3117, -2464
    pdfmetrics.registerFont(tall)
    canvas = Canvas(str(tmp_path / "tall.pdf"), pagesize=A4)
    canvas.setFont("Tall", 12)
    for number, (mark, line) in enumerate(
        (("1.", "Dogs are kept on a leash"), ("", "when in the hall."), ("2.", "Mind cats."))
    ):
        canvas.drawString(60, 700 - (16 * number), mark)
        canvas.drawString(80, 700 - (16 * number), line)
    canvas.save()
    assert sentences(load(tmp_path / "tall.pdf")) == ["1. Dogs are kept on a leash when in the hall.", "2. Mind cats."]


@pytest.mark.parametrize(
    ("told", "plain"),
    [("MeeƟng of the CommiƩee", "Meeting of the Committee"), ("eﬃcient", "efficient"), ("Ɵ = 2", "Ɵ = 2")],
)
def test_ligatures_are_spelt_out_whatever_a_file_calls_them(told, plain):
    assert undressed(told) == plain


def test_letters_set_close_to_each_other_leave_the_spaces_between_words(tmp_path):
    canvas = Canvas(str(tmp_path / "close.pdf"), pagesize=A4)
    text = canvas.beginText(60, 700)
    text.setFont("Helvetica", 12)
    text.setCharSpace(-1.6)
    text.textOut("The wreck of the Hesper was sold.")
    canvas.drawText(text)
    canvas.save()
    assert sentences(load(tmp_path / "close.pdf")) == ["The wreck of the Hesper was sold."]


@pytest.mark.parametrize(("typed", "said"), [(True, "hear t"), (False, "heart")])
def test_a_narrow_gap_is_a_space_only_if_the_file_has_one_there(typed, said):
    """PDFium sees one between narrow letters that are set loosely."""
    lefts = {"h": 387.2, "e": 393.8, "a": 400.4, "r": 406.9, "t": 411.7}
    letters = [Letter(text, left, left + 3.5, 545.6, 559.0, number=1) for text, left in lefts.items()]
    (run,) = _runs([*letters[:-1], _Space(411.7, typed), letters[-1]], Fences([]))
    assert "".join(letter.text for letter in run) == said
