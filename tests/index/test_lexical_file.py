"""BM25 in a file of the store: the same scores as when it is made anew, and never those of other documents."""

import os

import numpy as np
import pytest

from index.store import lexical_file
from index.store.lexical import PassagesInDocuments
from index.store.passage_index import PassageIndex
from tests.conftest import WordEmbedder

QUESTION = "How many bees does the third hive hold?"


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
    """Counts how often BM25 is made from texts."""
    times = []
    make = PassagesInDocuments.__init__
    monkeypatch.setattr(PassagesInDocuments, "__init__", lambda *args: (times.append(1), make(*args))[1])
    return times


def scores(store):
    """Those of a process that has just started."""
    return PassageIndex(store, WordEmbedder()).snapshot().lexical.scores(QUESTION)


def test_the_second_start_reads_what_the_first_has_made(hives, made):
    _, store = hives
    first, second = scores(store), scores(store)
    assert len(made) == 1
    assert first.max() > 0
    assert np.array_equal(first, second)


def test_words_of_whole_documents_are_kept_too(hives, made):
    _, store = hives
    scores(store)
    snapshot = PassageIndex(store, WordEmbedder()).snapshot()
    holding = [name for name in snapshot.documents if snapshot.terms_held(name, ["third"])]
    assert len(made) == 1
    assert [name.rpartition("/")[2] for name in holding] == ["third.txt"]


def test_other_documents_are_never_searched_with_it(hives, made):
    docs, store = hives
    before = scores(store)
    (docs / "third.txt").write_text("The barn is empty.")
    PassageIndex(store, WordEmbedder()).sync()
    assert scores(store).max() < before.max()  # nothing speaks of the third hive any more
    assert len(made) == 2


@pytest.mark.parametrize("damage", [lambda data: data[: len(data) // 2], lambda data: b"", lambda data: b"PK" + data])
def test_a_damaged_file_is_made_anew(hives, made, damage):
    _, store = hives
    whole = scores(store)
    path = store / lexical_file.NAME
    path.write_bytes(damage(path.read_bytes()))
    assert np.array_equal(scores(store), whole)
    scores(store)
    assert len(made) == 2


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
    assert b"third" in zipped(store)
    (docs / "third.txt").unlink()
    PassageIndex(store, WordEmbedder()).sync()
    assert not (store / lexical_file.NAME).exists()


def zipped(store):
    with np.load(store / lexical_file.NAME) as arrays:
        return arrays["passages.terms"].tobytes()


def test_a_store_that_cannot_be_written_is_searched_all_the_same(hives, monkeypatch):
    _, store = hives

    def full(path):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(lexical_file, "replacing", full)
    assert scores(store).max() > 0
    assert not (store / lexical_file.NAME).exists()


def test_a_part_of_the_documents_leaves_the_file_of_all_alone(hives, made):
    docs, store = hives
    scores(store)
    some = PassageIndex(store, WordEmbedder(), only=[(docs / "third.txt").resolve()]).snapshot()
    some.lexical.scores(QUESTION)
    scores(store)
    assert len(made) == 2
