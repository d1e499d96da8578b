"""BM25 in a file of the store: the same scores as when it is made anew, and never those of other documents."""

import os
import tempfile
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.store import arrays_file, lexical_file
from index.store.bm25 import PassagesInDocuments
from index.store.passage_index import PassageIndex
from tests.conftest import WordEmbedder

QUESTION = "How many bees does the third hive hold?"
TEXTS = ("The third hive holds bees.\nThe dog sleeps.", "A lazy dog.", "Bees.\n\nThe sun.", "Sun and bees, bees.", "")


@pytest.fixture
def hives(tmp_path, monkeypatch):
    """A folder of documents, and an index over it whose BM25 is kept however few its passages are."""
    monkeypatch.setattr("index.store.snapshot.LEAST", 1)
    docs = tmp_path / "docs"
    docs.mkdir()
    for number, name in enumerate(("first", "second", "third")):
        (docs / f"{name}.txt").write_text(
            f"The {name} hive holds {number + 4} thousand bees.\n\nIt stands by the wall."
        )
    store = tmp_path / "store"
    PassageIndex(store, WordEmbedder()).sync([docs])
    return docs, store


@pytest.fixture
def made(monkeypatch):
    """How many documents BM25 is made of, each time that it is made from texts."""
    sizes = []
    make = PassagesInDocuments.__init__

    def counted(self, *args):
        make(self, *args)
        sizes.extend([self.documents.size] if self.documents.size else [])

    monkeypatch.setattr(PassagesInDocuments, "__init__", counted)
    return sizes


def scores(store):
    """Those of a process that has just started."""
    return PassageIndex(store, WordEmbedder()).snapshot().lexical.scores(QUESTION)


def test_the_second_start_reads_what_the_first_has_made(hives, made):
    _, store = hives
    first, second = scores(store), scores(store)
    assert made == [3]
    assert first.max() > 0
    assert np.array_equal(first, second)


def test_words_of_whole_documents_are_kept_too(hives, made):
    _, store = hives
    scores(store)
    snapshot = PassageIndex(store, WordEmbedder()).snapshot()
    holding = [name for name in snapshot.documents if snapshot.terms_held(name, ["third"])]
    assert made == [3]
    assert [name.rpartition("/")[2] for name in holding] == ["third.txt"]


def test_other_documents_are_never_searched_with_it(hives, made):
    docs, store = hives
    before = scores(store)
    (docs / "third.txt").write_text("The barn is empty.")
    PassageIndex(store, WordEmbedder()).sync()
    assert scores(store).max() < before.max()  # nothing speaks of the third hive any more
    assert made == [3, 1]


@given(steps=st.lists(st.dictionaries(st.sampled_from("abcde"), st.sampled_from(TEXTS), max_size=5), max_size=4))
def test_after_any_changes_scores_are_those_of_one_made_anew(steps):
    with tempfile.TemporaryDirectory() as name:
        for texts in steps:
            records = [f"{document}-{hash(text)}" for document, text in texts.items()]
            lexical_file.forget_words(Path(name), set(records))
            given = lexical_file.read_or_make(
                Path(name), records, partial(of_documents, list(texts.values())), keep=lambda write: write()
            )
            anew = of_documents(list(texts.values()), range(len(texts)))
            for question in (QUESTION, "Do the lazy dogs sleep in the sun?"):
                assert np.array_equal(given.scores(question), anew.scores(question))
                for number in range(len(texts)):
                    held = [
                        [one.documents.holds(number, term) for term in one.terms(question)] for one in (given, anew)
                    ]
                    assert held[0] == held[1]


def of_documents(texts, places):
    """BM25 over some documents, each paragraph of which is a passage."""
    paragraphs = [(number, part) for number, place in enumerate(places) for part in texts[place].split("\n")]
    return PassagesInDocuments(
        [part for _, part in paragraphs], [texts[place] for place in places], [number for number, _ in paragraphs]
    )


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"PK" + data])
def test_a_damaged_file_is_made_anew(hives, made, damage):
    _, store = hives
    whole = scores(store)
    path = store / lexical_file.NAME
    path.write_bytes(damage(path.read_bytes()))
    assert np.array_equal(scores(store), whole)
    scores(store)
    assert made == [3, 3]


def test_whatever_bit_is_turned_no_score_changes(hives, made):
    _, store = hives
    whole = scores(store)
    path = store / lexical_file.NAME
    data = path.read_bytes()
    for place in range(0, len(data), len(data) // 40):
        turned = bytearray(data)
        turned[place] ^= 4
        path.write_bytes(bytes(turned))
        assert np.array_equal(scores(store), whole)
    assert len(made) > 10  # most of them are noticed


def test_what_was_removed_leaves_no_word_in_the_store(hives):
    docs, store = hives
    scores(store)
    assert b"third" in words(store)
    (docs / "third.txt").unlink()
    PassageIndex(store, WordEmbedder()).sync()
    assert b"third" not in words(store)
    assert b"first" in words(store)


def test_a_reader_of_what_was_there_before_writes_no_word_of_it_back(hives):
    docs, store = hives
    before = PassageIndex(store, WordEmbedder()).snapshot()
    (docs / "third.txt").unlink()
    PassageIndex(store, WordEmbedder()).sync()
    assert before.lexical.scores(QUESTION).max() > 0  # made now
    assert b"third" not in words(store)


def words(store):
    """All letters of what the store holds beside embeddings."""
    files = (path.read_bytes() for path in store.rglob("*") if path.is_file() and "chroma" not in path.parts)
    return b"".join(files)


def test_a_store_that_cannot_be_written_is_searched_all_the_same(hives, monkeypatch):
    _, store = hives

    def full(path):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(arrays_file, "replacing", full)
    assert scores(store).max() > 0
    assert not (store / lexical_file.NAME).exists()


def test_a_part_of_the_documents_leaves_the_file_of_all_alone(hives, made):
    docs, store = hives
    scores(store)
    some = PassageIndex(store, WordEmbedder(), only=[(docs / "third.txt").resolve()]).snapshot()
    assert some.lexical.scores(QUESTION).max() > 0
    scores(store)
    assert made == [3]


def test_a_part_that_is_all_of_the_documents_is_kept(hives, made):
    docs, store = hives
    for _ in range(2):
        PassageIndex(store, WordEmbedder(), only=[docs.resolve()]).snapshot().lexical.scores(QUESTION)
    assert made == [3]
