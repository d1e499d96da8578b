"""Writes the trial's documents into a folder: plain ones as they are, the others from their plain form."""

import shutil
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from itertools import groupby
from pathlib import Path

import docx
import openpyxl
import pptx
from pptx.util import Inches
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, ListFlowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.trial.pieces import Piece, read_pieces

SOURCES = Path(__file__).parent / "sources"
WIDTH = A4[0] - 120  #: points between the margins of a page of a PDF
TOP = ("VALIGN", (0, 0), (-1, -1), "TOP")
STYLES = getSampleStyleSheet()
WRITTEN = datetime(2026, 5, 4)  # the libraries' templates would give a date of long ago


def write_documents(folder: Path) -> list[Path]:
    """Write all documents of the trial into `folder`; a source `lease.docx.md` becomes `lease.docx`."""
    written = []
    for source in sorted(SOURCES.iterdir()):
        target = folder / source.name
        kind = Path(source.stem).suffix
        if kind in WRITERS:
            target = folder / source.stem
            WRITERS[kind](target, read_pieces(source.read_text(encoding="utf-8")))
        else:
            shutil.copyfile(source, target)
        written.append(target)
    return written


def write_word(path: Path, pieces: Sequence[Piece]) -> None:
    document = docx.Document()
    styles = {"items": "List Bullet", "steps": "List Number"}
    for piece in pieces:
        if piece.rows:
            table = document.add_table(len(piece.rows), len(piece.rows[0]), "Table Grid")
            for cells, row in zip(table.rows, piece.rows, strict=True):
                for cell, text in zip(cells.cells, row, strict=True):
                    cell.text = text
        elif piece.kind in ("title", "section"):
            document.add_heading(piece.text, 0 if piece.kind == "title" else 1)
        else:
            for line in piece.lines:
                document.add_paragraph(line, styles.get(piece.kind))
    document.core_properties.created = WRITTEN
    document.save(str(path))


def write_sheets(path: Path, pieces: Sequence[Piece]) -> None:
    """A sheet for each section; the title stands above the first one's table."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    above = ""
    for piece in pieces:
        if piece.kind == "title":
            above = piece.text
        elif piece.kind == "section":
            sheet = book.create_sheet(piece.text)
            if above:
                sheet.append([above])
                sheet.append([])
            above = ""
        else:
            for row in piece.rows:
                sheet.append([_value(cell) for cell in row])
    book.properties.creator, book.properties.created = "", WRITTEN
    book.save(path)


def _value(cell: str) -> str | float | int:
    for number in (int, float):
        try:
            return number(cell)
        except ValueError:
            continue
    return cell


def write_slides(path: Path, pieces: Sequence[Piece]) -> None:
    """A slide for each section, with its list or table; the first with title and subtitle."""
    show = pptx.Presentation()
    for piece in pieces:
        if piece.kind == "title":
            slide = show.slides.add_slide(show.slide_layouts[0])
            slide.shapes.title.text = piece.text
        elif piece.kind == "section":
            slide = None
            heading = piece.text
        elif piece.rows:
            slide = show.slides.add_slide(show.slide_layouts[5])
            slide.shapes.title.text = heading
            size = len(piece.rows), len(piece.rows[0])
            table = slide.shapes.add_table(*size, Inches(0.7), Inches(1.8), Inches(8.5), Inches(3)).table
            for number, row in enumerate(piece.rows):
                for place, text in enumerate(row):
                    table.cell(number, place).text = text
        elif slide is None:
            slide = show.slides.add_slide(show.slide_layouts[1])
            slide.shapes.title.text = heading
            slide.placeholders[1].text = "\n".join(piece.lines)
        else:
            slide.placeholders[1].text = piece.text
    show.core_properties.created = WRITTEN
    show.save(str(path))


def write_pdf(path: Path, pieces: Sequence[Piece]) -> None:
    """Forms have no lines; tables of up to three columns one below the head row, as many have; wider ones a grid."""
    headings = {"title": "Title", "section": "Heading2", "text": "BodyText"}
    story: list[Flowable] = []
    for piece in pieces:
        if piece.kind == "form":
            widths = [WIDTH * share for share in (0.22, 0.28, 0.25, 0.25)]
            story += [Table(_wrapped(piece.rows), colWidths=widths, style=[TOP]), Spacer(1, 8)]
        elif piece.kind == "table":
            columns = len(piece.rows[0])
            lines = ("LINEBELOW", (0, 0), (-1, 0)) if columns <= 3 else ("GRID", (0, 0), (-1, -1))
            style = [TOP, (*lines, 0.5, colors.black)]
            story += [Table(_wrapped(piece.rows), colWidths=[WIDTH / columns] * columns, style=style), Spacer(1, 8)]
        elif piece.kind in headings:
            story.append(Paragraph(escape(piece.text), STYLES[headings[piece.kind]]))
        else:
            items = [Paragraph(escape(line), STYLES["BodyText"]) for line in piece.lines]
            story.append(ListFlowable(items, bulletType="bullet" if piece.kind == "items" else "1"))
    SimpleDocTemplate(str(path), pagesize=A4, leftMargin=60, rightMargin=60, title=pieces[0].text).build(story)


def _wrapped(rows: Sequence[Sequence[str]]) -> list[list[Paragraph]]:
    return [[Paragraph(escape(cell), STYLES["Normal"]) for cell in row] for row in rows]


def write_book(path: Path, pieces: Sequence[Piece]) -> None:
    """An EPUB with a chapter for what precedes the first section, and one for each section."""
    title = pieces[0].text
    numbers = []
    for piece in pieces:
        numbers.append((numbers[-1] if numbers else 0) + (piece.kind == "section"))
    grouped = groupby(zip(numbers, pieces, strict=True), key=lambda one: one[0])
    chapters = ["".join(_html(piece) for _, piece in group) for _, group in grouped]
    names = [f"chapter-{number}.xhtml" for number in range(len(chapters))]
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names)
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(names)))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr(
            "META-INF/container.xml",
            '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        )
        archive.writestr(
            "book.opf",
            '<package version="3.0" xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<metadata><dc:title>{escape(title)}</dc:title><dc:language>en</dc:language></metadata>"
            f"<manifest>{items}</manifest><spine>{order}</spine></package>",
        )
        for name, chapter in zip(names, chapters, strict=True):
            archive.writestr(name, f'<html xmlns="http://www.w3.org/1999/xhtml"><body>{chapter}</body></html>')


def _html(piece: Piece) -> str:
    if piece.kind in ("items", "steps"):
        tag = "ul" if piece.kind == "items" else "ol"
        return f"<{tag}>{''.join(f'<li>{escape(line)}</li>' for line in piece.lines)}</{tag}>"
    tag = {"title": "h1", "section": "h2"}.get(piece.kind, "p")
    return f"<{tag}>{escape(piece.text)}</{tag}>"


WRITERS: Mapping[str, Callable[[Path, Sequence[Piece]], None]] = {
    ".docx": write_word,
    ".xlsx": write_sheets,
    ".pptx": write_slides,
    ".pdf": write_pdf,
    ".epub": write_book,
}
