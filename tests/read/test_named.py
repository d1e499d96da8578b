"""Which cell of a table a question names by its row and its column."""

from dataclasses import replace

import pytest

from index.embedding import SentenceEmbedder
from index.store.passage_index import PassageIndex
from rag.ask import Query
from rag.read.named import cell_named
from rag.read.reader import IN_DOUBT, NAMED, SpanReader, open_reader
from rag.read.retrieve import retrieve
from tests.conftest import WordEmbedder

ROSTER = """\
nurse_id,name,shifts,hourly_rate
N1,Ada Okafor,nights,78
N2,Ben Ruiz,days,64
N3,Ben Lund,days,64
"""


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER)
    return path


@pytest.fixture
def value_named(roster, tmp_path):
    index = PassageIndex(tmp_path / "store", WordEmbedder())
    index.sync([roster])
    (indexed,) = index.snapshot().documents.values()

    def value(question):
        found = cell_named(question, indexed, range(len(indexed.sentences)), "Roster")
        return found and found[1].value

    return value


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("hourly rate of Ada Okafor?", "78"),
        ("What is the hourly rate of Ben Ruiz on the roster?", "64"),
        ("Which shifts has Ada Okafor?", "nights"),
    ],
)
def test_row_and_column_together_name_a_cell(value_named, question, value):
    assert value_named(question) == value


@pytest.mark.parametrize(
    "question",
    [
        "hourly rate of Ben?",  # two are called so, and neither in full
        "hourly rate for days?",  # two rows
        "Tell me of Ada Okafor",  # no column
        "What is the hourly rate?",  # no row
        "What was the rate of Ada Okafor?",  # not all of the column's name
        "hourly rate of Ada Okafor in 2019?",
        "What is the hourly rate of Ada Okafor's dog?",
        "What hourly rate did Ada Okafor have as a driver in Orrin?",  # more is said than that
    ],
)
def test_anything_less_names_none(value_named, question):
    assert value_named(question) is None


def test_where_the_reader_is_in_doubt_the_cell_is_the_answer(roster, tmp_path):
    embedder = SentenceEmbedder()
    index = PassageIndex(tmp_path / "own", embedder)
    index.sync([roster])
    sure = open_reader(None, embedder)
    doubting = SpanReader(sure._model, embedder, replace(sure._calibration, min_confidence=1.0))

    def read(reader, question):
        snapshot, hits = retrieve(question, index, embedder, 8)
        return reader.read(Query(question, question), hits, snapshot)

    question = "Which shifts has Ada Okafor?"
    assert read(sure, question).confidence != pytest.approx(NAMED**2)  # of the reader's own
    reading = read(doubting, question)
    assert [one.span for one in reading.candidates] == ["nights"]
    assert reading.confidence == pytest.approx(max(NAMED, reading.figures.topic) * max(NAMED, reading.figures.answer))
    assert read(doubting, "Which shifts has the moon?").confidence < IN_DOUBT
