"""What a model and similarity make of sentences, and how these are ranked by it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.types import Hit, IndexedDocument
from rag.read.choosing import is_further_part
from rag.read.confidence import SENTENCE, Figures
from rag.read.context import Context
from rag.read.evidence import Candidate
from rag.read.sentences import Likeness, Place
from rag.read.tables import cells_of

LEAST_SHARE = 1e-3  #: and 1 less this is the most, of what speaks for any sentence, that is told apart


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


def ranked(evidence: Sequence[Evidence], weights: Mapping[str, float]) -> tuple[Candidate, ...]:
    """The sentences by what each feature weighs, best first; their scores add up to one."""
    logits = np.array([one.features for one in evidence]) @ np.array([weights[name] for name in SENTENCE])
    shares = np.exp(logits - np.logaddexp.reduce(logits))
    return tuple(_candidate(evidence[i], float(shares[i])) for i in np.argsort(-shares, kind="stable"))


def best_of(evidence: Sequence[Evidence], candidates: Sequence[Candidate]) -> Evidence:
    """What the first of the sentences ranked was weighed by."""
    return next(one for one in evidence if one.place == candidates[0].place)


def figures_of(best: Evidence, alone: float, among: Sequence[Candidate]) -> Figures:
    """What speaks for a sentence that was read alone, too, `among` all that were weighed."""
    return Figures(best.context.near, best.context.anywhere, best.hit.cosine, best.mass, alone, _share(best, among))


def _share(best: Evidence, among: Sequence[Candidate]) -> float:
    """Log-odds of the share of what does not rival a sentence: it, and what goes with it of those that rank after it.

    Nothing is doubted for being said twice, or in two sentences, but for what ranks before it and cannot be quoted.
    """
    places = [one.place for one in among]
    first, *after = among[places.index(best.place) :]
    share = first.score + sum(one.score for one in after if _goes_with(one, first))
    share = min(max(share, LEAST_SHARE), 1 - LEAST_SHARE)
    return float(np.log(share / (1 - share)))


def _goes_with(one: Candidate, first: Candidate) -> bool:
    """Whether a sentence has the same answer as another, stands beside it, or is a further part in its document.

    Rows, and keys with their values, are rivals, also where the reader takes them for parts: of a list of officers,
    each might be the one meant.
    """
    if _plain(one.focus) == _plain(first.focus):
        return True
    if one.document is not first.document or (_is_row(one) and _is_row(first)):
        return False
    return (abs(one.position - first.position) <= 1 and not _is_row(one)) or is_further_part(one, first)


def _is_row(one: Candidate) -> bool:
    return bool(cells_of(one.document, one.position))


def _plain(answer: str | None) -> str:
    return " ".join((answer or "").casefold().split()).strip(".,;:!?\"'“”‘’()")


def _candidate(evidence: Evidence, share: float) -> Candidate:
    span = evidence.document.text[slice(*evidence.span)]
    return Candidate(evidence.document, evidence.position, share, span, evidence.relevance, span)
