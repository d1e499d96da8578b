"""How sure an answer is, by figures of its best sentence that mean the same whatever else is indexed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from rag.networks import CALIBRATION, probability

#: What is weighed: of a sentence, to rank it; and of the best one, whether the documents speak of what is asked,
#: whether they then say it, and whether they say it there.
SENTENCE = ("mass", "cosine", "bm25", "passage", "context")
TOPIC = ("near", "anywhere", "cosine", "mass")
ANSWER = ("mass", "alone")
QUOTED = ("share",)
CONSTANT = "constant"
LIKELY = 0.5
#: How sure at most an answer is that the documents rather do not give: in a short one nothing rivals any sentence. Of
#: the questions that the base reader's calibration was fitted on, 143 were answered so, and nine of them rightly.
UNSAID = 0.15


Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Figures:
    """What speaks for the best sentence. None of it depends on documents that have nothing to do with the question."""

    near: float  #: share of the question's weight that its passage, title, heading, file name and header hold
    anywhere: float  #: share that its document holds
    cosine: float  #: of its passage's embedding and the question's
    mass: float = 0.0  #: log-odds, by the reader, that the answer is in it and not elsewhere
    alone: float = 0.0  #: the same where it is read by itself: among others like it, a row is taken for one of them
    share: float = 0.0  #: log-odds of the share of what speaks for any sentence that does not speak for a rival
    topic: float = 0.0  #: probability that the documents speak of what is asked
    spoken_of: float | None = None  #: the same if the reader, which counts there, could not decide; None without one
    answer: float = 1.0  #: probability that they then say it
    quoted: float = 1.0  #: probability that this sentence is what then says it

    @property
    def confidence(self) -> float:
        """The probability that this sentence is the answer."""
        return float(joint(self.topic * self.answer, self.quoted))

    @property
    def told(self) -> dict[str, float]:
        """Those that there are, by name."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @property
    def why_not(self) -> str:
        """At which step an answer is refused that is not sure enough, a sentence."""
        if (self.topic if self.spoken_of is None else self.spoken_of) < LIKELY:
            return "Nothing in the documents seems to speak of this."
        if self.topic * self.answer < LIKELY:
            return "The documents speak of this, but do not seem to say what is asked."
        if self.quoted < LIKELY:
            return "Several passages may say it, and none of them surely enough to be given as the answer."
        return "The documents may say it, but not surely enough to be given as an answer."


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights fitted on held-out questions by `rag.training.fit`; they belong to one model's logits."""

    sentence: Mapping[str, float]  #: of a sentence's features
    topic: Mapping[str, float]  #: of what tells whether the documents speak of it at all
    answer: Mapping[str, float]  #: of what tells whether they then say what is asked
    quoted: Mapping[str, float]  #: of what tells whether the best sentence is what then says it
    min_confidence: float

    @classmethod
    def read(cls, folder: Path) -> "Calibration":
        """Read what the fit has written beside the model's weights. Raises ModelError if it does not fit."""
        path = folder / CALIBRATION
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            weights = {
                "sentence": _weights(data["sentence"], SENTENCE),
                "topic": _weights(data["topic"], (*TOPIC, CONSTANT)),
                "answer": _weights(data["answer"], (*ANSWER, CONSTANT)),
                "quoted": _weights(data["quoted"], (*QUOTED, CONSTANT)),
            }
            return cls(**weights, min_confidence=float(data["min_confidence"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{path} does not fit this version ({error}); fit the reader's calibration anew with "
                "`python -m rag.training.card`."
            ) from error

    def weigh(self, figures: Figures) -> Figures:
        """The figures with the probabilities that the documents speak of what is asked, then say it, and say it there.

        One fit of all would take a question near to the topic for answered.
        """
        undecided = -self.answer[CONSTANT] / max(1e-6, self.answer["mass"] + self.answer["alone"])
        spoken_of = logistic(replace(figures, mass=undecided), self.topic)
        parts = {name: logistic(figures, getattr(self, name)) for name in ("topic", "answer", "quoted")}
        return replace(figures, spoken_of=spoken_of, **parts)


def joint(said: float | Floats, quoted: float | Floats) -> Floats:
    """The probability that a sentence is the answer, of that the documents say it, and that they then say it there."""
    sure = np.multiply(said, quoted)
    return np.asarray(np.where(np.greater_equal(said, LIKELY), sure, np.minimum(sure, UNSAID)))


def _weights(given: object, names: tuple[str, ...]) -> dict[str, float]:
    if not isinstance(given, dict) or set(given) != set(names):
        raise ValueError(f"it needs the weights {', '.join(names)}")
    return {name: float(given[name]) for name in names}


def logistic(figures: Figures, weights: Mapping[str, float]) -> float:
    """The probability by a fit's weights, the constant among them."""
    values = asdict(figures) | {CONSTANT: 1.0}
    return probability(sum(weight * values[name] for name, weight in weights.items()))
