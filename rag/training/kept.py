"""Keep what a reader made of a passage, so that a fit that was stopped, or is made anew, need not read it again."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from joblib import Memory

from index.models import sha256, weights_of
from rag.read.cascade import Cascade
from rag.read.spans import SpanModel, Window


class KeptModel(SpanModel):
    """A model in a folder, or one that comes with Footnote, which reads no passage twice for a question."""

    def __init__(self, model: SpanModel, folder: Path) -> None:
        """Read as `model` does, and keep what it says in `folder`, by the hash of its weights."""
        super().__init__(None if model.is_bundled else model.name)
        assert self.folder is not None
        self._weights = sha256(weights_of(self.folder, self.kind))
        self._kept = Memory(folder, verbose=0).cache(_read, ignore=["model"])

    def read(
        self, question: str, passages: Sequence[tuple[str, str]], scores: Sequence[float] = ()
    ) -> list[list[Window]]:
        """As the model itself; each passage is read alone, however many there are."""
        return [self._kept(self._weights, question, heading, text, self) for heading, text in passages]


def _read(weights: str, question: str, heading: str, text: str, model: SpanModel) -> list[Window]:
    (windows,) = SpanModel.read(model, question, [(heading, text)])
    return windows


def kept(model: SpanModel | Cascade, folder: Path | None) -> SpanModel | Cascade:
    """The same reader, or both of a cascade, with what they say kept in a folder, if there is one."""
    if folder is None:
        return model
    if isinstance(model, Cascade):
        return replace(model, small=KeptModel(model.small, folder), better=KeptModel(model.better, folder))
    return KeptModel(model, folder)
