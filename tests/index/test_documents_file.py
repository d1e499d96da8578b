"""The records of a store in one file: a start that reads it holds what one does that reads each of them."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import documents_file
from index.store.passage_index import PassageIndex
from index.store.records import read_record, write_record
from index.types import Document, IndexedDocument, Part, Passage, Sentence
from tests.conftest import WordEmbedder


@pytest.fixture
def hives(tmp_path, monkeypatch):
    """A folder of documents, and an index over it that keeps them in one file however few its passages are."""
    monkeypatch.setattr("index.store.passage_index.LEAST", 1)
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in ("first", "second", "third"):
        (docs / f"{name}.md").write_text(
            f"# The {name} hive\n\nIt holds “many” bees.\n\n## Where\n\nBy the {name} wall."
        )
    store = tmp_path / "store"
    PassageIndex(store, WordEmbedder()).sync([docs])
    return docs, store


@pytest.fixture
def read(monkeypatch):
    """The names of the records that were read one by one."""
    names = []
    monkeypatch.setattr(
        "index.store.passage_index.read_record", lambda folder, name: (names.append(name), read_record(folder, name))[1]
    )
    return names


def documents(store, **options):
    """Those of a process that has just started."""
    return list(PassageIndex(store, WordEmbedder(), **options).snapshot().documents.values())


def test_the_second_start_opens_no_record(hives, read):
    _, store = hives
    first = documents(store)
    assert len(read) == 3
    assert documents(store) == first
    assert len(read) == 3


def test_after_a_change_the_changed_records_are_opened(hives, read):
    docs, store = hives
    documents(store)
    (docs / "third.md").write_text("The barn is empty.")
    (docs / "fourth.md").write_text("The fourth hive is new.")
    PassageIndex(store, WordEmbedder()).sync()
    texts = [one.document.text for one in documents(store)]
    assert texts[1] == "The fourth hive is new."
    assert texts[3] == "The barn is empty."
    assert len(read) == 3 + 2
    assert [one.document.text for one in documents(store)] == texts
    assert len(read) == 3 + 2


def test_what_was_removed_leaves_no_word_in_the_store(hives):
    docs, store = hives
    documents(store)
    assert b"third wall" in (store / documents_file.NAME).read_bytes()
    (docs / "third.md").unlink()
    PassageIndex(store, WordEmbedder()).sync()
    assert b"third wall" not in (store / documents_file.NAME).read_bytes()
    assert b"second wall" in (store / documents_file.NAME).read_bytes()


def test_a_reader_that_a_sync_overtakes_writes_nothing_that_is_gone(hives, monkeypatch):
    docs, store = hives

    def overtaken(folder, name):
        if (docs / "third.md").exists():
            (docs / "third.md").unlink()
            PassageIndex(store, WordEmbedder()).sync()
        return read_record(folder, name) if (folder / "documents" / name).exists() else held[name]

    held = {path.name: read_record(store, path.name) for path in (store / "documents").iterdir()}
    monkeypatch.setattr("index.store.passage_index.read_record", overtaken)
    documents(store)
    path = store / documents_file.NAME
    assert not path.exists() or b"third wall" not in path.read_bytes()


def test_where_the_file_cannot_be_written_again_it_goes(hives, monkeypatch):
    docs, store = hives
    documents(store)
    monkeypatch.setattr("index.store.documents_file.write_documents", lambda *args: None)
    (docs / "third.md").unlink()
    PassageIndex(store, WordEmbedder()).sync()
    assert not (store / documents_file.NAME).exists()


def test_whatever_bit_is_turned_the_documents_stay(hives, read):
    _, store = hives
    whole = documents(store)
    path = store / documents_file.NAME
    data = path.read_bytes()
    for place in range(0, len(data), len(data) // 40):
        turned = bytearray(data)
        turned[place] ^= 4
        path.write_bytes(bytes(turned))
        assert documents(store) == whole
    assert len(read) > 30  # most of them are noticed


def test_a_part_of_the_documents_leaves_the_file_of_all_alone(hives, read):
    docs, store = hives
    documents(store)
    [some] = documents(store, only=[(docs / "third.md").resolve()])
    assert "third" in some.document.text
    documents(store)
    assert len(read) == 3


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)
PLACE = st.integers(0, 30)


@st.composite
def indexed_documents(draw):
    document = Document(
        draw(TEXT), draw(TEXT), draw(TEXT), draw(TEXT),
        pages=tuple(draw(st.lists(PLACE, max_size=3))),
        parts=tuple(draw(st.lists(st.builds(Part, PLACE, TEXT), max_size=3))),
        facts=tuple(draw(st.lists(st.tuples(TEXT, TEXT), max_size=3))),
        is_named=draw(st.booleans()),
    )  # fmt: skip
    spans = draw(st.lists(st.tuples(PLACE, PLACE, st.sampled_from(["", "Hives", "Bees\nand “wasps”"])), max_size=5))
    passages = [
        Passage(f"{number:020}-{number}", document.id, document.text[start:end], start, end, heading)
        for number, (start, end, heading) in enumerate(spans)
    ]
    return IndexedDocument(document, passages, draw(st.lists(st.builds(Sentence, PLACE, PLACE, PLACE, st.booleans()))))


@given(made=st.lists(indexed_documents(), max_size=4))
def test_a_file_gives_back_what_records_hold(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("store")
    held = {name: read_record(folder, name) for name in (write_record(folder, one) for one in made)}
    documents_file.write_documents(folder, held)
    assert documents_file.read_documents(folder) == held
    shutil.rmtree(folder)
