"""Hybrid search: what either of the two searches finds, in the order of the fused score."""

import numpy as np
import pytest

from index.embedding import SentenceEmbedder
from index.store.passage_index import PassageIndex
from index.store.writer import embedded_text
from rag.read.retrieve import CANDIDATES, DENSE_WEIGHT, fuse, retrieve
from tests.conftest import WordEmbedder


def search(question, index, embedder, top_k=8):
    return retrieve(question, index, embedder, top_k)[1]


def test_the_best_passage_comes_first_and_ranks_count_from_1(index, embedder):
    hits = search("How long is black tea steeped?", index, embedder)
    assert hits[0].passage.document_id == "tea.md"
    assert [hit.rank for hit in hits] == [1, 2, 3]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_score_is_fused_from_the_true_cosine_and_the_true_bm25(index, embedder):
    question = "How long is black tea steeped?"
    snapshot, hits = retrieve(question, index, embedder, 8)
    bm25 = dict(zip(snapshot.by_id, snapshot.lexical.scores(question), strict=True))
    for hit in hits:
        document = snapshot.documents[hit.passage.document_id].document
        ours, theirs = embedder.embed([question, embedded_text(hit.passage, document.own_title, embedder)])
        assert hit.cosine == pytest.approx(float(ours @ theirs), abs=1e-5)
        assert hit.bm25 == pytest.approx(float(bm25[hit.passage.id]))
        assert hit.score == pytest.approx(fuse(hit.cosine, hit.bm25))
        assert snapshot.by_id[hit.passage.id] == hit.passage


def test_both_parts_count_and_a_negative_cosine_counts_as_none():
    assert 0 < DENSE_WEIGHT < 1
    assert fuse(1, 1) == pytest.approx(1)
    assert fuse(0.5, 0.5) > fuse(0.4, 0.5)
    assert fuse(0.5, 0.5) > fuse(0.5, 0.4)
    assert fuse(-0.5, 0.5) == fuse(0, 0.5)


@pytest.mark.parametrize("top_k", [1, 2, 3])
def test_no_more_passages_than_asked_for_are_found(index, embedder, top_k):
    hits = search("bees, tea and the moon", index, embedder, top_k)
    assert [hit.rank for hit in hits] == list(range(1, top_k + 1))
    assert hits == search("bees, tea and the moon", index, embedder)[:top_k]


def test_asking_for_more_than_there_is_gives_all(index, embedder):
    assert len(search("tea", index, embedder, 1000)) == 3


def test_the_edges_of_the_document_meant_are_found_with_what_is_most_like_the_question(tmp_path, embedder):
    """Its date is told in other words than the question's, on its first page."""
    sections = "".join(
        f"## Rule {n}\n\nMembers of the club pay the club rent {n} in spring. {'Oars. ' * 90}\n\n" for n in range(9)
    )
    (tmp_path / "rules.md").write_text(
        f"# Rules\n\nIn force from 9 May 1931. {'Weirs. ' * 90}\n\n{sections}Signed: A. Holt"
    )
    (tmp_path / "eels.md").write_text("# Eels\n\nEels come up in May.")
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([tmp_path])
    plain = retrieve("what rent members of the club pay the club", index, embedder, 6)[1]
    hits = retrieve("what rent members of the club pay the club", index, embedder, 6, edges=True)[1]
    index.close()
    assert not any("9 May 1931" in hit.passage.text for hit in plain)
    assert any("9 May 1931" in hit.passage.text for hit in hits)
    assert any("A. Holt" in hit.passage.text for hit in hits)
    assert hits[:4] == plain[:4]
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5, 6]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


class Prompting(WordEmbedder):
    """Puts a word before questions, as models with prompts do."""

    def embed_query(self, query):
        return super().embed_query(f"hive {query}")


def test_a_question_is_embedded_as_one(index):
    question = "How long is black tea steeped?"
    asked = Prompting().embed_query(question)
    hits = search(question, index, Prompting())
    passages = index.vectors([hit.passage.id for hit in hits])
    for hit in hits:
        assert hit.cosine == pytest.approx(float(asked @ passages[hit.passage.id]), abs=1e-5)


class Compass:
    """Embeds texts that hold `north` in one direction, and all others in another."""

    identity = "compass"
    max_tokens = 254

    def count_tokens(self, text):
        return len(text.split())

    def embed(self, texts):
        return np.array([[1, 0] if "north" in text else [0.6, 0.8] for text in texts], dtype=np.float32)

    def embed_query(self, query):
        return self.embed([query])[0]


@pytest.fixture
def haystack(tmp_path):
    """More documents with `north` than are taken from one search, and one that has a rare word instead."""
    root = tmp_path / "haystack"
    root.mkdir()
    for number in range(CANDIDATES + 10):
        (root / f"{number:02}.txt").write_text(f"Wind {number} comes from the north.\n")
    (root / "needle.txt").write_text("A zeppelin comes from elsewhere.\n")
    index = PassageIndex(tmp_path / "haystack-store", Compass())
    index.sync([root])
    yield index
    index.close()


def test_a_rare_word_is_found_although_the_embedding_misses_it(haystack):
    question = "north zeppelin"
    nearest = haystack.search_dense(Compass().embed([question])[0], CANDIDATES)[1]
    hits = retrieve(question, haystack, Compass(), CANDIDATES + 11)[1]
    found = {hit.passage.document_id: hit for hit in hits}
    assert found["needle.txt"].passage.id not in nearest
    assert found["needle.txt"].cosine == pytest.approx(0.6, abs=1e-6)
    assert found["needle.txt"].bm25 > 0
    assert found["needle.txt"].bm25 == max(hit.bm25 for hit in hits)


def test_what_only_the_embedding_finds_has_no_bm25_and_is_found(haystack):
    hits = retrieve("northwards", haystack, Compass(), 5)[1]
    assert [(hit.cosine, hit.bm25) for hit in hits] == [(pytest.approx(1), 0)] * 5


def test_what_is_most_like_a_query_is_found_among_many_that_share_its_words(tmp_path):
    embedder = SentenceEmbedder()
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "fund.txt").write_text("Requests to the travel fund are made eight weeks ahead of departure.\n")
    for number in range(60):
        said = f"The money of trip {number} went for long walks; ask the porter of house {number} before supper."
        (notes / f"{number}.txt").write_text(f"{said}\n")
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([notes])
    for edges in (False, True):
        _, hits = retrieve("How long before a trip is money to be asked for?", index, embedder, 16, edges=edges)
        assert len(hits) == 16
        assert "fund.txt" in [hit.passage.document_id for hit in hits]
        assert [hit.rank for hit in hits] == list(range(1, 17))
    _, [best] = retrieve("How long before a trip is money to be asked for?", index, embedder, 1)
    assert best.passage.document_id == hits[0].passage.document_id  # who wants one gets the best
