"""Sheets, slides, mail, books and the other formats that people have: what becomes their text, and its parts."""

import csv
import json
import mailbox
import zipfile
from copy import deepcopy
from email.message import EmailMessage
from io import StringIO

import openpyxl
import pytest
from lxml.etree import SubElement
from PIL import Image, ImageDraw, ImageFont
from pptx import Presentation
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from index.errors import DocumentError
from index.files import ocr
from index.files.finding import load_documents
from index.files.heads import labels
from rag import Assistant
from tests import outlook_file
from tests.index.pages import load, sentences
from tests.outlook_file import ADDRESS, BODY, NAME, SENDER, SENDER_ADDRESS, SUBJECT

FEES = [["Boat", "Length", "Fee"], ["Dinghy", "4 m", "€8"], ["Ketch", "12 m", "€31"], ["Barge", "22 m", "€95"]]
KETCH = "Boat: Ketch | Length: 12 m | Fee: €31"


def workbook(path):
    book = openpyxl.Workbook()
    book.active.title = "Notes"
    book.active.append(["These fees hold from May."])
    sheet = book.create_sheet("Fees")
    sheet.append(["Harbour of Orrin"])
    for row in FEES:
        sheet.append(row)
    book.save(path)
    return path


def test_each_row_of_a_sheet_tells_its_columns_and_its_place(tmp_path):
    document = load(workbook(tmp_path / "fees.xlsx"))
    assert KETCH in sentences(document)
    assert document.part(document.text.index(KETCH)) == "sheet Fees, row 4"
    assert "These fees hold from May." in sentences(document)


def test_a_sheet_that_nobody_has_named_gives_its_file_no_title(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    for row in (("Task", "Crowns"), ("Prototypes", 90), ("Travel", 20)):
        book.active.append(row)
    book.save(tmp_path / "budget.xlsx")
    document = load(tmp_path / "budget.xlsx")
    assert document.title == "budget"
    assert "Sheet1" not in document.text
    assert document.part(document.text.index("Travel")) == "sheet Sheet1, row 3"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_record_of_a_csv_file_tells_its_columns(tmp_path, delimiter):
    written = StringIO()
    csv.writer(written, delimiter=delimiter).writerows(FEES)
    (tmp_path / "fees.csv").write_text(written.getvalue())
    document = load(tmp_path / "fees.csv")
    assert sentences(document)[1] == KETCH
    assert document.part(document.text.index(KETCH)) == "row 3"


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


def test_a_title_with_figures_above_the_names_of_columns_hides_none_of_them(tmp_path):
    rows = "".join(f"<tr><td>{year}</td><td>105.{year % 10}</td><td>-</td></tr>" for year in range(1975, 1980))
    (tmp_path / "cases.html").write_text(
        "<p>Cases</p><table><tr><td colspan=3>New cases per 100,000 people</td></tr>"
        f"<tr><td>Year</td><td>North</td><td>South</td></tr>{rows}</table>"
    )
    assert "Year: 1977 | North: 105.7 | South: -" in sentences(load(tmp_path / "cases.html"))


def test_a_locked_text_is_named_as_such(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.odt", "w") as archive:
        archive.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        archive.writestr("content.xml", b"\x8f\x01\xff")
    with pytest.raises(DocumentError, match="is locked by a password"):
        load_documents([tmp_path / "a.odt"])


def message(subject="The pier", text="The pier opens in June.\n"):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "Tilda Marrow <tilda@orrin.example>", "All", subject
    mail["Date"] = "Tue, 4 May 2021 10:00:00 +0000"
    mail.set_content(text)
    return mail


def test_a_message_has_its_head_and_its_text(tmp_path):
    mail = message()
    mail.add_attachment(b"x", maintype="application", subtype="pdf", filename="plan.pdf")
    (tmp_path / "pier.eml").write_bytes(bytes(mail))
    document = load(tmp_path / "pier.eml")
    assert document.title == "The pier"
    assert sentences(document)[0] == "From: Tilda Marrow <tilda@orrin.example>"
    assert {"The pier opens in June.", "Attached: plan.pdf"} <= set(sentences(document))
    assert ("date", "2021-05-04") in document.facts


def test_addresses_in_a_message_tell_the_page_and_not_who_follows_them(tmp_path):
    text = "Six new piers (https://a.example/piers?source=email-7dcb1e94813b-digest&page=2)\n"
    text += "Really? https://b.example/job?id=4&utm_source=news&utm_id=a-b. "
    text += "Sign up (https://c.example/f?usp=link) by May.\n"
    (tmp_path / "pier.eml").write_bytes(bytes(message(text=text)))
    told = load(tmp_path / "pier.eml").text
    assert "Six new piers (https://a.example/piers?page=2)\nReally? https://b.example/job?id=4 Sign up" in told
    assert "Sign up (https://c.example/f?usp=link) by May." in told


def test_a_message_that_is_a_page_is_read_as_one(tmp_path):
    mail = message()
    mail.set_content("<p>The pier <b>opens</b> in June.</p>", subtype="html")
    (tmp_path / "pier.eml").write_bytes(bytes(mail))
    assert "The pier opens in June." in sentences(load(tmp_path / "pier.eml"))


def test_a_message_saved_by_outlook_is_read_like_one(tmp_path):
    texts = {SUBJECT: "The pier", BODY: "The pier opens in June.\r\n"}
    sender = {SENDER: "Tilda Marrow", SENDER_ADDRESS: "tilda@orrin.example"}
    to = [{NAME: "Ines Varga", ADDRESS: "ines@tarn.example"}]
    (tmp_path / "pier.msg").write_bytes(outlook_file.message(texts | sender, recipients=to, attached=["plan.pdf"]))
    document = load(tmp_path / "pier.msg")
    assert document.title == "The pier"
    assert sentences(document) == [
        "From: Tilda Marrow <tilda@orrin.example>",
        "To: Ines Varga <ines@tarn.example>",
        "The pier opens in June.",
        "Attached: plan.pdf",
    ]


def test_each_message_of_a_mailbox_is_a_part(tmp_path):
    box = mailbox.mbox(tmp_path / "town.mbox")
    for number in (1, 2):
        box.add(message(f"Letter {number}", f"Letter number {number} says hello.\n"))
    box.close()
    document = load(tmp_path / "town.mbox")
    assert document.part(document.text.index("Letter number 2")) == "message 2"


def book(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="in/book.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "in/book.opf",
            '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
            "<dc:title>The Pier</dc:title><dc:creator>Tilda Marrow</dc:creator></metadata><manifest>"
            '<item id="two" href="2.xhtml"/><item id="one" href="1.xhtml"/></manifest>'
            '<spine><itemref idref="one"/><itemref idref="two"/></spine></package>',
        )
        for number, text in ((1, "It was winter."), (2, "It was spring.")):
            archive.writestr(
                f"in/{number}.xhtml",
                f"<html><head><title>x</title></head><body><h1>Chapter {number}</h1><p>{text}</p></body></html>",
            )
    return path


def test_a_book_is_read_in_its_order(tmp_path):
    document = load(book(tmp_path / "pier.epub"))
    assert document.title == "The Pier"
    assert ("author", "Tilda Marrow") in document.facts
    assert document.text == "# Chapter 1\n\nIt was winter.\n\n# Chapter 2\n\nIt was spring.\n"


def test_an_opendocument_text_keeps_headings_lists_and_tables(tmp_path):
    office, text, table = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for name in ("office", "text", "table"))
    rows = "".join(
        f"<a:table-row>{''.join(f'<a:table-cell><t:p>{cell}</t:p></a:table-cell>' for cell in row)}</a:table-row>"
        for row in FEES
    )
    with zipfile.ZipFile(tmp_path / "rules.odt", "w") as archive:
        archive.writestr(
            "content.xml",
            f'<o:document-content xmlns:o="{office}" xmlns:t="{text}" xmlns:a="{table}"><o:body><o:text>'
            f'<t:h t:outline-level="1">Harbour rules</t:h><t:p>Moor at<t:s/>the <t:span>outer</t:span> pier.</t:p>'
            f"<t:list><t:list-item><t:p>No fires.</t:p></t:list-item></t:list><a:table>{rows}</a:table>"
            "</o:text></o:body></o:document-content>",
        )
    document = load(tmp_path / "rules.odt")
    assert document.title == "Harbour rules"
    assert sentences(document) == [
        "Moor at the outer pier.",
        "No fires.",
        *[s for s in sentences(document) if "Fee" in s],
    ]
    assert KETCH in sentences(document)


def open_text(path, body):
    spaces = {short: f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0" for short, name in
              (("o", "office"), ("t", "text"), ("a", "table"))}  # fmt: skip
    declared = " ".join(f'xmlns:{short}="{name}"' for short, name in spaces.items())
    content = f"<o:document-content {declared}><o:body><o:text>{body}</o:text></o:body></o:document-content>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", content)
    return load(path)


def test_cells_that_an_opendocument_text_joins_or_repeats_are_read_as_shown(tmp_path):
    def row(*cells):
        told = (f"<a:table-cell {spans}><t:p>{text}</t:p></a:table-cell>" for text, spans in cells)
        return f"<a:table-row>{''.join(told)}</a:table-row>"

    head = row(("Boat", ""), ("Races", 'a:number-columns-spanned="2"'), ("Note", ""))
    head += row(("Name", ""), ("Won", ""), ("Lost", ""), ("Said", ""))
    rows = row(("Orrin", ""), ("3", 'a:number-columns-repeated="2"'), ("ok", ""))
    table = f"<a:table><a:table-header-rows>{head}</a:table-header-rows>{rows}</a:table>"
    assert (
        "Boat Name: Orrin | Races Won: 3 | Races Lost: 3 | Note Said: ok" in open_text(tmp_path / "a.odt", table).text
    )


def test_a_list_below_an_item_of_an_opendocument_text_is_a_list_and_an_empty_heading_none(tmp_path):
    item = "<t:list><t:list-item>{}</t:list-item></t:list>".format
    lists = item("<t:p>16 January</t:p>") + item(item("<t:p>Read the rules.</t:p>"))
    assert open_text(tmp_path / "a.odt", f"<t:h/>{lists}").text == "- 16 January\n\n- Read the rules.\n"


def test_an_opendocument_presentation_keeps_titles_items_and_notes_by_slide(tmp_path):
    name = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0".format
    spaces = {
        short: name(long) for short, long in zip("otdp", ("office", "text", "drawing", "presentation"), strict=True)
    }

    def frame(text, kind="outline"):
        return f'<d:frame p:class="{kind}"><d:text-box><t:p>{text}</t:p></d:text-box></d:frame>'

    items = "<t:list><t:list-item><t:p>Ketch</t:p></t:list-item><t:list-item><t:p>Sloop</t:p></t:list-item></t:list>"
    notes = f"<p:notes>{frame('Thank the crew.', 'notes')}{frame('1', 'page-number')}</p:notes>"
    first = frame("Boats", "title") + f"<d:frame><d:text-box>{items}</d:text-box></d:frame>" + notes
    second = "<d:custom-shape><t:p>Moor at the outer pier.</t:p></d:custom-shape>" + frame("7 May", "date-time")
    pages = "".join(f"<d:page>{slide}</d:page>" for slide in (first, second))
    with zipfile.ZipFile(tmp_path / "boats.odp", "w") as archive:
        named = " ".join(f'xmlns:{short}="{long}"' for short, long in spaces.items())
        body = f"<o:body><o:presentation>{pages}</o:presentation></o:body>"
        archive.writestr("content.xml", f"<o:document-content {named}>{body}</o:document-content>")
    document = load(tmp_path / "boats.odp")
    assert sentences(document) == ["Ketch", "Sloop", "Notes: Thank the crew.", "Moor at the outer pier."]
    assert [part.name for part in document.parts] == ["slide 1", "slide 2"]
    assert document.text.startswith("Boats\n")


def test_rtf_is_read_without_its_marks(tmp_path):
    (tmp_path / "note.rtf").write_bytes(
        rb"{\rtf1\ansi {\b The pier} opens in June. It costs \'8031.\par Bring a coat.}"
    )
    assert sentences(load(tmp_path / "note.rtf")) == ["The pier opens in June.", "It costs €31.", "Bring a coat."]


def test_restructured_text_loses_its_roles_and_directives(tmp_path):
    (tmp_path / "pier.rst").write_text(
        ".. _pier:\n\n==========\n The pier\n==========\n\nIt opens in :ref:`June <june>`; see ``open.txt``. "
        "Run this::\n\n    pier --open\n\n.. note:: Bring a `coat <https://coat.example>`_.\n\n"
        ".. toctree::\n   :maxdepth: 2\n\n- No fires.\n"
    )
    document = load(tmp_path / "pier.rst")
    assert document.title == "The pier"
    assert sentences(document) == [
        "It opens in June; see open.txt.",
        "Run this:",
        "pier --open",
        "Bring a coat.",
        "No fires.",
    ]


def test_a_notebook_has_its_texts_code_and_results(tmp_path):
    cells = [
        {"cell_type": "markdown", "source": ["# Tides\n", "\n", "High water is at noon."]},
        {"cell_type": "code", "source": "print(3 * 4)", "outputs": [{"text": ["12\n"]}]},
    ]
    (tmp_path / "tides.ipynb").write_text(json.dumps({"cells": cells, "nbformat": 4}))
    document = load(tmp_path / "tides.ipynb")
    assert sentences(document) == ["High water is at noon.", "print(3 * 4)", "12"]
    assert document.part(document.text.index("12")) == "cell 2"


def test_each_line_of_code_is_a_unit_and_the_text_is_the_file(tmp_path):
    code = "def pier():\n    # forty metres. Or so.\n    return 40\n"
    (tmp_path / "pier.py").write_text(code)
    document = load(tmp_path / "pier.py")
    assert document.text == code
    assert sentences(document) == ["def pier():", "# forty metres. Or so.", "return 40"]


def test_another_encoding_is_recognised_and_said(tmp_path):
    text = "Die Brücke über den Fluß wurde im März eröffnet, und die Gäste aßen süße Brötchen dazu.\n"
    (tmp_path / "old.txt").write_bytes(text.encode("cp1252"))
    document = load(tmp_path / "old.txt")
    assert document.text == text
    assert dict(document.facts)["encoding"]


def test_the_fields_at_its_head_tell_a_report_from_its_twin(tmp_path):
    for place in ("Orrin", "Tarn"):
        (tmp_path / f"{place}.txt").write_text(
            f"Accident report\n\nState: X\nPlace: {place}\n\nThe basket touched a wire.\n"
        )
    documents, _ = load_documents([tmp_path])
    assert labels(documents) == {"Orrin.txt": "Accident report (Orrin)", "Tarn.txt": "Accident report (Tarn)"}


def test_a_citation_names_sheet_and_row(tmp_path):
    with Assistant.open(workbook(tmp_path / "fees.xlsx"), tmp_path / "store") as assistant:
        answers = [assistant.ask(question) for question in ("What is the fee for a ketch?", "How long is the ketch?")]
    assert [answer.span for answer in answers] == ["€31", "12 m"]
    for answer in answers:
        assert (answer.citations[0].quote, answer.citations[0].part) == (KETCH, "sheet Fees, row 4")


def scan(path, text):
    picture = Image.new("RGB", (1200, 300), "white")
    ImageDraw.Draw(picture).text((60, 100), text, "black", ImageFont.load_default(60))
    picture.save(path, **({"resolution": 150} if path.suffix == ".pdf" else {}))
    return path


@pytest.mark.slow
@pytest.mark.parametrize("suffix", [".png", ".pdf"])
def test_a_scan_is_recognised_and_how_surely_is_told(tmp_path, suffix):
    pytest.importorskip("rapidocr")
    document = load(scan(tmp_path / f"scan{suffix}", "The pier opens in June"))
    assert "pier opens in June" in document.text
    assert "% sure" in dict(document.facts)[ocr.RECOGNISED]


def test_without_recognition_a_picture_is_refused_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("index.files.ocr.available", lambda: False)
    _, skipped = load_documents([workbook(tmp_path / "a.xlsx").parent, scan(tmp_path / "scan.png", "x").parent])
    assert "pip install 'footnote[ocr]'" in skipped[0].reason
