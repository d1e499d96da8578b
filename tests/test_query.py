"""`from rag import query`: one line to an answer."""

import subprocess
import sys

import pytest

import index.embedding
import rag
from rag import Assistant, query

HIVE = "How many bees does a hive hold?"


@pytest.fixture(autouse=True)
def loaded(monkeypatch):
    """The models that were loaded, with no assistant open at the start."""
    models = []
    load = index.embedding._load_model

    def counted(name_or_path, *, local):
        models.append(name_or_path)
        return load(name_or_path, local=local)

    monkeypatch.setattr(index.embedding, "_load_model", counted)
    monkeypatch.setattr(rag, "_opened", {})
    return models


def test_a_script_answers_from_its_seeds_folder(folder, tmp_path):
    folder.rename(tmp_path / "seeds")
    script = f"from rag import query\nanswer = query({HIVE!r})\nprint(answer.text)\nprint(answer.citations[0].quote)"
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == [
        "A hive holds forty thousand bees. [1]",
        "A hive holds forty thousand bees.",
    ]


def test_a_second_call_is_warm(folder, tmp_path, loaded):
    first, second = (query(HIVE, docs=folder, store=tmp_path / "store") for _ in range(2))
    assert first.text == second.text == "A hive holds forty thousand bees. [1]"
    assert len(loaded) == 1


def test_documents_are_named_as_text_path_or_list_alike(folder, tmp_path, loaded):
    store = tmp_path / "store"
    answers = [
        query(HIVE, docs=str(folder), store=store),
        query(HIVE, docs=folder, store=str(store)),
        query(HIVE, docs=[folder], store=store),
        query(HIVE, docs=(str(path) for path in [folder]), store=store),
    ]
    assert {answer.text for answer in answers} == {"A hive holds forty thousand bees. [1]"}
    assert len(loaded) == 1


def test_other_documents_are_another_assistant(folder, tmp_path):
    other = tmp_path / "other.txt"
    other.write_text("A hive holds twelve robots.\n")
    store = tmp_path / "store"
    assert "forty thousand" in query(HIVE, docs=folder, store=store).text
    assert "robots" in query(HIVE, docs=other, store=store, min_confidence=0).text
    assert {citation.document_id for citation in query(HIVE, docs=folder, store=store).citations} == {"bees.txt"}


def test_a_relative_path_means_where_the_caller_stands(tmp_path, monkeypatch):
    for number in ("seven", "nine"):
        (tmp_path / number / "docs").mkdir(parents=True)
        (tmp_path / number / "docs" / "bees.txt").write_text(f"A hive holds {number} bees.\n")
        monkeypatch.chdir(tmp_path / number)
        assert query(HIVE, docs="docs", min_confidence=0).text == f"A hive holds {number} bees. [1]"


def test_a_changed_document_is_picked_up_by_the_next_call(folder, tmp_path, loaded):
    store = tmp_path / "store"
    query(HIVE, docs=folder, store=store)
    (folder / "bees.txt").write_text("A hive holds ninety thousand bees.\n")
    assert query(HIVE, docs=folder, store=store).text == "A hive holds ninety thousand bees. [1]"
    assert len(loaded) == 1


def test_the_options_of_ask_are_passed_on(folder, tmp_path):
    store = tmp_path / "store"
    assert query(HIVE, docs=folder, store=store, min_confidence=1.0).status == "abstained"
    assert len(query(HIVE, docs=folder, store=store, top_k=2).hits) == 2
    history = [("Who steeps black tea?", "Nobody.")]
    assert query("And how long?", docs=folder, store=store, history=history).hits[0].passage.document_id == "tea.md"


def test_an_assistant_of_ones_own_does_the_same(folder, tmp_path):
    with Assistant.open([folder], tmp_path / "store") as assistant:
        assert assistant.ask(HIVE).text == query(HIVE, docs=folder).text


def test_each_store_is_used_and_not_the_first_for_all(folder, tmp_path):
    for name in ("one", "two"):
        query(HIVE, docs=folder, store=tmp_path / name)
        assert (tmp_path / name / "manifest.json").exists()
