"""Boxes that are ticked, and what is struck out, in pages and Word documents."""

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.files.markup.pages import page_text
from tests.index.pages import load

BOX = "<input type='checkbox'{}>"
ROWS = "<table><tr><td>Ann</td><td>{}</td></tr><tr><td>Bob</td><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (f"<p>Member: {BOX.format(' checked')} yes {BOX.format('')} no</p>", "Member: ☒ yes ☐ no"),
        ("<p><label>Boat</label><input type='radio' checked>Ketch</p>", "Boat ☒ Ketch"),
        (f"<p>{BOX.format('')}\n  <label>Sails\n</label></p>", "☐ Sails"),
        (f"<ul><li>{BOX.format(' checked disabled')}Mend the pier</li></ul>", "- ☒ Mend the pier"),
        (ROWS.format(BOX.format(" checked"), BOX.format("")), "Ann: ☒\nBob: ☐"),
    ],
)
def test_boxes_tell_what_is_ticked(page, said):
    assert page_text(page)[0].strip() == said


@pytest.mark.parametrize("attributes", [" hidden", " role='button'", " style='display:none'"])
def test_a_box_that_is_not_seen_is_not_told(attributes):
    assert page_text(f"<p>{BOX.format(attributes)}Menu of the day</p>")[0].strip() == "Menu of the day"


def test_a_box_that_opens_a_part_of_the_page_is_not_told():
    box = "<input type=checkbox id=a><label for=a>How do I join?</label><div>By mail.</div>"
    assert "☐" not in page_text(f"<div>{box}</div>")[0]


def test_a_box_is_no_name_of_what_stands_beside_it():
    page = "".join(f"<div><i>{BOX.format('')}</i><b>{word}</b></div>" for word in ("Sails", "Oars", "Ropes"))
    assert page_text(page)[0].split() == ["☐", "Sails", "☐", "Oars", "☐", "Ropes"]


def test_boxes_that_choose_rows_are_not_told():
    rows = "".join(f"<tr><td>{BOX.format('')}</td><td>{boat}</td><td>9</td></tr>" for boat in ("Tern", "Gull", "Auk"))
    assert "☐" not in page_text(f"<table>{rows}</table>")[0]


def test_a_box_in_a_word_document_tells_whether_it_is_ticked(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("Pier open: ")
    for ticked, word in ((1, " yes "), (0, " no")):
        box = f"<w:ffData {nsdecls('w')}><w:checkBox><w:default w:val='{ticked}'/></w:checkBox></w:ffData>"
        begin = parse_xml(f"<w:r {nsdecls('w')}><w:fldChar w:fldCharType='begin'>{box}</w:fldChar></w:r>")
        code = parse_xml(f"<w:r {nsdecls('w')}><w:instrText> FORMCHECKBOX </w:instrText></w:r>")
        end = parse_xml(f"<w:r {nsdecls('w')}><w:fldChar w:fldCharType='end'/></w:r>")
        paragraph._p.extend([begin, code, end])
        paragraph.add_run(word)
    document.save(tmp_path / "pier.docx")
    assert load(tmp_path / "pier.docx").text.strip() == "Pier open: ☒ yes ☐ no"


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<p>Jacket: <del>€120</del> <ins>€89</ins></p>", "Jacket: €89"),
        ("<p>Boots: <span style='text-decoration: line-through'>€90</span> €60</p>", "Boots: €60"),
        ("<p>The race is on <s>Friday</s> Sunday.</p>", "The race is on Sunday."),
        ("<p><s>The fee is 10.</s> The fee is 12.</p>", "The fee is 12."),
        ("<ul><li><s>Mend the pier</s></li><li>Paint it</li></ul>", "- Mend the pier\n- Paint it"),
        ("<p>Plan: <s>mend the pier</s> done by Ann</p>", "Plan: mend the pier done by Ann"),
        ("<p>3 May: <s>Choir</s> CANCELLED</p>", "3 May: Choir CANCELLED"),
        ("<p>3 May: <s>Choir</s> moved to June</p>", "3 May: Choir moved to June"),
        ("<p>To do: <s>Pay rent</s> paid on 2 May</p>", "To do: Pay rent paid on 2 May"),
        ("<p>The fee is <s>$30</s> waived</p>", "The fee is $30 waived"),
        ("<p>Free: <s>10:00</s> <s>11:00</s> 12:00</p>", "Free: 12:00"),
        ("<p><s>Mend the pier</s> Paint it</p>", "Mend the pier Paint it"),
        ("<p><s>€90</s> €60</p>", "€60"),
        ("<p><del>Mend the pier</del><ins>Paint it</ins></p>", "Paint it"),
        ("<p><s>Mend the pier</s> (in May)</p>", "Mend the pier (in May)"),
        ("<p><s>Mend the pier</s><br>Paint it</p>", "Mend the pier\nPaint it"),
    ],
)
def test_what_is_struck_out_goes_where_other_words_stand_for_it(page, said):
    assert page_text(page)[0].strip() == said


def test_a_deadline_that_is_struck_out_in_word_goes(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("Entries close on ")
    paragraph.add_run("1 May").font.strike = True
    paragraph.add_run(" 15 May.")
    document.save(tmp_path / "race.docx")
    assert load(tmp_path / "race.docx").text.strip() == "Entries close on 15 May."
