"""An LLM that breaks off, is away, refuses the key, or has too little room: the answer is made all the same."""

import re
import time

import pytest

from rag.llm.opening import open_llm
from tests.llm_server import Reply
from tests.write.conftest import QUESTION, open_assistant


def test_a_stream_that_breaks_off_keeps_what_was_verified(server, assistant):
    server.says("The bridge opened in 1932 [S1]. ", "The architect ", "was Ada", breaks=True)
    answer = assistant.ask(QUESTION)
    assert (answer.text, answer.engine) == ("The bridge opened in 1932. [1]", "llm")
    assert answer.notices == (
        "The model scripted could not answer: the connection to it failed. What it wrote before is kept.",
    )


def test_a_stream_that_breaks_off_at_once_is_tried_again_then_replaced_by_quotation(server, assistant, no_wait):
    server.says(breaks=True)
    answer = assistant.ask(QUESTION)
    assert len(server.requests) == 3
    assert (answer.engine, answer.text) == ("extract", "The bridge opened in 1932. [1]")
    assert answer.notices == (
        "The model scripted could not answer: the connection to it failed. This is the answer by quotation instead.",
    )


@pytest.mark.parametrize(
    ("status", "attempts", "reason"),
    [
        (401, 1, "it refuses the key"),
        (403, 1, "it refuses the key"),
        (404, 1, "the server does not know it"),
        (429, 3, "its rate limit is reached"),
        (400, 1, "the server answered 400"),
        (500, 3, "the server answered 500"),
        (503, 3, "the server answered 503"),
    ],
)
def test_an_error_of_the_server_is_told_and_answered_by_quotation(server, assistant, no_wait, status, attempts, reason):
    server.script(Reply(status=status, error="Incorrect API key: sk-secret"))
    answer = assistant.ask(QUESTION)
    assert len(server.requests) == attempts
    assert answer.text == "The bridge opened in 1932. [1]"
    assert answer.notices == (
        f"The model scripted could not answer: {reason}. This is the answer by quotation instead.",
    )


def test_a_rate_limit_that_passes_is_waited_for_as_long_as_the_server_asks(server, assistant):
    server.script(
        Reply(status=429, headers={"retry-after": "0.3"}), Reply(status=503), Reply(["The bridge opened in 1932 [S1]."])
    )
    started = time.monotonic()
    answer = assistant.ask(QUESTION)
    assert (answer.engine, answer.notices) == ("llm", ())
    assert time.monotonic() - started > 1.3  # 0.3 as asked, then a second of our own


def test_a_silent_server_is_given_up(server, bridge):
    llm = open_llm(f"openai-like:{server.url}#scripted")
    llm.timeout = 0.2
    server.says("The bridge opened", pause=3)
    answer = open_assistant(bridge, llm).ask(QUESTION)
    assert answer.text == "The bridge opened in 1932. [1]"
    assert "it was silent for 0.2 s" in answer.notices[0]
    assert len(server.requests) == 1


def test_a_server_that_is_not_there_is_told(bridge, no_wait):
    answer = open_assistant(bridge, open_llm("openai-like:http://127.0.0.1:9/v1#gone")).ask(QUESTION)
    assert answer.notices == (
        "The model gone could not answer: the connection to it failed. This is the answer by quotation instead.",
    )


def test_passages_that_do_not_fit_the_context_window_are_left_out_and_it_is_said(server, llm, bridges, monkeypatch):
    monkeypatch.setattr("rag.write.generate.REPLY_TOKENS", llm.context_window - 500)
    server.says("The bridge opened in 1932.")
    answer = open_assistant(bridges, llm).ask(QUESTION)
    told = r"The model’s context window had no room for [1-5] of the \d passages found\."
    assert re.fullmatch(told, answer.notices[-1])
    assert server.requests[0]["messages"][1]["content"].count("From “") < 6


def test_a_window_smaller_than_said_is_met_with_fewer_passages(server, llm, bridges):
    overlong = Reply(status=400, error="This model's maximum context length is 100 tokens; the request exceeds it")
    server.script(overlong, Reply(["The bridge opened in 1932."]))
    answer = open_assistant(bridges, llm).ask(QUESTION, top_k=4)
    assert answer.engine == "llm"
    assert answer.notices == ("The model’s context window had no room for 2 of the 4 passages found.",)


def test_a_question_that_never_fits_is_answered_by_quotation(server, assistant):
    server.script(Reply(status=400, error="maximum context length exceeded"))
    answer = assistant.ask(QUESTION)
    assert answer.engine == "extract"
    assert "context window" in answer.notices[0]


def test_the_key_is_sent_and_never_seen(server, assistant, caplog, capfd, no_wait):
    caplog.set_level("DEBUG")
    server.script(Reply(status=401, error="Incorrect API key: sk-secret"))
    answer = assistant.ask(QUESTION)
    assert server.keys[-1] == "Bearer sk-secret"
    seen = caplog.text + "".join(capfd.readouterr()) + repr(answer) + "".join(answer.notices)
    assert "sk-secret" not in seen
