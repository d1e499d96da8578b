"""Sentences put together to passages, whose ends are where the text around them says."""

import re
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise

from index.files.tables.rows import DIVIDER

OVERLAP_SHARE = 0.15  #: of a passage's tokens are left free for the last sentence of the one before it
NAMED = ": "  #: between a cell's value and the name of its column
REACH = 600  #: tokens on either side of a sentence that decide whether a passage has to begin with it

_AFTER_DIVIDER = re.compile(rf"(?<={re.escape(DIVIDER)})")

CountTokens = Callable[[str], int]


def pack(
    text: str, sentences: Sequence[tuple[int, int]], count_tokens: CountTokens, max_tokens: int
) -> list[tuple[int, int]]:
    """Spans of passages over the sentences of one section; one that fits a passage is never cut.

    Names of columns, which each row of a table repeats, count once: else a passage of a wide table has a row or two.
    """
    whole = sentences[0][0], sentences[-1][1]
    if count_tokens(names_once(text[slice(*whole)])) <= max_tokens:
        return [whole]
    room = max(1, int(max_tokens * (1 - OVERLAP_SHARE)))
    pieces, sizes = _pieces(text, sentences, count_tokens, max_tokens, room)
    for number, (piece, following) in enumerate(pairwise(pieces), start=1):
        both = text[slice(*piece)], text[slice(*following)]
        if all(DIVIDER in one for one in both):
            behind = names_once("\n".join(both)).removeprefix(names_once(both[0]))
            sizes[number] = min(sizes[number], count_tokens(behind))
    for number, (piece, following) in enumerate(pairwise(pieces)):
        if text[piece[1] : following[0]].strip():  # what stands between two sentences, such as the head of a table
            sizes[number] = min(count_tokens(text[piece[0] : following[0]]), room)
    spans: list[tuple[int, int]] = []
    before = {end: start for start, end in sentences}
    starts = {start for start, _ in sentences}
    for first, last in _filled(sizes, _anchors(text, pieces, sizes), room):
        start, end = pieces[first][0], pieces[last - 1][1]
        if spans and start in starts:
            overlapped = before.get(spans[-1][1])
            if overlapped is not None and count_tokens(text[overlapped:end]) <= max_tokens:
                start = overlapped
        spans.append((start, end))
    return spans


def names_once(text: str) -> str:
    """A text in which rows of a table tell the names of columns that the row before them has told as figures alone."""
    lines: list[str] = []
    known: set[str] = set()
    for line in text.split("\n"):
        if DIVIDER not in line:
            lines.append(line)
            known = set()
            continue
        named = [cell.rpartition(NAMED) for cell in line.split(DIVIDER)]
        lines.append(DIVIDER.join(value if name in known else f"{name}{mark}{value}" for name, mark, value in named))
        known = {name for name, mark, _ in named if mark}
    return "\n".join(lines)


def _pieces(
    text: str, sentences: Sequence[tuple[int, int]], count_tokens: CountTokens, max_tokens: int, room: int
) -> tuple[list[tuple[int, int]], list[int]]:
    """Spans that are put into passages whole, and their tokens: sentences, and parts of those too long for one."""
    pieces: list[tuple[int, int]] = []
    sizes: list[int] = []
    for start, end in sentences:
        size = count_tokens(text[start:end])
        if size <= max_tokens:  # what fits a passage is never cut
            pieces.append((start, end))
            sizes.append(min(size, room))
            continue
        is_row = DIVIDER in text[start:end]
        for part in _parts(text[start:end], count_tokens, room):
            begin = text.index(part, start)
            start = begin + len(part)
            pieces.append((begin, start))
            sizes.append(min(count_tokens(part), room))
        if is_row:
            sizes[-1] = room  # no other row stands below what is left of a row, under its name
    return pieces, sizes


def _parts(sentence: str, count_tokens: CountTokens, room: int) -> Iterator[str]:
    """A long sentence cut at commas and words; a row of a table between its cells, unless one alone is too long."""
    part = ""
    for cell in _AFTER_DIVIDER.split(sentence):
        longer = part + cell
        if part and count_tokens(longer) > room and count_tokens(cell) <= room:
            yield from _cut(part, count_tokens, room)
            longer = cell
        part = longer
    yield from _cut(part, count_tokens, room)


def _cut(sentence: str, count_tokens: CountTokens, room: int) -> list[str]:
    """A sentence cut by LlamaIndex at commas and words, if it is too long."""
    if count_tokens(sentence) <= room:
        return [sentence]
    from llama_index.core.node_parser import SentenceSplitter

    return SentenceSplitter(
        chunk_size=room,
        chunk_overlap=0,
        tokenizer=lambda piece: range(count_tokens(piece)),
        paragraph_separator="\0",
        chunking_tokenizer_fn=lambda piece: [piece],
    ).split_text(sentence)


def _anchors(text: str, pieces: Sequence[tuple[int, int]], sizes: Sequence[int]) -> list[int]:
    """The pieces of a long section with which a passage begins whatever stands farther away than `REACH`.

    Those are the ones whose checksum is the highest within reach, so that the same text has the same ones wherever it
    is moved to, and wherever its lines break. None is near an end of the section, as what will be added there may say
    otherwise.
    """
    places = [0, *accumulate(sizes)]
    if places[-1] < 2 * REACH:
        return []
    checksums = [zlib.crc32(" ".join(text[start:end].split()).encode()) for start, end in pieces]
    anchors = []
    for number in range(bisect_left(places, REACH), bisect_right(places, places[-1] - REACH)):
        first = bisect_left(places, places[number] - REACH)
        last = bisect_right(places, places[number] + REACH, hi=len(pieces))
        rivals = checksums[first:last]
        if checksums[number] == max(rivals) and rivals.index(checksums[number]) == number - first:
            anchors.append(number)
    return anchors


def _filled(sizes: Sequence[int], anchors: Sequence[int], room: int) -> list[tuple[int, int]]:
    """Half-open ranges of pieces, filled to `room` tokens: backwards from each anchor, forwards from the last one."""
    ranges: list[tuple[int, int]] = []
    for first, last in pairwise((0, *anchors)):
        backwards = _greedy(sizes[first:last][::-1], room)
        ranges += [(last - end, last - start) for start, end in reversed(backwards)]
    rest = anchors[-1] if anchors else 0
    return ranges + [(rest + start, rest + end) for start, end in _greedy(sizes[rest:], room)]


def _greedy(sizes: Sequence[int], room: int) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    start = filled = 0
    for number, size in enumerate(sizes):
        if filled + size > room and number > start:
            ranges.append((start, number))
            start, filled = number, 0
        filled += size
    return [*ranges, (start, len(sizes))]
