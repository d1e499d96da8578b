"""The original page of a PDF beside its text, with the quotation marked on it."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.read.reader import open_reader
from tests.browser.steps import ask
from tests.conftest import WordEmbedder
from tests.web.test_pages import FIRST, SECOND, write_pdf

QUESTION = "Where was the basket mended?"


@pytest.fixture(scope="module")
def print_url(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real assistant, with the small embedder, over a PDF of three pages and a text."""
    folder = tmp_path_factory.mktemp("prints")
    write_pdf(folder / "balloon.pdf", FIRST, SECOND, "The end of the report.")
    (folder / "moon.txt").write_text("The moon\n\nThe moon is 384,400 km away. It has no air at all.\n")
    embedder = WordEmbedder()
    index = PassageIndex(tmp_path_factory.mktemp("store"), embedder)
    with Assistant(index, embedder, open_reader("similarity", embedder), docs=[folder], min_confidence=0.0) as real:
        real.sync()
        yield serve(real)


def open_page(page: Page) -> None:
    """From a question to the printed page."""
    ask(page, QUESTION).locator(".fn-marker").first.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("mended at Orrin")
    page.locator("#fn-pane").get_by_role("button", name="Page", exact=True).click()


def test_the_page_is_shown_with_the_quotation_marked(visit: Callable[..., Page], print_url: str) -> None:
    page = visit(print_url)
    open_page(page)
    sheet = page.get_by_role("img", name="Page 2 of balloon, as printed")
    expect(sheet).to_be_visible()
    box = page.locator(".fn-found")
    expect(box).to_have_count(1)
    expect(box).to_be_in_viewport()
    whole, mark = sheet.bounding_box(), box.bounding_box()
    assert whole and mark
    assert 0.05 < (mark["x"] - whole["x"]) / whole["width"] < 0.2, "it begins at the margin"
    assert 0.1 < (mark["y"] - whole["y"]) / whole["height"] < 0.25, "near the top, where the line stands"
    expect(page.locator(".fn-source-text")).to_be_hidden()
    expect(page.locator(".fn-page-note")).to_be_empty()


def test_pages_are_turned_and_the_view_is_remembered(visit: Callable[..., Page], print_url: str) -> None:
    page = visit(print_url)
    open_page(page)
    page.get_by_role("button", name="Next page").click()
    expect(page.get_by_role("img", name="Page 3 of balloon, as printed")).to_be_visible()
    expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    expect(page.locator(".fn-found")).to_have_count(0)
    page.get_by_role("button", name="Page before").click()
    page.get_by_role("button", name="Page before").click()
    expect(page.locator(".fn-page-number")).to_have_text("Page 1 of 3")
    page.locator(".fn-marker").first.click()
    expect(page.get_by_role("img", name="Page 2 of balloon, as printed")).to_be_visible()
    ask(page, "How many km away is the moon?").locator(".fn-marker").first.click()
    expect(page.locator(".fn-source-text mark")).to_be_visible()  # a text has no pages
    expect(page.locator(".fn-views")).to_have_count(0)


def test_on_a_phone_and_by_keyboard(visit: Callable[..., Page], print_url: str) -> None:
    page = visit(print_url, viewport={"width": 390, "height": 844})
    ask(page, QUESTION).locator(".fn-marker").first.press("Enter")
    page.locator("#fn-pane").get_by_role("button", name="Page", exact=True).press("Enter")
    expect(page.locator(".fn-found")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.keyboard.press("Escape")
    expect(page.locator("#fn-pane")).not_to_be_in_viewport()


def test_a_page_that_cannot_be_shown_says_so(visit: Callable[..., Page], print_url: str) -> None:
    page = visit(print_url)
    page.route("**/footnote/page?*", lambda route: route.fulfill(status=404, body="The file has changed."))
    open_page(page)
    expect(page.locator(".fn-page-note")).to_have_text("The file has changed.")
