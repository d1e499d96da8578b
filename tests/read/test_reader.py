"""The reader that comes with Footnote: which sentence answers, where in it the answer stands, and how sure that is."""

import json
import re
import subprocess
import sys

import numpy as np
import pytest

from index.embedding import SentenceEmbedder
from index.errors import ModelError
from index.models import sha256, weights_of
from rag import Assistant
from rag.ask import Query
from rag.read.confidence import Calibration, Figures
from rag.read.reader import SpanReader, open_reader
from rag.read.retrieve import retrieve
from rag.read.similarity import SimilarityReader
from rag.read.spans import SpanModel, Window
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def embedder():
    return SentenceEmbedder()


@pytest.fixture(scope="module")
def reader(embedder):
    return open_reader(None, embedder)


@pytest.fixture
def read(index, embedder, reader):
    def ask(question, top_k=8):
        snapshot, hits = retrieve(question, index, embedder, top_k)
        return reader.read(Query(question, question), hits, snapshot)

    return ask


def text(candidate):
    sentence = candidate.sentence
    return candidate.document.document.text[sentence.start : sentence.end]


@pytest.mark.parametrize(
    ("question", "sentence", "span"),
    [
        ("How many bees live in a hive?", "A hive holds forty thousand bees.", "forty thousand"),
        ("Who lays the eggs?", "The queen lays the eggs.", "queen"),
        ("How long is green tea steeped?", "Green tea is steeped for two minutes.", "two minutes"),
        ("how far is the moon", "The moon is 384,400 km away.", "384,400 km"),
    ],
)
def test_the_answer_is_found_to_the_word(read, question, sentence, span):
    best = read(question).candidates[0]
    assert text(best) == sentence
    # With “away” or without is a matter of how a processor rounds bfloat16.
    assert best.span.removeprefix("The ").removesuffix(" away") == span


def test_a_question_about_other_things_is_below_the_threshold(read, reader):
    assert read("Who painted the chapel's ceiling?").confidence < reader.min_confidence
    assert read("How many bees live in a hive?").confidence > reader.min_confidence


def test_a_question_that_only_shares_its_topic_is_less_sure_of_an_answer(read):
    assert read("How many bees die in a hive?").confidence < read("How many bees live in a hive?").confidence


def test_scores_are_shares_of_one(read):
    scores = [candidate.score for candidate in read("Who lays the eggs?").candidates]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1)


def test_spans_are_parts_of_their_sentences(read):
    for candidate in read("How far away is the moon?").candidates:
        assert candidate.span in text(candidate)


class Marking(SpanModel):
    """A reader model to which every one of some words is the answer, each as much as the others."""

    def __init__(self, *words):
        super().__init__()
        self._words = words

    def read(self, question, passages, scores=()):
        windows = []
        for _, passage in passages:
            tokens = list(re.finditer(r"\w+", passage))
            logits = np.array([9.0 if token.group() in self._words else -9.0 for token in tokens], dtype=np.float32)
            windows.append([Window(np.array([token.span() for token in tokens]), logits, logits, 0.0)])
        return windows


def test_an_exact_answer_that_several_documents_tell_is_told(tmp_path, embedder, reader):
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(f"{name.upper()}\n\nThe mill of Orrin was built in 1902.\n")
    with Assistant.open(tmp_path, tmp_path / "store") as assistant:
        assert assistant.ask("When was the mill of Orrin built?").span == "1902"


def test_an_answer_is_less_sure_beside_another_but_not_beside_itself(tmp_path):
    """Who copies a document does not doubt it."""

    def sure(*years):
        folder = tmp_path / "-".join(years)
        folder.mkdir()
        for number, year in enumerate(years):
            (folder / f"{number}.txt").write_text(f"Notes, {number}\n\nThe mill of Orrin was built in {year}.\n")
        with Assistant.open(folder, folder / "store") as assistant:
            return assistant.ask("When was the mill of Orrin built?", min_confidence=0.0).confidence

    alone = sure("1902")
    assert sure("1902", "1902", "1902") > alone - 0.05
    assert sure("1902", "1911", "1927") < alone - 0.1


@pytest.mark.parametrize(("marked", "span"), [(["queen"], "queen"), (["queen", "eggs"], None)])
def test_the_exact_answer_is_told_unless_another_is_as_likely(index, embedder, marked, span):
    reader = SpanReader(Marking(*marked), embedder, Calibration.read(SpanModel.bundled))
    snapshot, hits = retrieve("Who lays the eggs?", index, embedder, 8)
    best = reader.read(Query("Who lays the eggs?", "Who lays the eggs?"), hits, snapshot).candidates[0]
    assert (text(best), best.span) == ("The queen lays the eggs.", span)


def test_without_passages_nothing_is_found(index, embedder, reader):
    snapshot, _ = retrieve("Who?", index, embedder, 1)
    reading = reader.read(Query("Who?", "Who?"), [], snapshot)
    assert (reading.candidates, reading.confidence) == ((), 0.0)


def test_similarity_is_a_reader_by_name(embedder):
    assert isinstance(open_reader("similarity", embedder), SimilarityReader)


def test_another_model_stands_in(index, embedder, tiny_reader_folder):
    other = open_reader(str(tiny_reader_folder), embedder)
    snapshot, hits = retrieve("Who lays the eggs?", index, embedder, 8)
    reading = other.read(Query("Who lays the eggs?", "Who lays the eggs?"), hits, snapshot)
    assert len(reading.candidates) == 8  # six sentences, two headings
    assert other.identity.startswith(tiny_reader_folder.name)


def warnings_of(caplog):
    return [record.getMessage() for record in caplog.records if record.name == "rag.networks"]


def test_a_model_s_own_calibration_is_used_where_it_has_one(embedder, tiny_reader_folder, tmp_path, caplog):
    folder = tmp_path / "calibrated"
    folder.mkdir()
    for file in tiny_reader_folder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    text = (SpanModel.bundled / "calibration.json").read_text()
    bundled = Calibration.read(SpanModel.bundled)
    (folder / "calibration.json").write_text(text.replace(str(bundled.min_confidence), "0.123"))
    assert open_reader(str(folder), embedder).min_confidence == 0.123
    assert warnings_of(caplog) == []
    assert open_reader(str(tiny_reader_folder), embedder).min_confidence == bundled.min_confidence


def test_a_model_that_borrows_the_bundled_one_s_calibration_is_told_apart(embedder, tiny_reader_folder, caplog):
    borrowing = open_reader(str(tiny_reader_folder), embedder)
    assert borrowing.identity.endswith(", uncalibrated")
    (warning,) = warnings_of(caplog)
    assert f"The reader {tiny_reader_folder} has no calibration.json of its own" in warning
    assert "uncalibrated" not in open_reader(None, embedder).identity
    assert len(warnings_of(caplog)) == 1


def test_scripts_and_commands_tell_of_it_on_stderr(folder, tmp_path, tiny_reader_folder):
    command = [sys.executable, "-c", "from app.commands.cli import main; main()", "doctor"]
    options = ["--docs", str(folder), "--store", str(tmp_path / "store"), "--reader", str(tiny_reader_folder)]
    ran = subprocess.run([*command, *options], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stderr.count("has no calibration.json of its own") == 1
    assert ", uncalibrated" in ran.stdout


def test_a_calibration_that_does_not_fit_is_refused(embedder, tiny_reader_folder, tmp_path):
    folder = tmp_path / "broken"
    folder.mkdir()
    for file in tiny_reader_folder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "calibration.json").write_text('{"sentence": [1]}')
    with pytest.raises(ModelError, match=r"broken.*calibration\.json"):
        open_reader(str(folder), embedder)


def test_a_calibration_of_another_layout_is_refused_with_what_to_do(embedder, tiny_reader_folder, tmp_path):
    """Such as one that an earlier version has written, whose weights stand for other figures."""
    folder = tmp_path / "earlier"
    folder.mkdir()
    for file in tiny_reader_folder.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    earlier = {"sentence": [0.5, 2.7, 1.0, 3.4, 1.3], "topic": [19.5, -2.6, 0.3, 2.3], "answer": [0.3, 1.2]}
    (folder / "calibration.json").write_text(json.dumps(earlier | {"min_confidence": 0.5}))
    with pytest.raises(ModelError, match=r"needs the weights mass, .*fit the reader's calibration anew"):
        open_reader(str(folder), embedder)


def test_unrelated_documents_do_not_change_how_sure_an_answer_is(index, folder, embedder, reader):
    def ask():
        snapshot, hits = retrieve("How many bees live in a hive?", index, embedder, 3)
        return reader.read(Query("", "How many bees live in a hive?"), hits, snapshot)

    before = ask()
    for number in range(50):
        (folder / f"{number}.txt").write_text(f"Tram {number} goes to the depot at night, and rests there.\n")
    index.sync()
    after = ask()
    assert text(after.candidates[0]) == text(before.candidates[0])
    assert after.confidence == pytest.approx(before.confidence, abs=0.02)


@pytest.mark.parametrize(
    ("topic", "answer", "quoted", "why_not"),
    [
        (0.1, 0.9, 0.9, "speak of this"),
        (0.9, 0.1, 0.9, "do not seem to say"),
        (0.9, 0.9, 0.1, "Several passages may say it"),
        (0.7, 0.6, 0.1, "do not seem to say"),
        (0.8, 0.7, 0.9, "not surely enough"),
    ],
)
def test_a_refusal_knows_at_which_step_it_failed(topic, answer, quoted, why_not):
    assert why_not in Figures(1, 1, 1, topic=topic, answer=answer, quoted=quoted).why_not


@pytest.mark.parametrize(("rate", "told"), [("$______", False), ("$__18__", True)])
def test_a_blank_that_nobody_filled_in_is_no_answer(tmp_path, rate, told):
    contract = f"The club finds a projectionist for the film. He is paid at an hourly rate of {rate}.\n"
    (tmp_path / "contract.txt").write_text(contract, encoding="utf-8")
    with Assistant.open(tmp_path / "contract.txt", tmp_path / "store") as assistant:
        answer = assistant.ask("How much is the projectionist paid an hour?")
    assert (answer.status == "answered", rate in answer.text) == (told, told)


def test_what_a_document_asks_itself_makes_nothing_else_sure(tmp_path):
    study = "# Does feeding make honey bees stay in their hive in winter?\n\nThe hive stands in the school orchard.\n"
    (tmp_path / "study.md").write_text(study, encoding="utf-8")
    with Assistant.open(tmp_path / "study.md", tmp_path / "store") as assistant:
        answer = assistant.ask("Do honey bees stay in their hive in winter if they are fed?", min_confidence=0.0)
    assert "orchard" in answer.text and answer.confidence < assistant.reader.min_confidence


def test_what_is_spoken_of_is_not_said_to_be_unknown_however_sure_the_reader_is_that_it_is_not_said(reader):
    near, far = (Figures(share, share, 0.4, mass=-20.0, alone=-20.0) for share in (0.4, 0.0))
    spoken_of, other = (reader._calibration.weigh(figures) for figures in (near, far))
    assert spoken_of.topic < 0.5  # so that it is refused
    assert "speak of this, but" in spoken_of.why_not
    assert "Nothing" in other.why_not


def test_a_reading_tells_what_its_confidence_is_made_of(read):
    reading = read("How many bees live in a hive?")
    figures = reading.figures
    assert figures.topic * figures.answer > 0.5
    assert reading.confidence == pytest.approx(figures.topic * figures.answer * figures.quoted)
    assert reading.figures.near == reading.figures.anywhere > 0.8  # all but "live", which its document does not say
    assert read("How many bees live in Zanzibar?").figures.near < reading.figures.near


def test_the_weights_are_small_and_those_that_were_measured():
    weights = weights_of(SpanModel.bundled, SpanModel.kind)
    assert weights.stat().st_size <= 50_000_000
    assert sha256(weights) == SpanModel.bundled_sha256


def test_altered_weights_are_refused_before_they_are_run(embedder, monkeypatch):
    monkeypatch.setattr(SpanModel, "bundled_sha256", "0" * 64)
    with pytest.raises(ModelError, match="reinstall"):
        open_reader(None, embedder).warm_up()


def test_the_model_card_says_what_the_code_does():
    card = (SpanModel.bundled / "README.md").read_text()
    assert "license: cc-by-sa-4.0" in card
    assert f"below a confidence of {Calibration.read(SpanModel.bundled).min_confidence}," in card


def test_the_best_sentence_is_read_by_itself_too(read, reader, index):
    reading = read("How many bees live in a hive?")
    heading = "Bees"
    [[window]] = reader._model.reread("How many bees live in a hive?", [(heading, text(reading.candidates[0]))])
    assert reading.figures.alone == pytest.approx(window.mass(0, len(text(reading.candidates[0]))))
    assert read("How many bees live in Zanzibar?").figures.alone < reading.figures.alone
