"""A visitor's conversation: its turns, how one comes about, and how the browser keeps it."""

import logging
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic import TypeAdapter, ValidationError

from app.web import render
from app.web.engines import with_engine
from app.web.feedback import Verdict
from app.web.order import Order
from app.web.sent import KeptAnswer, Settings
from app.web.visible import message, public, refresh
from index.errors import FootnoteError
from index.types import Hit
from rag.markers import without_markers
from rag.types import Answer, Citation, Claim, ClaimReady, Final, Revised, Stage, Text

if TYPE_CHECKING:
    from rag.assistant import Assistant

KEPT_TURNS = 200  #: of a saved conversation
BETWEEN = 0.05  #: seconds between two showings of an answer in the making

_UNFINISHED_MARKER = re.compile(r"\s*\[\d*\]?$")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what the page shows for it."""

    question: str
    body: str = ""  #: HTML
    answer: KeptAnswer | None = None  #: None while pending, and for small talk and errors
    citations: tuple[Citation, ...] = ()  #: those that can be opened already
    pending: bool = False
    note: str = ""  #: what is said instead of an answer
    kind: Literal["reply", "error", "stopped"] = "reply"  #: of the note
    threshold: float | None = None  #: confidence that the answer had to reach
    rating: Verdict | Literal[""] = ""
    id: str = field(default_factory=lambda: secrets.token_hex(8))  #: of the finished turn, for its rating


Turns = tuple[Turn, ...]
KEPT = ("question", "note", "kind", "threshold", "rating", "id")  #: by the browser, and the answer
_TURN = TypeAdapter(Turn)


@dataclass(slots=True)
class Session:
    """One visitor's conversation in one tab, kept by Gradio. What begins later puts an end to what is running."""

    id: str = ""  #: the browser's; nothing before the page has begun
    turns: Turns = ()
    asked: str = ""  #: the question to answer next
    settings: Settings = field(default_factory=Settings)
    examples: tuple[str, ...] = ()  #: questions to begin with, where the visitor's own documents give some
    run: int = 0
    order: Order = field(default_factory=Order)

    def begin(self) -> int:
        """The number under which to go on, for as long as it is the session's `run`."""
        self.run += 1
        return self.run

    def snapshot(self) -> "Session":
        """The session as it is now, for showing it while an answer goes on.

        What is written last is read first: a run whose turns are not read yet would seem to have ended without one.
        """
        run, asked = self.run, self.asked
        return replace(self, run=run, asked=asked, turns=self.turns)

    def turn(self, number: int) -> Turn | None:
        """One of its turns, which are numbered from 1."""
        return self.turns[number - 1] if 0 < number <= len(self.turns) else None

    @property
    def busy(self) -> bool:
        """Whether an answer is being made, or waits for its turn."""
        return bool(self.asked) or (bool(self.turns) and self.turns[-1].pending)


def converse(assistant: "Assistant", question: str, turns: Turns, settings: Settings | None = None) -> Iterator[Turn]:
    """Answer a question, giving the turn again and again as it grows; the last one is not pending."""
    chosen = settings or Settings()
    threshold = assistant.min_confidence if chosen.min_confidence is None else chosen.min_confidence
    number = len(turns) + 1
    history = [(turn.question, turn.answer.text) for turn in turns if turn.answer]
    draft = _Draft(number, question)
    yield Turn(question, draft.render(), pending=True)
    try:
        refresh(assistant)
        shown = 0.0
        answering = with_engine(assistant, chosen.engine)
        if chosen.documents is not None:
            answering = answering.among(chosen.documents)
        for event in answering.stream(
            question, history=history, top_k=chosen.top_k, min_confidence=chosen.min_confidence
        ):
            if isinstance(event, Final):
                if event.answer.engine == "reply":
                    yield noted(Turn(question), event.answer.text, "reply")
                else:
                    yield answered(Turn(question, threshold=threshold), event.answer, number, assistant)
                return
            draft.take(event)
            if isinstance(event, Text) and time.monotonic() < shown + BETWEEN:
                continue
            shown = time.monotonic()
            yield Turn(question, draft.render(), citations=tuple(draft.citations), pending=True)
    except FootnoteError as error:
        yield noted(Turn(question), message(error), "error")
    except Exception:
        log.exception("answering failed")
        yield noted(Turn(question), "Something went wrong; the log says what.", "error")


def answered(turn: Turn, answer: Answer, number: int, assistant: "Assistant") -> Turn:
    """The turn with its finished answer."""
    answer = public(answer)
    documents = {document.id: document for document in assistant.documents}
    body = render.render_answer(answer, number, documents, turn.threshold)
    return replace(turn, body=body, answer=answer, citations=answer.citations, pending=False)


def noted(turn: Turn, note: str, kind: Literal["reply", "error", "stopped"]) -> Turn:
    """The turn with a message at its end instead of an answer."""
    body = turn.body + render.render_note(note, kind)
    return replace(turn, body=body, note=note, kind=kind, pending=False)


def openable(turn: Turn) -> dict[tuple[str, int], Citation]:
    """The sentences that can be opened from a turn, by kind, `citation` or `nearest`, and number."""
    nearest = turn.answer.nearest if turn.answer else ()
    kinds = {"citation": turn.citations, "nearest": nearest}
    return {(kind, cited.number): cited for kind, found in kinds.items() for cited in found}


def saved(turn: Turn) -> dict[str, Any]:
    """What the browser keeps of a turn: all that is needed to show it, export it and go on from it."""
    answer = replace(turn.answer, hits=_needed(turn.answer)).to_dict() if turn.answer else None
    return {name: getattr(turn, name) for name in KEPT} | {"answer": answer}


def restored(kept: object, assistant: "Assistant") -> Turns:
    """The turns that the browser kept. What is not as `saved` made it is left out."""
    turns: list[Turn] = []
    for item in kept[-KEPT_TURNS:] if isinstance(kept, list) else []:
        try:
            turn = _TURN.validate_python(item)
        except ValidationError:
            log.warning("a turn of a saved conversation could not be read")
            continue
        plain = replace(turn, body="", pending=False)
        if turn.answer:
            turns.append(answered(plain, turn.answer, len(turns) + 1, assistant))
        else:
            turns.append(noted(plain, turn.note, turn.kind))
    return tuple(turns)


def _needed(answer: Answer) -> tuple[Hit, ...]:
    """The passages without which the answer would be shown otherwise."""
    if answer.status == "abstained":
        return answer.hits[:1]  # whether there are any
    held = tuple(hit for hit in answer.hits if any(render.holds(hit, citation) for citation in answer.citations))
    return held or answer.hits[:1]  # a heading stands in no passage


class _Draft:
    """An answer in the making: claims that are checked, and after them text that is not yet."""

    def __init__(self, number: int, question: str) -> None:
        self.number = number
        self.question = question
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
        provisional = _UNFINISHED_MARKER.sub("", without_markers(self.text)).strip()
        if not self.claims and not provisional:
            return render.render_progress(self.stage)
        return render.render_draft(self.claims, self.citations, self.number, provisional, self.question)
