"""What the page's controls do. Each handler checks the session id that the browser sends along."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import gradio as gr

from app.web import pane, render
from app.web.engines import with_engine
from app.web.export import to_json, to_markdown
from app.web.feedback import Feedback
from app.web.library import Library
from app.web.readiness import Readiness
from app.web.sessions import Session, Turn, Turns, converse, is_session_id, noted, restored, saved
from app.web.suggest import suggest_questions
from index.errors import FootnoteError
from index.types import Passage
from rag.types import Citation

if TYPE_CHECKING:
    from rag.assistant import Assistant

SETTLING = 0.5  #: seconds after which nothing of a stopped answer is under way any more
PATIENCE = 0.25  #: seconds between two looks at whether the models are loaded


class Page:
    """The handlers. It holds no conversation: each session's turns come in and go out."""

    def __init__(self, library: Library, readiness: Readiness, feedback: Feedback) -> None:
        self.library = library
        self.readiness = readiness
        self.feedback = feedback

    # The conversation

    def begin(self, session: Session, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Show the conversation that the browser kept, or an empty one, and the documents."""
        data = _data(event)
        if session.id or not is_session_id(data.get("session")):
            _check(session, data.get("session"))
        session.begin()
        session.id, session.asked = data["session"], ""
        session.turns = restored(data.get("turns"), self.assistant(session))
        shelf = self.shelf(session)
        yield *self.shown(session), self.header(session), shelf
        while not self.readiness.is_ready:
            self.readiness.wait(PATIENCE)
            yield *self.shown(session), gr.skip(), gr.skip()
        yield *self.shown(session), gr.skip(), gr.skip()

    def take(self, session: Session, event: gr.EventData) -> tuple[Any, ...]:
        """Take a question to answer, in place of the last one where that is wanted, unless one is being answered."""
        data = self.checked(session, event)
        question = str(data.get("question", "")).strip()
        if not session.busy and question:
            if data.get("again"):
                session.turns = session.turns[:-1]
            session.asked = question
            session.engine, session.options = _settings(data.get("settings"))
        return self.shown(session)

    def respond(self, session: Session, who: object) -> Iterator[tuple[Any, ...]]:
        """Answer in the page, until done or until the visitor stops it.

        Gradio's own cancelling is not used: what was under way when it cancels may be shown after what follows.
        Here the last thing shown is always the session as it is.
        """
        _check(session, who)
        question, session.asked = session.asked, ""
        if question:
            run, earlier = session.begin(), session.turns
            assistant = with_engine(self.assistant(session), session.engine)
            for turn in converse(assistant, question, earlier, session.options):
                if session.run != run:
                    break
                session.turns = (*earlier, turn)
                yield gr.skip(), self.live(session)
        yield self.shown(session)

    def stop(self, session: Session, event: gr.EventData) -> tuple[Any, ...]:
        """Keep what was said so far."""
        self.checked(session, event)
        session.begin()
        session.asked = ""
        if session.busy:
            session.turns = (*session.turns[:-1], noted(session.turns[-1], "Stopped.", "stopped"))
        return self.shown(session)

    def show(self, session: Session, who: object) -> tuple[Any, ...]:
        """Show the session as it is: at its end, an answer's last state is shown again, whatever came between."""
        _check(session, who)
        return self.shown(session)

    def settle(self, session: Session, who: object) -> tuple[Any, ...]:
        """Show the session again: what an answer had under way may have been shown after its end."""
        _check(session, who)
        time.sleep(SETTLING)
        return self.shown(session)

    def rate(self, session: Session, event: gr.EventData) -> tuple[Any, ...]:
        """Note that an answer was good or bad; the same once more takes it back."""
        data = self.checked(session, event)
        number, rating = _number(data.get("turn")), str(data.get("rating"))
        turn = session.turns[number - 1] if 0 < number <= len(session.turns) else None
        if turn and turn.answer and rating in render.RATINGS:
            verdict = None if turn.rating == rating else rating
            private = self.library.quotes_uploads(turn.answer)
            with _told():
                self.feedback.record(turn.id, turn.answer, verdict, private=private)
            rated = replace(turn, rating=verdict or "")
            session.turns = (*session.turns[: number - 1], rated, *session.turns[number:])
        return self.shown(session)

    def export(self, session: Session, event: gr.EventData) -> dict[str, str]:
        """The conversation as a file that the browser saves; `number` makes the same one differ from the last."""
        data = self.checked(session, event)
        answers = [turn.answer for turn in session.turns if turn.answer]
        if data.get("format") == "json":
            file = {"name": "conversation.json", "type": "application/json", "text": to_json(answers)}
        else:
            file = {"name": "conversation.md", "type": "text/markdown", "text": to_markdown(answers)}
        return file | {"number": str(time.monotonic_ns())}

    # The source pane

    def open_source(self, session: Session, event: gr.EventData) -> str:
        """Show what an anchor names: its turn, whether it is a citation or a passage, and which."""
        data = self.checked(session, event)
        turn, number = _number(data.get("turn")), _number(data.get("number"))
        shown = pane.render_missing("No longer at hand", "The conversation has moved on; ask again to open the source.")
        if 0 < turn <= len(session.turns):
            shown = self.opened(session, session.turns[turn - 1], number, data.get("kind")) or shown
        return self.fresh(shown)

    def opened(self, session: Session, turn: Turn, number: int, kind: object) -> str:
        """One citation, or one passage found, of a turn; nothing if it has none of that number."""
        answer = turn.answer
        hits = answer.hits if answer else ()
        if kind == "citation":
            for cited in turn.citations:
                if cited.number == number:
                    heading, span = render.heading_of(cited, hits), answer.span if answer else None
                    return self.source(session, cited, cited.quote, heading, span, cited.page)
        else:
            for hit in hits:
                if hit.rank == number:
                    return self.source(session, hit.passage, hit.passage.text, hit.passage.heading)
        return ""

    def source(
        self,
        session: Session,
        place: Citation | Passage,
        quote: str,
        heading: str,
        span: str | None = None,
        page: int | None = None,
    ) -> str:
        """The document with the quote marked, or what has become of it."""
        documents = self.assistant(session).documents
        document = next((found for found in documents if found.id == place.document_id), None)
        if document is None or document.text[place.start : place.end] != quote:
            return pane.render_moved(document.title if document else place.document_id, quote)
        return pane.render_source(document, place.start, place.end, span, page, heading)

    def read(self, session: Session, event: gr.EventData) -> str:
        """Show a document, or the passage of it that a link names."""
        data = self.checked(session, event)
        documents = self.assistant(session).documents
        document = next((found for found in documents if found.id == data.get("document")), None)
        if document is None:
            shown = pane.render_missing("Not among the documents", "There is no such document, or it is not yours.")
        elif "start" not in data:
            shown = pane.render_document(document)
        else:
            start, end = _number(data["start"]), _number(data.get("end"))
            if 0 <= start < end and pane.checksum(document.text[start:end]) == data.get("check"):
                shown = pane.render_source(document, start, end)
            else:
                shown = pane.render_missing(document.title, "This document has changed since the link was made.")
        return self.fresh(shown)

    def list_documents(self, session: Session, event: gr.EventData) -> tuple[str, str]:
        """Show the documents there are."""
        self.checked(session, event)
        return self.header(session), self.shelf(session)

    def suggest(self, session: Session, event: gr.EventData) -> tuple[str, str]:
        """Draw the questions to begin with from what the visitor added, too."""
        self.checked(session, event)
        own = [listed.id for listed in self.library.documents(session.id) if listed.own]
        if not own:
            session.examples = ()
        elif not session.turns:
            session.examples = tuple(suggest_questions(self.assistant(session)))
        return self.shown(session)

    def remove(self, session: Session, event: gr.EventData) -> tuple[str, str]:
        """Remove a document that the visitor added; `*` stands for all of them."""
        data = self.checked(session, event)
        with _told():
            if data.get("document") == "*":
                self.library.forget(session.id)
            else:
                self.library.remove(session.id, str(data.get("document")))
        return self.header(session), self.shelf(session)

    # What is shown

    def assistant(self, session: Session) -> "Assistant":
        """Who answers in this session: from all documents, and from those that its visitor added."""
        return self.library.assistant(session.id or None)

    def header(self, session: Session) -> str:
        """The name of the product, and of the documents."""
        return pane.render_header(self.assistant(session).documents)

    def shelf(self, session: Session) -> str:
        """All documents, for the source pane."""
        return self.fresh(pane.render_shelf(self.library.documents(session.id or None), self.library.shared))

    def fresh(self, html: str) -> str:
        """The page hears of a value only if it differs, and two anchors may show the same passage."""
        return f"{html}<!-- {time.monotonic_ns()} -->"

    def shown(self, session: Session) -> tuple[str, str]:
        """The finished turns, and the one that is being answered."""
        finished = [turn for turn in session.turns if not turn.pending]
        last = 0 if session.busy else len(finished)
        turns = [
            render.render_turn(number, turn.question, turn.body, saved(turn), number == last)
            for number, turn in enumerate(finished, 1)
        ]
        examples = session.examples or self.readiness.examples
        welcome = "" if session.busy else render.render_welcome(examples, self.readiness.is_ready)
        return render.render_conversation(turns, welcome, session.run), self.live(session)

    def live(self, session: Session) -> str:
        """The turn that is being answered, if one is."""
        turns: Turns = session.turns
        if session.asked:
            turns = (*turns, Turn(session.asked, render.render_progress("wait"), pending=True))
        if not session.busy:
            return render.render_live("", session.run, busy=False)
        return render.render_live(
            render.render_turn(len(turns), turns[-1].question, turns[-1].body), session.run, busy=True
        )

    def checked(self, session: Session, event: gr.EventData) -> Mapping[str, Any]:
        """What the browser sent. Raises gr.Error unless it comes from the session's own browser."""
        data = _data(event)
        _check(session, data.get("session"))
        return data


@contextmanager
def _told() -> Iterator[None]:
    """Tell the visitor of errors that are meant for users."""
    try:
        yield
    except FootnoteError as error:
        raise gr.Error(str(error), print_exception=False) from error


def _check(session: Session, who: object) -> None:
    """Raises gr.Error unless the session has begun with this id."""
    if not session.id or who != session.id:
        raise gr.Error("This page is out of date; load it anew.", print_exception=False)


def _data(event: gr.EventData) -> Mapping[str, Any]:
    return event._data if isinstance(event._data, dict) else {}


def _number(value: object) -> int:
    """A number that came from a browser, or -1."""
    with suppress(TypeError, ValueError):
        return int(str(value))
    return -1


def _settings(data: object) -> tuple[object, dict[str, Any]]:
    """The engine that a visitor has chosen, and what is for `Assistant.stream`, which checks it."""
    chosen = data if isinstance(data, dict) else {}
    numbers = {name: chosen[name] for name in ("top_k", "min_confidence") if chosen.get(name) is not None}
    return chosen.get("engine"), numbers
