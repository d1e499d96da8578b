"""The support model: how likely it is that evidence bears out a claim."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from rag.adapter import is_adapter
from rag.heads import MODELS, Network
from rag.networks import CALIBRATION, OwnedNetwork, probability
from rag.verify.facts import Mismatch, answer_overlap, overlap, pair_overlap

MAX_LENGTH = 256  #: tokens of evidence and claim together; longer evidence is read in windows
STRIDE = 64  #: tokens that two windows share
BATCH = 32
FACTS = ("number", "name", "negation", "contrast", "exchange")
FEATURES = 4 + len(FACTS)
ENTAILMENT = ("entailment", "entailed", "supported", "supports", "grounded", "consistent")  #: names of the label wanted


@dataclass(frozen=True, slots=True)
class SupportCalibration:
    """Weights fitted on claims that the model was not trained on, by `rag.training.support.fit`."""

    weights: tuple[float, ...]  #: of the features, the constant last, for the probability that a claim is borne out
    weak: float  #: probability from which it may be
    strict: tuple[float, ...]  #: of the features, the constant last, to tell a claim from one changed in one place
    supported: float  #: log-odds by these from which it is supported

    @classmethod
    def read(cls, folder: Path) -> "SupportCalibration":
        """Read what the fit has written beside the model's weights. Raises ModelError if it does not fit."""
        try:
            data = json.loads((folder / CALIBRATION).read_text(encoding="utf-8"))
            weights, strict = (tuple(map(float, data[name])) for name in ("weights", "strict"))
            if {len(weights), len(strict)} != {FEATURES + 1}:
                raise ValueError("another number of weights")
            return cls(weights, float(data["weak"]), strict, float(data["supported"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"{folder / CALIBRATION} does not fit this version ({error}); fit the support model's calibration anew."
            ) from error

    def probability(self, features: Sequence[float]) -> float:
        """The probability that a claim with these features is borne out."""
        return probability(_weighed(features, self.weights))

    def says_the_same(self, features: Sequence[float]) -> bool:
        """Whether the evidence says just this, and not something changed in one place."""
        return _weighed(features, self.strict) >= self.supported


def _weighed(features: Sequence[float], weights: Sequence[float]) -> float:
    *slopes, offset = weights
    return sum(slope * feature for slope, feature in zip(slopes, features, strict=True)) + offset


def support_features(claim: str, evidence: str, log_odds: float, found: Sequence[Mismatch]) -> tuple[float, ...]:
    """What a claim is judged by: the model, the words in common, and the facts that are missing, at most two a kind."""
    kinds = Counter[str](one.kind for one in found)
    shared = (overlap(claim, evidence), pair_overlap(claim, evidence), answer_overlap(claim, evidence))
    return log_odds, *shared, *(float(min(2, kinds[kind])) for kind in FACTS)


class SupportModel(OwnedNetwork):
    """A model that classifies pairs of texts."""

    head = "AutoModelForSequenceClassification"
    role = "support model"
    kind = "a natural-language-inference or grounding model"
    bundled = MODELS / "support"
    bundled_sha256 = "9a31f338d7c22ca6f3c4e6357302b82af0993a6b2e9f493d1430f3e5c6015a30"
    adapted = MODELS / "support-base"

    @cached_property
    def calibration(self) -> SupportCalibration:
        """That of the model's own folder, else of the bundled one."""
        return SupportCalibration.read(self.calibration_folder)

    def log_odds(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float64]:
        """For each pair of evidence and claim, the log-odds that the evidence bears the claim out, shape (pairs,).

        Of evidence that is longer than the model reads at once, the stretch that says most counts.
        """
        with self._lock:
            network = self.load()
            claim_first = self.folder is not None and is_adapter(str(self.folder))  # so they were trained
            network.tokenizer.enable_truncation(MAX_LENGTH, stride=STRIDE, strategy="longest_first")
            owners, windows = [], []
            for owner, (evidence, claim) in enumerate(pairs):
                encoding = network.tokenizer.encode(*((claim, evidence) if claim_first else (evidence, claim)))
                for window in (encoding, *encoding.overflowing):
                    owners.append(owner)
                    windows.append(window)
            odds = np.full(len(pairs), -np.inf)
            order = sorted(range(len(windows)), key=lambda n: len(windows[n].ids))
            for start in range(0, len(order), BATCH):
                batch = order[start : start + BATCH]
                logits = np.stack(network([windows[n] for n in batch]))
                for n, value in zip(batch, self._log_odds(logits, network), strict=True):
                    odds[owners[n]] = max(odds[owners[n]], value)
        return odds

    def _log_odds(self, logits: NDArray[np.float32], network: Network) -> NDArray[np.float64]:
        if logits.shape[1] == 1:
            return logits[:, 0].astype(np.float64)
        labels = {name.lower(): number for number, name in network.labels.items()}
        wanted = next((labels[name] for name in ENTAILMENT if name in labels), None)
        if wanted is None:
            raise ModelError(
                f"None of the labels of {self.name} ({', '.join(labels)}) means support; give another model."
            )
        others = np.delete(logits.astype(np.float64), wanted, axis=1)
        odds: NDArray[np.float64] = logits[:, wanted].astype(np.float64) - np.logaddexp.reduce(others, axis=1)
        return odds
