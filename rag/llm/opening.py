"""LLMs by name, and what goes wrong with them. Keys come from the caller or the provider's own variable, never here."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import SettingsError

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

TIMEOUT = 60.0  #: seconds that a server may be silent
MAX_TOKENS = 1024  #: of a reply; models that reason need some of them for that
OLLAMA_CONTEXT = 8192  #: tokens; Ollama's own default cuts long prompts without saying so
SPECS = "openai-like:URL#model, ollama:model, openai:model, anthropic:model or gguf:PATH"

# What a spec begins with: the module, the class, and the extra of ours that installs it.
_PROVIDERS = {
    "openai-like": ("llama_index.llms.openai_like", "OpenAILike", "openai-like"),
    "openai": ("llama_index.llms.openai", "OpenAI", "openai"),
    "anthropic": ("llama_index.llms.anthropic", "Anthropic", "anthropic"),
    "ollama": ("llama_index.llms.ollama", "Ollama", "ollama"),
    "gguf": ("rag.llm.gguf", "GGUF", "local-llm"),
}


def open_llm(spec: object, *, key: str | None = None) -> "LLM":
    """The LLM that a spec stands for; a LlamaIndex LLM is given back as it is.

    Args:
        spec: `openai-like:URL#model` (URL is the API's base, with its `/v1`), `ollama:model`, `openai:model`,
            `anthropic:model`, `gguf:PATH`, or an object.
        key: For an OpenAI-compatible server that wants one. `openai` and `anthropic` take theirs from
            OPENAI_API_KEY and ANTHROPIC_API_KEY.

    Raises SettingsError for a spec that makes no sense or needs an extra, ModelError for a file that cannot be run.
    """
    if not isinstance(spec, str):
        from llama_index.core.llms import LLM

        if isinstance(spec, LLM):
            return spec
        raise SettingsError(f"The LLM is a {type(spec).__name__}; give a LlamaIndex LLM, or {SPECS}.")
    provider, _, name = spec.partition(":")
    if provider not in _PROVIDERS or not name:
        raise SettingsError(f"The LLM {spec!r} is none that is known; give {SPECS}.")
    return _open(provider, name, key)


def _open(provider: str, name: str, key: str | None) -> "LLM":
    module, class_name, extra = _PROVIDERS[provider]
    try:
        model = getattr(import_module(module), class_name)
    except ImportError as error:
        raise SettingsError(
            f"An LLM by `{provider}:` needs the extra {extra!r}; install it with: pip install 'footnote[{extra}]'."
        ) from error
    options: dict[str, Any] = {"temperature": 0.0}
    hosted = options | {"model": name, "max_tokens": MAX_TOKENS, "timeout": TIMEOUT, "max_retries": 0}
    match provider:
        case "gguf":
            llm: LLM = model(Path(name).expanduser(), **options)
        case "ollama":
            options |= {"request_timeout": TIMEOUT, "context_window": OLLAMA_CONTEXT}
            llm = model(model=name, additional_kwargs={"num_predict": MAX_TOKENS}, **options)
        case "openai-like":
            llm = model(**hosted | _server(name, key))
        case _:
            llm = model(**hosted)
    _check(llm, provider, name)
    return llm


def _server(name: str, key: str | None) -> dict[str, Any]:
    url, _, model = name.rpartition("#")
    if not url.startswith(("http://", "https://")) or not model:
        raise SettingsError(
            f"The LLM 'openai-like:{name}' lacks its URL or model; write it as openai-like:http://localhost:8080/v1#model."
        )
    return {
        "model": model,
        "api_base": url,
        "api_key": key or "none",  # without one LlamaIndex would send what is in OPENAI_API_KEY
        "is_chat_model": True,
        "additional_kwargs": {"stream_options": {"include_usage": True}},
    }


def _check(llm: "LLM", provider: str, name: str) -> None:
    try:
        llm.metadata  # noqa: B018, looks the model up
    except ValueError:
        raise SettingsError(
            f"The installed LlamaIndex knows no model {name!r} of {provider}; upgrade it, or give {SPECS}."
        ) from None
    if provider == "openai" and not getattr(llm, "api_key", None):
        raise SettingsError("There is no key for OpenAI; put it into the variable OPENAI_API_KEY.")


def is_transient(error: BaseException) -> bool:
    """Whether it may go well in a few seconds: the server is overloaded or could not be reached, not just silent."""
    status = _status(error)
    if status is not None:
        return status == 429 or status >= 500
    return _is_connection(error) and not _is_timeout(error)


def is_overlong(error: BaseException) -> bool:
    """Whether the prompt was longer than the model's context window."""
    said = str(error).lower()
    return _status(error) in (None, 400, 413) and "context" in said and ("exceed" in said or "maximum" in said)


def explain(error: BaseException, timeout: float | None = None) -> str:
    """What went wrong, as the end of a sentence, with the seconds that it may be silent where they are known.

    What the server said stays out: it may hold a part of the key.
    """
    status = _status(error)
    if status in (401, 403):
        return "it refuses the key"
    if status == 404:
        return "the server does not know it"
    if status == 429:
        return "its rate limit is reached"
    if is_overlong(error):
        return "the question is too long for its context window"
    if _is_timeout(error):
        return f"it was silent for {timeout:g} s" if timeout else "it was silent for too long"
    if _is_connection(error):
        return "the connection to it failed"
    return f"the server answered {status}" if status else f"it failed ({type(error).__name__})"


def wait_asked_for(error: BaseException) -> float | None:
    """The seconds after which the server wants to be asked again, if it said so."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    try:
        return float(headers.get("retry-after", ""))
    except ValueError:
        return None


def _status(error: BaseException) -> int | None:
    for place in ("status_code", "status", "code"):
        if isinstance(status := getattr(error, place, None), int) and 400 <= status < 600:
            return status
    return None


def _is_timeout(error: BaseException) -> bool:
    return isinstance(error, TimeoutError) or "timeout" in _kinds(error)


def _is_connection(error: BaseException) -> bool:
    named = any(part in _kinds(error) for part in ("timeout", "connection", "protocolerror", "networkerror"))
    return named or isinstance(error, ConnectionError | TimeoutError)


def _kinds(error: BaseException) -> str:
    """Every client has errors of its own for the same things; what they have in common is a part of their names."""
    return " ".join(kind.__name__ for kind in type(error).__mro__).lower()
