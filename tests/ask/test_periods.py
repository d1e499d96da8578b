"""Quarters and fiscal years are read as the documents write them; what they write so already is left alone."""

import pytest

from rag import Assistant
from rag.ask.periods import periods_as_written


@pytest.mark.parametrize(
    ("text", "question", "read"),
    [
        ("Gaming | Q1 FY25: 2647", "Gaming in the first quarter of fiscal 2025?", "Gaming in the Q1 FY25?"),
        ("Gaming | 2Q24: 2647", "Gaming in the second quarter of 2024?", "Gaming in the 2Q24?"),
        ("Gaming | Q3: 2647", "Gaming in the 3rd quarter?", "Gaming in the Q3?"),
        ("The fourth quarter of fiscal year 2023", "Sales in Q4 2023", "Sales in fourth quarter of fiscal year 2023"),
        ("Sales | FY 24: 12", "Sales in fiscal year 2024", "Sales in FY 24"),
    ],
)  # fmt: skip
def test_periods_are_read_as_the_documents_write_them(snapshot_of, text, question, read):
    assert periods_as_written(question, snapshot_of(text)) == read


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("In the first quarter of 2025, as in Q1 FY25, gaming grew.", "Gaming in the first quarter of 2025?"),
        ("Gaming | Q1 FY24: 2647", "Gaming in the first quarter of fiscal 2025?"),
        ("In the first quarter it rained.", "What is the answer to Q1?"),
        ("In the third quarter of 2012 it rained.", "In Q3 12 ferries sank; why?"),
        ("Gaming | Q1 FY25: 2647", "What became of a quarter of the first crew in 2025?"),
    ],
)
def test_a_period_that_is_written_so_or_not_at_all_is_left_alone(snapshot_of, text, question):
    assert periods_as_written(question, snapshot_of(text)) == question


def test_the_assistant_reads_a_question_so_and_says_so(tmp_path):
    (tmp_path / "sales.csv").write_text("division,Q1 FY24,Q2 FY24,Q3 FY24\nGaming,2240,2486,2856\nAuto,296,253,261\n")
    with Assistant.open(tmp_path / "sales.csv", tmp_path / "index") as assistant:
        answer = assistant.ask("What was gaming in the second quarter of fiscal 2024?")
        other = assistant.ask("What was gaming in Q2 FY25?")
    assert answer.span == "2486"
    assert answer.notices[0] == "Read as: What was gaming in the Q2 FY24?"
    assert other.status == "abstained"
