"""Each visitor's own documents: asked about, listed, and seen by nobody else unless they are shared."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.web import library as library_module
from app.web.library import Library
from index.errors import DocumentError, SettingsError
from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.read.similarity import SimilarityReader
from tests.conftest import WordEmbedder
from tests.visitor import new_session
from tests.web.conftest import OVEN, ROOF, files_in, quotes, visible


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


def test_a_change_of_the_common_documents_reaches_every_visitor(library, upload, folder):
    session = new_session()
    library.add(session, [upload("roof.txt", ROOF)])
    (folder / "wells.txt").write_text("The well is forty metres deep.\n")
    assistant = library.assistant(session)
    assistant.refresh()
    assert "forty metres" in quotes(assistant, "How deep is the well?")


def test_the_list_tells_title_size_and_passages_and_whose_it_is(library, upload):
    session = new_session()
    content = f"# The roof\n\n{ROOF}\n# Later\n\nIt leaks – again.\n"
    (report,) = library.add(session, [upload("r.md", content)])
    own = library.documents(session)[-1]
    assert (own.id, own.title, own.own) == (report.document_id, "The roof", True)
    assert (own.size, own.passages) == (len(content.encode()), 2)
    assert [document.own for document in library.documents(session)] == [False, False, False, True]
    assert len(library.documents()) == 3


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
