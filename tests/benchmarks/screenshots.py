"""Take the screenshots of the chat: README's and four more, from the real thing over the essay.

    python -m tests.benchmarks.screenshots FOLDER      desktop.png, phone.png, dark.png, refusal.png, upload.png

README shows tests/benchmarks/chat.png, which is desktop.png.
"""

import argparse
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app.web.feedback import Feedback
from app.web.library import Library
from app.web.readiness import Readiness
from app.web.server import launch
from app.web.suggest import suggest_questions
from rag import Assistant
from tests.browser.steps import ask, tool

ROOT = Path(__file__).parents[2]
COLOURS = 200  # enough for a page of text, in a third of the bytes
SETTLED = 900  # milliseconds after which nothing moves any more

DRONE = "When did China debut the Wing Loong drone?"
REFUSED = "How much did Kazakhstan pay for each Wing Loong drone?"

ROOF = """# Survey of the roof

The north slope was mended in May 2023 and cost 4,200 euros. The south slope is sound; its gutter leaks.

## Advice

Replace the gutter before winter. The slates will last another fifteen years.
"""
MINUTES = """Minutes of the spring meeting

The members agreed to repaint the hall in autumn. Ms Okafor will ask three painters for their prices.
"""
UPLOADS = {"roof-survey.md": ROOF.encode(), "minutes.txt": MINUTES.encode(), "scan.txt": bytes(range(256)) * 40}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where to put them")
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with serving() as url, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        take(browser, url, folder)
        browser.close()


@contextmanager
def serving() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as temporary:
        private = Path(temporary)
        with Assistant.open(ROOT / "seeds", private / "store") as assistant:
            library, feedback = Library(assistant, private / "uploads"), Feedback(private / "feedback.jsonl")
            app, url = launch(library, readiness=Readiness(suggest_questions(assistant)), feedback=feedback)
            yield url
            app.close()
            library.close()


def take(browser: Browser, url: str, folder: Path) -> None:
    def visit(width: int = 1280, height: int = 800, **options: object) -> Page:
        page = browser.new_page(viewport={"width": width, "height": height}, **options)
        page.goto(url)
        page.locator(".fn-documents").wait_for(state="attached")
        return page

    def save(page: Page, name: str) -> None:
        page.wait_for_timeout(SETTLED)
        image = Image.open(BytesIO(page.screenshot()))
        image.convert("RGB").quantize(COLOURS).save(folder / f"{name}.png", optimize=True)
        page.close()

    page = visit(1280, 720)
    ask(page, DRONE).locator(".fn-marker").last.click()
    page.mouse.move(5, 500)
    save(page, "desktop")

    page = visit(390, 844, device_scale_factor=2)
    ask(page, DRONE).locator(".fn-marker").last.click()
    save(page, "phone")

    page = visit(color_scheme="dark")
    turn = ask(page, DRONE)
    turn.locator(".fn-marker").first.click()
    turn.locator(".fn-marker").last.hover()
    save(page, "dark")

    page = visit()
    ask(page, REFUSED).locator(".fn-passage").first.click()
    save(page, "refusal")

    page = visit()
    page.get_by_label("Add documents").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in UPLOADS.items()]
    )
    page.locator(".fn-upload.fn-refused").wait_for()
    ask(page, "How much did mending the north slope cost?")
    tool(page, "Documents").click()
    save(page, "upload")


if __name__ == "__main__":
    main()
