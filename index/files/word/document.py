"""Word documents as Markdown, by way of HTML; what is set off as a heading or a table's header is marked as one."""

import re
import zipfile
from collections.abc import Iterator
from html import escape
from io import BytesIO

from lxml import etree

from index.files.extract import Extract, FormatError
from index.files.markup.pages import parse_html, to_markdown
from index.files.office import office_facts, open_archive, parse_xml, said_at_edge
from index.files.tabbed import part_by_tabs
from index.files.word.clauses import mark_clauses
from index.files.word.headings import MAP, mark_headings
from index.files.word.math import write_equations
from index.files.word.numbers import mark_numbers, tell_numbers
from index.files.word.xml import W, ancestry, based_on, first_child, is_on

_STYLES = f"p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh\n{MAP}"
_TEXT, _LOOKS, _NUMBERS = "word/document.xml", "word/styles.xml", "word/numbering.xml"
_EDGES = re.compile(r"word/(?:header|footer)\d*\.xml")
_COUNTS = re.compile(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BOX = f"{W}txbxContent"
_FIRST_ROW = 0x20  #: of what older files say of a table's look


def read_word(data: bytes) -> Extract:
    """The text of a Word document. Raises FormatError if it is damaged or has none."""
    import mammoth

    open_archive(data, ".docx").close()
    try:
        facts = office_facts(data)
        images = mammoth.images.img_element(_nothing)
        html = mammoth.convert_to_html(BytesIO(_as_shown(data)), style_map=_STYLES, convert_image=images).value
        edges = [escape(line, quote=False) for line in _said_at_edges(data)]
        html += "".join(f"<p>{line}</p>" for line in edges if line not in html)
        soup = parse_html(html)
        tell_numbers(soup)
        part_by_tabs(soup)
        text, blocks = to_markdown(soup)
    except Exception as error:  # whatever a damaged archive may lead to
        raise FormatError(
            f"is damaged, or no Word document of today’s kind ({error}); save it as .docx again"
        ) from None
    if not text.strip():
        raise FormatError("is empty; put text into it or take it away")
    return Extract(text, facts=facts, blocks=blocks)


def _said_at_edges(data: bytes) -> list[str]:
    """What headers and footers say, once each, but for the numbers of pages."""
    said: dict[str, None] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in filter(_EDGES.fullmatch, archive.namelist()):
            try:
                paragraphs = list(parse_xml(archive.read(name)).iter(f"{W}p"))
            except (etree.XMLSyntaxError, FormatError):
                continue  # the text can be read without it
            for paragraph in paragraphs:
                words = said_at_edge("".join(_runs(paragraph)))
                said |= {words: None} if words else {}
    return list(said)


def _runs(paragraph: "etree._Element") -> Iterator[str]:
    """The text of a paragraph without the numbers of pages, and what boxes on it say in paragraphs of their own."""
    fields: list[str] = []  # the instructions of those that it is within
    for element in paragraph.iter(*(f"{W}{name}" for name in ("t", "tab", "br", "cr", "fldChar", "instrText"))):
        above = list(element.iterancestors())
        if next(one for one in above if one.tag == f"{W}p") is not paragraph:
            continue
        if any(one.tag.endswith("}Fallback") for one in above):  # the same again, for older programs
            continue
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            fields.append("")
        elif kind == "end" and fields:
            fields.pop()
        elif element.tag == f"{W}instrText" and fields:
            fields[-1] += element.text or ""
        elif element.tag not in (f"{W}fldChar", f"{W}instrText"):
            simple = (one.get(f"{W}instr", "") for one in above if one.tag == f"{W}fldSimple")
            if not any(map(_COUNTS.search, (*fields, *simple))):
                yield element.text or " "


def _nothing(image: object) -> dict[str, str]:
    return {"src": ""}


def _as_shown(data: bytes) -> bytes:
    """The document with marks at what its readers see as heads: lines in other letters, first rows of a style.

    The texts of all boxes and equations stand where mammoth reads them, and paragraphs have their numbers.
    """
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = set(archive.namelist())
        if _TEXT not in names:
            return data
        styles = parse_xml(archive.read(_LOOKS)) if _LOOKS in names else None
        root = parse_xml(archive.read(_TEXT))
        changed = [
            mark_headings(root, styles),
            _mark_first_rows(root, styles),
            _show_boxes(root),
            write_equations(root),
        ]
        if _NUMBERS in names:
            changed.append(mark_numbers(root, parse_xml(archive.read(_NUMBERS)), styles))
        changed.append(mark_clauses(root, styles))
        if not any(changed):
            return data
        made = BytesIO()
        with zipfile.ZipFile(made, "w") as marked:
            for entry in archive.infolist():
                text = etree.tostring(root) if entry.filename == _TEXT else archive.read(entry)
                marked.writestr(entry, text)
    return made.getvalue()


def _show_boxes(root: "etree._Element") -> bool:
    """Tell older programs, and mammoth, what boxes say that have but a picture for them; whether there are any."""
    shown = False
    for drawn in root.iter(f"{_MC}AlternateContent"):
        older = drawn.find(f"{_MC}Fallback")
        boxes = list(drawn.iterfind(f"{_MC}Choice//{_BOX}"))
        if boxes and older is not None and older.find(f".//{_BOX}") is None:
            outer = [box for box in boxes if not any(one in boxes for one in box.iterancestors(_BOX))]
            etree.SubElement(older, f"{W}pict").extend(outer)
            shown = True
    return shown


def _mark_first_rows(root: "etree._Element", styles: "etree._Element | None") -> bool:
    """Mark first rows that their tables' styles set off, which Word itself shows as headers; whether there are any."""
    named = _set_off(styles) if styles is not None else set[str]()
    tables = [table for table in root.iter(f"{W}tbl") if named and _shows_head(table, named)]
    for table in tables:
        row = table.find(f"{W}tr")
        if row is not None:
            etree.SubElement(first_child(row, "trPr"), f"{W}tblHeader")
    return bool(tables)


def _set_off(styles: "etree._Element") -> set[str]:
    """The table styles, by id, in which the first row is bold or shaded, by themselves or by what they are based on."""
    based: dict[str, str] = {}
    bold = set[str]()
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        based[name] = based_on(style)
        for part in style.iter(f"{W}tblStylePr"):
            marks = (*part.iter(f"{W}b"), *part.iter(f"{W}shd"))
            if part.get(f"{W}type") == "firstRow" and any(map(is_on, marks)):
                bold.add(name)
    return {name for name in based if not bold.isdisjoint(ancestry(name, based))}


def _shows_head(table: "etree._Element", styles: set[str]) -> bool:
    style, look = table.find(f"{W}tblPr/{W}tblStyle"), table.find(f"{W}tblPr/{W}tblLook")
    if style is None or look is None or style.get(f"{W}val") not in styles:
        return False
    told = look.get(f"{W}firstRow")
    return told in ("1", "true", "on") if told else bool(int(look.get(f"{W}val") or "0", 16) & _FIRST_ROW)
