"""Of headings that tell a day each, the latest or the earliest is told where that is asked for."""

import pytest

from rag.ask.dates import day_told
from rag.ask.query import Query
from rag.ask.reckoning import asks_to_reckon
from rag.read.dated import latest_or_earliest
from rag.read.evidence import Candidate, Reading
from tests.read.chosen import make

MEETINGS = """# Meetings of the choir

## 3 March 2024

The hall was too cold.

## 12 January 2025

Two altos joined.

## 9 December 2024

Songs for the feast were chosen.

## To come

Nothing is planned yet.
"""


def first_of(question, *positions):
    """The texts of the candidates that are headings, after the reader has named some of them in this order."""
    indexed = make(MEETINGS, "choir.md")
    headings = [number for number, one in enumerate(indexed.sentences) if one.heading]
    told = [Candidate(indexed, headings[position], 0.5 / (rank + 1)) for rank, position in enumerate(positions)]
    query = Query(question, question, reckoning=asks_to_reckon(question))
    return [one.text for one in latest_or_earliest(query, Reading(tuple(told), 0.9)).candidates]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When was the latest meeting?", ["12 January 2025"]),
        ("When was the earliest meeting of the choir?", ["3 March 2024"]),
        ("When did the choir meet?", ["9 December 2024", "3 March 2024"]),
        ("Was the latest meeting later than that of May 2024?", ["9 December 2024", "3 March 2024"]),
    ],
)
def test_the_heading_is_told_whose_day_is_asked_for(question, told):
    assert first_of(question, 3, 1) == told


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        (["v1.9.2", "v1.10.0", "v2.0-rc1"], ["v1.10.0"]),
        (["Ferrule 1.9.2", "Ferrule 1.10.0"], ["Ferrule 1.10.0"]),
        (["4.2 Latest day to pay", "4.3 Other fees"], ["4.2 Latest day to pay", "4.3 Other fees"]),  # sections
    ],
)
def test_of_releases_without_days_the_highest_version_is_the_latest(headings, told):
    text = "\n\n".join(f"## {heading}\n\nSome words on it." for heading in headings)
    indexed = make(f"# Changes\n\n{text}\n", "changes.md")
    places = [number for number, one in enumerate(indexed.sentences) if one.heading][1:]
    reading = Reading(tuple(Candidate(indexed, place, 0.9 / (1 + place)) for place in places[:2]), 0.9)
    query = Query("What is the latest release?", "", reckoning=asks_to_reckon("What is the latest release?"))
    assert [one.text for one in latest_or_earliest(query, reading).candidates] == told


def test_what_tells_no_day_stays_as_the_reader_has_it():
    assert first_of("What is the latest plan?", 4, 2) == ["To come", "12 January 2025"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2.3.0 (2025-03-14)", (2025, 3, 14)),
        ("Meeting of 3 March 2024", (2024, 3, 3)),
        ("March 2024", (2024, 3, 0)),
        ("From 3 March 2024 to 9 May 2024", None),
        ("Version 2", None),
    ],
)
def test_a_text_tells_one_day_or_none(text, day):
    assert day_told(text) == day
