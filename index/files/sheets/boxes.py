"""What stands over the cells of a sheet: text boxes, of Excel alone, and notes on single cells."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from index.files.extract import FormatError
from index.files.office import parse_xml
from index.files.sheets.open_cells import notes_in_open

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

#: What Excel puts before a comment, for programs that know notes only.
_THREADED = re.compile(r"\A\[Threaded comment\].*?\bComment:\s*", re.S)

#: What reading a part of a file that is damaged may raise.
DAMAGED = (zipfile.BadZipFile, etree.XMLSyntaxError, FormatError, KeyError, ValueError)


@dataclass(frozen=True, slots=True)
class Overlay:
    """What stands over the cells of a sheet."""

    boxes: tuple[str, ...] = ()  #: of text, from top to bottom; lines are paragraphs
    notes: tuple[tuple[str, str], ...] = ()  #: names of cells, such as `B2`, with what is noted on them


def over_cells(data: bytes) -> dict[str, Overlay]:
    """By the name of each sheet what stands over its cells; nothing of a part that is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "xl/workbook.xml" not in archive.namelist():
                return {name: Overlay(notes=tuple(notes)) for name, notes in notes_in_open(data).items() if notes}
            over = {name: _over(archive, place) for name, place in sheet_parts(archive)}
    except DAMAGED:
        return {}
    return {name: found for name, found in over.items() if found.boxes or found.notes}


def _over(archive: zipfile.ZipFile, place: str) -> Overlay:
    """What stands over the cells of the sheet at this place."""
    boxes, notes = list[str](), list[tuple[str, str]]()
    with suppress(*DAMAGED):
        for kind, part in relations(archive, place).values():
            with suppress(*DAMAGED):
                if kind == "drawing":
                    boxes += _boxes(archive, part)
                elif kind == "comments":
                    notes += _notes(archive, part)
    return Overlay(tuple(boxes), tuple(notes))


def sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The names of the sheets, and where in the archive each is."""
    root = parse_xml(archive.read("xl/workbook.xml"))
    parts = relations(archive, "xl/workbook.xml")
    for sheet in root.iterfind(".//{*}sheet"):
        ids = (value for key, value in sheet.items() if key.endswith("}id"))
        if part := next(filter(None, map(parts.get, ids)), None):
            yield sheet.get("name", ""), part[1]


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """By their ids, the kinds of the parts that one refers to, and where they are."""
    folder, name = posixpath.split(part)
    told = f"{folder}/_rels/{name}.rels"
    if told not in archive.namelist():
        return {}
    inside = (one for one in parse_xml(archive.read(told)) if one.get("TargetMode") != "External")
    return {
        one.get("Id", ""): (
            one.get("Type", "").rsplit("/", 1)[-1],
            posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in inside
    }


def _boxes(archive: zipfile.ZipFile, part: str) -> Iterator[str]:
    """The texts of the shapes of a drawing, in the order in which a sheet is read."""
    anchors = list(parse_xml(archive.read(part)))
    for anchor in sorted(anchors, key=_row_and_column):
        for body in anchor.iterfind(".//{*}txBody"):
            lines = ("".join(one.text or "" for one in line.iterfind(".//{*}t")) for line in body.iterfind("{*}p"))
            if text := "\n".join(filter(None, (" ".join(line.split()) for line in lines))):
                yield text


def _row_and_column(anchor: "Element") -> tuple[int, int]:
    row, column = (anchor.findtext(f"{{*}}from/{{*}}{name}", "0") for name in ("row", "col"))
    return int(row), int(column)


def _notes(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    for note in parse_xml(archive.read(part)).iterfind(".//{*}comment"):
        text = "".join(one.text or "" for one in note.iterfind(".//{*}t"))
        if text := " ".join(_THREADED.sub("", text).split()):
            yield note.get("ref", ""), text
