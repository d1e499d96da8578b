"""The questions to begin with are ones that the documents answer, and read well."""

import pytest

from app.web.suggest import suggest_questions
from index.store.passage_index import PassageIndex
from rag.about.subjects import spelled_out
from rag.assistant import Assistant
from rag.read.similarity import SimilarityReader
from rag.write.generate import LLMWriter
from tests.llm_double import ScriptedLLM

GUIDE = """# Lamp guide

Lamp oil is sold by the gallon at every quay of the town.

## 2. WICK AND FLAME

The wick and flame are trimmed before the lamp is lit at dusk.

## How do I clean the glass?

I clean the glass with warm water and a soft cloth.

## What can go wrong with lamps

Lamps go wrong when soot can block the wick in winter.

## Summary

Nothing is said about it.

## A short history

A short history of lamps would fill a shelf of books.

The keepers founded the Harbour and Lamp Office (HLO) in 1871. They work for the Harbour and Lamp Office.
"""


@pytest.fixture
def suggest(tmp_path, embedder):
    """Suggests questions about documents, given as file name and text."""

    def suggested(documents, count=20, writer=None):
        for name, text in documents.items():
            (tmp_path / name).write_text(text)
        docs = [tmp_path / name for name in documents]
        index = PassageIndex(tmp_path / "store", embedder)
        reader = SimilarityReader(embedder)
        with Assistant(index, embedder, reader, docs=docs, min_confidence=0, writer=writer) as assistant:
            assistant.sync()
            return suggest_questions(assistant, count)

    return suggested


def test_headings_and_names_become_questions(suggest):
    assert set(suggest({"guide.md": GUIDE})) == {
        "How do I clean the glass?",
        "What can go wrong with lamps?",
        "What is said about wick and flame?",
        "What is said about the Harbour and Lamp Office?",
    }


def test_a_language_model_is_not_asked(suggest, embedder):
    llm = ScriptedLLM(chunks=["The glass is cleaned with warm water. [S1]"])
    assert suggest({"guide.md": GUIDE}, writer=LLMWriter(llm, embedder)) == suggest({"guide.md": GUIDE}) != []
    assert llm.prompts == []


def test_there_are_no_more_than_were_asked_for(suggest):
    assert suggest({"guide.md": GUIDE}, count=2)[0] == "How do I clean the glass?"
    assert len(suggest({"guide.md": GUIDE}, count=2)) == 2


def test_documents_take_turns(suggest):
    tea = "# Tea\n\n## Green tea\n\nGreen tea is said to be steeped for two minutes.\n"
    assert "What is said about green tea?" in suggest({"guide.md": GUIDE, "tea.md": tea}, count=2)


def test_a_heading_that_is_a_name_keeps_its_capitals(suggest):
    tarn = "# Playgroups\n\n## Tarn Playgroup\n\nTarn Playgroup is said to be open on every weekday.\n"
    assert suggest({"tarn.md": tarn}) == ["What is said about Tarn Playgroup?"]


def test_a_question_whose_quote_is_no_sentence_is_not_suggested(suggest):
    table = "# Codes\n\n## Error codes\n\n| Error codes | What is said |\n|---|---|\n| Error codes E4 | Close it |\n"
    assert suggest({"codes.md": table}) == []


def test_plain_text_without_headings_or_names_gives_none(suggest):
    assert suggest({"plain.txt": "it rains. it snows.\n"}) == []


@pytest.mark.parametrize(
    ("words", "abbreviation", "name"),
    [
        ("The Belt and Road Initiative", "BRI", "Belt and Road Initiative"),
        ("Ministry of Public Security", "MPS", "Ministry of Public Security"),
        ("Old Harbour Lamp", "UAV", ""),
    ],
)
def test_an_abbreviation_tells_where_its_name_begins(words, abbreviation, name):
    assert spelled_out(words, abbreviation) == name
