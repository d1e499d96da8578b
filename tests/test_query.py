"""`from rag import query`: one line to an answer."""

import gc
import subprocess
import sys
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from weakref import WeakValueDictionary

import pytest

import index.embedding
import index.sharing
import rag
import rag.networks
from index.store.vectors import VectorStore
from rag import Assistant, query

HIVE = "How many bees does a hive hold?"


@pytest.fixture(autouse=True)
def loaded(monkeypatch):
    """The embedders that were loaded, with no assistant open and no model in use at the start."""
    return count_loads(monkeypatch, index.embedding, "_load_model")


@pytest.fixture(autouse=True)
def loaded_readers(monkeypatch):
    """The readers that were loaded."""
    return count_loads(monkeypatch, rag.networks, "load_network")


@pytest.fixture(autouse=True)
def nothing_open(monkeypatch):
    monkeypatch.setattr(rag, "_opened", OrderedDict())
    monkeypatch.setattr(index.sharing, "_in_use", WeakValueDictionary())


def count_loads(monkeypatch, module, name):
    models = []
    load = getattr(module, name)

    def counted(name_or_path, *arguments, **options):
        models.append(name_or_path)
        return load(name_or_path, *arguments, **options)

    monkeypatch.setattr(module, name, counted)
    return models


def hives(tmp_path, *numbers):
    """A document for each number, that tells of as many bees."""
    for number in numbers:
        path = tmp_path / f"{number}.txt"
        path.write_text(f"A hive holds {number} bees.\n")
        yield path


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


def test_assistants_of_different_documents_share_their_models(tmp_path, loaded, loaded_readers):
    for path in hives(tmp_path, "six", "seven", "eight"):
        assert path.stem in query(HIVE, docs=path, min_confidence=0).text
    assert len(loaded) == 1
    assert len(loaded_readers) == len(set(loaded_readers)) > 0


def test_an_assistant_of_ones_own_shares_them_too(folder, tmp_path, loaded):
    query(HIVE, docs=folder, store=tmp_path / "store")
    with Assistant.open(folder, tmp_path / "store") as assistant:
        assistant.warm_up()
    assert len(loaded) == 1


def test_the_assistants_used_last_are_kept_and_the_others_let_go(tmp_path, monkeypatch):
    monkeypatch.setattr(rag, "MAX_OPEN", 2)
    six, seven, eight = hives(tmp_path, "six", "seven", "eight")
    for path in (six, seven, six, eight):
        assert path.stem in query(HIVE, docs=path, store=tmp_path / f"{path.stem} store", min_confidence=0).text
    gc.collect()
    kept = {key[1].name for key in index.sharing._in_use if key[0] is VectorStore}
    assert kept == {"six store", "eight store"}
    assert "seven" in query(HIVE, docs=seven, store=tmp_path / "seven store", min_confidence=0).text


def test_one_that_is_let_go_while_it_answers_answers(tmp_path, monkeypatch):
    monkeypatch.setattr(rag, "MAX_OPEN", 1)

    def ask(path):
        return path.stem in query(HIVE, docs=path, min_confidence=0).text

    with ThreadPoolExecutor(3) as pool:
        assert all(pool.map(ask, list(hives(tmp_path, "six", "seven", "eight")) * 4))
