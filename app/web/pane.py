"""The right half of the page as HTML: the source, a document with a passage marked; and the page's header."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode
from zlib import crc32

from app.web.pages import has_pages, page_of
from app.web.places import place_of, problems_of, render_columns, render_problems
from app.web.typesetting import emphasise, typeset
from index.types import Document

WHOLE_DOCUMENT = 60_000  #: characters up to which the source pane shows the whole document
MOST_SHOWN = 2_000_000  #: characters shown of a document at most
SURROUNDINGS = 6_000  #: characters shown around a quote in a longer document
_FIND = (
    '<form class="fn-find" role="search"><input type="search" placeholder="Find in this document" '
    'aria-label="Find in this document"><output></output></form>'
)
MOVED = "This document has changed, or is gone, since it was quoted. It then said:"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote in its surroundings: three pieces of text that join to a stretch of the document."""

    before: str
    quote: str
    after: str


def excerpt(document: Document, start: int, end: int, *, whole: bool = False) -> Excerpt:
    """Cut out the quote at `start:end` and what surrounds it: all of a document, unless it is long."""
    text = document.text
    if len(text) <= (MOST_SHOWN if whole else WHOLE_DOCUMENT):
        return Excerpt(text[:start], text[start:end], text[end:])
    first = max(0, start - SURROUNDINGS // 2)
    return Excerpt(text[first:start], text[start:end], text[end : end + SURROUNDINGS // 2])


def render_source(
    document: Document,
    start: int,
    end: int,
    span: str | None = None,
    page: int | None = None,
    heading: str = "",
    *,
    whole: bool = False,
) -> str:
    """The source pane: the document with the quote marked and, inside it, the short answer."""
    pieces = excerpt(document, start, end, whole=whole)
    place = place_of(document.id, start, {document.id: document}, heading, page)
    link = link_to(document, start, end)
    cut_before = len(pieces.before) < start
    cut_after = end + len(pieces.after) < len(document.text)
    text = _text(
        f"{_gap(cut_before, link)}{typeset(escape(pieces.before))}<mark>{typeset(emphasise(pieces.quote, span))}</mark>"
        f"{typeset(escape(pieces.after))}{_gap(cut_after, link)}"
    )
    head = _head(document.title, place, link, problems_of(document))
    guide = _guide(document, open_first=False)
    return f"{head}{guide}{render_columns(document, start)}{_views(document, _FIND + text, start, end)}"


def render_document(document: Document, *, whole: bool = False) -> str:
    """The source pane with a document from its beginning, nothing marked."""
    text = document.text[: MOST_SHOWN if whole else WHOLE_DOCUMENT]
    gap = _gap(len(text) < len(document.text), urlencode({"document": document.id}))
    head = _head(document.title, problems=problems_of(document))
    return head + _guide(document, open_first=True) + _views(document, _FIND + _text(f"{typeset(escape(text))}{gap}"))


def render_moved(title: str, quote: str) -> str:
    """The source pane for a document that changed or went after it was quoted: the quote as it was, and a warning."""
    return render_missing(title, MOVED) + _text(f"<mark>{escape(quote)}</mark>")


def render_missing(title: str, note: str) -> str:
    """The source pane for what cannot be shown, and why."""
    return f'{_head(title)}<p class="fn-pane-note">{escape(note)}</p>'


def link_to(document: Document, start: int, end: int) -> str:
    """The fragment of an address that opens this passage."""
    quote = document.text[start:end]
    return urlencode({"document": document.id, "start": start, "end": end, "check": checksum(quote)})


def checksum(quote: str) -> str:
    """Tells, in a link, whether the passage is still what it was."""
    return f"{crc32(quote.encode()):08x}"


def render_header(documents: Sequence[Document]) -> str:
    """The name of the product, and a line that says where its answers come from."""
    titles = " and ".join(f"<cite>{escape(document.title)}</cite>" for document in documents[:2])
    named = f"{len(documents)} documents" if len(documents) > 2 else titles or "your documents"
    return (
        '<header class="fn-header"><h1>Footnote<sup aria-hidden="true">1</sup></h1>'
        f'<p><span class="fn-wide">Answers quoted </span>from {named}</p></header>'
    )


def _guide(document: Document, *, open_first: bool) -> str:
    """The place for what the document is, which the script gets; it is hidden where nothing comes."""
    whole = ' data-whole="yes"' if open_first else ""
    return (
        f'<details class="fn-guide" data-guide="{escape(document.id)}"{whole} hidden>'
        '<summary>About this document</summary><div class="fn-guide-body"></div></details>'
    )


def _text(html: str) -> str:
    return f'<div class="fn-source-text" tabindex="0" role="region" aria-label="Text of the source">{html}</div>'


def _views(document: Document, text: str, start: int = 0, end: int = 0) -> str:
    """The text; of a PDF, also the place for its pages, which the script gets one by one when they are looked at."""
    if not has_pages(document):
        return text
    page = page_of(document, start)
    told = {
        "document": document.id,
        "title": document.title,
        "first": page,
        "page": page,
        "pages": len(document.pages),
        "start": start,
        "end": end,
    }
    data = " ".join(f'data-{name}="{escape(str(value))}"' for name, value in told.items())
    return (
        '<div class="fn-views" role="group" aria-label="View"><button type="button" data-view="text">Text</button>'
        f'<button type="button" data-view="page">Page</button></div>{text}'
        f'<section class="fn-print" {data} tabindex="0" aria-label="Page of the source" hidden>'
        '<div class="fn-turn-over"><button type="button" data-step="-1" aria-label="Page before">‹</button>'
        '<span class="fn-page-number"></span>'
        '<button type="button" data-step="1" aria-label="Next page">›</button></div>'
        '<p class="fn-page-note" role="status"></p><div class="fn-sheet"></div></section>'
    )


def _head(title: str, place: str = "", link: str = "", problems: Sequence[str] = ()) -> str:
    share = (
        f'<button type="button" class="fn-link" data-link="{escape(link)}" title="Copy a link to this passage" '
        'aria-label="Copy a link to this passage"></button>'
        if link
        else ""
    )
    return (
        '<header class="fn-pane-head"><button type="button" class="fn-back" aria-label="All documents" '
        'title="All documents"></button><div class="fn-pane-title">'
        f'<h2 tabindex="-1">{escape(title)}</h2><p class="fn-place">{escape(place)}</p>'
        f"{render_problems(problems)}</div>{share}{close_button('source')}</header>"
    )


def close_button(what: str) -> str:
    """What closes the pane on a phone."""
    return f'<button type="button" class="fn-close" aria-label="Close the {what}">×</button>'


def _gap(cut: bool, link: str) -> str:
    """The place of what is left out, which shows it all."""
    return (
        f'<button type="button" class="fn-gap" data-whole="{escape(link)}" aria-label="Show the whole document" '
        'title="Show the whole document">[…]</button>'
        if cut
        else ""
    )
