"""Passages and sentences: where they begin and end, to the character."""

import re
import textwrap
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.embedding import SentenceEmbedder
from index.files.finding import load_documents
from index.packing import OVERLAP_SHARE, REACH
from index.passages import MAX_TOKENS, split_document
from index.store.writer import embedded_text
from index.types import Block, Document
from tests.conftest import ESSAY, WordEmbedder

count_words = WordEmbedder().count_tokens

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


def split(text, *, suffix=".txt", max_tokens=MAX_TOKENS):
    document = Document(f"doc{suffix}", "Doc", f"/doc{suffix}", text)
    return split_document(document, count_words, max_tokens=max_tokens)


def sentences(text, **options):
    indexed = split(text, **options)
    return [text[sentence.start : sentence.end] for sentence in indexed.sentences if not sentence.heading]


@pytest.fixture(scope="module")
def real():
    return SentenceEmbedder()


@pytest.fixture(scope="module")
def essay(real):
    return split_document(load_documents([ESSAY])[0][0], real.count_tokens)


# Properties of every text


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


# Where sentences end


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. Ada Lovelace wrote the first program.",
        "Some cities, e.g. Astana, keep bees.",
        "The hive in Fig. 2 is empty.",
        "The U.S. Army bought three drones in 2015.",
        "Honey, i.e. Nectar without water, keeps for years.",
        "Smith et al. Found it in 1999.",
        "See pp. 4 to 9, and vol. 3 of the series.",
        "It costs $3.14 or 2.5 million yuan.",
        "At 10 a.m. the bees fly out.",
    ],
)
def test_an_abbreviation_does_not_end_a_sentence(sentence):
    assert sentences(f"It rains. {sentence} The sun shines.") == ["It rains.", sentence, "The sun shines."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Harwood & Sons Inc. and B.T. Roofing Co. in Leeds made bids.",
        "Work starts on Mon. 5 May at 8 a.m. sharp.",
        "It stops if the temp. is below 5 deg. or above 40.",
        "“Is it always this steep?” asked Léa.",
        "They are listed (see ch. 7, p. 12 ff.).",
        "1. Wipe it.",
        "2.1. Care of the floor.",
        "Item 1A. Risk Factors are told below.",
        "The form (Rev. October 2018) is old.",
        "The law is settled (1st Cir. 1974).",
        "Is the boat insured? ☒ Yes ☐ No.",
        "Is the boat insured? [ ] Yes [x] No.",
        "Steam it for long (about 3 hrs. They say so).",
    ],
)
def test_what_goes_on_is_no_new_sentence(sentence):
    assert sentences(f"It rains. {sentence} The sun shines.") == ["It rains.", sentence, "The sun shines."]


@pytest.mark.parametrize("first", ["Part sold.", "Chapter one.", "The form (see page 3 has two parts."])
def test_what_only_looks_so_is_a_sentence(first):
    assert sentences(f"{first} The rest was kept.") == [first, "The rest was kept."]
    assert sentences(f"{first} Note 1) The rest was kept.")[0] == first


def test_a_text_without_capitals_still_has_sentences():
    assert sentences("it rained. we went home. then it cleared.") == ["it rained.", "we went home.", "then it cleared."]


def test_questions_exclamations_and_quotations_end_sentences():
    assert sentences("Why? Because! “It rains.” She left.") == ["Why?", "Because!", "“It rains.”", "She left."]


def test_a_sentence_runs_over_a_forced_line_end_and_keeps_it():
    text = "A hive that is left alone in winter needs about fifteen\r\nkilograms of honey. It rains."
    assert sentences(text) == [text[: text.index(" It")], "It rains."]


@pytest.mark.parametrize("text", ["# Bees\n\nThey fly.", "## Bees ##\nThey fly.", "Bees\n====\nThey fly."])
def test_headings_are_told_from_sentences_and_stand_in_no_passage(text):
    indexed = split(text, suffix=".md")
    found = [(text[sentence.start : sentence.end], sentence.heading) for sentence in indexed.sentences]
    assert found == [("Bees", True), ("They fly.", False)]
    assert [passage.text for passage in indexed.passages] == ["They fly."]


# Passages


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


# What a passage is known by


def only_passage(identifier="a.md", title="A", text="It rains.", **options):
    (passage,) = split_document(Document(identifier, title, f"/{identifier}", text, **options), count_words).passages
    return passage


def test_a_passage_is_its_content_in_its_context_wherever_it_stands():
    passage, later = only_passage(), only_passage(text="\n\nIt rains.")
    assert later.start != passage.start
    assert (later.id, later.vector) == (passage.id, passage.vector)
    moved = only_passage("b.md")
    assert moved.vector == passage.vector
    assert moved.id != passage.id
    for other in (only_passage(title="B"), only_passage(text="# C\n\nIt rains."), only_passage(text="It snows.")):
        assert other.vector != passage.vector


def test_a_title_that_is_but_the_name_of_the_file_is_no_context():
    one, other = (only_passage(title=title, is_named=True) for title in ("A", "B"))
    assert one.vector == other.vector


def test_what_a_document_says_twice_has_two_ids_and_one_vector():
    indexed = split("# One\n\nIt rains.\n\n# One\n\nIt rains.", suffix=".md", max_tokens=20)
    assert len({passage.id for passage in indexed.passages}) == 2
    assert len({passage.vector for passage in indexed.passages}) == 1


def long_text(paragraphs, seed=1):
    """Paragraphs without headings, of sentences that all differ."""
    random = Random(seed)
    words = "rain snow bees hive moon tea garden river stone bridge winter summer light wind harbour".split()
    return [
        " ".join(
            f"The {' '.join(random.choices(words, k=random.randint(5, 20)))}." for _ in range(random.randint(2, 6))
        )
        for _ in range(paragraphs)
    ]


def new_vectors(before, after):
    one, other = ({passage.vector for passage in split("\n\n".join(each)).passages} for each in (before, after))
    return len(other - one)


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("line", ["A line.", "A line that goes on and on " * 5 + "to its end."])
def test_a_line_at_either_end_of_a_long_text_makes_at_most_two_new_passages(seed, line):
    paragraphs = long_text(200, seed)
    assert 1 <= new_vectors(paragraphs, [f"{line}\n{paragraphs[0]}", *paragraphs[1:]]) <= 2
    assert 1 <= new_vectors(paragraphs, [line, *paragraphs]) <= 2
    assert 1 <= new_vectors(paragraphs, [*paragraphs, line]) <= 2


def test_a_line_within_a_long_text_changes_the_passages_around_it_only():
    paragraphs = long_text(400)
    changed = [new_vectors(paragraphs, [*paragraphs[:at], "A line.", *paragraphs[at:]]) for at in range(5, 400, 40)]
    assert max(changed) <= 3 * REACH / (MAX_TOKENS * (1 - OVERLAP_SHARE)) + 2
    assert sum(changed) / len(changed) <= 8


def test_where_lines_break_changes_no_passage():
    paragraphs = long_text(200)
    broken = [textwrap.fill(one, 60) for one in paragraphs]
    one, other = (split("\n\n".join(each)).passages for each in (paragraphs, broken))
    assert [passage.text.split() for passage in one] == [passage.text.split() for passage in other]


# The essay, with the real tokenizer


def test_the_essay_makes_about_thirty_passages_of_whole_sentences(essay, real):
    assert 25 <= len(essay.passages) <= 40
    starts = {sentence.start for sentence in essay.sentences}
    ends = {sentence.end for sentence in essay.sentences}
    for passage in essay.passages:
        assert passage.start in starts
        assert passage.end in ends
        assert real.count_tokens(passage.text) <= MAX_TOKENS


def test_the_essay_overlaps_by_one_sentence_wherever_that_fits(essay, real):
    starts = {sentence.end: sentence.start for sentence in essay.sentences}
    overlaps = 0
    for one, following in pairwise(essay.passages):
        if one.heading != following.heading:
            continue
        last = starts[one.end]
        if following.start == last:
            overlaps += 1
        else:
            assert following.start > one.end
            assert real.count_tokens(essay.document.text[last : following.end]) > MAX_TOKENS
    assert overlaps > 4


def test_every_sentence_of_the_essay_lies_in_a_passage(essay):
    for sentence in essay.sentences:
        assert sentence.heading or any(p.start <= sentence.start and sentence.end <= p.end for p in essay.passages)


def test_the_essay_has_its_title_and_headings(essay):
    assert essay.document.title == "The dragon’s cuddle"
    headings = list(dict.fromkeys(passage.heading for passage in essay.passages))
    assert all(essay.document.text.count(heading) for heading in headings)
    assert 3 <= len(headings) <= 12


@pytest.mark.parametrize("text", ["龍" * 2000, "🐉" * 2000, "a1." * 2000, "antidisestablishment " * 500, "x" * 9000])
def test_text_without_sentences_is_cut_to_fit_and_none_is_lost(real, text):
    indexed = split_document(Document("a.txt", "A", "/a.txt", text), real.count_tokens)
    assert all(real.count_tokens(passage.text) <= MAX_TOKENS for passage in indexed.passages)
    assert "".join(passage.text for passage in indexed.passages).replace(" ", "") == text.replace(" ", "")


def truncated(indexed, embedder):
    """The passages whose embedded text the model would cut off."""
    return [
        passage
        for passage in indexed.passages
        if embedder.count_tokens(embedded_text(passage, indexed.document.own_title, embedder)) > embedder.max_tokens
    ]


def test_the_embedder_truncates_no_passage_of_the_essay(essay, real):
    assert real.max_tokens == 254
    assert truncated(essay, real) == []


@pytest.mark.parametrize("heading", ["donaudampfschiff " * 2000, "x" * 9000, "龍 " * 2000])
def test_the_embedder_truncates_no_passage_under_a_very_long_heading(real, heading):
    document = Document("a.md", heading.strip(), "/a.md", f"# {heading}\n\n" + "It rains in Spain. " * 200)
    indexed = split_document(document, real.count_tokens)
    assert len(indexed.passages) > 4
    assert indexed.passages[0].heading == heading.strip()
    assert truncated(indexed, real) == []


def test_the_start_of_title_and_heading_is_embedded_with_a_passage():
    indexed = split("# Tea\n\nSteep it.", suffix=".md")
    (passage,) = indexed.passages
    assert embedded_text(passage, "Drinks", WordEmbedder()) == "Drinks\nTea\nSteep it."
    assert embedded_text(passage, "Tea", WordEmbedder()) == "Tea\nSteep it."


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


def test_names_of_columns_that_each_row_repeats_count_once_and_are_embedded_once():
    names = [f"share of boats in the year number {n}" for n in range(6)]
    rows = [" | ".join([f"Port: P{row}", *(f"{name}: {row}" for name in names)]) for row in range(40)]
    document = Document("ports.csv", "Ports", "/ports.csv", "\n".join(rows), blocks=tuple(blocks_of(rows)))
    passages = split_document(document, count_words, max_tokens=100).passages
    assert len(passages) < len(rows) / 3  # a row alone has more than half of the words of a passage
    _, first, second, *_ = embedded_text(passages[1], "Ports", WordEmbedder()).split("\n")
    assert names[5] in first
    assert re.fullmatch(r"P\d+(?: \| \d+){6}", second)


def blocks_of(lines):
    start = 0
    for line in lines:
        yield Block(start, start + len(line), whole=True)
        start += len(line) + 1


def test_entries_of_a_long_list_with_figures_are_quoted_one_by_one():
    bills = "; ".join(f"Supplier {name} Ltd. ${n},9{n}0.50" for n, name in enumerate("ABCDEFGHIJKLMNOP", 1))
    said = sentences(f"# Bills paid\n\n{bills}.\n", suffix=".md")
    assert said[:2] == ["Supplier A Ltd. $1,910.50;", "Supplier B Ltd. $2,920.50;"]
    assert len(said) == 16


@pytest.mark.parametrize(
    "sentence",
    [
        "Members pay $20; guests pay $5.",  # short enough to be quoted whole
        "The board may not sell the hall; " + "nor may it let the hall to anybody who is no member of the club; " * 7,
    ],
)
def test_a_sentence_of_clauses_stays_whole(sentence):
    assert sentences(f"# Rules\n\n{sentence}\n", suffix=".md") == [sentence.strip()]
