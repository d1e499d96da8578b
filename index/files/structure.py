"""The blocks that a text consists of: headings, and paragraphs, list items and lines of running text."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from index.files.front import front_blocks, front_matter
from index.files.lines import BOX, BREAKS_OFF, BULLET, COLUMNS, KEY, LINE, NARROWEST, split_lines, trimmed
from index.types import Block

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_HEADING_CHARS = 90
MAX_HEADING_WORDS = 14
FEWEST_HTML_WORDS = 3  #: between the tags of a line that is worth quoting

_CREDIT = re.compile(r"\b(?:photo(?:graph|s)?|image|picture|illustration|figure|fig|credits?|courtesy|©)\b", re.I)
# Says who wrote the text, or when: short as a heading, but heads nothing.
IMPRINT = re.compile(
    r"(?:(?i:(?:written|compiled|edited|text|words|story|report|notes) )?[Bb]y [A-Z]"
    r"|(?i:authors?|writers?|editors?|date|(?:first |last )?(?:published|updated|revised|issued)): ?\S"
    r"|(?i:(?:first |last )?(?:published|updated|revised|issued)) .*\d)[^.!?]*"
)
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_PARAGRAPH_BREAK = re.compile(r"(?:\r\n|\n|\r(?!\n))[^\S\r\n]*(?=\r\n|\n|\r)")
_MARKUP = re.compile(r"[*`]+|(?<![^\W_])_+|_+(?![^\W_])")
# Around a heading, or under it; not the sign of "-20 °C" or "C#".
_HEADING_MARKS = re.compile(r"\A(?:#{1,6}\s+|[=-]{2,}\s+)?(?P<words>.*?)(?:\s+#+|\s*[=-]{2,})?\s*\Z", re.S)
#: A line of a plain text with the same signs before and behind it, as in "--- SODA BREAD ---"; of hyphens, which part
#: what is said by the way, too, three at least.
_BETWEEN_SIGNS = re.compile(
    r"(?P<sign>[-=*~+#])(?P=sign){1,20}(?<!(?<!-)--)[ \t]+"
    r"(?P<words>(?=[A-ZÀ-ÖØ-Þ\d])(?!\d+(?: of \d+)?[ \t])[^\n]{1,80}?)[ \t]+(?P=sign){2,21}"
)
_LINE_BETWEEN_SIGNS = re.compile(rf"^[ \t]*{_BETWEEN_SIGNS.pattern}[ \t\r]*$", re.M)
_QUOTED = re.compile(r"\n[ \t]*(?:>[ \t]?)+")
_TAG = re.compile(r"<!--(?:(?!-->|<!--).)*-->|<[^<>]*>")
_PLAIN_WORD = re.compile(r"[(\[“\"'‘]*[^\W\d_]+(?:['’-][^\W\d_]+)*[.,;:!?)\]”\"'’]*")
_PROSE = 0.7  #: share of plain words in running text
BLOCKS_OF_SECTION = 4  #: of an item of a list, from which it is one
_CONTAINER_MARKS = re.compile(r"(?:[ \t]*(?:>|[-*+]|\d{1,9}[.)])[ \t]+)*")

LEAST_LETTERS = 3  #: of a word in a running head that says something


def read_blocks(text: str, *, markdown: bool, part: bool = False) -> list[Block]:
    """The blocks of a text in document order, of which one is no heading unless it is a `part` of a longer one."""
    blocks = list(_unbroken(text, _markdown_blocks(text) if markdown else _plain_blocks(text)))
    if not part and blocks and all(block.heading or block.caption for block in blocks):
        return [Block(block.start, block.end) for block in blocks]
    return blocks


def _unbroken(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, lines that an empty line parts in the middle of a sentence joined, as conversions leave them."""
    last: Block | None = None
    for block in blocks:
        if last and _goes_on(text, last, block):
            last = Block(last.start, block.end)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


def _goes_on(text: str, block: Block, after: Block) -> bool:
    """Whether a long line of prose breaks off, and the next one goes on in lower case, or after an article or "of"."""
    if any(one.heading or one.caption or one.whole for one in (block, after)) or text[block.end : after.start].strip():
        return False
    line = text[text.rfind("\n", 0, block.end) + 1 : block.end].rstrip("*_").strip()
    broken = len(line) >= NARROWEST and (line[-1].isalnum() or line[-1] in ",-–&")
    begins_low = text[after.start : after.end].lstrip("*_")[:1].islower()
    return broken and (begins_low or bool(BREAKS_OFF.search(line))) and not BULLET.match(text, after.start)


def paragraph_blocks(text: str, offset: int) -> list[Block]:
    """The blocks of one paragraph, its items and lines, which are none of them headings."""
    return [Block(offset + start, offset + end) for start, end in split_lines(text, 0, len(text))]


def heading_text(text: str, block: Block) -> str:
    """What a heading says, on one line and without Markdown's marks."""
    return plain_heading(text[slice(*heading_span(text, block))])


def heading_span(text: str, block: Block) -> tuple[int, int]:
    """Where the words of a heading stand, without the marks around them."""
    said = text[block.start : block.end]
    marked = _BETWEEN_SIGNS.fullmatch(said) or _HEADING_MARKS.match(said)
    if not marked or not marked["words"]:
        return block.start, block.end
    return block.start + marked.start("words"), block.start + marked.end("words")


def unquoted(text: str, start: int, end: int) -> str:
    """A stretch of a text on one line; of lines that are quoted, without the signs at the beginning of the others."""
    said = text[start:end]
    begins = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start]
    return " ".join((_QUOTED.sub(" ", said) if begins.lstrip().startswith(">") else said).split())


def plain_heading(words: str) -> str:
    """The words of a heading on one line, without Markdown's marks."""
    said = " ".join(_MARKUP.sub("", words).rstrip(":").split())
    return said if any(map(str.isalnum, said)) else ""


def _plain_blocks(text: str) -> list[Block]:
    paragraphs = [_pieces(text, start, end) for start, end in _paragraphs(text)]
    blocks: list[Block] = []
    headings_below = 0
    for number in range(len(paragraphs) - 1, -1, -1):  # a heading is known by what follows it
        pieces = paragraphs[number]
        if _BETWEEN_SIGNS.fullmatch(text, *pieces[0]):
            blocks.append(Block(*pieces[0], heading=True))
            continue
        lone = len(pieces) == 1
        if lone and blocks and headings_below < 3 and looks_like_heading(text, *pieces[0]):
            caption = bool(_CREDIT.search(text, *pieces[0]))
            blocks.append(Block(*pieces[0], heading=not caption, caption=caption))
            headings_below += 1
            continue
        headings_below = 0
        blocks.extend(Block(*piece) for piece in reversed(pieces[1:]))
        blocks.append(Block(*pieces[0], heading=_heads_its_paragraph(text, pieces)))
    return blocks[::-1]


def _paragraphs(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    gaps = [found.span() for found in _PARAGRAPH_BREAK.finditer(text, start)]
    for one, other in [*gaps, (len(text), len(text))]:
        yield from _parted_by_headings(text, start, one)
        start = other


def _parted_by_headings(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A paragraph, parted where a line between signs is its heading."""
    for heading in _LINE_BETWEEN_SIGNS.finditer(text, start, end):
        yield from trimmed(text, start, heading.start())
        yield from trimmed(text, *heading.span())
        start = heading.end()
    yield from trimmed(text, start, end)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The lines of a paragraph that stand for themselves, or a heading between signs, which is no item."""
    return [(start, end)] if _BETWEEN_SIGNS.fullmatch(text, start, end) else list(split_lines(text, start, end))


def looks_like_heading(text: str, start: int, end: int) -> bool:
    """Whether a line is as short as a heading, and begins and ends like one."""
    line = text[start:end]
    return (
        len(line) <= MAX_HEADING_CHARS
        and len(line.split()) <= MAX_HEADING_WORDS
        and "\n" not in line
        and line[-1] not in ".!:;,…”\"'’"
        and (line[0].isupper() or line[0].isdigit())
        and not IMPRINT.fullmatch(line)
    )


def _heads_its_paragraph(text: str, pieces: list[tuple[int, int]]) -> bool:
    """Whether the first line is a heading that no empty line sets off from its paragraph."""
    if len(pieces) < 2 or _is_item(text, *pieces[0]):
        return False
    first_start, first_end = pieces[0]
    start, end = pieces[1]
    if _is_item(text, start, end):  # a line such as "Contents of the box:" above a list
        return looks_like_heading(text, first_start, first_end - (text[first_end - 1] == ":"))
    prose = end - start > MAX_HEADING_CHARS and text[end - 1] in '.!?”"'
    return prose and looks_like_heading(text, first_start, first_end)


def _is_item(text: str, start: int, end: int) -> bool:
    """Whether a line is an item of a list, a key with its value, or a row of columns."""
    bullet = text[max(text.rfind("\n", 0, start), text.rfind("\r", 0, start)) + 1 : start].strip()
    begun = any(pattern.match(text, start, end) for pattern in (BULLET, BOX, KEY))
    return bool(bullet) or begun or bool(COLUMNS.search(text, start, end))


_NOT_LINE_END = re.compile(r"[^\r\n]")
_LEAVES = ("inline", "fence", "code_block", "html_block", "tr_open")


def _markdown_blocks(text: str) -> list[Block]:
    from markdown_it import MarkdownIt

    starts = [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", text)), len(text)]
    blocks: list[Block] = []
    container = ""
    in_head = False
    # What stands inside a paragraph is not looked at: thousands of open brackets would be nested too deeply.
    parser = MarkdownIt("commonmark", {"maxNesting": 1000}).enable("table").disable("inline")
    front = front_matter(text)
    blocks.extend(front_blocks(front))
    # Its places stay empty, so that those of what follows are the text's.
    tokens = parser.parse(_NOT_LINE_END.sub(" ", front) + text[len(front) :])
    item_heads = set(_item_heads(tokens))
    for number, token in enumerate(tokens):
        if token.type in ("heading_open", "paragraph_open", "tr_open", "td_open", "th_open"):
            container = token.type
        if token.type in ("thead_open", "thead_close"):
            in_head = token.type == "thead_open"
        if token.map is None or token.type not in _LEAVES:
            continue
        if token.type == "inline" and container in ("td_open", "th_open"):
            continue  # its row is a block already
        span = starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]
        if token.type == "inline":
            heading = container == "heading_open"
            blocks.extend(_inline_block(text, *span, heading=heading, heads_item=number in item_heads))
        elif token.type == "code_block" and _is_prose(text[slice(*span)]):
            for paragraph in _paragraphs(text[: span[1]], span[0]):
                blocks.extend(Block(*piece) for piece in split_lines(text, *paragraph))
        else:
            blocks.extend(_line_blocks(text, *span, token.type, caption=in_head))
    return blocks


def _item_heads(tokens: "Sequence[Token]") -> Iterator[int]:
    """The first lines of the items of lists that are as long as sections."""
    for number, item in enumerate(tokens):
        if item.type != "list_item_open" or tokens[number + 1].type != "paragraph_open":
            continue
        # Not a slice: a list of thousands of items would be copied as often.
        after = (tokens[place] for place in range(number + 1, len(tokens)))
        own = takewhile(lambda token: token.level > item.level, after)  # noqa: B023, used up at once
        if sum(token.level == item.level + 1 and token.nesting >= 0 for token in own) >= BLOCKS_OF_SECTION:
            yield number + 2


def _is_prose(text: str) -> bool:
    """Whether what Markdown takes for code, as it is indented, is running text, as under a list lettered "a."."""
    words = text.split()
    return text.rstrip()[-1:] in ".!?:" and sum(map(bool, map(_PLAIN_WORD.fullmatch, words))) >= _PROSE * len(words)


def _inline_block(text: str, start: int, end: int, *, heading: bool, heads_item: bool) -> Iterator[Block]:
    marks = _CONTAINER_MARKS.match(text, start, end)
    for span in trimmed(text, marks.end() if marks else start, end):
        heads = heading or (heads_item and looks_like_heading(text, *span))
        for piece in [span] if heads else _keys_apart(text, *span):
            yield Block(*piece, heading=heads, caption=bool(_PICTURE.fullmatch(text, *piece)))


def _keys_apart(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph between lines that are a key with its value each."""
    lines = [span for line in LINE.finditer(text, start, end) for span in trimmed(text, *line.span())]
    for one, after in pairwise(lines):
        if KEY.match(text, *one) and KEY.match(text, *after):
            yield start, one[1]
            start = after[0]
    yield start, end


def _line_blocks(text: str, start: int, end: int, kind: str, *, caption: bool) -> Iterator[Block]:
    lines = [line.span() for line in LINE.finditer(text, start, end)]
    if kind == "fence":
        closed = len(lines) > 1 and text[slice(*lines[-1])].strip(" \t>").startswith(("```", "~~~"))
        lines = lines[1:-1] if closed else lines[1:]
    for line in lines:
        if kind == "html_block" and len(_TAG.sub(" ", text[slice(*line)]).split()) < FEWEST_HTML_WORDS:
            continue
        yield from (Block(*span, whole=True, caption=caption) for span in trimmed(text, *line))


def says_something(edge: str) -> bool:
    """Whether what runs along the edges of pages has more than one word, one of them of some letters."""
    words = edge.split()
    return len(words) > 1 and any(sum(map(str.isalpha, word)) >= LEAST_LETTERS for word in words)
