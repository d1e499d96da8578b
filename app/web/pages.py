"""Where the page gets pictures of PDF pages, each with the boxes of a quotation; for who may see the document."""

import json
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path

from starlette.responses import Response
from starlette.routing import Route

from app.web.library import Library
from app.web.routes import reading_route
from index.errors import DocumentError
from index.files.extract import FormatError
from index.files.finding import digest
from index.files.pdf.page import Picture, picture, times
from index.types import Document

ADDRESS = "/footnote/page"
MAX_MB = 60  #: of a file whose pages are drawn
CHANGED = "The file has changed, or is gone, since it was read; ask again to see its pages."


def page_route(library: Library) -> Route:
    """Answer with a page as a JPEG; the boxes, shares of its width and height, are in a header of the answer."""

    def show(session: str, asked: Mapping[str, str]) -> Response:
        shown = _picture(library, session, asked)
        headers = {
            "X-Footnote-Pages": str(shown.pages),
            "X-Footnote-Boxes": json.dumps([[round(side, 4) for side in box] for box in shown.boxes]),
        }
        return Response(shown.jpeg, media_type="image/jpeg", headers=headers)

    return reading_route(ADDRESS, show)


def has_pages(document: Document) -> bool:
    """Whether the document's pages can be shown as they are printed."""
    return bool(document.pages) and document.id.lower().endswith(".pdf")


def page_of(document: Document, place: int) -> int:
    """The page that a place of the text stands on, from 1."""
    return max(1, bisect_right(document.pages, place))


def _picture(library: Library, session: str, asked: Mapping[str, str]) -> Picture:
    index = library.assistant(session).index
    indexed = index.snapshot().documents.get(asked.get("document", ""))
    if indexed is None or not has_pages(indexed.document):
        raise DocumentError("There is no such document, or it is not yours, or it has no pages.")
    document = indexed.document
    try:
        number, start, end = (int(asked.get(name, "0")) for name in ("page", "start", "end"))
    except ValueError:
        raise DocumentError("This is no page.") from None
    if not 0 < number <= len(document.pages):
        raise DocumentError(f"There is no page {number}.")
    data = _read(document, index.sha256(document.id))
    first = document.pages[number - 1]
    last = document.pages[number] if number < len(document.pages) else len(document.text)
    quotation = document.text[max(start, first) : min(end, last)]
    earlier = times(quotation, document.text[first : max(start, first)])
    try:
        return picture(data, number - 1, quotation, earlier)
    except FormatError as error:
        raise DocumentError(f"The file {error}.") from None


def _read(document: Document, sha256: str | None) -> bytes:
    """The bytes that the document was made of."""
    path = Path(document.source)
    try:
        if path.stat().st_size > MAX_MB * 1_000_000:
            raise DocumentError(f"The file is larger than {MAX_MB} MB; open it to see its pages.")
        data = path.read_bytes()
    except OSError:
        raise DocumentError(CHANGED) from None
    if digest(data) != sha256:
        raise DocumentError(CHANGED)
    return data
