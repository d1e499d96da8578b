"""Weeks, chapters and the like are read by their numbers where the documents count them so."""

import pytest

from rag import Assistant
from rag.ask.periods import numbered_as_written

SCHEDULE = "Week: 10 Mar 24 | Topic: Walking\nWeek: 11 Mar 31 | Topic: Reaching\n\nChapter 3 tells of hands."


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("What is taught in the eleventh week?", "What is taught in week 11?"),
        ("What is taught in the 11th week of the course?", "What is taught in week 11 of the course?"),
        ("What does the third chapter tell of?", "What does chapter 3 tell of?"),
        ("What is taught in the twelfth week?", "What is taught in the twelfth week?"),  # of which nothing is said
        ("What is taught in week 11?", "What is taught in week 11?"),
        ("Who was the third speaker?", "Who was the third speaker?"),
        ("What is taught in the firſt week?", "What is taught in the firſt week?"),
    ],
)
def test_what_is_counted_is_read_by_its_number(snapshot_of, question, read):
    assert numbered_as_written(question, snapshot_of(SCHEDULE)) == read


def test_what_the_documents_count_in_words_is_left_alone(snapshot_of):
    text = "In the first week we walk. Week 1 has no reading."
    question = "What do we do in the first week?"
    assert numbered_as_written(question, snapshot_of(text)) == question


def test_the_assistant_reads_a_question_so_and_says_so(tmp_path):
    topics = ("Walking", "Reaching", "Drawing", "Looking")
    rows = (f"{number},{topic},Chapter {number + 2}" for number, topic in enumerate(topics, 9))
    (tmp_path / "plan.csv").write_text("\n".join(["Week,Topic,Reading", *rows]), encoding="utf-8")
    with Assistant.open(tmp_path / "plan.csv", tmp_path / "index") as assistant:
        answer = assistant.ask("What is the topic of the eleventh week?")
    assert answer.notices[0] == "Read as: What is the topic of week 11?"
    assert "Week: 11 | Topic: Drawing" in answer.text
