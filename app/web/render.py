"""Turn answers into HTML. Pure functions: all text is escaped here, and offsets never leave Python."""

import json
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from app.web.places import Documents, label_of, place_of, problems_of, render_columns, render_problems, section_of
from app.web.typesetting import clipped, emphasise, typeset
from index.types import Hit
from rag.types import Answer, Citation, Claim
from rag.write.long_rows import asked, brief

MOST_NAMED = 4  #: documents, of those that were asked
EXTRACT = 240  #: characters shown of a sentence near to a question that was refused

STAGES = {
    "wait": "Waiting for its turn…",
    "retrieve": "Searching the documents…",
    "read": "Reading…",
    "write": "Writing…",
}
CONFIDENCE = (
    (0.85, "Very likely the answer"),
    (0.6, "Probably the answer"),
    (0.4, "Possibly the answer; check the source"),
    (0.0, "Perhaps not the answer; check the source"),
)
RATINGS = {"like": "Good", "dislike": "Bad"}
DOUBTS = {"weak": "weakly supported", "unsupported": "not found in the documents"}


def confidence_words(confidence: float) -> str:
    """Say a probability in words, since 0.73 suggests a precision that readers should not rely on."""
    return next(words for least, words in CONFIDENCE if confidence >= least)


def render_conversation(turns: Sequence[str], welcome: str, run: int = 0) -> str:
    """The finished turns as a log, or a welcome where there are none.

    Each rendering replaces the last, so a live log would be read out from its beginning: the script of the page
    announces what is new instead; `run` tells it when something has ended.
    """
    return (
        f'<div class="fn-log" role="log" aria-live="off" aria-label="Conversation" data-run="{run}">'
        f"{''.join(turns) or welcome}</div>"
    )


def render_live(turn: str, run: int, busy: bool) -> str:
    """The turn whose answer is being made, apart from the others so that they stay as they are meanwhile."""
    return f'<div class="fn-log" id="fn-live" data-run="{run}" aria-busy="{str(busy).lower()}">{turn}</div>'


def render_welcome(examples: Sequence[str], ready: bool = True) -> str:
    """What an empty conversation shows: questions to begin with, once there are some."""
    chips = "".join(
        f'<li><button type="button" class="fn-example">{escape(example)}</button></li>' for example in examples
    )
    waiting = '<p class="fn-status fn-loading">Loading the models; you can ask already…</p>'
    listed = f'<ul class="fn-examples" aria-label="Example questions">{chips}</ul>' if chips else ""
    return (
        '<div class="fn-empty"><p class="fn-invitation">Ask a question. '
        "Every sentence of the answer is footnoted with the passage it comes from.</p>"
        f"{listed if ready else waiting}</div>"
    )


def render_turn(
    number: int, question: str, body: str, saved: Mapping[str, Any] | None = None, last: bool = False
) -> str:
    """One question and the HTML of what was answered; once it is finished, with what the browser is to keep."""
    kept = f' data-saved="{escape(json.dumps(saved, ensure_ascii=False))}"' if saved else ""
    actions = _actions(number, saved, last) if saved else ""
    return (
        f'<section class="fn-turn" id="fn-turn-{number}" aria-label="Question {number}"{kept}>'
        f'<h2 class="fn-question">{escape(question)}</h2><div class="fn-answer">{body}</div>{actions}</section>'
    )


def render_progress(stage: str) -> str:
    """What is being done for an answer that has no text yet."""
    return f'<p class="fn-status">{escape(STAGES.get(stage, "Working…"))}</p>'


def render_draft(
    claims: Sequence[Claim], citations: Sequence[Citation], turn: int, provisional: str = "", question: str = ""
) -> str:
    """An answer in the making: claims whose numbers can be opened, then text that is not checked yet."""
    unchecked = f'<p class="fn-draft">{escape(provisional)}</p>' if provisional else ""
    return f"{_all_claims(claims, citations, None, turn, {}, question)}{unchecked}"


def render_note(text: str, kind: str = "reply") -> str:
    """A plain message that rests on no document: small talk (`reply`), an `error`, or a `stopped` answer."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines() if line.strip())
    return f'<div class="fn-note fn-{escape(kind)}">{paragraphs}</div>'


def render_answer(answer: Answer, turn: int, documents: Documents, threshold: float | None = None) -> str:
    """A finished answer: the short answer, the quotes with their markers, and the list of sources."""
    understood = f"Understood as: {answer.rewritten}" if answer.rewritten else ""
    before = _told(understood) + _told(_asked_only(answer, documents))
    after = "".join(map(_told, answer.notices))
    if answer.status == "abstained":
        return f"{before}{_abstained(answer, turn, documents, threshold)}{after}"
    claims = _all_claims(answer.claims, answer.citations, answer.span, turn, documents, asked(answer))
    return (
        f"{before}{_lead(answer, turn)}{claims}"
        f"{_sources(answer, turn, documents)}{_confidence(answer.confidence)}{after}"
    )


def _asked_only(answer: Answer, documents: Documents) -> str:
    """What was asked, where that is not everything; a refusal tells it in its notices, too."""
    titles = [documents[name].title if name in documents else name.removesuffix("/") for name in answer.documents]
    if len(titles) > MOST_NAMED:
        titles = [*titles[: MOST_NAMED - 1], f"{len(titles) - MOST_NAMED + 1} more"]
    named = " and ".join(filter(None, (", ".join(titles[:-1]), *titles[-1:])))
    return f"Asked only: {named}" if named else ""


def _told(sentence: str) -> str:
    """What the visitor must know of how the answer was made."""
    return f'<p class="fn-why">{escape(sentence)}</p>' if sentence else ""


def heading_of(citation: Citation, hits: Sequence[Hit]) -> str:
    """The heading that a quote stands under."""
    return next((hit.passage.heading for hit in hits if holds(hit, citation)), "")


def holds(hit: Hit, citation: Citation) -> bool:
    """Whether the quote begins in this passage."""
    passage = hit.passage
    return passage.document_id == citation.document_id and passage.start <= citation.start < passage.end


def _actions(number: int, saved: Mapping[str, Any], last: bool) -> str:
    """What can be done with a finished turn."""
    row = [("copy", "Copy", "")] if saved.get("answer") else []
    if saved.get("answer") and saved.get("id"):
        row.append(("pin", "Pin", f' data-pin="{escape(str(saved["id"]))}" aria-pressed="false"'))
    if last:
        row += [("retry", "Ask again", ""), ("edit", "Edit the question", "")]
    if saved.get("answer"):
        for kind, label in RATINGS.items():
            row.append((kind, f"{label} answer", f' aria-pressed="{str(saved.get("rating") == kind).lower()}"'))
    buttons = "".join(
        f'<button type="button" class="fn-action fn-do-{action}" data-action="{action}" data-turn="{number}"'
        f' aria-label="{label}" title="{label}"{state}></button>'
        for action, label, state in row
    )
    return f'<div class="fn-actions" role="group" aria-label="Question {number}">{buttons}</div>' if buttons else ""


def _lead(answer: Answer, turn: int) -> str:
    """The short answer, with the marker of the quote that it was read in."""
    if not answer.span or any(answer.span.strip() == claim.text.strip() for claim in answer.claims):
        return ""
    cited = next((citation for citation in answer.citations if answer.span in citation.quote), None)
    marker = _marker(cited, turn) if cited else ""
    return f'<p class="fn-lead">{escape(answer.span)}{marker}</p>'


def _all_claims(
    claims: Sequence[Claim],
    citations: Sequence[Citation],
    span: str | None,
    turn: int,
    documents: Documents,
    question: str,
) -> str:
    """Neighbouring claims that rest on the same quotes, as one block whose markers stand at its end."""
    by_number = {citation.number: citation for citation in citations}
    blocks = []
    for (quoted, numbers), group in groupby(claims, key=lambda claim: (claim.support == "quoted", claim.citations)):
        cited = [by_number[number] for number in numbers if number in by_number]
        markers = "".join(_marker(one, turn) for one in cited)
        if quoted:
            columns = render_columns(documents.get(cited[0].document_id), cited[0].start) if cited else ""
            blocks.append(_quoted(list(group), markers, span, columns, question))
        else:
            blocks += [_unquoted(claim, markers, span) for claim in group]
    return "".join(blocks)


def _quoted(claims: Sequence[Claim], markers: str, span: str | None, columns: str, question: str) -> str:
    """Sentences as they stand in a document; long rows of a table in brief, and then the whole to be unfolded."""

    def told(texts: Iterable[str]) -> str:
        return " ".join(typeset(emphasise(text, span)) for text in texts)

    whole = told(claim.text for claim in claims)
    text = told(brief(claim, question) or claim.text for claim in claims)
    name = "The whole row" if len(claims) == 1 else "The whole quotation"
    unfolded = f'<details class="fn-whole"><summary>{name}</summary><p>{whole}</p></details>' if text != whole else ""
    return f'<blockquote class="fn-claim fn-quoted">{columns}<p>{text}{markers}</p>{unfolded}</blockquote>'


def _unquoted(claim: Claim, markers: str, span: str | None) -> str:
    doubt = f' <em class="fn-doubt">{DOUBTS[claim.support]}</em>' if claim.support in DOUBTS else ""
    return (
        f'<p class="fn-claim fn-{escape(claim.support)}"><span>{emphasise(claim.text, span)}</span>{markers}{doubt}</p>'
    )


def _confidence(confidence: float) -> str:
    full = sum(confidence >= least for least, _ in CONFIDENCE)
    bars = "".join(f"<i{' class=fn-full' * (place < full)}></i>" for place in range(len(CONFIDENCE)))
    return (
        f'<p class="fn-confidence"><span class="fn-meter" aria-hidden="true">{bars}</span>'
        f"{confidence_words(confidence)}</p>"
    )


def _opener(turn: int, number: int, kind: str) -> str:
    """The anchor of a button that opens the source pane; it stays valid as the conversation goes on."""
    return f'type="button" data-turn="{turn}" data-number="{number}" data-kind="{kind}"'


def _marker(citation: Citation, turn: int) -> str:
    """The button of one citation, with what hovering over it shows."""
    label = escape(f"Open citation {citation.number}: {citation.title}")
    return (
        f'<sup><button class="fn-marker" {_opener(turn, citation.number, "citation")} aria-label="{label}" '
        f'data-title="{escape(citation.title)}" data-quote="{escape(citation.quote)}">'
        f"[{citation.number}]</button></sup>"
    )


def _sources(answer: Answer, turn: int, documents: Documents) -> str:
    """The footnotes: each document once, or each of its headings, with the quotes that are from there."""
    origins: dict[tuple[str, str, str], list[Citation]] = {}
    for citation in answer.citations:
        heading = section_of(heading_of(citation, answer.hits), documents.get(citation.document_id), citation.start)
        origins.setdefault((citation.document_id, citation.title, heading), []).append(citation)
    items = "".join(
        f"<li>{_named(label_of(document_id, title, documents), heading)} "
        f"{' '.join(_open(citation, turn, documents) for citation in cited)}"
        f"{render_problems(problems_of(documents.get(document_id)))}</li>"
        for (document_id, title, heading), cited in origins.items()
    )
    return f'<ul class="fn-sources" aria-label="Sources">{items}</ul>' if items else ""


def _open(citation: Citation, turn: int, documents: Documents) -> str:
    place = place_of(citation.document_id, citation.start, documents, page=citation.page)
    return (
        f'<button class="fn-open" {_opener(turn, citation.number, "citation")}>'
        f'<span class="fn-number">[{citation.number}]</span> {escape(place) or "open"}</button>'
    )


def _abstained(answer: Answer, turn: int, documents: Documents, threshold: float | None) -> str:
    items = "".join(_nearest(citation, turn, documents) for citation in answer.nearest)
    nearest = f'<h3>Nearest sentences</h3><ul class="fn-nearest">{items}</ul>' if items else ""
    return (
        f'<div class="fn-abstained"><p class="fn-refusal">{escape(answer.text)}</p>'
        f'<p class="fn-why">{escape(_why(answer, threshold))}</p>{nearest}</div>'
    )


def _why(answer: Answer, threshold: float | None) -> str:
    """By which figures an answer was refused, as far as they tell it: the reason itself is one of its notices."""
    if not answer.hits:
        return "No passage of the documents is like the question."
    if threshold is None or answer.confidence >= threshold:
        return "No passage that was read answers it clearly enough."
    return (
        f"The likeliest passage was given a chance of {answer.confidence:.0%}; "
        f"{threshold:.0%} is asked for (see Settings)."
    )


def _nearest(citation: Citation, turn: int, documents: Documents) -> str:
    quote, name = citation.quote, label_of(citation.document_id, citation.title, documents)
    place = place_of(citation.document_id, citation.start, documents, page=citation.page)
    return (
        f'<li><button class="fn-passage" {_opener(turn, citation.number, "nearest")}>'
        f'<span class="fn-extract">{typeset(escape(clipped(quote, EXTRACT)))}</span>'
        f'<span class="fn-origin">{_named(name, place)}</span></button></li>'
    )


def _named(title: str, place: str) -> str:
    return f'<cite>{escape(title)}</cite> <span class="fn-place">{escape(place)}</span>'
