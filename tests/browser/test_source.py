"""From a number to the exact passage: by mouse, by keyboard, on a phone, mid-stream, and by a link."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DRONE
from tests.browser.steps import ask, finished
from tests.chat_double import Writer

QUAD = "Which founding members belong to the Quadrilateral Mechanism?"


@pytest.mark.parametrize("how", ["click", "Enter"])
def test_a_marker_opens_its_quote_in_the_source(page: Page, how: str) -> None:
    marker = ask(page, DRONE).get_by_label("Open citation 1: The dragon’s cuddle").first
    marker.click() if how == "click" else marker.press(how)
    mark = page.locator("#fn-pane mark")
    expect(mark).to_have_text(re.compile("^In 2014, China debuted its Wing Loong"))
    expect(mark).to_be_in_viewport()
    expect(mark.locator("strong")).to_have_text("2014")


def test_hovering_over_a_number_shows_its_passage(page: Page) -> None:
    marker = ask(page, DRONE).locator(".fn-marker").last
    preview = page.get_by_role("tooltip")
    expect(preview).to_be_hidden()
    marker.hover()
    expect(preview).to_contain_text("In 2014, China debuted its Wing Loong")
    expect(preview).to_contain_text("The dragon’s cuddle")
    expect(marker).to_have_attribute("aria-describedby", "fn-preview")
    page.keyboard.press("Escape")
    expect(preview).to_be_hidden()
    page.mouse.move(5, 5)
    page.get_by_label("Your question").focus()
    for _ in range(30):  # and by keyboard
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.matches('.fn-marker')"):
            break
    expect(preview).to_be_visible()


def test_a_number_opens_its_passage_while_the_answer_goes_on(
    visit: Callable[..., Page], writer_url: str, writer: Writer
) -> None:
    page = visit(writer_url)
    writer.may_end.clear()
    try:
        page.get_by_label("Your question").fill(DRONE)
        page.keyboard.press("Enter")
        first = page.locator(".fn-marker").first
        first.focus()
        first.click()
        expect(page.locator("#fn-pane mark")).to_contain_text("In 2014, China debuted its Wing Loong")
        expect(page.get_by_role("button", name="Stop")).to_be_visible()
    finally:
        writer.may_end.set()
    finished(page, DRONE)
    expect(page.locator(".fn-marker").first).to_be_focused()
    expect(page.locator(".fn-marker").first).to_have_class(re.compile("fn-current"))
    page.locator(".fn-marker").nth(1).click()
    expect(page.locator("#fn-pane mark")).not_to_contain_text("Wing Loong unmanned")


def test_markers_of_an_earlier_turn_keep_opening_their_own_quote(page: Page) -> None:
    first = ask(page, DRONE)
    second = ask(page, QUAD)
    second.locator(".fn-marker").last.click()
    expect(page.locator("#fn-pane mark")).not_to_contain_text("Wing Loong")
    first.locator(".fn-marker").last.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("Wing Loong")


def test_each_number_opens_its_own_document(visit: Callable[..., Page], shelf_url: str) -> None:
    page = visit(shelf_url)
    for question, title, quote in (
        ("How long is green tea steeped?", "Tea", "Green tea is steeped for two minutes."),
        ("How many km away is the moon?", "The moon", "The moon is 384,400 km away."),
    ):
        ask(page, question).locator(".fn-marker").first.click()
        expect(page.locator("#fn-pane h2")).to_have_text(title)
        expect(page.locator("#fn-pane mark")).to_contain_text(quote)
    page.get_by_role("button", name="All documents").click()
    page.locator("#fn-pane").get_by_role("button", name="Tea").click()
    expect(page.locator(".fn-source-text")).to_contain_text("Black tea takes four minutes.")
    expect(page.locator("#fn-pane mark")).to_have_count(0)


def test_on_a_phone_the_source_slides_over_and_closes(visit: Callable[..., Page], url: str) -> None:
    page = visit(url, viewport={"width": 390, "height": 844})
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


def test_back_on_a_phone_closes_the_source_and_not_the_page(visit: Callable[..., Page], url: str) -> None:
    page = visit(url, viewport={"width": 390, "height": 844})
    marker = ask(page, DRONE).locator(".fn-marker").last
    for _ in range(2):
        marker.press("Enter")
        expect(page.locator("#fn-pane mark")).to_be_in_viewport()
        page.go_back()
        expect(page.locator("#fn-pane")).not_to_be_in_viewport()
    expect(page.locator(".fn-turn")).to_have_count(1)
    marker.press("Enter")
    page.get_by_label("Close the source").click()
    expect(page.locator("#fn-pane")).not_to_be_in_viewport()
    assert page.evaluate("history.state?.source ?? false") is False


def test_two_anchors_of_one_passage_both_open_it(visit: Callable[..., Page], url: str) -> None:
    page = visit(url, viewport={"width": 390, "height": 844})
    for marker in (ask(page, DRONE).locator(".fn-marker").last, ask(page, f"{DRONE}!").locator(".fn-marker").last):
        marker.click()
        expect(page.locator("#fn-pane mark")).to_be_in_viewport()
        page.keyboard.press("Escape")
        expect(page.locator("#fn-pane")).not_to_be_in_viewport()


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


def test_an_anchor_that_leads_nowhere_says_so(page: Page) -> None:
    marker = ask(page, DRONE).locator(".fn-marker").last
    marker.evaluate("button => button.dataset.turn = 9")
    marker.click()
    expect(page.locator("#fn-pane")).to_contain_text("The conversation has moved on")


def test_a_link_opens_the_passage_for_another_visitor(visit: Callable[..., Page], url: str) -> None:
    page = visit(url, permissions=["clipboard-read", "clipboard-write"])
    ask(page, DRONE).locator(".fn-marker").last.click()
    page.get_by_role("button", name="Copy a link to this passage").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    other = visit(link)
    expect(other.locator("#fn-pane mark")).to_have_text(re.compile("^In 2014, China debuted"))
    expect(other.locator("#fn-pane mark")).to_be_in_viewport()
    stale = visit(re.sub(r"start=\d+", "start=7", link))
    expect(stale.locator("#fn-pane")).to_contain_text("has changed since the link was made")
    missing = visit(link.replace("essay.txt", "other.txt"))
    expect(missing.locator("#fn-pane")).to_contain_text("There is no such document")
