"""What a model and similarity make of sentences, and how these are ranked by it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.types import Hit, IndexedDocument
from rag.read.confidence import SENTENCE, Calibration, Figures
from rag.read.context import Context
from rag.read.evidence import Candidate
from rag.read.sentences import Likeness, Place


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, how it resembles the question, and what the model makes of it."""

    likeness: Likeness
    mass: float  #: log-odds that the answer is in the sentence and not elsewhere, in the passage that says most
    margin: float  #: the same for the best span alone
    relevance: float | None  #: log-odds that the sentence is a part of the answer; None of a model that does not tell
    span: tuple[int, int]  #: the best span's place in the document
    unrivalled: float  #: share of what speaks for the sentence that speaks for that span, or for one that overlaps it
    hit: Hit  #: that passage
    context: Context  #: and what its document says of it

    @property
    def place(self) -> Place:
        """Which sentence it is."""
        return self.document.id, self.position

    @property
    def document(self) -> IndexedDocument:
        """Where the sentence stands."""
        return self.likeness.document

    @property
    def position(self) -> int:
        """Of the sentence, among those of its document."""
        return self.likeness.position

    @property
    def features(self) -> tuple[float, ...]:
        """What sentences are ranked by."""
        likeness = self.likeness
        return self.mass, likeness.cosine, likeness.bm25, likeness.passage, likeness.context


def ranked(evidence: Sequence[Evidence], calibration: Calibration) -> tuple[Candidate, ...]:
    """The sentences weighed, best first; their scores add up to one."""
    weights = np.array([calibration.sentence[name] for name in SENTENCE])
    logits = np.array([one.features for one in evidence]) @ weights
    shares = np.exp(logits - np.logaddexp.reduce(logits))
    return tuple(_candidate(evidence[i], float(shares[i])) for i in np.argsort(-shares, kind="stable"))


def best_of(evidence: Sequence[Evidence], candidates: Sequence[Candidate]) -> Evidence:
    """What the first of the sentences ranked was weighed by."""
    return next(one for one in evidence if one.place == candidates[0].place)


def figures_of(best: Evidence, alone: float) -> Figures:
    """What speaks for a sentence that was weighed, and read alone."""
    return Figures(best.context.near, best.context.anywhere, best.hit.cosine, best.mass, alone)


def _candidate(evidence: Evidence, share: float) -> Candidate:
    span = evidence.document.text[slice(*evidence.span)]
    return Candidate(evidence.document, evidence.position, share, span, evidence.relevance, span)
