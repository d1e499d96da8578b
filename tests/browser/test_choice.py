"""Which documents a question asks: chosen by ticks, kept with the conversation, shown at question and answer."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.read.reader import open_reader
from tests.browser.steps import ask, dialog, serious, tool
from tests.conftest import WordEmbedder

TEA = "How long is green tea steeped?"


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four documents, two of them notes."""
    folder = tmp_path_factory.mktemp("papers")
    (folder / "notes").mkdir()
    (folder / "tea.md").write_text("# Tea\n\nGreen tea is steeped for two minutes. Black tea takes four minutes.\n")
    (folder / "moon.txt").write_text("The moon\n\nThe moon is 384,400 km away. It has no air at all.\n")
    (folder / "notes" / "roof.txt").write_text("The roof\n\nMs Okafor mended the roof in May.\n")
    (folder / "notes" / "boat.txt").write_text("The boat\n\nThe ferry carries eighty cars.\n")
    return folder


@pytest.fixture(scope="module")
def papers_url(papers: Path, serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where they are asked."""
    embedder = WordEmbedder()
    index = PassageIndex(tmp_path_factory.mktemp("store"), embedder)
    with Assistant(index, embedder, open_reader("similarity", embedder), docs=[papers], min_confidence=0.0) as real:
        real.sync()
        yield serve(real)


def tick(page: Page, name: str) -> Locator:
    """The tick of a document or a folder."""
    return page.get_by_role("checkbox", name=name)


def chip(page: Page) -> Locator:
    """What stands above the question."""
    return page.locator(".fn-chosen button")


def test_only_what_is_ticked_is_asked(visit: Callable[..., Page], papers_url: str) -> None:
    page = visit(papers_url)
    expect(chip(page)).to_be_hidden()
    expect(tick(page, "Ask all 4 documents")).to_be_checked()
    tick(page, "Ask Tea").uncheck()
    expect(chip(page)).to_have_text("Asks 3 of 4 documents")
    turn = ask(page, TEA)
    expect(turn).to_contain_text("Asked only: The moon and notes")
    assert "steeped for two" not in (turn.text_content() or "")
    chip(page).click()
    expect(chip(page)).to_be_hidden()
    expect(tick(page, "Ask Tea")).to_be_checked()
    turn = ask(page, f"{TEA}!")
    expect(turn).to_contain_text("steeped for two minutes")
    expect(turn).not_to_contain_text("Asked only")


def test_folders_are_chosen_whole_and_in_part(visit: Callable[..., Page], papers_url: str) -> None:
    page = visit(papers_url)
    tick(page, "Ask all").uncheck()
    expect(chip(page)).to_have_text("Asks no document")
    page.get_by_label("Your question").fill(TEA)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Choose at least one document to ask")).to_be_visible()
    expect(page.locator(".fn-turn")).to_have_count(0)
    tick(page, "notes 2").check()
    expect(tick(page, "Ask The boat")).to_be_checked()
    expect(chip(page)).to_have_text("Asks 2 of 4 documents")
    tick(page, "Ask The boat").uncheck()
    expect(chip(page)).to_have_text("Asks 1 of 4 documents")
    assert tick(page, "notes 2").evaluate("box => box.indeterminate")
    for name in ("Ask The boat", "Ask Tea", "Ask The moon"):
        tick(page, name).check()
    expect(chip(page)).to_be_hidden()  # that is all of them again
    expect(tick(page, "Ask all")).to_be_checked()


def test_a_conversation_keeps_its_choice(visit: Callable[..., Page], papers_url: str) -> None:
    page = visit(papers_url)
    tick(page, "Ask The moon").uncheck()
    page.reload()
    expect(chip(page)).to_have_text("Asks 3 of 4 documents")  # before anything has been asked
    ask(page, TEA)
    page.reload()
    expect(tick(page, "Ask The moon")).not_to_be_checked()
    tool(page, "New chat").click()
    expect(chip(page)).to_be_hidden()
    dialog(page, "History").get_by_role("button", name=TEA).first.click()
    expect(chip(page)).to_have_text("Asks 3 of 4 documents")


def test_a_refusal_says_that_others_were_not_asked(visit: Callable[..., Page], papers_url: str) -> None:
    page = visit(papers_url)
    dialog(page, "Settings").get_by_label("Least confidence").fill("100")
    page.keyboard.press("Escape")
    tick(page, "notes 2").uncheck()
    expect(ask(page, TEA)).to_contain_text("Only 2 of 4 documents were asked; others may answer this.")


def test_the_list_comes_when_its_ticks_are_heard(visit: Callable[..., Page], papers_url: str) -> None:
    late = """
        const [find, start] = [document.getElementById.bind(document), Date.now()];
        document.getElementById = (id) => (id === "fn-pane" && Date.now() < start + 2000 ? null : find(id));
    """  # so that the pane is in the page two seconds after the rest
    page = visit(papers_url, late)
    tick(page, "Ask The moon").uncheck()
    expect(chip(page)).to_have_text("Asks 3 of 4 documents")


def test_what_has_gone_is_told_and_dropped(visit: Callable[..., Page], papers_url: str, papers: Path) -> None:
    (papers / "shed.txt").write_text("The shed\n\nThe shed holds a saw.\n")
    page = visit(papers_url)
    ask(page, "What does the shed hold?")  # which looks for what is new
    tool(page, "Documents").click()
    tick(page, "Ask all").uncheck()
    tick(page, "Ask The shed").check()
    tick(page, "Ask Tea").check()
    (papers / "shed.txt").unlink()
    turn = ask(page, TEA)
    expect(turn).to_contain_text("shed.txt is no longer among the documents and could not be asked.")
    expect(chip(page)).to_have_text("Asks 1 of 5 documents")
    page.reload()
    expect(chip(page)).to_have_text("Asks 1 of 4 documents")


def test_what_is_added_is_asked_too(visit: Callable[..., Page], papers_url: str, tmp_path: Path) -> None:
    (tmp_path / "kite.txt").write_text("The kite\n\nKites fly at dawn.\n")
    page = visit(papers_url)
    tick(page, "Ask The moon").uncheck()
    page.get_by_label("Add documents").set_input_files(tmp_path / "kite.txt")
    expect(tick(page, "Added by you 1")).to_be_checked()
    expect(chip(page)).to_have_text("Asks 4 of 5 documents")
    expect(ask(page, "When do kites fly?")).to_contain_text("Kites fly at dawn.")
    page.get_by_role("button", name="Remove The kite").click()
    page.get_by_role("button", name="Really remove The kite?").click()
    expect(page.get_by_text("No longer there: kite.txt")).to_be_visible()
    expect(chip(page)).to_have_text("Asks 3 of 4 documents")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_can_be_used_by_all(visit: Callable[..., Page], papers_url: str, scheme: str, width: int) -> None:
    page = visit(papers_url, viewport={"width": width, "height": 844}, color_scheme=scheme)
    tool(page, "Documents").press("Enter")
    page.locator("#fn-pane.fn-shown").wait_for()
    tick(page, "Ask Tea").press("Space")
    expect(tick(page, "Ask Tea")).not_to_be_checked()
    page.wait_for_timeout(300)  # the pane has slid over
    assert serious(page) == []
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    assert serious(page) == []
    chip(page).press("Enter")
    expect(page.get_by_label("Your question")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") == width
