"""How sure a figure is, and whether one engine does worse than another on the same questions.

A sample is one row per thing measured: a number, or several that a statistic needs together. Everything is drawn
with one fixed seed, so that two runs give the same figures.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import bootstrap, permutation_test

RESAMPLES = 2000
PERMUTATIONS = 10_000
SEED = 0
CHUNK = 500  #: resamples that are in memory at once

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
Statistic = Callable[[Floats], Floats]  #: of samples (…, rows, columns) to figures (…); rows of NaN do not count
Row = Sequence[float]


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with its 95% bootstrap interval, over `n` questions (or claims, quotes or answers)."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A metric of two engines on the same questions: new less old, its 95% interval, and how likely chance is."""

    old: float
    new: float
    low: float
    high: float
    p: float  #: two-sided, of a paired permutation test
    n: int  #: questions

    @property
    def change(self) -> float:
        """New less old."""
        return self.new - self.old


def mean(rows: Floats) -> Floats:
    """The mean of the first column."""
    averaged: Floats = np.nansum(rows[..., 0], axis=-1) / np.maximum(count(rows), 1)
    return averaged


def count(rows: Floats) -> Places:
    """How many rows are there."""
    counted: Places = (~np.isnan(rows[..., 0])).sum(axis=-1)
    return counted


def measure(sample: Sequence[Row], statistic: Statistic) -> Metric:
    """A statistic of a sample that is not empty, with its percentile bootstrap interval."""
    rows = np.asarray(sample, dtype=float)
    low, high = _interval(lambda picks: statistic(rows[picks]), len(rows))
    return Metric(float(statistic(rows)), low, high, len(rows))


def compare(old: Sequence[Sequence[Row]], new: Sequence[Sequence[Row]], statistic: Statistic) -> Difference:
    """Compare a statistic of two engines; `old[i]` and `new[i]` are the rows that question `i` gave each.

    The interval is that of a bootstrap over the questions. The test exchanges the engines' rows of each question at
    random: if both were equally good, the difference found would be as likely as those. Both sides need a row.
    """
    rows = _padded(old, new)
    questions = np.arange(len(old))

    def figures(sides: Places, picks: Places = questions) -> Floats:
        """The statistic of samples of questions, each with the rows that this side gave it."""
        picked = rows[sides, picks]
        return statistic(picked.reshape(*picked.shape[:-3], -1, picked.shape[-1]))

    def exchanged(old_sides: Places, new_sides: Places, axis: int) -> Floats:
        # Sums in another order differ in the last digits, which is no difference.
        return np.abs(figures(new_sides) - figures(old_sides)).round(9)

    was, now = np.zeros(len(old), dtype=int), np.ones(len(old), dtype=int)
    low, high = _interval(lambda picks: figures(now[picks], picks) - figures(was[picks], picks), len(old))
    p = 1.0
    if len(old) > 1 and list(old) != list(new):
        kind = {"permutation_type": "samples", "alternative": "greater", "vectorized": True}
        drawn = {"n_resamples": PERMUTATIONS, "batch": CHUNK, "rng": SEED}
        p = permutation_test((was, now), exchanged, **kind, **drawn).pvalue
    return Difference(float(figures(was)), float(figures(now)), low, high, float(p), len(old))


def _interval(figures: Callable[[Places], Floats], size: int) -> tuple[float, float]:
    """The 95% interval of a figure, which is given for resamples (…, size) of the places of that many things."""
    if size == 1:
        only = float(figures(np.zeros(1, dtype=int)))
        return only, only
    drawn = {"n_resamples": RESAMPLES, "batch": CHUNK, "rng": SEED}
    resampled = bootstrap(
        (np.arange(size),), lambda picks, axis: figures(picks), method="percentile", vectorized=True, **drawn
    )
    interval = resampled.confidence_interval
    return float(interval.low), float(interval.high)


def _padded(*sides: Sequence[Sequence[Row]]) -> Floats:
    """The rows as one array (side, question, row, column), NaN where a question has fewer rows than another."""
    width, most = max((len(row), len(rows)) for side in sides for rows in side for row in rows)
    padded = np.full((len(sides), len(sides[0]), most, width), np.nan)
    for number, side in enumerate(sides):
        for place, rows in enumerate(side):
            padded[number, place, : len(rows)] = np.reshape(rows, (-1, width))
    return padded


def holm(values: Sequence[float]) -> list[float]:
    """P values corrected for there being several, by Holm's method."""
    order = np.argsort(values)
    corrected = np.empty(len(values))
    corrected[order] = np.maximum.accumulate(np.asarray(values)[order] * np.arange(len(values), 0, -1))
    return list(np.minimum(corrected, 1))
