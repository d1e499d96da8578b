"""What a passage is known by, and how few passages change where a text does."""

import textwrap

import pytest

from index.packing import OVERLAP_SHARE, REACH
from index.passages import MAX_TOKENS, split_document
from index.types import Document
from tests.index.splitting import count_words, long_text, split


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
