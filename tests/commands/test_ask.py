"""`footnote ask` and `footnote search`: what they print where, and how they exit."""

import json
import re
from dataclasses import replace

import pytest

from app.commands.terminal import FIGURES, show_answer, show_source
from rag.types import Answer, Citation, Claim
from tests.commands.conftest import HIVE, QUOTE, footnote


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
