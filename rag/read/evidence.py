"""The sentences that may answer a question, and what a reader makes of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.store.snapshot import Snapshot
from index.types import Hit, IndexedDocument, Sentence
from rag.ask.query import Query
from rag.read.confidence import Figures


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer the question; `score` compares within one question."""

    document: IndexedDocument
    position: int  #: of the sentence in `document.sentences`
    score: float  #: above 0
    span: str | None = None  #: the exact answer inside the sentence, where the reader knows one
    relevance: float | None = None  #: log-odds that it is a part of the answer, where the reader tells
    focus: str | None = None  #: the likeliest answer inside it, also where the reader does not know the exact one

    @property
    def sentence(self) -> Sentence:
        """Where the sentence stands in its document."""
        return self.document.sentences[self.position]

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.document.line(self.position)

    @property
    def place(self) -> tuple[str, int]:
        """What no other sentence shares: its document's id, and its position."""
        return self.document.id, self.position


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence, two adjacent ones, or a list, of a document: half-open positions in its sentences."""

    document: IndexedDocument
    first: int
    last: int
    span: str | None = None  #: the exact answer inside it, where the reader knows one
    answering: int | None = None  #: position of the sentence that span and focus are of; None where neither is known
    focus: str | None = None  #: the likeliest answer inside that sentence, exact or not

    @property
    def sentences(self) -> Sequence[Sentence]:
        """The sentences quoted."""
        return self.document.sentences[self.first : self.last]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What was worked out, said in a sentence, and the rows that it rests on."""

    text: str
    rows: tuple[Quotation, ...]
    answering: tuple[Quotation, ...] = ()  #: the rows that are asked for, where one is


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of the passages found: candidates, best first, and a calibrated probability."""

    candidates: tuple[Candidate, ...]
    confidence: float  #: that the first of them is the answer
    figures: Figures | None = None  #: what the probability is made of, where a reader has weighed it
    reckoned: Reckoned | None = None  #: what was worked out over rows of a table, where the question wants it
    why_not: str = ""  #: why an answer would be refused, where it is for another reason than the figures tell

    @property
    def why_refused(self) -> str:
        """At which step an answer fails that is not sure enough; nothing where that is not known."""
        return self.why_not or (self.figures.why_not if self.figures else "")


@dataclass(frozen=True, slots=True)
class Found:
    """What answers a question that is not read as a whole: one about documents, or one that asks for several things."""

    hits: list[Hit]
    reading: Reading
    snapshot: Snapshot  #: that holds them
    notices: tuple[str, ...] = ()


class Reader(Protocol):
    """Finds the sentences that answer a question; threads may share it."""

    @property
    def identity(self) -> str:
        """Name of the model, and its weights where they are known."""

    @property
    def min_confidence(self) -> float:
        """The default threshold of refusal: few right answers are less sure."""

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Read the passages found for a question."""

    def warm_up(self) -> None:
        """Load now what is otherwise loaded at the first question."""
