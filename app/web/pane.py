"""The right half of the page as HTML: the documents there are, or one of them with a passage marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from zlib import crc32

from app.web.pages import has_pages, page_of
from app.web.places import place_of, problems_of, render_columns
from app.web.render import emphasise, typeset
from app.web.shelf import MAX_FILE_MB
from index.files.extract import KINDS
from index.files.formats import FORMATS
from index.types import Document

if TYPE_CHECKING:
    from app.web.library import Listed, Unread

WHOLE_DOCUMENT = 60_000  #: characters up to which the source pane shows the whole document
MOST_SHOWN = 2_000_000  #: characters shown of a document at most
SURROUNDINGS = 6_000  #: characters shown around a quote in a longer document
LISTED = 200  #: documents listed before the rest is only counted
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
    return f"{head}{render_columns(document, start)}{_views(document, _FIND + text, start, end)}"


def render_document(document: Document, *, whole: bool = False) -> str:
    """The source pane with a document from its beginning, nothing marked."""
    text = document.text[: MOST_SHOWN if whole else WHOLE_DOCUMENT]
    gap = _gap(len(text) < len(document.text), urlencode({"document": document.id}))
    head = _head(document.title, problems=problems_of(document))
    return head + _views(document, _FIND + _text(f"{typeset(escape(text))}{gap}"))


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


def render_shelf(entries: "Sequence[Listed]", shared: bool = False, unread: "Sequence[Unread]" = ()) -> str:
    """The documents that answers are drawn from, the place to add some, and the files that could not be read."""
    items = "".join(_entry(entry) for entry in entries[:LISTED])
    more = f'<li class="fn-more">and {len(entries) - LISTED} more</li>' if len(entries) > LISTED else ""
    own = any(entry.own for entry in entries)
    forget = '<button type="button" class="fn-forget">Forget all that I added</button>' if own else ""
    return (
        '<div class="fn-shelf"><div class="fn-shelf-head"><h2 tabindex="-1">Documents</h2>'
        f"{_close('documents')}</div>"
        f"{_drop_zone(shared)}"
        f'<ul class="fn-documents" aria-label="Documents">{items}{more}</ul>{forget}{_unread(unread)}</div>'
    )


def _entry(entry: "Listed") -> str:
    title, identifier = escape(entry.title), escape(entry.id)
    facts = f"{_kind(entry.id)} · {_size(entry.size)} · {entry.passages} passage{'s' if entry.passages != 1 else ''}"
    remove = (
        f'<button type="button" class="fn-remove" data-document="{identifier}" data-title="{title}" '
        f'aria-label="Remove {title}" title="Remove">×</button>'
        if entry.own
        else ""
    )
    return (
        f'<li class="fn-document"><button type="button" class="fn-read" data-document="{identifier}">'
        f'<span class="fn-title">{title}</span><span class="fn-facts">{escape(facts)}'
        f"{' · added by you' if entry.own else ''}</span>{_told(entry.problems)}</button>{remove}</li>"
    )


def _unread(unread: "Sequence[Unread]") -> str:
    """The files that hold no document, and why; on a folder of many kinds they are many, so they are folded."""
    if not unread:
        return ""
    items = "".join(f"<li><b>{escape(one.name)}</b> {escape(one.reason)}</li>" for one in unread[:LISTED])
    more = f"<li>and {len(unread) - LISTED} more</li>" if len(unread) > LISTED else ""
    count = f"{len(unread)} file{'s' if len(unread) != 1 else ''} not read"
    return f'<details class="fn-unread"><summary>{count}</summary><ul>{items}{more}</ul></details>'


def _drop_zone(shared: bool) -> str:
    seen = "Everybody here sees them" if shared else "Only you see them"
    return (
        '<label class="fn-drop"><input type="file" multiple class="fn-files" '
        f'data-limit="{MAX_FILE_MB}" '
        f'accept="{escape(",".join(FORMATS))}" aria-describedby="fn-drop-note">'
        "<span><b>Add documents</b>: drop files here, or choose them</span>"
        f'<span id="fn-drop-note">{escape(KINDS[0].upper() + KINDS[1:])}. {seen}, and they go 24 hours '
        'after their last use.</span></label><ul class="fn-uploads" aria-label="Files being added" '
        'aria-live="polite"></ul>'
    )


def _kind(identifier: str) -> str:
    stem, _, suffix = identifier.rpartition(".")
    return suffix.upper() if stem else "text"


def _size(size: int) -> str:
    return f"{size} B" if size < 1000 else f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1e6:.1f} MB"


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
        f'<h2 tabindex="-1">{escape(title)}</h2><p class="fn-place">{escape(place)}</p>{_told(problems)}</div>'
        f"{share}{_close('source')}</header>"
    )


def _told(problems: Sequence[str]) -> str:
    return "".join(f'<small class="fn-problem">{escape(problem)}</small>' for problem in problems)


def _close(what: str) -> str:
    return f'<button type="button" class="fn-close" aria-label="Close the {what}">×</button>'


def _gap(cut: bool, link: str) -> str:
    """The place of what is left out, which shows it all."""
    return (
        f'<button type="button" class="fn-gap" data-whole="{escape(link)}" aria-label="Show the whole document" '
        'title="Show the whole document">[…]</button>'
        if cut
        else ""
    )
