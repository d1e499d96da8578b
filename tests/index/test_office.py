"""Rows of workbooks and CSV files: what they tell, and their places."""

import csv
from io import StringIO

import openpyxl
import pytest

from rag import Assistant
from tests.index.pages import load, sentences
from tests.index.samples import FEES, workbook

KETCH = "Boat: Ketch | Length: 12 m | Fee: €31"


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


def test_a_title_with_figures_above_the_names_of_columns_hides_none_of_them(tmp_path):
    rows = "".join(f"<tr><td>{year}</td><td>105.{year % 10}</td><td>-</td></tr>" for year in range(1975, 1980))
    (tmp_path / "cases.html").write_text(
        "<p>Cases</p><table><tr><td colspan=3>New cases per 100,000 people</td></tr>"
        f"<tr><td>Year</td><td>North</td><td>South</td></tr>{rows}</table>"
    )
    assert "Year: 1977 | North: 105.7 | South: -" in sentences(load(tmp_path / "cases.html"))


def test_a_citation_names_sheet_and_row(tmp_path):
    with Assistant.open(workbook(tmp_path / "fees.xlsx"), tmp_path / "store") as assistant:
        answers = [assistant.ask(question) for question in ("What is the fee for a ketch?", "How long is the ketch?")]
    assert [answer.span for answer in answers] == ["€31", "12 m"]
    for answer in answers:
        assert (answer.citations[0].quote, answer.citations[0].part) == (KETCH, "sheet Fees, row 4")
