"""When an LLM's answer gives way to quotations, or to a refusal, and what is said of it."""

import re

import pytest

from tests.write.conftest import QUESTION, index_of, open_assistant


def test_what_is_true_but_beside_the_point_is_replaced_by_quotation(server, assistant, monkeypatch):
    monkeypatch.setattr("rag.write.generate.NEAREST", 1)
    server.says("Ferries carried passengers before that [S4].")
    answer = assistant.ask(QUESTION)
    assert (answer.engine, answer.text) == ("extract", "The bridge opened in 1932. [1]")
    assert answer.notices[0].startswith("The model wrote nothing that rests on the sentences likeliest to answer this.")


@pytest.mark.parametrize("strict", [False, True])
def test_if_nothing_is_supported_the_answer_is_by_quotation_and_says_so(server, llm, bridge, strict):
    server.says("The mayor wept for joy [S1]. Fireworks were seen in Paris.")
    *_, final = open_assistant(bridge, llm, strict=strict).stream(QUESTION)
    answer = final.answer
    assert (answer.engine, answer.status) == ("extract", "answered")
    assert answer.text == "The bridge opened in 1932. [1]"
    assert answer.notices == (
        "The documents support nothing of what the model wrote. This is the answer by quotation instead.",
    )
    assert answer.usage["completion_tokens"] > 0


@pytest.mark.parametrize(
    "refusal",
    [
        "The documents do not say.",
        "I'm sorry, but I cannot answer that question.",
        "I don't know.",
        "There is no information about this in the sentences.",
        "The provided sentences do not mention when the bridge opened. However, it is pretty.",
        "Not mentioned in the documents.",
        "Unfortunately, the context doesn’t contain enough information to answer.",
        "As an AI language model, I cannot have opinions.",
    ],
)
def test_a_refusal_is_recognised_and_a_reader_that_is_unsure_agrees(server, assistant, monkeypatch, refusal):
    monkeypatch.setattr("rag.write.generate.SURE", 1.1)
    server.says(refusal)
    answer = assistant.ask(QUESTION)
    assert (answer.status, answer.claims) == ("abstained", ())
    assert answer.text == "The documents do not seem to answer this question."
    assert answer.notices == ("The model finds no answer in the passages.",)


def test_a_reader_that_is_sure_overrules_a_refusal(server, assistant, monkeypatch):
    monkeypatch.setattr("rag.write.generate.SURE", 0.0)
    server.says("The documents do not say.")
    answer = assistant.ask(QUESTION)
    assert (answer.engine, answer.text) == ("extract", "The bridge opened in 1932. [1]")
    assert answer.notices[0].startswith("The model finds no answer in the passages, but the reader does.")


def test_where_the_reader_finds_no_answer_the_model_is_not_asked_and_the_user_is_told(server, llm, bridge):
    server.says("The moon is made of cheese.")
    answer = open_assistant(bridge, llm, min_confidence=1.0).ask("What is the moon made of?")
    assert server.requests == []
    assert answer.status == "abstained"
    assert re.fullmatch(r"The reader gives it \d+% that it has found the answer, .* model\.", answer.notices[0])


@pytest.fixture
def questions_only(tmp_path):
    """An index of a text that holds nothing to be quoted."""
    yield from index_of(tmp_path, {"quiz.txt": "When did the bridge open, in 1932?"})


def test_where_only_nothing_can_be_quoted_the_model_is_asked_all_the_same(server, llm, questions_only):
    server.says("The bridge did open in 1932 [S1].")
    answer = open_assistant(questions_only, llm).ask(QUESTION)
    assert len(server.requests) == 1
    assert not any("too little" in notice for notice in answer.notices)


def test_it_is_said_if_nothing_can_be_quoted_instead(server, llm, questions_only):
    server.says("Sure!")
    answer = open_assistant(questions_only, llm).ask(QUESTION)
    assert answer.status == "abstained"
    assert answer.notices[0].endswith("Nothing that is found can be quoted instead.")


@pytest.mark.parametrize("said", ["", " \n", "Sure!", "What a question?", "<think>Hm. [S1]</think>"])
def test_a_model_that_says_nothing_is_replaced_by_quotation(server, assistant, said):
    server.says(said)
    answer = assistant.ask(QUESTION)
    assert (answer.engine, answer.text) == ("extract", "The bridge opened in 1932. [1]")
    assert answer.notices == (
        "The model wrote nothing that could be verified. This is the answer by quotation instead.",
    )
