"""The report shows everything in its place, runs nothing but its own script, and needs no other file."""

import json
import re
from pathlib import Path

import pytest

from index.types import Document
from rag.evaluation.charts import histogram, reliability, risk_coverage
from rag.evaluation.faithfulness import judge
from rag.evaluation.foreign import read_answers
from rag.evaluation.gate import compare_with
from rag.evaluation.metrics import MEASURES
from rag.evaluation.questions import Question
from rag.evaluation.render import figure, render_html, render_markdown
from rag.evaluation.report import report_evaluation
from rag.evaluation.running import evaluate
from tests.checking import check_words
from tests.evaluation.scripted import ANIMALS, BEES, CATS, DRAGONS, PLANTS, ScriptedAssistant, reply

CHROMIUM = "/usr/bin/chromium"
HOSTILE = (
    "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> | `a` *b* [c](d)"
)
DOCUMENTS = {document.id: document for document in (ANIMALS, PLANTS)}


def evaluation(*cases):
    questions, answers = zip(*cases, strict=True)
    return evaluate(ScriptedAssistant(*answers), questions, check=check_words)


CASES = (
    (BEES, reply("Bees hum\nloudly.", found=("Bees",))),
    (CATS, reply("Ants march.", found=("Ants",))),
    (DRAGONS, reply()),
)


@pytest.fixture
def report():
    return report_evaluation(evaluation(*CASES), DOCUMENTS, "set.jsonl", [("questions", "3")])


def text_of(pieces):
    return "".join(piece.text for piece in pieces)


def test_a_quote_is_shown_in_its_place_with_the_evidence_marked(report):
    (source,) = report.entries[0].sources
    assert [(piece.text, piece.cited, piece.expected) for piece in source.pieces] == [
        ("Ants march.\n\n", False, False),
        ("Bees hum\nloudly.", True, True),
        ("\n\nCats purr.\n", False, False),
    ]
    assert source.place == "zoo/animals.txt, characters 13–29"


def test_evidence_that_the_surroundings_of_a_quote_show_is_not_shown_twice(report):
    wrong = report.entries[1]
    assert [piece.text for piece in wrong.sources[0].pieces if piece.expected] == ["Cats purr."]
    assert wrong.expected == ()
    assert "does not touch the evidence" in wrong.problems[0]


def test_evidence_far_from_the_quote_is_shown_in_its_own_place(monkeypatch):
    monkeypatch.setattr("rag.evaluation.report.SURROUNDINGS", 5)
    (entry,) = report_evaluation(evaluation(CASES[1]), DOCUMENTS, "set.jsonl").entries
    assert text_of(entry.sources[0].pieces).split() == ["Ants", "march.", "…"]
    (missed,) = entry.expected
    assert [piece.text for piece in missed.pieces if piece.expected] == ["Cats purr."]


def test_an_excerpt_cuts_no_words_and_joins_to_the_text():
    text = "word " * 300 + "Bees hum loudly. " + "more " * 300
    document = Document("long.txt", "Long", "/long.txt", text)
    from rag.evaluation.report import _excerpt

    start = text.index("Bees")
    pieces = _excerpt(document, "[1]", start, start + 16, [(start, start + 16)], []).pieces
    shown = text_of(pieces).removeprefix("… ").removesuffix(" …")
    assert shown in text
    assert set(shown.replace("Bees hum loudly.", "").split()) == {"word", "more"}
    assert 300 < len(shown) < 600


def test_every_figure_is_in_the_page_and_in_the_tables(report):
    page, table = render_html(report), render_markdown(report)
    for name, metric in report.metrics.items():
        value = figure(metric.value)
        assert f">{value}<" in page and f"| {name} | {value} |" in table, name
        assert MEASURES[name].meaning.split(",")[0] in page.replace("&#39;", "'")
    assert table.count("\n## ") == 3  # the figures, the categories, and the question that went wrong
    assert "1 of 3 questions went wrong." in table


def test_the_page_tells_of_limits_and_baselines():
    result = evaluation(*CASES)
    comparison = compare_with(result.to_dict()["questions"], result.to_dict()["questions"])
    failing = report_evaluation(result, DOCUMENTS, "s", (), comparison, ["must is 0.5, which is below 0.9."])
    assert "must is 0.5, which is below 0.9." in render_html(failing)
    assert "No metric is significantly worse" in render_html(report_evaluation(result, DOCUMENTS, "s", (), comparison))
    assert "Against the baseline" in render_markdown(failing)


def test_the_page_needs_no_other_file(report):
    page = render_html(report)
    assert not re.search(r"(?:src|href)\s*=|url\(|@import|https?://", page)
    assert "default-src 'none'" in page


def hostile_report():
    document = Document(f"{HOSTILE}.txt", HOSTILE, "/x", f"{HOSTILE}\n\nBees hum. {HOSTILE}\n")
    assistant = ScriptedAssistant(reply("Ants march."), reply())
    question = Question(
        HOSTILE, HOSTILE, category=HOSTILE, must=("x",), answers=(HOSTILE,), history=((HOSTILE, HOSTILE),)
    )
    result = evaluate(assistant, [question, question], check=check_words)
    return report_evaluation(
        result, DOCUMENTS | {document.id: document}, HOSTILE, [(HOSTILE, HOSTILE)], None, [HOSTILE]
    )


def hostile_judgement(folder: Path):
    path = folder / "answers.jsonl"
    line = {"id": HOSTILE, "question": HOSTILE, "answer": f"Bees hum [1]. {HOSTILE}", "contexts": [HOSTILE, HOSTILE]}
    path.write_text(json.dumps(line) + "\n")
    return report_evaluation(judge(read_answers([path]), check_words), {}, HOSTILE)


def test_hostile_text_is_escaped_in_html_and_markdown(tmp_path):
    for made in (hostile_report(), hostile_judgement(tmp_path)):
        page = render_html(made)
        assert page.count("<script>") == page.count("</script>") == 1
        assert "<img" not in page and 'onerror="' not in page
        table = render_markdown(made)
        assert "<script" not in table.replace("\\<", "") and "[c](d)" not in table


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a report as a file, and notices everything that it asks for or complains of."""
    page = browser.new_page()
    page.trouble = []
    page.on("console", lambda message: page.trouble.append(message.text))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("request", lambda request: request.url.startswith("file:") or page.trouble.append(request.url))

    def open_it(report):
        path = tmp_path / "report.html"
        path.write_text(render_html(report), encoding="utf-8")
        page.goto(path.as_uri())
        return page

    yield open_it
    page.close()


@pytest.mark.browser
def test_questions_are_filtered_and_opened(opened, report):
    page = opened(report)
    shown = page.locator(".question:visible")
    assert shown.count() == 3
    page.get_by_text("Wrong", exact=True).click()
    assert shown.all_inner_texts()[0].startswith("Who purrs?") and shown.count() == 1
    page.get_by_text("All", exact=True).click()
    page.get_by_label("Category").select_option("fact")
    assert shown.count() == 2
    page.get_by_label("Search the questions").fill("hums")
    assert shown.count() == 1
    assert page.locator("output").inner_text() == "1 of 3 shown"
    shown.locator("summary").click()
    assert page.locator(".body mark:visible").inner_text().split() == ["Bees", "hum", "loudly."]
    page.get_by_label("Search the questions").fill("nothing like it")
    assert page.get_by_text("No question fits.").is_visible()
    assert page.trouble == []


@pytest.mark.browser
def test_hostile_text_runs_nothing(opened, tmp_path):
    for made in (hostile_report(), hostile_judgement(tmp_path)):
        page = opened(made)
        page.get_by_text("Open or close all").click()
        page.wait_for_timeout(200)
        assert page.title() == f"{HOSTILE} · Footnote evaluation"
        assert page.trouble == []


def test_a_reliability_diagram_has_a_point_for_each_tenth_that_has_questions():
    points = reliability([(0.05, 0.0), (0.95, 1.0), (0.95, 0.0), (1.0, 1.0)])
    assert [(one.count, one.truth) for one in points] == [(1, 0), (3, pytest.approx(2 / 3))]


def test_a_risk_coverage_curve_begins_with_the_surest():
    assert risk_coverage([(0.2, 0.0), (0.9, 1.0)], 4) == ((0.25, 0.0), (0.5, 0.5))
    assert risk_coverage([], 4) == ()


def test_a_histogram_counts_everything():
    counted = histogram([0.5, 1.0, 1.0])
    assert sum(counted.counts) == 3 and counted.most == 1.0 and counted.median == 1.0
    assert histogram([]) is None
