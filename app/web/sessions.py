"""A visitor's conversation: its turns, how one comes about, and how the browser keeps it."""

import logging
import re
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from app.web import render
from index.errors import FootnoteError
from index.types import Hit
from rag.types import Answer, Citation, Claim, ClaimReady, Final, Revised, Stage, Text

if TYPE_CHECKING:
    from rag.assistant import Assistant

KEPT_TURNS = 200  #: of a saved conversation
BETWEEN = 0.05  #: seconds between two showings of an answer in the making

_SESSION_ID = re.compile(r"[A-Za-z0-9_-]{32}")
_MARKERS = re.compile(r"(?:\s*\[(?:\d+|\?)\])+\s*")
_UNFINISHED_MARKER = re.compile(r"\s*\[\d*\]?$")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what the page shows for it."""

    question: str
    body: str  #: HTML
    answer: Answer | None = None  #: None while pending, and for small talk and errors
    citations: tuple[Citation, ...] = ()  #: those that can be opened already
    pending: bool = False
    note: str = ""  #: what is said instead of an answer
    kind: str = "reply"  #: of the note: `reply`, `error` or `stopped`
    threshold: float | None = None  #: confidence that the answer had to reach
    rating: str = ""  #: `like`, `dislike` or nothing
    id: str = field(default_factory=lambda: secrets.token_hex(8))  #: of the finished turn, for its rating


Turns = tuple[Turn, ...]


@dataclass(slots=True)
class Session:
    """One visitor's conversation in one tab, kept by Gradio. What begins later puts an end to what is running."""

    id: str = ""  #: the browser's; nothing before the page has begun
    turns: Turns = ()
    asked: str = ""  #: the question to answer next
    engine: object = None  #: that the visitor has chosen
    options: Mapping[str, Any] = field(default_factory=dict)  #: for `Assistant.stream`
    examples: tuple[str, ...] = ()  #: questions to begin with, where the visitor's own documents give some
    run: int = 0

    def begin(self) -> int:
        """The number under which to go on, for as long as it is the session's `run`."""
        self.run += 1
        return self.run

    @property
    def busy(self) -> bool:
        """Whether an answer is being made, or waits for its turn."""
        return bool(self.asked) or (bool(self.turns) and self.turns[-1].pending)


def is_session_id(value: object) -> bool:
    """Whether it is as the page makes them: 192 random bits, so that nobody can guess another's."""
    return isinstance(value, str) and bool(_SESSION_ID.fullmatch(value))


def converse(
    assistant: "Assistant", question: str, turns: Turns, options: Mapping[str, Any] | None = None
) -> Iterator[Turn]:
    """Answer a question, giving the turn again and again as it grows; the last one is not pending."""
    number, threshold = len(turns) + 1, (options or {}).get("min_confidence", assistant.min_confidence)
    draft = _Draft(number)
    yield Turn(question, draft.render(), pending=True)
    try:
        assistant.refresh()
        shown = 0.0
        for event in assistant.stream(question, history=_history(turns), **(options or {})):
            if isinstance(event, Final) and event.answer.engine == "reply":
                yield noted(Turn(question, ""), event.answer.text, "reply")
                return
            if isinstance(event, Final):
                yield answered(Turn(question, "", threshold=threshold), event.answer, number, assistant)
                return
            draft.take(event)
            if isinstance(event, Text) and time.monotonic() < shown + BETWEEN:
                continue
            shown = time.monotonic()
            yield Turn(question, draft.render(), citations=tuple(draft.citations), pending=True)
    except FootnoteError as error:
        yield noted(Turn(question, ""), str(error), "error")
    except Exception:
        log.exception("answering failed")
        yield noted(Turn(question, ""), "Something went wrong; the log says what.", "error")


def answered(turn: Turn, answer: Answer, number: int, assistant: "Assistant") -> Turn:
    """The turn with its finished answer."""
    documents = {document.id: document for document in assistant.documents}
    body = render.render_answer(answer, number, documents, turn.threshold)
    return replace(turn, body=body, answer=answer, citations=answer.citations, pending=False)


def noted(turn: Turn, note: str, kind: str) -> Turn:
    """The turn with a message at its end instead of an answer."""
    body = turn.body + render.render_note(note, kind)
    return replace(turn, body=body, note=note, kind=kind, pending=False)


def saved(turn: Turn) -> dict[str, Any]:
    """What the browser keeps of a turn: all that is needed to show it, export it and go on from it."""
    answer = None
    if turn.answer:
        answer = replace(turn.answer, hits=_needed(turn.answer)).to_dict()
    return {
        "question": turn.question,
        "answer": answer,
        "note": turn.note,
        "kind": turn.kind,
        "threshold": turn.threshold,
        "rating": turn.rating,
        "id": turn.id,
    }


def restored(data: object, assistant: "Assistant") -> Turns:
    """The turns that the browser kept. What is not as `saved` made it is left out."""
    turns: list[Turn] = []
    for item in data[-KEPT_TURNS:] if isinstance(data, list) else []:
        try:
            turns.append(_restored(item, len(turns) + 1, assistant))
        except (KeyError, TypeError, ValueError, AttributeError):
            log.warning("a turn of a saved conversation could not be read")
    return tuple(turns)


def _restored(item: Mapping[str, Any], number: int, assistant: "Assistant") -> Turn:
    rating = item["rating"] if item["rating"] in render.RATINGS else ""
    turn = Turn(str(item["question"]), "", threshold=item["threshold"], rating=rating, id=str(item["id"]))
    if item["answer"] is None:
        return noted(turn, str(item["note"]), item["kind"] if item["kind"] in ("error", "stopped") else "reply")
    return answered(turn, Answer.from_dict(item["answer"]), number, assistant)


def _needed(answer: Answer) -> tuple[Hit, ...]:
    """The passages without which the answer would be shown otherwise."""
    if answer.status == "abstained":
        return answer.hits[: render.NEAREST]
    return tuple(hit for hit in answer.hits if any(render.holds(hit, citation) for citation in answer.citations))


def _history(turns: Sequence[Turn]) -> list[tuple[str, str]]:
    """The turns that later questions may refer to."""
    return [(turn.question, turn.answer.text) for turn in turns if turn.answer]


class _Draft:
    """An answer in the making: claims that are checked, and after them text that is not yet."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.stage = "retrieve"
        self.text = ""  # since the last claim
        self.claims: list[Claim] = []
        self.citations: list[Citation] = []

    def take(self, event: object) -> None:
        match event:
            case Stage(name):
                self.stage = name
            case Text(delta):
                self.text += delta
            case ClaimReady(claim):
                self.claims.append(claim)
                self.citations += [cited for cited in event.citations if cited not in self.citations]
                # Text may run ahead of the checks; where the claim is not found in it, it is taken for all of it.
                self.text = self.text.partition(claim.text)[2]
            case Revised(text, claims):
                named = {number for claim in claims for number in claim.citations}
                self.claims = list(claims)
                self.citations = [cited for cited in self.citations if cited.number in named]
                self.text = "" if claims else text

    def render(self) -> str:
        provisional = _UNFINISHED_MARKER.sub("", _MARKERS.sub(" ", self.text)).strip()
        if not self.claims and not provisional:
            return render.render_progress(self.stage)
        return render.render_draft(self.claims, self.citations, self.number, provisional)
