"""What visitors do, for the tests of the page."""

import json

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page


def ask(page: Page, question: str) -> Locator:
    """Type a question, wait for the end of the answer, and return its turn."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    return finished(page, question)


def finished(page: Page, question: str) -> Locator:
    """The turn of a question, once it is answered."""
    turn = page.locator(".fn-turn", has=page.get_by_role("heading", name=question, exact=True))
    turn.locator(".fn-actions").first.wait_for()
    page.locator(".fn-send").wait_for()  # until then the next question is not taken
    return turn


def tool(page: Page, name: str) -> Locator:
    """A button of the header."""
    return page.get_by_role("navigation", name="Chat").get_by_role("button", name=name)


def dialog(page: Page, name: str) -> Locator:
    """A panel, opened by its button in the header."""
    tool(page, name).click()
    return page.get_by_role("dialog", name=name)


def serious(page: Page) -> list[str]:
    """What axe-core finds amiss by WCAG 2.2 AA."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response["violations"]
    return [
        json.dumps([violation["id"], [node["html"][:160] for node in violation["nodes"]]])
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]
