"""A question is asked of some documents only, and the answer says so."""

import pytest

from index.errors import DocumentError
from rag.assistant import Assistant
from rag.read.similarity import SimilarityReader
from rag.types import Answer

HIVE = "How many bees does a hive hold?"


@pytest.fixture
def assistant(index, embedder, folder):
    return Assistant(index, embedder, SimilarityReader(embedder), docs=[folder], min_confidence=0.0)


def test_only_what_is_chosen_is_quoted_and_the_answer_keeps_it(assistant):
    asked = assistant.among(["moon.txt", "tea.md"]).ask(HIVE)
    assert {hit.passage.document_id for hit in asked.hits} <= {"moon.txt", "tea.md"}
    assert {cited.document_id for cited in asked.citations} <= {"moon.txt", "tea.md"}
    assert asked.documents == ("moon.txt", "tea.md")
    assert Answer.from_dict(asked.to_dict()).documents == asked.documents
    every = assistant.ask(HIVE)
    assert every.citations[0].document_id == "bees.txt"
    assert every.documents == ()


def test_questions_about_documents_are_about_those_chosen(assistant):
    chosen = assistant.among(["bees.txt"])
    assert {cited.document_id for cited in chosen.ask("What is this about?").citations} == {"bees.txt"}
    assert "0 of" not in " ".join(chosen.ask("Which of my documents mention tea?").notices)
    assert chosen.ask("Which of my documents mention tea?").status == "abstained"
    assert [hit.passage.document_id for hit in chosen.search("tea")] == ["bees.txt"]


def test_a_refusal_says_that_others_were_not_asked(assistant):
    refused = assistant.among(["tea.md"]).ask(HIVE, min_confidence=1.0)
    assert refused.status == "abstained"
    assert "Only 1 of 3 documents was asked; others may answer this." in refused.notices
    assert not any("were asked" in notice for notice in assistant.ask(HIVE, min_confidence=1.0).notices)
    everything = assistant.among(["tea.md", "bees.txt", "moon.txt"]).ask(HIVE, min_confidence=1.0)
    assert not any("asked" in notice for notice in everything.notices)


def test_what_is_gone_is_told_and_left_out(assistant, folder):
    chosen = assistant.among(["tea.md", "bees.txt"])
    (folder / "tea.md").unlink()
    assistant.refresh()
    answer = chosen.ask(HIVE)
    assert "tea.md is no longer among the documents and could not be asked." in answer.notices
    assert answer.documents == ("bees.txt",)
    with pytest.raises(DocumentError, match="None of the documents chosen"):
        assistant.among(["tea.md"])


@pytest.mark.parametrize("names", ["tea.md", [7], {"tea.md": 1}, [], None])
def test_what_names_no_documents_is_refused(assistant, names):
    with pytest.raises(DocumentError):
        assistant.among(names)
