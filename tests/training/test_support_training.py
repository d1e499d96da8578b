"""Training of the support model: claims made by code, and the fit of what they are judged by."""

import gzip
import json
import random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.embedding import bundled_folder
from rag.read.spans import SpanModel
from rag.training.support.__main__ import SUPPORT, encode_claims, make_examples
from rag.training.support.examples import (
    Example,
    answered_questions,
    changed_claims,
    changed_sentences,
    in_longer_texts,
    misread_questions,
)
from rag.training.support.fit import best_threshold, features, fit, measure
from rag.training.support.mutations import mutate, names_in
from rag.training.support.rewordings import merge, reword
from rag.training.train import train
from rag.verify.quotes import check_quote
from tests.verify.test_support import make_model

CONTEXT = (
    "Brother Adam of Buckfast bred bees for seventy years. In 1916 a disease killed thirty of his forty-six hives. "
    "Only the hives with queens from Italy lived on, which was a surprise. The monks built the new apiary in 1925. "
    "Adam rode to Morocco in 1962. He did not find the dark bee there, but Buckfast kept its hives (all of them)."
)
QUESTIONS = {"Who bred bees for seventy years?": "Brother Adam", "When did Adam ride to Morocco?": "1962"}


@pytest.fixture
def data(tmp_path):
    """Data sets of the form that the training reads, small enough to look at."""
    lines = [
        {
            "source": "squad_v1.1_train_part",
            "question": question,
            "context": CONTEXT,
            "answers": [{"text": answer, "answer_start": CONTEXT.index(answer)}],
            "answerable": True,
        }
        for question, answer in QUESTIONS.items()
    ]
    claims = [
        {"source": "fever_dev_nli", "evidence": f"{n} bees.", "claim": "Bees.", "supported": True} for n in range(60)
    ]
    for name, rows in (("reader", lines), ("support", claims)):
        (tmp_path / name).mkdir()
        with gzip.open(tmp_path / name / "train.jsonl.gz", "wt") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)
    return tmp_path


def test_a_question_with_its_answer_is_a_claim_and_with_another_answer_a_false_one(data):
    claims = answered_questions(data / "reader" / "train.jsonl.gz", seed=1)
    right = {one.claim for one in claims if one.supported}
    assert "When did Adam ride to Morocco? 1962" in right
    assert right & {"Brother Adam bred bees for seventy years.", "Who bred bees for seventy years? Brother Adam"}
    wrong = [one.claim for one in claims if not one.supported]
    assert wrong
    assert not right & set(wrong)


def test_what_a_reader_finds_outside_the_answering_sentence_is_a_false_claim(data):
    claims = misread_questions(data / "reader" / "train.jsonl.gz", 1, SpanModel())
    assert claims
    for one in claims:
        assert not one.supported
        assert "Brother Adam" not in one.claim or "ride" in one.claim
        assert "1962" not in one.claim


def test_evidence_stands_anywhere_in_a_longer_text():
    claims = [Example("fever_dev_nli", f"Hive {n} holds bees.", f"Bees are in hive {n}.", True, "") for n in range(30)]
    longer = in_longer_texts(claims, seed=1)
    assert len(longer) > 20
    for one in longer:
        number = one.claim.split()[-1].rstrip(".")
        assert f"Hive {number} holds bees." in one.evidence
        assert len(one.evidence.split()) > 10
    assert len({one.evidence.index(f"Hive {one.claim.split()[-1].rstrip('.')} ") for one in longer}) > 5


def test_true_claims_of_people_are_changed_too():
    claims = [Example("fever_dev_nli", "", f"All {n} bees came in May.", n % 2 == 0, "") for n in range(2, 40)]
    changed = changed_claims(claims, seed=1)
    assert changed
    true = {one.claim for one in claims if one.supported}
    for one in changed:
        assert one.source.startswith("changed claim, ")
        assert not one.supported
        assert one.claim not in true


def test_sentences_in_other_words_are_supported_and_changed_ones_are_not(data):
    claims = changed_sentences(data / "reader" / "train.jsonl.gz", seed=1)
    assert {one.source for one in claims if one.supported} == {"reworded"}
    for one in claims:
        if one.source.startswith("changed"):
            assert not one.supported
            assert not check_quote(one.claim, CONTEXT).holds


def test_what_is_kept_for_the_fit_shares_no_evidence_with_what_is_trained_on(data):
    trained, held_out = make_examples(data, seed=1)
    assert trained
    assert held_out
    assert not {one.group for one in trained} & {one.group for one in held_out}
    assert make_examples(data, seed=1) == (trained, held_out)


@pytest.mark.parametrize(
    ("sentence", "kind", "reworded"),
    [
        ("In 1916, a disease killed thirty bees.", "moved", "A disease killed thirty bees in 1916."),
        ("The monks built the apiary in 1925.", "passive", "The apiary was built by the monks in 1925."),
        ("It cost 15 million marks.", "numeral", "It cost 15,000,000 marks."),
        ("It cost 15,000,000 marks.", "numeral", "It cost 15 million marks."),
        ("They lived on, which was a surprise.", "shortened", None),
        ("The hives lived on, which was a surprise.", "shortened", "The hives lived on."),
        ("He did not find it.", "contracted", "He didn’t find it."),
    ],
)
def test_rewordings(sentence, kind, reworded):
    found = {one.kind: one.text for one in reword(sentence, random.Random(1))}
    assert found.get(kind) == reworded or reworded is None


def test_two_sentences_are_merged_into_one():
    merged = merge("Bees hum.", "The ants run.", random.Random(1)).text
    assert merged in ("Bees hum, and the ants run.", "Bees hum; the ants run.", "Bees hum, while the ants run.")


def test_every_kind_of_change_is_made_where_the_sentence_allows_it():
    sentence = (
        "On 3 May 1916 all members of the Guild in Rome agreed that Adam may buy at least 20 km of wire from Zeno."
    )
    found = {one.kind: one for one in mutate(sentence, ["Adam", "Zeno", "Rome", "Guild", "Kestrel"], random.Random(1))}
    assert found.keys() >= {"number", "date", "name", "quantifier", "comparative", "hedge", "unit"}
    for mutation in found.values():
        assert mutation.text != sentence
        assert mutation.new in mutation.text


def test_names_are_no_months_and_no_words_that_are_common_elsewhere():
    assert names_in("We met Adam Buck in May. There the Guild sat with Ida; a guild is old.") == ["Adam Buck", "Ida"]


@given(st.lists(st.tuples(st.floats(0, 1, allow_subnormal=False), st.booleans()), min_size=2, max_size=30))
def test_no_threshold_is_better_than_the_best(rows):
    scores, labels = np.array([score for score, _ in rows]), np.array([label for _, label in rows])
    kinds = np.array(["one"] * len(rows))

    def balanced(threshold):
        return sum(
            (scores[labels == label] >= threshold).tolist().count(label) / max(1, (labels == label).sum())
            for label in (True, False)
        )

    best = balanced(best_threshold(scores, labels, kinds))
    assert all(best >= balanced(threshold) - 1e-9 for threshold in [*scores, 2.0])


def test_the_fit_writes_a_calibration_in_which_nothing_speaks_against_its_meaning(tmp_path):
    folder = make_model(tmp_path)
    held_out = [
        Example(f"{'reworded' if true else 'changed number'}", f"A hive holds {n} bees.", claim, true, str(n))
        for n in range(20, 60)
        for true, claim in ((True, f"Some {n} bees live in a hive."), (False, f"A hive holds {n + 1} bees."))
    ]
    figures = fit(folder, held_out, features(held_out, folder))
    calibration = json.loads((folder / "calibration.json").read_text())
    for name in ("weights", "strict"):
        *weights, _ = calibration[name]
        assert all(weight >= 0 for weight in weights[:4])
        assert all(weight <= 0 for weight in weights[4:])
    assert figures["reworded sentences supported"] == 1.0


def test_measures_are_by_source_with_an_interval_over_pieces_of_evidence():
    examples = [Example("wice", f"e{n // 2}", "c", n % 2 == 0, "") for n in range(40)]
    truth = np.array([one.supported for one in examples])
    figures = measure(examples, {"combined": truth, "overlap": np.ones(40, dtype=bool)}, seed=1)
    assert figures["wice"]["combined"] == 1.0
    assert figures["wice"]["overlap"] == 0.5
    assert figures["wice"]["over overlap"] == [0.5, 0.5]


def test_training_teaches_which_claims_are_supported(tmp_path):
    examples = [
        Example("hand", f"{name} lives in {place}.", f"{name} lives in {said}.", place == said, name)
        for name in ("Ada", "Ben", "Eve", "Max")
        for place in ("Rome", "Oslo")
        for said in ("Rome", "Oslo")
    ]
    rows = encode_claims(examples, Tokenizer.from_file(str(bundled_folder() / "tokenizer.json")))
    start = make_model(tmp_path, ["not_entailment", "entailment"])
    (tmp_path / "out").mkdir()
    model = train(start, rows, [list(range(len(rows)))] * 200, tmp_path / "out", seed=1, task=SUPPORT)
    assert model.config.id2label == {0: "not_entailment", 1: "entailment"}
    for ids, segments, label in rows:
        output = model(torch.tensor([ids]), torch.ones(1, len(ids)), torch.tensor([segments]))
        assert int(output.logits.argmax()) == label
