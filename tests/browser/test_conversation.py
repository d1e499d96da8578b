"""The conversation: questions, answers, refusals, and what can be done with them."""

import re
import time
from collections.abc import Callable, Iterator
from functools import wraps
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import app.web.page
from app.web.readiness import Readiness
from tests.browser.conftest import DRONE
from tests.browser.steps import ask, finished, tool
from tests.chat_double import EssayAssistant, Writer

PERU = "What is the capital of Peru?"


def test_an_example_is_asked_by_clicking_it(page: Page) -> None:
    page.get_by_role("button", name=DRONE).click()
    expect(page.locator(".fn-lead")).to_contain_text("2014")
    expect(page.get_by_label("Your question")).to_be_focused()


def test_an_answer_shows_at_a_glance_what_it_is_and_how_sure(page: Page) -> None:
    turn = ask(page, DRONE)
    expect(turn.locator(".fn-lead")).to_have_text("2014[1]")
    expect(turn.locator("blockquote")).to_contain_text("In 2014, China debuted its Wing Loong")
    expect(turn.locator("blockquote strong")).to_have_text("2014")
    expect(turn).to_contain_text("Probably the answer")


def test_a_refusal_says_why_and_opens_the_nearest_sentences(page: Page) -> None:
    turn = ask(page, PERU)
    expect(turn).to_contain_text("The documents do not seem to answer this.")
    expect(turn).to_contain_text("given a chance of 10%; 50% is asked for")
    nearest = turn.locator(".fn-passage")
    expect(nearest).to_have_count(3)
    nearest.nth(1).click()
    shown = (nearest.nth(1).locator(".fn-extract").text_content() or "").removesuffix("…")
    expect(page.locator("#fn-pane mark")).to_contain_text(shown)


def test_claims_that_are_not_well_supported_are_marked(visit: Callable[..., Page], writer_url: str) -> None:
    turn = ask(visit(writer_url), DRONE)
    expect(turn.locator(".fn-supported")).not_to_contain_text("support")
    expect(turn.locator(".fn-weak")).to_contain_text("weakly supported")
    expect(turn.locator(".fn-unsupported")).to_have_text(re.compile("It was purple. not found in the documents"))


def test_a_question_can_be_stopped_and_what_is_typed_meanwhile_stays(page: Page, assistant: EssayAssistant) -> None:
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
    tool(page, "New chat").click()
    expect(page.locator(".fn-turn")).to_have_count(0)


def test_an_unchecked_sentence_is_dimmed_until_its_number_comes(
    visit: Callable[..., Page], url: str, assistant: EssayAssistant
) -> None:
    page = visit(url)
    assistant.pause = 0.3
    page.get_by_label("Your question").fill(DRONE)
    page.keyboard.press("Enter")
    draft = page.locator(".fn-draft")
    expect(draft).to_contain_text("In 2014")
    expect(page.locator(".fn-marker")).to_have_count(0)
    ink, dimmed = (
        page.evaluate(f"getComputedStyle(document.querySelector('{what}')).color") for what in ("body", ".fn-draft")
    )
    assert ink != dimmed
    assistant.pause = 0
    finished(page, DRONE)
    expect(draft).to_have_count(0)
    expect(page.locator(".fn-marker").first).to_be_visible()


def test_the_last_question_is_asked_again(page: Page, assistant: EssayAssistant) -> None:
    ask(page, PERU)
    ask(page, DRONE)
    asked = len(assistant.histories)
    expect(page.get_by_role("button", name="Ask again")).to_have_count(1)
    assistant.pause = 0.1
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    assistant.pause = 0
    finished(page, DRONE)
    expect(page.locator(".fn-turn")).to_have_count(2)
    assert len(assistant.histories) == asked + 1
    assert [question for question, _ in assistant.histories[-1]] == [PERU]


def test_the_last_question_is_edited_and_its_answer_replaced(page: Page) -> None:
    ask(page, PERU)
    page.get_by_role("button", name="Edit the question").click()
    box = page.get_by_label("Your question")
    expect(box).to_have_value(PERU)
    expect(box).to_be_focused()
    expect(page.get_by_text("Editing your last question")).to_be_visible()
    ask(page, DRONE)
    expect(page.locator(".fn-turn")).to_have_count(1)
    page.get_by_role("button", name="Edit the question").click()
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    expect(page.get_by_text("Editing your last question")).to_be_hidden()


def test_an_answer_is_copied_with_its_footnotes(visit: Callable[..., Page], url: str) -> None:
    page = visit(url, permissions=["clipboard-read", "clipboard-write"])
    ask(page, DRONE).get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Answer copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{DRONE}\n\n2014\n\nIn 2014, China debuted")
    assert copied.count("In 2014, China debuted") == 1
    assert "\n[1] The dragon’s cuddle" in copied


def test_a_question_that_failed_is_given_back(page: Page) -> None:
    question = ("why " * 200).strip()
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".fn-error")).to_be_in_viewport()
    expect(page.get_by_label("Your question")).to_have_value(question)


def test_markup_in_questions_and_answers_is_text(page: Page) -> None:
    hostile = '<img src=x onerror="document.title=1"> **bold** [99] ${1+1} {{value}} <script>document.title=2</script>'
    turn = ask(page, hostile)
    expect(turn.locator("h2")).to_have_text(hostile)
    expect(page.locator("img[src=x], .fn-turn script, .fn-turn b")).to_have_count(0)
    expect(turn.get_by_role("button", name="99")).to_have_count(0)
    tool(page, "History").click()
    expect(page.locator(".fn-chat span")).to_have_text(hostile)
    expect(page).to_have_title("Footnote")


def test_sessions_do_not_see_each_other(page: Page, visit: Callable[..., Page], url: str) -> None:
    ask(page, DRONE)
    other = visit(url)
    expect(other.locator(".fn-example")).to_be_visible()
    expect(other.locator(".fn-turn")).to_have_count(0)


def test_the_slash_focuses_the_question(page: Page) -> None:
    marker = ask(page, DRONE).locator(".fn-marker").last
    marker.focus()
    page.keyboard.press("/")
    expect(page.get_by_label("Your question")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.get_by_label("Your question")).to_have_value("a/b")


def test_the_focus_returns_to_the_question_when_its_button_vanishes(page: Page) -> None:
    page.get_by_label("Your question").fill(DRONE)
    page.get_by_role("button", name="Ask", exact=True).press("Enter")
    expect(page.locator(".fn-confidence")).to_be_visible()
    expect(page.get_by_label("Your question")).to_be_focused()


def test_only_what_is_new_is_announced(page: Page) -> None:
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "off")
    ask(page, DRONE)
    ask(page, PERU)
    status = page.locator("#fn-aloud[role=status]")
    expect(status).to_contain_text("do not seem to answer")
    expect(status).not_to_contain_text("Wing Loong unmanned")


def test_a_rating_is_shown_and_taken_back(page: Page) -> None:
    turn = ask(page, DRONE)
    good, bad = (turn.get_by_role("button", name=f"{kind} answer") for kind in ("Good", "Bad"))
    bad.click()
    expect(bad).to_have_attribute("aria-pressed", "true")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    expect(bad).to_have_attribute("aria-pressed", "false")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "false")


def test_a_button_rendered_anew_while_it_is_pressed_is_clicked(page: Page) -> None:
    turn = ask(page, DRONE)
    good = turn.get_by_role("button", name="Good answer")
    good.hover()
    page.mouse.down()
    turn.evaluate("turn => { turn.outerHTML = turn.outerHTML; }")
    page.mouse.up()
    expect(good).to_have_attribute("aria-pressed", "true")


def test_a_rating_given_before_the_answer_has_quite_ended_is_kept(
    visit: Callable[..., Page], serve: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    respond = app.web.page.Page.respond

    def respond_with_a_late_end(*given: Any) -> Iterator[Any]:
        yield from respond(*given)
        time.sleep(2)

    monkeypatch.setattr(app.web.page.Page, "respond", respond_with_a_late_end)
    page = visit(serve(EssayAssistant()))
    good = ask(page, DRONE).get_by_role("button", name="Good answer")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    page.wait_for_timeout(3_000)  # until what the end of the answer shows has been shown
    expect(good).to_have_attribute("aria-pressed", "true")


def test_a_rating_is_kept_though_what_was_shown_before_arrives_after_it(
    visit: Callable[..., Page], serve: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers = app.web.page.Page
    show, rate, rated = handlers.show, handlers.rate, Event()

    def arrive_late(*given: Any) -> tuple[Any, ...]:
        before = show(*given)
        rated.wait(10)
        time.sleep(0.2)
        return before

    @wraps(rate)
    def rate_first(*given: Any) -> tuple[Any, ...]:
        after = rate(*given)
        rated.set()
        return after

    monkeypatch.setattr(handlers, "show", arrive_late)
    monkeypatch.setattr(handlers, "rate", rate_first)
    page = visit(serve(EssayAssistant()))
    good = ask(page, DRONE).get_by_role("button", name="Good answer")
    good.click()
    assert rated.wait(20)
    page.wait_for_timeout(3_000)
    expect(good).to_have_attribute("aria-pressed", "true")


def test_what_was_shown_before_does_not_end_a_question_that_was_just_sent(
    page: Page, assistant: EssayAssistant
) -> None:
    ask(page, PERU)
    page.get_by_label("Your question").fill(DRONE)
    stops = page.evaluate(
        """() => {
            const { run } = document.getElementById("fn-live").dataset;
            document.querySelector("#fn-composer form").requestSubmit();
            window.footnote.tell("shown", { busy: false, run });  // which arrives late
            return !document.querySelector(".fn-stop").hidden;
        }"""
    )
    assert stops
    finished(page, DRONE)
    expect(page.locator(".fn-turn")).to_have_count(2)


def test_a_slow_start_is_seen_as_such(visit: Callable[..., Page], serve: Callable[..., str]) -> None:
    readiness = Readiness()
    page = visit(serve(Writer(), readiness=readiness))
    expect(page.get_by_text("Loading the models")).to_be_visible()
    readiness.announce([DRONE])
    expect(page.get_by_role("button", name=DRONE)).to_be_visible()
    expect(page.get_by_text("Loading the models")).to_have_count(0)
