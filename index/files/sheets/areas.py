"""Which cells of a sheet its Excel file itself calls tables: tables with a name, and pivot tables."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO

from index.files.office import parse_xml
from index.files.sheets.boxes import DAMAGED, relations, sheet_parts

FEWEST = 2  #: tables of a sheet; the only one is what the sheet is
MOST_TITLES = 2  #: rows right above a table, that say what it is

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """Rows and columns of a sheet, from 0 and half-open."""

    top: int
    left: int
    bottom: int
    right: int
    headed: bool = False  #: whether its first row is known to name its columns, and no other

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in it."""
        return self.top <= row < self.bottom and self.left <= column < self.right


def areas_of(data: bytes) -> dict[str, list[Area]]:
    """By the name of each sheet that has several its tables, from top to bottom; none of a part that is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return {}
            areas = {name: sorted(_areas(archive, place)) for name, place in sheet_parts(archive)}
    except DAMAGED:
        return {}
    return {name: found for name, found in areas.items() if len(found) >= FEWEST}


def _areas(archive: zipfile.ZipFile, place: str) -> Iterator[Area]:
    for kind, part in relations(archive, place).values():
        with suppress(*DAMAGED):
            root = parse_xml(archive.read(part)) if kind in ("table", "pivotTable") else None
            told = root if kind == "table" or root is None else root.find("{*}location")
            if told is not None and (found := _REFERENCE.fullmatch(told.get("ref", ""))):
                left, top, right, bottom = found.groups()
                headed = told.get("firstDataRow", "1") == "1" and told.get("headerRowCount") != "0"
                yield Area(int(top) - 1, _number(left), int(bottom), _number(right) + 1, headed)


def _number(letters: str) -> int:
    """Of a column, from 0."""
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def apart(rows: Sequence[Sequence[str]], areas: Sequence[Area]) -> Iterator[tuple[list[list[str]], bool]]:
    """The cells of a sheet that stand in none of its areas, and those of each area with the rows that title it.

    Each with all rows and columns of the sheet, so that a cell stays where it is, and with whether its first row is
    known to name its columns.
    """
    titled = [_titled(rows, area, areas) for area in areas]
    outside = [
        ["" if any(area.holds(at, column) for area in titled) else cell for column, cell in enumerate(row)]
        for at, row in enumerate(rows)
    ]
    yield outside, False
    for area in titled:
        inside = [["" for _ in row] for row in rows]
        for at in range(area.top, min(area.bottom, len(rows))):
            inside[at][area.left : area.right] = rows[at][area.left : area.right]
        yield inside, area.headed


def _titled(rows: Sequence[Sequence[str]], area: Area, others: Sequence[Area]) -> Area:
    """An area with the rows right above it in which something stands over it alone."""
    top = area.top
    while top > 0 and area.top - top < MOST_TITLES:
        above = [area.left + at for at, cell in enumerate(rows[top - 1][area.left : area.right]) if cell]
        if not above or any(other.holds(top - 1, column) for other in others for column in above):
            break
        top -= 1
    return replace(area, top=top, headed=area.headed and top == area.top)
