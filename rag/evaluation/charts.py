"""What the plots of a report show, as numbers; its template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rag.evaluation.bootstrap import Row
from rag.evaluation.metrics import BINS, risks

COLUMNS = 24  #: of a histogram


@dataclass(frozen=True, slots=True)
class Bin:
    """The answers of one tenth of confidence."""

    confidence: float  #: mean
    truth: float  #: share that is right
    count: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many values fall into each of some equal columns from 0 to `most`."""

    counts: tuple[int, ...]
    most: float
    median: float
    high: float  #: the 95th percentile


@dataclass(frozen=True, slots=True)
class Charts:
    """The plots of an evaluation; one that there is nothing to plot for is empty or None."""

    reliability: tuple[Bin, ...] = ()
    risk: tuple[tuple[float, float], ...] = ()  #: coverage of all questions that are judged, and risk
    latency: Histogram | None = None


def reliability(rows: Sequence[Row]) -> tuple[Bin, ...]:
    """The bins of rows `confidence`, `truth` that are not empty."""
    confidence, truth = np.reshape(rows, (-1, 2)).T
    which = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return tuple(
        Bin(float(confidence[which == number].mean()), float(truth[which == number].mean()), int(count))
        for number, count in enumerate(np.bincount(which))
        if count
    )


def risk_coverage(rows: Sequence[Row], questions: int) -> tuple[tuple[float, float], ...]:
    """Points of the risk-coverage curve of rows `confidence`, `right`, of so many questions that are judged."""
    if not rows:
        return ()
    shares = risks(np.asarray(rows, dtype=float)[None])[0]
    return tuple((number / questions, float(share)) for number, share in enumerate(shares, start=1))


def histogram(values: Sequence[float]) -> Histogram | None:
    """The histogram of values above 0."""
    if not values:
        return None
    most = max(values) or 1.0
    counts, _ = np.histogram(values, bins=COLUMNS, range=(0, most))
    return Histogram(tuple(map(int, counts)), most, float(np.median(values)), float(np.percentile(values, 95)))
