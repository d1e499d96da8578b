"""What the reader and the support model have in common: networks of transformers that read two texts together."""

import logging
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from index.errors import ModelError
from index.models import bfloat16_pays, local_folder, sha256, weights_of
from rag.adapter import base_of, heads_of, is_adapter, merge, outputs_of

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

CALIBRATION = "calibration.json"  #: beside a model's weights: what turns its scores into probabilities

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Network:
    """A network with its tokenizer."""

    model: Any  #: of transformers
    tokenizer: "Tokenizer"  #: its own, without padding; not to be shared by threads
    cls: int  #: id of the token that stands for the whole
    segments: bool  #: whether it is told which text a token is of

    def __call__(self, encodings: "Sequence[Encoding]") -> Any:
        """The network's output for a batch, padded to its longest."""
        import torch

        longest = max(len(encoding.ids) for encoding in encodings)
        columns = {"input_ids": "ids", "attention_mask": "attention_mask"}
        if self.segments:
            columns["token_type_ids"] = "type_ids"
        inputs = {
            name: torch.tensor([getattr(one, column) + [0] * (longest - len(one.ids)) for one in encodings])
            for name, column in columns.items()
        }
        with torch.inference_mode():
            return self.model(**inputs)


class OwnedNetwork:
    """A network that is named by a user or comes with Footnote, loaded when first needed; threads may share it."""

    head: ClassVar[str]  #: name of the class of transformers
    role: ClassVar[str]  #: what messages call it
    kind: ClassVar[str]  #: what kind of model that is
    bundled: ClassVar[Path]  #: folder of the one that comes with Footnote
    bundled_sha256: ClassVar[str]  #: of its weights

    def __init__(self, name_or_path: str | None = None) -> None:
        """Name a Hugging Face model or a folder; None stands for the one that comes with Footnote.

        Raises ModelError for a path that is no folder.
        """
        self.name = name_or_path or "bundled"
        self.is_bundled = name_or_path is None
        self.folder = self.bundled if name_or_path is None else local_folder(name_or_path, self.kind)
        self.network: Network | None = None  #: None until it is loaded
        self._lock = threading.RLock()

    @property
    def identity(self) -> str:
        """Name of the model, with the start of its weights' hash if they are in a folder."""
        calibrated = "" if self._own_calibration else ", uncalibrated"
        if self.folder is None:
            return self.name + calibrated
        return f"{Path(self.name).name}@{sha256(weights_of(self.folder, self.kind))[:16]}{calibrated}"

    @property
    def _own_calibration(self) -> Path | None:
        """The model's own folder, if it holds a calibration."""
        return self.folder if self.folder and (self.folder / CALIBRATION).is_file() else None

    @cached_property
    def calibration_folder(self) -> Path:
        """Where the model's calibration is. If it has none, the bundled model's stands in, and a warning is logged."""
        if folder := self._own_calibration:
            return folder
        log.warning(
            "The %s %s has no %s of its own: its scores are taken for those of the bundled one, so that its confidence "
            "and what it refuses may be wrong; put a fitted one into its folder, or choose the threshold yourself.",
            self.role,
            self.name,
            CALIBRATION,
        )
        return self.bundled

    def load(self) -> Network:
        """Load the model now. Raises ModelError if it cannot be used."""
        with self._lock:
            if self.network is None:
                weights = weights_of(self.folder, self.kind) if self.folder else None
                if self.is_bundled and weights and sha256(weights) != self.bundled_sha256:
                    raise ModelError(
                        f"The {self.role}'s weights in {self.bundled} are not those it was built with; reinstall."
                    )
                self.network = load_network(
                    str(self.folder or self.name),
                    self.head,
                    role=self.role,
                    kind=self.kind,
                    local=self.folder is not None,
                )
            return self.network


def load_network(name_or_path: str, head: str, *, role: str, kind: str, local: bool) -> Network:
    """Load a model with a head.

    Args:
        name_or_path: A folder, or the name of a Hugging Face model.
        head: Name of the class of transformers that has the head.
        role: What messages call it, e.g. `reader`.
        kind: What kind of model that is.
        local: Whether it is a folder; else it may be downloaded.

    Raises ModelError if it cannot be loaded or has no such head.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    import transformers
    from safetensors import SafetensorError
    from tokenizers import Tokenizer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # else it reports what a base has not, an adapter's head
    try:
        adapter = Path(name_or_path) if is_adapter(name_or_path) else None
        source = base_of(adapter) if adapter else name_or_path
        outputs = outputs_of(adapter) if adapter else None
        dtype = torch.bfloat16 if bfloat16_pays() else torch.float32
        model, found = getattr(transformers, head).from_pretrained(
            source,
            local_files_only=local,
            dtype=torch.float32 if adapter else dtype,  # an addition is lost in bfloat16's few digits
            output_loading_info=True,
            **({"num_labels": outputs} if outputs else {}),
        )
        if set(found["missing_keys"]) - (heads_of(adapter) if adapter else set()):
            raise ValueError("it lacks the head")
        if adapter:
            merge(model, adapter)
        model = model.to(dtype)
        tokenizer = transformers.AutoTokenizer.from_pretrained(source, local_files_only=local)
        # A copy of its own: threads share the other.
        backend = Tokenizer.from_str(tokenizer.backend_tokenizer.to_str())
        if backend.get_vocab_size() < model.config.vocab_size // 2:
            raise ValueError("its tokenizer is missing")
    except (OSError, ValueError, KeyError, RuntimeError, AttributeError, SafetensorError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0].split(". ")[0].rstrip(".")
        raise ModelError(
            f"The {role} {name_or_path} cannot be loaded ({reason}); give a folder with {kind} of transformers, or the "
            "name of one that can be downloaded."
        ) from error
    backend.no_padding()
    segments = "token_type_ids" in tokenizer.model_input_names
    return Network(model.eval(), backend, int(tokenizer.cls_token_id or 0), segments)
