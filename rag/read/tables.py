"""The cells of a row that is quoted, each with the name of its column, and the table in which it stands."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter

from index.files.tables.cells import LONGEST_HEADER
from index.files.tables.rows import DIVIDER
from index.types import IndexedDocument
from rag.words import content

MOST_ROWS = 400  #: that are looked at above a row, and below it
LINES_ABOVE, WORDS_OF_TITLE = 2, 8  #: what may stand above a table as its title
LONGEST_KEY = 6  #: words of what stands before a colon, that it names what follows

_TOTAL = re.compile(
    r"\W*(?:(?:(?:grand|overall)[\s-]*)?(?:totals?|sum|averages?|mean)|sub[\s-]?totals?\b.*|(?:grand|sum) totals?\b.*"
    r"|totals? (?:for|of)\b.*|.*\b(?:sub-?)?total"
    r"|[^,()]*\btotal\s?\((?:rounded|estimated|approximate|approx\.|net|gross|(?:in|ex)cluding [^()]{1,30})\))\W*",
    re.I,
)
_TOTAL_OF = re.compile(r"\W*totals?\b", re.I)
_GROUP = re.compile(r"[^\W\d][^\n\d|.;!?]{0,60}")
#: In Markdown: a head, a rule below it, and all lines that have a stroke.
_TABLE = re.compile(
    r"^(?P<head>[^\n|]*+\|[^\n]*+)\n(?=[^\n]*-)[ \t\r:|-]+\n(?P<rows>(?:[^\n|]*+\|[^\n]*+(?:\n|\Z))*)", re.M
)
_NAMED = re.compile(rf"(?P<name>[^\n:]{{1,{LONGEST_HEADER}}}?):\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Field:
    """A cell: `text[start:end]` of its sentence is the value."""

    name: str  #: of its column; nothing where none is known
    value: str
    start: int
    end: int


def cells_of(document: IndexedDocument, position: int) -> tuple[Field, ...]:
    """The cells of a sentence that is a row, or one key with its value; none if it is neither."""
    text = document.line(position)
    if text.startswith("|"):
        names = [name for name, _ in _split(head_of(document.text, document.sentences[position].start), "|")]
        return tuple(
            Field(names[number] if number < len(names) else "", value, start, start + len(value))
            for number, (value, start) in enumerate(_split(text, "|"))
        )
    fields = fields_of(text)
    if len(fields) > 1:
        return fields
    lines = tuple(_field(line, start) for line, start in _split(text, "\n"))
    is_form = all(field.name[:1].isupper() and len(field.name.split()) <= LONGEST_KEY for field in lines)
    return lines if is_form else ()


def fields_of(row: str) -> tuple[Field, ...]:
    """The cells of a row whose cells stand with the names of their columns; of any other text, all of it as one."""
    return tuple(_field(piece, start) for piece, start in _split(row, DIVIDER))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, and where among its document's sentences it stands."""

    position: int
    cells: tuple[Field, ...]
    group: str = ""  #: the line above it and its like that names them together

    @property
    def label(self) -> str:
        """What names it: the first cell that has something."""
        return next((cell.value for cell in self.cells if cell.value), "")

    @property
    def is_total(self) -> bool:
        """Whether it sums up others."""
        if len(self.cells) == 1 and _TOTAL.fullmatch(self.cells[0].name):
            return True
        return bool(_TOTAL.fullmatch(self.label))

    def sums_up(self, width: int) -> bool:
        """Whether it sums up rows of so many cells; "Total Sports Ltd" is no sum if it has as many."""
        begins = bool(_TOTAL_OF.match(self.label))
        return self.is_total or (begins and sum(bool(cell.value) for cell in self.cells) < width)


def table_around(document: IndexedDocument, position: int) -> tuple[Row, ...]:
    """The rows of the table in which a row stands, with it; none if it stands alone, or in a part of a table only.

    Lines such as "Kitchen" may stand between them, which name the rows below.
    """
    cells = cells_of(document, position)
    if len(cells) < 2:
        return ()
    names, columns = _names(cells), len(cells)
    rows, groups = {position: cells}, dict[int, str]()
    for step in (-1, 1):
        last = position
        while (number := _beside(document, last, step)) is not None:
            like = cells_of(document, number)
            if not _alike(names, columns, like):
                further = _beside(document, number, step)
                if further is not None and _alike(names, columns, cells_of(document, further)):
                    return ()  # something else stands among its rows
                break
            later = max(number, last)
            between = _between(document, later)
            if between and not _GROUP.fullmatch(between):
                return ()  # a heading parts it from the rest, or another head
            groups[later] = between
            names |= _names(like)
            rows[number] = like
            last = number
    if len(rows) < 2:
        return ()
    first = min(rows)
    above = _between(document, first) if any(groups.values()) else ""
    group, table = above.rpartition("\n")[2], []
    for number in sorted(rows):
        group = groups.get(number) or group
        table.append(Row(number, rows[number], group))
    return tuple(table)


def rows_around(document: IndexedDocument, position: int) -> Iterator[tuple[int, tuple[Field, ...]]]:
    """The rows above and below a row that have its columns, up to anything else, such as the name of other rows."""
    own, sentences = cells_of(document, position), document.sentences
    names = _names(own)
    for further in (range(position - 1, -1, -1), range(position + 1, len(sentences))):
        last = position
        for at in islice(further, MOST_ROWS):
            cells = cells_of(document, at)
            between = document.text[sentences[min(at, last)].end : sentences[max(at, last)].start]
            alone = sum(bool(cell.value) for cell in cells) < 2
            like = 2 * len(names & _names(cells)) > len(names) if names else len(own) == len(cells)
            if between.strip() or sentences[at].heading or alone or not like:
                break
            yield at, cells
            last = at


def called(document: IndexedDocument, position: int) -> set[str]:
    """Stems of what a document is called, and a table in it whose first row is at this position."""
    whole, start = document.document, document.sentences[position].start
    headings = [one.heading for one in document.passages if one.start <= start < one.end]
    above = [at for at in range(max(0, position - LINES_ABOVE), position) if len(cells_of(document, at)) < 2]
    titles = [line for at in above if len((line := document.line(at)).split()) <= WORDS_OF_TITLE]
    return content(" ".join([whole.title, whole.id, whole.part(start) or "", *headings, *titles]))


def _names(cells: tuple[Field, ...]) -> set[str]:
    return {cell.name for cell in cells if cell.name}


def _alike(names: set[str], columns: int, cells: tuple[Field, ...]) -> bool:
    """Whether a row may belong to a table with these names of columns."""
    if len(cells) == 1:
        return Row(0, cells).is_total
    own = _names(cells)
    return len(own & names) >= 0.5 * len(own) if own and names else not own and not names and len(cells) == columns


def _beside(document: IndexedDocument, position: int, step: int) -> int | None:
    """Position of the next sentence that is no heading, or the one before if the step is -1; None at an edge."""
    position += step
    while 0 <= position < len(document.sentences) and document.sentences[position].heading:
        position += step
    return position if 0 <= position < len(document.sentences) else None


def _between(document: IndexedDocument, position: int) -> str:
    """What stands between the sentence before, headings left out, and this one."""
    before = _beside(document, position, -1)
    if before is None:
        return ""
    return document.text[document.sentences[before].end : document.sentences[position].start].strip()


def head_of(text: str, start: int) -> str:
    """The line that heads the Markdown table in which a row begins; nothing where none does."""
    tables = _tables(text)
    before = bisect_right(tables, start, key=itemgetter(0))
    _, end, head = tables[before - 1] if before else (0, 0, "")
    return head if start < end else ""


@lru_cache(maxsize=16)
def _tables(text: str) -> list[tuple[int, int, str]]:
    """Where the rows of each Markdown table stand, and the line above them; kept, as each row asks for it."""
    return [(*found.span("rows"), found["head"].strip()) for found in _TABLE.finditer(text)]


def _split(text: str, divider: str) -> list[tuple[str, int]]:
    """The parts of a row, without white space, and where each begins."""
    found = []
    inner = text.strip().removeprefix("|").removesuffix("|") if divider == "|" else text
    start = text.find(inner) if inner else 0
    for piece in inner.split(divider):
        found.append((piece.strip(), start + len(piece) - len(piece.lstrip())))
        start += len(piece) + len(divider)
    return found


def _field(piece: str, start: int) -> Field:
    named = _NAMED.match(piece)
    skipped = named.end() if named else 0
    return Field(named["name"] if named else "", piece[skipped:], start + skipped, start + len(piece))
