"""Who writes an answer: an LLM, or nobody, as it is made of quotations."""

from typing import TYPE_CHECKING

from index.embedding import Embedder
from index.errors import SettingsError
from rag.llm.opening import open_llm

if TYPE_CHECKING:
    from rag.write.generate import LLMWriter

ENGINES = ("extract", "llm")


def open_writer(engine: str | None, llm: object, embedder: Embedder, *, strict: bool = False) -> "LLMWriter | None":
    """What writes with an engine, which is `llm` by default where there is one; None for `extract`.

    Raises SettingsError if there is no such engine, or its LLM is missing or cannot be opened.
    """
    engine = engine or ("extract" if llm is None else "llm")
    if engine not in ENGINES:
        raise SettingsError(f"There is no engine {engine!r}; give 'extract' or 'llm'.")
    if engine == "extract":
        return None
    if llm is None:
        raise SettingsError("The engine 'llm' needs an LLM; name one, such as ollama:MODEL or gguf:PATH.")
    from rag.write.generate import LLMWriter  # whose modules a quoted answer does without

    return LLMWriter(open_llm(llm), embedder, strict=strict)
