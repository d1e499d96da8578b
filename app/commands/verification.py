"""`footnote verify`: do saved answers still hold against today's documents?"""

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from app.commands.terminal import print_json
from index.errors import AnswerError, DocumentError

if TYPE_CHECKING:
    from index.types import Document
    from rag.types import Answer, Citation
    from rag.verify.recheck import QuoteCheck, Recheck

EXIT = {"holds": 0, "changed": 4, "gone": 5, "inconsistent": 1}  #: status by state, the worst one last
WORDS = {
    "holds": "holds",
    "moved": "moved",
    "changed": "source changed",
    "gone": "source gone",
    "inconsistent": "inconsistent",
    "error": "no answer",
}


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """One answer of a file; None where `ask --file` could not answer a question."""

    id: str
    question: str
    answer: "Answer | None"


@click.command()
@click.argument("path", type=click.Path(allow_dash=True, path_type=Path), metavar="ANSWER.json")
@click.option(
    "--docs",
    type=click.Path(),
    multiple=True,
    help="Look for the documents, by their ids, in this file or folder instead of where they were; may be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_context
def verify(context: click.Context, path: Path, docs: tuple[str, ...], as_json: bool) -> None:
    """Check that the quotations of saved answers still stand in their documents.

    ANSWER.json is what `ask --json` or `ask --file --json` printed: one answer, a list, or one a line;
    `-` reads it from standard input. Exits with 0 if all hold, quotes that have only moved included, 4 if
    a source has changed, 5 if one is gone, 1 if an answer contradicts itself or the file is no answer.
    """
    saved = read_answers(path)
    documents = _load(docs) if docs else None
    checks = [(one, _recheck(one.answer, documents) if one.answer else None) for one in saved]
    worst = max((check.state for _, check in checks if check), key=list(EXIT).index, default="holds")
    if as_json:
        print_json({"schema": 1, "state": worst, "answers": [recheck_to_dict(one, check) for one, check in checks]})
    else:
        for one, check in checks:
            _show(one, check)
        click.echo(_summary([check for _, check in checks]))
    context.exit(EXIT[worst])


def read_answers(path: Path) -> list[SavedAnswer]:
    """Read saved answers: one JSON object, a list of them, or one a line. Raises AnswerError if they are none."""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        data = (sys.stdin.buffer.read() if sys.stdin else b"") if str(path) == "-" else path.read_bytes()
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise AnswerError(f"The saved answer {name} cannot be read ({reason}); check the path.") from None
    saved = []
    for number, record in enumerate(_records(text, name), start=1):
        try:
            saved.append(saved_answer(record, str(number)))
        except (KeyError, TypeError, ValueError) as error:
            problem = f"it lacks {error}" if isinstance(error, KeyError) else " ".join(str(error).split())
            raise AnswerError(
                f"Number {number} in {name} is no answer that `footnote ask --json` printed: {problem}."
            ) from None
    if not saved:
        raise AnswerError(f"There is no answer in {name}; save one with `footnote ask --json`.")
    return saved


def _records(text: str, name: str) -> list[Any]:
    try:
        whole = json.loads(text)
        return whole if isinstance(whole, list) else [whole]
    except (ValueError, RecursionError):
        pass
    records = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                records.append(json.loads(line))
            except (ValueError, RecursionError):
                raise AnswerError(
                    f"Line {number} of {name} is not JSON; give what `footnote ask --json` printed."
                ) from None
    return records


def saved_answer(record: Any, number: str) -> SavedAnswer:
    """Read one answer; `number` is its id if it has none. Raises KeyError, TypeError or ValueError if it is none."""
    from rag.types import Answer, is_text

    if not isinstance(record, dict):
        raise ValueError("it is not a JSON object")
    if not is_text(json.dumps(record, ensure_ascii=False)):
        raise ValueError("it holds half of a surrogate pair, which is no character")
    identifier = str(record.get("id", number))
    if "error" in record and "schema" not in record:
        return SavedAnswer(identifier, str(record.get("question", "")), None)
    answer = Answer.from_dict(record)
    _check_types(answer)
    return SavedAnswer(identifier, answer.question, answer)


def _check_types(answer: "Answer") -> None:
    """Raise TypeError where a part that is looked at is not of its type: JSON can hold anything."""
    texts = [answer.question, answer.text, answer.status, answer.span or ""]
    numbers: list[object] = []
    for claim in answer.claims:
        texts += [claim.text, claim.support]
        numbers += claim.citations
    for citation in answer.citations:
        texts += [citation.document_id, citation.title, citation.source, citation.quote]
        numbers += [citation.number, citation.start, citation.end]
    for hit in answer.hits:
        texts += [hit.passage.document_id, hit.passage.text]
        numbers += [hit.passage.start, hit.passage.end]
    for text in texts:
        if not isinstance(text, str):
            raise TypeError(f"{text!r} should be a text")
    for number in numbers:
        if isinstance(number, bool) or not isinstance(number, int):
            raise TypeError(f"{number!r} should be a whole number")


def _load(docs: Sequence[str]) -> "list[Document]":
    from index.files.finding import load_documents

    return load_documents(docs)[0]


def _recheck(answer: "Answer", documents: "Iterable[Document] | None") -> "Recheck":
    from rag.verify.recheck import recheck

    return recheck(answer, _sources(answer.citations) if documents is None else documents)


def _sources(citations: "Iterable[Citation]") -> "list[Document]":
    """The files that citations name, as they are today, under the ids by which they are cited."""
    files = {citation.document_id: citation for citation in reversed(list(citations))}
    return [document for citation in files.values() if (document := _source(citation))]


def _source(citation: "Citation") -> "Document | None":
    """The file that a citation names, or None if it is gone. Raises DocumentError if it may not be read."""
    from index.files.finding import load_documents
    from index.types import Document

    try:
        if not Path(citation.source).is_file():
            return None
    except OSError as error:
        raise DocumentError(f"{citation.source} cannot be read ({error.strerror}); check the path.") from None
    try:
        return replace(load_documents([citation.source])[0][0], id=citation.document_id)
    except DocumentError:
        if not os.access(citation.source, os.R_OK):
            raise
        # What it holds now is no document: nothing at all, say, or bytes that are no text.
        return Document(citation.document_id, citation.title, citation.source, "")


def _show(saved: SavedAnswer, check: "Recheck | None") -> None:
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
    whole = f"{len(checks)} answer{'s' if len(checks) != 1 else ''}: {', '.join(parts)}"
    return f"{whole}; {moved} quote{'s' if moved != 1 else ''} moved." if moved else f"{whole}."


def recheck_to_dict(saved: SavedAnswer, check: "Recheck | None") -> dict[str, Any]:
    """The JSON form of what has become of one answer."""
    if check is None:
        return {"id": saved.id, "question": saved.question, "state": "error", "problems": [], "quotes": []}
    quotes = [
        {
            **{name: getattr(quote.citation, name) for name in ("number", "document_id", "source", "quote")},
            **{name: getattr(quote, name) for name in ("state", "start", "end", "differences", "elsewhere")},
        }
        for quote in check.quotes
    ]
    problems = list(check.problems)
    return {"id": saved.id, "question": saved.question, "state": check.state, "problems": problems, "quotes": quotes}
