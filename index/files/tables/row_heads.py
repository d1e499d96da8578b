"""Which rows of a table hold its headers."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.files.tables.cells import LONGEST_HEADER, LONGEST_LABEL, YEAR, Cell, is_figure, is_label, names_only
from index.files.tables.field_tables import begins_with_field
from index.files.tables.head_parts import down_to_parts, is_finer, only_names, reaches_down
from index.files.tables.head_rows import MOST_HEAD_ROWS, head_rows

FEWEST_ROWS = 2  #: below names that nothing but a model tells from a row
MOST_TITLES = 2  #: rows above them
FEWEST_BESIDE = 2  #: rows with names, whose head has an empty corner, or of several models
FEWEST_COLUMNS = 3  #: that marked names below a title name, or that say the same

_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
_NAME = re.compile(r"[^\W\d_a-z].*(?<![.,;])$")  # that begins with a capital, and is no sentence
_UNIT = re.compile(r"\([^()\d]+\)")  #: of all figures, beside the name of what follows
FIELD = re.compile(r"[^\W\d][^:]{0,38}:\s+\S")  #: a cell that names its value itself
_MEASURE = re.compile(
    r"[<>≤≥~±]?(?!(?:19|20)\d\d\b)\d[\d.,/–-]*\s?"
    r"(?!(?:st|nd|rd|th|y(?:ea)?rs?|months?|weeks?|days?|quarters?|hours?"
    r"|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*)\b)[^\W\d_]{1,8}(?:/[^\W\d_]+)?",
    re.I,
)  # but for ordinals, dates and spans of time, by which columns are named
#: What marks that a row has what a column names.
_TICK = re.compile(r"(?:[ynx✓✔✗✘☐☑☒○●•·]|yes|no)[*#†‡]{0,2}|[*†‡]{1,2}", re.I)
_BOXES = frozenset("☐☑☒")
_CODE = re.compile(r"(?=.*[A-Z])(?=.*\d)[A-Z\d][\w-]*(?:[ ,/]{1,2}[A-Z\d][\w-]*){0,2}")
_NUMBER_OF_COLUMN = re.compile(r"[*#]?\d{1,4}[*#]?")


def head_height(lines: Sequence[Mapping[int, Cell]]) -> int:
    """How many rows at the top of a table hold its headers; 0 if none does."""
    if len(lines) < 2:
        return 0
    if repeated := names_repeated(lines):
        return min(repeated)
    width = max(cell.column + cell.columns for line in lines for cell in line.values())
    most = min(MOST_HEAD_ROWS, len(lines) - 1)
    height = _marked_height(lines, width, most)
    if height is None:
        height = _height_over_figures(lines, width, most) or _height_over_words(lines)
        height = height or _height_beside_corner(lines) or _height_over_models(lines)
    height = min(height, 1) if _are_named_at_side(lines) else height
    reach = height
    while 0 < reach < most and reaches_down(lines[reach - 1], lines[reach]):
        reach += 1
    height = reach if reach < most else height  # what reaches down all of a table parts no head from its rows
    return 0 if _are_fields(lines[height:]) or (height == 1 and _is_of_pairs(lines)) else height


def _is_of_pairs(lines: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether the first row is a field as those below it: its name alone is marked, as theirs are, or nothing is."""
    if _are_named_at_side(lines):
        return all(len(line) <= 2 for line in lines)
    rows = [{column: cell.text for column, cell in line.items()} for line in lines]
    return not any(cell.head for cell in lines[0].values()) and begins_with_field(rows)


def names_repeated(lines: Sequence[Mapping[int, Cell]]) -> frozenset[int]:
    """The rows that say the same words in each of several columns: they name the rows below them, as meals of a week.

    None, unless the first of them stands right below names of columns, each of them above a row of something else, and
    no cell of another row says the same.
    """
    said = [{cell.text for cell in line.values()} for line in lines]
    rows = [
        number
        for number, texts in enumerate(said)
        if len(texts) == 1 and len(lines[number]) >= FEWEST_COLUMNS and all(map(_may_name_rows, texts))
    ]
    first, last = (rows[0], rows[-1]) if rows else (0, 0)
    if not first or last == len(lines) - 1 or any(below - row < 2 for row, below in pairwise(rows)):
        return frozenset()
    names = {text for number in rows for text in said[number]}
    elsewhere = any(names & texts for number, texts in enumerate(said) if number not in rows)
    over = _stands_over_repeated(lines[:first], lines[first])
    return frozenset(rows) if len(names) > 1 and over and not elsewhere else frozenset()


def _may_name_rows(text: str) -> bool:
    return bool(_NAME.match(text)) and not _TICK.fullmatch(text) and len(text) <= LONGEST_LABEL and names_only([text])


def _stands_over_repeated(head: Sequence[Mapping[int, Cell]], below: Mapping[int, Cell]) -> bool:
    """Whether rows end with a name of its own over each column of one that says the same in all of them."""
    *titles, names = head
    apart = len({cell.text for cell in names.values()}) == len(names)
    return apart and below.keys() <= names.keys() and only_names(names) and all(map(_is_title, titles))


def _are_named_at_side(lines: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether the first cell of each row is marked as its name, and no other cell is."""
    marks = {cell.head == (cell.column == 0) for line in lines for cell in line.values()}
    return marks == {True} and all(0 in line for line in lines)


def _are_fields(lines: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether most cells of rows name themselves what their values are of."""
    texts = [cell.text for line in lines for cell in line.values()]
    return sum(bool(FIELD.match(text)) for text in texts) > 0.5 * len(texts)


def _height_over_figures(lines: Sequence[Mapping[int, Cell]], width: int, most: int) -> int:
    """How many rows of headers, which are not marked, a table of figures begins with."""
    first = min(cell.column for line in lines for cell in line.values())
    height = 0
    while height < most and (only_names(lines[height]) or (not height and _may_begin(lines[0]))):
        boxes = any(cell.text in _BOXES for cell in lines[height].values())
        if (width > 2 or boxes) and _is_ticked(lines[height]):
            break
        if height and (_is_group(lines[height], width) or (first in lines[height] and _has_measures(lines[height]))):
            break
        height += 1
    body = [cell.text for line in lines[height:] for cell in line.values() if cell.column]
    numbers = sum(bool(is_figure(text) or _MEASURE.fullmatch(text) or _TICK.fullmatch(text)) for text in body)
    if not body or numbers < 0.5 * len(body) or not _covers(lines[:height]) or any(map(_is_field, lines[:height])):
        return 0
    pairs = [first in line and len(line) > 1 for line in lines[:height]]
    if (height > 3 and any(pairs[:-1])) or (width == 2 and sum(pairs) > 1):
        return 0  # names and what they are the names of: fields, not so many headers
    return height


def _may_begin(line: Mapping[int, Cell]) -> bool:
    """Whether a row may begin a head though not all of it names columns: a title, or one with a field in its corner."""
    corner, *names = (cell.text for cell in line.values())
    return _is_title(line) or (len(names) > 1 and bool(FIELD.match(corner)) and names_only(names))


def _height_over_words(lines: Sequence[Mapping[int, Cell]]) -> int:
    """How many rows of headers, which are not marked, a table of anything begins with, as a model tells."""
    rows = [{column: cell.text for column, cell in line.items()} for line in lines]
    first, height = head_rows(rows, len(rows) - 1)
    if height:
        height = down_to_parts(lines, first + height) - first
    names_above = all(_is_title(line) or only_names(line) for line in lines[:first])
    fields = first > MOST_TITLES or any(map(_is_field, lines[: first + height]))
    many = len(rows) - first - height >= FEWEST_ROWS
    return first + height if height and many and names_above and not fields else 0


def _height_beside_corner(lines: Sequence[Mapping[int, Cell]]) -> int:
    """1 where the first row has a name over each column, but for an empty corner over the names of all rows below."""
    head, *below = lines
    rows = [line for line in below if len(line) > 1]
    if 0 in head or len(head) < 2 or len(rows) < FEWEST_BESIDE or not only_names(head):
        return 0
    names = {cell.text for cell in head.values()}
    named = len(names) == len(head) and all(0 in line and is_label(line[0].text) for line in below)
    values = [cell.text for line in rows for column, cell in line.items() if column]
    figures = sum(bool(_DIGIT.search(text) or _TICK.fullmatch(text)) for text in values)
    if 2 * figures < len(values) or any(name[0].islower() for name in names):
        return 0  # what goes on from the page before looks so, too
    reached = [{column for cell in line.values() for column in cell.reach} for line in rows]
    filled = all(2 * sum(column in columns for columns in reached) > len(rows) for column in head)
    return int(named and filled and max(head) == max(map(max, reached)))


def _height_over_models(lines: Sequence[Mapping[int, Cell]]) -> int:
    """1 where the first row has a code over each column, all unlike, and of most rows below some columns say the same.

    So a sheet tells what several models of something have.
    """
    codes = {column: cell.text for column, cell in lines[0].items() if column}
    if len(codes) < 2 or len({*codes.values()}) < len(codes) or not all(map(_CODE.fullmatch, codes.values())):
        return 0
    reached = [{column: cell.text for cell in line.values() for column in cell.reach} for line in lines[1:]]
    rows = [{line[column] for column in codes} for line in reached if codes.keys() < line.keys()]
    shapes = {_DIGITS.sub("0", code) for code in codes.values()}
    if any(_DIGITS.sub("0", text) in shapes for texts in rows for text in texts):
        return 0  # codes of something that rows have, as rooms
    alike = sum(len(texts) < len(codes) for texts in rows)
    marked = all(cell.head for cell in lines[0].values()) and not any(
        cell.head for line in lines[1:] if len(line) > 1 for cell in line.values()
    )
    return int(alike >= FEWEST_BESIDE and (marked or 2 * alike > len(lines) - 1))


def _marked_height(lines: Sequence[Mapping[int, Cell]], width: int, most: int) -> int | None:
    """How many rows of marked headers a table begins with; None if marks do not tell, 0 if they mark a field."""
    across = _is_title(lines[0]) and _is_group(lines[0], width)
    from_left = 0 in lines[1] or all(_NUMBER_OF_COLUMN.fullmatch(line[0].text) for line in lines[2:] if 0 in line)
    titled = across and len(lines[1]) >= FEWEST_COLUMNS and _all_marked(lines[1]) and from_left
    marked = int(titled or _are_numbered(lines[0]) or _marked_but_corner(lines))
    while marked < most and _all_marked(lines[marked]) and not _is_group(lines[marked], width):
        marked += 1
    if not marked or all(map(_all_marked, lines)):
        return None
    while marked < most and is_finer(lines, marked):
        marked += 1
    if not _covers(lines[:marked]):
        return None  # a title
    return 0 if width == 2 and _has_value(lines[0]) else marked


def _marked_but_corner(lines: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether a table begins with marked names of columns, of which there are more than two, and has few marks below.

    What stands in the corner, above the names of rows, names none of these columns.
    """
    corner, *names = lines[0].values()
    if corner.head or len(names) < 3 or not all(cell.head for cell in names) or not only_names(lines[0]):
        return False
    below = [cell for line in lines[1:] for cell in list(line.values())[1:]]
    return 4 * sum(cell.head for cell in below) < len(below)


def _is_ticked(line: Mapping[int, Cell]) -> bool:
    """Whether a row says of columns that it has what they name; "Yes" and "No" side by side are names themselves."""
    texts = [cell.text.casefold() for cell in line.values()][1:]
    ticks = [text for text in texts if _TICK.fullmatch(text)]
    words = {text for text in ticks if text.isalpha()}
    return bool(ticks) and (len(ticks) == len(texts) == 1 or len(words) < len(ticks))


def _has_measures(line: Mapping[int, Cell]) -> bool:
    """Whether most cells are figures with their units, as in no row of a head that has a name but the first."""
    texts = [cell.text for cell in line.values()][1:]
    return sum(bool(_MEASURE.fullmatch(text)) for text in texts) > 0.5 * len(texts)


def _is_title(line: Mapping[int, Cell]) -> bool:
    """Whether a row is a single cell of words, whatever figures are among them."""
    texts = [cell.text for cell in line.values()]
    return len(texts) == 1 and len(texts[0]) <= LONGEST_HEADER and not is_figure(texts[0]) and ": " not in texts[0]


def _is_field(line: Mapping[int, Cell]) -> bool:
    """Whether a row is a name with its value."""
    name, *others = (cell.text for cell in line.values())
    return name.endswith(":") and not all(
        one.endswith(":") or YEAR.fullmatch(one) or _UNIT.fullmatch(one) for one in others
    )


def _has_value(line: Mapping[int, Cell]) -> bool:
    """Whether a row ends with a number that is no year."""
    *_, last = (cell.text for cell in line.values())
    return bool(_DIGIT.search(last)) and " " not in last and not YEAR.fullmatch(last)


def _covers(head: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether the rows name more than one column."""
    return len({cell.column for line in head for cell in line.values()}) > 1


def _is_group(line: Mapping[int, Cell], width: int) -> bool:
    cells = list(line.values())
    return len(cells) == 1 and (cells[0].columns >= width or cells[0].column == 0)


def _all_marked(line: Mapping[int, Cell]) -> bool:
    return all(cell.head for cell in line.values()) and only_names(line)


def _are_numbered(line: Mapping[int, Cell]) -> bool:
    """Whether the columns have numbers for names, marked as such, as trains have in a timetable, and lessons."""
    texts = [cell.text for column, cell in line.items() if column]
    numbers = [text for text in texts if _NUMBER_OF_COLUMN.fullmatch(text)]
    names = [text for text in texts if text not in numbers] + [cell.text for column, cell in line.items() if not column]
    marked = all(cell.head for cell in line.values())
    return marked and names_only(names) and len(set(numbers)) == len(numbers) > 2 and len(names) <= len(numbers)
