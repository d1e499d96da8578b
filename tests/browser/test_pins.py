"""Pinned answers: kept over conversations with a note each, found again, taken away, and unpinned with an undo."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DRONE
from tests.browser.steps import ask, dialog, serious, tool

PERU = "What is the capital of Peru?"


def pin(page: Page, question: str) -> None:
    """Ask, and pin the answer."""
    button = ask(page, question).get_by_role("button", name="Pin", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_pins_of_all_conversations_are_listed_with_their_notes_and_exported(page: Page) -> None:
    pin(page, DRONE)
    tool(page, "New chat").click()
    expect(page.locator(".fn-turn")).to_have_count(0)
    pin(page, PERU)
    pins = dialog(page, "Pins")
    expect(pins.locator(".fn-chat")).to_have_text([PERU, DRONE])
    expect(pins.locator(".fn-pin").last).to_contain_text("In 2014, China debuted its Wing Loong")
    pins.get_by_label(f"Note on “{DRONE}”").fill("For the talk.\nAsk Bo.")
    page.reload()
    pins = dialog(page, "Pins")
    expect(pins.get_by_label(f"Note on “{DRONE}”")).to_have_value("For the talk.\nAsk Bo.")
    with page.expect_download() as saving:
        pins.get_by_role("button", name="Export all as Markdown").click()
    assert saving.value.suggested_filename == "pins.md"
    markdown = Path(saving.value.path()).read_text(encoding="utf-8")
    assert markdown.startswith(f"# Pinned answers\n\n## {PERU}")
    assert "> Note:\n>\n> For the talk.\n>\n> Ask Bo." in markdown
    assert "[^1]: The dragon’s cuddle, " in markdown
    pins.get_by_role("button", name=DRONE).first.click()
    expect(page.locator(".fn-turn h2")).to_have_text([DRONE])
    expect(page.get_by_role("button", name="Pin", exact=True)).to_be_focused()


def test_what_is_unpinned_can_be_brought_back_with_its_note(page: Page) -> None:
    pin(page, DRONE)
    expect(page.get_by_text("Pinned", exact=True)).to_be_visible()
    pins = dialog(page, "Pins")
    note = pins.get_by_label(f"Note on “{DRONE}”")
    note.fill("Mine")
    pins.get_by_role("button", name=f"Unpin “{DRONE}”").click()
    expect(note).to_have_count(0)
    pins.get_by_role("button", name=f"Undo unpinning “{DRONE}”").press("Enter")
    expect(note).to_have_value("Mine")
    pins.get_by_role("button", name=f"Unpin “{DRONE}”").click()
    page.keyboard.press("Escape")
    button = page.get_by_role("button", name="Pin", exact=True)
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(dialog(page, "Pins").locator(".fn-pinned li")).to_have_count(0)
    expect(pins.get_by_text("Nothing is pinned yet.")).to_be_visible()
    page.keyboard.press("Escape")
    button.click()  # by whom it was a slip
    expect(dialog(page, "Pins").get_by_label(f"Note on “{DRONE}”")).to_have_value("Mine")


def test_a_pin_outlives_its_conversation(page: Page) -> None:
    pin(page, DRONE)
    dialog(page, "History").get_by_role("button", name=f"Delete “{DRONE}”").click()
    page.keyboard.press("Escape")
    expect(page.locator(".fn-turn")).to_have_count(0)
    dialog(page, "Pins").get_by_role("button", name=DRONE).first.click()
    page.locator(".fn-marker").last.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("In 2014, China debuted its Wing Loong")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_can_be_used_by_all(visit: Callable[..., Page], url: str, scheme: str, width: int) -> None:
    page = visit(url, viewport={"width": width, "height": 844}, color_scheme=scheme)
    ask(page, DRONE).get_by_role("button", name="Pin", exact=True).press("Enter")
    page.wait_for_timeout(3000)  # the line that says so has gone
    assert serious(page) == []
    tool(page, "Pins").press("Enter")
    expect(page.get_by_role("dialog", name="Pins").get_by_role("button", name=DRONE).first).to_be_visible()
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
