"""The guide at the top of a document: what it is, its headings and key sentences, and questions that it answers."""

import threading
import weakref
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from app.web.library import Library
from app.web.listing import kind_of
from app.web.pages import has_pages
from app.web.pane import link_to
from app.web.routes import reading_route
from app.web.suggest import suggest_questions
from index.errors import DocumentError
from index.types import Document, IndexedDocument
from rag.about.guide import Place, make_guide

if TYPE_CHECKING:
    from rag.assistant import Assistant

ADDRESS = "/footnote/guide"
HEADINGS = 12  #: shown of a document
QUESTIONS = 3
TRIED = 6  #: questions that are asked to find these; each takes as long as an answer


class Guides:
    """Made when they are first wanted, and gone with the documents that they are about. Threads may share it."""

    def __init__(self) -> None:
        self._made: dict[int, dict[str, str]] = {}  # by the identity of what is in memory while the document is there
        self._asking = threading.Lock()

    def guide(self, assistant: "Assistant", indexed: IndexedDocument) -> str:
        """What the document is, as HTML; empty where nothing was found that tells it."""
        made = self._made_of(indexed)
        if "guide" not in made:
            found = make_guide(indexed, assistant.index, assistant.index.snapshot(), assistant.embedder)
            made["guide"] = "" if found.is_empty else render_guide(indexed.document, found.sentences, found.outline)
        return made["guide"]

    def questions(self, assistant: "Assistant", indexed: IndexedDocument) -> str:
        """Questions that this document alone answers well, as HTML; each was asked, so that it takes seconds."""
        made = self._made_of(indexed)
        with self._asking:  # one document at a time: who asks a question is not to wait for this
            if "questions" not in made:
                alone = assistant.among([indexed.document.id])
                made["questions"] = render_questions(suggest_questions(alone, QUESTIONS, TRIED))
        return made["questions"]

    def _made_of(self, indexed: IndexedDocument) -> dict[str, str]:
        key = id(indexed)
        if key not in self._made:
            weakref.finalize(indexed, self._made.pop, key, None)
        return self._made.setdefault(key, {})


def guide_route(library: Library) -> Route:
    """Answer with the guide of a document, or with `?questions=1` with questions; for who may see the document."""
    guides = Guides()

    def show(session: str, asked: Mapping[str, str]) -> Response:
        assistant = library.assistant(session)
        indexed = assistant.index.snapshot().documents.get(asked.get("document", ""))
        if indexed is None:
            raise DocumentError("There is no such document, or it is not yours.")
        make = guides.questions if "questions" in asked else guides.guide
        return HTMLResponse(make(assistant, indexed))

    return reading_route(ADDRESS, show)


def render_guide(document: Document, sentences: Sequence[Place], outline: Sequence[Place]) -> str:
    """What it is in a line, then its key sentences and its headings, each a button that opens its place."""
    said = "".join(f"<li>{_opener(document, one)}</li>" for one in sentences)
    key = f'<h3>Key sentences</h3><ul class="fn-key">{said}</ul>' if said else ""
    items = "".join(f"<li>{_opener(document, one)}</li>" for one in outline[:HEADINGS])
    more = f"<li>and {len(outline) - HEADINGS} more</li>" if len(outline) > HEADINGS else ""
    headings = f'<h3>Headings</h3><ul class="fn-outline">{items}{more}</ul>' if items else ""
    return f'<p class="fn-guide-facts">{escape(facts_of(document))}</p>{key}{headings}<div class="fn-answers"></div>'


def render_questions(questions: Sequence[str]) -> str:
    """Questions that can be asked by pressing them; nothing if there are none."""
    items = "".join(
        f'<li><button type="button" data-question="{escape(one)}">{escape(one)}</button></li>' for one in questions
    )
    return f'<h3>It answers</h3><ul class="fn-outline">{items}</ul>' if items else ""


def facts_of(document: Document) -> str:
    """The kind of a document, how long it is, and who made it when, as far as its file tells."""
    facts = dict(document.facts)
    words = len(document.text.split())
    pages = len(document.pages) if has_pages(document) else 0
    size = f"about {round(words, -2):,} words" if words >= 100 else f"{words} word{'s' * (words != 1)}"
    told = [kind_of(document.id), f"{pages} page{'s' * (pages > 1)}" if pages else "", size]
    return " · ".join(filter(None, (*told, facts.get("author"), facts.get("date"))))


def _opener(document: Document, place: Place) -> str:
    return (
        f'<button type="button" data-place="{escape(link_to(document, place.start, place.end))}">'
        f"{escape(place.text)}</button>"
    )
