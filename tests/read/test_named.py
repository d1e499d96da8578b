"""Which cell of a table a question names by its row and its column."""

import pytest

from index.store.passage_index import PassageIndex
from rag.read.named import cell_named
from tests.conftest import WordEmbedder

ROSTER = """\
nurse_id,name,shifts,hourly_rate
N1,Ada Okafor,nights,78
N2,Ben Ruiz,days,64
N3,Ben Lund,days,64
"""


@pytest.fixture
def value_named(tmp_path):
    (tmp_path / "roster.csv").write_text(ROSTER)
    index = PassageIndex(tmp_path / "store", WordEmbedder())
    index.sync([tmp_path / "roster.csv"])
    (roster,) = index.snapshot().documents.values()

    def value(question):
        found = cell_named(question, roster, range(len(roster.sentences)), "Roster")
        return found and found[1].value

    return value


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("hourly rate of Ada Okafor?", "78"),
        ("What is the hourly rate of Ben Ruiz on the roster of nurses?", "64"),
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
        "What hourly rate did Ada Okafor have as a driver in Orrin?",  # more is said than that
    ],
)
def test_anything_less_names_none(value_named, question):
    assert value_named(question) is None
