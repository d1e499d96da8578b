"""Sums, counts and the latest over the rows of logs and accounts: whose they are, and of what."""

import pytest

from rag.read.reckon import UNTOLD

DRIVEN = """\
Date,Type,Station,Planned,Actual,Litres
2024-01-02,Fuel,Tarn Northgate,$50.00,$52.00,38.0
2024-02-02,Fuel,Quay Filling,$50.00,$61.00,41.5
2024-03-02,Repair,Hill and Sons,$300.00,$95.00,
2024-04-02,Fuel,Tarn Northgate,$50.00,$49.00,35.5
2024-05-02,Wash,Tarn Riverside,$10.00,$12.00,
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much did I spend at Tarn?", "Northgate or Tarn Riverside: the sum of “Actual” is $113.00."),
        ("How much did we pay at tarn northgate?", "the sum of “Actual” is $101.00."),
        ("How much did Carol spend on fuel?", None),  # nothing tells whose log it is
        ("How much did we pay at tarn?", None),  # a name only where it is written as one
        ("How often did we go to Tarn?", "Counted: 3 of 5 rows with “Station” Tarn Northgate or Tarn Riverside."),
        ("How many litres of fuel did I buy?", "with “Type” Fuel: the sum of “Litres” is 115.0."),
        ("What was planned for fuel in total?", "the sum of “Planned” is $150.00."),
        ("How many litres of fuel did I have?", None),  # what one has is not added up
    ],
)
def test_what_a_log_tells_of_names_in_part_and_of_figures_that_rows_tell_each_a_part_of(ask, question, said):
    reckoned = ask(question, "Tarn Northgate", DRIVEN, "log.csv", confidence=0.4).reckoned
    assert (said or "") in (reckoned.text if reckoned else "")
    assert bool(reckoned) == bool(said)


CLAIMS = """\
Date,Who,Category,Amount
2025-06-02,Kofi,Travel,$23.40
2025-06-05,Ingrid,Materials,$41.00
2025-06-17,Ingrid,Materials,$27.35
2025-06-30,Ingrid,Travel,$62.10
,,Total,$153.85
"""


def test_the_sum_of_all_is_not_that_of_somebody_whom_the_question_names(ask):
    reading = ask("How much did Ingrid claim in total?", "Total", CLAIMS, "claims.csv")
    assert reading.reckoned.text == "Computed from 3 rows with “Who” Ingrid: the sum of “Amount” is $130.45."
    assert ask("How much did Olu claim in total?", "Total", CLAIMS, "claims.csv").confidence == UNTOLD
    assert "$153.85" in ask("What was claimed in total?", "Total", CLAIMS, "claims.csv").reckoned.text


def test_altogether_says_nothing_of_what_is_added_up(ask):
    reading = ask("What was spent on materials altogether?", "Ingrid", CLAIMS, "claims.csv")
    assert "with “Category” Materials: the sum of “Amount” is $68.35." in reading.reckoned.text


SPENT = """\
Date,Who,Work,Cost
2024-05-01,Ann,Painted,$50
2026-05-01,Bob,Cleaned,$90
2025-05-01,Ann,Painted,$40
2023-05-01,Bob,Painted,$7
"""


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How much did Ann spend on painted?", "with “Who” Ann and “Work” Painted: the sum of “Cost” is $90."),
        ("How much did Bob pay?", "with “Who” Bob: the sum of “Cost” is $97."),
        ("How much has Carol spent on painted?", None),
        ("When was it last painted?", "with “Work” Painted: the latest “Date” is 2025-05-01."),
        ("When was it last flooded?", None),
        ("How long has the shed last needed paint?", None),
    ],
)
def test_who_did_it_and_what_was_done_are_conditions(ask, question, said):
    reckoned = ask(question, "Cleaned", SPENT, "log.csv", confidence=0.4).reckoned
    assert (said or "") in (reckoned.text if reckoned else "")
    assert bool(reckoned) == bool(said)


def test_when_is_told_by_a_day(ask):
    answering = ask("When was the most paid to Ann?", "Cleaned", SPENT, "log.csv").reckoned.answering
    assert [one.span for one in answering] == [None]
    answering = ask("When was it last painted?", "Cleaned", SPENT, "log.csv", confidence=0.4).reckoned.answering
    assert [one.span for one in answering] == ["2025-05-01"]
