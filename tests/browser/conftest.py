"""The page in the system's Chromium, served for real; a test fails if the page asks another host for anything."""

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app.web.feedback import Feedback
from app.web.library import Library
from app.web.readiness import Readiness
from app.web.server import launch
from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.read.reader import open_reader
from tests.chat_double import EssayAssistant, Writer
from tests.conftest import WordEmbedder

expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong

DRONE = "When did China debut the Wing Loong drone?"

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]

SCRIPT_FAILED = ("Error executing js_on_load", "Error in watch callback")  #: what Gradio writes to the console

# Gradio's server leaves sockets and loops to the collector, and uses what pandas is about to retire.
IGNORED = (
    "ignore::ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore:.*no_silent_downcasting",
    "ignore:The copy keyword is deprecated",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is here."""
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)
            for warning in IGNORED:
                item.add_marker(pytest.mark.filterwarnings(warning))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Serves an assistant and gives the address; closed after the file's tests."""
    running = []

    def start(assistant: Assistant, **options: object) -> str:
        folder = tmp_path_factory.mktemp("uploads")
        library = Library(assistant, folder)
        options.setdefault("feedback", Feedback(folder / "feedback.jsonl"))
        app, address = launch(library, **options)
        running.extend((app, library))
        return address

    yield start
    for one in running:
        one.close()
    gc.collect()  # here, where its warnings are ignored, and not in the middle of another file's tests


@pytest.fixture(scope="module")
def assistant() -> EssayAssistant:
    """Quotes the essay."""
    return EssayAssistant()


@pytest.fixture(scope="module")
def url(assistant: EssayAssistant, serve: Callable[..., str]) -> str:
    """Where that one answers."""
    return serve(assistant, readiness=Readiness([DRONE]))


@pytest.fixture(scope="module")
def writer() -> Writer:
    """Answers in its own words, as with a language model."""
    return Writer()


@pytest.fixture(scope="module")
def writer_url(writer: Writer, serve: Callable[..., str]) -> str:
    """Where that one answers."""
    return serve(writer)


@pytest.fixture(scope="module")
def shelf_url(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real assistant, with the small embedder, over two small documents."""
    folder = tmp_path_factory.mktemp("documents")
    (folder / "tea.md").write_text("# Tea\n\nGreen tea is steeped for two minutes. Black tea takes four minutes.\n")
    (folder / "moon.txt").write_text("The moon\n\nThe moon is 384,400 km away. It has no air at all.\n")
    embedder = WordEmbedder()
    index = PassageIndex(tmp_path_factory.mktemp("store"), embedder)
    with Assistant(index, embedder, open_reader("similarity", embedder), docs=[folder], min_confidence=0.0) as real:
        real.sync()
        yield serve(real)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens an address as a new visitor."""
    requests: list[str] = []
    problems: list[str] = []
    hosts: list[str] = []
    contexts = []

    def open_page(address: str, script: str = "", **options: object) -> Page:
        options.setdefault("viewport", {"width": 1280, "height": 800})
        context = browser.new_context(**options)
        context.add_init_script(script)
        contexts.append(context)
        hosts.append(address)
        context.on("request", lambda request: requests.append(request.url))
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if said.text.startswith(SCRIPT_FAILED) else None)
        page.goto(address)
        page.locator(".fn-documents, .fn-pane-head").first.wait_for()  # the session has begun
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert requests
    assert [asked for asked in requests if not asked.startswith((*hosts, "data:", "blob:"))] == []
    assert problems == []


@pytest.fixture
def page(visit: Callable[..., Page], url: str) -> Page:
    """A new visitor of the assistant that quotes the essay."""
    return visit(url)
