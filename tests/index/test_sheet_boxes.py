"""Text boxes and notes, which stand over the cells of a sheet."""

import zipfile

import openpyxl
import pytest
from openpyxl.comments import Comment

from index.files.sheets.boxes import over_cells
from tests.index.open_sheets import cell, open_sheet, text
from tests.index.pages import load

XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def box(row, *paragraphs):
    """A text box whose paragraphs are runs of letters, of which some may be bold."""
    lines = "".join("<a:p>" + "".join(f"<a:r><a:t>{run}</a:t></a:r>" for run in runs) + "</a:p>" for runs in paragraphs)
    place = f"<xdr:from><xdr:col>1</xdr:col><xdr:row>{row}</xdr:row></xdr:from>"
    return f"<xdr:twoCellAnchor>{place}<xdr:sp><xdr:txBody>{lines}</xdr:txBody></xdr:sp></xdr:twoCellAnchor>"


def with_boxes(path, *boxes, sheet=1):
    """Put a drawing of text boxes over a sheet of a workbook without drawings."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/drawings/drawing7.xml"] = f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}">{"".join(boxes)}</xdr:wsDr>'
    relation = f'<Relationship Id="rId77" Type="{R}/drawing" Target="../drawings/drawing7.xml"/>'
    relations = f"xl/worksheets/_rels/sheet{sheet}.xml.rels"
    before = parts.get(relations, b"<Relationships></Relationships>").decode()
    parts[relations] = before.replace("</Relationships>", f"{relation}</Relationships>")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


@pytest.fixture
def book(tmp_path):
    made = openpyxl.Workbook()
    made.active.title = "Stock"
    for row in (["Item", "Price"], ["Rope", 12], ["Anchor", 80]):
        made.active.append(row)
    made.active["B3"].comment = Comment("Galvanised only.", "Ann")
    made.create_sheet("How to use")
    made.save(tmp_path / "stock.xlsx")
    return tmp_path / "stock.xlsx"


def test_boxes_and_notes_are_told_below_the_cells_of_their_sheet(book):
    with_boxes(book, box(9, ["Prices hold until ", "May", "."]), box(2, ["Orders go to Ben."], ["- by mail"], []))
    document = load(book)
    over = ("Orders go to Ben.\n- by mail", "Prices hold until May.", "Note on B3: Galvanised only.")
    assert document.text.rstrip().endswith("\n\n".join(("Item: Anchor | Price: 80", *over)))
    assert document.part(document.text.index("Orders")) == "sheet Stock, text box"
    assert document.part(document.text.index("Galvanised")) == "sheet Stock, note on B3"


def test_a_sheet_of_nothing_but_a_box_is_told(book):
    with_boxes(book, box(1, ["Fill in one row for each item."]), sheet=2)
    assert load(book).text.rstrip().endswith("How to use\n\nFill in one row for each item.")


def test_a_comment_says_what_somebody_wrote_and_not_what_excel_adds(tmp_path):
    made = openpyxl.Workbook()
    made.active["A1"] = "Rope"
    said = "[Threaded comment]\n\nYour version of Excel allows you to read this comment.\n\nComment:\n    Too short."
    made.active["A1"].comment = Comment(said, "Ann")
    made.save(tmp_path / "stock.xlsx")
    assert load(tmp_path / "stock.xlsx").text.rstrip() == "Rope\n\nNote on A1: Too short."


@pytest.mark.parametrize("content", [b"<", b"<a></b>", b"\x00\xff"])
def test_a_damaged_drawing_costs_no_cells(book, content):
    with_boxes(book, box(1, ["Lost."]))
    with zipfile.ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(book, "w") as archive:
        for name, held in parts.items():
            archive.writestr(name, content if "drawing" in name and name.endswith(".xml") else held)
    assert "Item: Anchor | Price: 80\n\nNote on B3: Galvanised only." in load(book).text


def test_notes_on_the_cells_of_an_opendocument_sheet_are_told_and_are_no_part_of_these(tmp_path):
    note = "<office:annotation><text:p>Galvanised</text:p><text:p>only.</text:p></office:annotation>"
    rows = [[text("Item"), text("Price")], [text("Rope"), cell("float", "12")], [text("Anchor"), cell("float", "80")]]
    rows[2][1] = rows[2][1].replace("<text:p>", f"{note}<text:p>")
    document = open_sheet(tmp_path, rows)
    assert document.text.endswith("Item: Anchor | Price: 80\n\nNote on B3: Galvanised only.\n")
    assert document.part(document.text.index("Galvanised")) == "sheet Stock, note on B3"


def test_what_is_no_workbook_of_excel_has_nothing_over_its_cells():
    assert over_cells(b"Item,Price\nRope,12\n") == {}
