"""Pictures of PDF pages are given to who may see the document, with boxes of what is quoted, and to nobody else."""

import json
from pathlib import Path

import pytest
from httpx import Response
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.web import pages, pane
from app.web.library import Library
from app.web.pages import ADDRESS, page_route
from index.errors import StoreError

ME, OTHER = "m" * 32, "o" * 32
FIRST = "The balloon came down in a hedge at Tarn, and nobody was hurt."
SECOND = "The basket was mended at Orrin, and flew again in the spring."


def write_pdf(path: Path, *texts: str) -> None:
    """A file with one page for each text."""
    canvas = Canvas(str(path), pagesize=A4)
    for text in texts:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()


@pytest.fixture
def library(library: Library, folder: Path, tmp_path: Path) -> Library:
    """A report of two pages among documents on tea, bees and the moon, and an upload of ME."""
    write_pdf(folder / "report.pdf", FIRST, SECOND)
    write_pdf(tmp_path / "own.pdf", "The roof of the chapel was mended in May by two men.")
    library.base.sync()
    assert library.add(ME, [("own.pdf", tmp_path / "own.pdf")])[0].status == "added"
    return library


@pytest.fixture
def client(library: Library) -> TestClient:
    """Sends requests to it."""
    return TestClient(Starlette(routes=[page_route(library)]))


def get(client: TestClient, document: str, session: str = ME, **asked: object) -> Response:
    query = {"document": document, "page": 1, "start": 0, "end": 0} | asked
    return client.get(ADDRESS, params=query, headers={"X-Footnote-Session": session})


def boxes(answer: Response) -> list[list[float]]:
    assert answer.status_code == 200
    return json.loads(answer.headers["X-Footnote-Boxes"])


def place(library: Library, quotation: str) -> dict[str, int]:
    text = next(one for one in library.base.documents if one.id == "report.pdf").text
    return {"start": text.index(quotation), "end": text.index(quotation) + len(quotation)}


def test_a_page_comes_with_the_boxes_of_the_quotation(client: TestClient, library: Library) -> None:
    answer = get(client, "report.pdf", page=2, **place(library, SECOND))
    assert (answer.headers["content-type"], answer.headers["X-Footnote-Pages"]) == ("image/jpeg", "2")
    assert answer.headers["Cache-Control"] == "no-store"
    assert len(boxes(answer)) == 1
    assert boxes(get(client, "report.pdf", page=1, **place(library, SECOND))) == [], "it stands on the other page"


def test_nobody_sees_the_pages_of_what_another_added(client: TestClient, library: Library) -> None:
    (own,) = (listed.id for listed in library.documents(ME) if listed.own)
    assert boxes(get(client, own)) == []
    assert get(client, own, session=OTHER).status_code == 404
    assert get(client, own, session="").status_code == 403
    assert client.get(ADDRESS, params={"document": own, "page": 1}).status_code == 403


def test_what_is_amiss_with_the_store_is_told_to_the_log_and_not_to_the_visitor(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(session: str) -> None:
        raise StoreError("The store /srv/footnote cannot be read.")

    monkeypatch.setattr(library, "assistant", fail)
    answer = get(client, "report.pdf")
    assert (answer.status_code, "/srv/footnote" in answer.text) == (404, False)
    assert "/srv/footnote" in caplog.text


def test_a_file_that_has_changed_is_not_shown(client: TestClient, folder: Path) -> None:
    write_pdf(folder / "report.pdf", SECOND, FIRST)
    changed = get(client, "report.pdf")
    assert (changed.status_code, changed.text) == (404, pages.CHANGED)
    (folder / "report.pdf").unlink()
    assert get(client, "report.pdf").text == pages.CHANGED


@pytest.mark.parametrize("page", [0, 3, -1, "x", 10**30])
def test_there_are_no_other_pages(client: TestClient, page: object) -> None:
    assert get(client, "report.pdf", page=page).status_code == 404


def test_only_pdfs_have_pages_and_none_that_are_too_large(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert get(client, "tea.md").status_code == get(client, "../report.pdf").status_code == 404
    monkeypatch.setattr(pages, "MAX_MB", 0)
    assert "larger than 0 MB" in get(client, "report.pdf").text


def test_the_pane_of_a_pdf_has_a_place_for_its_pages(library: Library) -> None:
    documents = {one.id: one for one in library.base.documents}
    report = documents["report.pdf"]
    shown = pane.render_source(report, **place(library, SECOND))
    assert 'data-page="2"' in shown
    assert 'data-pages="2"' in shown
    assert 'class="fn-print"' in pane.render_document(report)
    assert "fn-print" not in pane.render_document(documents["tea.md"])
