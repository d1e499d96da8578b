"""Headings that somebody set off by hand in a Word document, where no style says that they are some."""

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from index.passages import split_document
from tests.index.pages import load

PROSE = (
    "Stir until nothing sticks to the pan any more. Then leave it to cool in the shade.",
    "Keep the jar closed, and turn it once a day. After a week it is ready to be eaten.",
)
BOXES = f'{nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def document_of(path, *lines, body=None):
    """A document of lines: a text, or a text with the size of its letters and whether they are bold."""
    made = docx.Document()
    if body:
        made.styles["Normal"].font.size = Pt(body)
    for line in lines:
        text, size, bold = line if isinstance(line, tuple) else (line, None, None)
        run = made.add_paragraph().add_run(text)
        run.font.bold = bold
        run.font.size = Pt(size) if size else None
    made.save(path)
    return load(path)


def headings(document):
    """The heading that each passage stands under."""
    indexed = split_document(document, lambda text: len(text.split()))
    return {one.heading for one in indexed.passages if one.heading}


@pytest.mark.parametrize("look", [(16, True), (16, False), (None, True)], ids=["larger and bold", "larger", "bold"])
def test_a_line_in_other_letters_heads_what_follows(tmp_path, look):
    document = document_of(
        tmp_path / "jars.docx", ("Pickled plums", *look), PROSE[0], ("Lemon curd", *look), PROSE[1] * 3
    )
    told = headings(document)
    assert any("Pickled plums" in one for one in told)
    assert any("Lemon curd" in one for one in told)
    assert "Pickled plums" in document.text


def test_a_bold_question_heads_its_answer_though_it_is_long(tmp_path):
    question = "Do the lid, the rubber ring and the label of a jar have to be put on anew whenever it is filled?"
    document = document_of(tmp_path / "jars.docx", PROSE[0] * 3, (question, None, True), PROSE[1] * 3)
    assert headings(document) == {question}


def test_larger_letters_stand_above_smaller_ones(tmp_path):
    document = document_of(
        tmp_path / "jars.docx", ("Sweet", 20, None), ("Lemon curd", 16, True), PROSE[0], ("Quince", 16, True), PROSE[1]
    )
    assert "## Sweet" in document.text
    assert "### Lemon curd" in document.text
    assert "### Quince" in document.text


@pytest.mark.parametrize(
    "line",
    [
        ("Stir it well.", None, True),  # a sentence
        ("Deadline: 5 May", None, True),  # a field
        ("anna@example.org", None, True),
        ("x = 34", None, True),
        ("or", None, True),
        ("a long line in bold letters that says something which it wants to be noticed at once", None, True),
        ("Not bold", None, False),
        ("A little larger", 12, None),  # than 11
        ("Name\tPlace\tYear", None, True),  # a row
    ],
    ids=lambda line: line[0][:20],
)
def test_what_is_bold_or_larger_for_another_reason_heads_nothing(tmp_path, line):
    document = document_of(tmp_path / "jars.docx", PROSE[0], line, PROSE[1])
    assert headings(document) == set()


def test_a_text_that_is_bold_throughout_has_no_heading(tmp_path):
    lines = [(f"Point {number}", None, True) for number in range(4)]
    document = document_of(tmp_path / "bold.docx", *((PROSE[0], None, True), lines[0]) * 3, PROSE[1])
    assert headings(document) == set()


def test_several_bold_lines_in_a_row_are_an_address_or_a_list(tmp_path):
    address = [("Harbour Office", None, True), ("Quay Street", None, True), ("Orrin", None, True)]
    document = document_of(tmp_path / "letter.docx", PROSE[0], *address, PROSE[1])
    assert headings(document) == set()


def test_letters_are_measured_by_the_style_of_the_text(tmp_path):
    document = document_of(tmp_path / "large.docx", PROSE[0], ("Lemon curd", 16, None), PROSE[1], body=16)
    assert headings(document) == set()


def test_lists_tables_and_headings_of_a_style_stay_what_they_are(tmp_path):
    made = docx.Document()
    made.add_heading("Jars", 1)
    made.add_paragraph(PROSE[0])
    made.add_paragraph(style="List Bullet").add_run("plums").bold = True
    numbered = made.add_paragraph()
    numbered.add_run("lemons").bold = True
    numbered._p.get_or_add_pPr().append(OxmlElement("w:numPr"))
    made.add_table(1, 1).cell(0, 0).paragraphs[0].add_run("Sugar").bold = True
    made.add_paragraph(PROSE[1])
    made.save(tmp_path / "jars.docx")
    document = load(tmp_path / "jars.docx")
    assert "# Jars" in document.text
    assert not any(f"# {word}" in document.text for word in ("plums", "lemons", "Sugar"))


def test_a_box_is_read_once_though_older_programs_are_shown_a_picture_of_it(tmp_path):
    box = "<w:txbxContent><w:p><w:r><w:t>Boats leave at noon.</w:t></w:r></w:p></w:txbxContent>"
    new = f'<mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
    for name, older in (("picture", "<w:drawing/>"), ("box", f"<w:pict>{box}</w:pict>")):
        document = docx.Document()
        paragraph = document.add_paragraph("The pier is open.")
        either = f"<mc:AlternateContent {BOXES}>{new}<mc:Fallback>{older}</mc:Fallback></mc:AlternateContent>"
        paragraph.add_run()._r.append(parse_xml(either))
        document.save(tmp_path / f"{name}.docx")
        assert load(tmp_path / f"{name}.docx").text == "The pier is open.\n\nBoats leave at noon.\n"


def boxed(*lines):
    """A box as Word writes it, twice, of lines: a text, or a text with the size of its letters in half points."""
    made = ""
    for line in lines:
        text, size = line if isinstance(line, tuple) else (line, 24)
        made += f'<w:p><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'
    box = f"<w:txbxContent>{made}</w:txbxContent>"
    return parse_xml(
        f'<mc:AlternateContent {BOXES}><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )


FLYER = [
    [("MONDAY", 48), ("Twins", 32), PROSE[0], ("Toddlers", 32), PROSE[1]],
    [("TUESDAY", 48), ("Yoga", 32), "Bring a mat and a friend to the hall.", "Ring to book"],
]


def test_larger_lines_of_a_leaflet_that_is_all_boxes_head_what_stands_below_them(tmp_path):
    made = docx.Document()
    for box in FLYER:
        made.add_paragraph().add_run()._r.append(boxed(*box))
    made.save(tmp_path / "leaflet.docx")
    document = load(tmp_path / "leaflet.docx")
    assert document.text.startswith("## MONDAY\n\n### Twins\n\nStir")
    assert "## TUESDAY\n\n### Yoga\n\nBring" in document.text
    assert document.title == "leaflet"


def test_the_head_of_a_box_beside_a_text_heads_none_of_it(tmp_path):
    made = docx.Document()
    made.add_paragraph(PROSE[0]).add_run()._r.append(boxed(("Did you know?", 48), "Plums have stones."))
    made.add_paragraph(PROSE[1] * 3)
    made.save(tmp_path / "jars.docx")
    assert "# Did you know?" not in load(tmp_path / "jars.docx").text


@pytest.mark.parametrize(
    ("clauses", "headings"),
    [
        (["Boats shall be moored at the outer pier.", "Nobody may light a fire on deck."], []),
        (["the minutes;", "the accounts; and", "any other business."], []),
        (["Mooring.", "Fires."], ["## Mooring.", "## Fires."]),
        (["How long may a boat be moored here?", "Fires"], ["## How long may a boat be moored here?", "## Fires"]),
    ],
    ids=["sentences", "items", "headings with a point", "others"],
)
def test_clauses_in_the_style_of_headings_that_head_nothing_are_text(tmp_path, clauses, headings):
    written = docx.Document()
    written.add_heading("Rules", 1)
    for clause in clauses:
        written.add_heading(clause, 2)
    written.add_heading("Fees", 1)
    written.add_paragraph("A night costs nine pounds.")
    written.save(tmp_path / "rules.docx")
    text = load(tmp_path / "rules.docx").text
    assert [line for line in text.splitlines() if line.startswith("#")] == ["# Rules", *headings, "# Fees"]
    assert all(clause in text for clause in clauses)


def test_a_sentence_in_the_style_of_a_heading_heads_the_text_below_it(tmp_path):
    written = docx.Document()
    written.add_heading("Boats shall be moored at the outer pier.", 2)
    written.add_paragraph("The inner one is too weak.")
    written.save(tmp_path / "rules.docx")
    assert load(tmp_path / "rules.docx").text.startswith("## Boats shall be moored at the outer pier.\n\nThe inner")


def test_a_sentence_in_the_style_of_a_heading_heads_those_below_it(tmp_path):
    written = docx.Document()
    for level, text in ((1, "We found three kinds of boats here."), (2, "Sailing boats"), (2, "Rowing boats")):
        written.add_heading(text, level)
    written.add_paragraph("They are the oldest.")
    written.save(tmp_path / "boats.docx")
    assert load(tmp_path / "boats.docx").text.startswith("# We found three kinds of boats here.\n\n## Sailing boats")


def test_marks_between_clauses_in_the_style_of_headings_head_nothing(tmp_path):
    written = docx.Document()
    written.add_heading("Rules", 1)
    for clause in ("Boats shall be moored at the outer pier.", "Nobody may light a fire on deck."):
        written.add_heading(clause, 2)
        written.element.body[-2].addnext(OxmlElement("w:bookmarkEnd"))
    written.save(tmp_path / "rules.docx")
    assert "##" not in load(tmp_path / "rules.docx").text
