"""Answers that an LLM writes, as they stream: what is shown when, and when the model is stopped."""

import re
from dataclasses import replace

from rag.types import Answer, ClaimReady, Final, Stage, Text
from tests.write.conftest import QUESTION, fold


def test_chatter_markdown_and_thinking_aloud_are_left_out(server, assistant):
    server.says(
        *"<think>Which one? [S4]</think>Sure!\n\nHere is the answer:\n- **The bridge** opened in 1932 [S1]\n"
        "- The architect was Ada Moore of Leeds [S5]\n\nI hope this helps!"
    )
    answer = assistant.ask(QUESTION)
    assert answer.text == "The bridge opened in 1932 [1] The architect was Ada Moore of Leeds [2]"


def test_a_model_that_repeats_itself_is_stopped(server, assistant):
    server.says(*["The bridge opened in 1932 [S1]. "] * 50, pause=0.02)
    answer = assistant.ask(QUESTION)
    assert answer.text == "The bridge opened in 1932. [1]"
    assert server.disconnected.wait(5)


def test_a_model_that_goes_on_and_on_is_stopped(server, assistant):
    server.says(*[f"Fact {number} is new. " for number in range(50)], pause=0.02)
    assistant.ask(QUESTION)
    assert server.disconnected.wait(5)


def test_an_answer_cut_off_at_its_longest_loses_the_broken_sentence(server, assistant):
    server.says("The bridge opened in 1932 [S1]. The architect was Ada", finish="length")
    *events, final = assistant.stream(QUESTION)
    assert final.answer.text == "The bridge opened in 1932. [1]"
    assert final.answer.notices == ("The model’s answer was longer than allowed, and is cut off.",)
    assert list(fold(events))[-1] == (final.answer.text, list(final.answer.claims))


def test_closing_the_stream_stops_the_model(server, assistant):
    server.says(*["The bridge opened in 1932 [S1]. "] * 50, pause=0.05)
    stream = assistant.stream(QUESTION)
    for event in stream:
        if isinstance(event, Text):
            break
    stream.close()
    assert server.disconnected.wait(5)
    assert server.sent < 20


def test_tokens_and_times_are_recorded(server, assistant):
    server.says("The bridge ", "opened in ", "1932 [S1].")
    answer = assistant.ask(QUESTION)
    assert answer.usage == {"prompt_tokens": 100, "completion_tokens": 3}
    assert set(answer.timings) == {"retrieve", "read", "write", "total", "rewrite", "verify"}
    assert 0 < answer.timings["verify"] < answer.timings["write"]


def test_the_stream_shows_a_sentence_before_it_is_complete_and_its_number_once_it_is_verified(server, assistant):
    server.says(
        "The bridge ", "opened ", "in 1932 ", "[S", "1]. ", "The architect ", "was Ada Moore of Leeds.", " [S5]"
    )
    events = list(assistant.stream(QUESTION))
    shown = [event.delta for event in events if isinstance(event, Text)]
    assert shown[:4] == ["The bridge", " opened", " in 1932", "."]
    assert [event.name for event in events if isinstance(event, Stage)] == ["retrieve", "read", "write"]
    answer = events[-1].answer
    assert "".join(shown) == answer.text == "The bridge opened in 1932. [1] The architect was Ada Moore of Leeds. [2]"
    ready = [event for event in events if isinstance(event, ClaimReady)]
    assert [event.claim for event in ready] == list(answer.claims)
    assert [event.citations for event in ready] == [(citation,) for citation in answer.citations]


def test_a_number_never_changes_once_it_is_shown(server, assistant):
    server.says(*"The architect was Ada Moore [S5]. No! The bridge opened in 1932 [S1]. The mayor wept. The documents")
    before = []
    for text, _ in fold(assistant.stream(QUESTION)):
        numbers = re.findall(r"\S+ \[\d\]", text)
        assert numbers[: len(before)] == before
        before = numbers


def test_an_answer_with_notices_survives_its_way_through_json(server, assistant):
    server.says("The mayor wept.")
    answer = assistant.ask(QUESTION)
    assert Answer.from_dict(answer.to_dict()) == answer


def test_ask_returns_what_the_stream_ends_with(server, assistant):
    server.says("The bridge opened in 1932 [S1]. The mayor wept.")
    *_, final = assistant.stream(QUESTION)
    assert isinstance(final, Final)
    assert replace(final.answer, timings={}) == replace(assistant.ask(QUESTION), timings={})
