"""Files that a visitor adds: taken, refused, recognised as there already, and named safely."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.web import shelf as shelf_module
from index.errors import StoreError
from tests.visitor import new_session
from tests.web.conftest import OVEN, ROOF, files_in, visible
from tests.web.test_filenames import hostile


def test_what_the_base_holds_is_embedded_once_for_all(library, upload, embedder):
    embedder.embedded.clear()
    for _ in range(3):
        library.add(new_session(), [upload("roof.txt", ROOF)])
    assert len(embedder.embedded) == 3
    assert all("roof" in text for text in embedder.embedded)


def test_bad_files_are_refused_one_by_one_and_the_others_added(library, upload, monkeypatch):
    monkeypatch.setattr(shelf_module, "MAX_FILE_MB", 1)
    session = new_session()
    reports = library.add(
        session,
        [
            upload("picture.heic", b"\x89PNG"),
            upload("empty.txt", "  \n"),
            upload("latin.txt", "Grüße".encode("latin-1")),
            upload("binary.txt", b"MZ\0\0"),
            upload("large.txt", "a" * 1_000_001),
            upload("roof.txt", ROOF),
            ("lost.txt", Path("/nowhere/lost.txt")),
        ],
    )
    assert [report.status for report in reports] == ["refused"] * 5 + ["added", "refused"]
    messages = [report.message for report in reports]
    for message, reason in zip(
        messages,
        ["not a kind of file", "is empty", "not UTF-8", "binary", "larger than the 1 MB", "", "did not arrive"],
        strict=True,
    ):
        assert reason in message
    # A visitor is told the file's own name, and nothing of the server's folders.
    assert [message.split(" ")[0] for message in messages if message] == [
        report.name for report in reports if report.message
    ]
    assert visible(library, session)[-1] == "roof"


def test_what_is_there_already_is_recognised_by_its_content(library, upload, folder):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    again, essay, twice, new = library.add(
        session,
        [
            upload("other name.md", ROOF),
            upload("infusions.md", (folder / "tea.md").read_bytes()),  # of the common documents
            upload("oven.txt", OVEN),
            upload("oven.txt", OVEN),
        ],
    )
    assert [report.status for report in (again, essay, twice, new)] == ["duplicate", "duplicate", "added", "duplicate"]
    assert again.message == "other name.md is there already, as “roof”."
    assert "“Tea”" in essay.message


def test_a_duplicate_that_arrives_at_the_same_time_is_recognised_too(library, upload):
    session = new_session()
    arriving = [upload(f"roof {number}.txt", ROOF) for number in range(4)]
    with ThreadPoolExecutor(4) as pool:
        reports = [report for (report,) in pool.map(lambda one: library.add(session, [one]), arriving)]
    assert sorted(report.status for report in reports) == ["added", "duplicate", "duplicate", "duplicate"]


def test_two_files_of_one_name_are_both_kept(library, upload):
    session = new_session()
    reports = library.add(session, [upload("a/notes.txt", ROOF), upload("b/NOTES.txt", OVEN)])
    assert [report.name for report in reports] == ["notes.txt", "NOTES (2).txt"]
    assert len({report.document_id for report in reports}) == 2


def test_there_is_a_limit_to_what_one_visitor_may_upload(library, upload, monkeypatch):
    session = new_session()
    monkeypatch.setattr(shelf_module, "MAX_FILES", 1)
    first, second = library.add(session, [upload("roof.txt", ROOF), upload("oven.txt", OVEN)])
    assert (first.status, second.status) == ("added", "refused")
    assert "one too many" in second.message
    monkeypatch.setattr(shelf_module, "MAX_FILES", 10)
    monkeypatch.setattr(shelf_module, "MAX_TOTAL_MB", 0)
    assert "does not fit" in library.add(session, [upload("oven.txt", OVEN)])[0].message


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(hostile, min_size=1, max_size=4))
def test_files_of_any_name_stay_in_the_visitors_folder(library, upload, tmp_path, names):
    session = new_session()
    outside = {path for path in tmp_path.rglob("*") if tmp_path / "uploads" not in path.parents}
    files = [upload(f"{name}a.txt", f"{ROOF} {number}") for number, name in enumerate(names)]
    reports = library.add(session, files)
    assert [report.status for report in reports] == ["added"] * len(names)
    assert {document.id for document in library.documents(session) if document.own} == {
        report.document_id for report in reports
    }
    for report in reports:
        library.remove(session, report.document_id)
    library.forget(session)
    assert files_in(tmp_path) == []
    arrived = {path for _, path in files}
    assert {path for path in tmp_path.rglob("*") if tmp_path / "uploads" not in path.parents} - arrived <= outside | {
        tmp_path / "uploads"
    }


def test_when_the_index_cannot_be_written_nothing_is_added(library, upload, monkeypatch, embedder, tmp_path):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])

    def fail(texts):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(embedder, "embed", fail)
        with pytest.raises(StoreError, match="free some"):
            library.add(session, [upload("oven.txt", OVEN)])
    assert visible(library, session)[3:] == ["roof"]
    assert not [path for path in files_in(tmp_path) if path.name == "oven.txt"]
    assert library.add(session, [upload("oven.txt", OVEN)])[0].status == "added"
