"""Spreadsheets and CSV files: each row a record that tells its columns' names."""

import csv
import datetime
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any

from index.files.extract import Extract, FormatError
from index.files.office import office_facts, open_archive
from index.files.rows import Cell, Grid, write_rows
from index.files.text import decode
from index.files.writing import Writer

MOST_ROWS = 200_000  #: of a file that is read
MOST_CELLS = 3_000_000
SAMPLE = 20_000  #: characters by which a CSV file's delimiter is known

_Rows = Sequence[Sequence[str]]


def read_csv(data: bytes) -> Extract:
    """The records of a CSV or TSV file. Raises FormatError if it has too many, or is no text."""
    text, facts = decode(data)
    try:
        delimiter = csv.Sniffer().sniff(text[:SAMPLE], delimiters=",;\t|").delimiter
    except csv.Error:
        delimiter = "\t" if "\t" in text[:SAMPLE] else ","
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            rows.append([" ".join(cell.split()) for cell in row])
            if len(rows) > MOST_ROWS:
                raise FormatError(f"has more than {MOST_ROWS:,} rows; split it")
    except csv.Error as error:
        raise FormatError(f"is no table of values ({error}); save it as CSV again") from None
    writer = Writer()
    _write(writer, "", rows, named=True)
    return writer.extract(facts=facts)


def read_sheets(data: bytes) -> Extract:
    """The sheets of an Excel or OpenDocument file. Raises FormatError if it is damaged, locked or too large."""
    from python_calamine import CalamineError, CalamineWorkbook

    facts: tuple[tuple[str, str], ...] = ()
    if data.startswith(b"PK"):
        open_archive(data, ".xlsx or .ods").close()
        facts = office_facts(data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
        total = sum(sheet.height for _, sheet in sheets)
        if total > MOST_ROWS or sum(sheet.height * sheet.width for _, sheet in sheets) > MOST_CELLS:
            raise FormatError(f"has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells; split it")
        writer = Writer()
        for name, sheet in sheets:
            rows = [[_said(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            if any(map(any, rows)):
                writer.part(f"sheet {name}")
                writer.heading(name)
                _write(writer, f"sheet {name}, ", rows)
    except (CalamineError, ValueError, OSError) as error:
        raise FormatError(f"is damaged, locked, or no spreadsheet ({error}); save it as .xlsx again") from None
    return writer.extract(facts=facts)


def _said(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return " ".join(str(value).split())


def _write(writer: Writer, place: str, rows: _Rows, *, named: bool = False) -> None:
    """Write the tables of a sheet, which empty rows part; `named` where the first row is known to name the columns."""
    for first, table in _tables(rows):
        wide = max(sum(map(bool, row)) for row in table)
        head = next((n for n, row in enumerate(table) if sum(map(bool, row)) > max(1, wide // 2)), None)
        for number, row in enumerate(table[: head or 0]):
            writer.part(f"{place}row {first + number + 1}")
            writer.paragraph(" ".join(filter(None, row)))
        rest = table[head or 0 :]
        heads = bool(rest) and _names_columns(rest, named=named)
        cells = (
            Cell(text, number, column, head=heads and number == 0)
            for number, row in enumerate(rest)
            for column, text in enumerate(row)
            if text
        )
        for number, one in enumerate(write_rows(Grid(tuple(cells)))):
            writer.part(f"{place}row {first + (head or 0) + one.number + 1}")
            writer.line(one.text, caption=one.caption, first=number == 0)


def _tables(rows: _Rows) -> Iterator[tuple[int, list[Sequence[str]]]]:
    """The runs of rows that are not empty, and the number of the first of each."""
    table: list[Sequence[str]] = []
    for number, row in enumerate([*rows, []]):
        if any(row):
            table.append(row)
        elif table:
            yield number - len(table), table
            table = []


def _names_columns(table: Iterable[Sequence[str]], *, named: bool) -> bool:
    first, *others = table
    texts = [cell for cell in first if cell]
    names = len(texts) > 1 and not any(cell[0].isdigit() for cell in texts)
    if named or not others:
        return names
    return names and any(cell[:1].isdigit() for row in others for cell in row)
