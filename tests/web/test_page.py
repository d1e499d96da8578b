"""What the page's handlers show of a visitor's own documents; what they check is in test_chat.py."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from gradio import Error, EventData

from app.web import order, sessions
from app.web import page as page_module
from app.web.feedback import Feedback
from app.web.library import Library
from app.web.page import Page
from app.web.readiness import Readiness
from app.web.sessions import Session
from index.errors import StoreError

ME = "m" * 32
EXAMPLE, OWN = "Why is there tea?", "Who mended the roof?"


@pytest.fixture
def page(library: Library, tmp_path: Path) -> Page:
    """The handlers over documents on tea, bees and the moon."""
    return Page(library, Readiness([EXAMPLE]), Feedback(tmp_path / "feedback.jsonl"))


@pytest.fixture
def roof(tmp_path: Path) -> Path:
    """A file to add."""
    (tmp_path / "roof.txt").write_text("The roof\n\nMs Okafor mended the roof in May.\n")
    return tmp_path / "roof.txt"


def event(**data: object) -> EventData:
    return EventData(None, {"session": ME, **data})


def begun(page: Page) -> Session:
    session = Session()
    list(page.begin(session, event()))
    return session


def test_questions_to_begin_with_are_drawn_from_what_a_visitor_adds(
    page: Page, roof: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(page_module, "suggest_questions", lambda assistant: asked.append(assistant) or [OWN])
    mine, other = begun(page), begun(page)
    assert EXAMPLE in page.suggest(mine, event())[0]
    page.library.add(ME, [("roof.txt", roof)])
    assert OWN in page.suggest(mine, event())[0]
    assert "The roof" in [document.title for document in asked[0].documents]
    assert EXAMPLE in page.shown(other)[0]
    page.remove(mine, event(document="*"))
    assert EXAMPLE in page.suggest(mine, event())[0]


def test_what_is_sent_takes_effect_in_that_order(page: Page) -> None:
    """In whichever Gradio takes it."""
    session = Session()
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(page.take, session, event(order=2, question="Why is there tea?"))
        list(page.begin(session, event(order=1)))
        assert "Why is there tea?" in asked.result()[1]
    assert session.asked == "Why is there tea?"


def test_what_never_arrives_is_not_waited_for_long(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "PATIENCE", 0.01)
    session = begun(page)
    page.take(session, event(order=7, question="Why is there tea?"))
    page.stop(session, event(order=8))
    assert session.order.done == 8
    assert session.asked == ""


def test_what_takes_long_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though nobody would wait so long for what is lost."""
    monkeypatch.setattr(order, "PATIENCE", 0.01)
    line, seen = order.Order(), list[int]()

    def act(number: int, seconds: float) -> None:
        with line.turn(number):
            time.sleep(seconds)
            seen.append(number)

    with ThreadPoolExecutor() as threads:
        for number, seconds in ((2, 0.3), (3, 0.0), (4, 0.0)):
            threads.submit(act, number, seconds)
    assert seen == [2, 3, 4]
    act(10**9, 0.0)  # no page has come so far: it waits for nothing
    assert seen[-1] == 10**9


def test_a_question_is_under_way_from_when_it_is_taken_to_its_answer(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the browser takes it for answered, and says the answer before it."""
    session = begun(page)
    shown = list[str]()

    def look(assistant: object) -> None:
        shown.append(page.shown(session)[1])

    monkeypatch.setattr(sessions, "refresh", look)
    library = page.library
    monkeypatch.setattr(page, "assistant", lambda one: look(one) or library.assistant(one.id))
    page.take(session, event(order=1, question=EXAMPLE))
    list(page.respond(session, ME))
    assert len(shown) == 2
    assert [live for live in shown if 'aria-busy="true"' not in live or EXAMPLE not in live] == []


def test_a_question_that_nobody_can_answer_leaves_the_session_free(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Session) -> None:
        raise StoreError("The index cannot be read.")

    session = begun(page)
    page.take(session, event(order=1, question=OWN))
    monkeypatch.setattr(page, "assistant", broken)
    with pytest.raises(StoreError):
        list(page.respond(session, ME))
    assert not session.busy


def test_a_question_that_is_stopped_as_it_begins_leaves_the_session_free(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begun(page)
    page.take(session, event(order=1, question=OWN))
    begin = Session.begin

    def begin_and_be_stopped(self: Session) -> int:
        run = begin(self)
        monkeypatch.undo()
        page.stop(session, event(order=2))
        return run

    monkeypatch.setattr(Session, "begin", begin_and_be_stopped)
    list(page.respond(session, ME))
    assert not session.busy
    assert OWN not in page.shown(session)[0]


def test_what_is_shown_while_an_answer_comes_is_of_one_moment(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rendering takes its time: a run that ends meanwhile is not said to be over without its turn."""
    session = begun(page)
    page.take(session, event(order=1, question=EXAMPLE))
    list(page.respond(session, ME))
    page.take(session, event(order=2, question=OWN))
    render_turn = page_module.render.render_turn

    def render_while_it_is_answered(*turn: Any) -> str:
        monkeypatch.undo()
        list(page.respond(session, ME))
        return render_turn(*turn)

    monkeypatch.setattr(page_module.render, "render_turn", render_while_it_is_answered)
    before, live = page.shown(session)
    assert 'data-run="2"' in before
    assert OWN not in before
    assert 'aria-busy="true"' in live
    assert OWN in live
    after, live = page.shown(session)
    assert 'data-run="3"' in after
    assert OWN in after
    assert 'aria-busy="false"' in live


def test_an_own_document_is_removed_and_a_common_one_is_not(page: Page, roof: Path) -> None:
    session = begun(page)
    [upload] = page.library.add(ME, [("roof.txt", roof)])
    header, shelf = page.list_documents(session, event())
    assert "4 documents" in header
    assert shelf.count('class="fn-remove"') == 1
    with pytest.raises(Error, match="not among your uploads"):
        page.remove(session, event(document="tea.md"))
    assert "The roof" not in page.remove(session, event(document=upload.document_id))[1]


def test_another_visitors_document_cannot_be_read(page: Page, roof: Path) -> None:
    session = begun(page)
    [upload] = page.library.add("x" * 32, [("roof.txt", roof)])
    shown = page.read(session, event(document=upload.document_id))
    assert "Okafor" not in shown
    assert "no such document, or it is not yours" in shown


def test_a_link_opens_a_passage_that_is_still_the_same(page: Page) -> None:
    session = begun(page)
    document = next(one for one in page.library.base.documents if one.id == "tea.md")
    start = document.text.index("Green")
    place = {"document": "tea.md", "start": str(start), "end": str(start + 9)}
    check = page_module.pane.checksum("Green tea")
    assert "<mark>Green tea</mark>" in page.read(session, event(**place, check=check))
    for broken in ({"check": "0"}, {"check": check, "start": "x"}, {"check": check, "end": None}, {"start": "-5"}):
        assert "has changed since the link" in page.read(session, event(**{**place, **broken}))


def test_a_question_asks_the_documents_that_are_chosen(page: Page, folder: Path) -> None:
    session = begun(page)
    for documents in (["moon.txt", "tea.md"], None, "no list", ["gone.md"]):
        page.take(session, event(question="How many bees does a hive hold?", settings={"documents": documents}))
        list(page.respond(session, ME))
    few, every, lenient, none = session.turns
    assert few.answer and few.answer.documents == ("moon.txt", "tea.md")
    assert {hit.passage.document_id for hit in few.answer.hits} <= {"moon.txt", "tea.md"}
    assert every.answer and every.answer.documents == ()
    assert lenient.answer and lenient.answer.documents == ()
    assert "None of the documents chosen is there any more" in none.body
