"""The figures of a question set, on cases small enough to count by hand."""

from dataclasses import replace

import pytest

from rag.evaluation.metrics import RECALL_AT
from rag.evaluation.questions import Question
from rag.types import Claim
from tests.evaluation.scripted import BEES, CATS, DRAGONS, EAGLES, ScriptedAssistant, flags, outcome_of, reply, values


def test_right_answers_and_refusals_are_told_from_wrong_ones():
    figures = values(
        (BEES, reply("Bees hum\nloudly.", "Ants march.", found=("Bees", "Ants"), seconds=1)),  # right
        (CATS, reply("Ants march.", found=("Ants", "Bees", "Cats"), seconds=2)),  # quotes the wrong sentence
        (DRAGONS, reply(found=("Ants",), seconds=3)),  # rightly refused
        (EAGLES, reply("Ants march.", found=("Ants",), seconds=4)),  # should have been refused
        (BEES, reply(found=("Ants",), seconds=5)),  # should not have been, and nothing was found
    )
    assert figures["first_citation"] == pytest.approx(1 / 3)
    assert figures["must"] == pytest.approx(1 / 3)  # a refusal that names bees does not answer
    assert figures["refusal_precision"] == 1 / 2
    assert figures["refusal_recall"] == 1 / 2
    assert figures["wrongly_refused"] == pytest.approx(1 / 3)
    assert figures["recall@1"] == pytest.approx(1 / 3)
    assert figures["recall@3"] == figures["recall@8"] == pytest.approx(2 / 3)
    assert figures["mrr"] == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert figures["quoted"] == 1
    assert figures["uncited"] == 0
    assert figures["citations_per_answer"] == pytest.approx(4 / 3)
    assert figures["quote_chars_median"] == 11
    assert figures["latency_p50"] == 3


def test_only_the_first_citation_counts_as_the_first():
    assert values((CATS, reply("Ants march.", "Cats purr.")))["first_citation"] == 0
    assert values((CATS, reply("Cats purr.", "Ants march.")))["first_citation"] == 1


def test_all_that_an_answer_must_say_is_asked_for():
    question = Question("q", "Who?", must=("ants", "bees"))
    assert values((question, reply("Ants march.")))["must"] == 0
    assert values((question, reply("Ants march.", "Bees hum\nloudly.")))["must"] == 1


def test_a_claim_that_its_citation_does_not_say_is_not_quoted():
    claims = (Claim("Ants march.", (1,), "quoted", 1.0), Claim("Ants sing.", (1,), "quoted", 1.0))
    assert values((CATS, reply("Ants march.", claims=claims)))["quoted"] == 1 / 2


def test_a_sentence_without_a_citation_is_uncited():
    claims = (Claim("Ants march.", (1,), "quoted", 1.0), Claim("So they do.", (), "unsupported", 0.0))
    assert values((CATS, reply("Ants march.", claims=claims)))["uncited"] == 1 / 2


def test_the_corpus_share_is_what_chance_would_recall():
    passages = len(ScriptedAssistant().snapshot().passages)
    figures = values((CATS, reply("Cats purr.", found=("Cats",))))
    assert passages > 1
    assert [figures[f"corpus_share@{k}"] for k in RECALL_AT] == [min(1, k / passages) for k in RECALL_AT]


def test_claims_are_checked_anew_by_what_the_documents_say():
    """The engine's own word for it is told beside, and a quote that is not in the document does not help."""
    answer = reply("Ants march.", claims=(Claim("Ants sing.", (1,), "quoted", 1.0),))
    forged = replace(answer.citations[0], quote="Ants sing.")
    scores = outcome_of(CATS, replace(answer, citations=(forged,))).scores
    assert scores["claims_quoted"] == flags(1)
    assert scores["checked_quoted"] == scores["faithfulness"] == scores["citation_recall"] == flags(0)


def test_a_claim_that_another_passage_supports_is_told_from_an_invented_one():
    claims = (
        Claim("Ants march.", (1,), "quoted", 1.0),
        Claim("Oaks grow.", (1,), "supported", 1.0),  # in a document that was not found for the question
        Claim("Cats purr.", (), "supported", 1.0),
        Claim("Dogs bark.", (1,), "supported", 1.0),
    )
    outcome = outcome_of(replace(CATS, must=()), reply("Ants march.", claims=claims))
    assert [one.fate for one in outcome.claims] == ["holds", "miscited", "uncited", "invented"]
    assert outcome.claims[1].elsewhere.document_id == "plants.txt"
    assert outcome.scores["faithfulness"] == flags(1, 1, 1, 0)
    assert outcome.scores["citation_recall"] == flags(1, 0, 0, 0)
    assert outcome.scores["miscited"] == flags(0, 1, 0, 0)
    assert outcome.problems[2:] == (
        "Sentence 2 is not supported by what it cites, but elsewhere in the documents.",
        "Sentence 3 is supported by the documents, but cites nothing.",
        "Sentence 4 is not supported by the documents.",
    )


def test_a_citation_that_its_claim_does_not_need_is_not_precise():
    claims = (Claim("Ants march.", (1, 2), "quoted", 1.0), Claim("Bees purr.", (2, 3), "supported", 1.0))
    answer = reply("Ants march.", "Bees hum\nloudly.", "Cats purr.", claims=claims)
    scores = outcome_of(CATS, answer).scores
    assert scores["citation_recall"] == flags(1, 1)
    assert scores["citation_precision"] == flags(1, 0, 1, 1)  # bees and purring are only found together


def test_precision_and_recall_of_refusals_are_joined_in_their_f1():
    figures = values((BEES, reply()), (DRAGONS, reply()), (EAGLES, reply()), (EAGLES, reply("Ants march.")))
    precision, recall = figures["refusal_precision"], figures["refusal_recall"]
    assert (precision, recall) == (2 / 3, 2 / 3)
    assert figures["refusal_f1"] == pytest.approx(2 * precision * recall / (precision + recall))


def test_confidence_is_calibrated_if_it_is_as_often_true_as_it_says():
    half = [(BEES, reply("Bees hum\nloudly.")), (CATS, reply("Ants march."))]  # confidence 0.5
    assert values(*half)["ece"] == 0
    assert values(half[0])["ece"] == 0.5
    assert values(*half, (CATS, replace(reply("Cats purr."), confidence=1.0)))["ece"] == 0
    assert values(*half, (DRAGONS, reply()))["ece"] == 0  # what is refused is not known to be wrong
    assert values(*half, (DRAGONS, replace(reply("Ants march."), confidence=1.0)))["ece"] == pytest.approx(1 / 3)


def test_confidence_is_not_measured_where_only_refusals_are_judged():
    neither = Question("q", "Who?", answers=("ants",))
    assert not {"ece", "aurc"} & set(values((neither, reply("Ants march.")), (DRAGONS, reply("Ants march."))))
    assert {"ece", "aurc"} <= set(values((CATS, reply("Ants march.")), (DRAGONS, reply("Ants march."))))


def test_wrong_answers_weigh_more_the_surer_they_are():
    right = replace(reply("Bees hum\nloudly."), confidence=0.9)
    wrong = replace(reply("Ants march."), confidence=0.1)
    assert values((BEES, right), (CATS, wrong))["aurc"] == (0 + 1 / 2) / 2
    assert values((BEES, replace(right, confidence=0.1)), (CATS, replace(wrong, confidence=0.9)))["aurc"] == 3 / 4
    assert values((BEES, right), (CATS, reply()))["aurc"] == 0  # what is refused is not covered


def test_the_overlap_with_the_evidence_is_that_of_their_characters():
    assert values((BEES, reply("Bees hum\nloudly.")))["evidence_overlap"] == 1
    assert values((BEES, reply("hum")))["evidence_overlap"] == pytest.approx(2 * 3 / (3 + len("Bees hum loudly.")))
    assert values((BEES, reply("Cats purr.")))["evidence_overlap"] == 0
    assert values((BEES, reply()))["evidence_overlap"] == 0


def test_the_evidence_may_be_cited_by_one_of_its_strings_or_by_all():
    question = replace(BEES, evidence=("Ants march.", "Cats purr."))
    assert values((question, reply("Cats purr.")))["evidence_overlap"] == 1
    assert values((question, reply("Cats purr.", "Ants march.")))["evidence_overlap"] == 1


def test_gain_is_less_the_later_the_evidence_comes():
    first, third = reply(found=("Cats", "Ants", "Bees")), reply(found=("Ants", "Bees", "Cats"))
    assert values((CATS, first))["ndcg@8"] == 1
    assert values((CATS, third))["ndcg@8"] == pytest.approx(1 / 2)  # 1 / log2(1 + 3)
