"""Times of day are the same however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.read.times import is_same, times_of


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the 8.30 game", "08:30", True),
        ("at 8:30am", "08:30", True),
        ("at 8.30 p.m.", "20:30", True),
        ("the 8.30 game", "20.30", True),  # it may be
        ("at 8:30am", "20:30", False),
        ("8.30pm", "08:30", False),
        ("at 12:00", "12pm", True),
        ("at 7pm", "7.15pm", False),
    ],
)
def test_times_are_compared_by_the_clock(one, other, same):
    ((first,), (second,)) = times_of(one), times_of(other)
    assert is_same(first, second) == is_same(second, first) == same


@pytest.mark.parametrize(
    "text",
    ["16/06/12", "£8.305", "version 1.8.30", "in 8 days", "room 7", "10:30:15", "2012-06-16", "0.55x", "$8.30"],
)
def test_dates_numbers_and_versions_are_no_times(text):
    assert times_of(text) == []


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_is_itself_in_both_clocks(hour, minute):
    (day,) = times_of(f"{hour:02d}:{minute:02d}")
    (half,) = times_of(f"{hour % 12 or 12}.{minute:02d}{'ap'[hour > 11]}m")
    assert is_same(day, half)
