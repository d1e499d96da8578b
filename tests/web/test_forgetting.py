"""What a visitor added goes when it is removed, forgotten or too old, and leaves nothing on the disk."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.web import library as library_module
from app.web import shelf as shelf_module
from app.web.library import LIFETIME, Library
from index.errors import DocumentError
from tests.visitor import new_session
from tests.web.conftest import OVEN, ROOF, files_in, last_used, quotes, visible


def test_a_removed_upload_is_gone_and_the_last_one_too(library, upload, tmp_path):
    session = new_session()
    roof, oven = library.add(session, [upload("roof.txt", ROOF), upload("oven.txt", OVEN)])
    library.remove(session, roof.document_id)
    assert visible(library, session)[3:] == ["oven"]
    assert "roof" not in quotes(library.assistant(session), "What did the roof cost?")
    with pytest.raises(DocumentError, match="not among your uploads"):
        library.remove(session, roof.document_id)
    library.remove(session, oven.document_id)
    assert visible(library, session) == visible(library, None)
    assert files_in(tmp_path) == []
    assert library.add(session, [upload("roof.txt", ROOF)])[0].status == "added"


@pytest.mark.parametrize("document_id", ["bees.txt", "../secret.txt", "/etc/passwd", "uploads-0/../../x", ""])
def test_nothing_but_an_own_upload_can_be_removed(library, upload, document_id, folder):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    with pytest.raises(DocumentError):
        library.remove(session, document_id)
    assert (folder / "bees.txt").exists()


def test_forgetting_leaves_nothing_on_the_disk(library, upload, tmp_path):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    assert files_in(tmp_path)
    library.forget(session)
    assert files_in(tmp_path) == []
    assert visible(library, session) == visible(library, None)
    library.forget(session)  # nothing to forget
    library.add(session, [upload("oven.txt", OVEN)])
    assert "roof" not in visible(library, session)


def test_a_visitor_who_uploads_nothing_leaves_nothing(library, tmp_path):
    session = new_session()
    assert library.assistant(session) is library.base
    library.documents(session)
    assert not (tmp_path / "uploads").exists()


def test_uploads_outlive_the_server(library, base, upload, tmp_path, embedder):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    library.close()
    embedder.embedded.clear()
    again = Library(base, tmp_path / "uploads")
    assert "roof" in quotes(again.assistant(session), "What did the roof cost?")
    assert not any("mended" in text and "cost" in text for text in embedder.embedded)  # as a passage, that is
    again.close()


def test_uploads_go_a_day_after_their_last_use(library, base, upload, tmp_path):
    session, other = new_session(), new_session()
    for one in (session, other):
        library.add(one, [upload("roof.txt", ROOF)])
    last_used(tmp_path, LIFETIME - 60)
    library.assistant(session).ask("What did the roof cost?")  # a use, which is noted on the disk
    for clock in (tmp_path / "uploads").rglob("last-used"):
        os.utime(clock, (clock.stat().st_mtime - 120,) * 2)  # two minutes pass
    restarted = Library(base, tmp_path / "uploads")
    restarted.start_sweeping()
    assert "roof" in visible(restarted, session)
    assert "roof" not in visible(restarted, other)
    assert len(list((tmp_path / "uploads" / "private").iterdir())) == 1
    restarted.close()


def test_an_upload_past_its_time_is_not_shown_even_before_it_is_swept(library, upload, tmp_path):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    last_used(tmp_path, LIFETIME + 1)
    assert "roof" not in visible(library, session)
    assert files_in(tmp_path) == []


def test_sweeping_goes_on_while_the_server_runs(library, upload, tmp_path, monkeypatch):
    monkeypatch.setattr(library_module, "SWEEP_EVERY", 0.05)
    library.start_sweeping()
    library.add(new_session(), [upload("roof.txt", ROOF)])
    last_used(tmp_path, LIFETIME + 1)
    deadline = time.monotonic() + 10
    while files_in(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert files_in(tmp_path) == []


def test_what_is_added_while_old_uploads_are_swept_stays(library, upload, tmp_path, monkeypatch):
    session, look = new_session(), shelf_module.last_used
    library.add(session, [upload("roof.txt", ROOF)])
    last_used(tmp_path, LIFETIME + 1)

    def look_and_add(folder):
        """What the sweep sees is true no longer when it acts upon it."""
        seen = look(folder)
        monkeypatch.undo()
        library.add(session, [upload("oven.txt", OVEN)])
        return seen

    monkeypatch.setattr(shelf_module, "last_used", look_and_add)
    library.sweep()
    assert visible(library, session)[-1] == "oven"


def test_files_can_be_added_all_the_time_that_others_are_swept_and_removed(shared, upload, monkeypatch):
    one, other = new_session(), new_session()
    files = [upload(f"{number}.txt", f"{ROOF} {number}") for number in range(12)]

    def come_and_go():
        for _ in range(12):
            [added] = shared.add(other, [upload("oven.txt", OVEN)])
            shared.sweep()
            shared.remove(other, added.document_id)

    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(come_and_go)
        for number, file in enumerate(files):
            shared.add(one, [file])
            assert len([listed for listed in shared.documents(one) if listed.own]) == 1, number
            shared.forget(one)
        busy.result()
    assert len(shared.documents(one)) == 3
