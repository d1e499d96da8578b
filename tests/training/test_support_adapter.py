"""Training of the support model's adapter: the claims written for it, and what is made of them."""

import json
from dataclasses import replace

from tokenizers import Tokenizer

import rag.training.adapter
import rag.training.support.adapter as support
import rag.training.train
from index.embedding import bundled_folder
from rag.jsonlines import read_lines
from rag.training.support.adapter import encode_claims, task, written_claims
from rag.training.support.examples import Example
from rag.training.written import FOLDER
from rag.verify.support import SupportModel

CLAIMS = [
    Example("written, exchange", f"Ada met {name}.", f"{name} met Ada.", name < "C", "d") for name in ("Ben", "Eve")
]


def test_the_evidence_of_written_claims_stands_in_their_documents():
    for line in read_lines(support.WRITTEN):
        assert line["evidence"] in (FOLDER / "documents" / line["document"]).read_text(encoding="utf-8")
        claims = [claim for verdict in ("right", "wrong") for _, claim in line[verdict]]
        assert len(set(claims)) == len(claims) > 0


def test_written_claims_are_held_out_by_document():
    trained, held_out = written_claims()
    assert {one.group for one in trained}.isdisjoint(one.group for one in held_out)
    assert len(trained) > 4 * len(held_out) > 0
    for part in (trained, held_out):
        assert 0.3 < sum(one.supported for one in part) / len(part) < 0.6


def test_the_claim_comes_first():
    tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
    (row, _) = encode_claims(CLAIMS, tokenizer)
    assert tokenizer.decode(row.ids, skip_special_tokens=False) == "[CLS] ben met ada. [SEP] ada met ben. [SEP]"
    assert row.supported


def test_an_adapter_is_trained_and_judges(tmp_path, monkeypatch, tiny_reader_folder):
    monkeypatch.setattr(rag.training.train, "bfloat16_pays", lambda: False)
    monkeypatch.setattr(rag.training.adapter, "TARGETS", ["query", "value"])
    monkeypatch.setattr(rag.training.adapter, "BASE", str(tiny_reader_folder))
    monkeypatch.setattr(support, "base_folder", lambda: tiny_reader_folder)
    judging = replace(task(0), heads=("classifier", "pooler"))  # the head of the tiny one has two parts
    rows = encode_claims(CLAIMS, Tokenizer.from_file(str(tiny_reader_folder / "tokenizer.json")))
    asked = rag.training.adapter.parser("").parse_args(
        ["--out", str(tmp_path), "--tokens", "12000", "--learning-rate", ".003"]
    )
    rag.training.adapter.train_adapter(asked, judging, rows, {"claims": {"written": 2}})
    told = json.loads((tmp_path / "adapter" / "training.json").read_text())
    assert told["claims"] == {"written": 2}
    assert told["steps"] > 0
    right, wrong = SupportModel(str(tmp_path / "adapter")).log_odds([(one.evidence, one.claim) for one in CLAIMS])
    assert right > wrong + 1
