"""Requests to be told of something: what is taken for one, and which sentences tell."""

import pytest

from rag import Assistant
from rag.ask.topic import asks_to_be_told
from tests.benchmarks.topics import DOCUMENTS, outcomes


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Tell me about drones", ("topic", "drones")),
        ("Can you tell us more about the Loom Act, please?", ("topic", "the Loom Act")),
        ("Give me three facts about drones.", ("topic", "drones")),
        ("key facts on tea", ("topic", "tea")),
        ("Summarise what the report says about “safe cities”", ("topic", "safe cities")),
        ("What do we know about tea?", ("topic", "tea")),
        ("drones", ("topic", "drones")),
        ("green tea", ("said", "green tea")),
        ("What does the policy say about absence?", ("said", "absence")),
        ("What is said about tea?", ("said", "tea")),
        ("What's in the essay about tea?", ("said", "tea")),
        ("Tell me about it", None),
        ("Tell me more", None),
        ("Tell me who wrote it", None),
        ("What is tea?", None),
        ("Where is the tea from", None),
        ("thanks", None),
        ("drones?", None),
        ("How much is said about tea?", None),
        ("Give me two facts about tea", ("topic", "tea")),
        ("background information on the Loom Act", ("topic", "the Loom Act")),
        ("the main point about tea", ("topic", "tea")),
        ("full details of the roof", ("topic", "the roof")),
        ("flash point of the ethyl acetate?", None),  # one thing is asked for
        ("contact details of the plumber", None),
    ],
)
def test_what_is_to_be_told(question, told):
    assert asks_to_be_told(question) == told


TEA = """\
# The house of tea

## Leaves

Green tea is steamed within a day, so that its leaves stay green for months. The harbour was rebuilt in 1890. Nobody
drinks green tea with milk in the three valleys of Tarn. In spring the pickers of green tea are paid by the basket.

## Trade

Green tea is steamed within one day, so that the leaves of it stay green for months.

## Boats

Every boat of the house had a crew of nine and a cat. In 1914 the house showed the first
unmanned aerial vehicle (UAV) of the coast at a fair, which could shoot at targets. The physician of the fleet laughed.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    folder = tmp_path_factory.mktemp("topic")
    (folder / "tea.md").write_text(TEA, encoding="utf-8")
    with Assistant.open(folder, folder / "store") as assistant:
        yield assistant.ask


@pytest.mark.parametrize("request_", ["Tell me about green tea", "facts about green tea"])
def test_the_sentences_that_speak_of_it_are_told(ask, request_):
    answer = ask(request_)
    assert answer.status == "answered"
    assert answer.text.count("steamed within") == 1  # what says the same is told once
    assert "drinks green tea with milk" in answer.text
    assert "harbour" not in answer.text
    assert answer.span is None


def test_what_is_spoken_of_in_other_words_is_told_and_that_is_said(ask):
    answer = ask("Tell me about drones")
    assert "unmanned aerial vehicle" in answer.text
    assert answer.notices == ("No sentence found speaks of “drones” in these words.",)


def test_what_nothing_speaks_of_is_refused(ask):
    assert ask("Tell me about football").status == "abstained"


def test_a_question_that_one_sentence_answers_is_answered_by_it(ask):
    answer = ask("What does it say about the crew of a boat?")
    assert "a crew of nine" in answer.text
    assert not answer.notices


def test_what_is_said_is_told_of_the_documents_only_that_have_what_else_is_named(ask):
    assert ask("What does it say about green tea in Tarn?").status == "answered"
    assert ask("What does the Otter House ledger say about green tea?").status == "abstained"


@pytest.mark.slow
def test_requests_that_nobody_chose_for_the_rules_are_told(tmp_path):
    """Of 30 each, of which one of three is asked, 27 that are named are told by a sentence that belongs, and 28 that
    nothing speaks of refused.

    Before there were rules 18 and 28; of 30 spoken of in other words 2 then and 3 now: the embedder knows few again.
    """
    with Assistant.open(DOCUMENTS, tmp_path / "store") as assistant:
        counted = outcomes(assistant, every=3)
    assert counted.total() == 30
    assert counted["named", "told"] >= 8
    assert counted["absent", "refused"] >= 9
