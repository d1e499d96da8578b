"""The chat page, around `Assistant.stream`; `app/server.py` serves it."""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from app import render, smalltalk
from app.api import ask_endpoint
from index.errors import FootnoteError
from index.types import Passage
from rag.types import Answer, Citation, Final, Stage, Text

if TYPE_CHECKING:
    from rag.pipeline import Assistant

ASSETS = Path(__file__).parent / "assets"
SETTLING = 0.5  #: seconds after which nothing of a stopped answer is under way any more
AT_ONCE = 4  #: questions answered at the same time, over all sessions
PRIVATE = {"api_visibility": "private", "show_progress": "hidden"}  # else each control is a public endpoint

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Turn:
    """One question of a conversation and what the page shows for it."""

    question: str
    body: str  #: HTML
    answer: Answer | None = None  #: None while pending, and for small talk and errors
    pending: bool = False


Turns = tuple[Turn, ...]


@dataclass(slots=True)
class Session:
    """One visitor's conversation, kept by Gradio. Whatever begins later puts an end to what is running."""

    turns: Turns = ()
    asked: str = ""  #: the question to answer next
    run: int = 0

    def begin(self) -> int:
        """The number under which to go on, for as long as it is the session's `run`."""
        self.run += 1
        return self.run

    @property
    def busy(self) -> bool:
        """Whether an answer is being made, or waits for its turn."""
        return bool(self.asked) or (bool(self.turns) and self.turns[-1].pending)


def build_app(assistant: "Assistant", *, examples: Sequence[str] = ()) -> gr.Blocks:
    """Lay out the page and connect it. Style and theme are given to `launch`."""
    page = _Page(assistant, tuple(examples))
    with gr.Blocks(title="Footnote", analytics_enabled=False, fill_width=True) as app:
        session = gr.State(Session())
        with gr.Row(elem_id="fn-top"):
            header = gr.HTML(page.header(), apply_default_css=False, js_on_load=None)
            new = gr.Button("New chat", elem_id="fn-new")
        with gr.Row(elem_id="fn-columns"):
            with gr.Column(elem_id="fn-left"):
                conversation = _html(page.conversation(Session()), "fn-conversation", "chat.js")
                with gr.Row(elem_id="fn-composer"):
                    question = _question_box()
                    send = gr.Button("Ask", elem_id="fn-send", variant="primary")
                    stop = gr.Button("Stop", elem_id="fn-stop", visible=False)
            source = _html(page.shelf(), "fn-pane", "pane.js")

        shown = [conversation, send, stop]
        respond = {"fn": page.respond, "inputs": session, "outputs": shown, "concurrency_limit": AT_ONCE}
        respond |= {"trigger_mode": "multiple", **PRIVATE}  # the session knows if it is busy
        asked = gr.on([question.submit, send.click], page.take, [question, session], [question, *shown], **PRIVATE)
        asked.then(**respond)
        conversation.example(page.pick, session, shown, **PRIVATE).then(**respond)
        settle = {"fn": page.settle, "inputs": session, "outputs": shown, "concurrency_limit": None, **PRIVATE}
        stop.click(page.stop, session, shown, **PRIVATE).then(**settle)
        new.click(page.restart, session, [*shown, source], **PRIVATE).then(**settle)
        conversation.cite(page.open_source, session, source, concurrency_limit=None, **PRIVATE)
        app.load(page.refresh, None, [header, source], **PRIVATE)
        gr.api(ask_endpoint(assistant), api_name="ask", concurrency_limit=AT_ONCE)
    return app


def converse(assistant: "Assistant", question: str, turns: Turns) -> Iterator[Turn]:
    """Answer a question, giving the turn again and again as it grows; the last one is not pending."""
    stage, text = "retrieve", ""
    yield Turn(question, render.render_progress(stage), pending=True)
    try:
        reply = smalltalk.reply(question, assistant.documents)
        if reply is not None:
            yield Turn(question, render.render_note(reply))
            return
        assistant.refresh()
        for event in assistant.stream(question, history=_history(turns)):
            match event:
                case Stage(name):
                    stage = name
                case Text(delta):
                    text += delta
                case Final(answer):
                    documents = {document.id: document for document in assistant.documents}
                    body = render.render_answer(answer, len(turns) + 1, documents)
                    yield Turn(question, body, answer)
                    return
            yield Turn(question, render.render_progress(stage, text), pending=True)
    except FootnoteError as error:
        yield Turn(question, render.render_note(str(error), "error"))
    except Exception:
        log.exception("answering failed")
        yield Turn(question, render.render_note("Something went wrong; the log says what.", "error"))


class _Page:
    """What the page's controls do. It holds no conversation: each session's turns come in and go out."""

    def __init__(self, assistant: "Assistant", examples: tuple[str, ...]) -> None:
        self.assistant = assistant
        self.examples = examples

    def header(self) -> str:
        return render.render_header(self.assistant.documents)

    def shelf(self) -> str:
        return render.render_shelf(self.assistant.documents)

    def refresh(self) -> tuple[str, str]:
        """Name the documents there are when a visitor comes, not when the page was built."""
        return self.header(), self.shelf()

    def conversation(self, session: Session) -> str:
        shown = list(session.turns)
        if session.asked:
            shown.append(Turn(session.asked, render.render_progress("wait"), pending=True))
        turns = [render.render_turn(number, turn.question, turn.body) for number, turn in enumerate(shown, 1)]
        return render.render_conversation(turns, self.examples, session.busy)

    def shown(self, session: Session) -> tuple[Any, ...]:
        return self.conversation(session), gr.Button(visible=not session.busy), gr.Button(visible=session.busy)

    def take(self, question: str, session: Session) -> tuple[Any, ...]:
        """Take the question out of its box, unless one is being answered; what is typed meanwhile stays."""
        if session.busy or not question.strip():
            return gr.skip(), *self.shown(session)
        session.asked = question.strip()
        return "", *self.shown(session)

    def pick(self, session: Session, event: gr.EventData) -> tuple[Any, ...]:
        if not session.busy:
            session.asked = self.examples[int(event.number)]
        return self.shown(session)

    def respond(self, session: Session) -> Iterator[tuple[Any, ...]]:
        """Answer in the page, until done or until the visitor stops it.

        Gradio's own cancelling is not used: what was under way when it cancels may be shown after what follows.
        Here the last thing shown is always the session as it is.
        """
        question, session.asked = session.asked, ""
        if question:
            run, earlier = session.begin(), session.turns
            for turn in converse(self.assistant, question, earlier):
                if session.run != run:
                    break
                session.turns = (*earlier, turn)
                yield self.shown(session)
        yield self.shown(session)

    def stop(self, session: Session) -> tuple[Any, ...]:
        """Keep what was said so far."""
        session.begin()
        session.asked = ""
        if session.busy:
            turn = session.turns[-1]
            stopped = replace(turn, body=turn.body + render.render_note("Stopped.", "stopped"), pending=False)
            session.turns = (*session.turns[:-1], stopped)
        return self.shown(session)

    def restart(self, session: Session) -> tuple[Any, ...]:
        session.begin()
        session.asked, session.turns = "", ()
        return *self.shown(session), self.shelf()

    def settle(self, session: Session) -> tuple[Any, ...]:
        """Show the session again: what an answer had under way may have been shown after its end."""
        time.sleep(SETTLING)
        return self.shown(session)

    def open_source(self, session: Session, event: gr.EventData) -> str:
        """Show what an anchor names: its turn, whether it is a citation or a passage, and which."""
        turn, number = int(event.turn), int(event.number)
        answer = session.turns[turn - 1].answer if 0 < turn <= len(session.turns) else None
        if answer is None:
            shown = render.render_forgotten()
        elif event.kind == "citation":
            cited = next(citation for citation in answer.citations if citation.number == number)
            shown = self.source(cited, cited.quote, render.heading_of(cited, answer.hits), answer.span, cited.page)
        else:
            passage = next(hit.passage for hit in answer.hits if hit.rank == number)
            shown = self.source(passage, passage.text, passage.heading)
        # The page hears of a value only if it differs, and two anchors may show the same passage.
        return f"{shown}<!-- {turn}.{number} -->"

    def source(
        self, place: Citation | Passage, quote: str, heading: str, span: str | None = None, page: int | None = None
    ) -> str:
        document = next((found for found in self.assistant.documents if found.id == place.document_id), None)
        if document is None or document.text[place.start : place.end] != quote:
            return render.render_moved(document.title if document else place.document_id, quote)
        return render.render_source(document, place.start, place.end, span, page, heading)


def _html(value: str | Callable[[], str], elem_id: str, script: str) -> gr.HTML:
    """A part of the page that we style, with the script that makes it respond."""
    js = (ASSETS / script).read_text(encoding="utf-8")
    return gr.HTML(value, elem_id=elem_id, apply_default_css=False, js_on_load=js)


def _question_box() -> gr.Textbox:
    return gr.Textbox(
        label="Your question",
        placeholder="Ask the documents…",
        elem_id="fn-question",
        show_label=False,
        container=False,
        autofocus=True,
        max_lines=5,
    )


def _history(turns: Turns) -> list[tuple[str, str]]:
    """The turns that later questions may refer to."""
    return [(turn.question, turn.answer.text) for turn in turns if turn.answer]
