"""Talk with an LLM: patience with what passes, one clear sentence for what does not, and a count of the tokens."""

import gc
from collections.abc import Generator, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from index.errors import LLMError
from rag.llm.opening import explain, is_overlong, is_transient, wait_asked_for

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatMessage, ChatResponse
    from llama_index.core.llms import LLM

ATTEMPTS = 3
LONGEST_WAIT = 20.0  #: seconds between two attempts

# What providers call the tokens read and written.
_KINDS = {
    "prompt_tokens": ("prompt_tokens", "input_tokens", "prompt_eval_count"),
    "completion_tokens": ("completion_tokens", "output_tokens", "eval_count"),
}

_backing_off = wait_exponential(multiplier=1, max=LONGEST_WAIT)


class OverlongError(LLMError):
    """The prompt does not fit the model's context window."""


class Talk:
    """The calls that one answer takes."""

    def __init__(self, llm: "LLM") -> None:
        """Talk with this model."""
        self._llm = llm
        self.usage: dict[str, int] = {}  #: tokens of all calls, by kind, where the provider tells
        self.cut_off = False  #: whether the last reply ended because it was too long

    def ask(self, system: str, user: str) -> str:
        """The whole reply. Raises LLMError."""
        try:
            response = self._llm.chat(_messages(system, user))
        except Exception as error:
            raise self._error(error) from error
        self._count(_usage(response))
        return response.message.content or ""

    def stream(self, system: str, user: str) -> Generator[str, None, None]:
        """The reply piece by piece; closing the iterator stops the model.

        Until the first piece, what passes is waited for. Raises LLMError, which may be an OverlongError, at any time.
        """
        messages = _messages(system, user)
        retrying = Retrying(
            retry=retry_if_exception(is_transient), stop=stop_after_attempt(ATTEMPTS), wait=_wait, reraise=True
        )
        try:
            pieces, first = retrying(self._begin, messages)
            with closing(pieces):
                if first is not None:
                    yield first
                    yield from pieces
        except GeneratorExit:
            # The clients close a connection when their stream is freed, and some streams refer to themselves.
            gc.collect()
            raise
        except Exception as error:
            raise self._error(error) from error

    def _begin(self, messages: "Sequence[ChatMessage]") -> tuple[Generator[str, None, None], str | None]:
        pieces = self._pieces(messages)
        return pieces, next(pieces, None)

    def _pieces(self, messages: "Sequence[ChatMessage]") -> Generator[str, None, None]:
        self.cut_off = False
        usage: dict[str, int] = {}
        responses = self._llm.stream_chat(messages)
        try:
            for response in responses:
                # Told in one of the last responses, or the tokens read at the beginning and those written at the end.
                usage |= {kind: count for kind, count in _usage(response).items() if count}
                self.cut_off = self.cut_off or _finish(response.raw) in ("length", "max_tokens")
                if response.delta:
                    yield response.delta
        finally:
            self._count(usage)
            if isinstance(responses, Generator):
                responses.close()

    def _count(self, usage: dict[str, int]) -> None:
        self.usage = {kind: self.usage.get(kind, 0) + usage.get(kind, 0) for kind in {*self.usage, *usage}}

    def _error(self, error: Exception) -> LLMError:
        name = self._llm.metadata.model_name
        kind = OverlongError if is_overlong(error) else LLMError
        return kind(f"The model {name} could not answer: {explain(error, self._timeout)}.")

    @property
    def _timeout(self) -> float | None:
        """The seconds that the model may be silent, where it tells them in one of the ways of LlamaIndex's LLMs."""
        told = (getattr(self._llm, name, None) for name in ("timeout", "request_timeout"))
        return next((float(one) for one in told if isinstance(one, int | float)), None)


def _messages(system: str, user: str) -> "list[ChatMessage]":
    from llama_index.core.base.llms.types import ChatMessage

    return [ChatMessage.from_str(system, "system"), ChatMessage.from_str(user, "user")]


def _wait(state: RetryCallState) -> float:
    """As long as the server asks for, else longer each time."""
    error = state.outcome.exception() if state.outcome else None
    asked = wait_asked_for(error) if error else None
    return min(_backing_off(state) if asked is None else asked, LONGEST_WAIT)


def _usage(response: "ChatResponse") -> dict[str, int]:
    """The tokens that a response tells of, wherever its provider puts them."""
    raw = _part(response.raw, "usage") or _part(_part(response.raw, "message"), "usage") or response.additional_kwargs
    told: dict[str, int] = {}
    for kind, names in _KINDS.items():
        counts = (_part(raw, name) for name in names)
        told[kind] = next((count for count in counts if isinstance(count, int)), 0)
    return told


def _finish(raw: Any) -> Any:
    """Why a reply ended, if this is its end and the provider tells."""
    choices = _part(raw, "choices")
    if choices:
        return _part(choices[0], "finish_reason")
    return _part(raw, "done_reason") or _part(raw, "stop_reason") or _part(_part(raw, "delta"), "stop_reason")


def _part(thing: Any, name: str) -> Any:
    return thing.get(name) if isinstance(thing, Mapping) else getattr(thing, name, None)
