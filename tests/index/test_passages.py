"""Passages: where they begin and end, to the character."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.index.splitting import count_words, split

# fmt: off
PIECES = st.sampled_from([
    "It rains. ", "It rains. ", "Why? ", "“No!” he said. ", "Dr. ", "3.14 ", "x" * 40,
    "A long sentence with many words, commas, and no end in sight for quite some time ",
    "🐉", "👩‍👩‍👧 dances. ", "e\u0301", "ﬁ", "İ", "ß", "\u00a0", "\u2028", "\x0b", "\x85", "\ufeff", "\u200b",
    "\n", "\n\n", "\r\n", "\r\n\r\n", "\r", " ", "  \t", "&amp;",
    "# Bees\n\n", "Bees\n\n", "- ", "1. ", "| a | b |\n|---|---|\n| 1 | 2 |\n", "```\n", "> ", "---\n", "<b>", "*",
])
# fmt: on
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200)).filter(str.strip)
PROPERTY = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


@PROPERTY
@given(TEXTS, st.sampled_from([".txt", ".md"]), st.sampled_from([8, 30, 200]))
def test_a_passage_is_exactly_the_text_between_its_offsets(text, suffix, max_tokens):
    indexed = split(text, suffix=suffix, max_tokens=max_tokens)
    assert indexed.document.text == text
    for passage in indexed.passages:
        assert text[passage.start : passage.end] == passage.text
        assert passage.text.strip()


@PROPERTY
@given(TEXTS, st.sampled_from([".txt", ".md"]))
def test_sentences_are_stripped_ordered_and_never_overlap(text, suffix):
    found = split(text, suffix=suffix).sentences
    for sentence in found:
        piece = text[sentence.start : sentence.end]
        assert piece
        assert piece == piece.strip()
    for one, next_one in pairwise(found):
        assert one.end <= next_one.start
        assert one.paragraph <= next_one.paragraph


@PROPERTY
@given(TEXTS, st.sampled_from([".txt", ".md"]), st.sampled_from([8, 30, 200]))
@example("Why? | a | b |\n| 1 | 2 |\n| a | b |\n|---|---|\n| 1 | 2 |\n", ".txt", 8)
def test_no_passage_holds_more_tokens_than_it_may(text, suffix, max_tokens):
    for passage in split(text, suffix=suffix, max_tokens=max_tokens).passages:
        assert count_words(passage.text) <= max_tokens


@PROPERTY
@given(TEXTS, st.sampled_from([".txt", ".md"]), st.sampled_from([8, 30, 200]))
def test_every_sentence_is_covered_and_lies_whole_in_one_passage_if_it_fits(text, suffix, max_tokens):
    indexed = split(text, suffix=suffix, max_tokens=max_tokens)
    for sentence in indexed.sentences:
        if sentence.heading:
            continue
        piece = text[sentence.start : sentence.end]
        if count_words(piece) <= max_tokens:
            assert any(p.start <= sentence.start and sentence.end <= p.end for p in indexed.passages), piece
        covered = {at for p in indexed.passages for at in range(p.start, p.end)}
        assert all(at in covered or text[at].isspace() for at in range(sentence.start, sentence.end))


@PROPERTY
@given(TEXTS, st.sampled_from([".txt", ".md"]))
def test_splitting_is_deterministic_and_ids_are_distinct(text, suffix):
    indexed = split(text, suffix=suffix, max_tokens=20)
    assert indexed == split(text, suffix=suffix, max_tokens=20)
    assert len({passage.id for passage in indexed.passages}) == len(indexed.passages)


def test_repeated_sentences_keep_their_own_places():
    indexed = split("It rains. " * 50, max_tokens=12)
    assert [sentence.start for sentence in indexed.sentences] == list(range(0, 500, 10))
    assert [passage.start for passage in indexed.passages] == sorted({passage.start for passage in indexed.passages})
    assert indexed.passages[-1].end == 499


def test_a_passage_begins_with_the_last_sentence_of_the_one_before():
    text = "One is red. Two is blue. Three is green. Four is black. Five is white."
    assert [passage.text for passage in split(text, max_tokens=12).passages] == [
        "One is red. Two is blue.",
        "Two is blue. Three is green. Four is black.",
        "Four is black. Five is white.",
    ]


def test_a_section_that_fits_a_passage_is_never_cut():
    """Even one that leaves no room for the last sentence of a passage before it, as there is none."""
    text = "One is red. Two is blue. Three is green."
    assert [passage.text for passage in split(text, max_tokens=12).passages] == [text]


def test_there_is_no_overlap_where_it_does_not_fit():
    text = "This one is rather long and red. That one is rather long and blue."
    assert [passage.text for passage in split(text, max_tokens=9).passages] == text.replace(". ", ".\n").split("\n")


def test_passages_never_run_over_a_heading():
    indexed = split("# Tea\n\nSteep it.\n\n## *Black*\n\nFour minutes.", suffix=".md")
    assert [(passage.heading, passage.text) for passage in indexed.passages] == [
        ("Tea", "Steep it."),
        ("Black", "Four minutes."),
    ]


def test_a_sentence_too_long_for_a_passage_is_divided_among_several():
    text = "word " * 100 + "end."
    indexed = split(text, max_tokens=30)
    assert len(indexed.sentences) == 1
    assert len(indexed.passages) > 3
    assert all(count_words(passage.text) <= 30 for passage in indexed.passages)
    assert "".join(passage.text for passage in indexed.passages).replace(" ", "") == text.replace(" ", "")


REMARKS = "; ".join(f"on day {n} the rain came in by the north window" for n in range(7))


def long_rows(columns):
    """The passages of a table in Markdown whose second row is too long for one."""
    rows = [
        ["Orrin", *("7" for _ in columns[1:])],
        ["Tarn", *columns[1:-1], REMARKS],
        ["Sill", *("9" for _ in columns[1:])],
    ]
    lines = [columns, ["---"] * len(columns), *rows]
    text = "# Works\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
    return split(text, suffix=".md", max_tokens=60).passages


@pytest.mark.parametrize("columns", [["firm", "remarks"], ["firm", *(f"costs {n}" for n in range(30)), "remarks"]])
def test_each_part_of_a_row_too_long_for_a_passage_tells_first_whose_it_is_and_no_other_row_stands_with_it(columns):
    passages = long_rows(columns)
    first, last = (next(n for n, one in enumerate(passages) if name in one.text) for name in ("Tarn", "Sill"))
    others = passages[first + 1 : last]
    assert others
    assert all(one.heading.startswith("Tarn") for one in others)
    assert passages[last].text.startswith("| Sill")
    assert "Tarn" not in passages[last].heading


def test_a_short_cell_is_not_cut_off_from_the_long_one_that_it_names():
    passages = long_rows(["firm", "remarks"])
    assert any("Tarn |" in one.text and "on day 0" in one.text for one in passages)
