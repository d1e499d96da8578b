"""The command line with an LLM, which a scripted server on the loopback plays."""

import json

import pytest

from tests.commands.conftest import HIVE, footnote
from tests.llm_server import serving


@pytest.fixture(scope="module")
def server():
    with serving() as scripted:
        yield scripted


@pytest.fixture
def run(server, options, monkeypatch):
    """Runs a command with the scripted model over the small documents."""
    monkeypatch.setenv("FOOTNOTE_LLM_KEY", "sk-secret")

    def run(command, *arguments):
        return footnote(command, *options, "--llm", f"openai-like:{server.url}#played", *arguments)

    return run


def test_ask_names_a_model_and_gets_its_answer_checked(server, run):
    server.says("A hive holds forty thousand bees [S1]. ", "The hive hums in B flat.")
    result = run("ask", "--json", HIVE)
    answer = json.loads(result.stdout)
    assert (result.exit_code, answer["engine"]) == (0, "llm")
    assert answer["claims"][0]["support"] == "quoted"
    assert answer["claims"][1]["support"] in ("weak", "unsupported")
    assert server.keys[-1] == "Bearer sk-secret"
    assert "sk-secret" not in result.output


def test_ask_tells_in_words_what_is_doubtful(server, run):
    server.says("A hive holds forty thousand bees [S1]. ", "The hive hums in B flat.")
    result = run("ask", HIVE)
    assert "hums in B flat. [?]" in " ".join(result.stdout.split())
    assert "[?] the documents do not, or hardly, support this sentence" in result.stdout
    strict = run("ask", "--strict", HIVE)
    assert "B flat" not in strict.stdout
    assert "that were withheld: 1." in strict.stdout


def test_a_report_names_the_model_that_answered(server, run, tmp_path):
    server.says("A hive holds forty thousand bees [S1].")
    questions, report = tmp_path / "set.jsonl", tmp_path / "report.md"
    questions.write_text(json.dumps({"question": HIVE, "must": ["forty"]}) + "\n")
    assert run("eval", str(questions), "--report", str(report)).exit_code == 0
    text = report.read_text(encoding="utf-8").replace("\\", "")
    assert "- engine: llm (1)\n" in text
    assert "- LLM: played by OpenAILike, " in text


def test_the_extractive_engine_can_be_had_all_the_same(server, run):
    server.says("Unasked.")
    assert json.loads(run("ask", "--engine", "extract", "--json", HIVE).stdout)["engine"] == "extract"
    assert server.requests == []


def test_doctor_names_the_model_and_not_its_key(run):
    result = run("doctor")
    assert "played by OpenAILike, 3,900 tokens" in result.stdout
    assert "sk-secret" not in result.output


def test_the_engine_that_writes_needs_a_model(folder):
    result = footnote("ask", "--docs", folder, "--engine", "llm", HIVE)
    assert result.exit_code == 1
    assert "needs an LLM" in result.stderr
