"""Fit how the reader's sentences are ranked, and its confidence, on held-out questions.

The figures are those of a fit on one half of the documents for the other half, so that none is of a document
it was fitted on.
"""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.embedding import SentenceEmbedder
from rag.ask.kinds import asks_for_several
from rag.networks import CALIBRATION
from rag.read.reader import Calibration, SpanReader, answer_features, topic_features
from rag.read.spans import SpanModel
from rag.training.dev import Asking, ask_all, ask_each, held_out_documents
from rag.training.written import read_written

Floats = NDArray[np.float64]

REFUSED = 0.08  #: of the answerable questions that the threshold may refuse
MIX = {"own": 2.0, "near": 0.5, "far": 0.5}  #: what kinds of questions people are taken to ask: two in three answerable
# What is used: columns of `Evidence.features`, and parts of the confidence.
ENGINES = {
    "similarity": ((1, 2, 3, 4), ("similarity",)),
    "reader": ((0,), ("answer",)),
    "combined": ((0, 1, 2, 3, 4), ("topic", "answer")),
}
OF_SEARCH = 2  #: of the features of the topic, those that need no reader
RIDGE = 1e-3
BINS = 10
UNFITTED = Calibration((), (), (), 0.0)  #: enough to weigh sentences with


def features(asking: Asking) -> Floats:
    """The features of an asking's sentences, a row each."""
    return np.array([one.features for one in asking.evidence])


def fit_sentences(askings: Sequence[Asking], columns: Sequence[int]) -> Floats:
    """The weights of a sentence's features under which the right one is the most probable; 0 but for `columns`."""
    data = [(features(a)[:, columns], np.array(a.right, dtype=float)) for a in askings if any(a.right)]

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
    weights[list(columns)] = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B").x
    return weights


def best(asking: Asking, weights: Floats) -> int:
    """The position of the sentence that is ranked first."""
    return int((features(asking) @ weights).argmax())


@dataclass(frozen=True, slots=True)
class Confidence:
    """Two logistic fits, whose product is the confidence; `similarity` stands for `topic` where there is no reader."""

    similarity: LogisticRegression
    topic: LogisticRegression
    answer: LogisticRegression

    def of(self, askings: Sequence[Asking], weights: Floats, parts: Sequence[str]) -> Floats:
        """The product of the parts named."""
        product = np.ones(len(askings))
        if "similarity" in parts:
            product *= self.similarity.predict_proba(_topic_features(askings, weights)[:, :OF_SEARCH])[:, 1]
        if "topic" in parts:
            product *= self.topic.predict_proba(_topic_features(askings, weights))[:, 1]
        if "answer" in parts:
            product *= self.answer.predict_proba(_answer_features(askings, weights))[:, 1]
        return product


def fit_confidence(askings: Sequence[Asking], weights: Floats) -> Confidence:
    """Whether the documents speak of it; and of those questions, whether they say what is asked.

    The second only by documents that have questions of both kinds, lest it tells documents apart.
    """
    kinds = np.array([asking.kind for asking in askings])
    both = {asking.document for asking in askings if asking.kind == "near"}
    asked_on_both = np.array([asking.document in both for asking in askings]) & (kinds != "far")
    chosen = [asking for asking, inside in zip(askings, asked_on_both, strict=True) if inside]
    similarity, topic, answer = (LogisticRegression(C=100.0, max_iter=2000) for _ in range(3))
    about = _topic_features(askings, weights)
    similarity.fit(about[:, :OF_SEARCH], kinds != "far", sample_weight=mixed(kinds))
    topic.fit(about, kinds != "far", sample_weight=mixed(kinds))
    answer.fit(
        _answer_features(chosen, weights), kinds[asked_on_both] == "own", sample_weight=mixed(kinds[asked_on_both])
    )
    return Confidence(similarity, topic, answer)


def _topic_features(askings: Sequence[Asking], weights: Floats) -> Floats:
    return np.array([topic_features(one.hits, one.passages, one.evidence[best(one, weights)]) for one in askings])


def _answer_features(askings: Sequence[Asking], weights: Floats) -> Floats:
    return np.array([answer_features(one.evidence[best(one, weights)]) for one in askings])


def mixed(kinds: NDArray[np.str_]) -> Floats:
    """Weights that make the questions the mix that people are taken to ask."""
    return np.array([MIX[kind] / np.mean(kinds == kind) for kind in kinds])


def cross_fit(
    askings: Sequence[Asking], columns: Sequence[int], parts: Sequence[str], seed: int
) -> tuple[NDArray[np.bool_], Floats]:
    """For each asking, by a fit on the other half of the documents: is the first sentence right, and how sure is it."""
    documents = sorted({asking.document for asking in askings} - {""})
    random.Random(seed).shuffle(documents)
    side = {document: number % 2 for number, document in enumerate(documents)}
    halves = np.array([side.get(asking.document, number % 2) for number, asking in enumerate(askings)])
    right, confidence = np.zeros(len(askings), dtype=bool), np.zeros(len(askings))
    for half in (0, 1):
        seen = [asking for asking, where in zip(askings, halves, strict=True) if where != half]
        unseen = [asking for asking, where in zip(askings, halves, strict=True) if where == half]
        weights = fit_sentences(seen, columns)
        confidence[halves == half] = fit_confidence(seen, weights).of(unseen, weights, parts)
        right[halves == half] = [asking.right[best(asking, weights)] for asking in unseen]
    return right, confidence


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


def fit(model: Path, data: Path, seed: int) -> dict[str, Any]:
    """Fit the model's calibration, write it into its folder, and give the figures of the cross-fit."""
    embedder = SentenceEmbedder()
    reader = SpanReader(SpanModel(str(model)), embedder, UNFITTED)
    askings = list(ask_all(held_out_documents(data / "dev.jsonl.gz", seed), reader, embedder, seed))
    askings += ask_each(read_written("dev", data, embedder), reader, embedder, seed, "written")
    return fit_to(model, askings, seed)


def fit_to(model: Path, askings: Sequence[Asking], seed: int) -> dict[str, Any]:
    """The same of questions that have been asked."""
    askings = [asking for asking in askings if asking.evidence]
    weights = fit_sentences(askings, ENGINES["combined"][0])
    confidence = fit_confidence(askings, weights)
    figures = {name: _figures(askings, columns, parts, seed) for name, (columns, parts) in ENGINES.items()}
    calibration = {
        "sentence": weights.round(4).tolist(),
        "topic": [*confidence.topic.coef_[0].round(4), round(float(confidence.topic.intercept_[0]), 4)],
        "answer": [*confidence.answer.coef_[0].round(4), round(float(confidence.answer.intercept_[0]), 4)],
        "min_confidence": figures["combined"]["threshold"],
    }
    (model / CALIBRATION).write_text(json.dumps(calibration, indent=1) + "\n", encoding="utf-8")
    return figures


def _figures(askings: Sequence[Asking], columns: Sequence[int], parts: Sequence[str], seed: int) -> dict[str, Any]:
    right, confidence = cross_fit(askings, columns, parts, seed)
    kinds = np.array([asking.kind for asking in askings])
    settings = np.array([asking.setting for asking in askings])
    own = kinds == "own"
    several = np.array([asks_for_several(asking.question) for asking in askings])
    threshold = float(np.quantile(confidence[own], REFUSED))
    error, bins = calibration_error(confidence, own, mixed(kinds))
    figures: dict[str, Any] = {"threshold": round(threshold, 3), "ece": error, "bins": bins, "by": {}}
    for setting in dict.fromkeys(asking.setting for asking in askings):
        here = settings == setting
        figures["by"][setting] = {
            "questions": int(np.sum(here & own)),
            "first sentence, facts": float(np.mean(right[here & own & ~several])),
            "first sentence, others": float(np.mean(right[here & own & several])),
            "answerable refused": float(np.mean(confidence[here & own] < threshold)),
        }
        for kind in ("near", "far"):
            pair = here & (own | (kinds == kind))
            figures["by"][setting] |= {
                f"{kind}, AUROC": float(roc_auc_score(own[pair], confidence[pair])),
                f"{kind}, refused": float(np.mean(confidence[here & (kinds == kind)] < threshold)),
            }
    return figures
