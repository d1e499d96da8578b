"""A conversation to take away: Markdown with footnotes, a table of claims, or JSON for `footnote verify`."""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pydantic import TypeAdapter

from app.web.sent import KeptAnswer
from app.web.typesetting import clipped
from rag.types import Answer, Citation, Claim

TITLE = "Conversation with Footnote"
PINS = "Pinned answers"
MOST_PINS = 1000  #: taken away together
EXTRACT = 300  #: characters shown of a sentence near to a question that was refused
COLUMNS = (
    "question",
    "short answer",
    "claim",
    "support",
    "quotation",
    "title",
    "date",
    "document",
    "place",
    "start",
    "end",
    "asked only",
)
DOUBTFUL = {"weak": "weakly supported", "unsupported": "not supported by the documents"}

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&~^$|@])")
_LINK = re.compile(r"(?<=\w)(?=://)|(?<=www)(?=\.)", re.I)  # bare addresses become links in some dialects
_CLOSING = re.compile(r"(?<= )(?=#+$)")  # signs behind a heading are no part of it
_LIST = re.compile(r"(\d+|[a-z]|[ivxlcdm]+)(?=[.)])", re.I)

Dates = Mapping[str, str]  #: of documents, by id


@dataclass(frozen=True, slots=True)
class Pin:
    """An answer that a visitor has kept, and what they wrote under it."""

    answer: KeptAnswer
    note: str = ""


_PIN = TypeAdapter(Pin)


def read_pins(kept: Sequence[object]) -> list[Pin]:
    """The pins that a browser has kept. What is none is left out."""
    pins = []
    for one in kept[:MOST_PINS]:
        with suppress(ValueError):
            pins.append(_PIN.validate_python(one))
    return pins


def to_markdown(
    answers: Sequence[Answer], title: str = TITLE, dates: Dates | None = None, remarks: Sequence[str] = ()
) -> str:
    """The conversation as Markdown. Footnotes are numbered from 1 throughout; all else that it says is plain text.

    `remarks` are what was written under each answer, as plain text, empty where nothing was.
    """
    parts = [f"# {_line(title)}"]
    notes: list[str] = []
    for place, answer in enumerate(answers):
        remark = remarks[place] if place < len(remarks) else ""
        numbers = {citation.number: len(notes) + n for n, citation in enumerate(answer.citations, start=1)}
        quoted = {_folded(claim.text) for claim in answer.claims if claim.support == "quoted"}
        notes += [
            _note(numbers[one.number], one, (dates or {}).get(one.document_id, ""), _folded(one.quote) not in quoted)
            for one in answer.citations
        ]
        asked = f"; asked only: {_inline(', '.join(answer.documents))}" if answer.documents else ""
        parts += [
            f"## {_heading(answer.question)}",
            _body(answer, numbers),
            f"*Confidence {answer.confidence:.0%}{asked}*",
            *_remark(remark),
        ]
    return "\n\n".join([*parts, *notes]) + "\n"


def to_json(answers: Iterable[Answer]) -> str:
    """The conversation as a JSON list of `Answer.to_dict`, which `footnote verify` reads."""
    return json.dumps([answer.to_dict() for answer in answers], ensure_ascii=False, indent=2) + "\n"


def to_csv(answers: Iterable[Answer], dates: Dates | None = None) -> str:
    """Each claim with each of its sources, a row each; a refusal is a row without a claim.

    What begins as a formula does is kept from being one by an apostrophe, as spreadsheets would run it.
    """
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for answer in answers:
        cited = {citation.number: citation for citation in answer.citations}
        rows: list[tuple[str, str, Citation | None]] = [
            (claim.text, claim.support, cited.get(number))
            for claim in answer.claims
            for number in (claim.citations or (0,))
        ]
        for text, support, source in rows or [("", answer.status, None)]:
            told: tuple[object, ...] = ("",) * 7
            if source:
                date = (dates or {}).get(source.document_id, "")
                told = (source.quote, source.title, date, source.document_id, _part(source), source.start, source.end)
            row = (answer.question, answer.span or "", text, support, *told, ", ".join(answer.documents))
            table.writerow(
                f"'{cell}" if str(cell).startswith(("=", "+", "-", "@", "\t", "\r")) else cell for cell in row
            )
    return file.getvalue()


def _remark(text: str) -> list[str]:
    """A note as quoted paragraphs, one for each line."""
    text = text.encode(errors="replace").decode()  # anyone's JSON may hold half a character
    lines = [_line(line) for line in text.splitlines() if line.strip()]
    return ["\n>\n".join(f"> {line}" for line in ["Note:", *lines])] if lines else []


def _part(citation: Citation) -> str:
    return citation.part or (f"page {citation.page}" if citation.page is not None else "")


def _folded(text: str) -> str:
    return " ".join(text.split())


def _body(answer: Answer, numbers: dict[int, int]) -> str:
    if answer.status == "answered":
        sentences = _line_start(" ".join(_sentence(claim, numbers) for claim in answer.claims))
        said = {_folded(claim.text) for claim in answer.claims}
        short = _inline(answer.span or "")
        return f"**{short}**\n\n{sentences}" if short and _folded(answer.span or "") not in said else sentences
    nearest = [
        f"- “{_inline(clipped(one.quote, EXTRACT))}” — {_inline(one.document_id)}, characters {one.start}–{one.end}"
        for one in answer.nearest
    ]
    return "\n\n".join([_line(answer.text), *(["The nearest sentences:\n\n" + "\n".join(nearest)] if nearest else [])])


def _sentence(claim: Claim, numbers: dict[int, int]) -> str:
    doubt = f" *({DOUBTFUL[claim.support]})*" if claim.support in DOUBTFUL else ""
    return f"{_inline(claim.text)}{''.join(f'[^{numbers[number]}]' for number in claim.citations)}{doubt}"


def _note(number: int, citation: Citation, date: str, quoted: bool) -> str:
    """Where a quotation is from, and what it says unless the answer consists of it."""
    quote = f"“{_inline(citation.quote)}” — " if quoted else ""
    told = [_inline(citation.title), f"of {_inline(date)}" if date else "", _inline(_part(citation))]
    where = ", ".join(part for part in (*told, f"characters {citation.start}–{citation.end}") if part)
    return f"[^{number}]: {quote}{where} ({_inline(citation.document_id)})"


def _line(text: str) -> str:
    """Any text as one line that Markdown shows as it is."""
    return _line_start(_inline(text))


def _heading(text: str) -> str:
    return _CLOSING.sub(r"\\", _line(text))


def _inline(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.replace("\0", "\ufffd").split()))
    return _LINK.sub(r"\\", escaped)


def _line_start(line: str) -> str:
    """Keep a line from being taken for a heading, a list or a rule."""
    if match := _LIST.match(line):
        return f"{match[0]}\\{line[match.end() :]}"
    return f"\\{line}" if line.startswith(tuple("#+-=:(")) else line
