"""The reader: which sentences of the passages found answer the question, and whether any does."""

import json
import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.embedding import Embedder
from index.errors import ModelError
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.ask.query import Query
from rag.networks import CALIBRATION
from rag.read.evidence import Candidate, Reader, Reading
from rag.read.sentences import Likeness, SentenceSimilarity, sentences_within
from rag.read.similarity import SimilarityReader
from rag.read.spans import SpanModel

SIMILARITY = "similarity"  #: the name of the reader that has no model
LENGTHS = {"sentence": 5, "topic": 4, "answer": 2}  #: of the weights of a calibration
MAX_HEADING_WORDS = 24


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights fitted on held-out questions by `rag.training.fit`; they belong to one model's logits."""

    sentence: tuple[float, ...]  #: of a sentence's features
    topic: tuple[float, ...]  #: of what tells whether the documents speak of it at all, the constant last
    answer: tuple[float, ...]  #: of what tells whether they then say what is asked, the constant last
    min_confidence: float

    @classmethod
    def read(cls, folder: Path) -> "Calibration":
        """Read what the fit has written beside the model's weights. Raises ModelError if it does not fit."""
        try:
            data = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
            weights = {name: tuple(map(float, data[name])) for name in LENGTHS}
            if {name: len(values) for name, values in weights.items()} != LENGTHS:
                raise ValueError("another number of weights")
            return cls(**weights, min_confidence=float(data["min_confidence"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{folder / CALIBRATION} does not fit this version ({error}); fit the reader's calibration anew."
            ) from error

    def confidence(self, topic: Sequence[float], answer: Sequence[float]) -> float:
        """The probability that the documents speak of it, times that they then say what is asked.

        One fit of both would take a question near to the topic for answered.
        """
        return _logistic(topic, self.topic) * _logistic(answer, self.answer)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, how it resembles the question, and what the model makes of it."""

    likeness: Likeness
    mass: float  #: log-odds that the answer is in the sentence and not elsewhere, in the passage that says most
    margin: float  #: the same for the best span alone
    span: tuple[int, int]  #: the best span's place in the document

    @property
    def features(self) -> tuple[float, ...]:
        """What sentences are ranked by."""
        likeness = self.likeness
        return self.mass, likeness.cosine, likeness.bm25, likeness.passage, likeness.context


class SpanReader:
    """Reads with an extractive question-answering model, and weighs what it says with similarity."""

    def __init__(self, model: SpanModel, embedder: Embedder, calibration: Calibration) -> None:
        """Read with `model`; `calibration` turns what it says into probabilities."""
        self._model = model
        self._similarity = SentenceSimilarity(embedder)
        self._calibration = calibration

    @property
    def identity(self) -> str:
        """Name of the model, and the start of its weights' hash."""
        return self._model.identity

    @property
    def min_confidence(self) -> float:
        """The threshold that was chosen on held-out questions."""
        return self._calibration.min_confidence

    def warm_up(self) -> None:
        """Load the model."""
        self._model.load()

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Score every sentence of the passages found."""
        evidence = self.weigh(query, hits, snapshot)
        if not evidence:
            return Reading((), 0.0)
        logits = np.array([one.features for one in evidence]) @ np.array(self._calibration.sentence)
        shares = np.exp(logits - np.logaddexp.reduce(logits))
        order = np.argsort(-shares, kind="stable")
        candidates = tuple(_candidate(evidence[i], float(shares[i])) for i in order)
        best = evidence[int(order[0])]
        return Reading(
            candidates,
            self._calibration.confidence(topic_features(hits, len(snapshot.passages), best), answer_features(best)),
        )

    def weigh(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> list[Evidence]:
        """What the model and similarity make of every sentence of the passages found."""
        read = self._model.read(query.text, [(heading(hit, snapshot), hit.passage.text) for hit in hits])
        best: dict[tuple[str, int], tuple[float, float, tuple[int, int]]] = {}
        for hit, windows in zip(hits, read, strict=True):
            passage = hit.passage
            sentences = snapshot.documents[passage.document_id].sentences
            for position in sentences_within(passage, snapshot):
                begin = max(sentences[position].start - passage.start, 0)
                stop = min(sentences[position].end, passage.end) - passage.start
                for window in windows:
                    if found := window.best_span(begin, stop):
                        margin, first, last = found
                        while last < stop and unicodedata.combining(passage.text[last]):
                            last += 1  # tokens leave out the accents of decomposed letters
                        seen = window.mass(begin, stop), margin, (passage.start + first, passage.start + last)
                        place = passage.document_id, position
                        best[place] = max(best.get(place, seen), seen)
        return [
            Evidence(one, *best[place])
            for one in self._similarity.measure(query.text, hits, snapshot)
            if (place := (one.document.document.id, one.position)) in best
        ]


def topic_features(hits: Sequence[Hit], passages: int, best: Evidence) -> tuple[float, ...]:
    """What tells whether the documents speak of it.

    The best passage's score, among how many it is the best, and what the model makes of the best sentence.
    """
    return hits[0].score, math.log10(passages), best.mass


def answer_features(best: Evidence) -> tuple[float, ...]:
    """What tells whether the best sentence says what is asked."""
    return (best.mass,)


def open_reader(name: str | None, embedder: Embedder) -> Reader:
    """The reader that a name stands for: the bundled one by default, `similarity`, or another model."""
    if name == SIMILARITY:
        return SimilarityReader(embedder)
    model = SpanModel(name)
    return SpanReader(model, embedder, Calibration.read(model.calibration_folder))


def _candidate(evidence: Evidence, share: float) -> Candidate:
    likeness = evidence.likeness
    return Candidate(
        likeness.document, likeness.position, share, likeness.document.document.text[slice(*evidence.span)]
    )


def heading(hit: Hit, snapshot: Snapshot) -> str:
    """The title and heading that a passage stands under, without which it may not say what it is about."""
    title = snapshot.documents[hit.passage.document_id].document.title
    parts = dict.fromkeys((title, hit.passage.heading))
    return "\n".join(" ".join(part.split()[:MAX_HEADING_WORDS]) for part in parts if part)


def _logistic(features: Sequence[float], weights: Sequence[float]) -> float:
    *slopes, offset = weights
    value = sum(slope * feature for slope, feature in zip(slopes, features, strict=True)) + offset
    return 1 / (1 + math.exp(-max(-50.0, value)))
