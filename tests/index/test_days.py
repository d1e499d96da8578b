"""A line of nothing but a day heads what is on that day."""

import pytest

from tests.index.splitting import split

LINES = "\n\n9:00 Rowing for all who have a boat of their own\n10:30 Tea is served in the shed\n\n"


def headings(text):
    indexed = split(text, suffix=".md")  # in which a short line is a heading by its marks alone
    return [text[one.start : one.end] for one in indexed.sentences if one.heading]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Monday", "Thursday"),
        ("Fri 4 July", "Sat 5 July"),
        ("Tuesday, May 5th 2026", "Wednesday, May 6th 2026"),
        ("Sunday the 3rd of May:", "Monday 4/5/26"),
    ],
)
def test_lines_of_nothing_but_a_day_are_headings(first, second):
    text = f"The crew's programme is this.\n\n{first}{LINES}See also below.\n\n**{second}**{LINES}"
    assert headings(text) == [first, f"**{second}**"]


def test_what_is_on_that_day_stands_under_it():
    text = f"Monday{LINES * 3}And:\n\nThursday{LINES * 3}"
    indexed = split(text, suffix=".md", max_tokens=60)
    assert [indexed.passages[0].heading, indexed.passages[-1].heading] == ["Monday", "Thursday"]


@pytest.mark.parametrize(
    "text",
    [
        f"It is open as follows.\n\nMonday{LINES}",  # one day
        f"It is open as follows.\n\nMonday{LINES}And:\n\nmonday{LINES}",
        "The bins are emptied on\n\n- Monday\n- Thursday\n\nof each week.",
        "Monday\n\nTuesday\n\nare the days on which we are open.",
        "We meet on Monday.\n\nOn Thursday the boats are cleaned by all who rowed.",
        "What is on.\n\nJazz night\n\nMonday\n\nDoors open at seven.\n\nBee talk\n\nThursday\n\nEntry is free.",
        "Name: Monday\n\nNext: Thursday\n\nSo it is written in the book.",
    ],
)
def test_other_lines_with_days_are_none(text):
    said = {one.casefold() for one in headings(text)}
    assert not {"monday", "thursday", "tuesday"} & said
