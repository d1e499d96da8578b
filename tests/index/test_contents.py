"""Tables of contents are neither searched nor quoted; other lists with numbers are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.contents import without_contents
from index.files.structure import read_blocks
from tests.index.test_passages import sentences

PARTS = {"Who we are": 3, "Hours of work": 5, "Holidays": 9, "Sick leave sharing": 9, "Leaving us": 14}
BODY = "\n\n".join(f"{part}\n\nOf {part.lower()} this tells at some length, in a whole sentence." for part in PARTS)


def handbook(entry: str = "{} {}", between: str = "") -> str:
    entries = "\n\n".join(entry.format(*part) for part in PARTS.items())
    return f"Staff handbook\n\nIt has been in force since May.\n\nContents\n\n{entries}\n\n{between}{BODY}\n"


@pytest.mark.parametrize("entry", ["{} {}", "{} ........ {}", "{}…………{}", "{}: {}", "4.2 {} . . . . {}", "{} | {}"])
def test_the_entries_of_a_table_of_contents_are_no_sentences(entry):
    found = sentences(handbook(entry))
    assert "It has been in force since May." in found
    assert "Of sick leave sharing this tells at some length, in a whole sentence." in found
    assert not any("9" in one for one in found)


def test_a_part_of_the_book_stands_between_its_chapters_without_a_number():
    text = handbook().replace("Holidays 9", "PART TWO\n\nHolidays 9", 1)
    assert not any("PART TWO" in one or "9" in one for one in sentences(text))


def test_what_stands_before_the_first_and_behind_the_last_entry_stays():
    text = handbook(between="Printed in 2024\n\n").replace("Contents", "As of 1 May 2019, version 1")
    left = [text[one.start : one.end] for one in without_contents(text, read_blocks(text, markdown=False))]
    assert left[:4] == [
        "Staff handbook",
        "It has been in force since May.",
        "As of 1 May 2019, version 1",
        "Printed in 2024",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Apples 2", "Pears 3", "Plums 5", "Quinces 7", "Medlars 9"],  # nothing further on is called so
        [f"{part} {page}" for part, page in zip(PARTS, [9, 3, 14, 5, 4], strict=True)],  # their numbers fall
        [f"{part} {page}" for part, page in PARTS.items()][:4],  # too few
    ],
)
def test_other_lists_with_numbers_stay(lines):
    text = "Prices\n\nThey are in pounds.\n\n" + "\n\n".join(lines) + f"\n\n{BODY}"
    blocks = read_blocks(text, markdown=False)
    assert list(without_contents(text, blocks)) == blocks


@given(st.lists(st.sampled_from(["Tea 3", "Tea", "Milk 4", "Milk", "Cocoa ii", "Cocoa", "It is hot."]), max_size=20))
def test_of_the_blocks_only_some_are_left_out(lines):
    text = "\n\n".join(lines)
    blocks = read_blocks(text, markdown=False)
    left = without_contents(text, blocks)
    assert [block for block in blocks if block in left] == list(left)
    assert all(any(map(str.isdigit, text[one.start : one.end])) for one in blocks if one not in left) or len(left) >= 5
