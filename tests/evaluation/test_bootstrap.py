"""How sure figures are, and whether two engines differ."""

import numpy as np
import pytest

from rag.evaluation.bootstrap import compare, holm, mean, measure
from rag.evaluation.metrics import (
    MEASURES,
    area_of_risks,
    calibration_error,
    f1_of_flags,
    median,
    percentile_95,
)

RANDOM = np.random.default_rng(7)
STATISTICS = {
    "mean": (mean, 1),
    "median": (median, 1),
    "95th percentile": (percentile_95, 1),
    "F1": (f1_of_flags, 2),
    "calibration": (calibration_error, 2),
    "risk and coverage": (area_of_risks, 2),
}


def flags(*values):
    """A row for each question."""
    return [[(float(value),)] for value in values]


def pairs(count, columns):
    return [tuple(row) for row in RANDOM.integers(0, 2, size=(count, columns)).astype(float)]


@pytest.mark.parametrize("name", STATISTICS)
def test_many_samples_are_measured_as_each_of_them_is(name):
    statistic, columns = STATISTICS[name]
    samples = RANDOM.random((5, 30, columns)).round(1)
    together = statistic(samples)
    assert together == pytest.approx([float(statistic(sample[None])[0]) for sample in samples])


def test_calibration_error_is_that_of_the_training_code():
    from rag.training.fit import calibration_error as of_training

    confidence, truth = RANDOM.random(200), RANDOM.random(200) < 0.5
    rows = np.stack([confidence, truth], axis=1)
    assert calibration_error(rows[None])[0] == pytest.approx(of_training(confidence, truth, np.ones(200))[0])


def test_an_interval_is_that_of_resampled_means():
    sample = pairs(200, 1)
    measured = measure(sample, mean)
    share = np.mean(sample)
    spread = 1.96 * (share * (1 - share) / 200) ** 0.5
    assert measured.value == share
    assert (measured.low, measured.high) == (
        pytest.approx(share - spread, abs=0.02),
        pytest.approx(share + spread, abs=0.02),
    )


def test_equal_engines_do_not_differ():
    same = flags(*RANDOM.integers(0, 2, size=60))
    difference = compare(same, same, mean)
    assert (difference.change, difference.low, difference.high, difference.p) == (0, 0, 0, 1)


def test_an_engine_that_is_worse_on_many_of_the_same_questions_is_found_out():
    difference = compare(flags(*[1] * 30), flags(*[1] * 15, *[0] * 15), mean)
    assert difference.change == -0.5
    assert difference.high < 0
    assert difference.p < 0.001


def test_one_question_more_or_less_is_chance():
    assert compare(flags(*[1] * 30), flags(*[1] * 29, 0), mean).p == 1
    assert compare(flags(*[1] * 30), flags(*[1] * 27, 0, 0, 0), mean).p > 0.1


def test_a_test_of_equal_engines_is_rarely_significant():
    """One in twenty, as the level says: answers that differ by chance alone."""
    found = [compare(flags(*RANDOM.integers(0, 2, 40)), flags(*RANDOM.integers(0, 2, 40)), mean).p for _ in range(50)]
    assert np.mean(np.array(found) < 0.05) <= 0.14


def test_questions_may_have_several_rows_or_none_on_one_side():
    old = [[(1.0,), (1.0,)], [], [(1.0,)]]
    new = [[(0.0,)], [(0.0,)], [(1.0,)]]
    difference = compare(old, new, mean)
    assert (difference.old, difference.new) == (1, pytest.approx(1 / 3))


@pytest.mark.parametrize("name", ["F1", "calibration", "risk and coverage"])
def test_figures_that_are_no_means_are_compared_too(name):
    statistic, columns = STATISTICS[name]
    good = [[(0.9, 1.0)] if n % 2 else [(0.05, 0.0)] for n in range(60)]
    bad = [[(row[0][0], 1 - row[0][1])] for row in good]
    assert columns == 2
    assert compare(good, good, statistic).p == 1
    assert compare(good, bad, statistic).p < 0.01


def test_questions_that_give_no_row_on_one_side_are_compared_too():
    """As those that are refused give none for the risk-coverage curve."""
    good = [[(0.9, 1.0)] for _ in range(30)]
    bad = [[(0.9, 0.0)] if n % 2 else [] for n in range(30)]
    assert compare(good, bad, area_of_risks).p < 0.01


def test_the_second_comparison_gives_the_same_figures():
    old, new = flags(*RANDOM.integers(0, 2, 40)), flags(*RANDOM.integers(0, 2, 40))
    for statistic in (mean, median):
        assert compare(old, new, statistic) == compare(old, new, statistic)


def test_several_tests_are_held_to_a_stricter_level():
    assert holm([0.01, 0.04, 0.03]) == [pytest.approx(0.03), pytest.approx(0.06), pytest.approx(0.06)]
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_every_metric_says_what_it_means_and_which_way_is_better():
    for name, one in MEASURES.items():
        assert one.name == name
        assert one.better in ("higher", "lower", "neither")
        assert len(one.meaning) > 10
        assert not one.source or one.source == "latency"
