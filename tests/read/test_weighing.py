"""What goes with a sentence, and what rivals it: how sure it is that the answer is there hangs on that."""

import pytest

from index.passages import split_document
from rag.read.evidence import Candidate
from rag.read.weighing import _goes_with
from tests.conftest import WordEmbedder
from tests.index.pages import load

SHEET = "Boat,Berth,Fee\nHeron,4,30\nStoat,7,45\nOtter,9,30\n"
NOTES = "The mill\n\nIt was built by Ada Moor. She was a mason. Its wheel is of oak. Nobody lives there."


@pytest.fixture
def indexed(tmp_path):
    def read(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return split_document(load(tmp_path / name), WordEmbedder().count_tokens)

    return read


def candidates(document, *answers):
    """A candidate for each sentence but headings, the likelier the earlier, with these answers."""
    places = [place for place, sentence in enumerate(document.sentences) if not sentence.heading]
    return [Candidate(document, place, 1.0, focus=said) for place, said in zip(places, answers, strict=False)]


def test_sentences_beside_each_other_go_together_and_those_apart_are_rivals(indexed):
    first, beside, apart, _ = candidates(indexed("mill.txt", NOTES), "Ada Moor", "a mason", "oak", "nobody")
    assert _goes_with(beside, first)
    assert not _goes_with(apart, first)


def test_rows_beside_each_other_are_rivals_unless_they_say_the_same(indexed):
    found = candidates(indexed("fees.csv", SHEET), "30", "45", "30")
    assert [one.text.startswith("Boat: ") for one in found] == [True] * 3
    assert [_goes_with(one, found[0]) for one in found] == [True, False, True]


@pytest.mark.parametrize(
    ("answer", "other", "same"),
    [("1902", "1902.", True), ("The Heron", "the heron", True), ("-5 °C", "5 °C", False), ("✓", "✗", False)],
)
def test_answers_that_differ_in_a_sign_differ(indexed, answer, other, same):
    one, first = indexed("one.txt", NOTES), indexed("other.txt", NOTES)
    assert _goes_with(candidates(one, answer)[0], candidates(first, other)[0]) is same


def test_a_further_part_of_the_answer_is_no_rival_but_in_another_document(indexed):
    *_, apart = candidates(indexed("mill.txt", NOTES), "Ada Moor", "a mason", "oak")
    part = Candidate(apart.document, apart.position, 1.0, focus="oak", relevance=2.0)
    (first, *_), (other, *_) = (candidates(indexed(name, NOTES), "Ada Moor") for name in ("mill.txt", "other.txt"))
    assert not _goes_with(part, Candidate(other.document, other.position, 1.0, focus="1902"))
    assert _goes_with(part, Candidate(apart.document, first.position, 1.0, focus="1902"))
