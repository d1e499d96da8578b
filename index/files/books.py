"""Books (EPUB) and RTF."""

import posixpath
import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import unquote

from index.files.extract import Extract, FormatError
from index.files.markup.cards import rank_below_title
from index.files.markup.page_parts import leads_only
from index.files.markup.pages import parse_html, text_of
from index.files.office import open_archive, parse_xml
from index.files.signs import SIGNS
from index.files.structure import read_blocks
from index.files.tables.cells import Cell
from index.files.tables.rows import Grid
from index.files.titles import is_told
from index.files.writing import Writer
from index.types import Block

if TYPE_CHECKING:
    from lxml import etree

_CELL_END = re.compile(r"\\par(\s*\}*\s*)\\cell\b")  # where a line ends with its cell

PAGE = "application/xhtml+xml"  #: what a book calls its pages


def _names(text: str) -> set[str]:
    """The names that a text has, in whichever order."""
    return set(re.findall(r"\w+", text.casefold()))


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
        told = {
            name: " ".join((package.findtext(f".//{{http://purl.org/dc/elements/1.1/}}{tag}") or "").split())
            for name, tag in (("title", "title"), ("author", "creator"), ("date", "date"), ("publisher", "publisher"))
        }
        pages: list[tuple[str, Sequence[Block]]] = []
        for href in _pages(package):
            name = posixpath.normpath(posixpath.join(folder, href))
            if name in names and not leads_only(page := parse_html(archive.read(name))):
                rank_below_title(page)
                pages.append(text_of(page, part=True))
        writer = Writer()
        if is_told(told["author"]) and not any(_names(told["author"]) <= _names(text) for text, _ in pages):
            writer.line(f"by {told['author']}")  # as on a title page
        for text, blocks in pages:
            if text.strip():
                writer.add(text, blocks)
    return writer.extract(told["title"], {**told, "date": told["date"][:10]}.items())


def _pages(package: "etree._Element") -> list[str]:
    """The names of a book's pages in the order in which it is read, and then of those that only others lead to."""
    items = {item.get("id", ""): item for item in package.iterfind(".//{*}manifest/{*}item")}
    spine = [(one.get("idref", ""), one.get("linear")) for one in package.iterfind(".//{*}spine/{*}itemref")]
    others = [name for name, item in items.items() if item.get("media-type") == PAGE and not item.get("properties")]
    named = {name for name, _ in spine}
    read = [name for name, linear in spine if linear != "no"] + [name for name in others if name not in named]
    return [unquote(items[name].get("href", "")) for name in read if name in items]


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
