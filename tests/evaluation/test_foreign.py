"""Answers made elsewhere: their formats, their markers, and the claims that they are split into."""

import json
import time

import pytest

from index.errors import QuestionError
from index.types import Passage
from rag.evaluation.foreign import Context, read_answers
from rag.evaluation.foreign_claims import is_refusal, read_claims, without_markers
from rag.types import Answer, Citation, Claim, Hit


def claims(text):
    return [(claim.text, claim.citations) for claim in read_claims(text)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Bees hum [1].", (1,)),
        ("Bees hum.[1]", (1,)),
        ("Bees hum. [1][2]", (1, 2)),
        ("Bees hum [1, 2].", (1, 2)),
        ("Bees hum [1,2; 4].", (1, 2, 4)),
        ("Bees hum [1-3].", (1, 2, 3)),
        ("Bees hum [2][1][2].", (2, 1)),
        ("Bees hum [^1].", (1,)),
        ("Bees hum 【1†source】.", (1,)),
        ("Bees hum [Source 1].", (1,)),
        ("Bees hum (Source 1).", (1,)),
        ("Bees hum (Sources 1 and 2).", (1, 2)),
        ("Bees hum, according to Source 3.", (3,)),
        ("According to Source 3, Bees hum.", (3,)),
        ("Source 2 states that Bees hum.", (2,)),
        ("Bees hum.", ()),
    ],
)
def test_markers_are_recognised_and_are_no_part_of_the_claim(text, numbers):
    assert claims(text) == [("Bees hum.", numbers)]


@pytest.mark.parametrize(
    "text", ["It was founded in [2014].", "See [1](https://example.org) there.", "The source 40 miles up is dry."]
)
def test_other_brackets_and_numbers_are_no_markers(text):
    assert claims(text) == [(text, ())]


def test_each_sentence_is_a_claim_with_its_own_markers():
    assert claims("Ants march [1]. Bees hum [2], and so do flies [3]. [4] Cats purr.") == [
        ("Ants march.", (1,)),
        ("Bees hum, and so do flies.", (2, 3, 4)),
        ("Cats purr.", ()),
    ]


def test_lists_headings_lead_ins_and_lists_of_sources_are_understood():
    text = "# Animals\n\nThese are known:\n\n- **Ants** march [1]\n- Bees hum\n\n[2]\n\nSources: [1], [2]\n"
    assert claims(text) == [("Ants march", (1,)), ("Bees hum", (2,))]


@pytest.mark.parametrize(
    ("text", "refuses"),
    [
        ("", True),
        ("I don't know.", True),
        ("I’m sorry, but I cannot answer that.", True),
        ("The provided sources do not mention bees.", True),
        ("None of the sources are helpful.", True),
        ("Empty Response", True),
        ("I am sorry, but I do not have enough information.", True),
        ("The documents were not signed.", False),
        ("The information was not given to Parliament in 2011.", False),
        ("Bees hum.", False),
        ("The sources of the river do not freeze. Bees hum. Ants march.", False),
    ],
)
def test_a_refusal_claims_nothing(text, refuses):
    assert is_refusal(read_claims(text)) is refuses


def test_markers_are_left_out_of_what_is_compared_with_a_reference():
    assert without_markers("**Forty** thousand [1, 2].") == "Forty thousand."


@pytest.mark.parametrize(
    "hostile",
    ["[1" + ", " * 5000, " " * 20_000 + "[", "[1," * 5000, "." + " [1" * 5000, "(Source 1 and " * 3000, "*_" * 5000],
)
def test_hostile_text_is_read_in_time(hostile):
    started = time.perf_counter()
    read_claims(f"Bees {hostile} hum.")
    assert time.perf_counter() - started < 5


@pytest.fixture
def answers_of(tmp_path):
    """Writes files of answers and reads them."""

    def write_and_read(*contents):
        paths = []
        for number, content in enumerate(contents):
            paths.append(tmp_path / f"answers{number}.jsonl")
            paths[-1].write_text(content, encoding="utf-8")
        return read_answers(paths)

    return write_and_read


def lines(*items):
    return "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)


OURS = {"question": "Who hums?", "answer": "Bees hum [1].", "contexts": ["Bees hum.", "Ants march."]}
RAGAS = {"user_input": "Who hums?", "response": "Bees hum [1].", "retrieved_contexts": ["Bees hum.", "Ants march."]}


@pytest.mark.parametrize("item", [OURS, RAGAS])
def test_our_keys_and_those_of_ragas_are_understood(answers_of, item):
    (answer,) = answers_of(lines({**item, "reference": "bees"}))
    assert (answer.id, answer.question, answer.text) == ("1", "Who hums?", "Bees hum [1].")
    assert answer.contexts == (Context(1, "Bees hum."), Context(2, "Ants march."))
    assert [(claim.text, claim.citations) for claim in answer.claims] == [("Bees hum.", (1,))]
    assert answer.references == ("bees",)


def test_a_json_list_is_understood_too(answers_of):
    assert [answer.id for answer in answers_of(json.dumps([OURS, {**OURS, "id": "b"}], indent=1))] == ["1", "b"]


def test_labels_that_a_citation_query_engine_puts_before_contexts_are_their_numbers(answers_of):
    (answer,) = answers_of(lines({**OURS, "contexts": ["Source 3:\nBees hum.\n", "Source 4:\nAnts march.\n"]}))
    assert answer.contexts == (Context(3, "Bees hum.\n"), Context(4, "Ants march.\n"))


def test_footnote_s_own_answers_are_understood(answers_of):
    passage = Passage("p", "zoo.txt", "Bees hum. Ants march.", 0, 21)
    own = Answer(
        "Who hums?",
        "Bees hum. [1]",
        "answered",
        "Bees",
        0.9,
        (Claim("Bees hum.", (1,), "quoted", 1.0),),
        (Citation(1, "zoo.txt", "Zoo", "/zoo.txt", 0, 9, "Bees hum."),),
        (Hit(passage, 1.0, 1, 1.0, 1.0),),
    )
    (answer,) = answers_of(lines({"id": "q7", **own.to_dict()}))
    assert (answer.id, answer.short) == ("q7", "Bees")
    assert answer.contexts == (Context(1, "Bees hum.", "Zoo"), Context(None, "Bees hum. Ants march.", "zoo.txt"))
    assert [(claim.text, claim.citations) for claim in answer.claims] == [("Bees hum.", (1,))]


EXAMPLES = {
    "examples": [{"query": "Who hums?", "query_by": None, "reference_contexts": None, "reference_answer": "bees"}]
}
PREDICTIONS = {"predictions": [{"response": "Bees hum [1].", "contexts": ["Bees hum."]}]}


@pytest.mark.parametrize("files", [(EXAMPLES, PREDICTIONS), (PREDICTIONS, EXAMPLES), ({**EXAMPLES, **PREDICTIONS},)])
def test_a_llama_index_dataset_and_its_predictions_are_understood(answers_of, files):
    (answer,) = answers_of(*(json.dumps(file, indent=4) for file in files))
    assert (answer.question, answer.text, answer.references) == ("Who hums?", "Bees hum [1].", ("bees",))


def test_a_dataset_without_its_predictions_is_refused(answers_of):
    with pytest.raises(QuestionError, match="1 examples and 0 predictions"):
        answers_of(json.dumps(EXAMPLES))


BAD_LINES = {
    "it is not JSON": '{"question": "Who?"',
    "not a JSON object": "3",
    "`question` is missing": lines({**OURS, "question": " "}),
    "`answer` is missing": lines({"question": "Who?", "contexts": []}),
    "`contexts` is missing": lines({"question": "Who?", "answer": "Bees."}),
    "not a list of strings": lines({**OURS, "contexts": [1]}),
    "`reference` is not": lines({**OURS, "reference": 7}),
    "half of a surrogate pair": '{"question": "Who \\ud83d?", "answer": "", "contexts": []}',
    "its `status` is missing": lines({"schema": 1, "claims": [], "question": "Who?", "text": "Bees."}),
    "schema 2": lines({"schema": 2, "claims": []}),
    "tells of an error": lines({"id": "1", "question": "Who?", "error": "The question is empty."}),
}


@pytest.mark.parametrize("reason", BAD_LINES)
def test_a_bad_line_is_refused_with_its_number(answers_of, reason):
    with pytest.raises(QuestionError, match=r"Line 3 of .*answers0\.jsonl is not an answer: ") as error:
        answers_of(lines(OURS) + "\n" + BAD_LINES[reason])
    assert reason in str(error.value)


def test_a_file_without_answers_is_refused(answers_of, tmp_path):
    with pytest.raises(QuestionError, match="no answers"):
        answers_of("\n")
    with pytest.raises(QuestionError, match="No such file"):
        read_answers([tmp_path / "none.jsonl"])
