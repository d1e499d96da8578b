"""The documents panel: what there is, what a visitor adds, removes and forgets, and that nobody else sees it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DRONE
from tests.browser.steps import ask, tool
from tests.pdf_files import write_pdf

HOSTILE = (
    '# \\<img src=x onerror="document.title=1">\n\n'
    "The zeppelin weighs 99 tons [99]. <script>document.title=2</script> ${1} **x**\n"
)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Two good ones, one that is no text, and one that holds what tea.md does."""
    contents = {
        "zeppelin.md": HOSTILE.encode(),
        "boat.txt": b"The boat\n\nThe ferry carries eighty cars.\n",
        "noise.txt": bytes(range(256)),
        "same.md": b"# Tea\n\nGreen tea is steeped for two minutes. Black tea takes four minutes.\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in contents}


def add(page: Page, *paths: Path) -> None:
    """Choose files, and wait until each is dealt with."""
    page.get_by_label("Add documents").set_input_files(paths)
    expect(page.locator(".fn-upload")).to_have_count(len(paths))
    expect(page.locator(".fn-upload:is(.fn-waiting, .fn-sending)")).to_have_count(0)


def listed(page: Page) -> Locator:
    """The titles in the list."""
    return page.locator(".fn-document .fn-title")


def test_the_list_shows_titles_sizes_and_passages(visit: Callable[..., Page], shelf_url: str) -> None:
    page = visit(shelf_url)
    expect(listed(page)).to_have_text(["The moon", "Tea"])
    expect(page.locator(".fn-facts").last).to_have_text("MD · 75 B · 1 passage")
    expect(page.get_by_label("Remove")).to_have_count(0)  # these are the operator's


def test_several_files_are_added_and_each_bad_one_says_why(
    visit: Callable[..., Page], shelf_url: str, files: dict[str, Path]
) -> None:
    page = visit(shelf_url)
    add(page, *files.values())
    expect(page.locator(".fn-upload", has_text="boat.txt")).to_contain_text("Added")
    expect(page.locator(".fn-upload", has_text="zeppelin.md")).to_contain_text("Added")
    expect(page.locator(".fn-upload", has_text="noise.txt")).to_contain_text("noise.txt is a binary file")
    expect(page.locator(".fn-upload", has_text="same.md")).to_contain_text("same.md is there already, as “Tea”")
    expect(listed(page)).to_have_count(4)
    turn = ask(page, "How many cars does the ferry carry?")
    turn.locator(".fn-marker").first.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("The ferry carries eighty cars.")


def test_a_pdf_is_quoted_with_its_page(visit: Callable[..., Page], shelf_url: str, tmp_path: Path) -> None:
    filler = ("BodyText", "The ferry is painted white every spring, and nobody remembers why it should be white. " * 40)
    moor = ("BodyText", "The heather blooms on the moor in August.")
    page = visit(shelf_url)
    add(page, write_pdf(tmp_path / "moor.pdf", [filler, filler, moor]))
    turn = ask(page, "When does the heather bloom on the moor?")
    expect(turn).to_contain_text("page 2")
    turn.locator(".fn-marker").first.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("The heather blooms on the moor in August.")


def test_what_a_document_says_is_shown_and_never_run(
    visit: Callable[..., Page], shelf_url: str, files: dict[str, Path]
) -> None:
    page = visit(shelf_url)
    add(page, files["zeppelin.md"])
    expect(listed(page).filter(has_text="<img src=x")).to_have_count(1)
    turn = ask(page, "How many tons does the zeppelin weigh?")
    expect(turn).to_contain_text("The zeppelin weighs 99 tons [99].")
    turn.locator(".fn-marker").first.hover()
    turn.locator(".fn-marker").first.click()
    expect(page.locator("#fn-pane .fn-source-text")).to_contain_text("<script>document.title=2</script> ${1} **x**")
    expect(page.locator("img[src=x], main script")).to_have_count(0)
    expect(page).to_have_title("Footnote")


def test_uploads_stay_over_a_reload_and_nobody_else_sees_them(
    visit: Callable[..., Page], shelf_url: str, files: dict[str, Path]
) -> None:
    page = visit(shelf_url)
    add(page, files["boat.txt"])
    page.reload()
    expect(listed(page)).to_contain_text(["The boat"])
    other = visit(shelf_url)
    expect(listed(other)).to_have_text(["The moon", "Tea"])
    assert "eighty" not in (ask(other, "How many cars does the ferry carry?").text_content() or "")


def test_an_upload_is_removed_and_all_are_forgotten(
    visit: Callable[..., Page], shelf_url: str, files: dict[str, Path]
) -> None:
    page = visit(shelf_url)
    add(page, files["boat.txt"], files["zeppelin.md"])
    turn = ask(page, "How many cars does the ferry carry?")
    page.get_by_role("button", name="Remove The boat").dblclick()
    expect(listed(page)).to_have_count(4)  # it is asked once, and a double click is one
    page.get_by_role("button", name="Really remove The boat?").click()
    expect(listed(page)).to_have_count(3)
    turn.locator(".fn-marker").first.click()
    expect(page.locator("#fn-pane")).to_contain_text("has changed, or is gone")
    tool(page, "Documents").click()
    page.get_by_role("button", name="Forget all that I added").click()
    page.get_by_role("button", name="Really delete all?").click()
    expect(listed(page)).to_have_text(["The moon", "Tea"])


def test_a_file_that_is_too_large_is_not_sent(
    visit: Callable[..., Page], shelf_url: str, files: dict[str, Path]
) -> None:
    page = visit(shelf_url)
    expect(page.locator(".fn-files")).to_have_attribute("data-limit", "20")
    page.locator(".fn-files").evaluate("input => (input.dataset.limit = '0.00001')")
    add(page, files["boat.txt"])
    expect(page.locator(".fn-upload")).to_contain_text("boat.txt is larger than 0.00001 MB")
    expect(listed(page)).to_have_count(2)


def test_files_can_be_dropped_anywhere(visit: Callable[..., Page], shelf_url: str) -> None:
    page = visit(shelf_url)
    ask(page, "How long is green tea steeped?").locator(".fn-marker").first.click()
    drop = """type => {
        const carried = new DataTransfer();
        carried.items.add(new File(["The kite\\n\\nKites fly at dawn.\\n"], "kite.txt"));
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
    }"""
    page.evaluate(drop, "dragover")
    expect(page.locator("body")).to_have_class("fn-dragging")
    page.evaluate(drop, "drop")
    expect(page.locator("body")).not_to_have_class("fn-dragging")
    expect(listed(page)).to_contain_text(["The kite"])


def test_on_a_phone_the_documents_slide_over(visit: Callable[..., Page], shelf_url: str) -> None:
    page = visit(shelf_url, viewport={"width": 390, "height": 844})
    expect(page.locator("#fn-pane")).not_to_be_in_viewport()
    tool(page, "Documents").click()
    expect(listed(page).first).to_be_in_viewport()
    page.get_by_label("Close the documents").click()
    expect(page.locator("#fn-pane")).not_to_be_in_viewport()
    expect(tool(page, "Documents")).to_be_focused()


def test_an_essay_is_there_from_the_start(page: Page) -> None:
    expect(listed(page)).to_have_text(["The dragon’s cuddle"])
    expect(page.get_by_role("button", name=DRONE)).to_be_visible()
