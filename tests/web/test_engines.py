"""The settings offer what the operator started, and a visitor can ask for quotations."""

from types import SimpleNamespace

from app.web.engines import engines_of, with_engine
from tests.chat_double import EssayAssistant


def written() -> EssayAssistant:
    """An assistant with a language model."""
    assistant = EssayAssistant()
    assistant.writer = SimpleNamespace(llm=SimpleNamespace(metadata=SimpleNamespace(model_name="small-model")))
    return assistant


def test_without_a_language_model_there_are_quotations_only() -> None:
    assistant = EssayAssistant()
    assert [(engine.name, engine.model) for engine in engines_of(assistant)] == [("extract", "words")]
    assert with_engine(assistant, "extract") is assistant
    assert with_engine(assistant, "llm") is assistant


def test_with_one_it_is_the_default_and_quotations_can_be_chosen() -> None:
    assistant = written()
    assert [(engine.name, engine.model) for engine in engines_of(assistant)] == [
        ("llm", "small-model"),
        ("extract", "words"),
    ]
    assert with_engine(assistant, None) is with_engine(assistant, "llm") is assistant
    quoting = with_engine(assistant, "extract")
    assert quoting.writer is None
    assert assistant.writer is not None
    assert quoting.documents is assistant.documents
