"""Each visitor's own documents: uploaded, asked about, listed, removed, forgotten, and seen by nobody else."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.web import library as library_module
from app.web import shelf as shelf_module
from app.web.library import LIFETIME, Library
from index.errors import DocumentError, SettingsError, StoreError
from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.read.similarity import SimilarityReader
from tests.conftest import WordEmbedder
from tests.visitor import new_session
from tests.web.test_filenames import hostile


@pytest.fixture
def base(index, embedder, folder):
    """An assistant that knows of tea, bees and the moon."""
    return Assistant(index, embedder, SimilarityReader(embedder), docs=[folder], min_confidence=0.0)


@pytest.fixture
def library(base, tmp_path):
    with_uploads = Library(base, tmp_path / "uploads")
    yield with_uploads
    with_uploads.close()


@pytest.fixture
def shared(base, tmp_path):
    with_uploads = Library(base, tmp_path / "uploads", shared=True)
    yield with_uploads
    with_uploads.close()


@pytest.fixture
def upload(tmp_path):
    """A file as it comes from a browser: its name, and where its bytes are."""
    (tmp_path / "arriving").mkdir()

    def arrive(name, content):
        path = tmp_path / "arriving" / str(len(list((tmp_path / "arriving").iterdir())))
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name, path

    return arrive


ROOF = "The roof was mended in May. It cost nine hundred euros."
OVEN = "The oven heats to five hundred degrees. It burns beech wood."


def quotes(assistant, question):
    return " ".join(citation.quote for citation in assistant.ask(question).citations)


def visible(library, session):
    return [document.title for document in library.documents(session)]


def files_in(tmp_path):
    """What is left on the disk; unlike `rglob`, `walk` takes no offence at what goes meanwhile."""
    return [Path(folder) / name for folder, _, names in os.walk(tmp_path / "uploads") for name in names]


def last_used(tmp_path, seconds_ago):
    """Pretend that every shelf was last used so long ago."""
    for clock in (tmp_path / "uploads").rglob("last-used"):
        os.utime(clock, (time.time() - seconds_ago,) * 2)


def test_a_visitor_asks_the_common_documents_and_the_own_uploads(library, upload):
    session = new_session()
    (report,) = library.add(session, [upload("roof.txt", ROOF)])
    assert (report.status, report.name, report.message) == ("added", "roof.txt", "")
    assistant = library.assistant(session)
    answer = assistant.ask("What did the roof cost?")
    assert answer.citations[0].document_id == report.document_id
    document = assistant.document(report.document_id)
    assert document.text == ROOF
    assert document.text[answer.citations[0].start : answer.citations[0].end] == answer.citations[0].quote
    assert "forty thousand bees" in quotes(assistant, "How many bees does a hive hold?")


def test_two_visitors_see_nothing_of_each_other(library, upload):
    one, other = new_session(), new_session()
    library.add(one, [upload("roof.txt", ROOF)])
    (uploaded,) = library.add(other, [upload("roof.txt", OVEN)])  # of the same name
    assert "roof" in quotes(library.assistant(one), "What did the roof cost?")
    assert "oven" in quotes(library.assistant(other), "What heats the oven?")
    for session, foreign in ((one, OVEN), (other, ROOF), (new_session(), ROOF), (None, ROOF)):
        assistant = library.assistant(session)
        assert foreign not in {document.text for document in assistant.documents}
        seen = [hit.passage.text for hit in assistant.search("roof oven cost degrees wood May", top_k=100)]
        assert foreign not in seen
    with pytest.raises(DocumentError, match="not among your uploads"):
        library.remove(one, uploaded.document_id)
    library.forget(one)
    assert "oven" in quotes(library.assistant(other), "What heats the oven?")


def test_what_the_base_holds_is_embedded_once_for_all(library, upload, embedder):
    embedder.embedded.clear()
    for _ in range(3):
        library.add(new_session(), [upload("roof.txt", ROOF)])
    assert len(embedder.embedded) == 3
    assert all("roof" in text for text in embedder.embedded)


def test_a_change_of_the_common_documents_reaches_every_visitor(library, upload, folder):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    (folder / "wells.txt").write_text("The well is forty metres deep.\n")
    assistant = library.assistant(session)
    assistant.refresh()
    assert "forty metres" in quotes(assistant, "How deep is the well?")


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


def test_progress_is_told(library, upload):
    told = []
    text = "\n\n".join(f"# Part {i}\n\n" + f"Sentence number {i} is about the roof. " * 8 for i in range(100))
    library.add(new_session(), [upload("long.md", text)], lambda done, total: told.append((done, total)))
    assert told[-1] == (100, 100)
    assert len(told) > 1


def test_the_list_tells_title_size_and_passages_and_whose_it_is(library, upload):
    session = new_session()
    content = f"# The roof\n\n{ROOF}\n# Later\n\nIt leaks – again.\n"
    (report,) = library.add(session, [upload("r.md", content)])
    own = library.documents(session)[-1]
    assert (own.id, own.title, own.own) == (report.document_id, "The roof", True)
    assert (own.size, own.passages) == (len(content.encode()), 2)
    assert [document.own for document in library.documents(session)] == [False, False, False, True]
    assert len(library.documents()) == 3


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


def test_shared_uploads_are_seen_by_everybody_and_removed_by_their_owner(shared, upload):
    one, other = new_session(), new_session()
    (roof,) = shared.add(one, [upload("roof.txt", ROOF)])
    assert shared.add(other, [upload("r.txt", ROOF)])[0].status == "duplicate"
    shared.add(other, [upload("oven.txt", OVEN)])
    for session in (one, other, new_session(), None):
        assert "roof" in quotes(shared.assistant(session), "What did the roof cost?")
    assert [document.own for document in shared.documents(one)[3:]].count(True) == 1
    with pytest.raises(DocumentError):
        shared.remove(other, roof.document_id)
    shared.forget(other)
    assert {"roof"} <= set(visible(shared, one)) and "oven" not in visible(shared, one)


def test_it_is_known_which_answers_tell_of_private_uploads(library, shared, upload):
    for where, private in ((library, True), (shared, False)):
        session = new_session()
        where.add(session, [upload("roof.txt", ROOF)])
        assert where.quotes_uploads(where.assistant(session).ask("What did the roof cost?")) is private
        assert where.quotes_uploads(where.base.ask("What did the roof cost?")) is False


def test_what_was_uploaded_in_private_is_not_shared_later(library, base, upload, tmp_path):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    later = Library(base, tmp_path / "uploads", shared=True)
    assert "roof" not in visible(later, session) + visible(later, None)
    later.close()


def test_session_ids_are_not_on_the_disk(library, upload, tmp_path):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    assert not any(session in str(path) for path in (tmp_path / "uploads").rglob("*"))
    assert not any(session.encode() in path.read_bytes() for path in files_in(tmp_path))


@pytest.mark.parametrize("session", ["", "a", "../../etc", "x" * 33, "ä" * 32, "a" * 31 + "\n"])
def test_what_is_no_session_id_is_refused(library, upload, session):
    for use in (library.assistant, library.documents, library.forget):
        with pytest.raises(SettingsError, match="load the page anew"):
            use(session)
    with pytest.raises(SettingsError):
        library.add(session, [upload("roof.txt", ROOF)])


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


def test_an_index_of_another_model_is_made_anew(library, upload, tmp_path, folder):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    library.close()
    other = WordEmbedder("other words")
    store = PassageIndex(tmp_path / "other store", other)
    store.sync([folder])
    again = Library(Assistant(store, other, SimilarityReader(other), min_confidence=0.0), tmp_path / "uploads")
    assert "roof" in quotes(again.assistant(session), "What did the roof cost?")
    again.close()
    store.close()


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


def test_many_visitors_upload_and_ask_at_once(library, upload, monkeypatch):
    monkeypatch.setattr(library_module, "MAX_OPEN", 3)  # so that shelves are closed and opened all the time

    def visit(number):
        session = new_session()
        texts = [f"The secret of visitor {number} is the word tulip{number}x{part}." for part in range(3)]
        for part, text in enumerate(texts):
            library.add(session, [upload_file(number, part, text)])
            hits = library.assistant(session).search("What is the secret of the visitor?", top_k=50)
            yield {hit.passage.text for hit in hits if "secret" in hit.passage.text} == set(texts[: part + 1])

    def upload_file(number, part, text):
        path = root / f"{number}-{part}"
        path.write_text(text)
        return "secret.txt", path

    root = upload("seed.txt", "seed")[1].parent
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda number: list(visit(number)), range(8)))
    assert outcomes == [[True] * 3] * 8


def test_documents_of_one_title_are_told_apart_and_unread_files_named_without_their_folder(base, folder, tmp_path):
    for name in ("one", "two"):
        (folder / f"{name}.md").write_text(f"# Roof\n\nNumber: {name}\n\n{ROOF}\n")
    (folder / "broken.pdf").write_bytes(b"no pdf at all")
    (folder / "old.txt").write_bytes(
        "Die Brücke über den Fluß wurde im März eröffnet, für alle Gäste.\n".encode("cp1252")
    )
    base.refresh()
    library = Library(base, tmp_path / "elsewhere")
    listed = {one.id: one for one in library.documents()}
    assert {listed["one.md"].title, listed["two.md"].title} == {"Roof (one)", "Roof (two)"}
    assert "was decoded from" in listed["old.txt"].problems[0]
    (unread,) = library.unread()
    assert unread.name == "broken.pdf"
    assert "is not a PDF file" in unread.reason
    assert str(folder) not in unread.reason
