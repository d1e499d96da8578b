"""The rows of reStructuredText's tables: drawn ones, those of values with commas, and those of lists."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest

_OPTION = re.compile(r":([\w-]+):\s*(.*)")
_BORDER = re.compile(r"=+(?: +=+)+")
_GRID_BORDER = re.compile(r"\+(?:[-=]+\+)+")
_ROW, _CELL = re.compile(r"\*\s+(-(?:\s.*)?)"), re.compile(r"-(?:\s+(.*))?")


@dataclass(frozen=True, slots=True)
class Table:
    """The cells of a table row by row."""

    rows: Sequence[Sequence[str]]
    heads: int  #: of the rows, which name columns


def options_of(lines: Sequence[str]) -> dict[str, str]:
    """What the lines below the first of a directive say of it."""
    found = (_OPTION.fullmatch(line.strip()) for line in lines)
    return {option[1]: option[2] for option in found if option}


def csv_table(options: dict[str, str], lines: Sequence[str]) -> Table | None:
    """The table of a `csv-table`; None if it cannot be read."""
    delimiter = {"tab": "\t", "space": " "}.get(options.get("delim", ","), options.get("delim", ","))
    try:
        told = csv.reader(
            (f"{line.strip()}\n" for line in [options.get("header", ""), *lines]),
            delimiter=delimiter,
            skipinitialspace=True,
        )
        rows = [[" ".join(cell.split()) for cell in row] for row in told if row]
    except (csv.Error, TypeError):  # of a delimiter of several letters
        return None
    return Table(rows, _number(options, "header-rows") + ("header" in options))


def list_table(options: dict[str, str], lines: Sequence[str]) -> Table | None:
    """The table of a `list-table`; None if its lines are no list of lists."""
    rows: list[list[str]] = []
    level = 0  # of indent, at which cells begin
    for line in lines:
        indent, said = len(line) - len(line.lstrip()), line.strip()
        if row := _ROW.fullmatch(said):
            level, said = indent + row.start(1), row[1]
            rows.append([])
            indent = level
        if not rows:
            return None
        cell = _CELL.fullmatch(said) if indent == level else None
        if cell:
            rows[-1].append(cell[1] or "")
        else:
            rows[-1][-1] = f"{rows[-1][-1]} {said}".strip()
    return Table(rows, _number(options, "header-rows"))


def drawn_table(lines: Sequence[str]) -> Table | None:
    """A table with its borders; None if this is none, or has cells that reach over several columns or rows."""
    indent = len(lines[0]) - len(lines[0].lstrip())
    lines = [line[indent:].rstrip() for line in lines]
    if _BORDER.fullmatch(lines[0]):
        return _simple(lines)
    return _grid(lines) if _GRID_BORDER.fullmatch(lines[0]) else None


def _simple(lines: Sequence[str]) -> Table | None:
    """A table between borders of `=`, whose rows are lines; what begins in a later column belongs to the row above."""
    border = lines[0]
    starts = [found.start() for found in re.finditer("=+", border)]
    borders = [number for number, line in enumerate(lines) if line == border]
    if len(borders) not in (2, 3) or borders[-1] != len(lines) - 1 or any(set(line) <= set("- ") for line in lines):
        return None
    rows: list[list[str]] = []
    for number, line in enumerate(lines):
        cells = [line[start:end].strip() for start, end in pairwise([*starts, len(line) + len(border)])]
        if any(start and line[start - 1 : start].strip() for start in starts) and number not in borders:
            return None
        if cells[0] and number not in borders:
            rows.append(cells)
        elif number not in borders:
            if not rows or number - 1 in borders:
                return None
            rows[-1] = [f"{above} {cell}".strip() for above, cell in zip(rows[-1], cells, strict=True)]
    return Table(rows, borders[1] - 1 if len(borders) == 3 else 0)


def _grid(lines: Sequence[str]) -> Table | None:
    """A table with borders of `+--+` around each of its cells."""
    width = lines[0].count("+") - 1
    places = {tuple(found.start() for found in re.finditer(r"\+", line)) for line in lines if line[:1] == "+"}
    if len(places) > 1 or any(not _GRID_BORDER.fullmatch(line) for line in lines if line[:1] == "+"):
        return None
    rows: list[list[str]] = []
    heads = 0
    for drawn, group in groupby(lines, lambda line: line[:1] == "+"):
        within = list(group)
        if drawn:
            heads = len(rows) if "=" in within[0] else heads
            continue
        cells = [line.strip("|").split("|") for line in within]
        if any(len(row) != width for row in cells):
            return None
        parts = zip_longest(*cells, fillvalue="")
        rows.append([" ".join(" ".join(part).split()) for part in parts])
    return Table(rows, heads)


def _number(options: dict[str, str], name: str) -> int:
    return int(options[name]) if options.get(name, "").isdecimal() else 0
