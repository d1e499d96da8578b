"""Limits that an evaluation must keep, and the comparison with an earlier one."""

import json

import pytest

from index.errors import SettingsError
from rag.evaluation.bootstrap import Metric
from rag.evaluation.gate import compare_with, parse_limit, read_baseline

METRICS = {"must": Metric(0.8, 0.7, 0.9, 50), "wrongly_refused": Metric(0.1, 0.0, 0.2, 50)}


def records(count, right=1.0, prefix="q", **scores):
    """Questions of an evaluation, each with the same scores."""
    return [
        {
            "id": f"{prefix}{n}",
            "question": f"Question {n}?",
            "scores": {"must": [[right]], "latency": [[1.0]], **scores},
        }
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("limit", "broken"),
    [
        ("must=0.8", False),
        ("must=0.81", True),
        (" must = 0.5 ", False),
        ("wrongly_refused=0.1", False),
        ("wrongly_refused=0.09", True),  # lower is better: more than the limit fails
        ("wrongly_refused=0.5", False),
    ],
)
def test_a_limit_knows_which_way_is_better(limit, broken):
    assert bool(parse_limit(limit).broken_by(METRICS)) is broken


def test_a_broken_limit_is_told_with_both_figures():
    assert parse_limit("must=0.9").broken_by(METRICS) == "must is 0.8, which is below 0.9."
    assert parse_limit("wrongly_refused=0").broken_by(METRICS) == "wrongly_refused is 0.1, which is above 0."


def test_a_metric_that_was_not_measured_is_an_error_and_no_pass():
    with pytest.raises(SettingsError, match="says nothing on mrr"):
        parse_limit("mrr=0.1").broken_by(METRICS)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("must", "not metric=value"),
        ("musst=0.5", "the nearest is 'must'"),
        ("refusal=0.5", "the nearest is 'refusal_f1'"),
        ("citation_recal=1", "the nearest is 'citation_recall'"),
        ("must=much", "'much' is no number"),
        ("must=nan", "let everything pass"),
        ("quote_chars_median=100", "neither more nor less"),
    ],
)
def test_what_is_no_limit_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        parse_limit(text)


def test_a_worse_engine_is_worse_in_what_it_does_worse():
    comparison = compare_with(records(30, uncited=[[0.0]]), records(30, right=0.0, uncited=[[0.0]]))
    assert [one.measure.name for one in comparison.worse] == ["must"]
    assert (comparison.questions, comparison.left_out) == (30, 0)


def test_a_better_engine_is_not_worse():
    comparison = compare_with(records(30, right=0.0, uncited=[[1.0]]), records(30, uncited=[[0.0]]))
    assert comparison.worse == ()
    assert {one.measure.name for one in comparison.metrics if one.is_better} == {"must", "uncited"}


def test_times_are_compared_but_not_judged():
    comparison = compare_with(records(30), records(30, latency=[[9.0]]))
    times = {one.measure.name: one for one in comparison.metrics if one.measure.timed}
    assert times["latency_p50"].difference.change == 8
    assert times["latency_p50"].p is None
    assert comparison.worse == ()


def test_only_questions_that_both_have_are_compared():
    comparison = compare_with(records(30) + records(5, right=0.0, prefix="old"), records(30))
    assert (comparison.questions, comparison.left_out) == (30, 5)
    assert comparison.worse == ()
    changed = [{**record, "question": "Another?"} for record in records(30, right=0.0)]
    with pytest.raises(SettingsError, match="no question in common"):
        compare_with(records(30), changed)


def test_metrics_that_one_side_lacks_are_left_out():
    comparison = compare_with(records(30, mrr=[[1.0]]), records(30, invented=[[1.0]]))
    assert {one.measure.name for one in comparison.metrics} == {"must", "latency_p50", "latency_p95"}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        '{"metrics": {}}',
        '{"questions": 3}',
        '{"questions": [1]}',
        '{"questions": [{"id": 1, "question": "?"}]}',
        '{"questions": [{"id": 1, "question": "?", "scores": {"must": [["a"]]}}]}',
    ],
)
def test_a_baseline_that_is_none_is_refused(tmp_path, content):
    path = tmp_path / "old.json"
    path.write_text(content)
    with pytest.raises(SettingsError, match="footnote eval --json"):
        read_baseline(path)


def test_a_missing_baseline_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="No such file"):
        read_baseline(tmp_path / "none.json")


def test_a_baseline_is_read_as_it_was_written(tmp_path):
    path = tmp_path / "old.json"
    path.write_text(json.dumps({"metrics": {}, "questions": records(2)}))
    assert read_baseline(path) == records(2)
