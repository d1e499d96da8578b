"""What the cells of an OpenDocument sheet show that their values do not tell, and what is noted on them."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from index.files.office import parse_xml
from index.files.sheets.shown import Figure, Texts, hours, in_digits, month

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_Cells = Iterator[tuple[int, int, "Element"]]
_FIGURE = re.compile(r"(?P<before>\D*)(?P<number>\d(?:[\d.,'’\s]*\d)?)(?P<after>\D*)")
_MONTH = re.compile(r"(?P<name>[A-Za-z]{3,9})\W+(?P<year>\d\d(?:\d\d)?)")
_LASTS = re.compile(r"PT(?P<hours>\d+)H(?P<minutes>\d+)M(?P<seconds>\d+)(?:[.,]\d+)?S")
_DAY = 24  #: hours, up to which a time may be one of the day
_MOST_DECIMALS = 6
_NO_TEXT = ("annotation", "ruby-text")


def shown_in_open(data: bytes) -> dict[str, Texts]:
    """By sheet the texts of cells of an OpenDocument file that show more than their values tell."""
    return {name: {(row, column): text for row, column, text in _shown(cells)} for name, cells in _sheets(data)}


def notes_in_open(data: bytes) -> dict[str, list[tuple[str, str]]]:
    """By sheet the names of cells, such as `B2`, with what is noted on them."""
    return {name: [found for cell in cells for found in _notes(*cell)] for name, cells in _sheets(data)}


def _sheets(data: bytes) -> Iterator[tuple[str, _Cells]]:
    """The names of the sheets, and the cells of each; nothing of another file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if "content.xml" not in archive.namelist():
            return
        root = parse_xml(archive.read("content.xml"))
    for sheet in root.iterfind(".//{*}spreadsheet/{*}table"):
        yield _told(sheet, "name"), _cells(sheet)


def _cells(sheet: "Element") -> _Cells:
    """The cells of a sheet that hold something, each with its row and column, from 0; repeated ones each time."""
    row = 0
    for line in sheet.iter("{*}table-row"):
        rows, column = int(_told(line, "number-rows-repeated") or 1), 0
        for cell in line.iterfind("*"):
            columns = int(_told(cell, "number-columns-repeated") or 1)
            if len(cell) and "".join(cell.itertext()).strip():
                yield from ((row + down, column + right, cell) for down in range(rows) for right in range(columns))
            column += columns
        row += rows


def _shown(cells: _Cells) -> Iterator[tuple[int, int, str]]:
    for row, column, cell in cells:
        if text := _text(cell):
            yield row, column, text


def _text(cell: "Element") -> str:
    """What a cell shows, in English; empty where its value tells as much, or what it shows is not that value."""
    kind, written = _told(cell, "value-type"), " ".join(" ".join(map(_said, cell.iterfind("{*}p"))).split())
    if kind == "string":
        return written if cell.find(".//{*}line-break") is not None else ""
    if kind == "date":
        return _as_month(written, _told(cell, "date-value"))
    if kind == "time" and (found := _LASTS.fullmatch(_told(cell, "time-value"))):
        lasts = timedelta(**{unit: int(value) for unit, value in found.groupdict().items()})
        return hours(lasts, seconds=written.count(":") > 1) if int(found["hours"]) >= _DAY else ""
    try:
        return _as_figure(written, float(_told(cell, "value"))) if written else ""
    except ValueError:
        return ""


def _as_figure(written: str, value: float) -> str:
    found = _FIGURE.fullmatch(written)
    if not found:
        return ""
    if value < 0 and not re.search("[-−(]", found["before"]) and re.search(r"[^\W\d]", found["after"]):
        return ""  # "500.00 Cr" tells by its letters that it is below zero
    number, share = found["number"], found["after"].strip() == "%"
    if re.fullmatch(r"0\d+", written) and int(written) == value:
        return written
    digits = re.sub(r"\D", "", number)
    for decimals in range(min(_MOST_DECIMALS, len(digits) - 1) + 1):
        if in_digits(value, decimals, share=share).replace(".", "") == digits:
            whole = number[: len(number) - decimals - 1] if decimals else number
            before = found["before"].replace("−", "-")
            return Figure(before, found["after"], decimals, not whole.isdigit(), share).written(value)
    return ""


def _as_month(written: str, value: str) -> str:
    found = _MONTH.fullmatch(written)
    if not found:
        return ""
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return ""
    same = found["name"] in (f"{day:%b}", f"{day:%B}") and found["year"] in (f"{day:%y}", f"{day:%Y}")
    return month(day, full=found["name"] != f"{day:%b}") if same and value[10:] in ("", "T00:00:00") else ""


def _notes(row: int, column: int, cell: "Element") -> Iterator[tuple[str, str]]:
    for note in cell.iterfind("{*}annotation"):
        if text := " ".join(" ".join(map(_said, note.iterfind(".//{*}p"))).split()):
            yield f"{_letters(column)}{row + 1}", text


def _letters(column: int) -> str:
    """What a column, from 0, is called: A, Z, AA."""
    before, last = divmod(column, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _said(element: "Element") -> str:
    """The text of a paragraph, with a space for each break and tab."""
    pieces = [element.text or ""]
    for child in element:
        kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
        if kind in ("line-break", "tab", "s"):
            pieces.append(" ")
        elif kind and kind not in _NO_TEXT:
            pieces.append(_said(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def _told(element: "Element", name: str) -> str:
    """What an attribute says, whichever its namespace; empty if there is none."""
    return next((value for own, value in element.items() if own.rpartition("}")[2] == name), "")
