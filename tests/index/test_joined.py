"""Two indexes searched as one find what one index over all their documents would find."""

import tracemalloc

import numpy as np
import pytest

from index.store.joined import JoinedIndex
from index.store.passage_index import PassageIndex
from rag.assistant import Assistant
from rag.read.retrieve import retrieve
from rag.read.similarity import SimilarityReader


@pytest.fixture
def uploads(tmp_path):
    folder = tmp_path / "uploads"
    folder.mkdir()
    (folder / "roof.txt").write_text("The roof was mended in May. It cost nine hundred euros.\n")
    (folder / "honey.txt").write_text("A hive gives thirty pounds of honey in a year.\n")
    return folder


@pytest.fixture
def own(uploads, tmp_path, embedder):
    with_uploads = PassageIndex(tmp_path / "own", embedder)
    with_uploads.sync([uploads])
    yield with_uploads
    with_uploads.close()


@pytest.fixture
def joined(index, own):
    return JoinedIndex(index, own)


@pytest.mark.parametrize("query", ["bees in a hive", "What did the roof cost?", "tea", "nothing of the kind"])
def test_hits_and_scores_are_those_of_one_index(joined, folder, uploads, tmp_path, embedder, query):
    single = PassageIndex(tmp_path / "single", embedder)
    single.sync([folder, uploads])
    _, hits = retrieve(query, joined, embedder, 10)
    _, expected = retrieve(query, single, embedder, 10)
    assert {hit.passage.text: pytest.approx(hit.score, abs=1e-5) for hit in hits} == {
        hit.passage.text: hit.score for hit in expected
    }
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    single.close()


def test_the_nearest_of_both_come_best_first(joined, embedder):
    snapshot, cosines = joined.search_dense(embedder.embed(["honey of a hive"])[0], 2)
    assert [snapshot.by_id[passage].document_id for passage in cosines] == ["honey.txt", "bees.txt"]
    assert list(cosines.values()) == sorted(cosines.values(), reverse=True)


def test_a_change_of_either_is_seen_and_none_reads_anew(joined, folder, uploads, own):
    before = joined.snapshot()
    assert joined.snapshot() is before
    (uploads / "new.txt").write_text("The cellar is dry.\n")
    own.sync([uploads])
    assert "new.txt" in joined.snapshot().documents
    (folder / "moon.txt").unlink()
    joined.sync()
    assert set(joined.snapshot().documents) == {"bees.txt", "tea.md", "roof.txt", "honey.txt", "new.txt"}


def test_one_that_has_become_empty_hides_nothing_of_the_other(joined, own, uploads, embedder):
    own.sync(remove=[uploads])
    vector = embedder.embed(["tea"])[0]
    snapshot, cosines = joined.search_dense(vector, 10)
    assert len(snapshot.documents) == len(cosines) == 3
    assert np.isclose(cosines[next(iter(cosines))], max(cosines.values()))


def test_an_assistant_beside_another_leaves_that_one_as_it_was(index, own, embedder):
    assistant = Assistant(index, embedder, SimilarityReader(embedder), min_confidence=0.0)
    beside = assistant.beside(own)
    assert len(beside.documents) == 5
    assert len(assistant.documents) == 3
    assert beside.reader is assistant.reader
    with pytest.raises(TypeError):
        beside.beside(own)


def test_the_order_of_passages_and_scores_is_one(joined):
    snapshot = joined.snapshot()
    assert [passage.id for passage in snapshot.passages] == list(snapshot.by_id)
    assert [passage.document_id for passage in snapshot.passages] == list(snapshot.documents)
    assert len(snapshot.lexical.scores("bees")) == len(snapshot.passages) == 5
    assert snapshot.terms_held("bees.txt", ["hive", "roof"]) == {"hive"}
    assert snapshot.terms_held("roof.txt", ["hive", "roof"]) == {"roof"}
    assert snapshot.holders(["hive"]) == ["bees.txt", "honey.txt"]
    assert snapshot.holders(["roof"]) == ["roof.txt"]
    assert snapshot.holders(["hive", "roof"]) == snapshot.holders(["cellar"]) == []


def test_many_who_share_a_base_hold_no_copy_of_it(folder, own, tmp_path, embedder):
    for number in range(300):
        (folder / f"{number}.txt").write_text(f"Hive {number} is full of bees. Bee {number} flies.\n")
    index = PassageIndex(tmp_path / "large", embedder)
    index.sync([folder])
    first = JoinedIndex(index, own)
    retrieve("bees", first, embedder, 8)  # what all have in common is there now
    tracemalloc.start()
    try:
        many = [JoinedIndex(index, own) for _ in range(20)]
        for each in many:
            retrieve("bees", each, embedder, 8)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 20 * 5_000  # bytes; the passages of the base alone are 300 each
    index.close()
