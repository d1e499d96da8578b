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
