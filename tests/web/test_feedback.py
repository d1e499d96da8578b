"""Likes and dislikes are kept in a local file, one JSON object a line."""

import json
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.web.feedback import Feedback
from index.errors import StoreError
from rag.types import Answer
from tests.conftest import ROOT, needs_permissions, one_sentence

ANSWER = Answer("Who?", "Ann “the roof” Lee.\n[1]", "answered", None, 0.75)


@pytest.fixture
def feedback(tmp_path):
    return Feedback(tmp_path / "data" / "feedback.jsonl")


def lines(feedback):
    """What is in the file, oldest first; a line that was broken off is None."""

    def read(line):
        try:
            return json.loads(line)
        except ValueError:
            return None

    return [read(line) for line in feedback.path.read_text(encoding="utf-8").splitlines()]


def test_a_line_says_what_was_judged_and_when(feedback):
    feedback.record("a1", ANSWER, "like")
    line = json.loads(feedback.path.read_text(encoding="utf-8"))
    assert line.pop("time").endswith("+00:00")
    assert line == {
        "id": "a1",
        "verdict": "like",
        "question": "Who?",
        "text": ANSWER.text,
        "status": "answered",
        "confidence": 0.75,
        "engine": "extract",
    }


def test_a_changed_mind_is_another_line_and_nothing_is_rewritten(feedback):
    feedback.record("a1", ANSWER, "like")
    feedback.record("b1", ANSWER, "like")
    before = feedback.path.read_bytes()
    feedback.record("a1", ANSWER, "dislike")
    feedback.record("b1", ANSWER, None)
    assert feedback.path.read_bytes().startswith(before)
    assert [(line["id"], line["verdict"]) for line in lines(feedback)[2:]] == [("a1", "dislike"), ("b1", None)]


def test_of_private_uploads_only_the_verdict_is_kept(feedback):
    feedback.record("a1", ANSWER, "dislike", private=True)
    assert "roof" not in feedback.path.read_text(encoding="utf-8")
    assert lines(feedback)[0]["question"] is None


def test_a_line_that_was_broken_off_takes_no_other_with_it(feedback):
    feedback.record("a1", ANSWER, "like")
    with feedback.path.open("ab") as file:
        file.write(b'{"id": "b1", "verd')
    feedback.record("c1", ANSWER, "dislike")
    assert [line and line["id"] for line in lines(feedback)] == ["a1", None, "c1"]


def test_the_file_is_for_its_owner_alone(feedback):
    feedback.record("a1", ANSWER, "like")
    assert stat.S_IMODE(feedback.path.stat().st_mode) == 0o600


def test_threads_and_processes_write_whole_lines(feedback):
    script = (
        "import sys; from pathlib import Path; from app.web.feedback import Feedback; from rag.types import Answer\n"
        "answer = Answer('Who?', 'word ' * 3000, 'answered', None, 0.5)\n"
        "for n in range(20): Feedback(Path(sys.argv[1])).record(f'{sys.argv[2]}-{n}', answer, 'like')"
    )
    command = [sys.executable, "-c", script, str(feedback.path)]
    others = [subprocess.Popen([*command, str(number)], cwd=ROOT) for number in range(2)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: feedback.record(f"t-{number}", ANSWER, "like"), range(40)))
    assert [other.wait(60) for other in others] == [0, 0]
    assert len({line["id"] for line in lines(feedback)}) == 80


@needs_permissions
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(StoreError) as error:
        Feedback(folder / "feedback.jsonl").record("a1", ANSWER, "like")
    assert "cannot be kept" in one_sentence(error)


def test_a_file_where_the_folder_should_be_is_told(tmp_path):
    (tmp_path / "data").write_text("")
    with pytest.raises(StoreError, match="cannot be kept"):
        Feedback(tmp_path / "data" / "feedback.jsonl").record("a1", ANSWER, "like")


def test_by_default_it_is_in_the_data_folder(home):
    assert Feedback().path == home / "footnote" / "feedback.jsonl"
