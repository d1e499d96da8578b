"""Books (EPUB), RTF and notebooks."""

import json
import posixpath
import re
from itertools import groupby
from urllib.parse import unquote

from index.files.cells import Cell
from index.files.extract import Extract, FormatError
from index.files.markup import page_text
from index.files.office import open_archive, parse_xml
from index.files.rows import Grid
from index.files.signs import SIGNS
from index.files.structure import read_blocks
from index.files.text import decode
from index.files.writing import Writer

_CELL_END = re.compile(r"\\par(\s*\}*\s*)\\cell\b")  # where a line ends with its cell

LONGEST_OUTPUT = 4000  #: characters of what a notebook's cell printed


def read_book(data: bytes) -> Extract:
    """The chapters of an EPUB file. Raises FormatError if it is damaged, or protected."""
    with open_archive(data, ".epub") as archive:
        names = set(archive.namelist())
        if "META-INF/container.xml" not in names:
            raise FormatError("is no EPUB book, whatever its name says")
        if "META-INF/rights.xml" in names:
            raise FormatError("is protected by its seller (DRM); only a copy without can be read")
        rootfile = parse_xml(archive.read("META-INF/container.xml")).find(".//{*}rootfile")
        package_name = rootfile.get("full-path", "") if rootfile is not None else ""
        if package_name not in names:
            raise FormatError("is damaged (it does not say what it consists of)")
        package = parse_xml(archive.read(package_name))
        folder = posixpath.dirname(package_name)
        items = {item.get("id"): unquote(item.get("href", "")) for item in package.iterfind(".//{*}manifest/{*}item")}
        writer = Writer()
        for reference in package.iterfind(".//{*}spine/{*}itemref"):
            name = posixpath.normpath(posixpath.join(folder, items.get(reference.get("idref"), "")))
            if name in names and reference.get("linear") != "no":
                text, blocks = page_text(archive.read(name), part=True)
                if text.strip():
                    writer.add(text, blocks)
        told = {
            name: " ".join((package.findtext(f".//{{http://purl.org/dc/elements/1.1/}}{tag}") or "").split())
            for name, tag in (("title", "title"), ("author", "creator"), ("date", "date"), ("publisher", "publisher"))
        }
    return writer.extract(told["title"], {**told, "date": told["date"][:10]}.items())


def read_rtf(data: bytes) -> Extract:
    """The text of an RTF file. Raises FormatError if it is none."""
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise FormatError("is no RTF file, whatever its name says")
    try:
        plain = _CELL_END.sub(r"\1\\cell", data.decode("latin-1"))
        text = rtf_to_text(plain, errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:  # whatever a damaged file may lead to
        raise FormatError(f"is damaged ({type(error).__name__}); save it as RTF again") from None
    writer = Writer()
    lines = [[" ".join(cell.split()) for cell in line.split("|")] for line in text.translate(SIGNS).splitlines()]
    # A cell ends with the sign, also the last one of a row; in a line of text it may stand, too.
    for is_row, run in groupby(lines, lambda cells: not cells[-1] and sum(map(bool, cells)) > 1):
        if is_row:
            rows = enumerate(run)
            cells = (Cell(text, number, column) for number, row in rows for column, text in enumerate(row) if text)
            writer.grid(Grid(tuple(cells)))
            continue
        for line in (" | ".join(filter(None, cells)) for cells in run if any(cells)):
            writer.add(line, read_blocks(line, markdown=False))
    return writer.extract()


def read_notebook(data: bytes) -> Extract:
    """The texts, the code and the printed results of a Jupyter notebook. Raises FormatError if it is damaged."""
    text, _ = decode(data)
    try:
        book = json.loads(text)
        cells = book["cells"] if "cells" in book else [cell for sheet in book["worksheets"] for cell in sheet["cells"]]
        writer = Writer()
        for number, cell in enumerate(cells, start=1):
            source = _whole(cell.get("source", cell.get("input", ""))).strip()
            writer.part(f"cell {number}")
            if cell["cell_type"] in ("markdown", "raw", "heading") and source:
                writer.add(source, read_blocks(source, markdown=True, part=True))
            elif source:
                _lines(writer, source)
                _lines(writer, "\n".join(map(_output, cell.get("outputs", []))))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FormatError(f"is damaged, or no notebook ({type(error).__name__}); save it again") from None
    return writer.extract()


def _whole(source: str | list[str]) -> str:
    return source if isinstance(source, str) else "".join(source)


def _output(output: dict[str, object]) -> str:
    data = output.get("data")
    told = output.get("text") or (data.get("text/plain") if isinstance(data, dict) else "")
    return re.sub(r"\x1b\[[0-9;]*m", "", _whole(told or ""))[:LONGEST_OUTPUT]  # type: ignore[arg-type]


def _lines(writer: Writer, text: str) -> None:
    for number, line in enumerate(filter(str.strip, text.splitlines())):
        writer.line(line, first=number == 0)
