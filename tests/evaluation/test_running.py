"""How a question set is asked, and the form of its figures: by category, with intervals, as JSON."""

import json

import pytest

from rag.evaluation.bootstrap import Metric
from rag.evaluation.questions import Question
from rag.evaluation.running import evaluate
from tests.evaluation.scripted import BEES, CATS, DRAGONS, EAGLES, ScriptedAssistant, outcome_of, reply, values


def test_a_metric_counts_the_questions_that_it_can_be_computed_for():
    questions = [BEES, CATS, DRAGONS, Question("free", "Who else?")]
    answers = [reply("Bees hum\nloudly."), reply("Cats purr."), reply(), reply("Ants march.")]
    metrics = evaluate(ScriptedAssistant(*answers), questions).metrics
    counted = {name: metrics[name].n for name in ("mrr", "must", "refusal_recall", "wrongly_refused", "latency_p50")}
    assert counted == {"mrr": 2, "must": 2, "refusal_recall": 1, "wrongly_refused": 3, "latency_p50": 4}


def test_a_metric_that_nothing_is_known_for_is_left_out():
    metrics = values((DRAGONS, reply()))
    assert {"mrr", "must", "first_citation", "wrongly_refused", "quoted"}.isdisjoint(metrics)


def test_the_figures_are_given_by_category_too():
    uncategorised = Question("free", "Who else?")
    questions = [BEES, DRAGONS, uncategorised]
    evaluation = evaluate(ScriptedAssistant(reply("Ants march."), reply(), reply("Ants march.")), questions)
    assert list(evaluation.by_category) == ["absent", "fact"]
    assert evaluation.by_category["absent"]["refusal_recall"].value == 1
    assert evaluation.by_category["fact"]["first_citation"] == Metric(0, 0, 0, 1)


def test_the_outcomes_say_which_questions_went_wrong():
    questions = [BEES, CATS, DRAGONS, EAGLES]
    answers = [reply("Bees hum\nloudly."), reply("Ants march."), reply(), reply("Ants march.")]
    outcomes = evaluate(ScriptedAssistant(*answers), questions).outcomes
    assert [(outcome.question.id, outcome.is_right) for outcome in outcomes] == [
        ("bees", True),
        ("cats", False),
        ("dragons", True),
        ("eagles", False),
    ]


def test_the_interval_holds_the_value_and_is_the_same_at_every_run():
    def metrics():
        answers = [reply("Ants march.", seconds=second) if second % 3 else reply() for second in range(30)]
        return evaluate(ScriptedAssistant(*answers), [BEES] * 30).metrics

    first = metrics()
    assert first == metrics()
    assert all(metric.low <= metric.value <= metric.high for metric in first.values())
    refused = first["wrongly_refused"]
    assert refused.value == pytest.approx(1 / 3)
    # The binomial interval is 1/3 ± 1.96 √(1/3 · 2/3 / 30).
    assert (refused.low, refused.high) == (pytest.approx(0.165, abs=0.04), pytest.approx(0.502, abs=0.04))


def test_questions_are_asked_with_their_history_and_the_options():
    question = Question("q", "And cats?", history=(("Who hums?", "Bees."),))
    assistant = ScriptedAssistant(reply())
    done = []
    evaluate(assistant, [question], top_k=3, min_confidence=0.2, progress=lambda *numbers: done.append(numbers))
    assert assistant.asked == [
        ("And cats?", {"history": (("Who hums?", "Bees."),), "top_k": 3, "min_confidence": 0.2}),
    ]
    assert done == [(1, 1)]


def test_the_json_form_has_value_interval_and_n():
    data = evaluate(ScriptedAssistant(reply("Cats purr.")), [CATS]).to_dict()
    assert set(data) == {"metrics", "by_category", "questions"}
    assert data["metrics"]["first_citation"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 1}
    assert data["by_category"]["fact"]["must"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 1}


def test_what_went_wrong_is_told_in_sentences():
    assert outcome_of(BEES, reply("Bees hum\nloudly.")).problems == ()
    assert outcome_of(BEES, reply("Cats purr.", found=("Cats",))).problems == (
        "The first citation does not touch the evidence.",
        "No passage that was found holds the evidence.",
        "The answer does not match “bees”.",
    )
    assert outcome_of(DRAGONS, reply("Ants march.")).problems == (
        "It was answered, though the documents do not answer it.",
    )
    assert outcome_of(BEES, reply(found=("Bees",))).problems == ("It was refused, though the documents answer it.",)


def test_two_runs_give_the_same_figures_but_for_the_times():
    def run(seconds):
        answers = [reply("Ants march.", seconds=seconds) if n % 3 else reply(seconds=seconds) for n in range(12)]
        data = evaluate(ScriptedAssistant(*answers), [BEES, CATS, DRAGONS] * 4).to_dict()
        for metrics in (data["metrics"], *data["by_category"].values()):
            del metrics["latency_p50"], metrics["latency_p95"]
        for question in data["questions"]:
            del question["scores"]["latency"]
        return json.dumps(data)

    assert run(1.0) == run(2.0)


def test_the_json_form_tells_what_each_question_scored():
    (told,) = evaluate(ScriptedAssistant(reply("Cats purr.")), [CATS]).to_dict()["questions"]
    assert (told["id"], told["question"], told["category"], told["right"]) == ("cats", "Who purrs?", "fact", True)
    assert told["scores"]["first_citation"] == [[1.0]]
    assert told["scores"]["ece"] == [[0.5, 1.0]]
