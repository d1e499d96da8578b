"""Folders of documents with questions, which the confidence is fitted on."""

import json

import pytest

from rag.evaluation.questions import Question
from rag.read.reader import SpanReader
from rag.read.spans import SpanModel
from rag.training.corpora import UNFITTED, ask_folder, kind_of
from rag.training.kept import kept
from tests.conftest import WordEmbedder

QUESTIONS = [
    {"question": "How many eggs are there?", "evidence": ["lays forty\neggs"], "document": "bees.txt"},
    {"question": "Who lays eggs?", "must": ["queen"], "document": "bees.txt"},
    {"question": "What colour are eggs?", "answerable": False, "category": "near-miss"},
    {"question": "Who built the tram?", "answerable": False, "category": "far"},
]


@pytest.fixture
def shelf(tmp_path):
    """Two corpora, each a folder of its own."""
    for corpus in ("garden", "house"):
        folder = tmp_path / "shelf" / "documents" / corpus
        folder.mkdir(parents=True)
        (folder / "bees.txt").write_text(f"Bees\n\nBees live in the {corpus}. The queen lays forty eggs.\n")
        (folder / "tea.txt").write_text("Tea\n\nA queen drank tea.\n")
    lines = [json.dumps(one | {"corpus": corpus}) for corpus in ("garden", "house") for one in QUESTIONS]
    (tmp_path / "shelf" / "questions.jsonl").write_text("\n".join(lines))
    return tmp_path / "shelf"


@pytest.fixture
def askings(shelf, tiny_reader_folder):
    embedder = WordEmbedder()
    return list(ask_folder(shelf, SpanReader(SpanModel(str(tiny_reader_folder)), embedder, UNFITTED), embedder))


def test_what_was_read_is_kept(shelf, tiny_reader_folder, tmp_path, monkeypatch):
    embedder, keep = WordEmbedder(), tmp_path / "kept"

    def asked():
        reader = SpanReader(kept(SpanModel(str(tiny_reader_folder)), keep), embedder, UNFITTED)
        return list(ask_folder(shelf, reader, embedder, keep=keep))

    first, embedded = asked(), len(embedder.embedded)
    monkeypatch.setattr(SpanModel, "load", lambda model: pytest.fail("it is read anew"))
    assert [one.features for asking in asked() for one in asking.evidence] == [
        one.features for asking in first for one in asking.evidence
    ]
    assert all(len(text) < 60 for text in embedder.embedded[embedded:])  # questions and sentences, and no passage


def test_each_folder_is_a_corpus_of_its_own(askings):
    assert [asking.corpus for asking in askings] == ["garden"] * 4 + ["house"] * 4
    for asking in askings:
        texts = " ".join(one.likeness.text for one in asking.evidence)
        assert asking.corpus in texts


def test_the_right_sentences_hold_the_evidence_or_match(askings):
    def right(asking):
        return [one.likeness.text for one, right in zip(asking.evidence, asking.right, strict=True) if right]

    assert [right(asking) for asking in askings[:4]] == [
        ["The queen lays forty eggs."],
        ["The queen lays forty eggs."],  # and not what matches in another document
        [],
        [],
    ]
    assert [asking.found for asking in askings[:4]] == [True, True, False, False]


def test_kinds_are_told_by_the_category(askings):
    assert [asking.kind for asking in askings[:4]] == ["own", "own", "near", "far"]
    assert kind_of(Question("1", "Who?", False, "unanswerable", (), (), (), "", ())) == "far"
