"""From a question to the marked passage with the real models over the real essay."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from rag import Assistant
from tests.browser.conftest import DRONE
from tests.browser.steps import ask, serious


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


RATES = """\
# Hourly rates

| Firm | Trade | Rate per hour |
|---|---|---|
| Voltkraft | Electrician | 63.25 |
| Drainwise | Plumber | 58.50 |
| Greenbank Gardens | Gardener | 27.50 |
| Teal Plumbing | Plumber | 61.00 |
"""


def test_what_is_computed_is_said_to_be_and_leads_to_its_rows(
    visit: Callable[..., Page], serve: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "rates.md").write_text(RATES, encoding="utf-8")
    with Assistant.open(tmp_path / "rates.md", tmp_path / "store") as assistant:
        page = visit(serve(assistant))
        turn = ask(page, "Which firm is the cheapest per hour?")
        expect(turn.locator(".fn-lead")).to_contain_text("Greenbank Gardens")
        expect(turn.locator(".fn-computed")).to_contain_text(
            "Compared over 4 rows: the lowest “Rate per hour” is 27.50."
        )
        turn = ask(page, "What does a plumber cost per hour on average?")
        expect(turn.locator(".fn-computed")).to_contain_text(
            "Computed from 2 rows with “Trade” Plumber: the average of “Rate per hour” is 59.75."
        )
        turn.locator(".fn-marker").first.press("Enter")
        expect(page.locator("#fn-pane mark")).to_contain_text("Drainwise")
        assert not serious(page)
