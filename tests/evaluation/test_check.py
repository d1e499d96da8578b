"""Question sets are drafted from documents, and checked against them."""

import json

import pytest

from index.files.finding import load_documents
from index.passages import split_document
from index.types import Document
from rag.about.subjects import find_subjects
from rag.evaluation.check import check_questions
from rag.evaluation.draft import draft_questions

TEXT = """# Lamps

## The lamp room

The oil of the lamp room is kept in
nine tins. The keeper of the lamp room is Ada Moor. It is dark.

## What can go wrong with lamps?

Soot can block the wick of a lamp in winter. The Harbour Office (HO) is told of it.
"""
LAMPS = split_document(Document("guides/lamps.md", "Lamps", "/lamps.md", TEXT), lambda text: len(text.split()))
OTHER = split_document(Document("tea.txt", "Tea", "/tea.txt", "Green tea takes two minutes.\n"), len)


@pytest.fixture
def problems_of(tmp_path):
    """Writes a set and checks it; gives pairs of a line's number and what is wrong with it."""

    def check(*lines):
        path = tmp_path / "set.jsonl"
        path.write_text("".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines))
        return [(problem.line, problem.text) for problem in check_questions(path, [LAMPS, OTHER]).problems]

    return check


GOOD = {"id": "a", "question": "Who keeps it?", "evidence": ["Ada Moor"], "must": ["ada"], "document": "lamps"}


def test_a_sound_set_has_no_problems(problems_of):
    assert problems_of(GOOD, {"id": "b", "question": "Who is king?"}) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"evidence": ["Bea Moor"]}, "Its evidence 'Bea Moor' is in no document."),
        ({"evidence": ["Ada Moor", "Bea Moor"]}, "Its evidence 'Bea Moor' is in no document."),
        ({"document": "tea"}, "Its evidence 'Ada Moor' is in guides/lamps.md, not tea."),
        ({"document": "lamp"}, "There is no document 'lamp'."),
        ({"must": ["Bea"]}, "Its must 'Bea' does not match the sentences of its evidence."),
        ({"must": ["("]}, "It is not a question: its `must` has a bad regular expression"),
        ({"evidence": [], "must": [], "answerable": True}, "It is answerable, but has neither"),
        ({"answerable": False}, "It is not answerable, but has evidence or answers."),
        ({"question": ""}, "It is not a question: its `question` is missing or empty."),
    ],
)
def test_each_fault_is_named(problems_of, change, problem):
    ((line, text),) = problems_of({**GOOD, **change})
    assert line == 1
    assert text.startswith(problem)


def test_all_problems_are_listed_with_their_lines(problems_of):
    assert [line for line, _ in problems_of("{\n", "\n", {**GOOD, "evidence": ["Bea"]}, "[]\n")] == [1, 3, 4]


def test_duplicates_are_found_by_id_and_by_words(problems_of):
    same = {**GOOD, "id": "b", "question": "who keeps IT"}
    assert problems_of(GOOD, same, {**GOOD, "question": "Who is the keeper?"}) == [
        (2, "It asks the question of line 1."),
        (3, "It has the id of line 1."),
    ]


def test_the_same_words_after_another_question_are_another_question(problems_of):
    assert problems_of(GOOD, {**GOOD, "id": "b", "history": [["And the cat?", "Bea."]]}) == []


def test_a_must_may_match_over_a_line_end_and_in_any_of_the_evidence(problems_of):
    oil = {
        "id": "o",
        "question": "How much oil?",
        "evidence": ["The oil of", "Ada Moor"],
        "must": ["in nine", "keeper"],
    }
    assert problems_of(oil) == []


def test_evidence_may_be_copied_from_a_row_without_its_column_names(tmp_path):
    (tmp_path / "costs.csv").write_text("Item,Cost in May\nOil,3\nWick,4\n")
    (costs,), _ = load_documents([tmp_path / "costs.csv"])
    path = tmp_path / "set.jsonl"
    lines = [
        {"question": "What is oil?", "evidence": ["Oil 3"], "must": ["Cost in May: 3"]},
        {"question": "A wick?", "evidence": ["Wick 3"]},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    found = check_questions(path, [split_document(costs, len)])
    assert [(one.line, one.text) for one in found.problems] == [(2, "Its evidence 'Wick 3' is in no document.")]


def test_the_shares_are_counted(tmp_path):
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(GOOD) + '\n{"question": "Who is king?", "category": "absent"}\n')
    found = check_questions(path, [LAMPS])
    assert (found.questions, found.answerable, dict(found.categories)) == (2, 1, {"": 1, "absent": 1})


def test_an_empty_set_is_a_problem(problems_of):
    assert problems_of("\n") == [(1, "There are no questions.")]


def test_subjects_are_headings_and_names():
    assert [subject.question for subject in find_subjects([LAMPS])][:2] == [
        "What can go wrong with lamps?",
        "What is said about the lamp room?",
    ]


def test_questions_are_drafted_from_sentences_and_headings():
    drafted = {question.question: question for question in draft_questions([LAMPS])}
    keeper = drafted["What is the keeper of the lamp room?"]
    assert (keeper.answers, keeper.evidence) == (("Ada Moor",), ("The keeper of the lamp room is Ada Moor.",))
    wrong = drafted["What can go wrong with lamps?"]
    assert wrong.evidence == ("Soot can block the wick of a lamp in winter.",)
    assert len({question.id for question in drafted.values()}) == len(drafted)


def test_what_is_drafted_passes_the_check(problems_of):
    drafted = draft_questions([LAMPS, OTHER], count=10)
    lines = [
        {"id": q.id, "question": q.question, "answerable": q.answerable, "evidence": q.evidence, "document": q.document}
        for q in drafted
    ]
    assert problems_of(*lines) == []
    assert any(not question.answerable for question in drafted)


def test_what_the_documents_speak_of_is_not_drafted_as_unanswerable():
    jupiter = split_document(Document("sky.txt", "Sky", "/sky.txt", "Jupiter has many moons, as we know.\n"), len)
    assert "How many moons does Jupiter have?" in [q.question for q in draft_questions([LAMPS])]
    assert "How many moons does Jupiter have?" not in [q.question for q in draft_questions([LAMPS, jupiter])]
