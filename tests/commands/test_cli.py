"""The `footnote` command: what it prints where, and how it exits."""

import gc
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.commands.cli import main
from app.commands.starting import starting
from app.commands.terminal import FIGURES, show_answer, show_source
from rag.types import Answer, Citation, Claim
from tests.pdf_files import write_mixed_pdf

HIVE = "How many bees does a hive hold?"
QUOTE = "A hive holds forty thousand bees."
FOOTNOTE = Path(sys.executable).parent / "footnote"
COMMANDS = ("ask", "chat", "doctor", "eval", "index", "questions", "search", "verify")
HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "gradio", "llama_index", "numpy"}


def footnote(*arguments, stdin=None, **environment):
    """Run the command in this process; the result has stdout, stderr and exit_code."""
    return CliRunner().invoke(main, [str(part) for part in arguments], input=stdin, env=environment)


@pytest.fixture
def options(folder, tmp_path):
    """What makes a command answer from the three small documents."""
    return ("--docs", folder, "--store", tmp_path / "store")


@pytest.fixture
def question_file(tmp_path):
    def write(*questions):
        path = tmp_path / "questions.jsonl"
        path.write_text("".join(json.dumps(question) + "\n" for question in questions), encoding="utf-8")
        return path

    return write


def test_help_lists_the_commands():
    helped = footnote("--help")
    assert helped.exit_code == 0
    assert [command for command in COMMANDS if f"\n  {command} " in helped.stdout] == list(COMMANDS)


def test_help_and_usage_errors_need_none_of_the_heavy_libraries():
    script = f"""
import sys
from app.commands.cli import main
for arguments in [["--help"], ["--version"], ["nonsense"], ["ask"], *([c, "--help"] for c in {COMMANDS})]:
    try:
        main(arguments)
    except SystemExit:
        pass
print(sorted(set(sys.modules) & {HEAVY}), file=sys.stderr)
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[-1] == "[]"


def test_what_starts_a_command_is_never_looked_through_for_garbage_and_the_rest_is(options):
    with starting():
        assert not gc.isenabled()
    footnote("ask", *options, HIVE)
    assert gc.isenabled() and gc.get_freeze_count() > 100_000  # the libraries, and the models


def test_a_command_that_cannot_start_leaves_garbage_collection_on(tmp_path):
    assert footnote("ask", "--docs", tmp_path / "gone", HIVE).exit_code == 1
    assert gc.isenabled()


def test_ask_prints_the_answer_and_its_footnotes(options, folder):
    asked = footnote("ask", HIVE, *options)
    assert asked.exit_code == 0
    lines = asked.stdout.splitlines()
    assert lines[0].startswith("forty thousand")
    assert lines[1:3] == ["", f"{QUOTE} [1]"]
    assert lines[4:6] == ["[1] Bees, characters 6–39", f"    {folder / 'bees.txt'}"]
    assert (folder / "bees.txt").read_text()[6:39] == QUOTE
    assert lines[6].startswith("Confidence ")


@pytest.mark.parametrize(
    ("page", "part", "where"), [(None, "sheet Hives, row 2", "sheet Hives, row 2"), (3, None, "page 3")]
)
def test_a_footnote_names_the_page_or_the_part_where_there_is_one(capsys, page, part, where):
    show_source(Citation(1, "hives.xlsx", "Hives", "/there/hives.xlsx", 6, 39, QUOTE, page, part))
    assert capsys.readouterr().out.splitlines()[0] == f"[1] Hives, {where}"


def test_the_short_answer_stands_above_the_quotation(capsys):
    claim = Claim("A hive holds forty thousand bees.", (1,), "quoted", 1.0)
    cited = Citation(1, "bees.txt", "Bees", "/bees.txt", 6, 39, claim.text)
    answer = Answer(HIVE, f"{claim.text} [1]", "answered", "forty thousand", 0.9, (claim,), (cited,))
    show_answer(answer)
    assert capsys.readouterr().out.splitlines()[:3] == ["forty thousand", "", f"{claim.text} [1]"]
    show_answer(replace(answer, span=claim.text))
    assert capsys.readouterr().out.splitlines()[0] == f"{claim.text} [1]"


def test_a_long_row_is_printed_in_brief(capsys):
    row = " | ".join(["Hive: 7", *(f"Week {number}: some {number * 11} bees seen" for number in range(1, 25))])
    claim = Claim(row, (1,), "quoted", 1.0, "77 bees")
    cited = Citation(1, "bees.csv", "Bees", "/bees.csv", 0, len(row), row)
    show_answer(Answer(HIVE, f"{row} [1]", "answered", None, 0.9, (claim,), (cited,)))
    printed = capsys.readouterr().out
    assert printed.startswith("Hive: 7 | … | Week 7: some 77 bees seen | … [1]\n… stands for cells")


def test_what_indexing_did_is_told_on_stderr_once(options):
    assert footnote("ask", HIVE, *options).stderr == "Index: 3 added, 0 changed, 0 removed, 0 unchanged, 0 skipped.\n"
    assert footnote("ask", HIVE, *options).stderr == ""


def test_ask_json_prints_the_answer_and_nothing_else(options):
    asked = footnote("ask", HIVE, "--json", *options)
    data = json.loads(asked.stdout)
    answer = Answer.from_dict(data)
    assert answer.to_dict() == data
    assert (answer.question, answer.text, asked.exit_code) == (HIVE, f"{QUOTE} [1]", 0)
    assert "added" in asked.stderr


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_a_refusal_shows_the_nearest_sentences_and_exits_with_3(options, as_json):
    asked = footnote("ask", HIVE, "--min-confidence", 1, *as_json, *options)
    assert asked.exit_code == 3
    assert "do not seem to answer" in asked.stdout
    assert QUOTE in " ".join(asked.stdout.split())


def test_explain_shows_the_figures_of_each_step_and_a_refusal_why(options):
    asked = footnote("ask", "Who painted the chapel?", "--explain", "--min-confidence", 1, *options)
    assert "Nothing in the documents seems to speak of this." in " ".join(asked.stdout.split())
    explained = footnote("ask", HIVE, "--explain", *options).stdout.splitlines()
    for told in FIGURES.values():
        assert any(re.fullmatch(rf"{re.escape(told)} +-?[\d.]+", line) for line in explained), told
    assert any("cosine" in line and "bees.txt" in line for line in explained)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_dash_reads_the_question_from_standard_input(options, encoding):
    question = "How many “bees” does a hive hold?"
    asked = footnote("ask", "-", "--json", *options, stdin=f"{question}\r\n".encode(encoding))
    assert json.loads(asked.stdout)["question"] == question


def test_top_k_is_the_number_of_passages(options):
    assert len(json.loads(footnote("ask", HIVE, "--json", "--top-k", 2, *options).stdout)["hits"]) == 2
    assert len(json.loads(footnote("search", HIVE, "--json", "--top-k", 1, *options).stdout)) == 1


def test_a_file_of_questions_is_answered_in_order(options, question_file):
    path = question_file(
        {"id": "q2", "question": "How far is the moon?"},
        {"question": HIVE},
        {"id": "q1", "question": "Who lays their eggs?", "history": [[HIVE, QUOTE]]},
        {"id": "q0", "question": "Who is the king of France?"},
    )
    asked = footnote("ask", "--file", path, "--json", *options)
    assert asked.exit_code == 0  # refusals included
    lines = [json.loads(line) for line in asked.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["q2", "2", "q1", "q0"]
    answers = [Answer.from_dict(line) for line in lines]
    assert [answer.question for answer in answers][:2] == ["How far is the moon?", HIVE]
    assert answers[2].hits[0].passage.document_id == "bees.txt"
    assert answers[3].status == "abstained"


def test_history_in_a_file_changes_what_is_found(options, question_file):
    bare = {"question": "And how long?"}
    path = question_file(bare, {**bare, "history": [["Who steeps black tea?", "Nobody."]]})
    without, after = (
        json.loads(line) for line in footnote("ask", "--file", path, "--json", *options).stdout.splitlines()
    )
    assert after["hits"][0]["passage"]["document_id"] == "tea.md"
    assert after["hits"][0]["score"] > without["hits"][0]["score"]


def test_a_question_that_fails_gets_an_error_line_and_the_rest_is_answered(options, question_file):
    path = question_file({"id": "long", "question": "bees " * 20_000}, {"id": "good", "question": HIVE})
    asked = footnote("ask", "--file", path, "--json", *options)
    assert asked.exit_code == 1
    failed, good = (json.loads(line) for line in asked.stdout.splitlines())
    assert set(failed) == {"id", "question", "error"}
    assert failed["id"] == "long" and "99,999 characters" in failed["error"]
    assert good["text"] == f"{QUOTE} [1]"


def test_a_file_of_questions_reads_well_as_text_too(options, question_file):
    path = question_file({"id": "long", "question": "bees " * 20_000}, {"id": "good", "question": HIVE})
    asked = footnote("ask", "--file", path, *options)
    assert asked.exit_code == 1
    assert asked.stdout.startswith(f"good {HIVE}\nforty thousand")
    assert f"\n\n{QUOTE} [1]\n" in asked.stdout
    assert "Error: The question has 99,999 characters" in asked.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("ask", HIVE, "--file", "questions.jsonl"),
        ("ask", HIVE, "--top-k", "0"),
        ("ask", HIVE, "--min-confidence", "1.5"),
        ("ask", HIVE, "--engine", "magic"),
        ("ask", HIVE, "--nonsense"),
        ("search",),
        ("eval",),
        ("chat", "--port", "70000"),
        ("nonsense",),
    ],
)
def test_a_command_that_makes_no_sense_exits_with_2(arguments):
    used = footnote(*arguments)
    assert (used.exit_code, used.stdout) == (2, "")
    assert used.stderr.startswith("Usage: ")


def test_search_prints_the_passages_with_their_scores(options):
    found = footnote("search", HIVE, *options)
    assert found.exit_code == 0
    first, second = found.stdout.splitlines()[:2]
    assert first.startswith(" 1. bees.txt:6–") and all(name in first for name in ("score", "cosine", "bm25"))
    assert second.strip() == "Bees"
    assert QUOTE in found.stdout


def test_search_json_prints_the_hits(options):
    hits = json.loads(footnote("search", HIVE, "--json", *options).stdout)
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert set(hits[0]) == {"passage", "score", "rank", "cosine", "bm25"}
    assert QUOTE in hits[0]["passage"]["text"]


def counts(indexed):
    """What an `index` run says it did, as a dictionary."""
    line = next(line for line in indexed.stderr.splitlines() if line.startswith("Index: "))
    parts = (part.split() for part in line.removeprefix("Index: ").rstrip(".").split(", "))
    return {kind: int(count) for count, kind in parts if count != "0"}


def test_index_says_what_was_added_changed_removed_and_unchanged(folder, tmp_path):
    store = ("--store", tmp_path / "store")
    first = footnote("index", "--docs", folder, *store)
    assert counts(first) == {"added": 3}
    assert first.stdout == f"3 passages from: {folder}\n"
    (folder / "bees.txt").write_text("Bees sleep.\n")
    (folder / "moon.txt").unlink()
    (folder / "sun.txt").write_text("The sun is hot.\n")
    assert counts(footnote("index", *store)) == {"added": 1, "changed": 1, "removed": 1, "unchanged": 1}
    assert counts(footnote("index", *store)) == {"unchanged": 3}
    assert counts(footnote("index", "--rebuild", *store)) == {"added": 3}


def test_an_index_begins_with_the_folder_seeds(folder, tmp_path, monkeypatch):
    extra = tmp_path / "sun.txt"
    extra.write_text("The sun is hot.\n")
    seeds = folder.rename(tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    assert footnote("index", extra).stdout == f"4 passages from: {extra}, {seeds}\n"


def test_what_is_indexed_stays_until_it_is_removed(folder, tmp_path):
    store = ("--store", tmp_path / "store")
    extra = tmp_path / "sun.txt"
    extra.write_text("The sun is 150 million kilometres away.\n")
    footnote("index", "--docs", folder, *store)
    added = footnote("index", extra, *store)
    assert (counts(added), added.exit_code) == ({"added": 1, "unchanged": 3}, 0)
    sun = "How far away is the sun?"
    assert "150 million" in footnote("ask", sun, *store).stdout
    removed = footnote("index", "--remove", extra, *store)
    assert counts(removed) == {"removed": 1, "unchanged": 3}
    assert removed.stdout == f"3 passages from: {folder}\n"
    assert "150 million" not in footnote("ask", sun, *store).stdout


def test_a_root_that_is_gone_can_be_removed(folder, tmp_path):
    store = ("--store", tmp_path / "store")
    extra = tmp_path / "sun.txt"
    extra.write_text("The sun is hot.\n")
    footnote("index", "--docs", folder, extra, *store)
    extra.unlink()
    assert footnote("index", *store).exit_code == 1
    assert counts(footnote("index", "--remove", extra, *store)) == {"removed": 1, "unchanged": 3}


def test_doctor_finds_a_healthy_index_well(options, folder, tmp_path):
    (folder / "picture.heic").write_bytes(b"\x89PNG")
    footnote("index", *options)
    examined = footnote("doctor", *options)
    assert examined.exit_code == 0
    assert examined.stdout.endswith("All is well.\n")
    for fact in ("footnote", "chromadb", "all-MiniLM-L6-v2@", str(tmp_path / "store"), str(folder), "bees.txt"):
        assert fact in examined.stdout
    assert f"skipped {folder / 'picture.heic'}: not a kind of file" in examined.stderr


def test_what_of_a_document_was_not_read_is_told_by_index_and_doctor(options, folder, monkeypatch):
    monkeypatch.setattr("index.files.ocr.available", lambda: False)
    write_mixed_pdf(folder / "minutes.pdf", ["Bees live in hives.", None])
    told = "not all of minutes.pdf was read: page 2 holds no letters that can be read; if there is text on it, install "
    assert told in footnote("index", *options).stderr
    assert told in footnote("doctor", *options).stderr


def test_doctor_leaves_a_store_that_is_not_there_alone(options, tmp_path):
    examined = footnote("doctor", *options)
    assert examined.exit_code == 0
    assert "none yet" in examined.stdout
    assert not (tmp_path / "store").exists()


def test_doctor_says_what_is_wrong(options, tmp_path):
    footnote("index", *options)
    for record in (tmp_path / "store" / "documents").iterdir():
        record.unlink()
    examined = footnote("doctor", *options)
    assert examined.exit_code == 1
    assert "All is well" not in examined.stdout
    assert "damaged" in examined.stderr and "footnote index --rebuild" in examined.stderr
    assert footnote("index", "--rebuild", *options).exit_code == 0
    assert footnote("doctor", *options).exit_code == 0


BEES = {"id": "bees", "question": HIVE, "evidence": [QUOTE], "must": ["forty"], "category": "fact"}
KING = {"id": "king", "question": "Who is the king of France?", "category": "absent"}
WRONG = {"id": "wrong", "question": "How far is the moon?", "must": ["light years"], "category": "fact"}


def test_eval_prints_the_metrics_and_the_questions_that_went_wrong(options, question_file):
    evaluated = footnote("eval", question_file(BEES, KING, WRONG), *options)
    assert evaluated.exit_code == 0
    rows = {parts[1]: parts for line in evaluated.stdout.splitlines() if len(parts := line.split()) > 4}
    assert rows["first_citation"][3] == "1.000" and rows["must"][3] == "0.500"
    assert {"fact", "absent"} <= set(rows)
    assert "1 of 3 questions went wrong." in evaluated.stdout
    assert "wrong (fact) How far is the moon?" in evaluated.stdout


def test_eval_json_prints_the_metrics_and_nothing_else(options, question_file):
    evaluated = footnote("eval", question_file(BEES, KING), "--json", *options)
    data = json.loads(evaluated.stdout)
    assert set(data) == {"metrics", "by_category", "questions"}
    assert data["metrics"]["first_citation"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 1}
    assert data["metrics"]["quoted"]["value"] == 1.0
    assert data["metrics"]["refusal_recall"]["value"] == 1.0
    assert set(data["by_category"]) == {"fact", "absent"}


def test_the_environment_names_the_store_and_the_documents(folder, tmp_path):
    spaced = folder.rename(tmp_path / "my docs")
    extra = tmp_path / "sun.txt"
    extra.write_text("The sun is hot.\n")
    store = tmp_path / "chosen"
    environment = {"FOOTNOTE_STORE": str(store), "FOOTNOTE_DOCS": os.pathsep.join([str(spaced), str(extra)])}
    assert QUOTE in footnote("ask", HIVE, **environment).stdout
    assert (store / "manifest.json").exists()
    indexed = footnote("index", **environment)
    assert indexed.stdout == f"4 passages from: {spaced}, {extra}\n"
    elsewhere = tmp_path / "elsewhere"
    footnote("index", "--store", elsewhere, **environment)  # the command line wins
    assert (elsewhere / "manifest.json").exists()


# Refuses to reach any other machine, and remembers who tried in case the error is swallowed.
NO_NETWORK = """
import os, socket

def refusing(original, place):
    def call(*arguments, **options):
        target = arguments[place]
        host = target[0] if isinstance(target, tuple) else target
        if host not in ("localhost", "127.0.0.1", "::1", None, "") and not str(host).startswith("/"):
            with open(os.environ["TRIED"], "a") as file:
                file.write(f"{host}\\n")
            raise OSError(f"no network: {host}")
        return original(*arguments, **options)
    return call

for name in ("connect", "connect_ex"):
    setattr(socket.socket, name, refusing(getattr(socket.socket, name), 1))
for name in ("getaddrinfo", "gethostbyname", "create_connection"):
    setattr(socket, name, refusing(getattr(socket, name), 0))
"""


@pytest.fixture
def cut_off(tmp_path):
    """Runs a program in an empty folder, with no network; returns what it did and whom it tried to reach."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(NO_NETWORK)
    (tmp_path / "empty").mkdir()
    tried = tmp_path / "tried"
    tried.touch()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}  # no model cache either

    def run(*command):
        environment = {**kept, **home, "PYTHONPATH": str(tmp_path / "guard"), "TRIED": str(tried)}
        ran = subprocess.run(command, env=environment, cwd=tmp_path / "empty", capture_output=True, text=True)
        return ran, tried.read_text().splitlines()

    return run


def test_the_first_question_ever_is_answered_from_the_essay_without_a_network(cut_off):
    asked, tried = cut_off(FOOTNOTE, "ask", "When did China debut the Wing Loong drone?", "--json")
    assert asked.returncode == 0, asked.stderr
    assert json.loads(asked.stdout)["text"].startswith("In 2014, China debuted its Wing Loong")
    assert tried == []


def test_a_network_would_have_been_noticed(cut_off):
    script = "import urllib.request; urllib.request.urlopen('http://example.org')"
    ran, tried = cut_off(sys.executable, "-c", script)
    assert ran.returncode == 1 and "no network" in ran.stderr
    assert tried == ["example.org"]
