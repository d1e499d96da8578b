"""The JSON form of an answer."""

import json

import pytest

from index.types import Hit, Passage
from rag.types import SCHEMA, Answer, Citation, Claim

ANSWER = Answer(
    question="How far is the moon?",
    text="It is far. [1]",
    status="answered",
    span="far",
    confidence=0.75,
    claims=(Claim("It is far.", (1,), "quoted", 1.0),),
    citations=(Citation(1, "moon.txt", "The moon", "/docs/moon.txt", 5, 15, "It is far.", 2),),
    hits=(Hit(Passage("p1", "moon.txt", "Moon. It is far.", 0, 16, "Distances"), 0.5, 1, 0.6, 0.4),),
    usage={"prompt": 3},
    timings={"total": 0.25},
)


def test_the_json_has_the_fields_by_name_and_the_schema():
    data = ANSWER.to_dict()
    assert set(data) == {
        *("schema", "question", "text", "status", "span", "confidence", "claims", "citations", "hits"),
        *("engine", "usage", "timings", "rewritten", "notices", "nearest", "documents"),
    }
    assert data["schema"] == SCHEMA == 1
    assert data["claims"] == [
        {"text": "It is far.", "citations": [1], "support": "quoted", "score": 1.0, "focus": None}
    ]
    assert set(data["citations"][0]) == {
        *("number", "document_id", "title", "source", "start", "end", "quote", "page", "part"),
    }
    assert set(data["hits"][0]) == {"passage", "score", "rank", "cosine", "bm25"}
    assert set(data["hits"][0]["passage"]) == {"id", "document_id", "text", "start", "end", "heading"}


@pytest.mark.parametrize(
    "answer",
    [ANSWER, Answer("Who?", "The documents do not seem to answer this question.", "abstained", None, 0.1)],
)
def test_an_answer_round_trips(answer):
    data = answer.to_dict()
    assert json.loads(json.dumps(data)) == data
    assert Answer.from_dict(data) == answer


def test_an_answer_that_was_saved_before_claims_had_a_focus_is_read():
    data = ANSWER.to_dict()
    del data["claims"][0]["focus"]
    assert Answer.from_dict(data) == ANSWER


def test_other_keys_are_ignored():
    assert Answer.from_dict({"id": object(), "remark": "good", **ANSWER.to_dict()}) == ANSWER


@pytest.mark.parametrize("schema", [0, 2, "1", None])
def test_another_schema_is_refused(schema):
    with pytest.raises(ValueError, match="schema"):
        Answer.from_dict({**ANSWER.to_dict(), "schema": schema})


def test_json_of_no_schema_is_refused():
    with pytest.raises(ValueError, match="schema"):
        Answer.from_dict({"question": "Who?"})


def test_a_missing_part_is_refused():
    data = ANSWER.to_dict()
    del data["claims"]
    with pytest.raises(ValueError, match="its `claims` is missing"):
        Answer.from_dict(data)


def test_what_is_of_the_wrong_kind_is_refused():
    with pytest.raises(ValueError, match="its `confidence` is wrong"):
        Answer.from_dict({**ANSWER.to_dict(), "confidence": "0.5"})


def test_what_to_dict_gives_is_a_copy():
    data = ANSWER.to_dict()
    data["usage"]["prompt"] = 4
    data["timings"].clear()
    assert ANSWER.usage == {"prompt": 3} and ANSWER.timings == {"total": 0.25}
