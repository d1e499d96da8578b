"""Reading question sets."""

import json

import pytest

from index.errors import QuestionError
from rag.evaluation.questions import Question, read_questions


@pytest.fixture
def questions_of(tmp_path):
    """Writes a question set and reads it."""

    def write_and_read(*lines, encoding="utf-8", end="\n"):
        path = tmp_path / "set.jsonl"
        texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
        path.write_bytes(end.join(texts).encode(encoding))
        return read_questions(path)

    return write_and_read


def test_a_line_may_say_everything(questions_of):
    line = {
        "id": "q7",
        "question": "And the moon?",
        "answerable": True,
        "category": "follow-up",
        "evidence": ["384,400 km"],
        "must": [r"384,?400"],
        "answers": ["384,400 km"],
        "document": "moon.txt",
        "history": [["How far is the sun?", "Very far. [1]"]],
    }
    assert questions_of(line) == [
        Question(
            id="q7",
            question="And the moon?",
            answerable=True,
            category="follow-up",
            evidence=("384,400 km",),
            must=(r"384,?400",),
            answers=("384,400 km",),
            document="moon.txt",
            history=(("How far is the sun?", "Very far. [1]"),),
        )
    ]


def test_a_question_is_enough_and_its_line_number_is_its_id(questions_of):
    first, second = questions_of({"question": "Who?"}, "", {"question": "When?"})
    assert (first.id, second.id) == ("1", "3")
    assert first == Question("1", "Who?", answerable=False)


def test_a_number_may_be_the_id(questions_of):
    assert questions_of({"id": 7, "question": "Who?"})[0].id == "7"


@pytest.mark.parametrize(
    ("known", "answerable"),
    [
        ({}, False),
        ({"evidence": [], "must": [], "answers": []}, False),
        ({"evidence": [" "]}, False),
        ({"evidence": ["it"]}, True),
        ({"must": ["it"]}, True),
        ({"answers": ["it"]}, True),
        ({"answerable": True}, True),
        ({"answers": ["it"], "answerable": False}, False),
    ],
)
def test_a_question_of_which_no_answer_is_known_must_be_refused(questions_of, known, answerable):
    assert questions_of({"question": "Who?", **known})[0].answerable is answerable


def test_unknown_keys_are_ignored(questions_of):
    assert questions_of({"question": "Who?", "note": {"by": 1}}) == questions_of({"question": "Who?"})


def test_a_byte_order_mark_and_windows_line_ends_are_no_harm(questions_of):
    questions = questions_of({"question": "Who?"}, {"question": "When?"}, "", encoding="utf-8-sig", end="\r\n")
    assert [question.question for question in questions] == ["Who?", "When?"]


def test_a_line_separator_inside_a_string_does_not_end_the_line(questions_of):
    (question,) = questions_of({"question": "One\u2028two\u2029three\u0085four?"})
    assert question.question == "One\u2028two\u2029three\u0085four?"


BAD_LINES = {
    "not JSON": '{"question": "Who?"',
    "not a JSON object": ["Who?"],
    "`question` is missing": {"id": "q1"},
    "`question` is missing or empty": {"question": " "},
    "`question` is not a string": {"question": 1},
    "`id` is not a string": {"question": "Who?", "id": ["q1"]},
    "`answerable` is neither": {"question": "Who?", "answerable": "yes"},
    "`category` is not a string": {"question": "Who?", "category": 1},
    "`evidence` is not a list": {"question": "Who?", "evidence": "it"},
    "`must` is not a list": {"question": "Who?", "must": [1]},
    "bad regular expression": {"question": "Who?", "must": ["("]},
    "`answers` is not a list": {"question": "Who?", "answers": {}},
    "`document` is not a string": {"question": "Who?", "document": None},
    "`history` is not a list": {"question": "Who?", "history": [["one"]]},
    "half of a surrogate pair": '{"question": "Who \\ud83d?"}',
}


@pytest.mark.parametrize("reason", BAD_LINES)
def test_a_bad_line_is_refused_with_its_number_and_the_reason(questions_of, reason):
    with pytest.raises(QuestionError, match=r"Line 3 of .*set\.jsonl") as error:
        questions_of({"question": "Who?"}, "", BAD_LINES[reason])
    assert reason in str(error.value)


@pytest.mark.parametrize("lines", [(), ("", "  ")])
def test_a_set_without_questions_is_refused(questions_of, lines):
    with pytest.raises(QuestionError, match="no questions"):
        questions_of(*lines)


def test_a_file_that_is_not_utf_8_is_refused(questions_of):
    with pytest.raises(QuestionError, match="not UTF-8"):
        questions_of({"question": "Café?"}, encoding="latin-1")


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(QuestionError, match="No such file"):
        read_questions(tmp_path / "missing.jsonl")
    with pytest.raises(QuestionError, match="directory"):
        read_questions(tmp_path)
