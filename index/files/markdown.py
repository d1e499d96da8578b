"""Markdown files: as they are, but for tables in HTML, which become rows."""

import re
from collections.abc import Iterator

from index.files.extract import Extract
from index.files.markup import page_text
from index.files.structure import read_blocks
from index.files.text import decode
from index.files.writing import Writer

_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table\s*>", re.I | re.S)
_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1|\Z)", re.M | re.S)


def read_markdown(data: bytes) -> Extract:
    """A Markdown file. Raises FormatError if it is no text."""
    text, facts = decode(data)
    tables = list(_tables(text))
    if not tables:
        return Extract(text, facts=facts)
    writer = Writer()
    done = 0
    for start, end in tables:
        _add(writer, text[done:start])
        writer.add(*page_text(text[start:end]))
        done = end
    _add(writer, text[done:])
    return writer.extract(facts=facts)


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where tables in HTML stand that are no examples of code, and hold none themselves."""
    code = [found.span() for found in _FENCED.finditer(text)] if "<table" in text.casefold() else []
    for found in _TABLE.finditer(text):
        if not any(start <= found.start() < end for start, end in code):
            yield found.span()


def _add(writer: Writer, text: str) -> None:
    text = text.strip("\r\n")
    if text.strip():
        writer.add(text, read_blocks(text, markdown=True))
