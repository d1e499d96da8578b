"""Two readers in turn: a small one reads every passage, and a better one those that say most."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rag.adapter import is_adapter
from rag.networks import BASE, SMALL
from rag.read.spans import SpanModel, Window

REREAD = (3, 5, 8)  #: how many passages the better one has read after each turn; it goes on while it is not sure
#: Log-odds of an answer in a passage, from which on the better one reads no further. On development questions of eleven
#: corpora, sixteen passages found for each, it reads six on average so, and the answer is among them for .88.
SURE = 2.0
#: How much a passage's score in the search counts beside the log-odds that the small one gives it. On development
#: questions of eleven corpora the right passage is among three for .81 of them with it, .79 without, .76 by it alone.
SEARCH = 12.0


@dataclass(frozen=True, slots=True)
class Cascade:
    """Reads as the better model does, in the time of a few passages; the others count as not found."""

    small: SpanModel
    better: SpanModel

    @property
    def identity(self) -> str:
        """Names of both."""
        return f"{self.small.identity}, then {self.better.identity}"

    @property
    def calibration_folder(self) -> Path:
        """Where the better one's calibration is."""
        return self.better.calibration_folder

    def load(self) -> None:
        """Load both now. Raises ModelError if one cannot be used."""
        self.small.load()
        self.better.load()

    def read(
        self, question: str, passages: Sequence[tuple[str, str]], scores: Sequence[float] = ()
    ) -> list[list[Window]]:
        """The better model's windows of the passages that hold the likeliest answers; none of the others.

        `scores` are the passages' in the search; without them they count alike.

        What two models say of a passage cannot be compared, so that nothing is left of what the small one made of it.
        """
        first = self.small.read(question, passages)
        said = [
            _log_odds(windows, passage) + SEARCH * score
            for windows, passage, score in zip(first, passages, scores or [0.0] * len(passages), strict=True)
        ]
        order = sorted(range(len(passages)), key=said.__getitem__, reverse=True)
        again: dict[int, list[Window]] = {}
        for start, stop in pairwise((0, *REREAD)):
            part = order[start:stop]
            # A line of the document's head that stands above a passage is none of its own.
            if part and all(_log_odds(again[number], ("", passages[number][1])) < SURE for number in again):
                again |= zip(part, self.better.read(question, [passages[number] for number in part]), strict=True)
        return [again.get(number, []) for number in range(len(passages))]

    def reread(self, question: str, passages: Sequence[tuple[str, str]]) -> list[list[Window]]:
        """The better model's windows of a few texts."""
        return self.better.reread(question, passages)


def _log_odds(windows: Sequence[Window], passage: tuple[str, str]) -> float:
    """Those of an answer anywhere in a passage, or in the heading right above it, against there being none."""
    heading, text = passage
    above = len(heading.rpartition("\n")[2]) + 1 if heading else 0
    return max((window.mass(-above, len(text)) for window in windows), default=float("-inf"))


def open_model(name_or_path: str) -> SpanModel | Cascade:
    """The model that a name stands for; an adapter, which is laid on a large base, reads after the small one.

    Raises ModelError for a path that is no folder.
    """
    fast = name_or_path == BASE
    model = SpanModel(name_or_path, may_be_in_int8=fast)
    small = SpanModel(SMALL, may_be_in_int8=fast)
    return Cascade(small, model) if model.folder and is_adapter(str(model.folder)) else model
