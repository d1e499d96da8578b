"""reStructuredText: headings, paragraphs, items and code, without roles and directives."""

import re
from collections.abc import Iterator

from index.files.extract import Extract
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
_TABLE = re.compile(r"[+|=][-=+| ]{3,}$")


def read_rst(data: bytes) -> Extract:
    """A reStructuredText file. Raises FormatError if it is no text."""
    text, facts = decode(data)
    writer = Writer()
    for paragraph in _paragraphs(text.expandtabs().splitlines()):
        _write(writer, paragraph)
    return writer.extract(facts=facts)


def _paragraphs(lines: list[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    code = None  # indent of the paragraph that a block of code stands under
    for line in [*lines, ""]:
        indent = len(line) - len(line.lstrip())
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
            code = len(first) - len(first.lstrip())
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
    if _TABLE.match(stripped[0]):
        rows = (line.strip("|").split("|") for line in stripped if not _TABLE.match(line))
        _write_lines(writer, [_plain(" | ".join(" ".join(cell.split()) for cell in row)) for row in rows])
        return
    shown = _SHOWN.match(stripped[0])
    if not shown and (_DIRECTIVE.match(stripped[0]) or stripped[0].startswith((".. ", ":")) or stripped[0] == ".."):
        return
    text = _plain("\n".join(filter(None, [shown[1].strip(), *stripped[1:]] if shown else stripped))).strip()
    if text:
        writer.paragraph(f"{text.removesuffix('::')}:" if text.endswith("::") else text)


def _write_lines(writer: Writer, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        writer.line(line, first=number == 0)


def _plain(text: str) -> str:
    text = _ROLE.sub(r"\1", text)
    text = _LITERAL.sub(r"\1", _LINK.sub(r"\1", text))
    return _NAMED.sub(lambda found: found[1] or found[2], text).replace("**", "")
