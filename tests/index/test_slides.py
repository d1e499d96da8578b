"""Slides: titles, boxes, diagrams, tables and notes."""

from copy import deepcopy

import pytest
from lxml.etree import SubElement
from PIL import Image
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from index.files.slide_lists import unmarked
from tests.index.pages import load, sentences
from tests.index.samples import FEES
from tests.index.test_office import KETCH


def test_a_slide_has_its_title_texts_table_and_notes(tmp_path):
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[1])
    slide.shapes.title.text = "The new pier"
    slide.placeholders[1].text = "It is forty metres long.\nIt opens in June."
    slide.notes_slide.notes_text_frame.text = "Thank the miller."
    second = slides.slides.add_slide(slides.slide_layouts[5])
    second.shapes.title.text = "Fees"
    table = second.shapes.add_table(4, 3, Inches(1), Inches(2), Inches(6), Inches(2)).table
    for row, cells in enumerate(FEES):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    slides.save(tmp_path / "pier.pptx")
    document = load(tmp_path / "pier.pptx")
    assert {"It is forty metres long.", "It opens in June.", "Notes: Thank the miller.", KETCH} <= set(
        sentences(document)
    )
    assert document.title == "The new pier"
    assert document.part(document.text.index(KETCH)) == "slide 2"


LONG = "Brakes wore out after 900 km instead of the 2,500 that were promised for them."


def slide_with(path, lines, marks=(), **settings):
    """A file of one slide, whose box has lines of these levels, marked by these elements; its own kind has bullets."""
    slides = Presentation()
    frame = slides.slides.add_slide(slides.slide_layouts[1]).placeholders[1].text_frame
    frame.text = "\n".join(text for _, text in lines)
    for (level, _), paragraph in zip(lines, frame.paragraphs, strict=True):
        paragraph.level = level
    for paragraph, mark in zip(frame.paragraphs, marks, strict=False):
        if mark:
            SubElement(paragraph._p.get_or_add_pPr(), f"{{{DRAWING}}}{mark}", settings)
    slides.save(path)
    return load(path).text.strip()


def test_lines_of_a_list_are_items_whatever_their_length_and_those_below_them_set_in(tmp_path):
    told = slide_with(tmp_path / "bikes.pptx", [(0, "Two bikes were stolen"), (1, "One was found"), (0, LONG)])
    assert told == f"• Two bikes were stolen\n  • One was found\n• {LONG}"


def test_a_line_that_is_no_item_stands_apart_from_the_items_below_it(tmp_path):
    lines = [(0, "What went wrong"), (0, "Two bikes were stolen"), (0, LONG)]
    told = slide_with(tmp_path / "bikes.pptx", lines, ["buNone"])
    assert told == f"What went wrong\n\n• Two bikes were stolen\n• {LONG}"


def test_numbered_lines_have_their_numbers_counted_on_each_level(tmp_path):
    lines = [(0, "Soak"), (1, "Stir"), (1, "Drain"), (0, "Rinse"), (1, "Dry"), (0, "Done"), (0, "Pack")]
    told = slide_with(tmp_path / "bikes.pptx", lines, ["buAutoNum"] * 5 + ["buNone", "buAutoNum"])
    assert told == "1. Soak\n  1. Stir\n  2. Drain\n2. Rinse\n  1. Dry\n\nDone\n\n1. Pack"


def test_numbers_begin_where_the_file_says(tmp_path):
    """As on a slide with the second half of a list."""
    lines = [(0, "Rinse"), (0, "Dry")]
    assert slide_with(tmp_path / "bikes.pptx", lines, ["buAutoNum"] * 2, startAt="3") == "3. Rinse\n4. Dry"


def test_a_line_alone_is_no_item(tmp_path):
    assert slide_with(tmp_path / "bikes.pptx", [(0, "The pier opens in June.")]) == "The pier opens in June."


def test_where_no_line_is_marked_short_ones_are_items(tmp_path):
    lines = [(0, "Two bikes were stolen"), (0, "One was found")]
    told = slide_with(tmp_path / "bikes.pptx", lines, ["buNone", "buNone"])
    assert told == "• Two bikes were stolen\n• One was found"


DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "lost"])
def test_the_boxes_of_a_diagram_are_read_unless_the_file_has_lost_them(tmp_path, kept):
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, Inches(4), Inches(1)).text_frame.text = "The pier opens in June."
    boxes = "".join(
        f'<dgm:pt modelId="{n}" type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        for n, (kind, text) in enumerate([("node", "Drive the piles"), ("pres", "not shown"), ("node", "Lay the deck")])
    )
    data = f'<dgm:dataModel xmlns:dgm="{DIAGRAM}" xmlns:a="{DRAWING}"><dgm:ptLst>{boxes}</dgm:ptLst></dgm:dataModel>'
    part = Part(PackURI("/ppt/diagrams/data1.xml"), CT.DML_DIAGRAM_DATA, slide.part.package, data.encode())
    name = slide.part.relate_to(part, RT.DIAGRAM_DATA) if kept else "rId99"
    frame = deepcopy(slide.shapes.add_table(1, 1, 0, 0, Inches(1), Inches(1))._element)
    graphic = frame.find(f".//{{{DRAWING}}}graphicData")
    graphic.clear()
    graphic.set("uri", DIAGRAM)
    relation = SubElement(graphic, f"{{{DIAGRAM}}}relIds")
    relation.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm", name)
    slide.shapes._spTree.append(frame)
    slides.save(tmp_path / "pier.pptx")
    told = sentences(load(tmp_path / "pier.pptx"))
    assert told[0] == "The pier opens in June."
    assert [line.lstrip("• ") for line in told[1:]] == (["Drive the piles", "Lay the deck"] if kept else [])


@pytest.mark.parametrize(
    ("line", "marks", "told"),
    [
        (
            "To start\vSoup of the day…………….....£4.25\vServed hot\v\vPrawns........ £4.95\v- with lemon",
            ["buNone"],
            "To start\n\nSoup of the day: £4.25\n\nServed hot\n\nPrawns: £4.95\n\n- with lemon",
        ),
        ("The Old Mill\vInn and Garden", ["buNone"], "The Old Mill Inn and Garden"),  # a title in two lines
        (
            "Ann Lee, Kit Orme,\vJo Marsh and\vDi Fenn\v(of Tarn)",
            ["buNone"],
            "Ann Lee, Kit Orme, Jo Marsh and Di Fenn (of Tarn)",
        ),
        ("Soup……£4.25\vServed hot", ["buNone"], "Soup: £4.25\n\nServed hot"),
        ("Ketch\vPunt\v(old)\vTern", ["buNone"], "Ketch\n\nPunt (old)\n\nTern"),
        ("Soup of the day……£4.25", [], "• Soup of the day: £4.25"),
        ("From 1....10 of the dial", [], "• From 1....10 of the dial"),
        ("We waited .... 40 people came", [], "• We waited .... 40 people came"),
        ("Members\vde Boer\vAnn Lee", ["buNone"], "Members\n\nde Boer\n\nAnn Lee"),
    ],
    ids=["a menu", "a title", "what goes on", "a price", "a bracket", "an item", "a range", "a pause", "names"],
)
def test_lines_that_somebody_broke_are_lines_and_dots_lead_to_prices(tmp_path, line, marks, told):
    assert slide_with(tmp_path / "menu.pptx", [(0, line), (0, LONG)], marks).startswith(f"{told}\n")


def test_a_show_with_a_picture_for_its_title_and_numbered_slides_is_read_without_the_numbers(tmp_path):
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[8])
    Image.new("RGB", (40, 40), "white").save(tmp_path / "pier.png")
    slide.placeholders[2].text = "The pier opens in June."
    (number,) = (one for one in slides.slide_layouts[8].placeholders if one.placeholder_format.idx == 12)
    slide.shapes._spTree.append(deepcopy(number._element))
    slide.placeholders[12].text = "7"
    slide.placeholders[1].insert_picture(str(tmp_path / "pier.png"))
    # As PowerPoint has it where the title was made a picture.
    for shape in list(slide.placeholders):
        kind = shape._element.xpath(".//p:nvPr/p:ph")[0]
        if shape.placeholder_format.idx == 0:
            shape._element.getparent().remove(shape._element)
        elif shape.placeholder_format.idx == 1:
            kind.set("type", "title")
            kind.set("idx", "0")
    slides.save(tmp_path / "pier.ppsx")
    assert sentences(load(tmp_path / "pier.ppsx")) == ["The pier opens in June."]


def test_lines_that_begin_as_items_do_need_no_bullet_of_ours():
    assert unmarked(["- Oars", "A. Lee's sails"]) == ["- Oars\n• A. Lee's sails"]
