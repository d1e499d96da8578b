"""How sure a figure is, and whether one engine does worse than another on the same questions.

A sample is one row per thing measured: a number, or several that a statistic needs together. Everything is drawn
with one fixed seed, so that two runs give the same figures.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
PERMUTATIONS = 10_000
SEED = 0
CHUNK = 500  #: resamples of a long sample that are in memory at once

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]  #: of samples (…, rows, columns) to figures (…)
Row = tuple[float, ...]


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
    averaged: Floats = rows[..., 0].mean(axis=-1)
    return averaged


def measure(sample: Sequence[Row], statistic: Statistic) -> Metric:
    """A statistic of a sample that is not empty, with its percentile bootstrap interval."""
    rows = np.asarray(sample, dtype=float)
    picks = np.random.default_rng(SEED).integers(0, len(rows), size=(RESAMPLES, len(rows)))
    figures = np.concatenate([statistic(rows[picks[at : at + CHUNK]]) for at in range(0, RESAMPLES, CHUNK)])
    low, high = np.percentile(figures, [2.5, 97.5])
    return Metric(float(statistic(rows[None])[0]), float(low), float(high), len(rows))


def compare(old: Sequence[Sequence[Row]], new: Sequence[Sequence[Row]], statistic: Statistic) -> Difference:
    """Compare a statistic of two engines; `old[i]` and `new[i]` are the rows that question `i` gave each.

    The interval is that of a bootstrap over the questions. The test exchanges the engines' rows of each question at
    random: if both were equally good, the difference found would be as likely as those. Both sides need a row.
    """
    if statistic is mean:
        value_pair, resampled, exchanged = _compare_means(old, new)
    else:
        value_pair, resampled, exchanged = _compare_any(old, new, statistic)
    change = value_pair[1] - value_pair[0]
    low, high = np.nanpercentile(resampled, [2.5, 97.5])
    # Sums in another order differ in the last digits, which is no difference.
    extreme = int(np.sum(np.abs(exchanged) >= abs(change) - 1e-9))
    p = (extreme + 1) / (len(exchanged) + 1)
    return Difference(float(value_pair[0]), float(value_pair[1]), float(low), float(high), min(1.0, p), len(old))


def _compare_means(
    old: Sequence[Sequence[Row]], new: Sequence[Sequence[Row]]
) -> tuple[tuple[float, float], Floats, Floats]:
    sums = np.array([[sum(row[0] for row in rows) for rows in side] for side in (old, new)], dtype=float)
    counts = np.array([[len(rows) for rows in side] for side in (old, new)], dtype=float)

    def changes(old_weights: Floats, new_weights: Floats) -> Floats:
        """Of many resamples at once; a weight says how often a question's rows of one side are on the other."""
        kept, crossed = old_weights, new_weights
        old_counts = np.maximum(kept @ counts[0] + crossed @ counts[1], 1e-12)
        new_counts = np.maximum(kept @ counts[1] + crossed @ counts[0], 1e-12)
        difference: Floats = (kept @ sums[1] + crossed @ sums[0]) / new_counts - (
            kept @ sums[0] + crossed @ sums[1]
        ) / old_counts
        return difference

    random = np.random.default_rng(SEED)
    size = len(old)
    weights = random.multinomial(size, np.full(size, 1 / size), size=RESAMPLES).astype(float)
    swaps = random.integers(0, 2, size=(PERMUTATIONS, size)).astype(float)
    values = float(sums[0].sum() / counts[0].sum()), float(sums[1].sum() / counts[1].sum())
    return values, changes(weights, np.zeros_like(weights)), changes(1 - swaps, swaps)


def _compare_any(
    old: Sequence[Sequence[Row]], new: Sequence[Sequence[Row]], statistic: Statistic
) -> tuple[tuple[float, float], Floats, Floats]:
    if all(len(rows) == 1 for side in (old, new) for rows in side):
        return _compare_rows(np.array([rows[0] for rows in old]), np.array([rows[0] for rows in new]), statistic)
    width = max(len(row) for side in (old, new) for rows in side for row in rows)
    sides = [[np.asarray(rows, dtype=float).reshape(-1, width) for rows in side] for side in (old, new)]

    def figure(parts: Sequence[Floats]) -> float:
        rows = np.concatenate(parts)
        return float(statistic(rows[None])[0]) if len(rows) else float("nan")

    random = np.random.default_rng(SEED)
    resampled, exchanged = np.empty(RESAMPLES), np.empty(RESAMPLES)
    for number in range(RESAMPLES):
        picks = random.integers(0, len(old), size=len(old))
        resampled[number] = figure([sides[1][pick] for pick in picks]) - figure([sides[0][pick] for pick in picks])
        swaps = random.integers(0, 2, size=len(old))
        mixed = [[sides[swap ^ side][place] for place, swap in enumerate(swaps)] for side in (0, 1)]
        exchanged[number] = figure(mixed[1]) - figure(mixed[0])
    return (figure(sides[0]), figure(sides[1])), resampled, np.nan_to_num(exchanged, nan=0.0)


def _compare_rows(old: Floats, new: Floats, statistic: Statistic) -> tuple[tuple[float, float], Floats, Floats]:
    """As `_compare_any`, much faster, where each question has one row."""
    random = np.random.default_rng(SEED)
    resampled, exchanged = [], []
    for _ in range(0, RESAMPLES, CHUNK):
        picks = random.integers(0, len(old), size=(CHUNK, len(old)))
        resampled.append(statistic(new[picks]) - statistic(old[picks]))
        swaps = random.integers(0, 2, size=(CHUNK, len(old), 1)).astype(bool)
        exchanged.append(statistic(np.where(swaps, old, new)) - statistic(np.where(swaps, new, old)))
    values = float(statistic(old[None])[0]), float(statistic(new[None])[0])
    return values, np.concatenate(resampled), np.concatenate(exchanged)


def holm(values: Sequence[float]) -> list[float]:
    """P values corrected for there being several, by Holm's method."""
    order = sorted(range(len(values)), key=values.__getitem__)
    corrected, floor = [0.0] * len(values), 0.0
    for place, index in enumerate(order):
        floor = max(floor, min(1.0, values[index] * (len(values) - place)))
        corrected[index] = floor
    return corrected
