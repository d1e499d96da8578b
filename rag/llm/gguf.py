"""A LlamaIndex LLM that runs a GGUF file in this process, by llama.cpp and its server on the loopback."""

import secrets
from pathlib import Path
from typing import Any, ClassVar

import httpx
import torch
import xllamacpp
from llama_index.llms.openai_like import OpenAILike
from pydantic import PrivateAttr

from index.errors import ModelError

CONTEXT_WINDOW = 4096
TIMEOUT = 600.0  #: seconds that it may be silent, while it reads or others are served


class GGUF(OpenAILike):  # type: ignore[misc]
    """Chats with a model file. Calls from several threads wait for each other."""

    brief: ClassVar[bool] = True  #: a processor reads some 90 tokens a second: it is shown a few sentences only

    _server: Any = PrivateAttr()

    def __init__(self, path: str | Path, *, context_window: int = CONTEXT_WINDOW, **fields: Any) -> None:
        """Load the file. Raises ModelError if it is none that llama.cpp can run."""
        key = secrets.token_urlsafe(32)
        server = _start(Path(path), context_window, key)
        super().__init__(
            model=Path(path).name,
            api_base=f"{server.listening_address}/v1",
            api_key=key,
            is_chat_model=True,
            context_window=context_window,
            timeout=TIMEOUT,
            max_retries=0,
            additional_kwargs={"stream_options": {"include_usage": True}},
            http_client=httpx.Client(trust_env=False, timeout=TIMEOUT),  # never by a proxy
            **{"max_tokens": 512, "temperature": 0.0, **fields},
        )
        self._server = server


def _start(path: Path, context_window: int, key: str) -> Any:
    if not path.is_file():
        raise ModelError(f"There is no model file {path}; give the path of a .gguf file after `gguf:`.")
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = context_window
    # As many threads as the reader's: more than there are free cores make llama.cpp many times slower.
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = torch.get_num_threads()
    params.warmup = False
    params.verbosity = 0
    params.ui = params.endpoint_slots = False
    params.api_keys = [key]  # nobody else shall have any use for its port
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise ModelError(f"llama.cpp cannot run {path}; give a GGUF file of a chat model.") from error
