"""OpenDocument: texts and presentations, by way of HTML."""

import zipfile
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from typing import TYPE_CHECKING

from index.files.extract import Extract, FormatError
from index.files.markup.pages import page_text, parse_html, text_of
from index.files.office import office_facts, open_archive, parse_xml, said_at_edge
from index.files.open_numbers import mark_items
from index.files.tabbed import part_by_tabs
from index.files.word.numbers import BEGIN, tell_numbers
from index.files.word.xml import ancestry
from index.files.writing import Writer

if TYPE_CHECKING:
    from lxml import etree

MOST_REPEATED = 100  #: cells that are written where a file says that one is repeated

_TAGS = {"p": "p", "list": "ul", "list-item": "li", "table": "table", "table-row": "tr"}
_LEFT_OUT = {"tracked-changes", "annotation", "sequence-decls"}
_TITLE = "Title"  #: style, called so in every language
_COUNTS = ("page-number", "page-count")
_ON_EVERY_SLIDE = ("page-number", "date-time", "footer", "header", "page")  #: what a frame on it may be for
_CLASS = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}class"


@dataclass(frozen=True, slots=True)
class _Text:
    """What is known of a text while it is written as HTML."""

    titles: Set[str] = frozenset()  #: the styles of paragraphs that are the title of all
    notes: list[str] = field(default_factory=list)  #: as HTML, which stand below the paragraph that is written


def read_odt(data: bytes) -> Extract:
    """An OpenDocument text. Raises FormatError if it is damaged or locked."""
    content = _content(data, ".odt")
    body, styles = _body(content, "text", ".odt"), [content]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if "styles.xml" in archive.namelist():
            styles.append(parse_xml(archive.read("styles.xml")))
    mark_items(body, *styles)
    html = "".join(_html(body, _Text(_titles(styles))))
    edges = (escape(line) for line in _said_at_edges(styles))
    soup = parse_html(html + "".join(f"<p>{line}</p>" for line in edges if line not in html))
    tell_numbers(soup)
    part_by_tabs(soup)
    text, blocks = text_of(soup)
    return Extract(text, facts=office_facts(data), blocks=blocks)


def _titles(parts: list["etree._Element"]) -> Set[str]:
    """The styles of paragraphs that are that of titles, or are based on it."""
    styles = (style for part in parts for style in part.iter("{*}style") if _said(style, "family") == "paragraph")
    based = {_said(style, "name"): _said(style, "parent-style-name") for style in styles}
    return {_TITLE} | {name for name in based if _TITLE in ancestry(name, based)}


def _said_at_edges(parts: list["etree._Element"]) -> list[str]:
    """What headers and footers say, once each, but for the numbers of pages."""
    edges = (
        edge
        for part in parts
        for edge in part.iterfind(".//{*}master-page/*")
        if _kind(edge).startswith(("header", "footer")) and _said(edge, "display") != "false"
    )
    lines = (said_at_edge("".join(_runs(line))) for edge in edges for line in edge.iter("{*}p", "{*}h"))
    return list(dict.fromkeys(filter(None, lines)))


def _runs(element: "etree._Element") -> Iterator[str]:
    """The text of a paragraph without the numbers of pages."""
    yield " " if _kind(element) in ("tab", "s", "line-break") else element.text or ""
    for child in element:
        if _kind(child) not in ("", *_COUNTS):
            yield from _runs(child)
        yield child.tail or ""


def read_odp(data: bytes) -> Extract:
    """The slides of an OpenDocument presentation. Raises FormatError if it is damaged or locked."""
    writer = Writer()
    slides = _body(_content(data, ".odp"), "presentation", ".odp").iterfind("{*}page")
    for number, slide in enumerate(slides, start=1):
        writer.part(f"slide {number}")
        frames = [one for one in slide if one.tag.rpartition("}")[2] != "notes"]
        titles = [one for one in frames if one.get(_CLASS) == "title"]
        for title in titles:
            if said := " ".join("".join(title.itertext()).split()):
                writer.heading(said)
        others = [one for one in frames if one not in titles and one.get(_CLASS) not in _ON_EVERY_SLIDE]
        text, blocks = page_text("".join(html for one in others for html in _html(one, _Text())), part=True)
        if text.strip():
            writer.add(text, blocks)
        notes = (one for one in slide.iterfind("{*}notes/{*}frame") if one.get(_CLASS) == "notes")
        if said := " ".join(" ".join("".join(one.itertext()).split()) for one in notes):
            writer.paragraph(f"Notes: {said}")
    return writer.extract(facts=office_facts(data))


def _content(data: bytes, suffix: str) -> "etree._Element":
    with open_archive(data, suffix) as archive:
        if "content.xml" not in archive.namelist():
            raise FormatError("is no OpenDocument file, whatever its name says")
        listed = "META-INF/manifest.xml"
        if listed in archive.namelist() and b"encryption-data" in archive.read(listed):
            raise FormatError(f"is locked by a password; save it as {suffix} without one")
        return parse_xml(archive.read("content.xml"))


def _body(content: "etree._Element", kind: str, suffix: str) -> "etree._Element":
    body = content.find(f".//{{*}}body/{{*}}{kind}")
    if body is None:
        raise FormatError(f"is no OpenDocument {kind}, or is locked by a password; save it as {suffix} without one")
    return body


def _html(element: "etree._Element", text: _Text, *, in_table: bool = False, in_head: bool = False) -> Iterator[str]:
    """An OpenDocument element as HTML."""
    kind = _kind(element)
    if kind == "note":
        yield _mark(element)
        text.notes.append(_note(element))
    elif kind in ("tab", "s"):
        yield "\t" if kind == "tab" else " "
    elif kind == "line-break":
        yield "<br>"
    elif kind and kind not in _LEFT_OUT:
        tag, spans, again, children = _tag(element, text, in_table=in_table, in_head=in_head)
        in_head, inside = in_head or kind == "table-header-rows", in_table or kind == "table"
        within = "".join(one for child in children for one in _html(child, text, in_table=inside, in_head=in_head))
        said = f"{escape(element.text or '')}{within}"
        yield (f"<{tag}{spans}>{said}</{tag}>" if tag else said) * again
        if kind in ("p", "h", "table") and not in_table:
            yield from text.notes
            text.notes.clear()
    yield escape(element.tail or "")


def _tag(
    element: "etree._Element", text: _Text, *, in_table: bool, in_head: bool
) -> tuple[str, str, int, list["etree._Element"]]:
    """The tag of HTML that an element is, what it says of itself, how often it is written, and what is in it."""
    kind, children = _kind(element), list(element)
    if kind == "h" or (kind == "p" and not in_table and _said(element, "style-name") in text.titles):
        level = int(_told(element, "outline-level")) if kind == "h" else 1
        return f"h{min(level, 6)}" if "".join(element.itertext()).strip() else "", "", 1, children
    if kind == "table-cell":
        columns, rows = (_told(element, f"number-{name}-spanned") for name in ("columns", "rows"))
        again = min(int(_told(element, "number-columns-repeated")), MOST_REPEATED)
        return "th" if in_head else "td", f' colspan="{columns}" rowspan="{rows}"', again, children
    if kind == "list" and _holds_lists_alone(element):  # how LibreOffice writes those below an item
        return "", "", 1, [one for item in element for one in item]
    if kind == "list" and any("".join(item.itertext()).lstrip().startswith(BEGIN) for item in element):
        return "ol", "", 1, children
    return _TAGS.get(kind, ""), "", 1, children


def _mark(note: "etree._Element") -> str:
    """What leads to a note, raised; a letter would be read as an exponent."""
    mark = escape(note.findtext("{*}note-citation", "").strip())
    return f"<sup>{mark}</sup>" if mark and not any(map(str.isalpha, mark)) else ""


def _note(note: "etree._Element") -> str:
    """A note as paragraphs, the first with what leads to it."""
    said = "".join(one for body in note.iterfind("{*}note-body") for part in body for one in _html(part, _Text()))
    return said.replace("<p>", f"<p>{_mark(note)} ", 1)


def _kind(element: "etree._Element") -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _said(element: "etree._Element", name: str) -> str:
    """What an attribute says, whichever its namespace; empty if there is none."""
    return next((value for own, value in element.items() if own.rpartition("}")[2] == name), "")


def _told(element: "etree._Element", name: str) -> str:
    """A number that an attribute tells, 1 by default."""
    value = _said(element, name)
    return value if value.isdecimal() and value != "0" else "1"


def _holds_lists_alone(element: "etree._Element") -> bool:
    """Whether all items of a list hold nothing but lists."""
    items = [child for child in element if _kind(child) == "list-item"]
    return bool(items) and all(len(item) and all(_kind(child) == "list" for child in item) for item in items)
