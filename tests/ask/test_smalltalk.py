"""Small talk gets a reply; whatever may be a question to the documents does not."""

import pytest

from index.types import Document
from rag.ask.smalltalk import reply

SHELF = (Document("a.txt", "Annual report", "a.txt", "…"), Document("b.txt", "Minutes", "b.txt", "…"))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("hi", "Hello!"),
        ("Hello there!", "Hello!"),
        ("Good morning", "Hello!"),
        ("thanks", "welcome"),
        ("Thank you so much!", "welcome"),
        ("ok, thanks", "welcome"),
        ("great", "Glad"),
        ("bye", "Goodbye"),
        ("How are you?", "thank you"),
        ("help", "footnote every sentence"),
        ("What can you do?", "footnote every sentence"),
        ("Hi, how does this work?", "footnote every sentence"),
        ("who are you", "I am Footnote"),
        ("What's your name?", "I am Footnote"),
        ("which documents do you have?", "“Annual report” and “Minutes”"),
        ("List your sources, please", "“Annual report” and “Minutes”"),
        ("What documents do I have here?", "“Annual report” and “Minutes”"),
        ("What is in this folder?", "“Annual report” and “Minutes”"),
    ],
)
def test_small_talk_is_answered(message: str, expected: str) -> None:
    assert expected in (reply(message, SHELF) or "")


@pytest.mark.parametrize(
    "question",
    [
        "what documents did China sign?",
        "What documents do I have to bring?",
        "Which files are missing from the archive?",
        "thanks to whom did the SCO grow?",
        "Hello, when was the SCO founded?",
        "What is the Peace Mission?",
        "What is this essay about?",
        "who are the members of the SCO?",
        "help for Tajikistan",
        "What can China do?",
        "What do you know about drones?",
        "How does China work with Kazakhstan?",
        "goodbye Lenin",
        "hi hi hi China",
        "?",
        "",
    ],
)
def test_questions_reach_the_assistant(question: str) -> None:
    assert reply(question, SHELF) is None


def test_the_shelf_is_named_however_many_documents_it_holds() -> None:
    assert reply("which documents do you have?", ()) == "I have no documents yet."
    assert "one document: “Annual report”" in (reply("hi", SHELF[:1]) or "")
    assert "22 documents" in (reply("hi", SHELF * 11) or "")
    assert "and 2 more" in (reply("hi", SHELF * 11) or "")
