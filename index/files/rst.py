"""reStructuredText: headings, paragraphs, items, tables, fields and code, without roles and other directives."""

import re
from collections import deque
from collections.abc import Iterator

from index.files.extract import Extract
from index.files.rst_tables import Table, csv_table, drawn_table, list_table, options_of
from index.files.tables.cells import Cell
from index.files.tables.rows import Grid
from index.files.text import decode
from index.files.writing import Writer

_ADORNMENT = re.compile(r"([=\-`:'\"~^_*+#<>.])\1{2,}\s*")
_ROLE = re.compile(r":[\w:.+-]+:`([^`<]*?)(?:\s*<[^`>]*>)?`")
_LINK = re.compile(r"`([^`<]*?)\s*<[^`>]*>`__?")
_NAMED = re.compile(r"`([^`]+)`__?|\b(\w[\w-]*)_\b(?!\w)")
_LITERAL = re.compile(r"``([^`]+)``")
_DIRECTIVE = re.compile(r"\.\. (?:[\w:-]+::|_|\[|\|)")
_SHOWN = re.compile(
    r"\.\. (?:note|warning|tip|important|hint|caution|seealso|admonition|versionadded|deprecated)::(.*)"
)
_CODE = re.compile(r"\.\. (?:code|code-block|sourcecode|highlight|parsed-literal|prompt)::")
_OF_TABLE = re.compile(r"(?P<indent> *)\.\. (?P<kind>csv-table|list-table|table)::(?P<caption>.*)")
_FIELD = re.compile(r":([A-Za-z][\w .,-]*):(?:\s+(\S.*))?")
_OF_PROGRAMS = {"tocdepth", "orphan", "nocomments", "nosearch"}
_TABLE = re.compile(r"[+|=][-=+| ]{3,}$")


def read_rst(data: bytes) -> Extract:
    """A reStructuredText file. Raises FormatError if it is no text."""
    text, facts = decode(data)
    writer = Writer()
    paragraphs = deque(_paragraphs(text.expandtabs().splitlines()))
    while paragraphs:
        lines = paragraphs.popleft()
        directive = _OF_TABLE.fullmatch(lines[0])
        if directive:
            _write_table(writer, directive, lines[1:], paragraphs)
        else:
            _write(writer, lines)
    return writer.extract(facts=facts)


def _write_table(writer: Writer, directive: re.Match[str], options: list[str], below: deque[list[str]]) -> None:
    """Write the table of a directive: its caption, and unless that is drawn below like any other, its rows."""
    if caption := _plain(directive["caption"].strip()):
        writer.paragraph(caption)
    read = {"csv-table": csv_table, "list-table": list_table}.get(directive["kind"])
    lines: list[str] = []
    while read and below and _indent(below[0][0]) > len(directive["indent"]):
        lines += below.popleft()
    table = read(options_of(options), lines) if read else None
    if table:
        _write_rows(writer, table)
    elif lines:
        _write(writer, lines)


def _write_rows(writer: Writer, table: Table) -> None:
    cells = (
        Cell(_plain(text), row, column, head=row < table.heads)
        for row, texts in enumerate(table.rows)
        for column, text in enumerate(texts)
    )
    writer.grid(Grid(tuple(cells)))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    code = None  # indent of the paragraph that a block of code stands under
    for line in [*lines, ""]:
        indent = _indent(line)
        if line.strip():
            if code is not None and indent <= code:
                code = None
            paragraph.append(line)
            continue
        if not paragraph:
            continue
        first = paragraph[0]
        inside = code is not None
        yield ["\0", *paragraph] if inside else paragraph
        if not inside and (paragraph[-1].rstrip().endswith("::") or _CODE.match(first.lstrip())):
            code = _indent(first)
        paragraph = []


def _write(writer: Writer, lines: list[str]) -> None:
    if lines[0] == "\0":
        _write_lines(writer, lines[1:])
        return
    stripped = [line.strip() for line in lines]
    if len(stripped) > 1 and _ADORNMENT.fullmatch(stripped[0]) and not _ADORNMENT.fullmatch(stripped[1]):
        stripped = stripped[1:]  # the line above a title
    if len(stripped) > 1 and _ADORNMENT.fullmatch(stripped[1]) and len(stripped[1]) >= len(stripped[0]) - 2:
        writer.heading(_plain(stripped[0]))
        stripped = stripped[2:]
    if not stripped:
        return
    if _TABLE.match(stripped[0]) and (table := drawn_table(lines[-len(stripped) :])):
        _write_rows(writer, table)
        return
    if _TABLE.match(stripped[0]):
        rows = (line.strip("|").split("|") for line in stripped if not _TABLE.match(line))
        _write_lines(writer, [_plain(" | ".join(" ".join(cell.split()) for cell in row)) for row in rows])
        return
    if fields := _fields(stripped):
        _write_lines(writer, [_plain(field) for field in fields])
        return
    shown = _SHOWN.match(stripped[0])
    says_nothing = stripped[0].startswith((".. ", ":")) or stripped[0] == ".." or _DIRECTIVE.match(stripped[0])
    if not shown and says_nothing and not _ROLE.match(stripped[0]):
        return
    text = _plain("\n".join(filter(None, [shown[1].strip(), *stripped[1:]] if shown else stripped))).strip()
    if text:
        writer.paragraph(f"{text.removesuffix('::')}:" if text.endswith("::") else text)


def _fields(lines: list[str]) -> list[str]:
    """The fields that a paragraph consists of, with their names, but for what is said to programs alone."""
    fields: list[tuple[str, list[str]]] = []
    for line in lines:
        found = _FIELD.fullmatch(line)
        if found:
            fields.append((found[1], [found[2]] if found[2] else []))
        elif fields:
            fields[-1][1].append(line)
        else:
            return []
    return [f"{name}: {' '.join(said)}" for name, said in fields if said and name not in _OF_PROGRAMS]


def _write_lines(writer: Writer, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        writer.line(line, first=number == 0)


def _plain(text: str) -> str:
    text = _ROLE.sub(r"\1", text)
    text = _LITERAL.sub(r"\1", _LINK.sub(r"\1", text))
    return _NAMED.sub(lambda found: found[1] or found[2], text).replace("**", "")
