"""Markdown files: as they are, but for HTML in them, which becomes Markdown: tables rows, other blocks text."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from index.files.extract import Extract
from index.files.front import front_matter
from index.files.markup.pages import parse_html, raised, text_of
from index.files.structure import read_blocks
from index.files.text import decode
from index.files.writing import Writer
from index.types import Block

DEEPEST = 200  #: elements in each other, beyond which HTML is damaged
BEFORE = 20  #: characters, by which it is told what something is raised for

_TABLE = re.compile(r"<table\b(?:(?!<table\b).)*?</table\s*>", re.I | re.S)
_LINE_END = re.compile(r"\r\n|\n|\r")
_NAMES = (
    "a|abbr|b|big|br|center|cite|code|del|em|font|i|img|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var"
)
_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))*\s*/?"""
#: What stands for itself, and what is taken out of a line: what is raised, the end of a line, a comment, another tag.
_INSIDE_LINES = re.compile(
    r"(?P<itself>\\<|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)|\$(?=\S)[^$\n]*<[^$\n]*(?<=\S)\$(?!\d))"
    rf"|<sup{_ATTRIBUTES}>(?P<raised>[^<>]*)</sup>"
    rf"|(?P<break><br{_ATTRIBUTES}>)(?:[ \t]*(?P<end>\r\n|\n|\r))?"
    r"|<!--(?:(?!-->|<!--).)*-->"
    # Not one right behind a word that nothing closes, as in `vector<b>`.
    rf"|</(?:{_NAMES})\s*>|(?<!\w)<(?:{_NAMES}){_ATTRIBUTES}>|<(?:{_NAMES}){_ATTRIBUTES}>(?=[^<]*</)",
    re.S | re.I,
)
_TAG = re.compile(r"<(?P<closes>/?)(?P<name>[a-z][\w-]*)", re.I)
_UNCLOSED = frozenset(
    "area base br col dd dt hr img input li link meta option p source tbody td th thead tr wbr".split()
)
#: A block that is no instruction, and which does not go on to the end of the text because something is not closed.
_HTML = re.compile(r"\s*(?:</?(?!script|style)[a-z]|<(?P<closed>script|style)\b.*</(?P=closed)|<!--.*-->)", re.S | re.I)
_ANY_TAG = re.compile(r"<!--.*?-->|</?[a-z][^<>]*>", re.S | re.I)
_PLACEHOLDER = re.compile(r"<([a-z][\w-]*)(?:\s+[a-z][\w-]*)*>", re.I)
_OF_HTML = frozenset(
    "a address article aside base blockquote body br center col dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html iframe img input legend li link main menu meta nav "
    "noscript object ol optgroup option p param picture pre script search section select source span style summary "
    "svg table tbody td template textarea tfoot th thead title tr track ul video".split()
)
_TO_THE_END = re.compile(r"\s*\Z")
_BEGINS_BLOCK = re.compile(r"[#>+-]|\d{1,9}[.)]")
_ASIDE = ["aside", "nav", "footer", "select", "textarea"]  #: what a page has beside its text, and a note has within


def read_markdown(data: bytes) -> Extract:
    """A Markdown file. Raises FormatError if it is no text."""
    text, facts = decode(data)
    parts = [*_parts(text)] if "<" in text else [(text, False)]
    if len(parts) == 1:
        return Extract(parts[0][0], facts=facts)
    writer = Writer()
    _write(writer, parts)
    return writer.extract(facts=facts)


def add_markdown(writer: Writer, text: str) -> None:
    """Write Markdown, a part of something longer, with what HTML in it says."""
    _write(writer, _parts(text))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """A text in turn as Markdown, without the tags in its lines, and as HTML, which is read as a page is; and which."""
    plain, done = "", 0
    for start, end, is_page in sorted(_places(text), key=lambda place: (place[0], -place[1])):
        if start < done:  # in a block before it
            continue
        plain += text[done:start]
        done = end
        if is_page:
            yield plain, False
            yield text[start:end], True
            plain = ""
        else:
            plain += _untagged(text[start:end])
    yield plain + text[done:], False


def _write(writer: Writer, parts: Iterable[tuple[str, bool]]) -> None:
    for text, is_page in parts:
        said = text.strip("\r\n")
        told = _said(text) if is_page else (said, read_blocks(said, markdown=True, part=True))
        if told[0].strip():
            writer.add(*told)


def _places(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where tables and other blocks in HTML stand, and lines with tags in them, some of them in each other.

    Also whether what stands there is read as a page is.
    """
    from markdown_it import MarkdownIt

    front = len(front_matter(text))
    parser = MarkdownIt("commonmark", {"maxNesting": 1000}).enable("table").disable("inline")
    lines = [0, *(found.end() for found in _LINE_END.finditer(text)), len(text)]
    code = []
    for token in parser.parse(text):
        if not token.map:
            continue
        start, end = (lines[min(line, len(lines) - 1)] for line in token.map)
        if token.type in ("fence", "code_block"):
            code.append((start, end))
        elif start >= front and token.type in ("html_block", "inline", "table_open"):
            is_html = token.type == "html_block"
            if not is_html or _HTML.match(text, start, end):
                yield start, end, is_html and token.level == 0
    starts = [start for start, _ in code]
    for found in _TABLE.finditer(text):
        before = bisect_right(starts, found.start()) - 1
        in_code = before >= 0 and found.start() < code[before][1]
        if not in_code and text[found.start() - 1 : found.start()] != "`" and found.start() >= front:
            yield *found.span(), True


def _said(html: str) -> tuple[str, tuple[Block, ...]]:
    """What a block of HTML says, and its blocks; a name for something that is to be put there stays as it is."""
    placeholder = _PLACEHOLDER.fullmatch(html.strip())
    if placeholder and placeholder[1].lower() not in _OF_HTML:
        return html, tuple(read_blocks(html, markdown=True, part=True))
    if _depth(html) > DEEPEST:
        said = _ANY_TAG.sub("", html)
        return said, tuple(read_blocks(said, markdown=True, part=True))
    soup = parse_html(html)
    for beside in soup.find_all(_ASIDE):
        beside.name = "div"
    return text_of(soup, part=True)


def _depth(html: str) -> int:
    """How many elements are in each other, of those that must be closed."""
    depth = deepest = 0
    for found in _TAG.finditer(html):
        if found["name"].lower() not in _UNCLOSED:
            depth += -1 if found["closes"] else 1
            deepest = max(deepest, depth)
    return deepest


def _untagged(text: str) -> str:
    """A paragraph or the like without the tags and comments in it."""
    return _INSIDE_LINES.sub(_instead, text) if "<" in text else text


def _instead(found: re.Match[str]) -> str:
    """What stands for a tag: of a break the end of a line, unless a row of a table goes on there, or a block began."""
    text, start, end = found.string, found.start(), found.end()
    if found["itself"]:
        return found["itself"]
    if found["raised"] is not None:
        return raised(found["raised"].strip(), text[max(0, start - BEFORE) : start]) if found["raised"].strip() else ""
    if not found["break"]:
        return ""
    line = max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1
    line_end = min((place for sign in "\r\n" if (place := text.find(sign, end)) >= 0), default=len(text))
    in_row = text.find("|", line, line_end) >= 0
    if in_row or (not found["end"] and _BEGINS_BLOCK.match(text, end)):
        return " " + (found["end"] or "")
    return found["end"] or ("" if _TO_THE_END.match(text, end) else "\n")
