"""What the page's controls do. Each handler checks the session id that the browser sends along."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import gradio as gr

from app.web import pane, render
from app.web.export import PINS, read_pins, to_csv, to_json, to_markdown
from app.web.feedback import Feedback
from app.web.library import Library, is_session_id
from app.web.listing import render_shelf
from app.web.readiness import Readiness
from app.web.routes import OUT_OF_DATE
from app.web.sent import Sent, sent_with
from app.web.sessions import Session, Turn, converse, noted, openable, restored, saved
from app.web.suggest import suggest_questions
from app.web.visible import told
from index.errors import FootnoteError
from index.types import Document

if TYPE_CHECKING:
    from rag.assistant import Assistant

SETTLING = 0.5  #: seconds after which nothing that was shown before is under way any more
PATIENCE = 0.25  #: seconds between two looks at whether the models are loaded

Shown = TypeVar("Shown")


def _in_order(handler: Callable[["Page", Session, Sent], Shown]) -> Callable[["Page", Session, gr.EventData], Shown]:
    """A handler of what the session's own browser sent, once all that it sent before is done."""

    def handle(page: "Page", session: Session, event: gr.EventData) -> Shown:
        sent = sent_with(event)
        with session.order.turn(sent.order):
            _check(session, sent.session)
            return handler(page, session, sent)

    handle.__name__ = handler.__name__  # and no `wraps`: Gradio looks at the parameters for where the event goes
    return handle


class Page:
    """The handlers. It holds no conversation: each session's turns come in and go out."""

    def __init__(self, library: Library, readiness: Readiness, feedback: Feedback) -> None:
        self.library = library
        self.readiness = readiness
        self.feedback = feedback

    # The conversation

    def begin(self, session: Session, event: gr.EventData) -> Iterator[tuple[Any, ...]]:
        """Show the conversation that the browser kept, or an empty one, and the documents."""
        sent = sent_with(event)
        with session.order.turn(sent.order):
            self.restore(session, sent)
        yield *self.shown(session), self.header(session), self.shelf(session)
        ready = False
        while not ready:
            ready = self.readiness.wait(PATIENCE)
            yield *self.shown(session), gr.skip(), gr.skip()

    def restore(self, session: Session, sent: Sent) -> None:
        """Go on with the conversation that the browser kept."""
        if session.id or not is_session_id(sent.session):
            _check(session, sent.session)
        session.begin()
        session.id, session.asked = sent.session, ""
        session.turns = restored(sent.turns, self.assistant(session))

    @_in_order
    def take(self, session: Session, sent: Sent) -> tuple[Any, ...]:
        """Take a question to answer, in place of the last one where that is wanted, unless one is being answered."""
        if not session.busy and sent.question.strip():
            if sent.again:
                session.turns = session.turns[:-1]
            session.asked, session.settings = sent.question.strip(), sent.settings
        return self.shown(session)

    def respond(self, session: Session, who: object) -> Iterator[tuple[Any, ...]]:
        """Answer in the page, until done or until the visitor stops it.

        Gradio's own cancelling is not used: what was under way when it cancels may be shown after what follows.
        Here the last thing shown is always the session as it is.
        """
        _check(session, who)
        question = session.asked
        try:
            assistant = self.assistant(session)
        except FootnoteError:
            session.asked = ""
            raise
        if question:
            run, earlier = session.begin(), session.turns
            waiting = Turn(question, render.render_progress("wait"), pending=True)
            session.turns, session.asked = (*earlier, waiting), ""
            for turn in converse(assistant, question, earlier, session.settings):
                if session.run != run:
                    if session.turns[-1:] == (waiting,):  # it was stopped just before it began
                        session.turns = earlier
                    break
                session.turns = (*earlier, turn)
                yield gr.skip(), self.live(session)
        yield self.shown(session)

    @_in_order
    def stop(self, session: Session, sent: Sent) -> tuple[Any, ...]:
        """Keep what was said so far."""
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
        """Show the session again: what was under way may have been shown after what followed."""
        _check(session, who)
        time.sleep(SETTLING)
        return self.shown(session)

    @_in_order
    def rate(self, session: Session, sent: Sent) -> tuple[Any, ...]:
        """Note that an answer was good or bad; the same once more takes it back."""
        turn = session.turn(sent.turn)
        if turn and turn.answer and sent.rating:
            verdict = None if turn.rating == sent.rating else sent.rating
            private = self.library.quotes_uploads(turn.answer)
            with told():
                self.feedback.record(turn.id, turn.answer, verdict, private=private)
            rated = replace(turn, rating=verdict or "")
            session.turns = (*session.turns[: sent.turn - 1], rated, *session.turns[sent.turn :])
        return self.shown(session)

    @_in_order
    def export(self, session: Session, sent: Sent) -> dict[str, str]:
        """The conversation, or the pins, as a file that the browser saves; `number` makes the same one differ."""
        answers = [turn.answer for turn in session.turns if turn.answer]
        dates = {one.id: dict(one.facts).get("date", "") for one in self.assistant(session).documents}
        if sent.format == "pins":
            pins = read_pins(sent.pins)
            text = to_markdown([pin.answer for pin in pins], PINS, dates, [pin.note for pin in pins])
            file = {"name": "pins.md", "type": "text/markdown", "text": text}
        elif sent.format == "csv":
            file = {"name": "claims.csv", "type": "text/csv", "text": to_csv(answers, dates)}
        elif sent.format == "json":
            file = {"name": "conversation.json", "type": "application/json", "text": to_json(answers)}
        else:
            file = {"name": "conversation.md", "type": "text/markdown", "text": to_markdown(answers, dates=dates)}
        return file | {"number": str(time.monotonic_ns())}

    # The source pane

    @_in_order
    def open_source(self, session: Session, sent: Sent) -> str:
        """Show what an anchor names by turn, kind and number: the document with it marked, or what became of it."""
        turn = session.turn(sent.turn)
        cited = openable(turn).get((sent.kind, sent.number)) if turn else None
        if not turn or not cited:
            gone = "The conversation has moved on; ask again to open the source."
            return self.fresh(pane.render_missing("No longer at hand", gone))
        document = self.document(session, cited.document_id)
        if document is None or document.text[cited.start : cited.end] != cited.quote:
            return self.fresh(pane.render_moved(document.title if document else cited.document_id, cited.quote))
        span, hits = (turn.answer.span, turn.answer.hits) if turn.answer else (None, ())
        heading = render.heading_of(cited, hits)
        return self.fresh(pane.render_source(document, cited.start, cited.end, span, cited.page, heading))

    @_in_order
    def read(self, session: Session, sent: Sent) -> str:
        """Show a document, or the passage of it that a link names."""
        document = self.document(session, sent.document)
        if document is None:
            shown = pane.render_missing("Not among the documents", "There is no such document, or it is not yours.")
        elif "start" not in sent.model_fields_set:
            shown = pane.render_document(document, whole=sent.whole)
        elif 0 <= sent.start < sent.end and pane.checksum(document.text[sent.start : sent.end]) == sent.check:
            shown = pane.render_source(document, sent.start, sent.end, whole=sent.whole)
        else:
            shown = pane.render_missing(document.title, "This document has changed since the link was made.")
        return self.fresh(shown)

    @_in_order
    def list_documents(self, session: Session, sent: Sent) -> tuple[str, str]:
        """Show the documents there are."""
        return self.header(session), self.shelf(session)

    def suggest(self, session: Session, event: gr.EventData) -> tuple[str, str]:
        """Draw the questions to begin with from what the visitor added, too."""
        _check(session, sent_with(event).session)
        if not any(listed.own for listed in self.library.documents(session.id)):
            session.examples = ()
        elif not session.turns:
            session.examples = tuple(suggest_questions(self.assistant(session)))
        return self.shown(session)

    @_in_order
    def remove(self, session: Session, sent: Sent) -> tuple[str, str]:
        """Remove a document that the visitor added; `*` stands for all of them."""
        with told():
            if sent.document == "*":
                self.library.forget(session.id)
            else:
                self.library.remove(session.id, sent.document)
        return self.header(session), self.shelf(session)

    # What is shown

    def assistant(self, session: Session) -> "Assistant":
        """Who answers in this session: from all documents, and from those that its visitor added."""
        return self.library.assistant(session.id or None)

    def document(self, session: Session, identifier: str) -> Document | None:
        """One of the documents that this session answers from."""
        return next((found for found in self.assistant(session).documents if found.id == identifier), None)

    def header(self, session: Session) -> str:
        """The name of the product, and of the documents."""
        return pane.render_header(self.assistant(session).documents)

    def shelf(self, session: Session) -> str:
        """All documents, for the source pane."""
        listed, unread = self.library.documents(session.id or None), self.library.unread()
        return self.fresh(render_shelf(listed, self.library.shared, unread))

    def fresh(self, html: str) -> str:
        """The page hears of a value only if it differs, and two anchors may show the same passage."""
        return f"{html}<!-- {time.monotonic_ns()} -->"

    def shown(self, session: Session) -> tuple[str, str]:
        """The finished turns, and the one that is being answered."""
        session = session.snapshot()
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
        session = session.snapshot()
        if not session.busy:
            return render.render_live("", session.run, busy=False)
        waiting = [Turn(session.asked, render.render_progress("wait"))] if session.asked else []
        *earlier, turn = *session.turns, *waiting
        shown = render.render_turn(len(earlier) + 1, turn.question, turn.body)
        return render.render_live(shown, session.run, busy=True)


def _check(session: Session, who: object) -> None:
    """Raises gr.Error unless the session has begun with this id."""
    if not session.id or who != session.id:
        raise gr.Error(OUT_OF_DATE, print_exception=False)
