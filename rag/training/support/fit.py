"""Fit the support model's calibration, and measure it beside simpler judges on claims of other kinds."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import balanced_accuracy_score

from index.embedding import SentenceEmbedder
from index.passages import sentence_spans
from rag.adapter import is_adapter
from rag.networks import CALIBRATION
from rag.training.support.examples import QUESTIONS, Example
from rag.verify.claims import is_whole_quote, unframed
from rag.verify.facts import mismatches, overlap
from rag.verify.numbers import evened
from rag.verify.support import SupportModel, support_features

Floats = NDArray[np.float64]

LET_THROUGH = 0.0125  #: of the sentences changed in one place that may count as supported
LET_THROUGH_WRITTEN = 0.04  #: of the wrong claims that were written for it, each a trap
RESAMPLES = 2000
RIDGE = 1e-4
MODEL = 0  #: column of the model's log-odds
OVERLAP = 1  #: column of the share of the claim's words that the evidence has
ANSWER = 3  #: column of how far a question and its answer are in the same place
SPEAKS_FOR = 4  #: the first columns, each of which can only speak for a claim; the others only against it
LOOKED_UP = [4, 5]  #: columns of the numbers and names that are missing


def kind_of(source: str) -> str:
    """What sort of claims a source has: those made of sentences, or of questions, a data set's, or written for it."""
    if source.startswith(("changed", "reworded", "another")):
        return "sentences"
    if source.startswith("written"):
        return "written"
    return "questions" if source.startswith(tuple(QUESTIONS)) else "data sets"


def features(examples: Sequence[Example], folder: Path) -> Floats:
    """What each claim is judged by, the model in `folder` among it, shape (examples, features)."""
    model = SupportModel(str(folder))
    pairs = [(evened(one.evidence), evened(unframed(one.claim))) for one in examples]
    return np.array(
        [
            support_features(claim, evidence, float(value), mismatches(claim, evidence))
            for (evidence, claim), value in zip(pairs, model.log_odds(pairs), strict=True)
        ]
    )


def fit(folder: Path, held_out: Sequence[Example], rows: Floats) -> dict[str, Any]:
    """Fit the weights and thresholds to the `features` of claims, write them, and give them with what they reach.

    Every kind of claim counts the same, and in it supported claims as much as others. `weak` is the probability of
    the best balanced accuracy over the kinds; `supported` lets at most `LET_THROUGH` of changed sentences through, and
    `LET_THROUGH_WRITTEN` of the wrong claims that were written, where there are some.
    """
    labels = np.array([one.supported for one in held_out])
    kinds = np.array([kind_of(one.source) for one in held_out])
    sample = _evened(kinds, labels)
    strict = _logistic(rows, labels, sample)
    # An adapter has learnt from the claims that were written what words in common tell, and what they do not.
    weights = strict if is_adapter(str(folder)) else _added_up(rows, labels, sample)
    scores = 1 / (1 + np.exp(-_weigh(rows, weights)))
    weak = best_threshold(scores, labels, kinds)
    changed = np.array([re.match("changed(?! claim)", one.source) is not None for one in held_out])
    # What lacks a number or a name is never supported, nor what is not even weak.
    open_to = (scores >= weak) & ~rows[:, LOOKED_UP].any(axis=1)
    odds = np.where(open_to, _weigh(rows, strict), -np.inf)
    wrong = (kinds == "written") & ~labels
    supported = max(
        float(np.quantile(odds[some], 1 - share, method="lower"))
        for some, share in ((changed, LET_THROUGH), (wrong, LET_THROUGH_WRITTEN))
        if some.any()
    )
    calibration = {
        "weights": weights.tolist(),
        "weak": weak,
        "strict": strict.tolist(),
        "supported": supported,
    }
    (folder / CALIBRATION).write_text(json.dumps(calibration, indent=1) + "\n", encoding="utf-8")
    reworded = np.array([one.source == "reworded" for one in held_out])
    right = (kinds == "written") & labels
    return {
        **calibration,
        "claims": len(held_out),
        "reworded sentences supported": float((odds >= supported)[reworded].mean()),
        "written supported": float((odds >= supported)[right].mean()) if right.any() else None,
        "balanced accuracy": {
            kind: float(balanced_accuracy_score(labels[kinds == kind], scores[kinds == kind] >= weak))
            for kind in sorted(set(kinds))
        },
    }


def _weigh(rows: Floats, weights: Floats) -> Floats:
    weighed: Floats = rows @ weights[:-1] + weights[-1]
    return weighed


def _added_up(rows: Floats, labels: NDArray[np.bool_], sample: Floats) -> Floats:
    """Weights of the model, the words in common and the facts added up as equals; a fit of the sum makes it log-odds.

    Each is divided by its standard deviation; that a question and its answer are in the same place counts one. A fit
    of each would learn from claims that crowds wrote, and code changed, to be misleading: that words in common tell
    nothing. What a system makes up shares few words with its evidence.
    """
    parts = np.zeros(rows.shape[1])
    parts[MODEL], parts[OVERLAP] = _inverse(rows[:, MODEL].std()), _inverse(rows[:, OVERLAP].std())
    parts[ANSWER] = 1
    parts[SPEAKS_FOR:] = -_inverse(rows[:, SPEAKS_FOR:].sum(axis=1).std())
    scale = LogisticRegression(C=1e6).fit(rows @ parts[:, None], labels, sample_weight=sample)
    return np.append(parts * scale.coef_[0, 0], scale.intercept_[0])


def _inverse(spread: float) -> float:
    return 1 / float(spread) if spread else 0.0


def _logistic(rows: Floats, labels: NDArray[np.bool_], sample: Floats) -> Floats:
    """Weights of a logistic fit, the constant last, none of which speaks against what its feature means.

    Claims made of sentences share their words whether they are true or not. Left free, the fit would hold it against
    a claim that it shares words with its evidence.
    """
    inputs = np.column_stack([rows, np.ones(len(rows))])
    signs = np.where(labels, 1.0, -1.0)
    share = sample / sample.sum()

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = signs * (inputs @ weights)
        gradient = -inputs.T @ (share * signs / (1 + np.exp(margins))) + 2 * RIDGE * weights
        return float(share @ np.logaddexp(0, -margins)) + RIDGE * float(weights @ weights), gradient

    facts = rows.shape[1] - SPEAKS_FOR
    bounds = [(0, None)] * SPEAKS_FOR + [(None, 0)] * facts + [(None, None)]
    found: Floats = minimize(loss, np.zeros(inputs.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def best_threshold(scores: Floats, labels: NDArray[np.bool_], kinds: NDArray[np.str_]) -> float:
    """The threshold of the best balanced accuracy, averaged over the kinds."""
    weights = _evened(kinds, labels)
    order = np.argsort(scores, kind="stable")
    # Going up, what falls below the threshold is lost if it is supported and won if it is not.
    gains = np.where(labels[order], -1, 1) * weights[order]
    totals = np.concatenate([[0.0], np.cumsum(gains)])
    totals[1:-1][scores[order][1:] == scores[order][:-1]] = -np.inf  # no threshold parts equal scores
    bounds = np.concatenate([[scores[order[0]]], (scores[order][1:] + scores[order][:-1]) / 2, [scores[order[-1]] + 1]])
    return float(bounds[int(np.argmax(totals))])


def judge(
    examples: Sequence[Example], held_out: Sequence[Example], folder: Path, rows: Floats, weights: Sequence[float]
) -> dict[str, NDArray[np.bool_]]:
    """What each judge says of the examples, with a threshold that was fitted on the held-out claims.

    `rows` are the `features` of these.
    """
    labels = np.array([one.supported for one in held_out])
    kinds = np.array([kind_of(one.source) for one in held_out])
    fitted = _scores(held_out, rows, weights)
    asked = _scores(examples, features(examples, folder), weights)
    return {name: asked[name] >= best_threshold(fitted[name], labels, kinds) for name in asked}


def measure(examples: Sequence[Example], said: Mapping[str, NDArray[np.bool_]], seed: int) -> dict[str, dict[str, Any]]:
    """Balanced accuracy of each judge by source, and how far the combination is above plain overlap.

    The difference is with its 95% interval by paired bootstrap over the pieces of evidence, which claims share.
    """
    figures: dict[str, dict[str, Any]] = {}
    for source in sorted({one.source for one in examples}):
        chosen = np.array([n for n, one in enumerate(examples) if one.source == source])
        labels = np.array([examples[n].supported for n in chosen])
        figures[source] = {
            name: float(balanced_accuracy_score(labels, verdicts[chosen])) for name, verdicts in said.items()
        }
        groups: dict[str, list[int]] = {}
        for place, n in enumerate(chosen):
            groups.setdefault(examples[n].evidence, []).append(place)
        members = [np.array(places) for places in groups.values()]
        rng = np.random.default_rng(seed)
        ours, theirs = said["combined"][chosen], said["overlap"][chosen]
        differences = []
        for _ in range(RESAMPLES):
            sample = np.concatenate([members[i] for i in rng.integers(len(members), size=len(members))])
            if labels[sample].all() or not labels[sample].any():
                continue
            differences.append(_balanced(labels[sample], ours[sample]) - _balanced(labels[sample], theirs[sample]))
        low, high = np.percentile(differences, [2.5, 97.5])
        figures[source] |= {"n": len(chosen), "over overlap": [float(low), float(high)]}
    return figures


def _scores(examples: Sequence[Example], rows: Floats, weights: Sequence[float]) -> dict[str, Floats]:
    quoted = np.array([is_whole_quote(one.claim, one.evidence) for one in examples])
    combined = _weigh(rows, np.array(weights))
    return {
        "overlap": np.array([_token_overlap(one.claim, one.evidence) for one in examples]),
        "stems": np.array([overlap(one.claim, one.evidence) for one in examples]),
        "embedding": _similarity(examples),
        "model": rows[:, MODEL],
        "combined": np.where(quoted, np.inf, combined),
    }


def _token_overlap(claim: str, evidence: str) -> float:
    """The share of the claim's words that the evidence has, as they are written but for case."""
    words, there = (re.findall(r"\w+", text.lower()) for text in (claim, evidence))
    return sum(word in set(there) for word in words) / max(1, len(words))


def _similarity(examples: Sequence[Example]) -> Floats:
    """The cosine of each claim with the sentence of its evidence that is likest to it."""
    embedder = SentenceEmbedder()
    sentences = {
        one.evidence: [one.evidence[start:end] for start, end in sentence_spans(one.evidence)] or [one.evidence]
        for one in examples
    }
    texts = list(dict.fromkeys([text for some in sentences.values() for text in some] + [e.claim for e in examples]))
    vectors = dict(zip(texts, embedder.embed(texts), strict=True))
    return np.array(
        [max(float(vectors[one.claim] @ vectors[text]) for text in sentences[one.evidence]) for one in examples]
    )


def _balanced(labels: NDArray[np.bool_], verdicts: NDArray[np.bool_]) -> float:
    return float((verdicts[labels].mean() + (~verdicts[~labels]).mean()) / 2)


def _evened(kinds: NDArray[np.str_], labels: NDArray[np.bool_]) -> Floats:
    """Weights that give every kind, and in it every label, the same total."""
    weights: Floats = np.empty(len(kinds))
    for kind in set(kinds):
        for label in (True, False):
            chosen = (kinds == kind) & (labels == label)
            weights[chosen] = 1 / max(1, chosen.sum())
    weights *= len(kinds) / weights.sum()
    return weights
