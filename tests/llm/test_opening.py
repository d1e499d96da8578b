"""LLMs by name."""

import sys

import pytest
from llama_index.core.llms import MockLLM

from index.errors import ModelError, SettingsError
from rag.llm.opening import explain, is_overlong, is_transient, open_llm, wait_asked_for
from tests.conftest import one_sentence


@pytest.fixture(autouse=True)
def no_keys(monkeypatch):
    """No keys but those that a test sets."""
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_an_llm_object_is_taken_as_it_is():
    llm = MockLLM()
    assert open_llm(llm) is llm


def test_an_openai_compatible_server_is_named_by_its_url_and_model():
    llm = open_llm("openai-like:http://localhost:8080/v1#some/model#2", key="k")
    assert (llm.api_base, llm.model, llm.api_key) == ("http://localhost:8080/v1#some/model", "2", "k")


def test_the_key_for_openai_is_never_sent_to_another_server(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    assert open_llm("openai-like:http://localhost:8080/v1#m").api_key == "none"


def test_openai_takes_its_key_from_its_own_variable(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    assert open_llm("openai:gpt-4o-mini").api_key == "sk-openai"


def test_ollama_is_told_its_context_window():
    llm = open_llm("ollama:llama3.2")
    assert llm.model == "llama3.2"
    assert llm.metadata.context_window == 8192


def test_openai_without_a_key_is_refused():
    with pytest.raises(SettingsError, match="OPENAI_API_KEY") as error:
        open_llm("openai:gpt-4o-mini")
    one_sentence(error)


@pytest.mark.parametrize("spec", ["", "gpt-4o", "magic:x", "ollama:", "openai-like:x", "openai-like:http://h/v1", 3])
def test_a_spec_that_makes_no_sense_is_refused(spec):
    with pytest.raises(SettingsError, match="openai-like:") as error:
        open_llm(spec)
    one_sentence(error)


def test_a_model_that_openai_does_not_have_is_refused(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-openai")
    with pytest.raises(SettingsError, match="knows no model 'no-such-model'") as error:
        open_llm("openai:no-such-model")
    one_sentence(error)


@pytest.mark.parametrize(
    ("spec", "module", "extra"),
    [
        ("ollama:m", "llama_index.llms.ollama", "ollama"),
        ("anthropic:m", "llama_index.llms.anthropic", "anthropic"),
        ("openai-like:http://h/v1#m", "llama_index.llms.openai_like", "openai-like"),
        ("gguf:m.gguf", "rag.llm.gguf", "local-llm"),
    ],
)
def test_a_provider_that_is_not_installed_is_named_with_its_extra(monkeypatch, spec, module, extra):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(SettingsError, match=rf"pip install 'footnote\[{extra}\]'") as error:
        open_llm(spec)
    one_sentence(error)


def test_a_model_file_that_is_not_there_is_refused(tmp_path):
    pytest.importorskip("xllamacpp")
    with pytest.raises(ModelError, match="There is no model file"):
        open_llm(f"gguf:{tmp_path / 'none.gguf'}")
    (tmp_path / "some.gguf").write_text("no model")
    with pytest.raises(ModelError, match=r"llama\.cpp cannot run"):
        open_llm(f"gguf:{tmp_path / 'some.gguf'}")


class ServerError(Exception):
    def __init__(self, status, message="", headers=None):
        super().__init__(message)
        self.status_code = status
        self.response = type("Response", (), {"headers": headers or {}})()


class ReadTimeout(Exception):
    """What httpx calls it."""


def test_what_passes_is_told_from_what_does_not():
    passing = [ServerError(429), ServerError(500), ServerError(503), ConnectionResetError()]
    lasting = [ServerError(400), ServerError(401), ServerError(404), ReadTimeout(), ValueError()]
    assert [is_transient(error) for error in passing] == [True] * 4
    assert [is_transient(error) for error in lasting] == [False] * 5


def test_the_server_says_how_long_to_wait():
    assert wait_asked_for(ServerError(429, headers={"retry-after": "2.5"})) == 2.5
    assert wait_asked_for(ServerError(429, headers={"retry-after": "Wed, 21 Oct"})) is None
    assert wait_asked_for(ValueError()) is None


def test_an_error_is_explained_without_what_the_server_said():
    assert explain(ServerError(401, "bad key sk-secret")) == "it refuses the key"
    assert explain(ServerError(418, "sk-secret")) == "the server answered 418"
    assert explain(ValueError("sk-secret")) == "it failed (ValueError)"
    assert explain(ReadTimeout(), 60.0) == "it was silent for 60 s"
    assert explain(ReadTimeout(), 600.0) == "it was silent for 600 s"
    assert explain(ReadTimeout()) == "it was silent for too long"
    assert is_overlong(ServerError(400, "request (5431 tokens) exceeds the available context size (2048 tokens)"))
    assert not is_overlong(ServerError(400, "no such parameter"))
