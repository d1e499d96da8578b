"""Presentations: each slide with its title, its texts and tables, and its notes."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from index.files.extract import Extract, FormatError
from index.files.office import office_facts, open_archive, parse_xml
from index.files.slide_lists import paragraphs_of, unmarked
from index.files.tables.cells import Cell
from index.files.tables.rows import Grid
from index.files.writing import Writer


def read_slides(data: bytes) -> Extract:
    """The slides of a PowerPoint file. Raises FormatError if it is damaged or locked."""
    from pptx.package import Package

    open_archive(data, ".pptx").close()
    writer = Writer()
    try:
        slides = Package.open(BytesIO(data)).main_document_part.presentation.slides  # of shows and templates, too
        for number, slide in enumerate(slides, start=1):
            writer.part(f"slide {number}")
            _write(writer, slide)
    except Exception as error:  # whatever a damaged archive may lead to
        raise FormatError(f"is damaged, or no presentation ({error}); save it as .pptx again") from None
    facts = office_facts(data)
    return writer.extract(facts=facts)


def _write(writer: Writer, slide: Any) -> None:
    title = slide.shapes.title
    if title is not None and title.has_text_frame and title.text.strip():
        writer.heading(title.text)
    for shape in _shapes(slide.shapes):
        if (title is not None and shape.shape_id == title.shape_id) or _is_number(shape):
            continue
        if getattr(shape, "has_table", False):
            writer.grid(_grid(shape.table))
        else:
            for text in paragraphs_of(shape) if shape.has_text_frame else unmarked(_diagram(shape)):
                writer.paragraph(text)
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) and notes.text.strip():
        writer.paragraph(f"Notes: {notes.text.strip()}")


def _is_number(shape: Any) -> bool:
    """Whether a shape only holds the number of its slide."""
    from pptx.enum.shapes import PP_PLACEHOLDER

    return bool(shape.is_placeholder and shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER)


def _shapes(shapes: Iterable[Any]) -> Iterator[Any]:
    """The shapes of a slide and those in its groups, as they are read: from top to bottom."""
    for shape in sorted(shapes, key=lambda one: (one.top or 0, one.left or 0)):
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        else:
            yield shape


def _diagram(shape: Any) -> list[str]:
    """What the boxes of a diagram (SmartArt) say, in their order; nothing if the shape is none."""
    ids = shape.element.find(".//{*}graphicData/{*}relIds")
    told_in = next((value for name, value in ids.items() if name.endswith("}dm")), "") if ids is not None else ""
    if told_in not in shape.part.rels:
        return []
    told = parse_xml(shape.part.related_part(told_in).blob)
    boxes = (box for box in told.iterfind(".//{*}pt") if box.get("type", "node") == "node")
    told = ("".join(part.text or "" for part in box.iterfind(".//{*}t")) for box in boxes)
    return [" ".join(text.split()) for text in told]


def _grid(table: Any) -> Grid:
    cells = []
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row.cells):
            if not cell.is_spanned:
                text = " ".join(cell.text.split())
                head = number == 0 and bool(table.first_row)
                height, width = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
                cells.append(Cell(text, number, column, height, width, head))
    return Grid(tuple(cells))
