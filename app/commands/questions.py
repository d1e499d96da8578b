"""`footnote questions`: draft a question set, and check one."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands.terminal import say, show_skipped, working, write_text
from index.errors import QuestionError

if TYPE_CHECKING:
    from index.types import IndexedDocument
    from rag.evaluation.questions import Question


@click.group()
def questions() -> None:
    """Draft and check question sets, which `footnote eval` asks."""


@questions.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--count", type=click.IntRange(min=1), default=20, show_default=True, help="Number of questions.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File instead of standard output."
)
def draft(paths: tuple[str, ...], count: int, output: Path | None) -> None:
    """Draft questions about the documents at PATH, from headings, names and sentences, for you to go over."""
    if output and output.exists():
        raise QuestionError(f"The file {output} is there already; name another one, lest your changes be lost.")
    from rag.evaluation.draft import draft_questions

    drafted = draft_questions(_load(paths), count)
    if not drafted:
        raise QuestionError("Nothing in these documents makes a question; write the set by hand.")
    lines = "".join(map(_line, drafted))
    if output is None:
        click.echo(lines.encode(), nl=False)
    else:
        write_text(output, lines)
    say(
        f"{len(drafted)} questions drafted. Reword each, so that it does not repeat the text; add near misses, which "
        "ask for a detail that the documents leave out; then run `footnote questions check`."
    )


@questions.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="SET.jsonl")
@click.option("--docs", multiple=True, envvar="FOOTNOTE_DOCS", type=click.Path(), help="What the questions are about.")
def check(path: Path, docs: tuple[str, ...]) -> None:
    """List what is wrong with the question set SET.jsonl; exits with 1 if anything is."""
    from index.locations import default_documents
    from rag.evaluation.check import check_questions

    found = check_questions(path, _load(docs or [str(default_documents())]))
    for problem in found.problems:
        click.echo(f"{path}:{problem.line}: {problem.text}")
    shares = ", ".join(f"{count} {name or 'without a category'}" for name, count in sorted(found.categories.items()))
    say(f"{found.questions} questions, {found.answerable} of them answerable: {shares or 'none'}.")
    if found.answerable == found.questions:
        say("No question is to be refused, so refusals cannot be measured; add some that the documents do not answer.")
    bad = len({problem.line for problem in found.problems})
    say(f"{len(found.problems)} problems on {bad} lines." if bad else "All is well.")
    sys.exit(1 if bad else 0)


def _load(paths: Sequence[str]) -> "list[IndexedDocument]":
    """The documents, split; counting words will do, since nothing is embedded."""
    from index.files.finding import load_documents
    from index.passages import split_document

    with working("Reading documents"):
        documents, skipped = load_documents(paths)
        split = [split_document(document, lambda text: len(text.split())) for document in documents]
    show_skipped(skipped)
    return split


def _line(question: "Question") -> str:
    """A question as a line of a set, without what is empty."""
    line = {key: value for key, value in asdict(question).items() if value or key == "answerable"}
    return json.dumps(line, ensure_ascii=False) + "\n"
