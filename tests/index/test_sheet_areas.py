"""Cells that an Excel file itself calls a table are one, whatever stands beside it."""

import re
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.table import Table

from index.files.sheets.areas import Area, areas_of
from index.files.sheets.workbooks import read_sheets

ROWS = [
    ("Contacts by band", None, None, None, None),
    (None, None, None, "Who was at the key", None),
    ("Band", "Contacts", None, "Operator", "Points"),
    ("10M", 15, None, "Ada", 116),
    ("20M", 266, None, "Bo", 20),
    (None, None, None, "Cy", 472),
    ("Mode", "Points", None, "Di", 38),
    ("CW", 944, None, None, None),
    ("SSB", 496, None, "Counted by hand", None),
]
AREAS = ("A3:B5", "D3:E7", "A7:B9")


def workbook(*areas):
    book = Workbook()
    sheet = book.active
    sheet.title = "Pivots"
    for row in ROWS:
        sheet.append(row)
    for number, area in enumerate(areas):
        sheet.add_table(Table(displayName=f"Table{number}", ref=area))
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def with_pivots(data):
    """The same with pivot tables in place of its tables, which openpyxl reads but does not make."""
    copy = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as out:
        for entry in archive.infolist():
            text = archive.read(entry)
            if entry.filename.endswith("sheet1.xml.rels"):
                text = text.replace(b"relationships/table", b"relationships/pivotTable")
            elif entry.filename.startswith("xl/tables/"):
                area = re.search(rb'ref="([^"]+)"', text)[1]
                text = b'<pivotTableDefinition><location ref="%b" firstDataRow="1"/></pivotTableDefinition>' % area
            out.writestr(entry.filename, text)
    return copy.getvalue()


@pytest.mark.parametrize("made", [workbook, lambda *areas: with_pivots(workbook(*areas))])
def test_each_table_of_a_sheet_is_read_by_itself_with_the_names_of_its_own_columns(made):
    text = read_sheets(made(*AREAS)).text
    assert "Band: 20M | Contacts: 266\n" in text
    assert "Operator: Cy | Points: 472\n" in text
    assert "Mode: CW | Points: 944\n" in text
    assert text.index("Contacts by band") < text.index("Band: 10M")
    assert "Counted by hand" in text


def test_what_stands_right_above_a_table_alone_is_its_title():
    text = read_sheets(workbook(*AREAS)).text
    assert text.index("SSB") > text.index("Who was at the key") > text.index("Band: 20M")


def test_a_sheet_with_one_table_is_read_as_any_other():
    assert areas_of(workbook("A3:B5")) == {}
    assert areas_of(workbook(*AREAS)) == {
        "Pivots": [Area(2, 0, 5, 2, True), Area(2, 3, 7, 5, True), Area(6, 0, 9, 2, True)]
    }


def test_a_damaged_file_has_no_areas():
    assert areas_of(workbook(*AREAS)[:400]) == {}
