"""Hand-written claims about real passages, right ones in other words and wrong ones: is the set sound?

Like the question sets it is test data, on which nothing is trained or fitted.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

from index.files.finding import load_documents
from tests.conftest import ESSAY

CLAIMS = Path(__file__).parents[1] / "claims"
DOCUMENTS = [Path(__file__).parents[1] / "documents", CLAIMS / "documents"]
KINDS = {
    "right": {
        *("active-passive", "clause order", "count", "date", "double negation", "fraction", "inferred", "inverse"),
        *("merged", "number", "pronoun", "shortened", "synonym", "table row"),
    },
    "wrong": {
        *("added negation", "dropped negation", "half right", "hedge dropped", "invented", "opposite"),
        *("other passage", "over-general", "swapped arguments", "wrong cause", "wrong comparative", "wrong count"),
        *("wrong name", "wrong number", "wrong quantifier", "wrong role", "wrong row"),
    },
}


def read_claims(name):
    lines = (CLAIMS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def texts():
    return {document.id: document.text for document in load_documents([ESSAY, *DOCUMENTS])[0]}


@pytest.mark.parametrize(("name", "fewest"), [("right", 250), ("wrong", 250)])
def test_there_are_enough_claims_of_every_kind(name, fewest):
    claims = read_claims(name)
    assert len({claim["claim"] for claim in claims}) == len(claims) >= fewest
    assert {claim["kind"] for claim in claims} == KINDS[name]
    assert Counter(claim["document"] for claim in claims)[ESSAY.name] >= 20
    assert len({claim["document"] for claim in claims}) >= 20


@pytest.mark.parametrize("name", KINDS)
def test_all_evidence_is_verbatim_and_no_claim_is(name, texts):
    by_name = {identifier.rsplit("/", 1)[-1]: text for identifier, text in texts.items()}
    for claim in read_claims(name):
        assert set(claim) == {"claim", "evidence", "document", "kind"}
        assert claim["evidence"], claim
        text = by_name[claim["document"]]
        assert all(evidence in text for evidence in claim["evidence"]), claim
        if claim["kind"] != "other passage":
            assert claim["claim"] not in " ".join(" ".join(claim["evidence"]).split()), claim
