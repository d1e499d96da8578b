"""A document is read to its end, and searched."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.read.reader import open_reader
from tests.browser.steps import ask
from tests.conftest import WordEmbedder


@pytest.fixture(scope="module")
def long_url(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real assistant, with the small embedder, over a log that is too long to be shown at once."""
    folder = tmp_path_factory.mktemp("long")
    days = "\n\n".join(
        f"On day {n} the keeper trimmed the wick, filled the lamp and wrote it down." for n in range(1200)
    )
    (folder / "log.txt").write_text(f"The log\n\n{days}\n\nThe last keeper was Ada Moor.\n")
    embedder = WordEmbedder()
    index = PassageIndex(tmp_path_factory.mktemp("store"), embedder)
    with Assistant(index, embedder, open_reader("similarity", embedder), docs=[folder], min_confidence=0.0) as real:
        real.sync()
        yield serve(real)


#: A slow browser runs the scripts before their parts are in the page.
LATE = """const found = document.getElementById.bind(document);
let early = 20;
document.getElementById = (id) => (id.startsWith("fn-") && early-- > 0 ? null : found(id));"""


def test_a_long_document_is_opened_to_its_end_and_searched(visit: Callable[..., Page], long_url: str) -> None:
    page = visit(long_url)
    page.locator("#fn-pane").get_by_role("button", name="The log").click()
    field, told = page.get_by_label("Find in this document"), page.locator(".fn-find output")
    field.fill("ADA  moor")
    expect(told).to_have_text("Not found")
    page.get_by_role("button", name="Show the whole document").click()
    expect(page.locator(".fn-gap")).to_have_count(0)
    field.fill("ADA  moor")
    expect(told).to_have_text("1 of 1")
    assert page.locator(".fn-source-text").evaluate("text => text.scrollTop > 10000")
    field.fill("on day 7")
    expect(told).to_have_text("1 of 111")
    field.press("Enter")
    expect(told).to_have_text("2 of 111")
    field.press("Shift+Enter")
    field.press("Shift+Enter")
    expect(told).to_have_text("111 of 111")
    expect(page.locator(".fn-source-text mark")).to_have_count(0)


def test_scripts_wait_until_their_part_is_there(visit: Callable[..., Page], long_url: str) -> None:
    page = visit(long_url, LATE)
    expect(page.get_by_role("complementary", name="Source")).to_be_visible()
    page.get_by_role("button", name="The log").click()
    page.get_by_label("Find in this document").fill("on day 7")
    expect(page.locator(".fn-find output")).to_have_text("1 of 102 in the part shown")


def test_words_are_found_across_the_mark_of_a_quotation(visit: Callable[..., Page], long_url: str) -> None:
    page = visit(long_url)
    ask(page, "Who was the last keeper?").locator(".fn-marker").first.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("Ada Moor")
    page.get_by_label("Find in this document").fill("wrote it down. The last")
    expect(page.locator(".fn-find output")).to_have_text("1 of 1 in the part shown")
    page.get_by_label("Find in this document").fill("(")
    expect(page.locator(".fn-find output")).to_have_text("Not found")
    page.get_by_role("button", name="Show the whole document").first.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("Ada Moor")
    expect(page.locator(".fn-gap")).to_have_count(0)
