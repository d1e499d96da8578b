"""The similarity reader: every sentence of the passages found, the most alike first."""

from dataclasses import replace

import pytest

from rag.ask import Query
from rag.read.retrieve import retrieve
from rag.read.similarity import SimilarityReader


def text(candidate):
    sentence = candidate.sentence
    return candidate.document.document.text[sentence.start : sentence.end]


def read(question, index, embedder, top_k=8):
    snapshot, hits = retrieve(question, index, embedder, top_k)
    reading = SimilarityReader(embedder).read(Query(question, question), hits, snapshot)
    return reading, list(map(text, reading.candidates)), hits


def test_the_sentence_most_like_the_question_comes_first(index, embedder):
    reading, texts, _ = read("Who lays the eggs?", index, embedder)
    assert texts[0] == "The queen lays the eggs."
    scores = [candidate.score for candidate in reading.candidates]
    assert scores == sorted(scores, reverse=True)


def test_every_sentence_of_the_passages_found_is_a_candidate_once(index, embedder):
    _, texts, _ = read("Who lays the eggs?", index, embedder)
    assert sorted(texts) == [
        "A hive holds forty thousand bees.",
        "Black tea takes four.",
        "Green tea is steeped for two minutes.",
        "It has no air.",
        "The moon is 384,400 km away.",
        "The queen lays the eggs.",
    ]


def test_sentences_of_passages_that_were_not_found_are_no_candidates(index, embedder):
    _, texts, _ = read("Who lays the eggs?", index, embedder, top_k=1)
    assert sorted(texts) == ["A hive holds forty thousand bees.", "The queen lays the eggs."]


def test_the_words_of_the_conversation_count(index, embedder):
    snapshot, hits = retrieve("How long? black tea", index, embedder, 8)
    best = SimilarityReader(embedder).read(Query("How long?", "How long? black tea"), hits, snapshot).candidates[0]
    assert text(best) == "Black tea takes four."


def test_a_sentence_of_two_passages_counts_by_the_better_one(index, embedder):
    question = Query("Who lays the eggs?", "Who lays the eggs?")
    snapshot, (hit, *_) = retrieve(question.text, index, embedder, 1)
    worse = replace(hit, score=hit.score / 2)
    alone, after, before = (
        SimilarityReader(embedder).read(question, hits, snapshot).candidates
        for hits in ([hit], [hit, worse], [worse, hit])
    )
    assert alone == after == before


def test_confidence_is_a_probability_that_grows_with_what_is_found(index, embedder):
    asked = ("Who lays the eggs?", "Who lays the golden eggs?", "Who painted the golden ceiling?")
    values = [read(question, index, embedder)[0].confidence for question in asked]
    assert values == sorted(values, reverse=True)
    assert 0 < values[-1] < SimilarityReader.min_confidence < values[0] < 1


def test_how_much_else_is_indexed_does_not_matter(index, folder, embedder):
    before = read("Who lays the eggs?", index, embedder)[0].confidence
    for number in range(50):
        (folder / f"{number}.txt").write_text(f"Tram {number} goes to the depot at night.\n")
    index.sync()
    assert read("Who lays the eggs?", index, embedder)[0].confidence == pytest.approx(before, abs=1e-6)


def test_nothing_found_is_nothing_read(index, embedder):
    reading = SimilarityReader(embedder).read(Query("x", "x"), [], index.snapshot())
    assert (reading.candidates, reading.confidence) == ((), 0)
