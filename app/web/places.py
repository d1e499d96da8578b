"""Where in a document something stands, as a person would say it, and what is wrong with the document."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from app.web.typesetting import clipped
from index.files.heads import labels
from index.files.pdf import ocr
from index.passages import JOINT
from index.types import Document
from rag.read.tables import head_of

HEADING = 40  #: characters shown of a heading

_PARAGRAPH_END = re.compile(r"\S[^\S\n]*\n\s*\n")

Documents = Mapping[str, Document]


def label_of(document_id: str, title: str, documents: Documents) -> str:
    """The title, and where others have the same what tells the document from them."""
    namesakes = [document for document in documents.values() if document.title == title]
    return labels(namesakes).get(document_id, title)


def place_of(document_id: str, start: int, documents: Documents, heading: str = "", page: int | None = None) -> str:
    """Where in a document: the heading, unless it is the title, then the slide, row, page or paragraph."""
    document = documents.get(document_id)
    part = document.part(start) if document else None
    if part:
        place = part
    elif page is not None:
        place = f"page\N{NO-BREAK SPACE}{page}"
    elif document and document.text:
        place = f"paragraph\N{NO-BREAK SPACE}{len(_PARAGRAPH_END.findall(document.text, 0, start)) + 1}"
    else:
        place = ""
    return " · ".join(found for found in (section_of(heading, document, start), place) if found)


def section_of(heading: str, document: Document | None, start: int) -> str:
    """A heading as a place: of those of sections that share a passage the one above it, and not the title again."""
    if document:
        heading = _above(heading.split(JOINT), document.text, start)
    if document and heading == document.title:
        return ""
    return clipped(heading, HEADING)


def _above(headings: Sequence[str], text: str, start: int) -> str:
    """The last of some headings above a place; none where all stand below it, the first where none is in the text."""
    lines = [one.rpartition(": ")[2] for one in headings]  # the nearest of those above each other
    places = [text.rfind(line, 0, start + len(line)) for line in lines]
    if max(places) >= 0:
        return headings[places.index(max(places))]
    return "" if all(line in text for line in lines) else headings[0]


def render_columns(document: Document | None, start: int) -> str:
    """The names of a quoted row's columns, to stand above it."""
    columns = head_of(document.text, start) if document and document.text.startswith("|", start) else ""
    cells = [cell.strip() for cell in columns.strip("|").split("|")] if columns else []
    return f'<p class="fn-columns">{escape(" | ".join(cells))}</p>' if cells else ""


def problems_of(document: Document | None) -> list[str]:
    """What a reader must know of how a document's text came about, a sentence each."""
    facts = dict(document.facts) if document else {}
    problems = []
    if recognised := facts.get(ocr.RECOGNISED):
        problems.append(f"Its text was read {recognised}.")
    if unread := facts.get(ocr.UNREAD):
        problems.append(f"{unread[0].upper()}{unread[1:]}.")
    if "encoding" in facts:
        problems.append(f"Its text was decoded from {facts['encoding']}, as the file does not say what it is.")
    return problems


def render_problems(problems: Sequence[str]) -> str:
    """What is wrong with a document, a sentence each."""
    return "".join(f'<small class="fn-problem">{escape(problem)}</small>' for problem in problems)
