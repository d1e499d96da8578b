"""Misspelt words are read as the documents spell them; words that somebody knows are left alone."""

import pytest

from index.store.passage_index import PassageIndex
from rag.ask import understand
from rag.ask.spelling import read_once, respelt
from tests.conftest import WordEmbedder

TEXT = (
    "The deductible of the Hallermann policy is separate for each accommodation. Ms Pedersen from Kazakhstan confirmed "
    "the cancellation. The anticoagulant was organised by the lessee. Write to post@horsleyhall.example, or to Horley. "
    "No fee is due at the point of enquiry at the sanctuary. After the match there is tea."
)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spelling")
    (folder / "policy.txt").write_text(TEXT, encoding="utf-8")
    index = PassageIndex(folder / "index", WordEmbedder())
    index.sync([folder])
    return index.snapshot()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("What is seperate in the policy?", "What is separate in the policy?"),
        ("who confirmed the acommodation", "who confirmed the accommodation"),
        ("What is the accomodation?", "What is the accommodation?"),
        ("Where is Kazakstan?", "Where is Kazakhstan?"),
        ("Who runs the sanctuare?", "Who runs the sanctuary?"),
        ("What is the Hallermnan policy?", "What is the Hallermann policy?"),
        ("Which anticoaglant is it?", "Which anticoagulant is it?"),
        ("how mutch is it", "how much is it"),  # and no match, which the documents have
    ],
)
def test_a_slip_of_the_fingers_is_read_as_what_was_meant(snapshot, typed, meant):
    assert respelt(typed, snapshot) == meant


@pytest.mark.parametrize(
    "question",
    [
        "What is the deductible?",  # as the documents have it
        "What are the deductables?",  # searched for as what they have
        "What did Ms Petersen confirm?",  # somebody else
        "Who is Haller?",
        "Is there a fee for Ms Pederss?",
        "When does Horsley open?",  # part of an address
        "Is the house separated?",  # common English
        "Who is the lessor?",  # a rare word, and another
        "What does it cost to enquire?",  # another form
        "Who is relooking at the unheated match?",  # made of common words
        "Is it in HALLERMAN.txt or at hallerman.org?",  # no words
        "Wer hat das bestätigt?",
    ],
)
def test_a_word_that_somebody_knows_is_left_alone(snapshot, question):
    assert respelt(question, snapshot) is None


def test_a_date_that_is_written_in_two_ways_is_searched_in_both_and_read_as_it_was_asked(tmp_path):
    """To a reader, "June 2022 or 2022-06" is two months."""
    (tmp_path / "a.txt").write_text("In June 2022 the policy was sold for 40 pounds.")
    (tmp_path / "b.txt").write_text("2022-06: 35 pounds.")
    index = PassageIndex(tmp_path / "index", WordEmbedder())
    index.sync([tmp_path / "a.txt", tmp_path / "b.txt"])
    snapshot = index.snapshot()
    asked = "What was the sum in June 2022?"
    question, both_ways = read_once(respelt(asked, snapshot), asked, snapshot)
    assert question == asked
    query = understand(question, (), snapshot, WordEmbedder()).written(both_ways)
    assert query.text == asked
    assert query.searched == "What was the sum in June 2022 or 2022-06?"
    assert read_once("What was the sum?", asked, snapshot) == ("What was the sum?", None)
