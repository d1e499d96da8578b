"""Short answers against reference answers, and quotations of the document that is named."""

from dataclasses import replace

import pytest

from rag.evaluation.questions import Question
from rag.evaluation.running import evaluate
from tests.evaluation.scripted import BEES, DRAGONS, ScriptedAssistant, reply, values

HUM = reply("Bees hum\nloudly.")
SHORT = Question("short", "Who hums?", answers=("the bees", "honey bees"))


@pytest.mark.parametrize(
    ("span", "exact", "f1"),
    [("Bees", 1, 1), ("Bees hum", 0, 2 / 3), ("Bees hum\nloudly", 0, 1 / 2), ("loudly", 0, 0)],
)
def test_the_span_is_compared_with_the_reference_answer_most_like_it(span, exact, f1):
    figures = values((SHORT, replace(HUM, span=span)))
    assert figures["exact_match"] == exact
    assert figures["answer_f1"] == pytest.approx(f1)


def test_without_a_span_the_text_is_compared_without_its_markers():
    figures = values((SHORT, HUM))
    assert (figures["exact_match"], figures["answer_f1"]) == (0, pytest.approx(1 / 2))
    figures = values((replace(SHORT, answers=("bees hum loudly",)), HUM))
    assert (figures["exact_match"], figures["answer_f1"]) == (1, 1)


def test_a_short_answer_is_right_that_alone_holds_what_the_answer_must():
    told, half, none = (replace(HUM, span=span) for span in ("The bees", "loudly", None))
    assert values((BEES, told), (BEES, half), (BEES, none))["short_right"] == 1 / 2  # one is not shown
    assert values((BEES, told), (DRAGONS, told))["short_right"] == 1 / 2


def test_a_quote_is_right_that_holds_a_reference_answer():
    assert values((SHORT, HUM))["right_quote"] == 1
    assert values((SHORT, reply("Ants march.")))["right_quote"] == 0
    assert values((replace(SHORT, answers=("loud", "bee")), HUM))["right_quote"] == 0


def test_only_the_first_quote_is_looked_at():
    assert values((SHORT, reply("Bees hum\nloudly.", "Ants march.")))["right_quote"] == 1
    assert values((SHORT, reply("Ants march.", "Bees hum\nloudly.")))["right_quote"] == 0


@pytest.mark.parametrize(
    ("document", "hit"), [("zoo/animals.txt", 1), ("animals.txt", 1), ("animals", 1), ("plants", 0)]
)
def test_a_quote_is_right_only_in_the_document_that_is_named(document, hit):
    figures = values((replace(SHORT, document=document), HUM))
    assert (figures["document_hit"], figures["right_quote"]) == (hit, hit)
    assert figures["exact_match"] == 0


def test_the_right_document_may_be_quoted_for_the_wrong_answer():
    figures = values((replace(SHORT, document="animals"), reply("Ants march.")))
    assert (figures["document_hit"], figures["right_quote"]) == (1, 0)


SHORT_ANSWER_METRICS = ("document_hit", "right_quote", "exact_match", "answer_f1")


def test_an_answerable_question_that_is_refused_counts_as_wrong():
    figures = values((replace(SHORT, document="animals"), reply()), (replace(SHORT, document="animals"), HUM))
    assert [figures[name] for name in SHORT_ANSWER_METRICS] == [1 / 2, 1 / 2, 0, 1 / 4]


@pytest.mark.parametrize("reference", ["A", "—"])
def test_a_refusal_is_wrong_whatever_the_reference(reference):
    figures = values((Question("q", "Which group?", answers=(reference,)), reply()))
    assert (figures["exact_match"], figures["answer_f1"]) == (0, 0)


def test_short_answers_count_for_questions_that_have_them_and_documents_for_those_that_name_one():
    named = Question("named", "Who hums?", document="animals")
    refused = Question("refused", "Who sings?", answerable=False, document="animals")
    assistant = ScriptedAssistant(HUM, HUM, HUM, reply())
    metrics = evaluate(assistant, [SHORT, named, BEES, refused]).metrics
    assert [metrics[name].n for name in SHORT_ANSWER_METRICS] == [1, 1, 1, 1]
    assert set(SHORT_ANSWER_METRICS).isdisjoint(values((BEES, HUM), (refused, reply())))
