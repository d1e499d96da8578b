"""`footnote eval`: how good answers are, Footnote's own or those of another system."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.commands.settings import Settings, shared_options
from app.commands.terminal import Working, print_json, say
from index.errors import SettingsError

if TYPE_CHECKING:
    from rag.assistant import Assistant
    from rag.evaluation.bootstrap import Metric
    from rag.evaluation.faithfulness import JudgedAnswer, Judgement
    from rag.evaluation.gate import Comparison, Limit
    from rag.evaluation.outcome import Outcome
    from rag.evaluation.report import Report
    from rag.evaluation.running import Evaluation

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
@click.option("--top-k", type=click.IntRange(min=1), help="Number of passages to read.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), help="Refuse below this probability.")
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
@click.pass_context
def evaluate_command(
    context: click.Context,
    path: Path | None,
    answers: tuple[Path, ...],
    top_k: int | None,
    min_confidence: float | None,
    as_json: bool,
    reports: tuple[Path, ...],
    baseline: Path | None,
    limits: "list[Limit]",
    settings: Settings,
) -> None:
    """Ask a question set, or take answers made elsewhere, and print how good the answers are.

    Exits with 4 if a --fail-under limit is broken, or a metric is significantly worse than in --baseline.
    """
    if (path is None) == (not answers):
        raise click.UsageError("Give a question set, or answers made elsewhere with --answers.")
    from rag.evaluation.gate import compare_with, read_baseline

    earlier = read_baseline(baseline) if baseline else None  # before anything that takes time
    assistant: Assistant | None = None
    result: Evaluation | Judgement
    if path is not None:
        assistant, result = _ask(path, settings, {"top_k": top_k, "min_confidence": min_confidence})
    else:
        result = _judge(answers)
    data = result.to_dict()
    comparison = compare_with(earlier, data["questions"]) if earlier is not None else None
    failures = [failure for limit in limits if (failure := limit.broken_by(result.metrics))]
    failures += [f"{one.measure.name} is worse than it was (p = {one.p:.3g})." for one in _worse(comparison)]
    titles = [path] if path else list(answers)
    report = _report(result, assistant, ", ".join(one.name for one in titles), settings, comparison, failures)
    for file in reports:
        _write(file, report, data)
    if as_json:
        print_json(data)
    else:
        _show(report, result.outcomes)
    for failure in failures:
        say(f"Failed: {failure}")
    context.exit(FAILED if failures else 0)


def _worse(comparison: "Comparison | None") -> Sequence[Any]:
    return comparison.worse if comparison else ()


def _ask(path: Path, settings: Settings, options: Mapping[str, Any]) -> "tuple[Assistant, Evaluation]":
    from rag.evaluation.questions import read_questions
    from rag.evaluation.running import evaluate

    questions = read_questions(path)
    assistant = settings.open()
    with Working("Loading the model"):
        assistant.warm_up()
    with Working("Asking") as working:
        evaluation = evaluate(
            assistant,
            questions,
            progress=lambda done, total: working.update(done, total, "Asking" if done < total else "Checking claims"),
            **options,
        )
    return assistant, evaluation


def _judge(paths: Sequence[Path]) -> "Judgement":
    from rag.evaluation.faithfulness import judge
    from rag.evaluation.foreign import read_answers

    answers = read_answers(paths)
    with Working("Checking claims") as working:
        return judge(answers, progress=lambda done, total: working.update(done, total, "Checking claims"))


def _report(
    result: "Evaluation | Judgement",
    assistant: "Assistant | None",
    title: str,
    settings: Settings,
    comparison: "Comparison | None",
    failures: Sequence[str],
) -> "Report":
    from rag.evaluation.report import report_evaluation, report_judgement
    from rag.evaluation.running import Evaluation

    about = [("made on", date.today().isoformat())]
    if assistant is None or not isinstance(result, Evaluation):
        about.append(("answers", str(len(result.outcomes))))
        return report_judgement(result, title, about, comparison, failures)  # type: ignore[arg-type]
    documents = {document.id: document for document in assistant.documents}
    about += [
        ("questions", str(len(result.outcomes))),
        ("documents", str(len(documents))),
        ("engine", settings.engine),
        ("reader", settings.reader or "bundled"),
        ("embedder", settings.embedder or "bundled"),
    ]
    return report_evaluation(result, documents, title, about, comparison, failures)


def _write(path: Path, report: "Report", data: Mapping[str, Any]) -> None:
    """Write a report in the form that its suffix names. Raises SettingsError if the file cannot be written."""
    import json

    from rag.evaluation.render import render_html, render_markdown

    match path.suffix.lower():
        case ".html":
            text = render_html(report)
        case ".md":
            text = render_markdown(report)
        case _:
            text = json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"The report {path} cannot be written ({error.strerror}); name another file.") from None
    say(f"Report: {path}")


def _show(report: "Report", outcomes: "Sequence[Outcome | JudgedAnswer]") -> None:
    """Print the table of metrics, by category too, the comparison, and the questions that went wrong."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from rag.evaluation.render import category_columns, figure

    console = Console()
    overall = Table(title="All questions")
    for column in ("metric", "value", "95% interval", "n"):
        overall.add_column(column, justify="left" if column == "metric" else "right")
    for name, metric in report.metrics.items():
        overall.add_row(name, figure(metric.value), f"{figure(metric.low)} – {figure(metric.high)}", str(metric.n))
    console.print(overall)
    if report.by_category:
        by_category = Table(title="By category (value, n)")
        by_category.add_column("category")
        names = category_columns(report)[:COLUMNS]
        for name in names:
            by_category.add_column(name, justify="right")
        for category, metrics in report.by_category.items():
            by_category.add_row(escape(category), *(_cell(metrics.get(name)) for name in names))
        console.print(by_category)
    if report.comparison:
        console.print(_comparison_table(report.comparison))
    console.print(f"{report.wrong} of {len(outcomes)} questions went wrong.")
    for outcome in outcomes:
        if not outcome.is_right:
            click.echo(describe_outcome(outcome))


def _comparison_table(comparison: "Comparison") -> Any:
    from rich.table import Table

    from rag.evaluation.render import figure

    left_out = f", {comparison.left_out} in one of them only" if comparison.left_out else ""
    changed = [one for one in comparison.metrics if one.difference.change]
    table = Table(
        title=f"Against the baseline ({comparison.questions} questions in common{left_out})",
        caption=f"{len(comparison.metrics) - len(changed)} metrics are as they were.",
    )
    for column in ("metric", "was", "is", "95% interval of the change", "p", ""):
        table.add_column(column, justify="left" if column in ("metric", "") else "right", no_wrap=column != "")
    for one in changed:
        difference = one.difference
        table.add_row(
            one.measure.name,
            figure(difference.old),
            figure(difference.new),
            f"{difference.low:+.3f} … {difference.high:+.3f}",
            "–" if one.p is None else f"{one.p:.3f}",
            "worse" if one.is_worse else "better" if one.is_better else "",
        )
    return table


def describe_outcome(outcome: "Outcome | JudgedAnswer") -> str:
    """A question, its answer and what was expected, for a person to judge."""
    from rag.evaluation.outcome import Outcome

    if not isinstance(outcome, Outcome):
        answer = outcome.answer
        lines = [f"{answer.id} ({answer.category}) {answer.question}", f"  answer: {answer.text}"]
        return "\n".join([*lines, *(f"  {problem}" for problem in outcome.problems)])
    question = outcome.question
    lines = [f"{question.id} ({question.category}) {question.question}", f"  answer: {outcome.answer.text}"]
    if question.answerable:
        lines += [f"  expected: {text}" for text in (*question.evidence, *question.must)]
    else:
        lines.append("  expected: a refusal")
    return "\n".join(lines)


def _cell(metric: "Metric | None") -> str:
    from rag.evaluation.render import figure

    return f"{figure(metric.value)} ({metric.n})" if metric else "–"
