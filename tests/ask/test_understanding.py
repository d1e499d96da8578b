"""Understanding: what a question asks is decided once, after it has been completed by the turns before it."""

import pytest

from index.store.snapshot import Snapshot
from index.types import Document, IndexedDocument
from rag import Assistant
from rag.ask import understand
from rag.ask.addressed import asks_about_whole
from tests.conftest import ROOT, WordEmbedder

STOVE = ("How is the stove lit?", "It is lit with a match. [1]")


def indexed(name, title):
    return IndexedDocument(Document(name, title, f"/there/{name}", ""), (), ())


SHELF = Snapshot(
    [
        indexed("absence.md", "Absence policy"),
        indexed("lease.txt", "Lease agreement"),
        indexed("minutes.md", "Minutes"),
        indexed("six.md", "Report 6"),
        indexed("seven.md", "Report 7"),
    ]
)


def ask(question, *history, rewrite=None):
    return understand(question, history, SHELF, WordEmbedder(), rewrite)


def named(query):
    return [one.document.id for one in query.documents]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("When was the bridge built?", "open"),
        ("Which countries border Tajikistan?", "open"),
        ("Why did the bridge fall?", "reason"),
        ("What was the reason for the delay?", "reason"),
        ("How do I make the bread, step by step?", "way"),
        ("how to pickle gherkins", "way"),
        ("What do I have to do before I switch on the pump for the first time?", "way"),
        ("How many eggs do I need?", "open"),
        ("How old can the sourdough be?", "open"),
        ("Does the bridge carry lorries?", "yes or no"),
        ("Who built the bridge, and when?", "two"),
        ("Toll for cars and how is it paid?", "two"),
        ("Weight limit, lorries versus cars?", "two"),
        ("Who spoke for Texas in Roe versus Wade?", "open"),
        ("Which is longer, the bridge or the dam?", "two"),
        ("Which span was mended sooner than hoped?", "open"),
        ("What does the lease cost and until when must it be paid?", "two"),
        ("What is the lease agreement?", "title"),
        ("What is a culvert?", "open"),
        ("Summarise the lease", "whole"),
        ("What do the minutes conclude?", "conclusion"),
        ("Who wrote the minutes?", "author"),
        ("When was the lease agreement issued?", "date"),
        ("Thank you!", "small talk"),
    ],
)
def test_each_question_is_of_one_kind(question, kind):
    assert ask(question).kind == kind


def test_a_question_about_a_document_names_it():
    assert named(ask("Summarise the lease")) == ["lease.txt"]
    assert named(ask("Who wrote the minutes?")) == ["minutes.md"]
    assert len(named(ask("What is this about?"))) == 5


@pytest.mark.parametrize(
    "question",
    [
        "What does the policy say about absence?",
        "What does the lease agreement tell us about the lease?",
        "What is said in the minutes about the agreement?",
    ],
)
def test_what_a_document_says_about_a_topic_is_no_summary_of_it(question):
    assert ask(question).kind not in ("whole", "conclusion")


def test_a_document_named_by_its_topic_is_summed_up():
    assert named(ask("Give me an overview of the absence policy")) == ["absence.md"]
    assert ask("Tell me about the policy on absence").kind == "whole"


@pytest.mark.parametrize(
    ("question", "of_whole"),
    [
        ("What is newsletter 41 about?", True),
        ("Give me the gist of the newsletter", True),
        ("What is newsletter 42 about?", False),
        ("What is the catalogue about?", False),
        ("What is the towpath about?", False),
        ("What does newsletter 41 say about the towpath?", False),
    ],
)
def test_a_document_may_say_at_its_beginning_what_it_is_called(snapshot_of, question, of_whole):
    snapshot = snapshot_of(
        "The Corvey Paddle\n\nNewsletter no. 41 of the canoe club\n\nThe towpath was under water for some weeks.\n"
    )
    assert (asks_about_whole(question, snapshot) is not None) == of_whole


def test_the_author_is_asked_about_and_not_everything_summed_up():
    assert ask("Tell me about the author").kind == "author"


@pytest.mark.parametrize(
    "question",
    [
        "How deep is the lake?",
        "How fast does it run?",
        "How wide is the gate?",
        "How heavy may a lorry be?",
        "Which company owns the mill?",
        "Which bank finances Ferrari?",
        "When did all members sign?",
    ],
)
def test_a_measure_or_a_single_thing_is_of_no_other_kind(question):
    assert ask(question).kind == "open"


def test_it_stands_for_what_was_spoken_of():
    assert ask("How does it work?").kind == "small talk"
    assert ask("How does it work?", STOVE).kind != "small talk"
    assert "stove" in ask("How does it work?", STOVE).text
    assert ask("How does Footnote work?", STOVE).kind == "small talk"


def test_what_is_to_be_explained_is_the_topic():
    assert ask("Explain inflation", STOVE).text == "Explain inflation"
    assert "stove" in ask("Explain it", STOVE).text


def test_a_question_cut_short_is_completed_before_its_kind_is_decided():
    query = ask("And in 2016?", ("Why was Oslo cold in 2014?", "The wind blew. [1]"))
    assert (query.question, query.kind) == ("Why was Oslo cold in 2016?", "reason")
    query = ask("And report 7?", ("Summarise report 6", "It rained. [1]"))
    assert (query.kind, named(query)) == ("whole", ["seven.md"])


def test_a_model_completes_what_leans_on_the_turns_before():
    query = ask("Why so?", STOVE, rewrite=lambda question, history: "Why is the stove lit with a match?")
    assert query.question == query.text == "Why is the stove lit with a match?"
    assert query.kind == "reason"
    assert "stove" in ask("Why so?", STOVE, rewrite=lambda question, history: None).text


def test_small_talk_is_answered_without_reading(folder, tmp_path):
    with Assistant.open(folder, tmp_path / "store", reader="similarity") as assistant:
        answer = assistant.ask("Hello!")
        assert (answer.engine, answer.status, answer.hits) == ("reply", "abstained", ())
        assert answer.text.startswith("Hello!")
        assert answer.timings["total"] > 0


def test_every_rule_is_listed_with_what_it_gets_wrong():
    listed = (ROOT / "rag" / "ask" / "README.md").read_text(encoding="utf-8")
    for module in sorted((ROOT / "rag" / "ask").glob("*.py")):
        if "re.compile" in module.read_text(encoding="utf-8"):
            assert f"`ask/{module.name}`" in listed, module.name
