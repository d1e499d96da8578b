"""Fitting the reader's calibration: held-out documents are asked, and weights and probabilities learnt from it."""

import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from rag.read.confidence import QUOTED, SENTENCE, Calibration
from rag.read.reader import SpanReader
from rag.read.spans import SpanModel
from rag.training.card import write_card
from rag.training.corpora import UNFITTED
from rag.training.dev import Asking, ask_alone, ask_each, held_out_documents, some_of
from rag.training.fit import (
    ENGINES,
    REFUSED,
    calibration_error,
    cross_fit,
    features,
    fit_confidence,
    fit_monotone,
    fit_sentences,
    fit_to,
    leave_out,
    mixed,
    threshold_of,
    weighed,
)
from rag.training.sources import SOURCES
from tests.conftest import WordEmbedder

ANIMALS = ("otter", "badger", "heron", "lynx", "marten", "ibex", "stoat", "crane")
PLACES = ("the river", "the wood", "the marsh", "the ridge", "the barn", "the cliff", "the hedge", "the meadow")
FILLER = "Nothing else was seen there, though the watchers stayed until dark and came back on the next day."


def write_data(folder):
    """Eight titles of five contexts; each context tells one thing, and is asked one more."""
    path = folder / "dev.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for animal in ANIMALS:
            for number, place in enumerate(PLACES[:5]):
                context = f"The {animal} number {number} of the year sleeps near {place}. {FILLER} " + FILLER
                line = {"source": "invented", "license": "none", "title": f"The_{animal}", "context": context}
                at = {"text": place, "answer_start": context.index(place)}
                asked = f"Where does the {animal} number {number} sleep?"
                refused = f"What does the {animal} number {number} eat?"
                for question, answers in ((asked, [at]), (refused, [])):
                    one = line | {"question": question, "answers": answers, "answerable": bool(answers)}
                    file.write(json.dumps(one) + "\n")
    return path


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    return held_out_documents(write_data(tmp_path_factory.mktemp("data")), seed=1)


@pytest.fixture(scope="module")
def askings(documents, tiny_reader_folder):
    embedder = WordEmbedder()
    return list(ask_each(documents, SpanReader(SpanModel(str(tiny_reader_folder)), embedder, UNFITTED), embedder, 1))


def test_a_title_makes_a_document_and_answers_keep_their_place(documents):
    assert sorted(document.name for document in documents) == sorted(f"The_{animal}" for animal in ANIMALS)
    for document in documents:
        assert document.text.startswith(document.name.replace("_", " "))
        answered = [spans for _, spans in document.questions if spans]
        assert len(answered) == 5
        assert {document.text[start:end] for ((start, end),) in answered} == set(PLACES[:5])


def test_questions_are_asked_of_their_own_document_and_of_others(askings):
    assert {(asking.corpus, asking.kind) for asking in askings} == {("alone", kind) for kind in ("own", "near", "far")}
    for asking in askings:
        right = [one.likeness.text for one, is_right in zip(asking.evidence, asking.right, strict=True) if is_right]
        if asking.kind == "own":
            animal, number = asking.question.split()[3], asking.question.split()[5]
            assert all(f"The {animal} number {number} " in text for text in right)
        else:
            assert not right


def test_the_same_seed_asks_the_same(documents, tiny_reader_folder):
    embedder = WordEmbedder()
    reader = SpanReader(SpanModel(str(tiny_reader_folder)), embedder, UNFITTED)
    one, other = (list(ask_alone(documents, 6, reader, embedder, 1)) for _ in range(2))
    assert [asking.question for asking in one] == [asking.question for asking in other]


def test_some_of_the_documents_are_asked_a_few_of_their_questions(documents):
    chosen = some_of(documents, 12, seed=1)
    assert [len(one.questions) for one in chosen] == [4, 4, 4]
    named = {document.name: document for document in documents}
    assert all(set(one.questions) <= set(named[one.name].questions) for one in chosen)
    assert some_of(documents, 12, seed=1) == chosen != some_of(documents, 12, seed=2)


def test_sentences_are_ranked_by_what_tells_the_right_one(askings):
    """The reader here is random, the words of the question are not."""
    own = [asking for asking in askings if any(asking.right)]
    weights = fit_sentences(own, (0, 1, 2, 3, 4))
    first = [asking.right[int((features(asking) @ weights).argmax())] for asking in own]
    assert np.mean(first) > 0.9
    assert [name for name, weight in zip(SENTENCE, fit_sentences(own, (2,)), strict=True) if weight] == ["bm25"]


def test_confidence_tells_other_topics(askings):
    weights = fit_sentences(askings, (0, 1, 2, 3, 4))
    confidence = fit_confidence(askings, weights).of(askings, weights, ("topic",))
    kinds = np.array([asking.kind for asking in askings])
    assert confidence[kinds == "own"].mean() > confidence[kinds == "far"].mean()
    product = fit_confidence(askings, weights).of(askings, weights, ("topic", "answer", "quoted"))
    assert (product <= confidence).all()


def test_confidence_tells_answers_that_others_rival(askings):
    weights = fit_sentences(askings, (0, 1, 2, 3, 4))
    own = [asking for asking in askings if asking.kind == "own"]
    share = weighed(own, weights, QUOTED)[:, 0]
    right = share > np.quantile(share, 0.3)
    of_others = [asking for asking in askings if asking.kind != "own"]
    judged = [replace(one, right=(bool(is_right),) * len(one.right)) for one, is_right in zip(own, right, strict=True)]
    quoted = fit_confidence([*judged, *of_others], weights).part(own, weights, "quoted")
    assert quoted[right].min() > quoted[~right].max()
    assert quoted.mean() == pytest.approx(right.mean(), abs=0.05)


def test_each_half_is_judged_by_the_other(askings):
    right, confidence = cross_fit(askings, (0, 1, 2, 3), ("topic", "answer"), 1)
    assert right.shape == confidence.shape == (len(askings),)
    assert ((confidence > 0) & (confidence < 1)).all()


def of_kinds(**counts):
    """Askings of these kinds, of one corpus."""
    return [Asking(kind, "shelf", "", "Who?", (), (), (), ()) for kind, count in counts.items() for _ in range(count)]


def test_the_mix_of_questions_is_the_one_assumed():
    asked = of_kinds(own=100, near=30, far=70)
    kinds, weights = np.array([one.kind for one in asked]), mixed(asked)
    total = {kind: weights[kinds == kind].sum() / weights.sum() for kind in ("own", "near", "far")}
    assert total == pytest.approx({"own": 2 / 3, "near": 1 / 6, "far": 1 / 6})


def test_each_corpus_counts_alike_unless_it_has_few_questions():
    asked = of_kinds(own=200) + [replace(one, corpus="other") for one in of_kinds(own=50)]
    asked += [replace(one, corpus="tiny") for one in of_kinds(own=2)]
    weights = mixed(asked)
    assert weights[:200].sum() == pytest.approx(weights[200:250].sum())
    assert weights[250:].sum() == pytest.approx(weights[:200].sum() / 10)


def test_no_feature_lowers_the_confidence_as_it_grows():
    """Though in these few cases the second one seems to."""
    rows = np.array([[0.0, 1.0], [0.1, 0.9], [0.9, 0.2], [1.0, 0.0]])
    slopes = fit_monotone(rows, np.array([False, False, True, True]), np.ones(4))
    assert slopes[0] > 1
    assert slopes[1] == 0


def test_no_corpus_is_judged_by_a_fit_that_has_seen_it(askings):
    elsewhere = [replace(asking, corpus="elsewhere") for asking in askings]
    folds = leave_out([*askings, *elsewhere], 1)
    where = {(asking.corpus, fold) for asking, fold in zip([*askings, *elsewhere], folds.tolist(), strict=True)}
    assert where == {("alone", 0), ("elsewhere", 1)}


def test_the_threshold_refuses_no_more_of_what_is_right_than_is_allowed(askings):
    confidence = np.linspace(0.1, 0.9, len(askings))
    right = np.array([asking.kind == "own" and number % 5 > 0 for number, asking in enumerate(askings)])
    threshold = threshold_of(askings, right, confidence)
    assert 0 < np.mean(confidence[right] < threshold) <= REFUSED


def test_confidence_that_is_as_often_right_as_it_says_has_no_calibration_error():
    confidence = np.repeat([0.25, 0.75], 4)
    truth = np.array([True, False, False, False, True, True, True, False])
    error, bins = calibration_error(confidence, truth, np.ones(8))
    assert error == 0
    assert bins == [(0.25, 0.25, 0.5), (0.75, 0.75, 0.5)]
    assert calibration_error(confidence, ~truth, np.ones(8))[0] == 0.5


def test_what_is_fitted_is_written_and_can_be_read(askings, documents, tiny_reader_folder, tmp_path):
    embedder = WordEmbedder()
    reader = SpanReader(SpanModel(str(tiny_reader_folder)), embedder, UNFITTED)
    written = list(ask_each(documents[:4], reader, embedder, 1, "written"))
    asked = [*askings, *written]
    asked += [replace(asking, question=f"Why? {asking.question}") for asking in asked]  # some ask for several things
    figures = fit_to(tmp_path, asked, 1)
    assert set(figures) == set(ENGINES)
    for engine in figures.values():
        assert list(engine["by"]) == ["alone", "written"]
        assert engine["by"]["written"]["questions"] == 2 * sum(asking.kind == "own" for asking in written)
    calibration = Calibration.read(tmp_path)
    assert calibration.min_confidence == figures["combined"]["threshold"]
    assert any(calibration.sentence.values())
    assert min(calibration.sentence.values()) >= 0


def test_the_card_is_written_from_the_figures_that_ship():
    folder = SpanModel.bundled
    settings, figures = (json.loads((folder / name).read_text()) for name in ("training.json", "figures.json"))
    card = write_card(settings, figures)
    assert card == (folder / "README.md").read_text()
    for source in settings["questions"]:
        assert f"| {source} | " in card
        assert SOURCES[source][1] in card
