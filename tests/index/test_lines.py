"""The lines of a paragraph: which begin something new, and which go on, whatever the width of the page."""

import pytest

from tests.index.splitting import blocks


def test_list_items_are_blocks_of_their_own():
    text = "To buy:\n- milk\n* two eggs\n• bread\n1. Boil water\n2) Wait"
    assert blocks(text) == ["# To buy", "milk", "two eggs", "bread", "1. Boil water", "2) Wait"]


@pytest.mark.parametrize("bullet", "▪◦‣")
def test_an_item_begins_a_block_whatever_its_bullet_even_below_a_longer_one(bullet):
    items = ["One sign that says that the boat is to be had, of at most five feet", "Any number of flags"]
    assert blocks("Allowed:\n" + "\n".join(f"{bullet} {item}" for item in items)) == ["# Allowed", *items]


def test_a_circle_that_may_be_chosen_is_no_bullet():
    assert blocks("Insured:\n● Yes\n○ No, or not yet")[1:] == ["● Yes", "○ No, or not yet"]


CHARTS = [
    "2 Charts of Orrin Sound, the Outer Bar and Orrin Bay (Survey)",
    "Skipper's Chart of the Sound (Tarn)",
    "Pocket Chart, Orrin Bay and the Western Isles (Harbour Trust)",
]


def test_lines_that_end_as_no_sentence_does_are_entries_of_a_list_however_long():
    assert blocks("Charts\n\n" + "\n".join(CHARTS)) == ["# Charts", *CHARTS]


@pytest.mark.parametrize(
    "last",
    [
        "Pocket Chart of Orrin Bay was never printed.",  # as prose that is broken into lines ends
        "Of the Western Isles and the Harbour Trust",  # as a title in lines goes on
        "and the Pocket Chart, Orrin Bay and the Western Isles (Trust)",
        "Pocket Chart, Orrin Bay and the Western Isles (Harbour",  # which something else must close
        "A Pocket Chart of Orrin, Tarn, Sill, Bay, Bar, Sound, Isle and Ness",
        "Pocket Chart, Orrin Bay and the Western Isles and of the",
    ],
)
def test_lines_of_which_one_goes_on_or_ends_a_sentence_are_no_entries(last):
    assert blocks("\n".join([*CHARTS[:2], last]))[0].startswith("\n".join(CHARTS[:2]))


def test_hard_wrapped_lines_are_one_block():
    text = (
        "The queen lays up to two thousand eggs on a good day in\n"
        "spring, which is more than her own weight, and she lives\n"
        "for years."
    )
    assert blocks(text) == [text]
    assert blocks(text.replace("\n", "\r\n")) == [text.replace("\n", "\r\n")]


def test_two_spaces_behind_a_sentence_make_no_columns():
    text = (
        "The queen lays the eggs.  She lives for some years, and\n"
        "leaves the hive once.  The workers feed her, and keep\n"
        "the brood warm.  They live for six weeks in summer.  In\n"
        "winter they live for months."
    )
    assert blocks(text) == [text]
    rows = "Rope    12 kg    €40\nAnchor  30 kg    €210\nOars  2 m.  €9"
    assert blocks(rows) == rows.split("\n")


def test_lines_brought_to_one_width_by_spaces_are_one_block():
    text = (
        "The queen  lays  the eggs. She lives for some years,  and leaves\n"
        "the hive  once. The workers  feed her, and  keep the brood warm.\n"
        "They  live for six  weeks in summer.  In  winter they  live  for\n"
        "months."
    )
    assert blocks(text) == [text]
    rows = [
        "Rope for the anchor, of hemp    12 kg   €40",
        "Anchor, galvanised, with chain  30 kg  €210",
        "Oars, one pair, of spruce wood   2 kg   €90",
    ]
    assert blocks("\n".join(rows)) == rows


def test_lines_that_were_not_forced_by_the_width_are_split():
    assert blocks("Roses are red\nViolets are blue, and some are white, too\nSugar") == [
        "Roses are red",
        "Violets are blue, and some are white, too\nSugar",
    ]


@pytest.mark.parametrize("markdown", [False, True])
def test_lines_of_keys_and_values_are_split_whatever_their_lengths(markdown):
    lines = ["Name: Ada", "Date of birth: 10 December 1815, in London", "Temperature: 20", "Precipitation: 30"]
    assert blocks("\n".join(lines), markdown=markdown) == lines


def test_what_is_quoted_in_a_mail_is_read_in_paragraphs_of_its_own():
    first = "The venue has moved, from the Corn Exchange to the barn, because\n> this was booked twice. The day stays."
    text = f"It rains.\n\nOn Monday Ada wrote:\n> {first}\n>\n> Ada\n>> We meet at noon.\n>>\n>> Ben\n"
    told = ["It rains.", "On Monday Ada wrote", first, "Ada", "We meet at noon.", "Ben"]
    assert [block.removeprefix("# ") for block in blocks(text)] == told


def test_the_sign_of_a_line_alone_is_not_taken_off():
    assert blocks("Who comes:\n> 60 years: free of charge\n")[-1] == "> 60 years: free of charge"
