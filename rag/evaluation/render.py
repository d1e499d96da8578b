"""Write a report as one HTML file that needs no other, or as Markdown."""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from rag.evaluation.bootstrap import Metric
from rag.evaluation.metrics import GROUPS, MEASURES
from rag.evaluation.report import Report

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"

# The figures at the top of the page, those of them that were measured: of a question set, and of answers alone.
HEADLINE = (
    ("right", "nothing went wrong"),
    ("first_citation", "first citation right"),
    ("faithfulness", "claims supported"),
    ("citation_recall", "claims cited rightly"),
    ("refusal_f1", "refusals, F1"),
    ("latency_p50", "seconds, median"),
)
HEADLINE_OF_ANSWERS = (
    ("faithfulness", "claims supported"),
    ("citation_recall", "claims cited rightly"),
    ("citation_precision", "citations needed"),
    ("miscited", "claims miscited"),
    ("invented", "claims invented"),
    ("answer_f1", "F1 with the reference"),
)
# What is told of each category, the most telling first.
CATEGORY_METRICS = (
    "first_citation",
    "must",
    "right_quote",
    "answer_f1",
    "recall@8",
    "refusal_recall",
    "wrongly_refused",
    "right",
    "mrr",
    "faithfulness",
    "citation_recall",
    "citation_precision",
)


def render_html(report: Report) -> str:
    """One self-contained page, in which nothing but our own script can run."""
    style, script = ((TEMPLATES / name).read_text(encoding="utf-8") for name in ("report.css", "report.js"))
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    template = _environment(html=True).get_template("report.html")
    return template.render(**_parts(report), css=style, js=script, script_hash=f"sha256-{digest}")


def render_markdown(report: Report) -> str:
    """The figures as tables, and the questions that went wrong."""
    text = _environment(html=False).get_template("report.md").render(**_parts(report))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def category_columns(report: Report) -> list[str]:
    """The metrics that are told of each category: those that some category has."""
    return [name for name in CATEGORY_METRICS if any(name in metrics for metrics in report.by_category.values())]


def figure(value: float) -> str:
    """A figure as it is printed."""
    return f"{value:.3f}" if abs(value) < 10 else f"{value:.0f}"


def _parts(report: Report) -> dict[str, object]:
    foreign = "latency_p50" not in report.metrics
    groups = [(group, [one for one in measures if one.name in report.metrics]) for group, measures in GROUPS.items()]
    return {
        "report": report,
        "groups": [(group, measures) for group, measures in groups if measures],
        "columns": category_columns(report),
        "headline": HEADLINE_OF_ANSWERS if foreign else HEADLINE,
        "foreign": foreign,
    }


@cache
def _environment(*, html: bool) -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=not html,
    )
    environment.filters |= {"figure": figure, "css": lambda value: f"{value:.4f}", "goodness": _goodness, "cell": _cell}
    return environment


def _goodness(metric: Metric, name: str) -> str:
    share = min(1.0, max(0.0, metric.value))
    return f"{1 - share if MEASURES[name].better == 'lower' else share:.3f}"


def _cell(text: str) -> str:
    """A text on one line, in which Markdown finds nothing to set, link or run."""
    return re.sub(r"([\\`*_{}\[\]()<>#|!~&])", r"\\\1", " ".join(str(text).split()))
