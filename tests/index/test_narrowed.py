"""Some documents of an index are searched as if there were no others, with the scores that they have among all."""

import numpy as np
import pytest

from index.store.joined import JoinedIndex
from index.store.narrowed import NarrowedIndex
from index.store.passage_index import PassageIndex
from rag.read.retrieve import retrieve


@pytest.fixture
def notes(folder, index):
    """A folder of notes among the documents."""
    (folder / "notes" / "old").mkdir(parents=True)
    (folder / "notes" / "roof.txt").write_text("The roof was mended in May. It cost nine hundred euros.\n")
    (folder / "notes" / "old" / "hive.txt").write_text("A hive gives thirty pounds of honey in a year.\n")
    index.sync([folder])
    return folder / "notes"


@pytest.mark.parametrize(
    ("names", "documents"),
    [
        (["tea.md"], {"tea.md"}),
        (["notes/"], {"notes/roof.txt", "notes/old/hive.txt"}),
        (["moon.txt", "notes/old/"], {"moon.txt", "notes/old/hive.txt"}),
        (["note", "tea"], set()),  # the beginning of a name is no name
    ],
)
def test_a_name_stands_for_a_document_or_a_folder(index, notes, names, documents):
    assert set(NarrowedIndex(index, names).snapshot().documents) == documents


def test_it_knows_the_words_of_its_documents_alone(index, notes):
    snapshot = NarrowedIndex(index, ["notes/"]).snapshot()
    assert snapshot.holders(["honey"]) == ["notes/old/hive.txt"]
    assert snapshot.holders(["moon"]) == []
    assert index.snapshot().holders(["moon"]) == ["moon.txt"]


@pytest.mark.parametrize("query", ["bees in a hive", "What did the roof cost?", "nothing of the kind"])
def test_hits_are_those_of_the_whole_without_the_others_and_score_the_same(index, notes, embedder, query):
    names = ["notes/", "moon.txt"]
    _, hits = retrieve(query, NarrowedIndex(index, names), embedder, 10)
    _, every = retrieve(query, index, embedder, 10)
    expected = {hit.passage.id: hit for hit in every if hit.passage.document_id.startswith(("notes/", "moon"))}
    assert {hit.passage.id for hit in hits} == set(expected)
    for hit in hits:
        assert (hit.score, hit.bm25) == pytest.approx(
            (expected[hit.passage.id].score, expected[hit.passage.id].bm25), abs=1e-5
        )


def test_the_nearest_are_found_though_others_are_nearer(index, notes, embedder):
    snapshot, cosines = NarrowedIndex(index, ["moon.txt", "tea.md"]).search_dense(
        embedder.embed(["a hive of bees"])[0], 1
    )
    assert [snapshot.by_id[passage].document_id for passage in cosines] != ["bees.txt"]
    assert len(cosines) == 1


def test_what_comes_into_a_folder_is_searched_and_what_goes_is_told(index, notes, folder):
    narrowed = NarrowedIndex(index, ["notes/", "tea.md"])
    assert narrowed.snapshot().gone == ()
    assert narrowed.snapshot() is narrowed.snapshot()
    (notes / "new.txt").write_text("The cellar is dry.\n")
    (folder / "tea.md").unlink()
    narrowed.sync()
    assert "notes/new.txt" in narrowed.snapshot().documents
    assert narrowed.snapshot().gone == ("tea.md",)


def test_a_joined_index_is_narrowed_too(index, notes, tmp_path, embedder):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "shed.txt").write_text("The shed holds a hive.\n")
    own = PassageIndex(tmp_path / "own-index", embedder)
    own.sync([tmp_path / "own"])
    joined = JoinedIndex(index, own)
    _, hits = retrieve("hive", NarrowedIndex(joined, ["shed.txt", "notes/old/"]), embedder, 10)
    _, every = retrieve("hive", joined, embedder, 10)
    scores = {hit.passage.document_id: hit.score for hit in every}
    assert {hit.passage.document_id for hit in hits} == {"shed.txt", "notes/old/hive.txt"}
    assert all(np.isclose(hit.score, scores[hit.passage.document_id], atol=1e-5) for hit in hits)
    own.close()
