"""`footnote eval` and `footnote questions` at the command line: outputs, reports, limits and baselines."""

import json

import pytest

from rag.read.evidence import Candidate, Reading
from rag.read.reader import open_reader
from tests.checking import check_words
from tests.commands.conftest import HIVE, QUOTE, footnote

FACTS = [(f"item{n:02}", f"{'alpha beta gamma delta'.split()[n % 4]}{n}") for n in range(14)]


@pytest.fixture
def files(tmp_path):
    """A document of 14 facts and a question set about it; the options that make a command ask it."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "facts.txt").write_text(
        "Facts\n\n"
        + "\n\n".join(f"The code of {name} is {code}. Boards meet in May and in June." for name, code in FACTS)
        + "\n"
    )
    path = tmp_path / "set.jsonl"
    lines = [
        {"id": name, "question": f"What is the code of {name}?", "evidence": [f"{name} is {code}"], "must": [code],
         "answers": [code], "category": "even" if number % 2 == 0 else "odd", "document": "facts"}
        for number, (name, code) in enumerate(FACTS)
    ]  # fmt: skip
    lines.append({"id": "absent", "question": "Who painted the Sistine Chapel?", "category": "off"})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path, ("--docs", docs, "--store", tmp_path / "store", "--reader", "similarity", "--min-confidence", "0.1")


class WrongReader:
    """Reads as another reader does, and then points at the sentence after the one that answers."""

    def __init__(self, reader):
        self._reader = reader
        self.identity = "wrong"
        self.min_confidence = reader.min_confidence

    def read(self, query, hits, snapshot):
        reading = self._reader.read(query, hits, snapshot)
        moved = (
            Candidate(one.document, (one.position + 1) % len(one.document.sentences), one.score)
            for one in reading.candidates
        )
        return Reading(tuple(moved), reading.confidence)

    def warm_up(self):
        pass


@pytest.fixture
def broken(monkeypatch):
    """Makes every assistant that is opened from now on cite the wrong sentence."""

    def break_it():
        monkeypatch.setattr("rag.assistant.open_reader", lambda name, model: WrongReader(open_reader(name, model)))

    return break_it


def evaluated(files, *options):
    path, settings = files
    return footnote("eval", path, *settings, *options)


def test_a_broken_engine_fails_its_limits_and_its_baseline(files, tmp_path, broken):
    """What CI is to notice: the same questions, and an engine that cites the sentence next to the right one."""
    baseline = tmp_path / "good.json"
    limits = ("--fail-under", "first_citation=0.9", "--fail-under", "must=0.9", "--fail-under", "wrongly_refused=0.1")
    good = evaluated(files, "--json", *limits)
    assert good.exit_code == 0, good.stderr
    baseline.write_text(good.stdout, encoding="utf-8")

    again = evaluated(files, "--baseline", baseline, *limits)
    assert again.exit_code == 0, again.stderr
    assert "15 questions in common" in " ".join(again.stdout.split())

    broken()
    limited = evaluated(files, *limits)
    assert limited.exit_code == 4
    assert "Failed: must is 0" in limited.stderr and "Failed: first_citation is 0" in limited.stderr
    assert "wrongly_refused" not in limited.stderr
    compared = evaluated(files, "--json", "--baseline", baseline)
    assert compared.exit_code == 4
    assert "Failed: must is worse than it was" in compared.stderr
    assert "latency" not in compared.stderr
    assert json.loads(compared.stdout)["metrics"]["must"]["value"] < 0.1


def test_small_talk_in_a_set_is_scored_as_a_refusal(files):
    path, _ = files
    path.write_text(json.dumps({"id": "who", "question": "Who are you?"}) + "\n", encoding="utf-8")
    done = evaluated(files, "--json")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["metrics"]["refusal_recall"]["value"] == 1


def test_two_runs_give_the_same_figures_but_for_the_times(files):
    def figures():
        data = json.loads(evaluated(files, "--json").stdout)
        for metrics in (data["metrics"], *data["by_category"].values()):
            metrics.pop("latency_p50"), metrics.pop("latency_p95")
        for question in data["questions"]:
            question["scores"].pop("latency")
        return data

    assert figures() == figures()


def test_reports_are_written_by_their_suffix(files, tmp_path):
    paths = [tmp_path / f"report.{suffix}" for suffix in ("html", "md", "json")]
    reported = evaluated(files, *(part for path in paths for part in ("--report", path)))
    assert reported.exit_code == 0
    page, table, data = (path.read_text(encoding="utf-8") for path in paths)
    assert page.startswith("<!doctype html>") and "set.jsonl" in page
    assert "| first_citation | 1.000 |" in table
    assert json.loads(data)["metrics"]["first_citation"]["value"] == 1
    assert reported.stderr.count("Report: ") == 3


def test_reports_say_which_engine_and_models_answered(files, tmp_path):
    page, table = tmp_path / "report.html", tmp_path / "report.md"
    assert evaluated(files, "--report", page, "--report", table).exit_code == 0
    text = table.read_text(encoding="utf-8")
    assert "- engine: extract (15)\n" in text.replace("\\", "")
    assert "- reader: similarity\n" in text
    assert "- embedder: all-MiniLM-L6-v2@" in text
    assert "- LLM: none; answers are made of quotations\n" in text
    assert "<dt>reader</dt><dd>similarity</dd>" in page.read_text(encoding="utf-8")


def test_the_metrics_are_listed_with_their_directions():
    listed = footnote("eval", "--list-metrics")
    assert listed.exit_code == 0
    lines = {line.split()[0]: line for line in listed.stdout.splitlines() if line.startswith("  ")}
    assert "higher is better" in lines["must"]
    assert "lower is better" in lines["wrongly_refused"]
    assert "better" not in lines["quote_chars_median"]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ((), "Give a question set"),
        (("set.jsonl", "--answers", "answers.jsonl"), "Give a question set"),
        (("set.jsonl", "--fail-under", "recal@8=0.5"), "the nearest is 'recall@8'"),
        (("set.jsonl", "--fail-under", "must"), "not metric=value"),
        (("set.jsonl", "--report", "report.pdf"), "ends in none of .html, .json, .md"),
        (("set.jsonl", "--report", "nowhere/report.html"), "There is no folder"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_asked(options, reason):
    used = footnote("eval", *options)
    assert used.exit_code == 2
    assert reason in " ".join(used.stderr.split())


def test_a_bad_baseline_is_told_before_anything_is_asked(files, tmp_path):
    refused = evaluated(files, "--baseline", tmp_path / "none.json")
    assert refused.exit_code == 1
    assert refused.stderr.startswith("Error: The baseline ")


ANSWERS = (
    {"question": "Who hums?", "answer": "Bees hum [1].", "contexts": ["Bees hum.", "Ants march."]},
    {"question": "Who marches?", "answer": "Ants march [1].", "contexts": ["Bees hum.", "Ants march."], "id": "ants"},
)


@pytest.fixture
def answer_file(tmp_path, monkeypatch):
    # Nothing here is about the support model.
    monkeypatch.setattr("rag.evaluation.faithfulness.check_claims", check_words)
    path = tmp_path / "answers.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in ANSWERS))
    return path


def test_answers_made_elsewhere_are_scored(answer_file, tmp_path):
    report = tmp_path / "answers.html"
    scored = footnote("eval", "--answers", answer_file, "--report", report, "--fail-under", "miscited=0.1")
    assert scored.exit_code == 4
    assert "Failed: miscited is 0.5, which is above 0.1." in scored.stderr
    assert "1 of 2 questions went wrong." in scored.stdout
    assert "Sentence 1 is not supported by what it cites, but by [2]." in scored.stdout
    assert "supported, but not by what it cites" in report.read_text()


def test_a_limit_on_what_was_not_measured_is_an_error(answer_file):
    limited = footnote("eval", "--answers", answer_file, "--fail-under", "mrr=0.1")
    assert limited.exit_code == 1
    assert "says nothing on mrr" in limited.stderr


def test_answers_made_elsewhere_are_compared_with_earlier_ones(answer_file, tmp_path):
    earlier = tmp_path / "earlier.json"
    earlier.write_text(footnote("eval", "--answers", answer_file, "--json").stdout)
    assert footnote("eval", "--answers", answer_file, "--baseline", earlier).exit_code == 0


def test_what_ask_writes_can_be_scored(files, tmp_path):
    path, settings = files
    asked = footnote("ask", "--file", path, "--json", *settings)
    answers = tmp_path / "own.jsonl"
    answers.write_text(asked.stdout, encoding="utf-8")
    scored = footnote("eval", "--answers", answers, "--json")
    metrics = json.loads(scored.stdout)["metrics"]
    assert metrics["citation_recall"]["value"] == metrics["citation_precision"]["value"] == 1
    assert metrics["checked_quoted"]["value"] == 1


def test_a_bad_line_of_answers_is_refused(tmp_path):
    path = tmp_path / "answers.jsonl"
    path.write_text(json.dumps(ANSWERS[0]) + '\n{"question": 3}\n')
    refused = footnote("eval", "--answers", path)
    assert refused.exit_code == 1
    assert f"Line 2 of {path} is not an answer" in refused.stderr


def test_a_set_is_drafted_checked_and_asked(files, tmp_path):
    docs, drafted = tmp_path / "docs", tmp_path / "drafted.jsonl"
    written = footnote("questions", "draft", docs, "--count", 10, "-o", drafted)
    assert written.exit_code == 0, written.stderr
    lines = [json.loads(line) for line in drafted.read_text().splitlines()]
    assert len(lines) == 10 and sum(line["answerable"] for line in lines) == 8
    assert {"question": "What is the code of item00?", "answers": ["alpha0"]}.items() <= lines[0].items()
    checked = footnote("questions", "check", drafted, "--docs", docs)
    assert checked.exit_code == 0, checked.stdout
    assert "All is well." in checked.stderr
    assert footnote("eval", drafted, *files[1]).exit_code == 0
    again = footnote("questions", "draft", docs, "-o", drafted)
    assert again.exit_code == 1 and "there already" in again.stderr  # a set that was edited is not lost


def test_drafts_go_to_standard_output_and_advice_does_not(files, tmp_path):
    drafted = footnote("questions", "draft", tmp_path / "docs", "--count", 3)
    assert len([json.loads(line) for line in drafted.stdout.splitlines()]) == 3
    assert "near misses" in drafted.stderr


def test_problems_of_a_set_are_listed_with_their_lines(tmp_path, files):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"question": "Who?", "evidence": ["nobody"]}\n{"question": }\n')
    checked = footnote("questions", "check", bad, "--docs", tmp_path / "docs")
    assert checked.exit_code == 1
    assert checked.stdout.splitlines() == [
        f"{bad}:1: Its evidence 'nobody' is in no document.",
        f"{bad}:2: It is not a question: it is not JSON.",
    ]
    assert "2 problems on 2 lines." in checked.stderr


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
