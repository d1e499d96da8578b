"""What the browser keeps, what can be taken away, how the page looks, and who can use it."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from app.web.feedback import Feedback
from rag.types import Answer
from rag.write.quoting import Quoting
from tests.browser.conftest import DRONE
from tests.browser.steps import ask, dialog, finished, serious, tool
from tests.chat_double import EssayAssistant

PERU = "What is the capital of Peru?"


def test_a_reload_goes_on_with_the_conversation(page: Page, assistant: EssayAssistant) -> None:
    ask(page, DRONE)
    ask(page, PERU)
    page.reload()
    expect(page.locator(".fn-turn h2")).to_have_text([DRONE, PERU])
    page.locator(".fn-marker").last.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("In 2014, China debuted its Wing Loong")
    ask(page, "What did China debut in 2014?")
    assert [question for question, _ in assistant.histories[-1]] == [DRONE, PERU]


def test_earlier_conversations_are_opened_and_deleted(page: Page) -> None:
    ask(page, DRONE)
    tool(page, "New chat").click()
    expect(page.locator(".fn-turn")).to_have_count(0)
    ask(page, PERU)
    history = dialog(page, "History")
    chats = history.locator(".fn-chat span")
    expect(chats).to_have_text([PERU, DRONE])
    history.get_by_role("button", name=DRONE).first.click()
    expect(page.locator(".fn-turn h2")).to_have_text([DRONE])
    page.locator(".fn-marker").last.click()
    expect(page.locator("#fn-pane mark")).to_contain_text("In 2014")
    dialog(page, "History").get_by_role("button", name=f"Delete “{DRONE}”").click()
    expect(chats).to_have_text([PERU])
    page.keyboard.press("Escape")
    expect(history).to_be_hidden()
    expect(page.locator(".fn-turn")).to_have_count(0)


def test_a_deleted_conversation_is_brought_back(page: Page) -> None:
    ask(page, DRONE)
    tool(page, "New chat").click()
    ask(page, PERU)
    history = dialog(page, "History")
    history.get_by_role("button", name=f"Delete “{PERU}”").click()
    expect(page.locator(".fn-turn")).to_have_count(0)
    history.get_by_role("button", name=f"Undo deleting “{PERU}”").press("Enter")
    expect(history.locator(".fn-chat span")).to_have_text([PERU, DRONE])
    expect(page.locator(".fn-turn h2")).to_have_text([PERU])
    history.get_by_role("button", name=f"Delete “{DRONE}”").click()
    page.keyboard.press("Escape")
    expect(dialog(page, "History").locator(".fn-chats li")).to_have_count(1)  # now it is gone for good


def test_conversations_are_renamed_and_searched(page: Page) -> None:
    ask(page, DRONE)
    tool(page, "New chat").click()
    ask(page, PERU)
    history = dialog(page, "History")
    chats = history.locator(".fn-chat span")
    history.get_by_role("button", name=f"Rename “{DRONE}”").click()
    page.get_by_label("New name").fill("About drones")
    page.keyboard.press("Enter")
    expect(chats).to_have_text([PERU, "About drones"])
    history.get_by_label("Search conversations").fill("wing LOONG unmanned")  # which only the answer says
    expect(chats).to_have_text(["About drones"])
    history.get_by_label("Search conversations").fill("no such words")
    expect(history.get_by_text("Nothing like this has been asked.")).to_be_visible()
    history.get_by_label("Search conversations").fill("")
    history.get_by_role("button", name="About drones").first.click()
    ask(page, f"{DRONE}!")
    expect(dialog(page, "History").locator(".fn-chat span")).to_have_text(["About drones", PERU])


def test_a_question_right_after_another_conversation_is_opened_belongs_to_it(page: Page) -> None:
    """Whichever reaches the server first."""
    ask(page, DRONE)
    tool(page, "New chat").click()
    ask(page, PERU)
    held: list[Route] = []
    page.route("**/queue/join*", lambda route: held.append(route) if len(held) < 2 else route.continue_())
    dialog(page, "History").locator(".fn-chat", has_text=DRONE).click()
    page.get_by_label("Your question").fill(f"{DRONE}!")
    page.keyboard.press("Enter")
    while len(held) < 2:
        page.wait_for_timeout(20)
    held[1].continue_()
    page.wait_for_timeout(300)
    held[0].continue_()
    finished(page, f"{DRONE}!")
    expect(page.locator(".fn-turn h2")).to_have_text([DRONE, f"{DRONE}!"])


def test_a_double_click_does_nothing_twice(page: Page) -> None:
    turn = ask(page, DRONE)
    turn.get_by_role("button", name="Good answer").dblclick()
    expect(turn.get_by_role("button", name="Good answer")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Your question").fill(PERU)
    page.get_by_role("button", name="Ask", exact=True).dblclick()
    expect(finished(page, PERU)).not_to_contain_text("Stopped")
    expect(page.locator(".fn-turn")).to_have_count(2)


def test_a_conversation_is_exported(page: Page) -> None:
    ask(page, DRONE)
    ask(page, PERU)
    history = dialog(page, "History")
    with page.expect_download() as saving:
        history.get_by_role("button", name="Export as Markdown").click()
    markdown = Path(saving.value.path()).read_text(encoding="utf-8")
    assert saving.value.suggested_filename == "conversation.md"
    assert f"## {DRONE}" in markdown
    assert "[^1]: The dragon’s cuddle, " in markdown
    with page.expect_download() as saving:
        history.get_by_role("button", name="Export claims as CSV").click()
    assert Path(saving.value.path()).read_text(encoding="utf-8").count(DRONE) >= 1
    with page.expect_download() as saving:
        history.get_by_role("button", name="Export as JSON").click()
    answers = json.loads(Path(saving.value.path()).read_text(encoding="utf-8"))
    assert [Answer.from_dict(answer).status for answer in answers] == ["answered", "abstained"]


def test_a_rating_goes_to_the_operators_file(
    visit: Callable[..., Page], serve: Callable[..., str], tmp_path: Path
) -> None:
    feedback = Feedback(tmp_path / "feedback.jsonl")
    page = visit(serve(EssayAssistant(), feedback=feedback))
    good = ask(page, DRONE).get_by_role("button", name="Good answer")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "true")
    kept = json.loads(feedback.path.read_text(encoding="utf-8"))
    assert (kept["question"], kept["verdict"]) == (DRONE, "like")
    page.reload()
    expect(good).to_have_attribute("aria-pressed", "true")
    good.click()
    expect(good).to_have_attribute("aria-pressed", "false")
    assert json.loads(feedback.path.read_text(encoding="utf-8").splitlines()[-1])["verdict"] is None


def test_settings_say_what_they_do_and_stay(page: Page) -> None:
    settings = dialog(page, "Settings")
    for name, about in (
        ("Engine", "in the documents’ own words"),
        ("Model", "reads the passages"),
        ("Passages read", "How many passages are read"),
        ("Least confidence", "gives no answer"),
    ):
        field = settings.get_by_label(name)
        expect(page.locator(f"#{field.get_attribute('aria-describedby')}")).to_contain_text(about)
    settings.get_by_label("Least confidence").fill("95")
    expect(settings.locator("output", has_text="95%")).to_be_visible()
    expect(settings.get_by_label("Passages read")).to_have_value(str(Quoting.passages))
    settings.get_by_label("Passages read").fill("2")
    page.keyboard.press("Escape")
    turn = ask(page, DRONE)
    expect(turn).to_contain_text("95% is asked for")
    expect(turn.locator(".fn-passage")).to_have_count(2)
    page.reload()
    expect(dialog(page, "Settings").get_by_label("Least confidence")).to_have_value("95")
    page.get_by_role("button", name="Back to the defaults").click()
    expect(settings.get_by_label("Least confidence")).to_have_value("50")
    expect(settings.get_by_label("Passages read")).to_have_value(str(Quoting.passages))


def background(page: Page) -> str:
    """The colour behind everything."""
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_the_theme_is_the_systems_or_the_visitors(visit: Callable[..., Page], url: str) -> None:
    light, dark = background(visit(url)), background(visit(url, color_scheme="dark"))
    assert light != dark
    page = visit(url)
    dialog(page, "Settings").get_by_label("Dark").check()
    assert background(page) == dark
    page.reload()
    page.locator(".fn-documents").wait_for()
    assert background(page) == dark
    dialog(page, "Settings").get_by_label("As the system").check()
    assert background(page) == light


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_core_finds_nothing_serious(
    visit: Callable[..., Page], writer_url: str, url: str, scheme: str, width: int
) -> None:
    page = visit(url, viewport={"width": width, "height": 844}, color_scheme=scheme)
    assert serious(page) == []
    ask(page, PERU)
    ask(page, DRONE).locator(".fn-marker").last.click()
    expect(page.locator("#fn-pane mark")).to_be_in_viewport()
    page.wait_for_timeout(300)  # the pane has slid over
    assert serious(page) == []
    page.keyboard.press("Escape")
    for name in ("History", "Settings"):
        expect(dialog(page, name)).to_be_visible()
        assert serious(page) == []
        page.keyboard.press("Escape")
    written = visit(writer_url, viewport={"width": width, "height": 844}, color_scheme=scheme)
    ask(written, DRONE)
    assert serious(written) == []


def test_the_whole_page_works_without_a_mouse(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type(DRONE)
    page.keyboard.press("Enter")
    expect(page.locator(".fn-confidence")).to_be_visible()

    def tab_to(selector: str, key: str) -> None:
        for _ in range(40):
            page.keyboard.press(key)
            if page.evaluate(f"document.activeElement.matches('{selector}')"):
                return
        raise AssertionError(f"{selector} is out of reach")

    tab_to(".fn-marker", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Text of the source")).to_be_focused()
    tab_to(".fn-back", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".fn-shelf h2")).to_be_focused()
    tab_to(".fn-read", "Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".fn-source-text")).to_be_focused()
    tab_to("[data-tool=settings]", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Settings")).to_be_visible()
    page.keyboard.press("Escape")
    expect(tool(page, "Settings")).to_be_focused()
