"""Tables of contents are neither searched nor quoted; other lists with numbers are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.files.contents import without_contents
from index.files.structure import read_blocks
from index.types import Block
from tests.index.splitting import sentences

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
    text = handbook(between="Printed in 2024\n\n").replace("Contents", "Contents\n\nAs of 1 May 2019, version 1")
    left = [text[one.start : one.end] for one in without_contents(text, read_blocks(text, markdown=False))]
    assert left[:5] == [
        "Staff handbook",
        "It has been in force since May.",
        "Contents",
        "As of 1 May 2019, version 1",
        "Printed in 2024",
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ["Apples 2", "Pears 3", "Plums 5", "Quinces 7", "Medlars 9"],  # nothing further on is called so
        [f"{part} {page}" for part, page in PARTS.items()],  # nothing says what they are
        [f"{part} .... {page}" for part, page in zip(PARTS, [9, 3, 14, 5, 4], strict=True)],  # their numbers fall
        [f"{part} .... {page}" for part, page in PARTS.items()][:4],  # too few
        [f"{part} .... {page}" for part, page in zip([*PARTS][::-1], PARTS.values(), strict=True)],  # in another order
        [f"Holidays .... {year}" for year in range(1901, 1908)],  # one line further on is not what seven name
    ],
)
def test_other_lists_with_numbers_stay(lines):
    text = "Prices\n\nThey are in pounds.\n\n" + "\n\n".join(lines) + f"\n\n{BODY}"
    blocks = read_blocks(text, markdown=False)
    assert list(without_contents(text, blocks)) == blocks


def test_a_price_list_above_a_section_for_each_of_its_items_stays():
    plans = {"Basic": 10, "Home": 20, "Team": 35, "Group": 90, "Firm": 120}
    rows = "\n".join(f"| {plan} plan | {price} |" for plan, price in plans.items())
    body = "\n\n".join(f"## {plan} plan\n\nIt is billed by the month." for plan in plans)
    assert "| Team plan | 35 |" in sentences(
        f"# Plans\n\n| Plan | Price |\n| --- | --- |\n{rows}\n\n{body}\n", suffix=".md"
    )


def test_sentences_between_entries_stay():
    text = handbook("{} .... {}").replace("Holidays .... 9", "They are many.\n\nHolidays .... 9", 1)
    assert "They are many." in sentences(text)


@pytest.mark.timeout(60)  # for a second of work, where each row looking at all before it took an hour
def test_a_long_table_takes_no_time():
    text = "\n".join(f"Invoice of firm {chr(97 + number % 26)} | 2024" for number in range(50_000))
    blocks = [Block(line.start(), line.end(), whole=True) for line in re.finditer(".+", text)]
    assert without_contents(text, blocks) == blocks


@given(
    st.lists(st.sampled_from(["Tea .... 3", "Tea", "Milk .... 4", "Milk", "Cocoa ... ii", "It is hot."]), max_size=30)
)
def test_only_entries_and_what_stands_between_two_are_left_out(lines):
    text = "Contents\n\n" + "\n\n".join(lines)
    blocks = read_blocks(text, markdown=False)
    left = without_contents(text, blocks)
    assert [block for block in blocks if block in left] == list(left)
    said = [text[block.start : block.end] for block in blocks]
    dropped = [number for number, block in enumerate(blocks) if block not in left]
    assert not any(said[number] == "It is hot." for number in dropped)
    assert all(said[n][-1] in "34i" or {n - 1, n + 1} <= {*dropped} for n in dropped)
