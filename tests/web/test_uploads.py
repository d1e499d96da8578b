"""The address that files are sent to: one file a request, from a page of ours, to the session it names."""

import re
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.web import uploads
from app.web.library import Library
from app.web.shelf import Files, Upload
from app.web.uploads import ADDRESS, upload_route

ME = "m" * 32


@pytest.fixture
def client(library: Library) -> TestClient:
    """Sends requests to it."""
    return TestClient(Starlette(routes=[upload_route(library)]))


def headers(name: str, session: str = ME) -> dict[str, str]:
    return {"X-Footnote-Session": session, "X-Footnote-Name": quote(name)}


def own(library: Library) -> list[str]:
    return [listed.title for listed in library.documents(ME) if listed.own]


def test_a_file_is_added_under_its_name_in_any_script(client: TestClient, library: Library) -> None:
    answer = client.post(ADDRESS, content="Café\n\nThe café opens at nine.\n".encode(), headers=headers("Café ☕.txt"))
    told = answer.json()
    assert re.fullmatch("uploads-[0-9a-f]{8}/Café ☕.txt", told.pop("document"))
    assert told == {"name": "Café ☕.txt", "status": "added", "message": ""}
    assert own(library) == ["Café"]


def test_a_bad_file_and_a_second_copy_say_what_is_wrong(client: TestClient, library: Library) -> None:
    assert "binary file" in client.post(ADDRESS, content=bytes(range(256)), headers=headers("x.txt")).json()["message"]
    for status in ("added", "duplicate"):
        answer = client.post(ADDRESS, content=b"The ferry carries cars.\n", headers=headers("ferry.txt"))
        assert answer.json()["status"] == status
    assert len(own(library)) == 1


@pytest.mark.parametrize("session", ["", "x", "../" * 11, "é" * 16])
def test_without_a_sessions_id_nothing_is_taken(client: TestClient, session: str) -> None:
    answer = client.post(ADDRESS, content=b"Some text.\n", headers=headers("a.txt", quote(session)))
    assert answer.status_code == 403
    assert client.post(ADDRESS, content=b"Some text.\n").status_code == 403
    assert client.get(ADDRESS).status_code == 405


def test_a_file_that_is_too_large_is_not_read_to_its_end(
    client: TestClient, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MB", 10)
    answer = client.post(ADDRESS, content=b"word " * 100, headers=headers("a.txt"))
    assert answer.status_code == 413
    assert "larger than 20 MB" in answer.json()["message"]
    assert own(library) == []


def test_a_file_is_closed_before_it_is_read_as_windows_opens_none_twice(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    open_path = Path.open

    def noted(path: Path, *arguments: str) -> IO[Any]:
        opened.append(open_path(path, *arguments))
        return opened[-1]

    def add(session: str, files: Files) -> list[Upload]:
        assert opened and all(file.closed for file in opened)
        return [Upload("a.txt", "added")]

    monkeypatch.setattr(Path, "open", noted)
    monkeypatch.setattr(library, "add", add)
    client = TestClient(Starlette(routes=[upload_route(library)]))
    assert client.post(ADDRESS, content=b"Some text.\n", headers=headers("a.txt")).json()["status"] == "added"
