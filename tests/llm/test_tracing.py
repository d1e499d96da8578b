"""Traces: one span for each call of an LLM, and nothing unless they are asked for."""

import sys

import pytest

from index.errors import SettingsError
from rag.llm.opening import open_llm
from rag.llm.patience import Talk
from rag.llm.tracing import start_tracing
from tests.conftest import one_sentence
from tests.llm_server import serving


@pytest.fixture(scope="module")
def server():
    with serving() as scripted:
        scripted.says("The bridge ", "opened.")
        yield scripted


@pytest.fixture
def talk(server):
    return Talk(open_llm(f"openai-like:{server.url}#scripted", key="sk-secret"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the instrumentation's own
def test_calls_of_the_llm_are_traced_without_its_key_until_tracing_stops(talk):
    pytest.importorskip("openinference.instrumentation.llama_index")
    from opentelemetry.sdk.trace.export import SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    exporter = InMemorySpanExporter()
    stop = start_tracing(SimpleSpanProcessor(exporter))
    assert "".join(talk.stream("Be brief.", "When?")) == "The bridge opened."
    spans = exporter.get_finished_spans()
    stop()
    assert any("stream_chat" in span.name for span in spans)
    told = " ".join(span.to_json() for span in spans)
    assert "The bridge opened." in told
    assert "sk-secret" not in told
    talk.ask("Be brief.", "When?")
    assert len(exporter.get_finished_spans()) == len(spans)


def test_without_its_extra_tracing_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "openinference.instrumentation.llama_index", None)
    with pytest.raises(SettingsError, match=r"footnote\[tracing\]") as error:
        start_tracing("http://localhost:4317")
    one_sentence(error)
