"""A conversation to take away: Markdown with footnotes to read, JSON for `footnote verify` and to read back."""

import json
import re
from collections.abc import Iterable, Sequence

from rag.types import Answer, Citation, Claim

TITLE = "Conversation with Footnote"
NEAREST = 3  #: passages named for a question that was refused
DOUBTFUL = {"weak": "weakly supported", "unsupported": "not supported by the documents"}

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>&~^$|@])")
_LINK = re.compile(r"(?<=\w)(?=://)|(?<=www)(?=\.)", re.I)  # bare addresses become links in some dialects
_LIST = re.compile(r"(\d+|[a-z]|[ivxlcdm]+)(?=[.)])", re.I)


def to_markdown(answers: Sequence[Answer], title: str = TITLE) -> str:
    """The conversation as Markdown. Footnotes are numbered from 1 throughout; all else that it says is plain text."""
    parts = [f"# {_line(title)}"]
    notes: list[str] = []
    for answer in answers:
        numbers = {citation.number: len(notes) + place for place, citation in enumerate(answer.citations, start=1)}
        notes += [_note(numbers[citation.number], citation) for citation in answer.citations]
        parts += [f"## {_line(answer.question)}", _body(answer, numbers), f"*Confidence {answer.confidence:.0%}*"]
    return "\n\n".join([*parts, *notes]) + "\n"


def to_json(answers: Iterable[Answer]) -> str:
    """The conversation as a JSON list of `Answer.to_dict`, which `footnote verify` reads."""
    return json.dumps([answer.to_dict() for answer in answers], ensure_ascii=False, indent=2) + "\n"


def _body(answer: Answer, numbers: dict[int, int]) -> str:
    if answer.status == "answered":
        return _line_start(" ".join(_sentence(claim, numbers) for claim in answer.claims))
    nearest = [
        f"- {_inline(hit.passage.document_id)}, characters {hit.passage.start}–{hit.passage.end}"
        for hit in answer.hits[:NEAREST]
    ]
    return "\n\n".join([_line(answer.text), *(["The nearest passages:\n\n" + "\n".join(nearest)] if nearest else [])])


def _sentence(claim: Claim, numbers: dict[int, int]) -> str:
    doubt = f" *({DOUBTFUL[claim.support]})*" if claim.support in DOUBTFUL else ""
    return f"{_inline(claim.text)}{''.join(f'[^{numbers[number]}]' for number in claim.citations)}{doubt}"


def _note(number: int, citation: Citation) -> str:
    page = f"page {citation.page}, " if citation.page is not None else ""
    where = f"{page}characters {citation.start}–{citation.end} ({_inline(citation.document_id)})"
    return f"[^{number}]: “{_inline(citation.quote)}” — {_inline(citation.title)}, {where}"


def _line(text: str) -> str:
    """Any text as one line that Markdown shows as it is."""
    return _line_start(_inline(text))


def _inline(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", " ".join(text.replace("\0", "\ufffd").split()))
    return _LINK.sub(r"\\", escaped)


def _line_start(line: str) -> str:
    """Keep a line from being taken for a heading, a list or a rule."""
    if match := _LIST.match(line):
        return f"{match[0]}\\{line[match.end() :]}"
    return f"\\{line}" if line.startswith(tuple("#+-=:(")) else line
