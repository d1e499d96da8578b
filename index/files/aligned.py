"""Tables in plain text: rows whose cells line up by spaces, below names that stand over each of these columns."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from index.files.structure import read_blocks
from index.files.tables.cells import LONGEST_LABEL, YEAR, Cell, is_figure, names_only
from index.files.tables.rows import Grid, write_rows
from index.types import Block

FEWEST_ROWS = 3  #: below the names
FEWEST_COLUMNS = 3  #: without a rule below their names
MOST_HEAD_LINES = 3
WIDTH_OF_GAP = 2  #: spaces, at least, that all rows have between two columns
NEARLY_ALL = 0.8  #: of the cells of a column of figures

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\n|\r|\Z)")
_WORD = re.compile(r"\S+")
_SEGMENT = re.compile(r"\S+(?: \S+)*")
_RULE = re.compile(r"(?=.*[-=_]{3})[-=_ ]+")
_NAME_OF_ROWS = re.compile(r" *([-=*~])\1+ *(?P<name>[^\W_](?:.*[^\s=*~-])?) *\1{2,} *")  # "--- Monday ---"

_Columns = Sequence[tuple[int, int]]  #: from where to where the cells of each stand


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table, its names in row 0, and where in the text it stands."""

    start: int
    end: int
    grid: Grid


def tell_rows(text: str) -> tuple[str, tuple[Block, ...]]:
    """The text with the rows of its tables, which tell their columns' names, and its blocks; none if it has none."""
    tables = list(_tables(text))
    if not tables:
        return text, ()
    pieces: list[str] = []
    blocks: list[Block] = []
    before = read_blocks(text, markdown=False)
    done = length = 0
    for table in (*tables, Aligned(len(text), len(text), Grid(()))):
        blocks += _between(text, before, done, table.start, length)
        pieces.append(text[done : table.start])
        length += table.start - done
        for number, row in enumerate(write_rows(table.grid, 1) if table.grid.cells else ()):
            pieces.append("\n" * bool(number) + row.text)
            start = length + bool(number)
            length = start + len(row.text)
            blocks.append(Block(start, length, caption=row.caption, whole=True))
        done = table.end
    return "".join(pieces), tuple(blocks)


def _between(text: str, blocks: Sequence[Block], start: int, end: int, at: int) -> Iterator[Block]:
    """The blocks of a text from one table to the next, moved to another place; of some that go on there the rest."""
    own = slice(bisect_right(blocks, start, key=attrgetter("end")), bisect_left(blocks, end, key=attrgetter("start")))
    for block in blocks[own]:
        first, last = max(block.start, start), min(block.end, end)
        if said := text[first:last].strip():
            first += text[first:last].index(said) + at - start
            yield replace(block, start=first, end=first + len(said))


def _tables(text: str) -> Iterator[Aligned]:
    """The tables of a text, but for those of which there may be a doubt."""
    lines = ((found.start(), found[1].rstrip()) for found in _LINE.finditer(text))
    for full, paragraph in groupby(lines, lambda line: bool(line[1])):
        table = _table(list(paragraph)) if full else None
        if table:
            yield table


def _table(lines: Sequence[tuple[int, str]]) -> Aligned | None:
    """The table that most lines of a paragraph are; None if it may be none."""
    said = [line for _, line in lines]
    begin, ruled = _first_row(said)
    while begin > 1 and _NAME_OF_ROWS.fullmatch(said[begin - 1]):
        begin -= 1
    last = max((number for number, line in enumerate(said) if len(_segments(line)) > 1), default=0)
    below = [(number, said[number]) for number in range(begin, last + 1) if not _RULE.fullmatch(said[number])]
    names = {number: found["name"] for number, line in below if (found := _NAME_OF_ROWS.fullmatch(line))}
    rows = [(number, line) for number, line in below if number not in names]
    if not begin or len(rows) < FEWEST_ROWS or any("\t" in line or "|" in line for line in said[: last + 1]):
        return None
    if any(len(_segments(line)) < 2 for _, line in rows):
        return None
    columns, closer = (_columns([line for _, line in rows], gap) for gap in (WIDTH_OF_GAP, 1))
    if len(columns) < (2 if ruled else FEWEST_COLUMNS) or (ruled and len(said[begin - 1]) <= columns[-1][0]):
        return None  # what a rule so short stands below is a title
    texts = [[line[start:end].strip() for start, end in columns] for _, line in rows]
    first, named = _head(said[:begin], columns)
    head = _joined(named)
    if sum(map(bool, _joined(_head(said[:begin], closer)[1]))) > len(columns):
        return None  # two names over what one space parts in all rows
    if not _tells(head, named, texts, ruled=ruled) or not all(map(_is_name, names.values())):
        return None
    cells = [Cell(name, 0, column, head=True) for column, name in enumerate(head) if name]
    for (number, _), row in zip(rows, texts, strict=True):
        cells += [Cell(text, number - first, column) for column, text in enumerate(row) if text]
    cells += [Cell(name, number - first, 0, head=True) for number, name in names.items()]
    return Aligned(lines[first][0], lines[last][0] + len(said[last]), Grid(tuple(cells)))


def _segments(line: str) -> list[str]:
    return _SEGMENT.findall(line)


def _is_name(text: str) -> bool:
    return len(text) <= LONGEST_LABEL and any(map(str.isalpha, text))


def _first_row(lines: Sequence[str]) -> tuple[int, bool]:
    """The first line below the names of columns, and whether a rule is above it; 0 if none is, nor a figure in it."""
    for number, line in enumerate(lines):
        if _RULE.fullmatch(line):
            if number:
                return number + 1, True
        elif any(is_figure(said) and not YEAR.fullmatch(said) for said in _segments(line)):
            return number, False
    return 0, False


def _columns(rows: Sequence[str], gap: int = WIDTH_OF_GAP) -> _Columns:
    """Where the columns stand: what all rows leave empty parts them, if it is so wide."""
    columns: list[tuple[int, int]] = []
    for start, end in sorted({found.span() for line in rows for found in _WORD.finditer(line)}):
        if columns and start - columns[-1][1] < gap:
            columns[-1] = columns[-1][0], max(columns[-1][1], end)
        else:
            columns.append((start, end))
    return columns


def _head(lines: Sequence[str], columns: _Columns) -> tuple[int, list[list[str]]]:
    """The first of the lines above rows that name their columns, and what each says; none if it is in doubt of which.

    A first line without wide gaps may be a title, unless it has a word over each column, but for one.
    """
    named: dict[int, list[str]] = {}
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - MOST_HEAD_LINES), -1):
        if not _RULE.fullmatch(lines[number]):
            if not (own := _names(lines[number], columns)):
                break
            named[number] = own
    while named and len(_segments(lines[min(named)])) == 1 and _fills(named[min(named)]) < max(2, len(columns) - 1):
        del named[min(named)]
    told = [named[number] for number in sorted(named)]
    words = [word for number in named for word in _WORD.finditer(lines[number])]
    if not all(_joined(told)) and any(len(_over(word, columns)) != 1 for word in words):
        told = []  # a word beside its column may be the name that another has not
    return min(named, default=len(lines)), told


def _joined(told: Sequence[Sequence[str]]) -> list[str]:
    return [" ".join(filter(None, parts)) for parts in zip(*told, strict=True)]


def _fills(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _names(line: str, columns: _Columns) -> list[str]:
    """What a line says over each column; nothing if something stands over none of them, or over two."""
    told: list[str] = [""] * len(columns)
    for segment in _SEGMENT.finditer(line):
        parts = [segment] if len(_over(segment, columns)) == 1 else list(_WORD.finditer(line, *segment.span()))
        for part in parts:
            below = _over(part, columns)
            if len(below) != 1 or told[below[0]]:
                return []
            told[below[0]] = part.group()
    return told


def _over(found: re.Match[str], columns: _Columns) -> list[int]:
    return [number for number, (start, end) in enumerate(columns) if found.start() < end and start < found.end()]


def _tells(head: Sequence[str], named: Sequence[Sequence[str]], rows: Sequence[Sequence[str]], *, ruled: bool) -> bool:
    """Whether a head names all columns, but for a first or last one of words, and some are of figures, or a rule tells.

    A column that is mostly empty must have a name. Below a line that names most columns another may only go on over
    figures, else it is a row; nor is a row without figures one.
    """
    if not head:
        return False
    columns = list(zip(*rows, strict=True))
    figures = [_are_figures(column) for column in columns]
    for number, (name, column) in enumerate(zip(head, columns, strict=True)):
        at_edge = number in (0, len(columns) - 1)
        if not name and (figures[number] or not at_edge or 2 * _fills(column) < len(column)):
            return False
    full = next((number for number, line in enumerate(named) if _fills(line) >= len(columns) - 1), len(named))
    if any(said and not figure for line in named[full + 1 :] for said, figure in zip(line, figures, strict=True)):
        return False
    if any(figures) and not all(any(text for text, figure in zip(row, figures, strict=True) if figure) for row in rows):
        return False
    return sum(not name for name in head) < 2 and names_only(filter(None, head)) and (ruled or any(figures))


def _are_figures(column: Sequence[str]) -> bool:
    told = [text for text in column if text]
    return sum(map(is_figure, told)) >= NEARLY_ALL * len(told)
