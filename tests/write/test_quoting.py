"""Answers made of quotations: their order, and what is shown where there is none."""

import pytest

from index.store.passage_index import PassageIndex
from rag.ask.query import Query
from rag.read.evidence import Candidate, Quotation, Reading
from rag.write.beside import nearest
from rag.write.quoting import cite, in_order, quote
from tests.conftest import WordEmbedder


@pytest.fixture
def documents(index):
    return dict(index.snapshot().documents)


def sentence(document, number):
    return Quotation(document, number, number + 1)


def written(quotations, **asked):
    """The texts quoted, in the order of the answer."""
    writing = quote(Query("How is tea made?", "How is tea made?", **asked), quotations)
    while True:
        try:
            next(writing)
        except StopIteration as done:
            return [citation.quote for citation in done.value.citations]


def test_what_answers_comes_first_and_the_rest_in_its_documents_order(documents):
    tea, bees = documents["tea.md"], documents["bees.txt"]
    last, first = len(tea.sentences) - 1, len(tea.sentences) - 2
    found = [sentence(tea, last), sentence(bees, 1), sentence(tea, first)]
    assert in_order(found) == [found[2], found[0], found[1]]
    bees_first = [sentence(bees, 1), *found[::2]]
    assert written(bees_first)[1:] == ["Green tea is steeped for two minutes.", "Black tea takes four."]
    assert written(found[::2])[0] == "Black tea takes four."


def test_a_refusal_shows_the_sentences_nearest_to_the_question(documents):
    every = [Candidate(one, n, 1.0) for one in documents.values() for n in range(len(one.sentences))]
    shown = nearest("Is the moon far away?", Reading(tuple(every), 0.1), WordEmbedder())
    assert shown[0].quote == "The moon is 384,400 km away."
    assert shown[0].number == 1


def test_nothing_is_shown_where_nothing_is_near(documents):
    every = [Candidate(one, n, 1.0) for one in documents.values() for n in range(len(one.sentences))]
    assert nearest("Who won?", Reading(tuple(every), 0.1), WordEmbedder()) == ()
    assert nearest("Who won?", Reading((), 0.0), WordEmbedder()) == ()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "orders.md",
            "> Orders after four are\n> sent off the next\n> day.\n",
            "Orders after four are sent off the next day.",
        ),
        ("values.txt", "The value must be\n>95 % of the mean.\n", "The value must be >95 % of the mean."),
    ],
)
def test_a_quotation_is_written_without_the_signs_of_quoted_lines(tmp_path, name, text, said):
    (tmp_path / name).write_text(text)
    index = PassageIndex(tmp_path / "store", WordEmbedder())
    index.sync([tmp_path / name])
    (document,) = index.snapshot().documents.values()
    _, claims = cite([Quotation(document, 0, 1)])
    assert [claim.text for claim in claims] == [said]
