"""OpenDocument: texts and presentations, by way of HTML."""

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from index.files.extract import Extract, FormatError
from index.files.markup.pages import page_text
from index.files.office import office_facts, open_archive, parse_xml
from index.files.writing import Writer

if TYPE_CHECKING:
    from lxml import etree

MOST_REPEATED = 100  #: cells that are written where a file says that one is repeated

_TAGS = {"p": "p", "list": "ul", "list-item": "li", "table": "table", "table-row": "tr"}
_LEFT_OUT = {"tracked-changes", "annotation", "note-citation", "sequence-decls"}
_ON_EVERY_SLIDE = ("page-number", "date-time", "footer", "header", "page")  #: what a frame on it may be for
_CLASS = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}class"


def read_odt(data: bytes) -> Extract:
    """An OpenDocument text. Raises FormatError if it is damaged or locked."""
    text, blocks = page_text("".join(_html(_body(data, "text", ".odt"))))
    return Extract(text, facts=office_facts(data), blocks=blocks)


def read_odp(data: bytes) -> Extract:
    """The slides of an OpenDocument presentation. Raises FormatError if it is damaged or locked."""
    writer = Writer()
    for number, slide in enumerate(_body(data, "presentation", ".odp").iterfind("{*}page"), start=1):
        writer.part(f"slide {number}")
        frames = [one for one in slide if one.tag.rpartition("}")[2] != "notes"]
        titles = [one for one in frames if one.get(_CLASS) == "title"]
        for title in titles:
            if said := " ".join("".join(title.itertext()).split()):
                writer.heading(said)
        others = [one for one in frames if one not in titles and one.get(_CLASS) not in _ON_EVERY_SLIDE]
        text, blocks = page_text("".join(html for one in others for html in _html(one)), part=True)
        if text.strip():
            writer.add(text, blocks)
        notes = (one for one in slide.iterfind("{*}notes/{*}frame") if one.get(_CLASS) == "notes")
        if said := " ".join(" ".join("".join(one.itertext()).split()) for one in notes):
            writer.paragraph(f"Notes: {said}")
    return writer.extract(facts=office_facts(data))


def _body(data: bytes, kind: str, suffix: str) -> "etree._Element":
    with open_archive(data, suffix) as archive:
        if "content.xml" not in archive.namelist():
            raise FormatError(f"is no OpenDocument {kind}, whatever its name says")
        listed = "META-INF/manifest.xml"
        if listed in archive.namelist() and b"encryption-data" in archive.read(listed):
            raise FormatError(f"is locked by a password; save it as {suffix} without one")
        body = parse_xml(archive.read("content.xml")).find(f".//{{*}}body/{{*}}{kind}")
    if body is None:
        raise FormatError(f"is no OpenDocument {kind}, or is locked by a password; save it as {suffix} without one")
    return body


def _html(element: "etree._Element", *, in_head: bool = False) -> Iterator[str]:
    """An OpenDocument element as HTML."""
    kind = _kind(element)
    tag = _TAGS.get(kind, "")
    again, spans, children = 1, "", list(element)
    if kind == "h":
        tag = f"h{min(int(_told(element, 'outline-level')), 6)}" if "".join(element.itertext()).strip() else ""
    elif kind == "table-cell":
        tag = "th" if in_head else "td"
        again = min(int(_told(element, "number-columns-repeated")), MOST_REPEATED)
        columns, rows = (_told(element, f"number-{name}-spanned") for name in ("columns", "rows"))
        spans = f' colspan="{columns}" rowspan="{rows}"'
    elif kind == "list" and _holds_lists_alone(element):  # how LibreOffice writes those below an item
        tag, children = "", [one for item in element for one in item]
    elif kind in ("tab", "s"):
        yield " "
    elif kind == "line-break":
        yield "<br>"
    if kind and kind not in _LEFT_OUT:
        within = "".join(
            one for child in children for one in _html(child, in_head=in_head or kind == "table-header-rows")
        )
        said = f"{escape(element.text or '')}{within}"
        yield (f"<{tag}{spans}>{said}</{tag}>" if tag else said) * again
    yield escape(element.tail or "")


def _kind(element: "etree._Element") -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _told(element: "etree._Element", name: str) -> str:
    """A number that an attribute tells, 1 by default."""
    value = next((value for own, value in element.items() if own.rpartition("}")[2] == name), "1")
    return value if value.isdecimal() and value != "0" else "1"


def _holds_lists_alone(element: "etree._Element") -> bool:
    """Whether all items of a list hold nothing but lists."""
    items = [child for child in element if _kind(child) == "list-item"]
    return bool(items) and all(len(item) and all(_kind(child) == "list" for child in item) for item in items)
