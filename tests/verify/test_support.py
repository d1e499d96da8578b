"""The support model: how pairs of texts are put to a network of transformers, and what its labels mean."""

import json
import shutil

import numpy as np
import pytest
import torch
from peft import LoraConfig, TaskType, get_peft_model
from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

import rag.networks
from index.embedding import bundled_folder
from index.errors import ModelError
from rag.networks import CALIBRATION
from rag.verify import claims
from rag.verify.claims import bear_out, best_model, check_claim, check_claims, unframed
from rag.verify.numbers import evened
from rag.verify.support import FEATURES, MAX_LENGTH, SupportCalibration, SupportModel, support_features
from tests.conftest import one_sentence

EVIDENCE = "Bees live in hives. A hive holds forty thousand bees. The queen lays the eggs."
LABELS = ("contradiction", "entailment", "neutral")


def make_model(folder, labels=LABELS):
    """A classifier of random weights with the bundled embedder's tokenizer."""
    torch.manual_seed(0)
    config = BertConfig(
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        initializer_range=0.3,
        id2label=dict(enumerate(labels)),
        label2id={name: number for number, name in enumerate(labels)},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(bundled_folder() / name, folder)
    return folder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(rag.networks, "bfloat16_pays", lambda: False)
    (tmp_path / "model").mkdir()
    return make_model(tmp_path / "model")


def logits(folder, evidence, claim):
    """What transformers itself makes of a pair."""
    network = BertForSequenceClassification.from_pretrained(folder).eval()
    with torch.inference_mode():
        return network(**AutoTokenizer.from_pretrained(folder)(evidence, claim, return_tensors="pt")).logits[0].numpy()


def test_log_odds_are_those_of_the_label_that_means_support(folder):
    contradiction, entailment, neutral = logits(folder, EVIDENCE, "The queen lays eggs.")
    expected = entailment - np.logaddexp(contradiction, neutral)
    assert SupportModel(str(folder)).log_odds([(EVIDENCE, "The queen lays eggs.")]) == pytest.approx(
        [expected], abs=1e-4
    )


def test_a_single_label_is_support_itself(folder):
    make_model(folder, ["score"])
    (expected,) = logits(folder, EVIDENCE, "Bees hum.")
    assert SupportModel(str(folder)).log_odds([(EVIDENCE, "Bees hum.")]) == pytest.approx([expected], abs=1e-4)


def test_labels_that_do_not_mean_support_are_refused(folder):
    make_model(folder, ["toxic", "benign"])
    with pytest.raises(ModelError, match="toxic, benign") as error:
        SupportModel(str(folder)).log_odds([(EVIDENCE, "Bees hum.")])
    one_sentence(error)


def test_pairs_do_not_depend_on_their_company(folder):
    model = SupportModel(str(folder))
    pairs = [(EVIDENCE, "Bees hum."), ("Ants run.", "Bees hum in the hive, as everybody knows."), (EVIDENCE * 3, "No.")]
    together = model.log_odds(pairs)
    assert together == pytest.approx([model.log_odds([pair])[0] for pair in pairs], abs=1e-4)


def test_long_evidence_is_read_in_windows_of_which_the_best_counts(folder):
    model = SupportModel(str(folder))
    long = " ".join(f"Sentence number {n} speaks of nothing much." for n in range(100))
    whole = model.log_odds([(long, "Bees hum.")])[0]
    network = model.load()
    network.tokenizer.enable_truncation(MAX_LENGTH, stride=64, strategy="only_first")
    encoding = network.tokenizer.encode(long, "Bees hum.")
    pieces = [long[one.offsets[1][0] : one.offsets[-6][1]] for one in (encoding, *encoding.overflowing)]
    assert len(pieces) > 3
    assert whole >= max(model.log_odds([(piece, "Bees hum.") for piece in pieces])) - 0.5


def test_a_model_may_bring_its_own_calibration(folder):
    weights = [1.0] + [0.0] * FEATURES
    (folder / CALIBRATION).write_text(
        json.dumps({"weights": weights, "weak": 0.0, "strict": weights, "supported": -99})
    )
    verdict = check_claim("Queens lay the eggs.", EVIDENCE, model=SupportModel(str(folder)))
    assert verdict.support == "supported"
    expected = SupportModel(str(folder)).log_odds([(evened(EVIDENCE), "Queens lay the eggs.")])[0]
    assert verdict.score == pytest.approx(1 / (1 + np.exp(-expected)), abs=1e-4)


def test_a_calibration_of_another_version_is_refused(folder):
    (folder / CALIBRATION).write_text(json.dumps({"weights": [1.0], "weak": 0.5, "strict": [1.0], "supported": 0}))
    with pytest.raises(ModelError, match="another number of weights") as error:
        SupportCalibration.read(folder)
    one_sentence(error)


def test_features_are_what_the_model_says_then_words_then_facts():
    assert support_features("Forty thousand bees", EVIDENCE, 1.5, []) == (1.5, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def test_how_likely_evidence_bears_statements_out_is_told_of_many_at_once(folder):
    model = SupportModel(str(folder))
    pairs = [("Who lays the eggs? The queen.", EVIDENCE), ("According to the text, bees hum.", "Bees live in hives.")]
    odds = model.log_odds([(evened(EVIDENCE), pairs[0][0]), ("Bees live in hives.", "bees hum.")])
    assert bear_out(pairs, model=model) == pytest.approx(1 / (1 + np.exp(-odds)), abs=1e-4)
    assert bear_out([], model=model) == []


# The models that come with Footnote


def test_the_model_on_the_base_is_asked_where_the_base_is_installed(monkeypatch):
    monkeypatch.setattr(claims, "base_installed", lambda: True)
    assert best_model.__wrapped__().identity.startswith("support-base@")
    monkeypatch.setattr(claims, "base_installed", lambda: False)
    assert best_model.__wrapped__().identity == SupportModel().identity


def test_an_adapter_reads_the_claim_first(folder, tmp_path):
    make_model(folder, ["score"])
    config = LoraConfig(
        task_type=TaskType.SEQ_CLS,
        r=4,
        target_modules=["query", "value"],
        modules_to_save=["classifier"],
        base_model_name_or_path=str(folder),
    )
    base = BertForSequenceClassification.from_pretrained(folder)
    model = get_peft_model(base, config)
    model.save_pretrained(tmp_path / "adapter")
    encoded = AutoTokenizer.from_pretrained(folder)("Queens lay eggs.", EVIDENCE, return_tensors="pt")
    with torch.inference_mode():
        expected = float(model.eval()(**encoded).logits)
    adapter = SupportModel(str(tmp_path / "adapter"))
    assert adapter.log_odds([(EVIDENCE, "Queens lay eggs.")]) == pytest.approx([expected], abs=1e-4)


def test_the_model_on_the_base_tells_a_paraphrase_from_a_denial():
    pairs = [("The queen is who lays eggs.", EVIDENCE), ("No queen ever lays an egg.", EVIDENCE)]
    said, denied = bear_out(pairs, model=SupportModel("base"))
    assert said > 0.5 > denied


# Verdicts


def test_a_whole_sentence_is_quoted_whatever_a_model_says():
    verdicts = check_claims(
        [("A hive holds forty thousand bees.", [EVIDENCE]), ("a hive holds *forty thousand* bees", ["Ants.", EVIDENCE])]
    )
    assert [verdict.support for verdict in verdicts] == ["quoted", "quoted"]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("the king had died.", "The guards denied that the king had died."),
        ("The king had died.", "Nobody believed that the king had died."),
        ("The king may", "The king may have died."),
    ],
)
def test_what_a_negation_or_hedge_is_cut_off_from_is_not_quoted(claim, evidence):
    assert check_claim(claim, evidence).support != "quoted"


def test_a_clause_that_stands_alone_is_quoted():
    assert check_claim("The king had died.", "The guards wept; the king had died; nobody spoke.").support == "quoted"


def test_a_sentence_below_a_heading_or_in_a_list_is_a_whole_one():
    text = "Bees\n\nA hive holds forty thousand bees.\n\n- the queen lays the eggs\n- drones do nothing\n"
    for claim in ("A hive holds forty thousand bees.", "The queen lays the eggs", "Drones do nothing."):
        assert check_claim(claim, text).support == "quoted"


def test_a_missing_number_or_name_rules_support_out():
    for claim in ("A hive holds fifty thousand bees.", "A hive of Queen Boudica Smith holds forty thousand bees."):
        verdict = check_claim(claim, EVIDENCE)
        assert verdict.support in ("weak", "unsupported")
        assert verdict.reasons


def test_nothing_supports_nothing():
    assert check_claim("…", EVIDENCE).support == "unsupported"
    assert check_claim("Bees hum.", "").support == "unsupported"
    assert check_claims([]) == []


@pytest.mark.parametrize(
    ("claim", "rest"),
    [
        ("According to the text, bees hum.", "bees hum."),
        ("The document states that bees hum.", "bees hum."),
        ("It is stated that bees hum.", "bees hum."),
        ("The text does not say that bees hum.", "The text does not say that bees hum."),
        ("According to the keeper, bees hum.", "According to the keeper, bees hum."),
        ("It is reported that bees hum.", "It is reported that bees hum."),
    ],
)
def test_words_that_only_say_where_a_claim_is_from_are_left_out(claim, rest):
    assert unframed(claim) == rest


@pytest.mark.parametrize("marker", ["- ", "(a) ", "b) ", "2. ", "iv. "])
def test_an_item_of_a_list_is_a_whole_quote_with_its_marker_and_without(marker):
    text = f"The duty does not apply to:\n{marker}thatched roofs, since they leak;\n{marker}barns."
    for claim in ("The duty does not apply to:", "thatched roofs, since they leak;", f"{marker}barns."):
        assert check_claim(claim, text).support == "quoted"
    assert check_claim("thatched roofs", text).support != "quoted"
