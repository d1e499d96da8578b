"""The chat page and its API, run for real on a free port with a small assistant that knows the essay."""

import asyncio
import gc
import json
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio import Error, EventData
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import Tool

from app.web.feedback import Feedback
from app.web.library import Library
from app.web.page import Page as Handlers
from app.web.readiness import Readiness
from app.web.server import launch
from app.web.sessions import Session, Turn, converse, restored, saved
from app.web.visible import public
from index.errors import SettingsError
from rag.types import Answer
from tests.chat_double import EssayAssistant, Writer

ESSAY = Path(__file__).parents[2] / "seeds" / "the-dragons-cuddle.txt"
# Gradio's server leaves sockets and loops to the collector, and uses what pandas is about to retire.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore:.*no_silent_downcasting"),
    pytest.mark.filterwarnings("ignore:The copy keyword is deprecated"),
]

DRONE = "When did China debut the Wing Loong drone?"


@pytest.fixture(scope="module")
def assistant() -> EssayAssistant:
    """One assistant for all tests of this file, as for all sessions of the page."""
    return EssayAssistant()


@pytest.fixture(scope="module")
def url(assistant: EssayAssistant) -> Iterator[str]:
    """The address of the running page."""
    app, address = launch(Library(assistant), readiness=Readiness([DRONE]))
    yield address
    app.close()
    gc.collect()  # here, where its warnings are ignored, and not in the middle of another file's tests


@pytest.fixture(scope="module")
def client(url: str) -> Client:
    """A program that uses the API."""
    return Client(url, verbose=False, analytics_enabled=False)


def test_ask_answers_with_the_json_of_an_answer(client: Client, assistant: EssayAssistant) -> None:
    data = client.predict(DRONE, api_name="/ask")
    answer = Answer.from_dict(data)
    assert answer.citations[0].quote.startswith("In 2014, China debuted its Wing Loong")
    assert answer == public(assistant.ask(DRONE))


def test_ask_passes_its_optional_parameters_on(client: Client, assistant: EssayAssistant) -> None:
    history = [["What is the SCO?", "A forum."]]
    data = client.predict(DRONE, history=history, top_k=2, min_confidence=0.99, api_name="/ask")
    assert assistant.histories[-1] == [("What is the SCO?", "A forum.")]
    assert (data["status"], len(data["hits"])) == ("abstained", 2)


def test_ask_gives_the_message_of_an_error(client: Client) -> None:
    with pytest.raises(AppError, match="longer than 500 characters; shorten it"):
        client.predict("why " * 200, api_name="/ask")
    with pytest.raises(AppError, match="give pairs of an earlier question and its answer"):
        client.predict(DRONE, history=[["no answer"]], api_name="/ask")


def test_three_endpoints_and_tools_are_listed_and_no_handler_of_the_page(client: Client, url: str) -> None:
    listed = ["ask", "search", "verify"]
    assert sorted(client.view_api(return_format="dict", print_info=False)["named_endpoints"]) == [
        f"/{name}" for name in listed
    ]
    assert sorted(tool.name for tool in asyncio.run(mcp_tools(url))) == listed


async def mcp_tools(url: str) -> list[Tool]:
    """What an MCP client finds at the address of the page."""
    async with (
        streamable_http_client(f"{url}gradio_api/mcp/") as (read, write, _),
        ClientSession(read, write) as session,
    ):
        await session.initialize()
        return (await session.list_tools()).tools


def test_converse_streams_and_ends_with_the_answer(assistant: EssayAssistant) -> None:
    turns = list(converse(assistant, DRONE, ()))
    assert "Searching" in turns[0].body
    assert any("In 2014, China debuted" in turn.body for turn in turns[:-1])
    assert all(turn.pending for turn in turns[:-1])
    assert not turns[-1].pending
    assert "fn-marker" in turns[-1].body


def test_converse_shows_errors_kindly(assistant: EssayAssistant) -> None:
    *_, turn = converse(assistant, "why " * 200, ())
    assert "longer than 500 characters" in turn.body
    assert not turn.pending


def test_only_answers_are_history(assistant: EssayAssistant) -> None:
    *_, first = converse(assistant, DRONE, ())
    *_, greeting = converse(assistant, "hi", (first,))
    *_, _ = converse(assistant, "What did China debut in 2014?", (first, greeting))
    assert assistant.histories[-1] == [(DRONE, first.answer.text)]


def test_claims_can_be_opened_before_the_answer_is_finished() -> None:
    turns = list(converse(Writer(), DRONE, ()))
    first = next(turn for turn in turns if turn.citations)
    assert first.pending
    assert first.body.count("fn-marker") == 1
    assert "fn-draft" not in first.body  # what is checked is not provisional


def test_what_is_not_checked_yet_is_provisional_and_has_no_number(
    assistant: EssayAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "pause", 0.1)
    draft = next(turn.body for turn in converse(assistant, DRONE, ()) if "fn-draft" in turn.body)
    assert "fn-marker" not in draft
    assert "[" not in draft


def test_a_saved_conversation_is_restored_as_it_was(assistant: EssayAssistant) -> None:
    questions = (DRONE, "What is the capital of Peru?", "hi", "why " * 200)
    turns: tuple[Turn, ...] = ()
    for question in questions:
        *_, turn = converse(assistant, question, turns)
        turns = (*turns, turn)
    again = restored(json.loads(json.dumps([saved(turn) for turn in turns])), assistant)
    assert [turn.body for turn in again] == [turn.body for turn in turns]
    assert again[0].citations == turns[0].citations


@pytest.mark.parametrize("data", [None, 7, "[]", [7], [{}], [{"question": "?", "answer": {"schema": 9}}]])
def test_what_is_no_saved_conversation_is_left_out(assistant: EssayAssistant, data: object) -> None:
    assert restored(data, assistant) == ()


def event(**data: object) -> EventData:
    """What the browser sends along."""
    return EventData(None, data)


ME = "m" * 32


@pytest.fixture
def mine(assistant: EssayAssistant, tmp_path: Path) -> tuple[Handlers, Session]:
    """The handlers, and a session that has begun."""
    handlers, session = (
        Handlers(Library(assistant, tmp_path), Readiness(()), Feedback(tmp_path / "feedback.jsonl")),
        Session(),
    )
    list(handlers.begin(session, event(session=ME)))
    return handlers, session


HANDLERS = ["take", "stop", "rate", "export", "open_source", "read", "list_documents", "suggest", "remove"]


@pytest.mark.parametrize("name", HANDLERS)
def test_a_handler_does_nothing_without_the_sessions_own_id(mine: tuple[Handlers, Session], name: str) -> None:
    handlers, session = mine
    for data in ({}, {"session": "x" * 32}, {"session": None}):
        with pytest.raises(Error, match="out of date"):
            getattr(handlers, name)(session, event(**data))
        with pytest.raises(Error, match="out of date"):
            getattr(handlers, name)(Session(), event(**data))


@pytest.mark.parametrize("name", ["respond", "settle"])
@pytest.mark.parametrize("who", [None, "", "x" * 32])
def test_what_follows_on_a_handler_checks_the_id_too(mine: tuple[Handlers, Session], name: str, who: object) -> None:
    handlers, session = mine
    for one in (session, Session()):
        with pytest.raises(Error, match="out of date"):
            handler = getattr(handlers, name)(one, who)
            list(handler)


@pytest.mark.parametrize("data", [{}, {"session": ""}, {"session": "../../../etc"}, {"session": ["m"] * 32}])
def test_a_session_begins_with_a_random_id_only(mine: tuple[Handlers, Session], data: dict[str, object]) -> None:
    with pytest.raises(Error, match="out of date"):
        list(mine[0].begin(Session(), event(**data)))


def test_a_session_that_has_begun_goes_to_no_other_id(mine: tuple[Handlers, Session]) -> None:
    handlers, session = mine
    list(handlers.begin(session, event(session=ME)))
    with pytest.raises(Error, match="out of date"):
        list(handlers.begin(session, event(session="x" * 32)))
    assert session.id == ME


@pytest.mark.parametrize("number", [0, -1, 9, "x", None, "<b>"])
def test_an_anchor_that_names_nothing_opens_nothing(mine: tuple[Handlers, Session], number: object) -> None:
    handlers, session = mine
    handlers.take(session, event(session=ME, question=DRONE))
    list(handlers.respond(session, ME))
    for kind in ("citation", "nearest"):
        for where in ({"turn": 1, "number": number}, {"turn": number, "number": 1}):
            assert "No longer at hand" in handlers.open_source(session, event(session=ME, kind=kind, **where))


def test_a_stopped_answer_is_not_gone_on_with(mine: tuple[Handlers, Session]) -> None:
    handlers, session = mine
    handlers.take(session, event(session=ME, question=DRONE))
    answering = handlers.respond(session, ME)
    next(answering)
    handlers.stop(session, event(session=ME))
    list(answering)
    assert session.turns[-1].answer is None
    assert "Stopped." in session.turns[-1].body


def test_a_question_that_waits_for_its_turn_is_shown_and_not_replaced(mine: tuple[Handlers, Session]) -> None:
    handlers, session = mine
    assert DRONE in handlers.take(session, event(session=ME, question=DRONE))[1]
    handlers.take(session, event(session=ME, question="Another one?"))
    assert session.asked == DRONE


def test_settings_reach_the_assistant_which_checks_them(mine: tuple[Handlers, Session]) -> None:
    handlers, session = mine
    chosen = {"top_k": 2, "min_confidence": 0.99, "unknown": 1}
    handlers.take(session, event(session=ME, question=DRONE, settings=chosen))
    list(handlers.respond(session, ME))
    answer = session.turns[0].answer
    assert answer
    assert (answer.status, len(answer.hits)) == ("abstained", 2)
    assert "99% is asked for" in session.turns[0].body


def test_a_visitor_is_told_nothing_of_the_servers_disk(mine: tuple[Handlers, Session], url: str) -> None:
    handlers, session = mine
    handlers.take(session, event(session=ME, question=DRONE))
    shown = list(handlers.respond(session, ME))
    files = [handlers.export(session, event(session=ME, format=kind)) for kind in ("json", "markdown")]
    pane = handlers.open_source(session, event(session=ME, kind="citation", turn=1, number=1))
    assert DRONE in files[0]["text"]
    served = [httpx.get(f"{url}{path}").text for path in ("", "config", "gradio_api/info")]
    for seen in (*map(str, shown), *map(str, files), pane, *served):
        assert str(ESSAY.parents[1]) not in seen


def test_a_name_of_another_host_that_leads_here_is_refused(url: str) -> None:
    assert httpx.get(url, headers={"Host": "evil.example"}).status_code == 400
    assert httpx.get(url).status_code == 200


def test_an_address_that_is_not_this_machines_is_refused_at_once(assistant: EssayAssistant) -> None:
    with pytest.raises(SettingsError, match="cannot listen at 192"):
        launch(Library(assistant), host="192.0.2.1")
