"""An LLM that says what it is told to."""

from collections.abc import Sequence
from typing import Any

from llama_index.core.base.llms.types import ChatMessage, ChatResponse, ChatResponseGen, LLMMetadata
from llama_index.core.llms import CustomLLM
from pydantic import Field


class ScriptedLLM(CustomLLM):
    """Says `text`, in these chunks if it is given in several."""

    chunks: list[str]
    prompts: list[str] = Field(default_factory=list)  # the last message of each call

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(context_window=16_000, model_name="scripted", is_chat_model=True)

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        self.prompts.append(messages[-1].content or "")
        return ChatResponse(message=ChatMessage(role="assistant", content="".join(self.chunks)))

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        self.prompts.append(messages[-1].content or "")
        return self._stream()

    def _stream(self) -> ChatResponseGen:
        for chunk in self.chunks:
            yield ChatResponse(message=ChatMessage(role="assistant", content=chunk), delta=chunk)

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        raise NotImplementedError

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> Any:
        raise NotImplementedError
