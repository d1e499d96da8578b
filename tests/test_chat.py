"""The chat page and its API, run for real on a free port with a small assistant that knows the essay."""

import asyncio
import gc
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import Tool
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from app.chat import Session, _Page, converse
from app.server import launch
from index.errors import SettingsError
from rag.types import Answer
from tests.chat_double import EssayAssistant

ESSAY = Path(__file__).parents[1] / "seeds" / "the-dragons-cuddle.txt"
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
    app, address = launch(assistant, examples=[DRONE])
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
    assert answer == assistant.ask(DRONE)


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


def test_ask_is_the_only_endpoint_and_the_only_tool(client: Client, url: str) -> None:
    assert list(client.view_api(return_format="dict", print_info=False)["named_endpoints"]) == ["/ask"]
    tools = asyncio.run(mcp_tools(url))
    assert [tool.name for tool in tools] == ["ask"]
    assert tools[0].inputSchema["required"] == ["question"]
    assert "quoting and citing" in tools[0].description


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


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    """A new session; it fails the test if the page asks another host for anything."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(url)
    yield page
    page.close()
    assert requests
    assert [address for address in requests if not address.startswith((url, "data:", "blob:"))] == []


def ask(page: Page, question: str) -> Locator:
    """Type a question, wait for the end of the answer, and return its turn."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    turn = page.locator(".fn-turn", has=page.get_by_role("heading", name=question, exact=True))
    turn.locator(".fn-confidence, .fn-refusal, .fn-note").first.wait_for()
    return turn


@pytest.mark.browser
@pytest.mark.parametrize("how", ["click", "Enter"])
def test_a_marker_opens_its_quote_in_the_source(page: Page, how: str) -> None:
    marker = ask(page, DRONE).get_by_label("Open citation 1: The dragon’s cuddle").first
    marker.click() if how == "click" else marker.press(how)
    mark = page.locator("#fn-pane mark")
    expect(mark).to_have_text(re.compile("^In 2014, China debuted its Wing Loong"))
    expect(mark).to_be_in_viewport()
    expect(mark.locator("strong")).to_have_text("2014")


@pytest.mark.browser
def test_an_example_is_asked_by_clicking_it(page: Page) -> None:
    page.get_by_role("button", name=DRONE).click()
    expect(page.locator(".fn-lead")).to_contain_text("2014")
    expect(page.get_by_label("Your question")).to_be_focused()


@pytest.mark.browser
def test_a_refusal_opens_the_nearest_passages(page: Page) -> None:
    turn = ask(page, "What is the capital of Peru?")
    expect(turn).to_contain_text("The documents do not seem to answer this.")
    nearest = turn.locator(".fn-passage")
    expect(nearest).to_have_count(3)
    nearest.nth(1).click()
    shown = (nearest.nth(1).locator(".fn-extract").text_content() or "").removesuffix("…")
    expect(page.locator("#fn-pane mark")).to_contain_text(shown)


@pytest.mark.browser
def test_markers_of_an_earlier_turn_keep_opening_their_own_quote(page: Page) -> None:
    first = ask(page, DRONE)
    second = ask(page, "Which founding members belong to the Quadrilateral Mechanism?")
    second.locator(".fn-marker").last.click()
    expect(page.locator("#fn-pane mark")).not_to_contain_text("Wing Loong")
    first.locator(".fn-marker").last.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("Wing Loong")


@pytest.mark.browser
def test_sessions_do_not_see_each_other(page: Page, browser: Browser, url: str) -> None:
    ask(page, DRONE)
    other = browser.new_page()
    other.goto(url)
    expect(other.locator(".fn-example")).to_be_visible()
    expect(other.locator(".fn-turn")).to_have_count(0)
    other.close()


@pytest.mark.browser
def test_stop_keeps_what_was_said_and_new_chat_clears_it(page: Page, assistant: EssayAssistant) -> None:
    assistant.pause = 0.5
    page.get_by_label("Your question").fill(DRONE)
    page.keyboard.press("Enter")
    expect(page.locator(".fn-draft")).to_contain_text("In 2014")
    expect(page.get_by_label("Your question")).to_have_value("")
    page.get_by_label("Your question").press_sequentially("next")
    page.get_by_role("button", name="Stop").click()
    assistant.pause = 0
    expect(page.locator(".fn-turn")).to_contain_text("Stopped.")
    expect(page.get_by_label("Your question")).to_have_value("next")
    expect(ask(page, DRONE + " ")).to_have_count(2)
    page.get_by_role("button", name="New chat").click()
    expect(page.locator(".fn-turn")).to_have_count(0)


@pytest.mark.browser
def test_on_a_phone_the_source_slides_over_and_closes(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    marker = ask(page, DRONE).locator(".fn-marker").last
    sheet = page.locator("#fn-pane")
    expect(sheet).not_to_be_in_viewport()
    for close in (
        page.get_by_label("Close the source").click,
        lambda: page.keyboard.press("Escape"),
        lambda: page.mouse.click(200, 20),
    ):
        marker.press("Enter")
        expect(page.locator("#fn-pane mark")).to_be_in_viewport()
        expect(page.get_by_label("Close the source")).to_be_focused()
        assert (sheet.get_attribute("role"), page.evaluate("document.getElementById('fn-left').inert")) == (
            "dialog",
            True,
        )
        close()
        expect(sheet).not_to_be_in_viewport()
        expect(marker).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.browser
def test_two_anchors_of_one_passage_both_open_it(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for marker in (ask(page, DRONE).locator(".fn-marker").last, ask(page, f"{DRONE}!").locator(".fn-marker").last):
        marker.click()
        expect(page.locator("#fn-pane mark")).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(page.locator("#fn-pane")).not_to_be_in_viewport()


@pytest.mark.browser
def test_the_keyboard_goes_to_the_source_and_back(page: Page) -> None:
    marker = ask(page, DRONE).locator(".fn-marker").last
    expect(page.get_by_label("Your question")).to_be_focused()
    marker.press("Enter")
    expect(page.get_by_role("region", name="Text of the source")).to_be_focused()
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()
    ask(page, f"{DRONE}!")
    marker.click()  # once more, and not from the keyboard: the reader stays in the conversation
    expect(marker).to_be_focused()


@pytest.mark.browser
def test_the_focus_returns_to_the_question_when_its_button_vanishes(page: Page) -> None:
    page.get_by_label("Your question").fill(DRONE)
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    expect(page.locator(".fn-confidence")).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_focused()


@pytest.mark.browser
def test_only_what_is_new_is_announced(page: Page) -> None:
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")
    ask(page, DRONE)
    ask(page, "What is the capital of Peru?")
    status = page.locator("#fn-aloud[role=status]")
    expect(status).to_contain_text("do not seem to answer")
    expect(status).not_to_contain_text("Wing Loong unmanned")


@pytest.mark.browser
def test_a_question_that_failed_is_given_back(page: Page) -> None:
    question = ("why " * 200).strip()
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".fn-error")).to_be_in_viewport()
    expect(page.get_by_label("Your question")).to_have_value(question)


@pytest.mark.browser
def test_an_answer_of_a_forgotten_conversation_says_so(page: Page) -> None:
    marker = ask(page, DRONE).locator(".fn-marker").last
    marker.evaluate("button => button.dataset.turn = 9")
    marker.click()
    expect(page.locator("#fn-pane")).to_contain_text("no longer keeps this conversation")


@pytest.mark.browser
def test_markup_in_a_question_is_text(page: Page) -> None:
    hostile = '<img src=x onerror="document.title=1"> ${1+1} {{value}}'
    turn = ask(page, hostile)
    expect(turn.locator("h2")).to_have_text(hostile)
    expect(page.locator("img[src=x]")).to_have_count(0)
    expect(page).to_have_title("Footnote")


def test_a_stopped_answer_is_not_gone_on_with(assistant: EssayAssistant) -> None:
    page, session = _Page(assistant, ()), Session()
    page.take(DRONE, session)
    answering = page.respond(session)
    next(answering)
    page.stop(session)
    list(answering)
    assert session.turns[-1].answer is None
    assert "Stopped." in session.turns[-1].body


def test_a_question_that_waits_for_its_turn_is_shown_and_not_replaced(assistant: EssayAssistant) -> None:
    page, session = _Page(assistant, ()), Session()
    assert DRONE in page.take(DRONE, session)[1]
    page.take("Another one?", session)
    assert session.asked == DRONE


def test_a_name_of_another_host_that_leads_here_is_refused(url: str) -> None:
    assert httpx.get(url, headers={"Host": "evil.example"}).status_code == 400
    assert httpx.get(url).status_code == 200


def test_an_address_that_is_not_this_machines_is_refused_at_once(assistant: EssayAssistant) -> None:
    with pytest.raises(SettingsError, match="cannot listen at 192"):
        launch(assistant, host="192.0.2.1")
