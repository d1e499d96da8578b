"""What must not matter to an answer: unrelated documents, files' names, where lines break."""

import shutil

import pytest

from rag.evaluation.questions import read_questions
from rag.types import Answer, Citation
from tests.benchmarks.metamorphic import CHANGES, compare, measure, reflowed, renamed, with_book, with_notes
from tests.conftest import ROOT

DOCUMENTS = ("expedition.txt", "manual.md", "minutes.md")
EACH = 5  #: questions


def answer(quote="", confidence=0.9):
    citations = (Citation(1, "a.txt", "A", "a.txt", 0, len(quote), quote),) if quote else ()
    return Answer("Who?", quote, "answered" if quote else "abstained", None, confidence, citations=citations)


def test_a_change_is_told_by_first_quotations_lost_answers_and_confidence():
    before = [answer("The queen lays\nthe eggs."), answer("It is\ngreen."), answer("Two."), answer(confidence=0.1)]
    after = [answer("The queen lays the eggs."), answer("It is red."), answer(confidence=0.3), answer(confidence=0.1)]
    change = compare("a change", before, after)
    assert (change.stay, change.lost, change.moves) == pytest.approx((1 / 3, 1 / 3, 0.15))
    assert len(change.differ) == 2
    assert not change.holds
    assert compare("none", before, before).holds


def test_reflowing_moves_line_ends_alone(tmp_path):
    paragraph = "A long paragraph of plain words goes on and on, over the end of its line. " * 4
    table = "| one | two |\n| --- | --- |\n| a | b |\n" + "| more | rows |\n" * 9
    (tmp_path / "a.md").write_text(f"# Title\n\n{paragraph}\n\n{table}\n")
    reflowed(tmp_path)
    text = (tmp_path / "a.md").read_text()
    assert text.split() == f"# Title {paragraph} {table}".split()
    assert table.strip() in text
    assert max(map(len, text.splitlines())) < 80


def test_unrelated_documents_are_added_and_files_renamed(tmp_path):
    (tmp_path / "a.txt").write_text("A.")
    renamed(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["file-000.txt"]
    with_book(tmp_path)
    assert (tmp_path / "a-book.txt").stat().st_size > 100_000
    with_notes(tmp_path)
    assert len(list(tmp_path.glob("note-*.txt"))) == 200


@pytest.mark.slow
def test_answers_stay_when_what_must_not_matter_changes(tmp_path):
    """`tests/benchmarks/metamorphic.py` asks more, of any folder."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    questions = []
    for name in DOCUMENTS:
        shutil.copy(ROOT / "tests" / "documents" / name, folder)
        own = [one for one in read_questions(ROOT / "tests" / "questions" / "documents.jsonl") if one.document in name]
        questions += [one for one in own if one.answerable and not one.history][:EACH]
    changes = measure(folder, questions, CHANGES, tmp_path / "stores")
    # Of so few questions, one answer may be lost.
    assert [change.name for change in changes if change.lost > 0.12 or change.moves > 0.05] == []
    assert [change.name for change in changes if change.stay < 0.85] == []
