"""The cells of a row that is quoted, each with the name of its column."""

import re
from dataclasses import dataclass

from index.files.cells import LONGEST_HEADER
from index.files.rows import DIVIDER
from index.types import IndexedDocument

LONGEST_KEY = 6  #: words of what stands before a colon, that it names what follows

_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")  #: between the head and the rows of a table in Markdown
_NAMED = re.compile(rf"(?P<name>[^\n:]{{1,{LONGEST_HEADER}}}?):\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Field:
    """A cell: `text[start:end]` of its sentence is the value."""

    name: str  #: of its column; nothing where none is known
    value: str
    start: int
    end: int


def cells_of(document: IndexedDocument, position: int) -> tuple[Field, ...]:
    """The cells of a sentence that is a row, or one key with its value; none if it is neither."""
    sentence = document.sentences[position]
    text = document.document.text[sentence.start : sentence.end]
    if text.startswith("|"):
        names = [name for name, _ in _split(header_of(document, position) or "", "|")]
        return tuple(
            Field(names[number] if number < len(names) else "", value, start, start + len(value))
            for number, (value, start) in enumerate(_split(text, "|"))
        )
    fields = tuple(_field(piece, start) for piece, start in _split(text, DIVIDER))
    if len(fields) > 1:
        return fields
    lines = tuple(_field(line, start) for line, start in _split(text, "\n"))
    is_form = all(field.name[:1].isupper() and len(field.name.split()) <= LONGEST_KEY for field in lines)
    return lines if is_form else ()


def header_of(document: IndexedDocument, position: int) -> str | None:
    """The line that heads the Markdown table in which a row stands."""
    text = document.document.text
    lines = text[: document.sentences[position].start].split("\n")
    for number in range(len(lines) - 2, 0, -1):
        if _RULE.fullmatch(lines[number].strip()) and "|" in lines[number - 1]:
            return lines[number - 1].strip()
        if "|" not in lines[number]:
            break
    return None


def _split(text: str, divider: str) -> list[tuple[str, int]]:
    """The parts of a row, without white space, and where each begins."""
    found, start = [], 0
    inner = text.strip().removeprefix("|").removesuffix("|") if divider == "|" else text
    start = text.find(inner) if inner else 0
    for piece in inner.split(divider):
        found.append((piece.strip(), start + len(piece) - len(piece.lstrip())))
        start += len(piece) + len(divider)
    return found


def _field(piece: str, start: int) -> Field:
    named = _NAMED.match(piece)
    skipped = named.end() if named else 0
    return Field(named["name"] if named else "", piece[skipped:], start + skipped, start + len(piece))
