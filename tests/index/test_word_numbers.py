"""The numbers of Word's paragraphs, and its equations, which a document does not hold as text."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from index.files.word.numbers import in_form
from tests.index.pages import load

MATH = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'

TWO = "<m:r><m:t>2</m:t></m:r>"
MATRIX = "".join(
    f"<m:mr>{''.join(f'<m:e><m:r><m:t>{cell}</m:t></m:r></m:e>' for cell in row)}</m:mr>" for row in ((1, 0), (0, 12))
)


@pytest.fixture
def written():
    return docx.Document()


def kind_of_list(written, *levels, start=1):
    """A list of its own, of whose levels each is a form and a text such as `%1.%2`; its number."""
    numbering = written.part.numbering_part.element
    kind = 1 + max((int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))), default=0)
    told = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{kind}">{told}</w:abstractNum>'))
    return numbering.add_num(kind).numId


def number(paragraph, listed, level=0):
    settings = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    settings.get_or_add_numId().val = listed
    settings.get_or_add_ilvl().val = level


def text_of(tmp_path, written):
    written.save(tmp_path / "rules.docx")
    return load(tmp_path / "rules.docx").text


def test_headings_have_the_numbers_that_word_shows(tmp_path, written):
    listed = kind_of_list(written, ("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "(%3)"))
    for level, text in ((1, "Moorings"), (2, "Fees"), (2, "Payment"), (1, "Berths"), (2, "Length")):
        number(written.add_heading(text, level), listed, level - 1)
        written.add_paragraph(f"On {text.lower()} there is much to say.")
    headings = [line for line in text_of(tmp_path, written).splitlines() if line.startswith("#")]
    assert headings == ["# 1 Moorings", "## 1.1 Fees", "## 1.2 Payment", "# 2 Berths", "## 2.1 Length"]


def test_a_list_goes_on_behind_a_paragraph(tmp_path, written):
    listed = kind_of_list(written, ("decimal", "%1."))
    for text in ("Coil the rope.", "Stow the oars."):
        number(written.add_paragraph(text), listed)
    written.add_paragraph("Now the boat may be covered.")
    number(written.add_paragraph("Lock the shed."), listed)
    assert text_of(tmp_path, written) == (
        "1. Coil the rope.\n2. Stow the oars.\n\nNow the boat may be covered.\n\n3. Lock the shed.\n"
    )


def test_letters_and_clauses_stand_before_their_items(tmp_path, written):
    listed = kind_of_list(written, ("upperLetter", "%1."), ("decimal", "%1.%2"))
    for level, text in ((0, "Dues"), (1, "Adults pay 40."), (1, "Children pay nothing."), (0, "Boats")):
        number(written.add_paragraph(text), listed, level)
    assert (
        text_of(tmp_path, written) == "- A. Dues\n  - A.1 Adults pay 40.\n  - A.2 Children pay nothing.\n- B. Boats\n"
    )


def test_another_list_of_the_kind_goes_on_unless_it_begins_anew(tmp_path, written):
    listed = kind_of_list(written, ("lowerRoman", "%1)"))
    numbering = written.part.numbering_part.element
    other = numbering.add_num(numbering.num_having_numId(listed).abstractNumId.val)
    anew = numbering.add_num(numbering.num_having_numId(listed).abstractNumId.val)
    anew.add_lvlOverride(0).add_startOverride(1)
    for which, text in ((listed, "Row."), (other.numId, "Sail."), (anew.numId, "Swim.")):
        number(written.add_paragraph(text), which)
        written.add_paragraph("Rest.")
    assert text_of(tmp_path, written) == "- i) Row.\n\nRest.\n\n- ii) Sail.\n\nRest.\n\n- i) Swim.\n\nRest.\n"


def test_a_style_numbers_its_paragraphs_until_one_says_that_it_has_none(tmp_path, written):
    listed = kind_of_list(written, ("decimal", "Article %1:"))
    settings = written.styles["Heading 1"].element.get_or_add_pPr().get_or_add_numPr()
    settings.get_or_add_numId().val = listed
    for text in ("Name", "Aim", "Signatures"):
        heading = written.add_heading(text, 1)
        written.add_paragraph("The club is called Tarn.")
    number(heading, 0)
    headings = [line for line in text_of(tmp_path, written).splitlines() if line.startswith("#")]
    assert headings == ["# Article 1: Name", "# Article 2: Aim", "# Signatures"]


def test_bullets_have_no_numbers(tmp_path, written):
    for text in ("Rope", "Oars"):
        written.add_paragraph(text, style="List Bullet")
    assert text_of(tmp_path, written) == "- Rope\n- Oars\n"


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (4, "decimal", "4"),
        (4, "decimalZero", "04"),
        (28, "lowerLetter", "bb"),
        (26, "upperLetter", "Z"),
        (1949, "upperRoman", "MCMXLIX"),
        (4, "lowerRoman", "iv"),
        (3, "ordinalText", "3"),
    ],
)
def test_numbers_are_written_as_word_writes_them(value, form, text):
    assert in_form(value, form) == text


@pytest.mark.parametrize(
    ("equation", "text"),
    [
        ("<m:r><m:t>8≤hours&lt;12</m:t></m:r>", "8≤hours<12"),
        ("<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>", "(a+b)/2"),
        ("<m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "r^2"),
        ("<m:rad><m:deg/><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad>", "√x"),
        ("<m:d><m:e><m:r><m:t>x</m:t></m:r></m:e><m:e><m:r><m:t>y</m:t></m:r></m:e></m:d>", "(x|y)"),
        (
            "<m:r><m:t>2</m:t></m:r><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>",
            "2 1/2",
        ),
        ("<m:sSup><m:e><m:r><m:t>a+b</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>", "(a+b)^2"),
        (f"<m:d><m:e><m:m>{MATRIX}</m:m></m:e></m:d>", "(1, 0; 0, 12)"),
    ],
)
def test_equations_are_text_in_their_line(tmp_path, written, equation, text):
    paragraph = written.add_paragraph("It counts ")
    paragraph._p.append(parse_xml(f"<m:oMath {MATH}>{equation}</m:oMath>"))
    paragraph.add_run(" here.")
    assert text_of(tmp_path, written) == f"It counts {text} here.\n"


def test_an_equation_set_off_is_a_paragraph(tmp_path, written):
    paragraph = written.add_paragraph()
    of = "<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>"
    paragraph._p.append(parse_xml(f"<m:oMathPara {MATH}>{of}</m:oMathPara>"))
    assert text_of(tmp_path, written) == "E=mc\n"


def test_what_was_taken_away_is_not_counted(tmp_path, written):
    listed = kind_of_list(written, ("decimal", "%1."))
    for text in ("Row.", "Sail.", "Swim."):
        number(written.add_paragraph(text), listed)
    gone = written.paragraphs[1]._p
    gone.get_or_add_pPr().append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="1" w:author="Ada"/></w:rPr>'))
    taken = parse_xml(f'<w:del {nsdecls("w")} w:id="2" w:author="Ada"/>')
    taken.append(gone.r_lst[0])
    gone.append(taken)
    assert "2. Swim." in text_of(tmp_path, written)


def test_articles_may_be_counted_through_all_chapters(tmp_path, written):
    listed = kind_of_list(written, ("upperRoman", "Chapter %1"), ("decimal", "Article %2"))
    level = written.part.numbering_part.element.findall(".//" + qn("w:lvl"))[1]
    level.append(parse_xml(f'<w:lvlRestart {nsdecls("w")} w:val="0"/>'))
    for deep, text in ((0, "General"), (1, "Name"), (0, "Members"), (1, "Joining")):
        number(written.add_paragraph(text), listed, deep)
    assert "Article 2 Joining" in text_of(tmp_path, written)


def test_a_list_may_change_what_its_kind_says(tmp_path, written):
    listed = kind_of_list(written, ("decimal", "%1."))
    numbering = written.part.numbering_part.element
    own = numbering.num_having_numId(listed)
    form = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%1)"/></w:lvl>'
    own.append(parse_xml(f'<w:lvlOverride {nsdecls("w")} w:ilvl="0">{form}</w:lvlOverride>'))
    for text in ("Row.", "Sail."):
        number(written.add_paragraph(text), listed)
    assert text_of(tmp_path, written) == "- (a) Row.\n- (b) Sail.\n"


def test_numbers_in_a_table_are_told_and_those_of_nothing_are_not(tmp_path, written):
    listed = kind_of_list(written, ("decimal", "%1."))
    table = written.add_table(rows=3, cols=2)
    for cell, text in zip(table._cells, ("No", "Item", "", "Rope", "", "Oars"), strict=True):
        cell.text = text
    for row in list(table.rows)[1:]:
        number(row.cells[0].paragraphs[0], listed)
    number(written.add_paragraph(""), listed)
    assert text_of(tmp_path, written) == "No | Item\nNo: 1. | Item: Rope\nNo: 2. | Item: Oars\n"


def test_odd_levels_do_not_keep_a_document_from_being_read(tmp_path, written):
    listed = kind_of_list(written, ("decimal", "%1."))
    written.part.numbering_part.element.findall(".//" + qn("w:lvl"))[0].set(qn("w:ilvl"), "x")
    number(written.add_paragraph("Row."), listed)
    assert "Row." in text_of(tmp_path, written)


def test_a_list_that_begins_set_in_has_no_empty_items_above_it(tmp_path, written):
    listed = kind_of_list(written, ("bullet", "•"), ("bullet", "o"), ("bullet", "•"))
    for level, text in ((2, "Bring a lamp."), (2, "Bring a rope.")):
        number(written.add_paragraph(text), listed, level)
    assert text_of(tmp_path, written) == "- Bring a lamp.\n- Bring a rope.\n"
