"""From a question to the marked passage with the real models over the real essay."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from rag import Assistant
from tests.browser.conftest import DRONE
from tests.browser.steps import ask


def test_a_question_leads_to_the_exact_passage(
    visit: Callable[..., Page], serve: Callable[..., str], essay_assistant: Assistant
) -> None:
    page = visit(serve(essay_assistant))
    turn = ask(page, DRONE)
    expect(turn.locator(".fn-lead")).to_contain_text("2014")
    turn.locator(".fn-marker").last.press("Enter")
    mark = page.locator("#fn-pane mark")
    expect(mark).to_have_text(re.compile("^In 2014, China debuted its Wing Loong"))
    expect(mark).to_be_in_viewport()
    expect(mark.locator("strong")).to_have_text(re.compile("2014"))
    assert mark.text_content() in essay_assistant.documents[0].text
