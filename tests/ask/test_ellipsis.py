"""Questions cut short: what they are in full, and when they are left as they are."""

import pytest

from index.embedding import SentenceEmbedder
from rag.ask.conversation import contextualise
from rag.ask.ellipsis import resolve


@pytest.fixture(scope="module")
def embedder():
    return SentenceEmbedder()


ARMS = "What weapons has China sold to Uzbekistan?"


@pytest.mark.parametrize(
    ("earlier", "question", "full"),
    [
        (ARMS, "And to Turkmenistan?", "What weapons has China sold to Turkmenistan?"),
        (ARMS, "and turkmenistan", "What weapons has China sold to Turkmenistan?"),
        (ARMS, "What about Russia?", "What weapons has Russia sold to Uzbekistan?"),
        ("How did Russia see the SCO?", "And the Asian states?", "How did the Asian states see the SCO?"),
        ("What is Oslo's harbour like?", "And Bergen's?", "What is Bergen's harbour like?"),
        ("What is Oslo's harbour like?", "How about Bergen?", "What is Bergen's harbour like?"),
        ("How cold was Oslo in 2014?", "And in 2016?", "How cold was Oslo in 2016?"),
        ("How cold was it in Oslo in 2014?", "But in Bergen?", "How cold was it in Bergen in 2014?"),
        ("Did Mara sail with Jon in 1902?", "And with Ines in 1903?", "Did Mara sail with Ines in 1903?"),
        ("What does Article 6 say?", "And Article 9?", "What does Article 9 say?"),
        ("What did St. Bride's church cost in 1902?", "And St. Mary's?", "What did St. Mary's church cost in 1902?"),
        ("What did St. Bride's church cost in 1902?", "And in 1903?", "What did St. Bride's church cost in 1903?"),
        ("What does the Guild of Rope and Bell do?", "And the Town Council too?", "What does the Town Council do?"),
    ],
)
def test_the_earlier_question_is_asked_about_the_other(earlier, question, full, embedder):
    assert resolve(question, [earlier], embedder) == full


def test_the_earlier_question_may_have_been_cut_short_itself(embedder):
    assert resolve("What about Kazakhstan?", [ARMS, "And to Turkmenistan?"], embedder) == (
        "What weapons has China sold to Kazakhstan?"
    )


@pytest.mark.parametrize(
    "question",
    [
        "And then?",
        "And why?",
        "And how much did it cost?",
        "But what about it?",
        "And is Bergen cold?",
        "Turkmenistan?",
        "Why?",
        "And strange noises from a cellar at night?",
        "And now?",
        "And money?",
        "And in general?",
        "And the 2 bells?",
        "And a" + " " * 9000 + "b?",
    ],
)
def test_other_questions_are_left_alone(question, embedder):
    assert resolve(question, [ARMS], embedder) is None


def test_nothing_of_the_kind_was_asked_about(embedder):
    assert resolve("And in 2016?", [ARMS], embedder) is None
    assert resolve("And students?", ["How do I become a member?"], embedder) is None
    assert resolve("And in Oslo?", ["How many legs does a spider have?"], embedder) is None
    assert resolve("And in Oslo?", [], embedder) is None


def test_what_is_searched_is_the_full_question(embedder):
    query = contextualise("And to Turkmenistan?", [(ARMS, "Rifles. [1]")], embedder)
    assert query.question == query.text == "What weapons has China sold to Turkmenistan?"


def test_a_full_question_that_leans_back_carries_the_topic_over(embedder):
    history = [("How tall is the Loom Tower?", "40 metres. [1]"), ("What did it cost in 1902?", "A lot. [1]")]
    query = contextualise("And in 1950?", history, embedder)
    assert query.question == "What did it cost in 1950?"
    assert {"Loom", "Tower"} <= set(query.text.split())
