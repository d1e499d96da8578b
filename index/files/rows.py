"""Tables as rows that can be read, and quoted, each by itself: header cells are repeated with every row."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

LONGEST_LABEL = 60  #: characters of a cell that names the one beside it
LONGEST_HEADER = 120  #: characters
MOST_HEAD_ROWS = 7
DIVIDER = " | "
MONEY = re.compile(r"(?:[$€£¥]|US\$)\(?")  #: a sign that belongs to the figure after it, however far away

_NUMBERISH = re.compile(r"[\W\d_]*\d[\W\d_]*(?:%|[a-zA-Z]{0,3})\W*|[-–—•.]+|n/?a", re.I)
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"\(?[-–—]?\(?\d|[-–—]$")
_CLOSING = (")", "%", ")%", "%)")
_VALUE = re.compile(r":\s+\S|@|[$€£]\s?\d|\d[\d,]*\.\d|\d{5}|\d,\d{3}")  # as a field holds, and no header
_UNIT = re.compile(r"\([^()]*\)|\bper [\d,]+", re.I)  # of the figures below a header
_YEAR = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d))?\W?|\d{1,2}/\d{1,2}/\d{2,4}")


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a table at a place, from 0, and how far it reaches."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    head: bool = False  #: marked as a header, or set in bold
    indent: float = 0  #: of its text from the left


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a table."""

    cells: tuple[Cell, ...]

    def lines(self) -> list[tuple[int, dict[int, Cell]]]:
        """The number of each row that is not empty, and its cells by column; a high one stands in each of its rows."""
        lines: dict[int, dict[int, Cell]] = {}
        for cell in sorted(self.cells, key=lambda one: (one.row, one.column)):
            for row in range(cell.row, cell.row + cell.rows):
                if cell.text:
                    _place(lines.setdefault(row, {}), cell)
        return [(row, _with_signs(dict(sorted(lines[row].items())))) for row in sorted(lines)]


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a sentence; a caption if it only names what stands below it."""

    text: str
    caption: bool = False
    number: int = 0  #: of the row of its grid, from 0


def _place(line: dict[int, Cell], cell: Cell) -> None:
    """Put a cell where it begins; where another stands there, beside it or, if there is no room, behind its text."""
    end = cell.column + max(1, cell.columns)
    free = next((column for column in range(cell.column, end) if column not in line), None)
    if free is None:
        there = line[cell.column]
        line[cell.column] = replace(there, text=f"{there.text} {cell.text}")
    else:
        line[free] = cell if free == cell.column else replace(cell, column=free, columns=end - free)


def _with_signs(line: Mapping[int, Cell]) -> dict[int, Cell]:
    """A row whose signs of money, percent signs and closing brackets are in the cell of the figure that they are of."""
    joined: dict[int, Cell] = {}
    text = ""  # of the cell before
    for column, cell in line.items():
        if cell.text in _CLOSING and text[-1:].isdigit():
            column, figure = joined.popitem()
            cell = replace(figure, text=text + cell.text)
        elif MONEY.fullmatch(text) and _FIGURE.match(cell.text) and not (cell.head and _YEAR.fullmatch(cell.text)):
            joined.popitem()
            cell = replace(cell, text=text + cell.text)
        joined[column] = cell
        text = cell.text
    return joined


def write_rows(grid: Grid) -> list[Row]:
    """The rows of a table, each with its header cells, and with the heading of its group of rows if it has one."""
    numbered = grid.lines()
    lines = [line for _, line in numbered]
    height = _head_height(lines)
    labels = _labels(lines[:height])
    names = [line[0].text for line in lines[height:] if 0 in line]
    if any(map(_is_name_alone, lines[height:])) and not any(map(_DIGIT.search, names)):
        labels.pop(0, None)  # the name of the first group, rather than of all names
    rows = [Row(DIVIDER.join(cell.text for cell in line.values()), True, number) for number, line in numbered[:height]]
    group: Cell | None = None
    deeper = False  # whether rows of the group stand farther to the right than its name
    for number, line in numbered[height:]:
        first = next(iter(line.values()))
        if labels and _is_name_alone(line):
            group, deeper = first, False
            rows.append(Row(first.text, True, number))
            continue
        text = _row(line, labels)
        if group and not _belongs(first, group, deeper):
            group = None
        deeper = deeper or (group is not None and first.indent > group.indent + 1)
        rows.append(Row(_named(group.text, text) if group else text, number=number))
        if group and not deeper and _sums_up(first.text, group.text):
            group = None
    return rows


def _belongs(first: Cell, group: Cell, deeper: bool) -> bool:
    """Whether a row is one of a group: indented, or at least under a name that ends with a colon."""
    if first.column:
        return False
    return first.indent > group.indent + 1 or (group.text[-1] == ":" and first.indent >= group.indent and not deeper)


def _sums_up(name: str, group: str) -> bool:
    """Whether a row is the last of its group, as "Total current assets" of "Current assets:"."""
    last = group.rstrip(": ").casefold()
    return len(name) > len(last) and name.casefold().endswith(last)


def _is_name_alone(line: Mapping[int, Cell]) -> bool:
    """Whether a row is the name of the rows below it."""
    cell = next(iter(line.values()))
    return len(line) == 1 and cell.column == 0 and len(cell.text) <= LONGEST_LABEL and not is_figure(cell.text)


def _row(line: Mapping[int, Cell], labels: Mapping[int, str]) -> str:
    """One row: each cell after its header, or a name and its value where there are no headers."""
    if labels:
        return DIVIDER.join(_named(_label(labels, column, line), cell.text) for column, cell in line.items())
    cells = [cell.text for cell in line.values()]
    if len(cells) == 2 and _is_label(cells[0]) and not cells[1].endswith(":"):
        return _named(cells[0], cells[1])
    parts: list[str] = []
    names = False  # whether the last part names what comes next
    for cell in line.values():
        if names and not cell.head and not cell.text.endswith(":"):
            parts[-1] = _named(parts[-1], cell.text)
            names = False
        else:
            parts.append(cell.text)
            names = cell.text.endswith(":") or (cell.head and _is_label(cell.text))
    return DIVIDER.join(parts)


def _label(labels: Mapping[int, str], column: int, line: Mapping[int, Cell]) -> str:
    """What names a cell of a row; a header may be set in from where the cells below it begin."""
    if column in labels:
        return labels[column]
    reach = range(column + 1, column + line[column].columns)
    found = {labels[one] for one in reach if one in labels and one not in line}
    return found.pop() if len(found) == 1 else ""


def _named(label: str, text: str) -> str:
    label = label.rstrip(": ")
    return f"{label}: {text}" if label and text and label.casefold() != text.casefold() else text


def _is_label(text: str) -> bool:
    return len(text) <= LONGEST_LABEL and text[-1] not in ".;,!" and any(map(str.isalpha, text)) and ": " not in text


def _head_height(lines: Sequence[Mapping[int, Cell]]) -> int:
    """How many rows at the top of a table hold its headers; 0 if none does."""
    if len(lines) < 2:
        return 0
    width = max(cell.column + cell.columns for line in lines for cell in line.values())
    most = min(MOST_HEAD_ROWS, len(lines) - 1)
    marked = 0
    while marked < most and _all_marked(lines[marked]) and not _is_group(lines[marked], width):
        marked += 1
    if marked and not all(map(_all_marked, lines)):
        while marked < most and _is_finer(lines, marked):
            marked += 1
        return marked if _covers(lines[:marked]) else 0
    height = 0
    while height < most and (_only_names(lines[height]) or (not height and _is_title(lines[0]))):
        if height and _is_group(lines[height], width):
            break
        height += 1
    body = [cell for line in lines[height:] for cell in line.values() if cell.column]
    numbers = sum(is_figure(cell.text) for cell in body)
    digits = sum(bool(_DIGIT.search(cell.text)) for cell in body)
    plain = not any(_DIGIT.search(cell.text) for line in lines[:height] for cell in line.values())
    figures = plain and width > 2 and len(body) > 3 and digits >= 0.75 * len(body)
    if not height or not body or not (figures or numbers >= 0.5 * len(body)) or not _covers(lines[:height]):
        return 0
    if any(map(_is_field, lines[:height])):
        return 0
    first = min(cell.column for line in lines for cell in line.values())
    pairs = [first in line and len(line) > 1 for line in lines[:height]]
    if (height > 3 and any(pairs[:-1])) or (width == 2 and sum(pairs) > 1):
        return 0  # names and what they are the names of: fields, not so many headers
    return height


def _is_title(line: Mapping[int, Cell]) -> bool:
    """Whether a row is a single cell of words, whatever figures are among them."""
    texts = [cell.text for cell in line.values()]
    return len(texts) == 1 and len(texts[0]) <= LONGEST_HEADER and not is_figure(texts[0]) and ": " not in texts[0]


def _is_finer(lines: Sequence[Mapping[int, Cell]], number: int) -> bool:
    """Whether a row below the marked names of columns tells what each of these consists of, in short, above figures."""
    line, below = lines[number], lines[number + 1]
    first = min(column for one in lines for column in one)
    named = {
        n for one in lines[:number] for cell in one.values() for n in range(cell.column, cell.column + cell.columns)
    }
    if first in line or len(line) < 2 or not named - {first} <= line.keys():
        return False
    short = all(len(cell.text) <= LONGEST_LABEL / 2 for cell in line.values())
    return short and any(is_figure(cell.text) for cell in below.values()) and _only_names(line)


def _is_field(line: Mapping[int, Cell]) -> bool:
    """Whether a row is a name with its value."""
    name, *others = (cell.text for cell in line.values())
    return name.endswith(":") and not all(one.endswith(":") or _YEAR.fullmatch(one) for one in others)


def _covers(head: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether the rows name more than one column."""
    return len({cell.column for line in head for cell in line.values()}) > 1


def _is_group(line: Mapping[int, Cell], width: int) -> bool:
    cells = list(line.values())
    return len(cells) == 1 and (cells[0].columns >= width or cells[0].column == 0)


def _all_marked(line: Mapping[int, Cell]) -> bool:
    return all(cell.head for cell in line.values()) and _only_names(line)


def is_figure(text: str) -> bool:
    """Whether this is a number with its signs and unit, or stands for one that is not there."""
    return bool(_NUMBERISH.fullmatch(text))


def names_only(texts: Iterable[str]) -> bool:
    """Whether these may be names of columns: neither figures nor fields with values of their own."""
    return all(
        (not is_figure(text) or _YEAR.fullmatch(text))
        and not _VALUE.search(_UNIT.sub("", text))
        and len(text) <= LONGEST_HEADER
        for text in texts
    )


def _only_names(line: Mapping[int, Cell]) -> bool:
    return names_only(cell.text for cell in line.values())


def _labels(head: Sequence[Mapping[int, Cell]]) -> dict[int, str]:
    """What names each column: the header cells above it, from the top."""
    labels: dict[int, str] = {}
    width = max((cell.column + cell.columns for line in head for cell in line.values()), default=0)
    for line in head:
        for cell in line.values():
            if len(line) == 1 and (cell.columns >= 0.8 * width or cell.text.startswith("(")):
                continue  # the title of all of it, or the unit of all figures
            for column in range(cell.column, cell.column + cell.columns):
                if cell.text not in labels.get(column, ""):
                    labels[column] = f"{labels.get(column, '')} {cell.text}".strip()
    first, *others = sorted(labels) or [0]
    if others and labels[first].endswith((",", ":")) and all(_YEAR.fullmatch(labels[one]) for one in others):
        span = labels.pop(first).rstrip(":")  # of which the years are the end
        labels = {column: f"{span} {label}" for column, label in labels.items()}
    return labels
