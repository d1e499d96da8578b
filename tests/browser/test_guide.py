"""The guide at the top of a document: sentences and headings that lead to their places, and questions to ask."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.read.reader import open_reader
from tests.about.test_guide import GORGE
from tests.browser.steps import ask, finished, serious, tool
from tests.conftest import WordEmbedder

TITLE = "The gorge of Tarn"
CUT = "Who cut the path along the gorge?"
FIRST = "This report describes how the gorge of Tarn was opened to walkers in the spring of 1911."


@pytest.fixture(scope="module")
def gorge_url(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A report, and a file that tells nothing."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "gorge.md").write_text(GORGE)
    (folder / "word.txt").write_text("Ketch.\n")
    embedder = WordEmbedder()
    index = PassageIndex(tmp_path_factory.mktemp("store"), embedder)
    with Assistant(index, embedder, open_reader("similarity", embedder), docs=[folder], min_confidence=0.0) as real:
        real.sync()
        with pytest.MonkeyPatch.context() as patch:  # which questions there are is told in tests/web/test_suggest.py
            patch.setattr("app.web.guide.suggest_questions", lambda *_: [CUT])
            yield serve(real)


def opened(page: Page, title: str = TITLE) -> None:
    """Open a document from the list."""
    page.locator(".fn-read", has_text=title).click()


def unfold(page: Page) -> None:
    """Open or close the guide by the keyboard, once it has been fetched."""
    summary = page.get_by_text("About this document")
    expect(summary).to_be_visible()
    summary.press("Enter")


def test_a_document_is_headed_by_what_it_is(visit: Callable[..., Page], gorge_url: str) -> None:
    page = visit(gorge_url)
    opened(page)
    guide = page.locator(".fn-guide")
    expect(guide).to_contain_text(f"MD · {len(GORGE.split())} words")
    guide.get_by_role("button", name=FIRST).click()
    expect(page.locator("#fn-pane mark")).to_have_text(FIRST)
    expect(page.locator("#fn-pane mark")).to_be_in_viewport()
    guide.get_by_text("About this document").click()  # it is folded beside a passage
    guide.get_by_role("button", name="The bridge", exact=True).click()
    expect(page.locator("#fn-pane mark")).to_have_text("The bridge")
    page.get_by_role("button", name="All documents").click()
    opened(page, "word")
    expect(page.locator(".fn-source-text")).to_contain_text("Ketch.")
    page.wait_for_timeout(500)
    expect(guide).to_be_hidden()


def test_it_stays_folded_for_who_folds_it(visit: Callable[..., Page], gorge_url: str) -> None:
    page = visit(gorge_url)
    opened(page)
    sentence = page.get_by_role("button", name=FIRST)
    expect(sentence).to_be_visible()
    unfold(page)
    expect(sentence).to_be_hidden()
    page.reload()
    opened(page)
    expect(page.get_by_text("About this document")).to_be_visible()
    expect(sentence).to_be_hidden()


def test_a_question_that_it_answers_is_asked(visit: Callable[..., Page], gorge_url: str) -> None:
    page = visit(gorge_url, viewport={"width": 390, "height": 844})
    tool(page, "Documents").click()
    opened(page)
    page.get_by_role("button", name=CUT).click()
    expect(page.locator("#fn-pane")).not_to_be_in_viewport()
    expect(finished(page, CUT)).to_contain_text("forty men")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_can_be_used_by_all(visit: Callable[..., Page], gorge_url: str, scheme: str, width: int) -> None:
    page = visit(gorge_url, viewport={"width": width, "height": 844}, color_scheme=scheme)
    ask(page, "Who cut the path?").locator(".fn-marker").first.press("Enter")
    unfold(page)
    sentence = page.get_by_role("button", name=FIRST)
    expect(sentence).to_be_visible()
    page.wait_for_timeout(300)  # the pane has slid over
    assert serious(page) == []
    sentence.press("Enter")
    expect(page.locator("#fn-pane mark")).to_have_text(FIRST)
    assert page.evaluate("document.documentElement.scrollWidth") == width
