"""Rows that nothing in a question tells from the best one are answers as well."""

import pytest

from rag import Assistant
from rag.read.alike import MOST, rows_alike, with_rows_alike
from rag.read.evidence import Candidate

TRUCKS = """\
truck,cover,deductible
Orrin 4000,Liability Only,none
Tarn 250,Liability and damage,1000
Sill 3500,Liability Only,none
"""
DUTIES = """\
date,time,team
16 June,09:00,Reds
16 June,11:00,Blues
23 June,09:00,Greens
"""


@pytest.fixture
def alike(table):
    def teams(text, question, found):
        (indexed,) = table(text).snapshot().documents.values()
        rows = [indexed.document.text[one.start : one.end] for one in indexed.sentences]
        at = next(n for n, row in enumerate(rows) if found in row)
        return [rows[other] for other in rows_alike(question, indexed, at)]

    return teams


def test_rows_with_the_cells_that_a_question_names_are_alike(alike):
    (other,) = alike(TRUCKS, "Which trucks have liability cover only?", "Orrin")
    assert "Sill" in other
    for question in (
        "Which teams have the canteen on 16 June?",
        "Which teams took 16 June?",
        "Compare 16 June's teams",
    ):
        (other,) = alike(DUTIES, question, "Reds")
        assert "Blues" in other


@pytest.mark.parametrize(
    ("text", "question", "found"),
    [
        (TRUCKS, "What is the deductible of the Orrin 4000?", "Orrin"),  # no other is called so
        (TRUCKS, "Which deductible is the highest?", "1000"),  # no cell is named
        (DUTIES, "Which team has the canteen at 09:00 on 16 June?", "Reds"),  # which the others have not
        (DUTIES, "What is planned?", "Reds"),
        (DUTIES, "Which team has the canteen on 16 June?", "Reds"),  # the one that the reader takes
    ],
)
def test_a_row_that_words_of_the_question_tell_apart_stands_alone(alike, text, question, found):
    assert alike(text, question, found) == []


DUES = """\
item,amount,paid back
Thread,$41,yes
Stamps,$34,no
Parking,$4,no
"""


def test_rows_are_alike_that_say_no_where_the_question_denies(alike):
    (other,) = alike(DUES, "Which items have not been paid back yet?", "Stamps")
    assert "Parking" in other
    assert alike(DUES, "Which items have been paid back?", "Thread") == []
    assert alike(DUES, "Which items have been paid back?", "Stamps") == []


def test_of_many_rows_alike_the_reader_s_stands_alone(alike):
    rows = "".join(f"{number},red\n" for number in range(MOST + 2))
    assert alike(f"number,colour\n{rows}", "Which numbers are red?", "number: 3") == []
    assert len(alike("number,colour\n1,red\n2,red\n3,blue\n", "Which numbers are red?", "number: 1")) == 1


def test_what_the_reader_takes_for_a_part_of_the_answer_goes_before_rows_alike(table):
    (indexed,) = table(TRUCKS).snapshot().documents.values()
    rows = [n for n, one in enumerate(indexed.sentences) if not one.heading]
    orrin, tarn, sill = rows[-3:]
    found = (Candidate(indexed, orrin, 1.0, "none"), Candidate(indexed, tarn, 0.1, relevance=2.0))
    ordered = with_rows_alike("Which trucks have liability cover only?", found)
    assert [one.position for one in ordered] == [orrin, tarn, sill]


def test_all_rows_alike_are_quoted_and_none_is_shown_alone(tmp_path):
    (tmp_path / "trucks.csv").write_text(TRUCKS, encoding="utf-8")
    with Assistant.open(tmp_path / "trucks.csv", tmp_path / "store") as assistant:
        answer = assistant.ask("Which of the trucks are only covered for liability?")
    assert ["Orrin" in one.quote or "Sill" in one.quote for one in answer.citations] == [True, True]
    assert answer.span is None
