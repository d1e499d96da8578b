"""What the reader and the support model have in common: they are named, checked, and loaded when first needed."""

import logging
import math
import os
import threading
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from index.errors import ModelError
from index.models import bfloat16_pays, local_folder, weights_of, weights_sha256
from index.products import can_multiply_int8
from rag.heads import Network, is_ours, load_ours, load_pretrained

SMALL, BASE = "small", "base"  #: the names of the models that come with Footnote, and of the adapters on a large base
BASE_FLOAT32 = "base-float32"  #: the same adapters, never in int8
CALIBRATION = "calibration.json"  #: beside a model's weights: what turns its scores into probabilities
LOWEST = -50.0  #: log-odds that count; the power of much lower ones would overflow

log = logging.getLogger(__name__)


def probability(log_odds: float) -> float:
    """The probability that a model's log-odds stand for."""
    return 1 / (1 + math.exp(-max(LOWEST, log_odds)))


class OwnedNetwork:
    """A network that is named by a user or comes with Footnote, loaded when first needed; threads may share it."""

    head: ClassVar[str]  #: name of the class of transformers
    role: ClassVar[str]  #: what messages call it
    kind: ClassVar[str]  #: what kind of model that is
    bundled: ClassVar[Path]  #: folder of the one that comes with Footnote
    bundled_sha256: ClassVar[str]  #: of its weights
    adapted: ClassVar[Path]  #: folder of an adapter on the base, which comes with Footnote, too

    def __init__(self, name_or_path: str | None = None, *, may_be_in_int8: bool = False) -> None:
        """Name a Hugging Face model or a folder, or `base`, or `small` (by default), both of which come with Footnote.

        The layers of one of ours may be in int8, where that is faster.

        Raises ModelError for a path that is no folder.
        """
        self._may_be_in_int8 = may_be_in_int8
        ours = {SMALL: None, BASE: str(self.adapted), BASE_FLOAT32: str(self.adapted)}
        name_or_path = ours.get(name_or_path or SMALL, name_or_path)
        self.name = name_or_path or "bundled"
        self.is_bundled = name_or_path is None
        self.folder = self.bundled if name_or_path is None else local_folder(name_or_path, self.kind)
        self.network: Network | None = None  #: None until it is loaded
        self._lock = threading.RLock()

    @cached_property
    def in_int8(self) -> bool:
        """Whether its layers are in int8, which is faster on a processor that does not multiply bfloat16."""
        return self._may_be_in_int8 and not bfloat16_pays() and can_multiply_int8()

    @property
    def identity(self) -> str:
        """Name of the model, with the start of its weights' hash if they are in a folder."""
        calibrated = "" if self._own_calibration else ", uncalibrated"
        if self.folder is None:
            return self.name + calibrated
        name = Path(self.name).name + (" in int8" if self.in_int8 else "")
        return f"{name}@{weights_sha256(weights_of(self.folder, self.kind))[:16]}{calibrated}"

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
                if self.is_bundled and weights and weights_sha256(weights) != self.bundled_sha256:
                    raise ModelError(
                        f"The {self.role}'s weights in {self.bundled} are not those it was built with; reinstall."
                    )
                self.network = load_network(
                    str(self.folder or self.name),
                    self.head,
                    role=self.role,
                    kind=self.kind,
                    local=self.folder is not None,
                    in_int8=self.in_int8,
                )
            return self.network


def load_network(name_or_path: str, head: str, *, role: str, kind: str, local: bool, in_int8: bool) -> Network:
    """Load a model with a head.

    Args:
        name_or_path: A folder, or the name of a Hugging Face model.
        head: Name of the class of transformers that has the head.
        role: What messages call it, e.g. `reader`.
        kind: What kind of model that is.
        local: Whether it is a folder; else it may be downloaded.
        in_int8: Whether the layers of one of ours are in int8.

    Raises ModelError if it cannot be loaded or has no such head.
    """
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from safetensors import SafetensorError

    dtype = torch.bfloat16 if bfloat16_pays() else torch.float32
    try:
        if local and is_ours(name_or_path):
            return load_ours(Path(name_or_path), head, torch.int8 if in_int8 else dtype)
        return load_pretrained(name_or_path, head, dtype, local=local)
    except (OSError, ValueError, KeyError, RuntimeError, AttributeError, SafetensorError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0].split(". ")[0].rstrip(".")
        raise ModelError(
            f"The {role} {name_or_path} cannot be loaded ({reason}); give a folder with {kind} of transformers, or the "
            "name of one that can be downloaded."
        ) from error
