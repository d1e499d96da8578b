"""Saved answers: read from what `footnote ask --json` printed, and compared with today's files."""

import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import AnswerError, DocumentError
from index.files.finding import load_documents
from index.types import Document
from rag.jsonlines import json_texts, parse
from rag.types import Answer, Citation
from rag.verify.recheck import Recheck, recheck


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """One answer of a file; None where `ask --file` could not answer a question."""

    id: str
    question: str
    answer: Answer | None


def read_answers(text: str, name: str) -> list[SavedAnswer]:
    """The saved answers in a file `name` of this text: one JSON object, a list of them, or one a line.

    Raises AnswerError if they are none.
    """
    saved = []
    for place, number, part in json_texts(text, name):
        try:
            saved.append(saved_answer(part, number))
        except ValueError as error:
            raise AnswerError(f"{place} is no answer that `footnote ask --json` printed: {error}.") from None
    if not saved:
        raise AnswerError(f"There is no answer in {name}; save one with `footnote ask --json`.")
    return saved


def saved_answer(text: str, number: str = "") -> SavedAnswer:
    """One answer of this JSON; `number` is its id if it has none. Raises ValueError, as `Answer.from_dict` does."""
    data = parse(text)
    failed = "error" in data and "schema" not in data
    answer = None if failed else Answer.from_dict(data)
    return SavedAnswer(
        str(data.get("id", number)), answer.question if answer else str(data.get("question", "")), answer
    )


def recheck_saved(answer: Answer, documents: Iterable[Document] | None = None) -> Recheck:
    """Compare a saved answer with these documents, or else with the files that it cites, as they are today.

    Raises DocumentError if one of them may not be read.
    """
    if documents is not None:
        return recheck(answer, documents)
    files = {citation.document_id: citation for citation in reversed(answer.citations)}
    return recheck(answer, [document for citation in files.values() if (document := _source(citation))])


def _source(citation: Citation) -> Document | None:
    """The file that a citation names, under the id by which it is cited, or None if it is gone."""
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


def to_dict(saved: SavedAnswer, check: Recheck | None) -> dict[str, Any]:
    """The JSON form of what has become of one answer; without a check, it tells of an error."""
    quotes = [
        {
            **{name: getattr(quote.citation, name) for name in ("number", "document_id", "source", "quote")},
            **{name: getattr(quote, name) for name in ("state", "start", "end", "differences", "elsewhere")},
        }
        for quote in (check.quotes if check else ())
    ]
    return {
        "id": saved.id,
        "question": saved.question,
        "state": check.state if check else "error",
        "problems": list(check.problems) if check else [],
        "quotes": quotes,
    }
