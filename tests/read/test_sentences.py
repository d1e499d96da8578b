"""How sentences resemble a question: themselves, and by what stands before them."""

import pytest

from index.store.passage_index import PassageIndex
from rag.read.retrieve import retrieve
from rag.read.sentences import BEFORE, SentenceSimilarity
from tests.conftest import WordEmbedder

BRIG = "The Alma was a brig. Wheat filled her hold. She left in May. Nobody saw her again. Storms were blamed."


@pytest.fixture
def measured(tmp_path):
    """The sentences of a document, in order, measured against a question; `top_k` passages are found."""

    def measure(question, text, top_k=8, embedder=None):
        embedder = embedder or WordEmbedder()
        (tmp_path / "text.md").write_text(text)
        index = PassageIndex(tmp_path / "store", embedder)
        index.sync([tmp_path / "text.md"])
        snapshot, hits = retrieve(question, index, embedder, top_k)
        found = SentenceSimilarity(embedder).measure(question, hits, snapshot)
        index.close()
        return sorted(found, key=lambda one: one.position)

    return measure


def test_a_sentence_is_also_measured_by_the_best_of_those_before_it(measured):
    first, *others = measured("When did the brig Alma sail?", BRIG)
    assert first.context == 0
    assert [one.context for one in others[:BEFORE]] == [first.cosine] * BEFORE
    assert others[BEFORE].context == max(one.cosine for one in others[:BEFORE]) < first.cosine


def test_sentences_that_were_not_found_are_no_context(measured):
    text = "# Brig\n\nWas the Alma dear?\n\n# Price\n\nThe price of the Alma was six pounds."
    (found,) = measured("the price of the Alma was six pounds", text, top_k=1)
    assert (found.text, found.context) == ("The price of the Alma was six pounds.", 0)


def test_a_question_is_embedded_as_one(measured):
    class Prompting(WordEmbedder):
        def embed_query(self, query):
            return self.embed([f"question {query}"])[0]

    embedder = Prompting()
    asked = embedder.embed_query("When did the brig Alma sail?")
    for one in measured("When did the brig Alma sail?", BRIG, embedder=embedder):
        assert one.cosine == pytest.approx(float(asked @ embedder.embed([one.text])[0]), abs=1e-5)


def test_some_are_measured_as_among_all_and_only_what_they_need_is_embedded(tmp_path):
    embedder = WordEmbedder()
    (tmp_path / "text.md").write_text(f"{BRIG} Her owner was ruined. He lived in Hull.")
    index = PassageIndex(tmp_path / "store", embedder)
    index.sync([tmp_path / "text.md"])
    snapshot, hits = retrieve("When did the brig Alma sail?", index, embedder, 8)
    index.close()
    (document,) = snapshot.documents
    everything = SentenceSimilarity(embedder).measure("the brig Alma", hits, snapshot)
    embedder.embedded.clear()
    some = SentenceSimilarity(embedder).measure("the brig Alma", hits, snapshot, {(document, 5)})
    assert some == [one for one in everything if one.position == 5]
    assert len(some) == 1
    assert set(embedder.embedded) == {one.text for one in everything if 5 - BEFORE <= one.position <= 5} | {
        "the brig Alma"
    }
