"""What is embedded for a passage, and that the real embedder reads all of it."""

import re
from itertools import pairwise

import pytest

from index.embedding import SentenceEmbedder
from index.files.finding import load_documents
from index.passages import MAX_TOKENS, split_document
from index.store.writer import embedded_text
from index.types import Block, Document
from tests.conftest import ESSAY, WordEmbedder
from tests.index.splitting import count_words, split


@pytest.fixture(scope="module")
def real():
    return SentenceEmbedder()


@pytest.fixture(scope="module")
def essay(real):
    return split_document(load_documents([ESSAY])[0][0], real.count_tokens)


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
