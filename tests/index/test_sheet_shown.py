"""What cells of a sheet show that their values do not tell."""

from datetime import datetime, time, timedelta
from time import monotonic

import openpyxl
import pytest

from index.files.sheets.shown import shown, shown_texts
from tests.index.open_sheets import cell, open_sheet, text
from tests.index.pages import sheet

ACCOUNTS = '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)'
JANUARY, LAST = datetime(2024, 1, 1), datetime(2024, 1, 31)


def test_figures_are_shown_as_per_cent_where_the_sheet_shows_them_so(tmp_path):
    rows = [["Boat", "Share", "Rate", "Size"], ["Ketch", 0.9382, 0.05, 0.25], ["Barge", 1, -0.5, 3]]
    lines = sheet(tmp_path, rows, formats={"B": "0.0%", "C": "0%"})
    assert lines[-2:] == [
        "Boat: Ketch | Share: 93.8% | Rate: 5% | Size: 0.25",
        "Boat: Barge | Share: 100.0% | Rate: -50% | Size: 3",
    ]


def test_money_months_hours_and_zeros_in_front_are_shown_as_the_sheet_shows_them(tmp_path):
    rows = [["Boat", "Price", "Code", "Bought", "At sea"]]
    rows += [["Ketch", 1234.5, 1067, JANUARY, timedelta(hours=26, minutes=5)], ["Barge", -99, 5, LAST, timedelta(0)]]
    lines = sheet(tmp_path, rows, formats={"B": "#,##0.00 €", "C": "00000", "D": "mmm yy", "E": "[h]:mm"})
    assert lines[-2:] == [
        "Boat: Ketch | Price: 1,234.50 € | Code: 01067 | Bought: Jan 2024 | At sea: 26:05",
        "Boat: Barge | Price: -99.00 € | Code: 00005 | Bought: Jan 2024 | At sea: 0:00",
    ]


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (1234.5, ACCOUNTS, "$1,234.50"),
        (-98.7405, ACCOUNTS, "-$98.74"),
        (1.125, "$0.00", "$1.13"),
        (-0.001, "$0.00", "$0.00"),
        (60000, r"[$$-409]#,##0;[RED]\-[$$-409]#,##0", "$60,000"),
        (12.5, r'_-* #,##0.00\ "€"_-;-* #,##0.00\ "€"_-', "12.50 €"),
        (44, "#,##0.00 [$EUR]", "44.00 EUR"),
        (12.5, '0.0" kg"', "12.5 kg"),
        (7, '0"%"', "7%"),
        (LAST, r"[$-409]mmm\-yy;@", "Jan 2024"),
        (JANUARY, 'mmmm" "yyyy', "January 2024"),
        (timedelta(hours=-1), "[h]:mm:ss", "-1:00:00"),
    ],
)
def test_what_a_form_shows_is_told(value, form, text):
    assert shown(value, form) == text


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (1234.5, "General"),
        (1234.5, "#,##0.00"),  # a figure, and no more
        (1234567, '0.0,,"M"'),
        (1234, "0.00E+00"),
        (1.5, "# ?/?"),
        (0.5, '[>=1]0.0"k";0'),
        (5, '"Week "0'),  # which would be no figure any more
        (5, '0"."'),
        (20240101, r"0000\-00\-00"),
        (1e300, "$0.00"),
        (-500.0, '#,##0.00" Dr";#,##0.00" Cr"'),  # which of both is told by the sign alone
        (1.5, "00"),
        (True, "0%"),
        (datetime(2024, 1, 15), "mmm yy"),  # a day that a month does not stand for
        (JANUARY, "dd/mm/yyyy"),
        (time(9, 30), "h:mm AM/PM"),
    ],
)
def test_what_a_form_adds_nothing_to_or_nothing_that_is_read_stays_its_value(value, form):
    assert shown(value, form) == ""


def test_what_was_read_before_a_sheet_that_cannot_be_is_kept(tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    for title in ("Fees", "Damaged"):
        book.create_sheet(title)["A1"] = 0.5
        book[title]["A1"].number_format = "0%"
    book.save(tmp_path / "book.xlsx")
    rows = openpyxl.worksheet._read_only.ReadOnlyWorksheet.iter_rows
    monkeypatch.setattr(
        "openpyxl.worksheet._read_only.ReadOnlyWorksheet.iter_rows",
        lambda self: 1 / 0 if self.title == "Damaged" else rows(self),
    )
    assert shown_texts((tmp_path / "book.xlsx").read_bytes())["Fees"] == {(0, 0): "50%"}


def test_what_an_opendocument_sheet_shows_is_told_in_english(tmp_path):
    names = ["Boat", "Price", "Share", "Code", "Bought", "At sea"]
    rows = [
        [
            text("Ketch<text:line-break/>(old)"),
            cell("currency", "1120.5", "1.120,50 €"),
            cell("percentage", "0.075", "7,5 %"),
            cell("float", "1067", "01067"),
            cell("date", "2024-01-31", "January 24"),
            cell("time", "PT26H05M00S", "26:05"),
        ],
        [
            text("Barge"),
            cell("currency", "-99", "-99,00 €"),
            cell("percentage", "0.2", "20 %"),
            cell("float", "1.5", "1,50"),
            cell("date", "2024-01-24", "Jan 24"),
            cell("time", "PT09H30M00S", "09:30"),
        ],
    ]
    lines = open_sheet(tmp_path, [list(map(text, names)), *rows]).text.splitlines()
    assert lines[-2:] == [
        "Boat: Ketch (old) | Price: 1,120.50 € | Share: 7.5% | Code: 01067 | Bought: January 2024 | At sea: 26:05",
        "Boat: Barge | Price: -99.00 € | Share: 20% | Code: 1.5 | Bought: 2024-01-24 | At sea: 09:30",
    ]


def test_a_figure_below_zero_that_an_opendocument_sheet_shows_by_letters_stays_its_value(tmp_path):
    rows = [[text("Account"), text("Balance")], [text("Cash"), cell("currency", "-500", "500.00 Cr")]]
    assert open_sheet(tmp_path, rows).text.splitlines()[-1].endswith(": -500")


def test_what_an_opendocument_sheet_shows_is_told_at_each_cell_that_it_repeats_and_only_if_it_is_the_value(tmp_path):
    rows = [[text("Boat"), text("Old"), text("New"), text("Odd")]]
    rows += [[text("Ketch"), cell("currency", "5", "$5", repeated=2), cell("currency", "7", "$8")]]
    assert open_sheet(tmp_path, rows).text.splitlines()[-1] == "Boat: Ketch | Old: $5 | New: $5 | Odd: 7"


@pytest.mark.parametrize("shown", ["Jan 00", "Smarch 24", "Jan 2024 or so"])
def test_a_date_that_an_opendocument_sheet_shows_in_other_words_than_a_month_s_is_its_value(tmp_path, shown):
    rows = [[text("Boat"), text("Bought")], [text("Ketch"), cell("date", "2024-01-24", shown)]]
    assert open_sheet(tmp_path, rows).text.splitlines()[-1].endswith(": 2024-01-24")


def test_a_cell_of_an_opendocument_sheet_that_is_no_number_is_told_as_it_stands(tmp_path):
    said = "office:value-type='boolean' office:boolean-value='true'"
    yes = f"<table:table-cell {said}><text:p>YES</text:p></table:table-cell>"
    rows = [[text("Boat"), text("Sold")], [text("Ketch"), yes]]
    assert open_sheet(tmp_path, rows).text.splitlines()[-1].endswith(": True")


def test_empty_cells_that_an_opendocument_sheet_repeats_without_end_take_no_time(tmp_path):
    rows = [[text("Boat"), text("Price")], [text("Ketch"), cell("currency", "5", "$5")]]
    rows += [["<table:table-cell table:number-columns-repeated='16384'><text:p/></table:table-cell>"]] * 300
    started = monotonic()
    assert open_sheet(tmp_path, rows).text.splitlines()[-1] == "Boat: Ketch | Price: $5"
    assert monotonic() - started < 10
