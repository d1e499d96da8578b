"""The chat page, and the `/ask` endpoint for programs, around `Assistant.stream` and `Assistant.ask`."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from app import render, smalltalk
from index.errors import FootnoteError, SettingsError
from index.types import Document, Passage
from rag.types import Answer, Citation, Final, Stage, Text

if TYPE_CHECKING:
    from rag.pipeline import Assistant

ASSETS = Path(__file__).parent / "assets"
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
        """Whether an answer is being made."""
        return bool(self.turns) and self.turns[-1].pending


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
        gr.on([question.submit, send.click], page.take, [question, session], question, **PRIVATE).then(**respond)
        conversation.example(page.pick, session, **PRIVATE).then(**respond)
        stop.click(page.stop, session, shown, **PRIVATE)
        new.click(page.restart, session, [*shown, source], **PRIVATE)
        conversation.cite(page.open_source, session, source, concurrency_limit=None, **PRIVATE)
        app.load(page.refresh, None, [header, source], **PRIVATE)
        gr.api(_endpoint(assistant), api_name="ask", concurrency_limit=AT_ONCE)
    return app


def launch(
    assistant: "Assistant", *, host: str = "127.0.0.1", port: int | None = None, examples: Sequence[str] = ()
) -> tuple[gr.Blocks, str]:
    """Serve the page, the API and MCP; returns the running app and its address.

    Nothing is reported, shared or fetched elsewhere: the fonts are the system's and no run is recorded.

    Args:
        assistant: Who answers.
        host: Address to listen at.
        port: Port to listen at; None takes 7860 or the next one that is free.
        examples: Questions to begin with.

    Raises SettingsError if nothing can listen there.
    """
    app = build_app(assistant, examples=examples)
    try:
        _, url, _ = app.launch(
            server_name=host,
            server_port=port,
            prevent_thread_lock=True,
            share=False,
            quiet=True,
            mcp_server=True,
            run_history=False,
            enable_monitoring=False,
            ssr_mode=False,
            footer_links=[],
            theme=_theme(),
            css_paths=ASSETS / "chat.css",
            favicon_path=ASSETS / "icon.svg",
        )
    except OSError:
        raise SettingsError(
            f"The chat cannot listen at {host}, port {port or 'any'}: it is in use, or not this machine's; "
            "choose others with --host and --port."
        ) from None
    return app, url


def converse(assistant: "Assistant", question: str, turns: Turns) -> Iterator[Turn]:
    """Answer a question, giving the turn again and again as it grows; the last one is not pending."""
    stage, text = "retrieve", ""
    yield Turn(question, render.render_progress(stage), pending=True)
    try:
        reply = smalltalk.reply(question, assistant.documents)
        if reply is not None:
            yield Turn(question, render.render_note(reply))
            return
        for event in assistant.stream(question, history=_history(turns)):
            match event:
                case Stage(name):
                    stage = name
                case Text(delta):
                    text += delta
                case Final(answer):
                    body = render.render_answer(answer, len(turns) + 1, _documents(assistant, answer))
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
        turns = [render.render_turn(number, turn.question, turn.body) for number, turn in enumerate(session.turns, 1)]
        return render.render_conversation(turns, self.examples, session.busy)

    def shown(self, session: Session) -> tuple[Any, ...]:
        return self.conversation(session), gr.Button(visible=not session.busy), gr.Button(visible=session.busy)

    def take(self, question: str, session: Session) -> Any:
        """Take the question out of its box, unless one is being answered; what is typed meanwhile stays."""
        if session.busy or not question.strip():
            return gr.skip()
        session.asked = question.strip()
        return ""

    def pick(self, session: Session, event: gr.EventData) -> None:
        if not session.busy:
            session.asked = self.examples[int(event.number)]

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
        if session.busy:
            turn = session.turns[-1]
            stopped = replace(turn, body=turn.body + render.render_note("Stopped.", "stopped"), pending=False)
            session.turns = (*session.turns[:-1], stopped)
        return self.shown(session)

    def restart(self, session: Session) -> tuple[Any, ...]:
        session.begin()
        session.turns = ()
        return *self.shown(session), self.shelf()

    def open_source(self, session: Session, event: gr.EventData) -> str:
        """Show what an anchor names: its turn, whether it is a citation or a passage, and which."""
        answer, number = session.turns[int(event.turn) - 1].answer, int(event.number)
        if event.kind == "citation":
            cited = next(citation for citation in answer.citations if citation.number == number)
            return self.source(cited, cited.quote, answer.span, cited.page)
        passage = next(hit.passage for hit in answer.hits if hit.rank == number)
        return self.source(passage, passage.text)

    def source(self, place: Citation | Passage, quote: str, span: str | None = None, page: int | None = None) -> str:
        documents = {document.id: document for document in self.assistant.documents}
        document = documents.get(place.document_id)
        if document is None or document.text[place.start : place.end] != quote:
            return render.render_moved(document.title if document else place.document_id, quote)
        return render.render_source(document, place.start, place.end, span, page)


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


def _documents(assistant: "Assistant", answer: Answer) -> dict[str, Document]:
    """The documents that an answer mentions."""
    places = (*answer.citations, *(hit.passage for hit in answer.hits))
    named = {place.document_id for place in places}
    return {document.id: document for document in assistant.documents if document.id in named}


def _history(turns: Turns) -> list[tuple[str, str]]:
    """The turns that later questions may refer to."""
    return [(turn.question, turn.answer.text) for turn in turns if turn.answer]


def _endpoint(assistant: "Assistant") -> Callable[..., dict]:
    """The function behind `/ask`; its docstring is what API pages and MCP clients show."""

    def ask(
        question: str,
        history: list[list[str]] | None = None,
        top_k: int | None = None,
        min_confidence: float | None = None,
    ) -> dict:
        """Answer a question from the user's own documents, quoting and citing the exact passages.

        The answer is made only of what the documents say. Its `text` carries markers such as [1]; each entry of
        `citations` has the marker's number, the quote and the document with its offsets. If the documents do not
        hold the answer, `status` is "abstained" and `hits` lists the nearest passages.

        Args:
            question: One question, in English, such as "When did China debut the Wing Loong drone?".
            history: Earlier [question, answer text] pairs that this question may refer to, oldest first.
            top_k: How many passages to search for; leave out for the default.
            min_confidence: Abstain below this probability, 0 to 1; leave out for the default.
        """
        try:
            pairs = [(asked, answered) for asked, answered in history or ()]
        except (TypeError, ValueError):
            raise gr.Error("history must be a list of [question, answer] pairs", print_exception=False) from None
        try:
            return assistant.ask(question, history=pairs, top_k=top_k, min_confidence=min_confidence).to_dict()
        except FootnoteError as error:
            raise gr.Error(str(error), print_exception=False) from error

    return ask


def _theme() -> gr.themes.Base:
    """Gradio's plainest theme on the system's fonts: its own would be fetched from another host."""
    return gr.themes.Base(font=("system-ui", "sans-serif"), font_mono=("ui-monospace", "monospace"))
