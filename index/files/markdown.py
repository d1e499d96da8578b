"""Markdown files: as they are, but for HTML in them, which becomes Markdown: tables rows, other blocks text."""

import re
from collections.abc import Iterator

from index.files.extract import Extract
from index.files.markup import page_text
from index.files.structure import read_blocks
from index.files.text import decode
from index.files.writing import Writer

_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table\s*>", re.I | re.S)
_FENCED = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1|\Z)", re.M | re.S)
_CODE = r"^[ \t]*(?P<fence>`{3,}|~{3,}).*?(?:^[ \t]*(?P=fence)|\Z)|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
_INSIDE_LINES = (
    r"</?(?:a|abbr|b|big|br|center|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strong|sub|sup|tt|u|var)"
    r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))*\s*/?>"""
)
_CODE_OR_TAG = re.compile(rf"{_CODE}|(?P<tag>{_INSIDE_LINES}|<!--.*?-->)", re.M | re.S | re.I)
_BREAK = re.compile(r"<br\b", re.I)


def read_markdown(data: bytes) -> Extract:
    """A Markdown file. Raises FormatError if it is no text."""
    text, facts = decode(data)
    if "<" not in text:
        return Extract(text, facts=facts)
    writer = Writer()
    add_markdown(writer, text)
    return writer.extract(facts=facts)


def add_markdown(writer: Writer, text: str, *, part: bool = False) -> None:
    """Write Markdown with what HTML in it says; `part` of something longer, or the whole of it.

    Of blocks that are in each other the longest counts.
    """
    done = 0
    for start, end in sorted(_html(text), key=lambda place: (place[0], -place[1])):
        if start >= done:
            _add(writer, text[done:start], part=part)
            said, blocks = page_text(text[start:end], part=True)
            if said.strip():
                writer.add(said, blocks)
            done = end
    _add(writer, text[done:], part=part or bool(done))


def _html(text: str) -> Iterator[tuple[int, int]]:
    """Where tables, and other blocks, in HTML stand, some of them in each other."""
    from markdown_it import MarkdownIt

    yield from _tables(text)
    parser = MarkdownIt("commonmark", {"maxNesting": 1000}).disable("inline")
    lines = [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", text)), len(text)]
    for token in parser.parse(text):
        if token.type == "html_block" and token.level == 0 and token.map:
            first, last = token.map
            yield lines[first], lines[min(last, len(lines) - 1)]


def _tables(text: str) -> Iterator[tuple[int, int]]:
    """Where tables in HTML stand that are no examples of code, and hold none themselves."""
    code = [found.span() for found in _FENCED.finditer(text)] if "<table" in text.casefold() else []
    for found in _TABLE.finditer(text):
        if not any(start <= found.start() < end for start, end in code):
            yield found.span()


def _add(writer: Writer, text: str, *, part: bool) -> None:
    text = _CODE_OR_TAG.sub(_without_tag, text).strip("\r\n")
    if text.strip():
        writer.add(text, read_blocks(text, markdown=True, part=part))


def _without_tag(found: re.Match[str]) -> str:
    """Code as it is; of a tag inside a line nothing but that a line ends, unless it is in a row of a table."""
    if not found["tag"]:
        return found[0]
    before = found.string[found.string.rfind("\n", 0, found.start()) + 1 : found.start()]
    return "" if not _BREAK.match(found[0]) else " " if "|" in before else "\n"
