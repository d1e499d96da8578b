"""A row or a cell of something else than a question names is no answer, however much it is like one."""

import pytest

from index.store.passage_index import PassageIndex
from rag.ask import Query
from rag.read.reader import open_reader
from rag.read.retrieve import retrieve
from rag.read.rivals import cell_asked, rows_of_others

STUDIES = """\
author,year,years of data,forest
Tewksbury,2000,1995-1996,aspen
Akerman,1999,,spruce
Hannah,2007,2003-2004,aspen
"""
SALES = """\
division,Q1 FY24,Q2 FY24,Q3 FY24
Gaming,2240,2486,2856
Auto,296,253,261
"""


@pytest.fixture
def table(tmp_path, embedder):
    def made(text):
        (tmp_path / "table.csv").write_text(text, encoding="utf-8")
        index = PassageIndex(tmp_path / "index", embedder)
        index.sync([tmp_path / "table.csv"])
        return index

    return made


def document(index):
    (indexed,) = index.snapshot().documents.values()
    return indexed


def row(indexed, said):
    text = indexed.document.text
    return next(n for n, one in enumerate(indexed.sentences) if said in text[one.start : one.end])


def test_a_row_that_another_one_rivals_is_of_something_else(table):
    studies = document(table(STUDIES))
    others = rows_of_others("In which years did Akerman collect data?", studies, row(studies, "Tewksbury"))
    assert others == {row(studies, "Tewksbury"), row(studies, "Hannah")}


@pytest.mark.parametrize(
    "question",
    [
        "Who came first, Tewksbury or Hannah?",  # each row has one of the names
        "In which forest did Bogner work?",  # a name that no row has
        "Which forests are there?",
        "In which forest did Tewksbury work in 1999?",  # each has something that the other lacks
        "Which study has data of 1995?",  # among them
    ],
)
def test_a_row_with_all_that_any_other_has_is_kept(table, question):
    studies = document(table(STUDIES))
    assert row(studies, "Tewksbury") not in rows_of_others(question, studies, row(studies, "Tewksbury"))


@pytest.mark.parametrize(
    ("question", "found", "told"),
    [
        ("What was gaming in Q2 FY24?", "2486", "2486"),
        ("What was gaming in the second quarter of 2024?", "2240", "2486"),  # the one cell that is asked for
        ("What was gaming in Q2 FY25?", "2486", None),
        ("What was gaming at its best?", "2856", "2856"),
    ],
)
def test_the_cell_of_another_period_is_no_answer(table, question, found, told):
    sales = document(table(SALES))
    text, place = sales.document.text, row(sales, "Gaming")
    start = text.index(found)
    span = cell_asked(question, sales, place, (start, start + len(found)))
    assert (text[slice(*span)] if span else None) == told


@pytest.mark.parametrize(
    ("text", "question", "found"),
    [
        (STUDIES, "In which forest did Akerman work?", "spruce"),
        (SALES, "What was gaming in Q3 FY24?", "2856"),
    ],
)
def test_what_is_asked_for_is_read(table, embedder, text, question, found):
    snapshot, hits = retrieve(question, table(text), embedder, 8)
    reading = open_reader(None, embedder).read(Query(question, question), hits, snapshot)
    assert found in reading.candidates[0].text
    assert reading.candidates[0].span in (None, found)


def test_what_only_others_have_is_not_read(table, embedder):
    question = "What was gaming in Q2 FY25?"
    snapshot, hits = retrieve(question, table(SALES), embedder, 8)
    reader = open_reader(None, embedder)
    assert reader.read(Query(question, question), hits, snapshot).confidence < reader.min_confidence
