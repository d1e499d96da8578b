"""Spreadsheets and CSV files: each row a record that tells its columns' names."""

import csv
import datetime
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO, StringIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from index.files.extract import Extract, FormatError
from index.files.office import office_facts, open_archive
from index.files.sheets.areas import apart, areas_of
from index.files.sheets.boxes import Overlay, over_cells
from index.files.sheets.groups import rows_meant
from index.files.sheets.heads import Head, Line, Spans, find_head
from index.files.sheets.open_cells import shown_in_open
from index.files.sheets.shown import Texts, hours, shown_texts
from index.files.sheets.tables import NEARLY_ALL, tables_of
from index.files.tables.cells import Cell, is_figure
from index.files.tables.naming import ROWS_READ, TIMES, kind_of
from index.files.tables.rows import DIVIDER, Grid, Row, write_rows
from index.files.text import decode
from index.files.writing import Writer

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_ROWS = 200_000  #: of a file that is read
MOST_CELLS = 3_000_000
MOST_ROWS_AS_SHOWN = 50_000  #: of a file whose money, shares, months and hours are told as the file shows them
FEWEST_NUMBERED = 8  #: rows
SAMPLE = 20_000  #: characters by which a CSV file's delimiter is known
DELIMITERS = ";\t|,"  #: the comma last: it also parts decimals and words

_UNNAMED = re.compile(r"(?:sheet|tabelle|feuil|hoja) ?\d*", re.I)  #: what programs call a sheet until somebody does
#: What is a figure, and no sum of what it is joined with: a date, a time or an ordinal.
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}(?:st|nd|rd|th)$|\d{1,2}[:.]\d\d$|\d{1,2}/\d{1,2}/\d{2,4}$")
_KEY = re.compile(r"\W*(?:(?:record|row|unique|internal)\W)?(?:id|uuid|guid)\W*", re.I)  #: of rows
_MADE_UP = re.compile(r"\{?[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}\}?", re.I)  #: a UUID
_SIZE = re.compile(rb"<dimension\b[^>]*>")

_Rows = Sequence[Sequence[str]]


def read_csv(data: bytes) -> Extract:
    """The records of a CSV or TSV file. Raises FormatError if it has too many, or is no text."""
    text, facts = decode(data)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text[:SAMPLE])):
            rows.append([" ".join(cell.split()) for cell in row])
            if len(rows) > MOST_ROWS:
                raise FormatError(f"has more than {MOST_ROWS:,} rows; split it")
    except csv.Error as error:
        raise FormatError(f"is no table of values ({error}); save it as CSV again") from None
    writer = Writer()
    _write(writer, "", rows, named=True)
    return writer.extract(facts=facts)


def _delimiter(sample: str) -> str:
    """What parts the cells of a CSV file; where that is not clear, what parts most rows into equally many."""
    try:
        return csv.Sniffer().sniff(sample, delimiters=DELIMITERS).delimiter
    except csv.Error:
        return max(DELIMITERS, key=lambda delimiter: _alike(sample, delimiter))


def _alike(sample: str, delimiter: str) -> tuple[int, int]:
    """How many rows have the same number of cells, and more than one; none if they cannot be read so."""
    try:
        widths = Counter(len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=delimiter))
    except csv.Error:
        return 0, 0
    parted = [count for width, count in widths.items() if width > 1]
    return max(parted, default=0), sum(parted)


def read_sheets(data: bytes) -> Extract:
    """The sheets of an Excel or OpenDocument file. Raises FormatError if it is damaged, locked or too large."""
    from python_calamine import CalamineError

    facts: tuple[tuple[str, str], ...] = ()
    if data.startswith(b"PK"):
        open_archive(data, ".xlsx or .ods").close()
        facts = office_facts(data)
    try:
        sheets = _shown(data)
        total = sum(sheet.height for _, sheet in sheets)
        if total > MOST_ROWS or sum(sheet.height * sheet.width for _, sheet in sheets) > MOST_CELLS:
            raise FormatError(f"has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells; split it")
        over = over_cells(data) if data.startswith(b"PK") else {}
        areas = areas_of(data) if data.startswith(b"PK") else {}
        texts = _shown_texts(data) if total <= MOST_ROWS_AS_SHOWN else {}
        writer = Writer()
        for name, sheet in sheets:
            shown = texts.get(name, {})
            rows = [
                [shown.get((row, column)) or _said(value) for column, value in enumerate(values)]
                for row, values in enumerate(sheet.to_python(skip_empty_area=False))
            ]
            if any(map(any, rows)) or name in over:
                writer.part(f"sheet {name}")
                if not _UNNAMED.fullmatch(name):
                    writer.heading(name)
                spans = _spans(sheet.merged_cell_ranges or ())
                for own, named in apart(rows, areas.get(name, ())):
                    _write(writer, f"sheet {name}, ", own, spans, named=named)
                _write_over(writer, f"sheet {name}, ", over.get(name, Overlay()))
    except (CalamineError, ValueError, OSError) as error:
        raise FormatError(f"is damaged, locked, or no spreadsheet ({error}); save it as .xlsx again") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what the library's Rust raises, of no class that one can name
            raise
        raise FormatError("is damaged; save it as .xlsx again") from None
    return writer.extract(facts=facts)


def _write_over(writer: Writer, place: str, over: Overlay) -> None:
    """Write what stands over the cells of a sheet, below them."""
    for text in over.boxes:
        writer.part(f"{place}text box")
        writer.paragraph(text)
    for number, (cell, text) in enumerate(over.notes):
        writer.part(f"{place}note on {cell}")
        writer.line(f"Note on {cell}: {text}", first=not number)


def _shown(data: bytes, *, again: bool = False) -> "list[tuple[str, CalamineSheet]]":
    """The names and the sheets of a file that people can see: what only a program can show again is for programs."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible != SheetVisibleEnum.VeryHidden]
    try:
        return [(name, book.get_sheet_by_name(name)) for name in shown]
    except CalamineError:
        if again or not data.startswith(b"PK"):
            raise
    return _shown(_without_sizes(data), again=True)


def _without_sizes(data: bytes) -> bytes:
    """An Excel file without what it says of the sizes of its sheets, which some programs write as no other reads it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist()]
    copy = BytesIO()
    with zipfile.ZipFile(copy, "w") as archive:
        for name, content in parts:
            archive.writestr(name, _SIZE.sub(b"", content) if name.startswith("xl/worksheets/") else content)
    return copy.getvalue()


def _shown_texts(data: bytes) -> Mapping[str, Texts]:
    """By sheet the texts of cells that show more than their values tell, of the kinds of files that tell how."""
    if not data.startswith(b"PK"):
        return {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        is_open = "content.xml" in archive.namelist()
    return shown_in_open(data) if is_open else shown_texts(data)


def _spans(joined: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> Spans:
    """How many rows and columns each joined cell has, by where it begins."""
    return {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in joined}


def _said(value: Any) -> str:
    """A cell's value."""
    if isinstance(value, datetime.timedelta):
        return hours(value, seconds=True)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.10g}"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.datetime | datetime.time) and not (value.second or value.microsecond):
        return value.strftime("%Y-%m-%d %H:%M" if isinstance(value, datetime.datetime) else "%H:%M")
    return " ".join(str(value).split())


def _write(writer: Writer, place: str, rows: _Rows, spans: Spans | None = None, *, named: bool = False) -> None:
    """Write the tables of a sheet, which empty rows part; `named` where the first row is known to name the columns."""
    before = Head()  # of the tables above
    tables = list(tables_of(rows, spans or {}))
    for count, table in enumerate(tables):
        after = [line for other in tables[count + 1 : count + 1 + ROWS_READ] for line in other]
        top, head = find_head(table, spans or {}, named=named and not count, after=after[:ROWS_READ])
        carried = not head.cells and bool(before.cells) and before.fits(table, after)
        if carried:  # a row of few figures is one of the rows, and no title
            top = next((n for n, (_, row) in enumerate(table) if any(map(is_figure, list(filter(None, row))[1:]))), 0)
        for number, row in table[:top]:
            writer.part(f"{place}row {number + 1}")
            cells = tuple(Cell(text, number, column) for column, text in enumerate(row) if text)
            writer.paragraph(write_rows(Grid(cells))[0].text)
        own = before if carried else head
        for number, one in enumerate(_rows_below(own, _unnumbered(table[top:], own), spans or {})):
            writer.part(f"{place}row {one.number + 1}")
            writer.line(one.text, caption=one.caption, first=number == 0)
        before = head if head.cells else before


def _unnumbered(table: list[Line], head: Head) -> list[Line]:
    """The rows of a table without a first column that only tells them apart.

    That is one of figures that go up by one, without a name, or one of what a program made up, which is called so.
    """
    below = [row for number, row in table if number > head.last]
    first = min((column for row in below for column, text in enumerate(row) if text), default=0)
    told = [row[first] for row in below if row[first]]
    if not head.cells or len(told) < FEWEST_NUMBERED or len(told) < NEARLY_ALL * len(below):
        return table
    if any(first in cell.reach for cell in head.cells):
        tells_apart = bool(_KEY.fullmatch(head.names.get(first, ""))) and _are_made_up(told)
    else:
        tells_apart = _count_up(told)
    if not tells_apart:
        return table
    return [(number, [*row[:first], "", *row[first + 1 :]] if number > head.last else row) for number, row in table]


def _count_up(told: Sequence[str]) -> bool:
    return all(map(str.isdecimal, told)) and all(int(b) == int(a) + 1 for a, b in pairwise(told))


def _are_made_up(told: Sequence[str]) -> bool:
    """Whether these are identifiers that programs make up, each of another row: nobody asks for a row by its own."""
    return len(set(told)) == len(told) and all(map(_MADE_UP.fullmatch, told))


def _rows_below(head: Head, table: Sequence[Line], spans: Spans) -> list[Row]:
    """The rows of a table below its head, which may be that of a table above it.

    What stands in a joined cell is told with each row that it reaches down to, and with each time that it reaches over.
    """
    if head.last == table[-1][0]:
        return [Row(DIVIDER.join(filter(None, row)), True, number) for number, row in table]
    below = {number: row for number, row in table if number > head.last}
    left = min((column for row in below.values() for column, text in enumerate(row) if text), default=0)
    meant = rows_meant(below, left) if left in head.names else {}
    meant = {number: height for number, height in meant.items() if (number, left) not in spans}
    cells = [
        Cell(row[column], number, one, max(height, meant.get(number, 1) if column == left else 1))
        for number, row in below.items()
        for column, text in enumerate(row)
        if text
        for one, height in _told_at(number, column, below, spans, head.names)
    ]
    grid = Grid((*head.cells, *cells))
    if head.cells and all(cell.column > left for cell in head.cells):  # names of groups are looked for in column 0
        grid = Grid(tuple(replace(cell, column=cell.column - left) for cell in grid.cells))
    rows = write_rows(grid, len({cell.row for cell in head.cells}) or None)
    # Told with the numbers in it that name no column.
    told = {number: DIVIDER.join(filter(None, row)) for number, row in table if number <= head.last}
    own = {number for number, _ in table}  # no row that only joined cells reach down to
    return [replace(one, text=told.get(one.number, one.text)) for one in rows if one.number in own]


def _told_at(
    number: int, column: int, rows: Mapping[int, Sequence[str]], spans: Spans, names: Mapping[int, str]
) -> Iterator[tuple[int, int]]:
    """The columns in which a cell is told, and for how many rows: it and, of no sum, what it is joined with and empty.

    Beside others it is told for each time that it reaches over; alone, it may be a sum, or the name of rows.
    """
    row = rows[number]
    down, across = (
        (1, 1) if is_figure(row[column]) and not _DAY.match(row[column]) else spans.get((number, column), (1, 1))
    )
    height = 1
    while height < down and number + height in rows and not rows[number + height][column]:
        height += 1
    others = range(column, column + across)
    times = all(kind_of(names.get(one, "")) in TIMES for one in others) and not any(row[column + 1 : column + across])
    beside = [text for one, text in enumerate(row) if text and one not in others]
    told = len(beside) > 1 or any(kind_of(text) in TIMES for text in beside)
    yield from ((one, height) for one in (others if times and told else (column,)))
