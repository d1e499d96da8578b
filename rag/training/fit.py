"""Fit how the reader's sentences are ranked, and its confidence, on held-out questions.

The figures are those of fits that have not seen the corpus they are of: each is left out in turn. With a single
corpus, each half of its documents is judged by a fit on the other.
"""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.metrics import roc_auc_score

from rag.networks import CALIBRATION
from rag.read.confidence import ANSWER, CONSTANT, QUOTED, SENTENCE, TOPIC, Figures, joint
from rag.read.similarity import WEIGHED
from rag.read.weighing import figures_of, ranked
from rag.training.corpora import ask_everything
from rag.training.dev import Asking

Floats = NDArray[np.float64]

REFUSED = 0.05  #: of the questions that would be answered rightly, at most, that the threshold refuses
MIX = {"own": 2.0, "near": 0.5, "far": 0.5}  #: what kinds of questions people are taken to ask: two in three answerable
FEWEST = 20  #: questions of a kind that a corpus needs for its full weight
# What is used: columns of `Evidence.features`, and parts of the confidence.
ENGINES = {
    "similarity": ((1, 2, 3, 4), ("similarity",)),
    "reader": ((0,), ("answer", "quoted")),
    "combined": ((0, 1, 2, 3, 4), ("topic", "answer", "quoted")),
}
PARTS = {"similarity": WEIGHED, "topic": TOPIC, "answer": ANSWER, "quoted": QUOTED}
#: Held low: features differ in scale, and a weight that one of a small scale needs, as a passage's score, is large.
RIDGE = 1e-4
BINS = 10


def features(asking: Asking) -> Floats:
    """The features of an asking's sentences, a row each."""
    return np.array([one.features for one in asking.evidence])


def fit_sentences(askings: Sequence[Asking], columns: Sequence[int]) -> Floats:
    """The weights of a sentence's features under which the right one is the most probable; none counts against it.

    They are 0 but for `columns`.
    """
    data = [(features(a)[:, columns], np.array(a.right, dtype=float)) for a in askings if a.found]

    def loss(weights: Floats) -> tuple[float, Floats]:
        total, gradient = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for rows, right in data:
            logits = rows @ weights
            shares = np.exp(logits - np.logaddexp.reduce(logits))
            hit = float(shares @ right)
            total -= np.log(hit) / len(data)
            gradient -= rows.T @ (shares * right / hit - shares) / len(data)
        return total, gradient

    weights = np.zeros(len(features(askings[0])[0]))
    bounds = [(0, None)] * len(columns)
    weights[list(columns)] = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return weights


def best(asking: Asking, weights: Floats) -> int:
    """The position of the sentence that is ranked first."""
    return int((features(asking) @ weights).argmax())


def fit_monotone(rows: Floats, truth: NDArray[np.bool_], weights: Floats) -> Floats:
    """A logistic fit, the constant last, in which no feature lowers the probability as it grows."""
    rows = np.column_stack([rows, np.ones(len(rows))])
    signs = np.where(truth, 1.0, -1.0)
    weights = weights / weights.sum()

    def loss(slopes: Floats) -> tuple[float, Floats]:
        margins = signs * (rows @ slopes)
        gradient = -rows.T @ (weights * signs * expit(-margins))
        return float(weights @ np.logaddexp(0, -margins) + RIDGE * slopes @ slopes), gradient + 2 * RIDGE * slopes

    bounds = [(0, None)] * (rows.shape[1] - 1) + [(None, None)]
    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x)


@dataclass(frozen=True, slots=True)
class Confidence:
    """Logistic fits by name; `similarity` stands for `topic` where there is no reader."""

    slopes: Mapping[str, Floats]

    def of(self, askings: Sequence[Asking], weights: Floats, parts: Sequence[str]) -> Floats:
        """The product of the parts named, as `Figures.confidence` has it."""
        told = {part: self.part(askings, weights, part) for part in parts}
        quoted = told.pop("quoted", None)
        said = np.asarray(np.prod(list(told.values()), axis=0))
        return said if quoted is None else joint(said, quoted)

    def part(self, askings: Sequence[Asking], weights: Floats, part: str) -> Floats:
        """The probability that one part gives."""
        *slopes, constant = self.slopes[part]
        return np.asarray(expit(weighed(askings, weights, PARTS[part]) @ np.array(slopes) + constant))


def fit_confidence(askings: Sequence[Asking], weights: Floats) -> Confidence:
    """Whether the documents speak of it; of those questions, whether they say what is asked; of these, whether there.

    The second only by documents that have questions of both kinds, lest it tells documents apart. Questions whose
    answer was not found say nothing of the answers that are, but that another sentence came first.
    """
    own = [asking for asking in askings if asking.kind == "own"]
    right = np.array([asking.right[best(asking, weights)] for asking in own], dtype=bool)
    quoted = fit_monotone(weighed(own, weights, QUOTED), right, mixed(own))
    askings = [asking for asking in askings if asking.kind != "own" or asking.found]
    both = {(asking.corpus, asking.document) for asking in askings if asking.kind == "near"}
    chosen = [one for one in askings if one.kind != "far" and (one.corpus, one.document) in both]
    slopes = {}
    for part, wanted, among in (("similarity", "far", askings), ("topic", "far", askings), ("answer", "near", chosen)):
        truth = np.array([asking.kind != wanted for asking in among])
        slopes[part] = fit_monotone(weighed(among, weights, PARTS[part]), truth, mixed(among))
    return Confidence(slopes | {"quoted": quoted})


def weighed(askings: Sequence[Asking], weights: Floats, names: Sequence[str]) -> Floats:
    """Those figures of the sentence ranked first, a row for each asking."""
    figures = [_figures_of(one, weights) for one in askings]
    return np.array([[getattr(one, name) for name in names] for one in figures])


def _figures_of(asking: Asking, weights: Floats) -> Figures:
    first = best(asking, weights)
    candidates = ranked(asking.evidence, dict(zip(SENTENCE, weights, strict=True)))
    return figures_of(asking.evidence[first], asking.alone[first], candidates)


def mixed(askings: Sequence[Asking]) -> Floats:
    """Weights that make the questions the mix that people are taken to ask, each corpus counting alike."""
    kinds = np.array([asking.kind for asking in askings])
    corpora = np.array([asking.corpus for asking in askings])
    weights = np.zeros(len(askings))
    for kind in set(kinds.tolist()):
        for corpus in set(corpora.tolist()):
            here = (kinds == kind) & (corpora == corpus)
            weights[here] = 1 / max(here.sum(), FEWEST)
        weights[kinds == kind] *= MIX[kind] / weights[kinds == kind].sum()
    return weights


def leave_out(askings: Sequence[Asking], seed: int) -> NDArray[np.int64]:
    """Which of the askings are judged together, by a fit that has seen none of them: a number for each."""
    corpora = sorted({asking.corpus for asking in askings})
    if len(corpora) > 1:
        return np.array([corpora.index(asking.corpus) for asking in askings])
    documents = sorted({asking.document for asking in askings} - {""})
    random.Random(seed).shuffle(documents)
    side = {document: number % 2 for number, document in enumerate(documents)}
    return np.array([side.get(asking.document, number % 2) for number, asking in enumerate(askings)])


def cross_fit(
    askings: Sequence[Asking], columns: Sequence[int], parts: Sequence[str], seed: int
) -> tuple[NDArray[np.bool_], Floats]:
    """For each asking, by a fit that has not seen its corpus: is the first sentence right, and how sure is it."""
    folds = leave_out(askings, seed)
    right, confidence = np.zeros(len(askings), dtype=bool), np.zeros(len(askings))
    for fold in set(folds.tolist()):
        seen = [asking for asking, where in zip(askings, folds, strict=True) if where != fold]
        unseen = [asking for asking, where in zip(askings, folds, strict=True) if where == fold]
        weights = fit_sentences(seen, columns)
        confidence[folds == fold] = fit_confidence(seen, weights).of(unseen, weights, parts)
        right[folds == fold] = [asking.right[best(asking, weights)] for asking in unseen]
    return right, confidence


def threshold_of(askings: Sequence[Asking], right: NDArray[np.bool_], confidence: Floats) -> float:
    """The confidence below which at most a share `REFUSED` of the questions lie whose first sentence is right.

    Each corpus counts alike. The confidences are of fits that had not seen their corpus, so that the share is what a
    further corpus of the kind may expect. Where none is right, all are refused.
    """
    if not right.any():
        return 1.0
    weights = mixed([asking for asking, is_right in zip(askings, right, strict=True) if is_right])
    return float(np.quantile(confidence[right], REFUSED, weights=weights, method="inverted_cdf"))


def calibration_error(
    confidence: Floats, truth: NDArray[np.bool_], weights: Floats
) -> tuple[float, list[tuple[float, float, float]]]:
    """The expected calibration error over ten bins, and each bin's mean confidence, share of truth and weight."""
    bins, total = [], 0.0
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    for number in range(BINS):
        inside = which == number
        if inside.any():
            said = float(np.average(confidence[inside], weights=weights[inside]))
            was = float(np.average(truth[inside], weights=weights[inside]))
            share = float(weights[inside].sum() / weights.sum())
            bins.append((said, was, share))
            total += abs(said - was) * share
    return total, bins


def fit(
    model: Path,
    data: Path,
    seed: int,
    corpora: Sequence[Path] = (),
    most: int | None = None,
    keep: Path | None = None,
) -> dict[str, Any]:
    """Fit the model's calibration, write it into its folder, and give the figures of the cross-fit."""
    return fit_to(model, ask_everything(model, data, corpora, seed, most, keep), seed)


def fit_to(model: Path, askings: Sequence[Asking], seed: int) -> dict[str, Any]:
    """The same of questions that have been asked."""
    askings = [asking for asking in askings if asking.evidence]
    weights = fit_sentences(askings, ENGINES["combined"][0])
    confidence = fit_confidence(askings, weights)
    figures = {name: _figures(askings, columns, parts, seed) for name, (columns, parts) in ENGINES.items()}
    figures["similarity"]["weights"] = _named((*WEIGHED, CONSTANT), confidence.slopes["similarity"])
    calibration = {
        "sentence": _named(SENTENCE, weights),
        "topic": _named((*TOPIC, CONSTANT), confidence.slopes["topic"]),
        "answer": _named((*ANSWER, CONSTANT), confidence.slopes["answer"]),
        "quoted": _named((*QUOTED, CONSTANT), confidence.slopes["quoted"]),
        "min_confidence": figures["combined"]["threshold"],
    }
    (model / CALIBRATION).write_text(json.dumps(calibration, indent=1) + "\n", encoding="utf-8")
    return figures


def _named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    return dict(zip(names, weights.round(4).tolist(), strict=True))


def _figures(askings: Sequence[Asking], columns: Sequence[int], parts: Sequence[str], seed: int) -> dict[str, Any]:
    right, confidence = cross_fit(askings, columns, parts, seed)
    threshold = threshold_of(askings, right, confidence)
    error, bins = calibration_error(confidence, right, mixed(askings))
    corpora = np.array([asking.corpus for asking in askings])
    by = {
        corpus: _of_corpus(
            [asking for asking in askings if asking.corpus == corpus],
            right[corpora == corpus],
            confidence[corpora == corpus],
            threshold,
        )
        for corpus in dict.fromkeys(corpora.tolist())
    }
    return {"threshold": round(threshold, 3), "ece": error, "bins": bins, "by": by}


def _of_corpus(
    askings: Sequence[Asking], right: NDArray[np.bool_], confidence: Floats, threshold: float
) -> dict[str, float | None]:
    kinds = np.array([asking.kind for asking in askings])
    own = kinds == "own"
    refused = confidence < threshold
    figures: dict[str, float | None] = {
        "questions": int(own.sum()),
        "answer found": _mean(np.array([asking.found for asking in askings])[own]),
        "first sentence": _mean(right[own]),
        "answerable refused": _mean(refused[own]),
        "of the right ones": _mean(refused[right]),
    }
    for kind in ("near", "far"):
        pair = own | (kinds == kind)
        some = own.any() and (kinds == kind).any()
        figures |= {
            f"{kind}, AUROC": float(roc_auc_score(own[pair], confidence[pair])) if some else None,
            f"{kind}, refused": _mean(refused[kinds == kind]),
        }
    return figures


def _mean(values: NDArray[Any]) -> float | None:
    return float(values.mean()) if len(values) else None
