"""`footnote verify`: do saved answers still hold against today's documents?"""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from app.commands.terminal import counted, print_json, read_stdin
from index.errors import AnswerError

if TYPE_CHECKING:
    from rag.verify.recheck import QuoteCheck, Recheck
    from rag.verify.saved import SavedAnswer

EXIT = {"holds": 0, "changed": 4, "gone": 5, "inconsistent": 1}  #: status by state, the worst one last
WORDS = {
    "holds": "holds",
    "moved": "moved",
    "changed": "source changed",
    "gone": "source gone",
    "inconsistent": "inconsistent",
    "error": "no answer",
}


@click.command()
@click.argument("path", type=click.Path(allow_dash=True, path_type=Path), metavar="ANSWER.json")
@click.option(
    "--docs",
    type=click.Path(),
    multiple=True,
    help="Look for the documents, by their ids, in this file or folder instead of where they were; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def verify(path: Path, docs: tuple[str, ...], as_json: bool) -> None:
    """Check that the quotations of saved answers still stand in their documents.

    ANSWER.json is what `ask --json` or `ask --file --json` printed: one answer, a list, or one a line;
    `-` reads it from standard input. Exits with 0 if all hold, quotes that have only moved included, 4 if
    a source has changed, 5 if one is gone, 1 if an answer contradicts itself or the file is no answer.
    """
    from index.files.finding import load_documents
    from rag.jsonlines import read_text
    from rag.verify.saved import read_answers, recheck_saved, to_dict

    if str(path) == "-":
        saved = read_answers(read_stdin(), "standard input")
    else:
        saved = read_answers(read_text(path, "saved answer", AnswerError), str(path))
    documents = load_documents(docs)[0] if docs else None
    checks = [recheck_saved(one.answer, documents) if one.answer else None for one in saved]
    worst = max((check.state for check in checks if check), key=list(EXIT).index, default="holds")
    if as_json:
        answers = [to_dict(one, check) for one, check in zip(saved, checks, strict=True)]
        print_json({"schema": 1, "state": worst, "answers": answers})
    else:
        for one, check in zip(saved, checks, strict=True):
            _show(one, check)
        click.echo(_summary(checks))
    sys.exit(EXIT[worst])


def _show(saved: "SavedAnswer", check: "Recheck | None") -> None:
    state = check.state if check else "error"
    click.secho(f"{saved.id} {saved.question}", bold=True)
    click.echo(f"  {WORDS[state]}{_remark(check)}")
    if check:
        for problem in check.problems:
            click.echo(f"  {problem}")
        for quote in check.quotes:
            click.echo(f"  [{quote.citation.number}] {WORDS[quote.state]}: {_whereabouts(quote)}")
            click.secho(f"      {quote.citation.source}", dim=True)


def _remark(check: "Recheck | None") -> str:
    if check and check.answer.status == "abstained" and not check.problems:
        return " (it abstained, and so quotes nothing)"
    return ": the answer contradicts itself" if check and check.problems else ""


def _whereabouts(quote: "QuoteCheck") -> str:
    citation = quote.citation
    was = f"{citation.title}, characters {citation.start}–{citation.end}"
    if quote.state == "moved":
        return f"{was}, are now {quote.start}–{quote.end}"
    if quote.elsewhere:
        return f"{was}; the quote now stands in {quote.elsewhere}"
    if quote.state == "changed" and quote.start is not None:
        return f"{was}; {_changes(quote.differences)}, at {quote.start}–{quote.end}"
    return was


def _changes(differences: "Sequence[tuple[str, str]]") -> str:
    """What has become of the words of a quote."""
    changes = [
        f"“{was}” is now “{now}”" if was and now else f"“{was}” is gone" if was else f"“{now}” is new"
        for was, now in differences
    ]
    return ", ".join(changes) or "the same words are there, otherwise set"


def _summary(checks: "Sequence[Recheck | None]") -> str:
    counts = Counter(check.state if check else "error" for check in checks)
    moved = sum(quote.state == "moved" for check in checks if check for quote in check.quotes)
    parts = [f"{counts[state]} {WORDS[state]}" for state in (*EXIT, "error") if counts[state]]
    whole = f"{counted(len(checks), 'answer')}: {', '.join(parts)}"
    return f"{whole}; {counted(moved, 'quote')} moved." if moved else f"{whole}."
