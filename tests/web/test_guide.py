"""The guide of a document is given to who may see it, is made once, and goes with the document."""

import gc
import re
from html import unescape
from pathlib import Path

import pytest
from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.web import guide as guide_module
from app.web.guide import ADDRESS, Guides, facts_of, guide_route, render_guide, render_questions
from app.web.library import Library
from index.types import Document
from rag.about.guide import Place
from tests.about.test_guide import GORGE
from tests.web.test_render import HOSTILE, plain

ME, OTHER = "m" * 32, "o" * 32


@pytest.fixture
def library(library: Library, folder: Path, tmp_path: Path) -> Library:
    """A report among documents on tea, bees and the moon, and the same by another name as an upload of ME."""
    (folder / "gorge.md").write_text(GORGE)
    (tmp_path / "own.md").write_text(GORGE.replace("Tarn", "Skell"))
    library.base.sync()
    library.add(ME, [("own.md", tmp_path / "own.md")])
    return library


@pytest.fixture
def client(library: Library) -> TestClient:
    """Sends requests to it."""
    return TestClient(Starlette(routes=[guide_route(library)]))


def get(client: TestClient, document: str, session: str = ME, **more: object) -> Response:
    return client.get(ADDRESS, params={"document": document, **more}, headers={"X-Footnote-Session": session})


def test_the_guide_tells_what_a_document_is(client: TestClient) -> None:
    answer = get(client, "gorge.md")
    assert answer.status_code == 200
    said = plain(answer.text)
    assert f"MD · {len(GORGE.split())} words" in said
    assert "This report describes how the gorge of Tarn was opened" in said
    assert re.findall(r"data-place=\"document=gorge.md&amp;start=\d+&amp;end=\d+&amp;check=\w{8}\"", answer.text)
    assert get(client, "moon.txt").text == ""  # two short sentences


def test_an_upload_is_guided_through_for_its_visitor_alone(client: TestClient, library: Library) -> None:
    own = next(one.id for one in library.documents(ME) if one.own)
    assert "the gorge of Skell" in get(client, own).text
    assert get(client, own, OTHER).status_code == 404
    assert get(client, "gone.md").status_code == 404
    assert get(client, "gorge.md", "short").status_code == 403


def test_a_guide_is_made_once_and_goes_with_its_document(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, real = [], guide_module.make_guide
    monkeypatch.setattr(guide_module, "make_guide", lambda one, *rest: made.append(one.document.id) or real(one, *rest))
    guides, assistant = Guides(), library.base
    for _ in range(2):
        guides.guide(assistant, assistant.index.snapshot().documents["gorge.md"])
    assert made == ["gorge.md"]
    (folder / "gorge.md").write_text(GORGE.replace("1911", "1912"))
    assistant.sync()
    assert "1912" in guides.guide(assistant, assistant.index.snapshot().documents["gorge.md"])
    gc.collect()
    assert len(guides._made) == 1


def test_questions_are_those_that_the_document_alone_answers(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    monkeypatch.setattr(
        guide_module, "suggest_questions", lambda one, *counts: asked.append(one.documents) or ["Who cut the path?"]
    )
    for _ in range(2):
        assert 'data-question="Who cut the path?"' in get(client, "gorge.md", questions=1).text
    assert [[one.id for one in documents] for documents in asked] == [["gorge.md"]]
    assert render_questions([]) == ""


def test_the_facts_are_what_the_file_tells() -> None:
    report = Document("a/report.pdf", "Report", "", "word " * 1234, pages=(0, 20), facts=(("date", "2024-05-01"),))
    assert facts_of(report) == "PDF · 2 pages · about 1,200 words · 2024-05-01"
    assert facts_of(Document("x", "X", "", "one", facts=(("author", "Ann"),))) == "text · 1 word · Ann"


def test_text_of_documents_is_never_markup_in_the_guide() -> None:
    document = Document("x.md", HOSTILE, "", HOSTILE, facts=(("author", HOSTILE),))
    place = Place(0, len(HOSTILE), HOSTILE)
    html = render_guide(document, [place], [place] * 20) + render_questions([HOSTILE])
    assert "<script" not in html
    assert plain(html).count(HOSTILE) == 1 + 1 + 12 + 1
    assert "and 8 more" in plain(html)
    assert unescape(re.findall('data-question="(.*?)"', html)[0]) == HOSTILE
