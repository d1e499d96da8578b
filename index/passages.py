"""Split a document into sentences, and into passages of whole sentences that fit the embedder."""

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from index.files.contents import without_contents
from index.files.days import with_days
from index.files.finding import is_markdown
from index.files.structure import heading_span, heading_text, read_blocks
from index.files.tables.rows import DIVIDER
from index.packing import NAMED, OVERLAP_SHARE, CountTokens, pack
from index.punkt import punkt
from index.types import Block, Document, IndexedDocument, Passage, Sentence

CLOSED_WITHIN = 40  #: characters of a sentence, in which a bracket before it must close to hold both together
SPLITTER_VERSION = 51  #: raise it when the same file would be read, or split, in another way
MAX_TOKENS = 200
LEAST_TOKENS = 40  #: of a passage; what stands under a heading and has fewer joins its neighbours

WITHIN = ": "  #: between a heading and the one that it stands in
JOINT = "; "  #: between the headings of sections that share a passage
LONGEST_CAPTION = 160  #: characters
ROW_NAMED_BY = 2  #: of its cells: the first may only count the rows
LONGEST_ROW_NAME = 100  #: characters
LONGEST_SENTENCE = 400  #: characters, from which a list of entries with figures is no sentence
LONGEST_ENTRY = 100  #: characters, one of its figures
SHARE_OF_ENTRIES = 0.67  #: in such a list: the rest may be longer, or without a figure

_CAPTION = re.compile(r"(?:Table|Tab\.|Schedule|Exhibit|Annex|Figure|Tabelle)\s", re.I)
_MARKS = re.compile(r"(#{1,6})\s")
_PICTURES = re.compile(r"(?:\A|(?<=[.!?:]\n))!\[[^\]\n]{0,200}\]\([^)\n]{0,300}\)")
_ABBREVIATED = re.compile(r"\([a-z]{2,8}\.\)\Z")
_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.)+$")
_LEADS_ON = re.compile(r"\b(?:[Ee]\.g|[Ii]\.e|approx|arr|ca|cf|incl|viz|vs)\.$")
_BEFORE_FIGURE = re.compile(r"\b(?:b|bn|d|est|ext|fl|gr|tel)\.$")  # born, died, flourished
_BOX = re.compile(r"[☐☒☑]|\[[ xX]\] ")
# Of a list's item, a section or a table.
_NUMBER = re.compile(
    r"(?:#{1,6}\s+|[-*•]\s+)?\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[a-zA-Z]|[IVX]{1,5})[.)]"
    r"|(?:Annex|Appendix|Article|Chapter|Exhibit|Figure|Item|Part|Schedule|Section|Table)"
    r" (?:[A-Z]?-?\d[\w.-]{0,6}|[A-Z]|[IVX]{1,5})\.",
    re.I,
)
_ENTRY = re.compile(r"[^;\s](?:\([^()]*\)|[^;])*;?")
_CLOSED = re.compile(r"(?<!\b\w)(?<!\b\d\d)\)")  # the end of a bracket, and not of an item's number
_STARTER = re.compile(
    r"(?:A|An|The|This|That|These|Those|It|Its|He|His|She|Her|They|Their|We|Our|I|In|On|At|But|And)\b"
)


def split_document(document: Document, count_tokens: CountTokens, *, max_tokens: int = MAX_TOKENS) -> IndexedDocument:
    """Split a document into sentences and passages.

    Args:
        document: The document; offsets in the result refer to its text.
        count_tokens: Number of tokens of a text, by the embedder's own tokenizer.
        max_tokens: The most tokens that a passage may have, in which names of columns that rows repeat count once.

    Returns:
        The document with its sentences and headings, and its passages, which are made of the sentences. A passage
        begins with the last sentence of the one before it where both stand under one heading and it fits. Its
        heading is the one above it; those of short sections that share a passage are all named, and
        so are the caption and the head row of a table, and the first cells of a row, that began in an earlier passage.
        A change of the text moves the ends of passages within some `REACH` tokens of it only, and what is added at
        the top or at the end of a document leaves all but two as they are.
    """
    read = document.blocks or read_blocks(document.text, markdown=is_markdown(document))
    blocks = with_days(document.text, without_contents(document.text, read))
    sentences = _sentences(document.text, blocks)
    spans: list[tuple[int, int, str]] = []
    tables = _tables(document.text, blocks)
    sections = _sections(document, blocks, sentences)
    rows = [block for block in blocks if block.whole]
    for heading, section in _joined(document.text, sections, count_tokens, max_tokens):
        for start, end in pack(document.text, section, count_tokens, max_tokens):
            above = next((told for first, last, told in tables if first <= start <= last), ())
            row = _row_cut(document.text, rows, start)  # first, as of a long heading only the beginning is read
            over = "" if heading in above else heading
            spans.append((start, end, WITHIN.join(filter(None, (row, over, " ".join(above))))))
    return IndexedDocument(document, passages_at(document, spans), tuple(sentences))


def _row_cut(text: str, rows: Sequence[Block], start: int) -> str:
    """What the first cells of the row of a table say that a passage begins within: they tell whose it is."""
    number = bisect_left(rows, start, key=lambda block: block.start) - 1
    if number < 0 or rows[number].end <= start:
        return ""
    cells = text[rows[number].start : start].strip("| ").split(DIVIDER)[:ROW_NAMED_BY]
    return DIVIDER.join(cell.partition(NAMED)[2] or cell for cell in cells)[:LONGEST_ROW_NAME]


def passages_at(document: Document, spans: Iterable[tuple[int, int, str]]) -> tuple[Passage, ...]:
    """The passages of a document that have these starts, ends and headings.

    An id begins with what a passage says and stands under, not where, and ends with its document, and with a number
    where that says so twice.
    """
    passages = []
    repeats: Counter[str] = Counter()
    for start, end, heading in spans:
        text = document.text[start:end]
        content = _checksum(document.own_title, heading, text)[:20]
        identifier = content + _checksum(document.id, str(repeats[content]))[:12]
        repeats[content] += 1
        passages.append(Passage(identifier, document.id, text, start, end, heading))
    return tuple(passages)


def _checksum(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Half-open spans of the sentences of one paragraph; one of Markdown's pictures between two is in neither."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end, following in [*(found.span() for found in _PICTURES.finditer(text)), (len(text), 0)]:
        if part := text[start:end].strip():
            at = text.index(part, start)
            spans += [(at + one, at + other) for one, other in _mend(part, list(punkt().span_tokenize(part)))]
        start = following
    return spans or ([(0, len(text))] if text.strip() else [])


def _sentences(text: str, blocks: Sequence[Block]) -> list[Sentence]:
    sentences = []
    for number, block in enumerate(blocks):
        if block.heading:
            sentences.append(Sentence(*heading_span(text, block), number, heading=True))
            continue
        if block.caption:
            continue
        if block.whole:
            sentences.append(Sentence(block.start, block.end, number))
            continue
        piece = text[block.start : block.end]
        for start, end in sentence_spans(piece):
            for first, last in _entries(piece, start, end):
                sentences.append(Sentence(block.start + first, block.start + last, number))
    return sentences


def _entries(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The entries of a long list of short ones with figures that are written as one sentence: "Rent $900; Ink $20"."""
    if end - start <= LONGEST_SENTENCE:
        return [(start, end)]
    entries = [match.span() for match in _ENTRY.finditer(text, start, end)]
    plain = [one for one in entries if one[1] - one[0] <= LONGEST_ENTRY and any(map(str.isdigit, text[slice(*one)]))]
    return entries if len(plain) >= SHARE_OF_ENTRIES * len(entries) else [(start, end)]


def _mend(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join to the sentence before it what Punkt took for a sentence and is none.

    That is what begins in lower case ("… 5 deg. | below zero"), in a text without capitals behind a question in
    brackets alone, goes on after initials ("B.T. | Roofing") or an abbreviation in brackets ("Col (ret.) | Fenn"),
    a figure behind one ("b. | 1908"), a list's number ("1. | Wipe it.") or "e.g.", closes a bracket soon ("(1st Cir. |
    1974)"), is the box behind a question ("Is it insured? | [x] Yes"), or holds no letter or digit.
    """
    lower = sum(text[start].islower() for start, _ in spans)
    careless = lower > len(spans) / 2  # a text without capitals says nothing by its small letters
    mended: list[tuple[int, int]] = []
    for start, end in spans:
        begins = text[start]
        goes_on = (
            (begins.islower() and (not careless or (mended and text.endswith(("?)", "!)"), 0, mended[-1][1]))))
            or begins in ",;:)]”*"
            or text.startswith("![", start - 1)
            or (mended and _BOX.match(text, start) and text[mended[-1][1] - 1] in "?:")
            or not any(character.isalnum() for character in text[start:end])
            or (mended and _NUMBER.fullmatch(text, *mended[-1]))
            or (mended and _ABBREVIATED.search(text, *mended[-1]))
            or (mended and begins.isdigit() and _BEFORE_FIGURE.search(text, *mended[-1]))
            or (mended and _LEADS_ON.search(text, *mended[-1]))
            or (mended and _closes_soon(text[slice(*mended[-1])], text[start:end]))
            or (mended and _INITIALS.search(text, mended[-1][0], mended[-1][1]) and not _STARTER.match(text, start))
        )
        if mended and goes_on:
            mended[-1] = mended[-1][0], end
        else:
            mended.append((start, end))
    return mended


def _closes_soon(before: str, after: str) -> bool:
    """Whether what follows begins with the end of a bracket that was opened before."""
    closed = _CLOSED.search(after, 0, CLOSED_WITHIN)
    return closed is not None and before.count("(") > before.count(")") and "(" not in after[: closed.start()]


def _sections(
    document: Document, blocks: Sequence[Block], sentences: Sequence[Sentence]
) -> list[tuple[str, list[tuple[int, int]]]]:
    """Each heading with the spans of the sentences under it.

    A heading of Markdown that has none of its own is named before those below it: "2.1.0: Removed".
    """
    text = document.text
    sections: list[tuple[str, list[tuple[int, int]]]] = [("", [])]
    above: list[tuple[int, str, int]] = []  # level, heading, and which section it begins
    by_block: dict[int, list[tuple[int, int]]] = {}
    for sentence in sentences:
        by_block.setdefault(sentence.paragraph, []).append((sentence.start, sentence.end))
    for number, block in enumerate(blocks):
        if block.heading:
            heading, level = heading_text(text, block), _level(text, block)
            above = [one for one in above if 0 < one[0] < level]
            bare = [name for _, name, begun in above if not sections[begun][1] and name != document.title]
            above.append((level, heading, len(sections)))
            sections.append((WITHIN.join([*bare, heading]), []))
        else:
            sections[-1][1].extend(by_block.get(number, []))
    return [section for section in sections if section[1]]


def _level(text: str, block: Block) -> int:
    """How deep a heading of Markdown stands below others; 0 for any other."""
    marks = _MARKS.match(text, block.start, block.end)
    return len(marks[1]) if marks else 0


_Section = tuple[str, list[tuple[int, int]]]


def _joined(text: str, sections: Sequence[_Section], count_tokens: CountTokens, max_tokens: int) -> list[_Section]:
    """The sections, short ones joined to their neighbours as far as they fit a passage together.

    A document that is short itself is left as it is.
    """
    least = min(LEAST_TOKENS, int(0.3 * max_tokens))
    room = int(max_tokens * (1 - OVERLAP_SHARE))
    sizes = [count_tokens(text[spans[0][0] : spans[-1][1]]) for _, spans in sections]
    if sum(sizes) <= least:
        return list(sections)
    joined: list[_Section] = []
    last_size = 0
    for (heading, spans), size in zip(sections, sizes, strict=True):
        if joined and min(last_size, size) < least:
            last_heading, last_spans = joined[-1]
            together = count_tokens(text[last_spans[0][0] : spans[-1][1]])
            if together <= room:
                headings = dict.fromkeys(filter(None, (*last_heading.split(JOINT), heading)))
                joined[-1] = JOINT.join(headings), [*last_spans, *spans]
                last_size = together
                continue
        joined.append((heading, spans))
        last_size = size
    return joined


def _tables(text: str, blocks: Sequence[Block]) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where the rows of each table begin and end, and what tells what they are: caption, title and head."""
    tables: list[tuple[int, int, tuple[str, ...]]] = []
    before: Block | None = None
    title: list[str] = []  # above the head row; what stands above other rows names these alone
    number = 0
    while number < len(blocks):
        block = blocks[number]
        if not (block.whole and block.caption):
            if not block.whole:
                before, title = block, []
            number += 1
            continue
        heads = []
        while number < len(blocks) and blocks[number].whole and blocks[number].caption:
            heads.append(text[blocks[number].start : blocks[number].end])
            number += 1
        first = number
        while number < len(blocks) and blocks[number].whole and not blocks[number].caption:
            number += 1
        if number == first:
            continue
        above = text[before.start : before.end] if before else ""
        caption = above if _CAPTION.match(above) and len(above) <= LONGEST_CAPTION else ""
        inside = text[blocks[first].start] != "|"  # the rows hold their headers themselves
        row = next((at for at, head in enumerate(heads) if DIVIDER in head), None)
        title = title if row is None else [head for head in heads[:row] if len(head) <= LONGEST_CAPTION]
        told = [head for head in heads if not inside or DIVIDER not in head]
        rows = [block.start for block in blocks[first:number]]
        told = [head for head in told if not all(text.startswith(head, start) for start in rows)]
        said = (" ".join(head.strip("| ").split()) for head in (*title, *told))
        context = tuple(dict.fromkeys(filter(None, (caption, *said))))
        tables.append((blocks[first].start, blocks[number - 1].end, context))
    return tables
