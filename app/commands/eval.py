"""`footnote eval`: how good answers are, Footnote's own or those of another system."""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.commands.settings import Settings, min_confidence_option, shared_options, top_k_option
from app.commands.terminal import print_json, say, working, write_text

if TYPE_CHECKING:
    from rich.table import Table

    from index.types import Document
    from rag.evaluation.bootstrap import Metric
    from rag.evaluation.gate import Comparison, Limit
    from rag.evaluation.outcome import Evaluation, Outcome
    from rag.evaluation.report import Report

    Asked = tuple[Evaluation, Mapping[str, Document], list[tuple[str, str]]]  #: and what a report says of it

FAILED = 4  #: exit status when a limit is broken or a metric is worse than it was
COLUMNS = 6  #: of the table of categories, which is to fit a terminal
REPORTS = (".html", ".json", ".md")


def _check_report(context: click.Context, parameter: click.Parameter, paths: tuple[Path, ...]) -> tuple[Path, ...]:
    for path in paths:
        if path.suffix.lower() not in REPORTS:
            raise click.BadParameter(f"{path} ends in none of {', '.join(REPORTS)}.")
        if not path.parent.is_dir():
            raise click.BadParameter(f"There is no folder {path.parent}.")
    return paths


def _parse_limits(context: click.Context, parameter: click.Parameter, texts: tuple[str, ...]) -> "list[Limit]":
    if not texts:
        return []
    from rag.evaluation.gate import parse_limit

    try:
        return [parse_limit(text) for text in texts]
    except ValueError as error:
        raise click.BadParameter(f"{error}; `footnote eval --list-metrics` tells them all.") from None


def _list_metrics(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        from rag.evaluation.metrics import GROUPS

        for group, measures in GROUPS.items():
            click.secho(group, bold=True)
            for one in measures:
                better = "" if one.better == "neither" else f"{one.better} is better"
                click.echo(f"  {one.name:<21} {better:<17} {one.meaning}")
        context.exit()


@click.command(name="eval")
@click.argument("path", type=click.Path(path_type=Path), metavar="[QUESTIONS.jsonl]", required=False)
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Score answers made elsewhere instead; a LlamaIndex dataset and its predictions are two of them.",
)
@top_k_option
@min_confidence_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with what each question scored.")
@click.option(
    "--report",
    "reports",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    callback=_check_report,
    metavar="FILE",
    help="Write a report too: .html, .md or .json; may be repeated.",
)
@click.option("--baseline", type=click.Path(path_type=Path), metavar="FILE", help="Compare with an earlier --json.")
@click.option(
    "--fail-under",
    "limits",
    multiple=True,
    callback=_parse_limits,
    metavar="METRIC=VALUE",
    help="Exit with 4 if the metric is below it, or above it where lower is better; may be repeated.",
)
@click.option(
    "--list-metrics",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_metrics,
    help="Print the metrics, what they mean and which way is better.",
)
@shared_options
def evaluate(
    path: Path | None,
    answers: tuple[Path, ...],
    as_json: bool,
    reports: tuple[Path, ...],
    baseline: Path | None,
    limits: "list[Limit]",
    settings: Settings,
    **options: Any,
) -> None:
    """Ask a question set, or take answers made elsewhere, and print how good the answers are.

    Exits with 4 if a --fail-under limit is broken, or a metric is significantly worse than in --baseline.
    """
    if (path is None) == (not answers):
        raise click.UsageError("Give a question set, or answers made elsewhere with --answers.")
    from rag.evaluation.gate import compare_with, read_baseline
    from rag.evaluation.report import report_evaluation

    earlier = read_baseline(baseline) if baseline else None  # before anything that takes time
    evaluation, documents, about = _ask(path, settings, options) if path else _judge(answers)
    data = evaluation.to_dict()
    comparison = compare_with(earlier, data["questions"]) if earlier is not None else None
    failures = [failure for limit in limits if (failure := limit.broken_by(evaluation.metrics))]
    worse = comparison.worse if comparison else ()
    failures += [f"{one.measure.name} is worse than it was (p = {one.p:.3g})." for one in worse]
    title = ", ".join(one.name for one in ([path] if path else answers))
    about = [("made on", date.today().isoformat()), *about]
    report = report_evaluation(evaluation, documents, title, about, comparison, failures)
    for file in reports:
        _write(file, report, data)
    if as_json:
        print_json(data)
    else:
        _show(report)
    for failure in failures:
        say(f"Failed: {failure}")
    sys.exit(FAILED if failures else 0)


def _ask(path: Path, settings: Settings, options: dict[str, Any]) -> "Asked":
    from app.commands.doctor import models_of
    from rag.evaluation.questions import read_questions
    from rag.evaluation.running import evaluate
    from rag.types import Answer

    questions = read_questions(path)
    assistant = settings.open(warm=True)
    with working("Asking") as update:
        evaluation = evaluate(
            assistant,
            questions,
            progress=lambda done, total: update(done, total, "Asking" if done < total else "Checking claims"),
            **options,
        )
    documents = {document.id: document for document in assistant.documents}
    answers = [outcome.answer for outcome in evaluation.outcomes]
    engines = Counter(answer.engine for answer in answers if isinstance(answer, Answer))
    about = [
        ("questions", str(len(questions))),
        ("documents", str(len(documents))),
        ("engine", ", ".join(f"{name} ({count})" for name, count in engines.most_common())),
        *models_of(assistant),
    ]
    return evaluation, documents, about


def _judge(paths: Sequence[Path]) -> "Asked":
    from rag.evaluation.faithfulness import judge
    from rag.evaluation.foreign import read_answers

    answers = read_answers(paths)
    with working("Checking claims") as update:
        evaluation = judge(answers, progress=lambda done, total: update(done, total, "Checking claims"))
    return evaluation, {}, [("answers", str(len(answers)))]


def _write(path: Path, report: "Report", data: Mapping[str, Any]) -> None:
    """Write a report in the form that its suffix names."""
    from rag.evaluation.render import render_html, render_markdown

    match path.suffix.lower():
        case ".html":
            text = render_html(report)
        case ".md":
            text = render_markdown(report)
        case _:
            text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    write_text(path, text)
    say(f"Report: {path}")


def _show(report: "Report") -> None:
    """Print the table of metrics, by category too, the comparison, and the questions that went wrong."""
    from rich.console import Console
    from rich.markup import escape

    from rag.evaluation.render import category_columns, figure

    console = Console()
    rows: list[tuple[str, ...]] = [
        (name, figure(metric.value), f"{figure(metric.low)} – {figure(metric.high)}", str(metric.n))
        for name, metric in report.metrics.items()
    ]
    console.print(_table(("metric", "value", "95% interval", "n"), rows, title="All questions"))
    if report.by_category:
        names = category_columns(report)[:COLUMNS]
        rows = [
            (escape(category), *(_cell(metrics.get(name)) for name in names))
            for category, metrics in report.by_category.items()
        ]
        console.print(_table(("category", *names), rows, title="By category (value, n)"))
    if report.comparison:
        console.print(_comparison_table(report.comparison))
    console.print(f"{report.wrong} of {len(report.entries)} questions went wrong.")
    for outcome in report.evaluation.outcomes:
        if not outcome.is_right:
            click.echo(describe_outcome(outcome))


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], **options: Any) -> "Table":
    """A table whose first column is text, and the others are figures."""
    from rich.table import Table

    table = Table(**options)
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number and column else "left")
    for row in rows:
        table.add_row(*row)
    return table


def _comparison_table(comparison: "Comparison") -> "Table":
    from rag.evaluation.render import figure

    left_out = f", {comparison.left_out} in one of them only" if comparison.left_out else ""
    changed = [one for one in comparison.metrics if one.difference.change]
    rows = [
        (
            one.measure.name,
            figure(one.difference.old),
            figure(one.difference.new),
            f"{one.difference.low:+.3f} … {one.difference.high:+.3f}",
            "–" if one.p is None else f"{one.p:.3f}",
            "worse" if one.is_worse else "better" if one.is_better else "",
        )
        for one in changed
    ]
    return _table(
        ("metric", "was", "is", "95% interval of the change", "p", ""),
        rows,
        title=f"Against the baseline ({comparison.questions} questions in common{left_out})",
        caption=f"{len(comparison.metrics) - len(changed)} metrics are as they were.",
    )


def describe_outcome(outcome: "Outcome") -> str:
    """A question, its answer, what is wrong with it and what was expected, for a person to judge."""
    question = outcome.question
    expected = (*question.evidence, *question.must) if question.answerable else ("a refusal",)
    lines = [f"{question.id} ({question.category}) {question.question}", f"  answer: {outcome.answer.text}"]
    return "\n".join([*lines, *(f"  {one}" for one in outcome.problems), *(f"  expected: {one}" for one in expected)])


def _cell(metric: "Metric | None") -> str:
    from rag.evaluation.render import figure

    return f"{figure(metric.value)} ({metric.n})" if metric else "–"
