"""The reader model: where in a passage a question's answer stands, against its not being there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.files.tables.rows import DIVIDER
from rag.heads import MODELS, Network
from rag.networks import OwnedNetwork

if TYPE_CHECKING:
    from tokenizers import Encoding

MAX_LENGTH = 256  #: tokens of question, title and passage together; longer passages are read in windows
STRIDE = 64  #: tokens that two windows of a passage share
MAX_QUESTION = 64  #: tokens of a question that are read
MAX_SPAN = 48  #: tokens of an answer
BATCH = 16  #: windows

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Window:
    """What the model makes of a stretch of a passage: logits of the tokens at which an answer may start or end."""

    offsets: NDArray[np.int64]  #: shape (tokens, 2), of each token in the passage; negative in the heading before it
    start: Floats  #: shape (tokens,)
    end: Floats  #: shape (tokens,)
    null: float  #: start and end logits of "not here", added
    belongs: Floats | None = None  #: shape (tokens,), log-odds that a token is of a sentence that is part of the answer

    def best_span(self, begin: int, stop: int) -> tuple[float, int, int] | None:
        """The best answer inside `begin:stop` of the passage, with its margin over "not here".

        Returns None if no token stands there.
        """
        first, last = self._tokens(begin, stop)
        if first == last:
            return None
        scores = self.start[first:last, None] + self.end[None, first:last]
        allowed = np.triu(np.ones(scores.shape, dtype=bool)) & ~np.triu(np.ones(scores.shape, dtype=bool), MAX_SPAN)
        scores = np.where(allowed, scores, -np.inf)
        one, other = np.unravel_index(int(scores.argmax()), scores.shape)
        margin = float(scores[one, other]) - self.null
        return margin, int(self.offsets[first + one, 0]), int(self.offsets[first + other, 1])

    def unrivalled(self, begin: int, stop: int, found: tuple[int, int]) -> float:
        """The share of what speaks for `begin:stop` that speaks for spans which overlap the one found, 0 to 1."""
        first, last = self._tokens(begin, stop)
        offsets = self.offsets[first:last]
        starts = np.exp(self.start[first:last] - np.logaddexp.reduce(self.start[first:last]))
        ends = np.exp(self.end[first:last] - np.logaddexp.reduce(self.end[first:last]))
        return float(starts[offsets[:, 0] < found[1]].sum() * ends[offsets[:, 1] > found[0]].sum())

    def mass(self, begin: int, stop: int) -> float:
        """As the margin, of all answers inside `begin:stop` together: it does not matter where exactly they end."""
        first, last = self._tokens(begin, stop)
        if first == last:
            return -np.inf
        total = np.logaddexp.reduce(self.start[first:last]) + np.logaddexp.reduce(self.end[first:last])
        return float(total) - self.null

    def relevance(self, begin: int, stop: int) -> float | None:
        """Log-odds that the sentence at `begin:stop` is a part of the answer; None of a model that does not tell."""
        first, last = self._tokens(begin, stop)
        return float(self.belongs[first:last].mean()) if self.belongs is not None and first < last else None

    def _tokens(self, begin: int, stop: int) -> tuple[int, int]:
        first = int(np.searchsorted(self.offsets[:, 0], begin, side="left"))
        last = int(np.searchsorted(self.offsets[:, 1], stop, side="right"))
        return first, max(first, last)


class SpanModel(OwnedNetwork):
    """A model with a question-answering head."""

    head = "AutoModelForQuestionAnswering"
    role = "reader"
    kind = "an extractive question-answering model"
    bundled = MODELS / "reader"
    bundled_sha256 = "2e08323dc7d9b13cd1ef6501d7f9031b1c2c5e24aada264119aa872f3b8fea3e"
    adapted = MODELS / "reader-base"

    def read(
        self, question: str, passages: Sequence[tuple[str, str]], scores: Sequence[float] = ()
    ) -> list[list[Window]]:
        """Read passages, each a heading (or nothing) and a text; gives the windows of each text.

        All are read, whatever their `scores` in the search.
        """
        if not passages:
            return []
        with self._lock:
            network = self.load()
            encoded = [list(_encode(network, question, heading, text)) for heading, text in passages]
            flat = [encoding for windows in encoded for encoding, _, _ in windows]
            logits = [said for start in range(0, len(flat), BATCH) for said in network(flat[start : start + BATCH])]
        remaining = iter(logits)
        return [[_window(network, *window, next(remaining)) for window in windows] for windows in encoded]

    def reread(self, question: str, passages: Sequence[tuple[str, str]]) -> list[list[Window]]:
        """The same of a few texts, by the better model where there are two."""
        return self.read(question, passages)


def _encode(network: Network, question: str, heading: str, text: str) -> "Iterator[tuple[Encoding, int, int]]":
    """The windows of a text; for each, the length of what stands before it, and where what it has of the text begins.

    Rows of tables are not cut, if they fit a window: what is left of one would be read as if it were another.
    """
    tokenizer = network.tokenizer
    tokenizer.no_truncation()
    asked = tokenizer.encode(question, add_special_tokens=False)
    if len(asked.ids) > MAX_QUESTION:
        question = question[: asked.offsets[MAX_QUESTION - 1][1]]
    before = f"{heading}\n" if heading else ""
    whole = tokenizer.encode(question, before + text)
    parts = [(0, text)]
    if len(whole.ids) > MAX_LENGTH and DIVIDER in text:
        room = MAX_LENGTH - len(tokenizer.encode(question, before).ids)
        parts = list(
            _of_whole_lines(text, room, lambda line: len(tokenizer.encode(line, add_special_tokens=False).ids))
        )
    tokenizer.enable_truncation(MAX_LENGTH, stride=STRIDE, strategy="only_second")
    for begin, part in parts:
        encoding = tokenizer.encode(question, before + part)
        for window in (encoding, *encoding.overflowing):
            yield window, len(before), begin


def _of_whole_lines(text: str, room: int, count: Callable[[str], int]) -> Iterator[tuple[int, str]]:
    """Stretches of lines that have room together, and where each begins."""
    start = end = used = 0
    for line in text.splitlines(keepends=True):
        size = count(line)
        if used and used + size > room:
            yield start, text[start:end]
            start, used = end, 0
        end += len(line)
        used += size
    yield start, text[start:end]


def _window(network: Network, encoding: "Encoding", before: int, begin: int, said: Floats) -> Window:
    start, end = said[:, 0], said[:, 1]
    offsets = np.array(encoding.offsets, dtype=np.int64) - before
    offsets[offsets[:, 0] >= 0] += begin
    inside = np.array([sequence == 1 for sequence in encoding.sequence_ids]) & (offsets[:, 1] > offsets[:, 0])
    cls = encoding.ids.index(network.cls) if network.cls in encoding.ids else 0
    belongs = said[inside, 2] if said.shape[1] > 2 else None
    return Window(offsets[inside], start[inside], end[inside], float(start[cls] + end[cls]), belongs)
