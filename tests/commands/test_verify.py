"""`footnote verify`: saved answers against today's files."""

import json

import pytest

from tests.commands.conftest import HIVE, footnote
from tests.conftest import needs_permissions

QUESTIONS = [{"id": "b", "question": HIVE}, {"id": "m", "question": "How far is the moon?"}]


@pytest.fixture
def saved(options, tmp_path):
    """The answer about bees, saved in a file."""
    path = tmp_path / "answer.json"
    path.write_text(footnote("ask", HIVE, "--json", *options).stdout, encoding="utf-8")
    return path


@pytest.fixture
def many(options, tmp_path):
    """Answers about bees and the moon, and a question that failed, saved as JSON lines."""
    questions = tmp_path / "questions.jsonl"
    lines = [*QUESTIONS, {"id": "long", "question": "bees " * 20_000}]
    questions.write_text("".join(json.dumps(line) + "\n" for line in lines))
    path = tmp_path / "answers.jsonl"
    path.write_text(footnote("ask", "--file", questions, "--json", *options).stdout, encoding="utf-8")
    return path


def states(verified):
    """Exit status, and the states of the answers as --json tells them."""
    return verified.exit_code, [answer["state"] for answer in json.loads(verified.stdout)["answers"]]


def test_an_answer_whose_source_is_as_it_was_holds(saved, folder):
    verified = footnote("verify", saved)
    assert verified.exit_code == 0
    assert verified.stdout.splitlines() == [
        f"1 {HIVE}",
        "  holds",
        "  [1] holds: Bees, characters 6–39",
        f"      {folder / 'bees.txt'}",
        "1 answer: 1 holds.",
    ]


def test_no_index_is_needed_or_made(saved, tmp_path, home):
    (tmp_path / "store").rename(tmp_path / "away")
    before = sorted(home.rglob("*"))
    assert footnote("verify", saved).exit_code == 0
    assert not (tmp_path / "store").exists()
    assert sorted(home.rglob("*")) == before


def test_a_quote_that_has_moved_is_listed_with_its_new_place(saved, folder):
    bees = folder / "bees.txt"
    bees.write_text("Of bees. " + bees.read_text())
    verified = footnote("verify", saved)
    assert verified.exit_code == 0
    assert "[1] moved: Bees, characters 6–39, are now 15–48\n" in verified.stdout
    assert verified.stdout.endswith("1 answer: 1 holds; 1 quote moved.\n")


@pytest.mark.parametrize("text", [b"Bees\n\nA hive holds fifty thousand bees.\n", b"", b"\0\0", b"\xff\xfe"])
def test_a_quote_that_is_no_longer_there_exits_with_4(saved, folder, text):
    (folder / "bees.txt").write_bytes(text)
    verified = footnote("verify", saved)
    assert verified.exit_code == 4
    assert "[1] source changed: Bees, characters 6–39" in verified.stdout


def test_it_is_told_which_words_have_changed(saved, folder):
    bees = folder / "bees.txt"
    whole = bees.read_text()
    for was, now, told in [
        ("forty", "fifty", "“forty” is now “fifty”, at 6–"),
        ("thousand ", "", "“thousand” is gone, at 6–"),
        ("holds", "hardly holds", "“hardly” is new, at 6–"),
        ("holds ", "holds\n", "the same words are there, otherwise set, at 6–"),
    ]:
        bees.write_text(whole.replace(was, now, 1))
        assert f"characters 6–39; {told}" in footnote("verify", saved).stdout


def test_a_source_that_is_gone_exits_with_5(saved, folder):
    (folder / "bees.txt").unlink()
    verified = footnote("verify", saved)
    assert verified.exit_code == 5
    assert "[1] source gone: Bees" in verified.stdout


@needs_permissions
def test_a_source_that_may_not_be_read_is_neither_gone_nor_changed(saved, folder):
    (folder / "bees.txt").chmod(0)
    verified = footnote("verify", saved)
    assert verified.exit_code == 1
    assert "cannot be read (Permission denied)" in verified.stderr


def test_an_answer_that_was_tampered_with_exits_with_1(saved):
    saved.write_text(saved.read_text(encoding="utf-8").replace("forty", "fifty", 1), encoding="utf-8")
    verified = footnote("verify", saved)
    assert verified.exit_code == 1
    assert "inconsistent: the answer contradicts itself" in verified.stdout
    assert "its text is not that of its claims" in verified.stdout


def test_a_folder_that_has_moved_is_named_with_docs(saved, folder):
    moved = folder.rename(folder.parent / "archive")
    assert footnote("verify", saved).exit_code == 5
    assert footnote("verify", saved, "--docs", moved).exit_code == 0
    (moved / "bees.txt").rename(moved / "hives.txt")
    renamed = footnote("verify", saved, "--docs", moved)
    assert renamed.exit_code == 5
    assert "the quote now stands in hives.txt" in renamed.stdout


def test_many_answers_and_the_worst_of_them_decides(many, folder):
    assert states(footnote("verify", many, "--json")) == (0, ["holds", "holds", "error"])
    (folder / "moon.txt").write_text("The moon is near.\n")
    assert states(footnote("verify", many, "--json")) == (4, ["holds", "changed", "error"])
    (folder / "bees.txt").unlink()
    assert states(footnote("verify", many, "--json")) == (5, ["gone", "changed", "error"])
    shown = footnote("verify", many)
    assert shown.stdout.splitlines()[0] == f"b {HIVE}"
    assert shown.stdout.endswith("3 answers: 1 source changed, 1 source gone, 1 no answer.\n")


def test_a_list_and_standard_input_are_read_too(many):
    answers = [json.loads(line) for line in many.read_text(encoding="utf-8").splitlines()]
    listed = json.dumps(answers, indent=1)
    assert states(footnote("verify", "-", "--json", stdin=listed.encode("utf-8-sig"))) == (
        0,
        ["holds", "holds", "error"],
    )


def test_json_tells_all_there_is(saved, folder):
    quote = {
        **{"number": 1, "document_id": "bees.txt", "source": str(folder / "bees.txt"), "state": "holds"},
        **{"quote": "A hive holds forty thousand bees.", "start": 6, "end": 39},
        **{"differences": [], "elsewhere": None},
    }
    assert json.loads(footnote("verify", saved, "--json").stdout) == {
        "schema": 1,
        "state": "holds",
        "answers": [{"id": "1", "question": HIVE, "state": "holds", "problems": [], "quotes": [quote]}],
    }


def test_an_abstained_answer_is_fine(options, tmp_path):
    path = tmp_path / "answer.json"
    path.write_text(footnote("ask", HIVE, "--json", "--min-confidence", 1, *options).stdout, encoding="utf-8")
    verified = footnote("verify", path)
    assert verified.exit_code == 0
    assert "holds (it abstained, and so quotes nothing)" in verified.stdout


def broken(saved, **changes):
    return json.dumps({**json.loads(saved.read_text(encoding="utf-8")), **changes})


BAD = {
    "not UTF-8": lambda saved: b"\xff",
    "There is no answer": lambda saved: b" \n",
    "There is no answer in": lambda saved: "[]",
    "Line 2 of": lambda saved: saved.read_text(encoding="utf-8").replace("\n", "") + "\n{",
    "is not JSON": lambda saved: "[" * 100_000,
    "not a JSON object": lambda saved: "3",
    "schema None": lambda saved: '{"question": "Who?"}',
    "an answer of schema 2": lambda saved: broken(saved, schema=2),
    "its `claims` is missing": lambda saved: saved.read_text(encoding="utf-8").replace('"claims"', '"clams"'),
    "its `citations.0.quote` is missing": lambda saved: saved.read_text(encoding="utf-8").replace('"quote"', '"quota"'),
    "its `text` is wrong: it should be a valid string": lambda saved: broken(saved, text=5),
    "its `citations.0.start` is wrong": lambda saved: saved.read_text(encoding="utf-8").replace(
        '"start": 6', '"start": "6"'
    ),
    "half of a surrogate pair": lambda saved: broken(saved, question="\ud83d"),
}


@pytest.mark.parametrize("problem", BAD)
def test_a_file_that_holds_no_answers_is_refused_in_one_sentence(saved, tmp_path, problem):
    content = BAD[problem](saved)
    path = tmp_path / "bad.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    verified = footnote("verify", path)
    assert (verified.exit_code, verified.stdout) == (1, "")
    message = verified.stderr.removeprefix("Error: ").strip()
    assert problem in message and message.endswith(".") and "\n" not in message


def test_a_missing_file_is_refused(tmp_path):
    verified = footnote("verify", tmp_path / "missing.json")
    assert verified.exit_code == 1
    assert "cannot be read (No such file or directory); check the path." in verified.stderr
