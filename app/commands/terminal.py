"""What the commands print: results on stdout, everything else on stderr."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import SettingsError

if TYPE_CHECKING:
    from index.files.finding import Skipped
    from index.store.sync import SyncReport
    from index.types import Hit
    from rag.types import Answer, Citation

PATIENCE = 1.0  #: seconds before work is shown
MAX_LISTED = 10
EXCERPT_CHARS = 220
#: What `--explain` calls the figures of the sentence that the reader puts first; see `rag.read.confidence`.
FIGURES = {
    "near": "share of the question's words in its passage, title or header",
    "anywhere": "share of them anywhere in its document",
    "cosine": "likeness of its passage to the question",
    "mass": "the reader's log-odds that it answers",
    "alone": "the same where it is read by itself",
    "share": "log-odds of the share of what speaks for it, and for no rival",
    "topic": "probability that the documents speak of this",
    "spoken_of": "the same, whatever the reader makes of it",
    "answer": "probability that they then say what is asked",
    "quoted": "probability that this then says it",
}


@contextmanager
def working(description: str) -> Iterator[Callable[..., None]]:
    """Show on stderr, if that is a terminal, what is being done; call what this gives to tell how far that has come."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

    columns = SpinnerColumn(), TextColumn("{task.description}")
    console, hidden = Console(stderr=True), not sys.stderr.isatty()
    with Progress(*columns, console=console, transient=True, disable=hidden) as progress:
        task = progress.add_task(description, total=None)

        def update(done: int, total: int, description: str = "Embedding passages") -> None:
            if (progress.tasks[0].elapsed or 0) > PATIENCE:
                progress.columns = (*columns, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
                progress.update(task, completed=done, total=total, description=description)

        yield update


def say(message: str) -> None:
    """Print a line on stderr."""
    click.echo(message, err=True)


def write_text(path: Path, text: str) -> None:
    """Write a file. Raises SettingsError if it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"The file {path} cannot be written ({error.strerror}); name another one.") from None


def counted(number: int, thing: str) -> str:
    """A number of things, in words: one passage, two passages."""
    return f"{number} {thing}{'s' if number != 1 else ''}"


def read_stdin() -> str:
    """The text on standard input; bytes that are no text come out as halves of surrogate pairs, for a check to find."""
    return sys.stdin.buffer.read().decode("utf-8-sig", "surrogateescape") if sys.stdin else ""


def print_json(data: object, *, indent: int | None = 2) -> None:
    """Print JSON on stdout, at once."""
    # As bytes: JSON is UTF-8, whatever the terminal's encoding is.
    click.echo(json.dumps(data, ensure_ascii=False, indent=indent).encode())


def show_report(report: "SyncReport") -> None:
    """Tell on stderr what a sync did."""
    if report.upgraded:
        say("The index was made by another version of Footnote, which read documents in another way; it is made anew.")
    counts = {kind: len(getattr(report, kind)) for kind in ("added", "changed", "removed", "unchanged", "skipped")}
    say("Index: " + ", ".join(f"{count} {kind}" for kind, count in counts.items()) + ".")
    show_partly(report.partly)
    show_skipped(report.skipped)


def show_partly(partly: "Mapping[str, str]", most: int = MAX_LISTED) -> None:
    """List on stderr the documents parts of which could not be read, as many as `most`."""
    for name, unread in list(partly.items())[:most]:
        say(f"  not all of {name} was read: {unread}")
    if len(partly) > most:
        say(f"  nor of {len(partly) - most} more; `footnote doctor` lists them all.")


def show_skipped(skipped: "Sequence[Skipped]", most: int = MAX_LISTED) -> None:
    """List on stderr the files that could not be read, and why, as many as `most`, and once which kinds are read."""
    from index.files.formats import KINDS, OTHER_KIND

    for file in skipped[:most]:
        say(f"  skipped {file.path}: {file.reason}")
    if len(skipped) > most:
        say(f"  and {len(skipped) - most} more; `footnote doctor` lists them all.")
    if any(file.reason.startswith(OTHER_KIND) for file in skipped):
        say(f"  Read are {KINDS}.")


def show_answer(answer: "Answer") -> None:
    """Print an answer with its footnotes, or the nearest sentences where there is none."""
    from rag.write.long_rows import in_brief

    if answer.rewritten:
        click.secho(f"Understood as: {answer.rewritten}", dim=True)
    if answer.span and all(answer.span != claim.text for claim in answer.claims):
        click.secho(" ".join(answer.span.split()), bold=True)
        click.echo()
    text = in_brief(answer)
    click.echo(_wrapped(text))
    if text != answer.text:
        click.secho("… stands for cells of a row that are not shown; --json gives them all.", dim=True)
    click.echo()
    for citation in answer.citations:
        show_source(citation)
    if answer.nearest:
        click.echo("The nearest sentences are:")
        for citation in answer.nearest:
            click.echo(_wrapped(" ".join(citation.quote.split()), indent="    "))
            show_source(citation)
    if any(claim.support in ("weak", "unsupported") for claim in answer.claims):
        click.secho("[?] the documents do not, or hardly, support this sentence", fg="yellow")
    for notice in answer.notices:
        click.secho(notice, fg="yellow")
    click.secho(f"Confidence {answer.confidence:.0%} · {answer.timings.get('total', 0):.2f} s", dim=True)


def show_source(citation: "Citation") -> None:
    """Print where a quotation stands."""
    page = f"page {citation.page}" if citation.page else ""
    where = citation.part or page or f"characters {citation.start}–{citation.end}"
    click.echo(click.style(f"[{citation.number}] ", bold=True) + f"{citation.title}, {where}")
    click.secho(f"    {citation.source}", dim=True)


def show_figures(answer: "Answer") -> None:
    """Print what the confidence is made of, step by step, and all passages that were read."""
    click.secho("\nHow this came about", bold=True)
    show_hits(answer.hits)
    show_table([(FIGURES[name], f"{value:6.2f}") for name, value in answer.figures.items()])


def show_hits(hits: "Sequence[Hit]") -> None:
    """Print passages, each with its scores and where it stands."""
    for hit in hits:
        passage = hit.passage
        scores = f"score {hit.score:.3f}  cosine {hit.cosine:.3f}  bm25 {hit.bm25:.3f}"
        click.echo(
            click.style(f"{hit.rank:>2}. ", bold=True)
            + f"{passage.document_id}:{passage.start}–{passage.end}  {scores}"
        )
        if passage.heading:
            click.secho(f"    {passage.heading}", italic=True)
        text = " ".join(passage.text.split())
        excerpt = text if len(text) <= EXCERPT_CHARS else text[:EXCERPT_CHARS].rsplit(" ", 1)[0] + " …"
        click.echo(_wrapped(excerpt, indent="    "))


def _wrapped(text: str, indent: str = "") -> str:
    width = min(100, shutil.get_terminal_size((100, 24)).columns)
    return click.wrap_text(text, width=width, initial_indent=indent, subsequent_indent=indent)


def show_table(rows: Sequence[tuple[str, Any]]) -> None:
    """Print names and values in two columns."""
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        click.echo(f"{name:<{width}}  {value}")
