"""Turn answers into HTML. Pure functions: all text is escaped here, and offsets never leave Python."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from index.types import Document, Hit
from rag.types import Answer, Citation, Claim

WHOLE_DOCUMENT = 60_000  #: characters up to which the source pane shows the whole document
SURROUNDINGS = 6_000  #: characters shown around a quote in a longer document
NEAREST = 3  #: passages shown when the assistant abstains
EXTRACT = 240  #: characters shown of such a passage
HEADING = 40  #: characters shown of a heading
LISTED = 50  #: documents named in the empty source pane

STAGES = {
    "wait": "Waiting for its turn…",
    "retrieve": "Searching the documents…",
    "read": "Reading…",
    "write": "Writing…",
}
CONFIDENCE = (
    (0.9, "The documents very likely answer this"),
    (0.7, "The documents probably answer this"),
    (0.5, "The documents may answer this"),
    (0.0, "The documents may not answer this; check the source"),
)
DOUBTS = {"weak": "weakly supported", "unsupported": "not found in the documents"}

Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote in its surroundings: three pieces of text that join to a stretch of the document."""

    before: str
    quote: str
    after: str


def excerpt(document: Document, start: int, end: int) -> Excerpt:
    """Cut out the quote at `start:end` and what surrounds it: all of a document, unless it is long."""
    text = document.text
    if len(text) <= WHOLE_DOCUMENT:
        return Excerpt(text[:start], text[start:end], text[end:])
    first = max(0, start - SURROUNDINGS // 2)
    return Excerpt(text[first:start], text[start:end], text[end : end + SURROUNDINGS // 2])


def confidence_words(confidence: float) -> str:
    """Say a probability in words, since 0.73 suggests a precision that readers should not rely on."""
    return next(words for least, words in CONFIDENCE if confidence >= least)


def render_conversation(turns: Sequence[str], examples: Sequence[str], busy: bool = False) -> str:
    """The whole conversation as a log; examples to click while it is empty.

    Each rendering replaces the last, so a live log would be read out from its beginning: the script of the page
    announces what is new instead.
    """
    body = "".join(turns) or _invitation(examples)
    return (
        '<div class="fn-log" role="log" aria-live="off" aria-label="Conversation" '
        f'aria-busy="{str(busy).lower()}">{body}</div>'
    )


def render_turn(number: int, question: str, body: str) -> str:
    """One question and the HTML of what was answered."""
    return (
        f'<section class="fn-turn" id="fn-turn-{number}">'
        f'<h2 class="fn-question">{escape(question)}</h2><div class="fn-answer">{body}</div></section>'
    )


def render_progress(stage: str, text: str = "") -> str:
    """An answer in the making: what is being done, then the text as it comes."""
    if text:
        return f'<p class="fn-draft">{escape(text)}</p>'
    return f'<p class="fn-status">{escape(STAGES.get(stage, "Working…"))}</p>'


def render_note(text: str, kind: str = "reply") -> str:
    """A plain message that rests on no document: small talk (`reply`), an `error`, or a `stopped` answer."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f'<div class="fn-note fn-{escape(kind)}">{paragraphs}</div>'


def render_answer(answer: Answer, turn: int, documents: Documents) -> str:
    """A finished answer: the short answer, the quotes with their markers, and the list of sources."""
    if answer.status == "abstained":
        return _abstained(answer, turn, documents)
    by_number = {citation.number: citation for citation in answer.citations}
    together = groupby(answer.claims, key=lambda claim: (claim.support == "quoted", claim.citations))
    claims = "".join(_claims(list(group), answer, by_number, turn) for _, group in together)
    return (
        f"{_lead(answer, turn)}{claims}{_sources(answer, turn, documents)}"
        f'<p class="fn-confidence">{confidence_words(answer.confidence)}</p>'
    )


def render_source(
    document: Document, start: int, end: int, span: str | None = None, page: int | None = None, heading: str = ""
) -> str:
    """The source pane: the document with the quote marked and, inside it, the short answer."""
    pieces = excerpt(document, start, end)
    place = _place(document.id, start, {document.id: document}, heading, page)
    cut_before = len(pieces.before) < start
    cut_after = end + len(pieces.after) < len(document.text)
    return (
        f"{_pane_head(document.title, place)}"
        '<div class="fn-source-text" tabindex="0" role="region" aria-label="Text of the source">'
        f"{_gap(cut_before)}{_typeset(escape(pieces.before))}"
        f"<mark>{_typeset(_emphasise(pieces.quote, span))}</mark>"
        f"{_typeset(escape(pieces.after))}{_gap(cut_after)}</div>"
    )


def render_moved(title: str, quote: str) -> str:
    """The source pane for a document that changed after it was quoted: the quote as it was, and a warning."""
    return (
        f"{_pane_head(title, '')}"
        '<p class="fn-pane-note">This document has changed since it was quoted. It then said:</p>'
        f'<div class="fn-source-text" tabindex="0"><mark>{escape(quote)}</mark></div>'
    )


def render_forgotten() -> str:
    """The source pane for an answer of a conversation that the server no longer knows."""
    return (
        f"{_pane_head('No longer at hand', '')}"
        '<p class="fn-pane-note">Footnote no longer keeps this conversation. Ask again to open the sources.</p>'
    )


def heading_of(citation: Citation, hits: Sequence[Hit]) -> str:
    """The heading that a quote stands under."""
    return next((hit.passage.heading for hit in hits if _holds(hit, citation)), "")


def render_shelf(documents: Sequence[Document]) -> str:
    """The source pane before anything is opened: what the answers are drawn from."""
    items = "".join(f"<li>{escape(document.title)}</li>" for document in documents[:LISTED])
    more = f'<li class="fn-more">and {len(documents) - LISTED} more</li>' if len(documents) > LISTED else ""
    return (
        '<div class="fn-shelf"><h2>Sources</h2>'
        "<p>Open a footnote, and the passage it rests on appears here, in its place.</p>"
        f"<ul>{items}{more}</ul></div>"
    )


def render_header(documents: Sequence[Document]) -> str:
    """The name of the product, and a line that says where its answers come from."""
    titles = " and ".join(f"<cite>{escape(document.title)}</cite>" for document in documents[:2])
    named = f"{len(documents)} documents" if len(documents) > 2 else titles or "your documents"
    return (
        '<header class="fn-header"><h1>Footnote<sup aria-hidden="true">1</sup></h1>'
        f'<p><span class="fn-wide">Answers quoted </span>from {named}</p></header>'
    )


def _invitation(examples: Sequence[str]) -> str:
    chips = "".join(
        f'<li><button type="button" class="fn-example" data-example="{number}">{escape(example)}</button></li>'
        for number, example in enumerate(examples)
    )
    return (
        '<div class="fn-empty"><p class="fn-invitation">Ask a question. '
        "Every sentence of the answer is footnoted with the passage it comes from.</p>"
        f'<ul class="fn-examples" aria-label="Example questions">{chips}</ul></div>'
    )


def _lead(answer: Answer, turn: int) -> str:
    """The short answer, with the marker of the quote that it was read in."""
    if not answer.span or any(answer.span.strip() == claim.text.strip() for claim in answer.claims):
        return ""
    cited = next((citation for citation in answer.citations if answer.span in citation.quote), None)
    marker = _marker(cited, turn) if cited else ""
    return f'<p class="fn-lead">{escape(answer.span)}{marker}</p>'


def _claims(claims: Sequence[Claim], answer: Answer, by_number: Mapping[int, Citation], turn: int) -> str:
    """Neighbouring claims that rest on the same quotes, as one block whose markers stand at its end."""
    markers = "".join(_marker(by_number[number], turn) for number in claims[0].citations if number in by_number)
    if claims[0].support == "quoted":
        text = " ".join(_typeset(_emphasise(claim.text, answer.span)) for claim in claims)
        return f'<blockquote class="fn-claim fn-quoted"><p>{text}{markers}</p></blockquote>'
    return "".join(_unquoted(claim, markers, answer.span) for claim in claims)


def _unquoted(claim: Claim, markers: str, span: str | None) -> str:
    doubt = f' <em class="fn-doubt">{DOUBTS[claim.support]}</em>' if claim.support in DOUBTS else ""
    return f'<p class="fn-claim fn-{claim.support}">{_emphasise(claim.text, span)}{markers}{doubt}</p>'


def _opener(turn: int, number: int, kind: str) -> str:
    """The anchor of a button that opens the source pane; it stays valid as the conversation goes on."""
    return f'type="button" data-turn="{turn}" data-number="{number}" data-kind="{kind}"'


def _marker(citation: Citation, turn: int) -> str:
    label = escape(f"Open citation {citation.number}: {citation.title}")
    return (
        f'<sup><button class="fn-marker" {_opener(turn, citation.number, "citation")} aria-label="{label}">'
        f"[{citation.number}]</button></sup>"
    )


def _sources(answer: Answer, turn: int, documents: Documents) -> str:
    """The footnotes: each document once, or each of its headings, with the quotes that are from there."""
    origins: dict[tuple[str, str, str], list[Citation]] = {}
    for citation in answer.citations:
        heading = heading_of(citation, answer.hits)
        origins.setdefault((citation.document_id, citation.title, heading), []).append(citation)
    items = "".join(_origin(title, heading, cited, turn, documents) for (_, title, heading), cited in origins.items())
    return f'<ul class="fn-sources" aria-label="Sources">{items}</ul>'


def _origin(title: str, heading: str, cited: Sequence[Citation], turn: int, documents: Documents) -> str:
    section = _section(heading, title)
    buttons = " ".join(
        f'<button class="fn-open" {_opener(turn, citation.number, "citation")}>'
        f'<span class="fn-number">[{citation.number}]</span> '
        f"{escape(_place(citation.document_id, citation.start, documents, page=citation.page)) or 'open'}</button>"
        for citation in cited
    )
    return f'<li><cite>{escape(title)}</cite> <span class="fn-place">{escape(section)}</span> {buttons}</li>'


def _holds(hit: Hit, citation: Citation) -> bool:
    passage = hit.passage
    return passage.document_id == citation.document_id and passage.start <= citation.start < passage.end


def _abstained(answer: Answer, turn: int, documents: Documents) -> str:
    items = "".join(_nearest(hit, turn, documents) for hit in answer.hits[:NEAREST])
    nearest = f'<h3>Nearest passages</h3><ul class="fn-nearest">{items}</ul>' if items else ""
    return f'<div class="fn-abstained"><p class="fn-refusal">{escape(answer.text)}</p>{nearest}</div>'


def _nearest(hit: Hit, turn: int, documents: Documents) -> str:
    passage = hit.passage
    document = documents.get(passage.document_id)
    title = document.title if document else passage.document_id
    place = _place(passage.document_id, passage.start, documents, passage.heading)
    extract = passage.text if len(passage.text) <= EXTRACT else f"{passage.text[:EXTRACT].rstrip()}…"
    return (
        f'<li><button class="fn-passage" {_opener(turn, hit.rank, "passage")}>'
        f'<span class="fn-extract">{_typeset(escape(extract))}</span><span class="fn-origin">'
        f'<cite>{escape(title)}</cite> <span class="fn-place">{escape(place)}</span></span></button></li>'
    )


def _place(document_id: str, start: int, documents: Documents, heading: str = "", page: int | None = None) -> str:
    """Where in a document: the heading, unless it is the title, then the page or how far in."""
    document = documents.get(document_id)
    if page is not None:
        place = f"page\N{NO-BREAK SPACE}{page}"
    elif document and document.text:
        place = f"{100 * start // len(document.text)}%\N{NO-BREAK SPACE}in"
    else:
        place = ""
    return " · ".join(part for part in (_section(heading, document.title if document else ""), place) if part)


def _section(heading: str, title: str) -> str:
    """A heading as a place: shortened, and nothing where it is the title again."""
    if heading == title:
        return ""
    return heading if len(heading) <= HEADING else f"{heading[:HEADING].rstrip()}…"


def _emphasise(text: str, span: str | None) -> str:
    """Escape `text`, with the first whole occurrence of `span` made strong."""
    found = re.search(rf"(?<!\w){re.escape(span)}(?!\w)", text) if span and span.strip() else None
    if found is None or found.group() == text.strip():
        return escape(text)
    return f"{escape(text[: found.start()])}<strong>{escape(found.group())}</strong>{escape(text[found.end() :])}"


def _typeset(html: str) -> str:
    """Make Markdown easier to read without changing a character: headings bold, the bars of tables faint."""
    html = re.sub(r"^#{1,6} [^<\n]*$", r"<b>\g<0></b>", html, flags=re.M)
    return re.sub(r"^ *\|.*", lambda row: row.group().replace("|", '<span class="fn-bar">|</span>'), html, flags=re.M)


def _pane_head(title: str, place: str) -> str:
    return (
        '<header class="fn-pane-head"><div>'
        f'<h2 tabindex="-1">{escape(title)}</h2><p class="fn-place">{escape(place)}</p></div>'
        '<button type="button" class="fn-close" aria-label="Close the source">×</button></header>'
    )


def _gap(cut: bool) -> str:
    return '<span class="fn-gap" aria-hidden="true">[…]</span>' if cut else ""
