"""The settings offer what the operator started, and a visitor can ask for quotations."""

from app.web.engines import engines_of, with_engine
from rag.write.generate import LLMWriter
from rag.write.quoting import Quoting
from tests.chat_double import EssayAssistant
from tests.conftest import WordEmbedder
from tests.llm_double import ScriptedLLM


def written(*, brief: bool = False) -> EssayAssistant:
    """An assistant with a language model."""
    assistant = EssayAssistant()
    assistant.writer = LLMWriter(ScriptedLLM(chunks=[]), WordEmbedder(), brief=brief)
    return assistant


def test_without_a_language_model_there_are_quotations_only() -> None:
    assistant = EssayAssistant()
    assert [(engine.name, engine.model) for engine in engines_of(assistant)] == [("extract", "words")]
    assert with_engine(assistant, "extract") is assistant
    assert with_engine(assistant, "llm") is assistant


def test_with_one_it_is_the_default_and_quotations_can_be_chosen() -> None:
    assistant = written()
    assert [(engine.name, engine.model) for engine in engines_of(assistant)] == [
        ("llm", "scripted"),
        ("extract", "words"),
    ]
    assert with_engine(assistant, None) is with_engine(assistant, "llm") is assistant
    quoting = with_engine(assistant, "extract")
    assert quoting.writer is None
    assert assistant.writer is not None
    assert quoting.documents is assistant.documents


def test_each_tells_how_many_passages_it_reads() -> None:
    model, quotations = engines_of(written())
    assert quotations.passages == Quoting.passages > model.passages > 0
    assert [engine.passages for engine in engines_of(written(brief=True))] == [Quoting.passages] * 2
