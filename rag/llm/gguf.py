"""A LlamaIndex LLM that runs a GGUF file in this process, by llama.cpp."""

import queue
import secrets
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch
import xllamacpp
from llama_index.core.base.llms.generic_utils import chat_to_completion_decorator, stream_chat_to_completion_decorator
from llama_index.core.base.llms.types import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    LLMMetadata,
    MessageRole,
)
from llama_index.core.llms import CustomLLM
from llama_index.core.llms.callbacks import llm_chat_callback, llm_completion_callback
from pydantic import PrivateAttr

from index.errors import ModelError

CONTEXT_WINDOW = 4096
_DONE = object()


class GGUF(CustomLLM):
    """Chats with a model file. Calls from several threads wait for each other."""

    path: str
    context_window: int = CONTEXT_WINDOW
    max_tokens: int = 512
    temperature: float = 0.0
    _server: Any = PrivateAttr()

    def __init__(self, path: str | Path, **fields: Any) -> None:
        """Load the file. Raises ModelError if it is none that llama.cpp can run."""
        super().__init__(path=str(path), **fields)
        self._server = _start(Path(path), self.context_window)

    @classmethod
    def class_name(cls) -> str:
        """The name LlamaIndex knows the class by."""
        return "GGUF"

    @property
    def metadata(self) -> LLMMetadata:
        """What LlamaIndex asks of a model."""
        return LLMMetadata(
            context_window=self.context_window,
            num_output=self.max_tokens,
            is_chat_model=True,
            model_name=Path(self.path).name,
        )

    @llm_chat_callback()
    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        """The whole reply."""
        reply = _checked(self._server.handle_chat_completions(self._request(messages, kwargs)))
        text = reply["choices"][0]["message"]["content"] or ""
        return ChatResponse(message=ChatMessage(role=MessageRole.ASSISTANT, content=text), raw=reply)

    @llm_chat_callback()
    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        """The reply as it is made; closing the generator stops the model."""
        request = self._request(messages, kwargs) | {"stream": True, "stream_options": {"include_usage": True}}

        def replies() -> ChatResponseGen:
            text = ""
            for chunk in self._chunks(request):
                choices = chunk.get("choices") or [{}]
                delta = choices[0].get("delta", {}).get("content") or ""
                text += delta
                message = ChatMessage(role=MessageRole.ASSISTANT, content=text)
                yield ChatResponse(message=message, delta=delta, raw=chunk)

        return replies()

    @llm_completion_callback()
    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        """The reply to a prompt given as one message."""
        return chat_to_completion_decorator(self.chat)(prompt, **kwargs)

    @llm_completion_callback()
    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        """The same as it is made."""
        return stream_chat_to_completion_decorator(self.stream_chat)(prompt, **kwargs)

    def _request(self, messages: Sequence[ChatMessage], options: dict[str, Any]) -> dict[str, Any]:
        return {
            "messages": [{"role": message.role.value, "content": message.content} for message in messages],
            "max_tokens": self.max_tokens,
            "temperature": self.temperature,
            **options,
        }

    def _chunks(self, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """What llama.cpp hands to a callback, from a thread of its own, as an iterator."""
        chunks: queue.SimpleQueue[Any] = queue.SimpleQueue()
        stopped = threading.Event()

        def take(chunk: dict[str, Any]) -> bool:
            chunks.put(chunk)
            return stopped.is_set()  # true cancels

        def generate() -> None:
            try:
                self._server.handle_chat_completions(request, take)
            except Exception as error:
                chunks.put(error)
            chunks.put(_DONE)

        thread = threading.Thread(target=generate, name="footnote-gguf", daemon=True)
        thread.start()
        try:
            while (chunk := chunks.get()) is not _DONE:
                if isinstance(chunk, Exception):
                    raise chunk
                yield _checked(chunk)
        finally:
            stopped.set()


def _start(path: Path, context_window: int) -> Any:
    if not path.is_file():
        raise ModelError(f"There is no model file {path}; give the path of a .gguf file after `gguf:`.")
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = context_window
    # As many threads as the reader's: more than there are free cores make llama.cpp many times slower.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = torch.get_num_threads()
    params.warmup = False
    params.verbosity = 0
    # It listens at a port of the loopback, which we have no use for: nobody else shall have any.
    params.ui = params.endpoint_slots = False
    params.api_keys = [secrets.token_urlsafe(32)]
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise ModelError(f"llama.cpp cannot run {path}; give a GGUF file of a chat model.") from error


def _checked(reply: dict[str, Any]) -> dict[str, Any]:
    if "error" in reply:
        raise RuntimeError(reply["error"].get("message", "llama.cpp failed"))
    return reply
