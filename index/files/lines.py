"""The lines of a paragraph, and which of them begin something new, whatever the width of the page."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

NARROWEST = 40  #: characters of lines that are all brought to one width
FEWEST_QUOTED = 2  #: lines that begin with the sign of what is quoted
FEWEST_ENTRIES = 3  #: lines of a list without bullets
ENTRY = range(2, 13)  #: words of one

BULLETS = "-*•▪◦‣–"
BULLET = re.compile(rf"[ \t]*(?:[{BULLETS}]+|\(?(?:\d{{1,3}}|[a-zA-Z])[.)])[ \t]+(?=\S)")
BOX = re.compile(r"[ \t]*(?:[☐☑☒✓✗]|\[[ xX]\])[ \t]+(?=\S)")  # which begins an item, too, and tells whether it holds
# Not the two spaces with which a typewriter ends a sentence.
COLUMNS = re.compile(r"\S(?: {3,}|\t+)\S|(?<![.!?\s])(?<![.!?][\"')\]”’])  (?=\S)")
KEY = re.compile(r"[A-Z0-9][^\s:.?!]*(?: [^\s:.?!]+){0,3}:[ \t]+\S")  # as in "Date of birth: 1815"
LINE = re.compile(r"[^\r\n]+")
_QUOTED = re.compile(r"(?:>[ \t]*)+")
_GOES_ON = re.compile(r"(?:Of|In|For|And|Or|To|With|By|On|At|From|As|But)\b")  # no entry begins so: titles in lines
#: No sentence ends so.
BREAKS_OFF = re.compile(r"\b(?:an?|the|of|and|or|to|in|for|by|with|that)$|[,&]$")

Span = tuple[int, int]  #: half-open, in a text


def trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A stretch of a text without white space at its ends; none if it has nothing else."""
    piece = text[start:end]
    if stripped := piece.strip():
        start += len(piece) - len(piece.lstrip())
        yield start, start + len(stripped)


def split_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a paragraph at list items, and at line ends that were not forced by the width of the page."""
    lines = [(line.start(), line.end()) for line in LINE.finditer(text, start, end)]
    lines = [span for line in lines for span in trimmed(text, *line)]
    for part in _quoted_apart(text, lines):
        yield from _split(text, part)


def _quoted_apart(text: str, lines: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """The lines, parted where those that are quoted in a mail begin, end, or leave one out; signs of this left out.

    A line alone that begins with such a sign may mean "greater than".
    """
    signs = [_QUOTED.match(text, *line) for line in lines]
    if sum(map(bool, signs)) < FEWEST_QUOTED:
        yield lines
        return
    depths = [sign.group().count(">") if sign else 0 for sign in signs]
    said = [(sign.end() if sign else line[0], line[1]) for line, sign in zip(lines, signs, strict=True)]
    part: list[Span] = []
    for number, (begin, end) in enumerate(said):
        if part and (begin == end or depths[number] != depths[number - 1]):
            yield part
            part = []
        if begin < end:
            part.append((begin, end))
    if part:
        yield part


def _split(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    """The pieces of lines that follow each other."""
    width = max(line_end - line_start for line_start, line_end in lines)
    piece_start = lines[0][0]
    said = [text[one:other] for one, other in lines]
    justified, entries = _is_justified(said), _are_entries(said)
    for (line_start, line_end), (next_start, next_end) in pairwise(lines):
        next_line = text[next_start:next_end]
        fits = line_end - line_start + 1 + len(next_line.split(maxsplit=1)[0]) <= width
        runs_on = next_line[0].islower() or text[line_end - 1] in ",-–—;&"
        pairs = KEY.match(text, line_start, line_end) and KEY.match(next_line)
        columns = not justified and COLUMNS.search(text, line_start, line_end) and COLUMNS.search(next_line)
        if BULLET.match(next_line) or BOX.match(next_line) or pairs or columns or entries or (fits and not runs_on):
            yield from _without_bullet(text, piece_start, line_end)
            piece_start = next_start
    yield from _without_bullet(text, piece_start, lines[-1][1])


def _are_entries(lines: Sequence[str]) -> bool:
    """Whether lines are entries of a list without bullets: each begins as one, and none ends as a sentence, or goes on.

    Of prose, however it is broken into lines, the last one ends so.
    """
    return len(lines) >= FEWEST_ENTRIES and all(
        (line[0].isupper() or line[0].isdigit())
        and (line[-1].isalnum() or line[-1] == ")")
        and line.count("(") == line.count(")")
        and len(line.split()) in ENTRY
        and not BREAKS_OFF.search(line)
        and not _GOES_ON.match(line)
        for line in lines
    )


def _is_justified(lines: Sequence[str]) -> bool:
    """Whether lines were brought to one width by spaces between their words, which stand in no column."""
    *full, _ = lines
    if len(full) < 2 or len(set(map(len, full))) > 1 or len(full[0]) < NARROWEST:
        return False
    blank = "".join(" " if set(letters) == {" "} else "x" for letters in zip(*full, strict=True))
    return "  " not in blank and not any("    " in line or "\t" in line for line in full)


def _without_bullet(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    bullet = BULLET.match(text, start, end)
    # "1. Scope" may be a heading, and its number is part of it; a dash never is.
    yield (bullet.end() if bullet and not bullet.group().strip()[0].isalnum() else start), end
