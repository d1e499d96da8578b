"""Tables and fields of a web page as rows, which are marked while the rest of the page becomes Markdown."""

import re
from copy import copy
from typing import TYPE_CHECKING

from index.files.markup.as_above import write_table
from index.files.markup.fields import fields_of
from index.files.structure import read_blocks
from index.files.tables.cells import LONGEST_LABEL, Cell
from index.files.tables.rows import Grid, Row
from index.types import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bs4 import BeautifulSoup, Tag

LONG_CELL = 300  #: characters; a cell with a list or a frame and more of them is a part of the page, not of a table
LONGEST_ICON = 20  #: characters of what an icon stands for
MOST_COLUMNS = 1000  #: that a cell may reach over
LISTS = ["ul", "ol"]

_NOT_IN_A_CELL = "table h1 h2 h3 h4 h5 h6".split()
_PARTS_OF_TABLE = "caption thead tbody tfoot tr td th".split()
_TELLING = ("alt", "aria-label", "title")  #: attributes of an icon
_FILE = re.compile(r"\.\w{3,4}$|[_/]")
_ROLES = {"row": "tr", "cell": "td", "columnheader": "th", "rowheader": "th"}
_Row, _Caption, _End = "\ue000", "\ue001", "\ue002"  # private letters around the rows of tables while they are text
_MARKED = re.compile(f"([{_Row}{_Caption}])(.*?){_End}", re.S)


def tidy_tables(soup: "BeautifulSoup") -> None:
    """Tables that only lay out a page are taken for the page; rows of others, and fields, become lines of their own."""
    for text in soup.find_all(string=re.compile(f"[{_Row}{_Caption}{_End}]")):
        text.replace_with(re.sub(f"[{_Row}{_Caption}{_End}]", "", text))
    for box in soup.select("[role=table]"):
        _make_table(box)
    for table in soup.select("td table, th table"):
        framed = table.find_all(["td", "th"])
        if len(framed) == 1 and len(framed[0].get_text()) <= LONG_CELL:  # the frame of what stands in the cell
            _lay_out(table)
    for table in soup.find_all("table"):
        rows = _rows_of(table)
        if table.find(_NOT_IN_A_CELL) or all(len(cells) <= 1 for cells in rows) or _lists_fill(rows):
            if not _name_rows(rows):
                _name_cells(rows)
            _lay_out(table)
            continue
        caption = [Row(_said(table.caption), caption=True)] if table.caption else []
        written = "".join(
            f"{_Caption if row.caption else _Row}{row.text}{_End}" for row in (*caption, *write_table(_grid(rows)))
        )
        paragraph = soup.new_tag("p")
        paragraph.string = written
        table.replace_with(paragraph)
    for parts, field in list(fields_of(soup, _said_in_field)):
        first, *others = parts
        first.name, first.string = "p", f"{_Row}{field}{_End}"
        for other in others:
            other.decompose()


def _make_table(box: "Tag") -> None:
    """Make a table of what is told to be one, as to those who hear a page read out."""
    if len(box.select("[role=row]")) < 2 or box.find(["table", "tr"]) or box.name == "table":
        return
    box.name = "table"
    for part in box.find_all(role=list(_ROLES)):
        part.name = _ROLES[str(part["role"])]


def _rows_of(table: "Tag") -> "list[list[Tag]]":
    """The cells of a table, but not of those in it, by rows; those that stand in none make one, as shown."""
    rows: list[list[Tag]] = []
    current: Tag | None = table  # what the cells of the last row stand in
    for part in table.find_all(["tr", "td", "th"]):
        if part.find_parent("table") is not table:
            continue
        around = part if part.name == "tr" else part.find_parent(["tr", "table"])
        if not rows or around is not current or part.name == "tr":
            rows.append([])
        current = around
        if part.name != "tr":
            rows[-1].append(part)
    return rows


def _lay_out(table: "Tag") -> None:
    """Take a table for parts of the page, but not the tables in it."""
    own = [part for part in table.find_all(_PARTS_OF_TABLE) if part.find_parent("table") is table]
    for part in (table, *own):
        part.name = "div"


def _lists_fill(rows: "Sequence[Sequence[Tag]]") -> bool:
    """Whether cells with lists are parts of a page, which a table of two rows or of long cells lays out."""
    listing = [cell for row in rows for cell in row if cell.find(LISTS)]
    return bool(listing) and (len(rows) < 3 or any(len(cell.get_text()) > LONG_CELL for cell in listing))


def _name_rows(rows: "Sequence[Sequence[Tag]]") -> bool:
    """Make the first cell of each row a heading, with the names of the columns before the others; if these are marked.

    Tells whether they are.
    """
    names, *others = rows or [()]
    heads = [" ".join(cell.get_text().split()) for cell in names]
    named = all(cell.name == "th" for cell in names) and all(0 < len(head) <= LONGEST_LABEL for head in heads[1:])
    short = [0 < len(row[0].get_text(strip=True)) <= LONGEST_LABEL and not row[0].find(LISTS) for row in others if row]
    if not named or len(names) < 2 or not short or not all(short) or any(len(row) != len(names) for row in others):
        return False
    for row in others:
        said = " ".join(row[0].get_text().split())
        row[0].string = f"{heads[0]} {said}".strip() if said.isdigit() else said
        row[0].name = "h6"  # below all that stand above the table
        for head, cell in zip(heads[1:], row[1:], strict=True):
            if cell.get_text(strip=True):
                cell.insert(0, f"{head}: ")
        beside = [one for one in row[1:] if not one.find([*LISTS, "table"]) and len(one.get_text()) <= LONG_CELL]
        row[0].insert_after(*[cell.extract() for cell in beside])  # a price behind a list is not seen as its name's
    for cell in names:
        cell.decompose()
    return True


def _name_cells(rows: "Sequence[Sequence[Tag]]") -> None:
    """Put names that stand in a row above a single one of lists into the cells that they name."""
    for names, row, after in zip(rows, rows[1:], [*rows[2:], ()], strict=False):
        alike = 1 < len(names) == len(row) != len(after) and any(cell.find(LISTS) for cell in row)
        if alike and all(
            0 < len(cell.get_text(strip=True)) <= LONGEST_LABEL and not cell.find(LISTS) for cell in names
        ):
            for name, cell in zip(names, row, strict=True):
                cell.insert(0, name.extract())


def _grid(rows: "Sequence[Sequence[Tag]]") -> Grid:
    cells: list[Cell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        texts = [_said(cell) for cell in row]
        for cell, said in zip(row, texts, strict=True):
            while (number, column) in taken:
                column += 1
            height = min(int(str(cell.get("rowspan") or 1)) or 1, len(rows) - number)
            width = min(int(str(cell.get("colspan") or 1)) or 1, MOST_COLUMNS)
            taken.update((number + down, column + right) for down in range(height) for right in range(width))
            text = said or (_shown(cell) if any(texts) else "")  # else these are pictures, as in a gallery
            cells.append(Cell(text, number, column, height, width, head=_is_head(cell, text)))
            column += width
    return Grid(tuple(cells))


def _is_head(cell: "Tag", text: str) -> bool:
    """Whether a cell is marked as a header, or all of it is bold."""
    if cell.name == "th":
        return True
    bold = "".join(part.get_text() for part in cell.find_all(["b", "strong"]))
    return bool(text) and "".join(bold.split()) == "".join(text.split())


def _said_in_field(element: "Tag") -> str:
    """What an element says, in a line; nothing if it has rows."""
    said = _said(copy(element))
    return "" if _MARKED.search(said) else said


def _said(element: "Tag") -> str:
    """What an element says, in a line."""
    for begin in element.find_all(LISTS):
        begin.insert_before(" ")
    for end in element.find_all(["br", "p", "div", "li", "tr", "td", "dd", "dt", *LISTS]):
        end.insert_after("; " if _is_item(end) else " ")
    return " ".join(element.get_text().split()).replace(" ;", ";")


def _shown(cell: "Tag") -> str:
    """What the one icon in an empty cell stands for, as those are told who do not see it; nothing of a picture."""
    told = [str(icon.get(name)) for name in _TELLING for icon in cell.select(f"[{name}]")]
    words = " ".join(told[0].split()) if len(told) == 1 else ""
    return words if len(words) <= LONGEST_ICON and not _FILE.search(words) else ""


def _is_item(part: "Tag") -> bool:
    """Whether something else follows a part of a cell: an item of a list, a paragraph of several words, a list."""
    if part.name == "li":
        return part.find_next_sibling("li") is not None
    after = part.find_next_sibling()
    if after is None or not {"p", *LISTS}.issuperset((part.name, after.name)):
        return False
    said, then = (" ".join(one.get_text().split()) for one in (part, after))
    several = {part.name, after.name} != {"p"} or (" " in said and " " in then)
    return several and said[-1:] not in tuple(".!?:;,-–&/") and (then[:1].isupper() or then[:1].isdigit())


def with_rows(text: str) -> tuple[str, tuple[Block, ...]]:
    """The text without the marks around its rows, each on a line, and its blocks; none if it has no rows."""
    if _Row not in text:
        return text, ()
    text = re.sub(f"{_End}\\s*([{_Row}{_Caption}])", rf"{_End}\n\1", text)
    pieces: list[str] = []
    rows: list[Block] = []
    length = done = 0
    for found in _MARKED.finditer(text):
        before, row = text[done : found.start()], " ".join(found[2].split())
        pieces += before, row
        start = length + len(before)
        length = start + len(row)
        rows.append(Block(start, length, caption=found[1] == _Caption, whole=True))
        done = found.end()
    whole = "".join((*pieces, text[done:]))
    others = list(whole)
    for row_block in rows:
        others[row_block.start : row_block.end] = " " * (row_block.end - row_block.start)
    blocks = (*read_blocks("".join(others), markdown=True, part=True), *rows)
    return whole, tuple(sorted(blocks, key=lambda block: block.start))
