"""Fields of a form or minutes whose values go on below the first of them, as those who were present do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.files.tables.cells import Cell, is_figure
from index.files.tables.naming import TIMES, kind_of

MOST_CHARS = 400  #: of a field with all of its values
MOST_WORDS = 8  #: of a value below others; a longer line is a remark

Numbered = tuple[int, Mapping[int, Cell]]


def with_values_below(numbered: Sequence[Numbered]) -> list[Numbered]:
    """The rows of a table without a head, by their numbers, each field with its values from the rows below it.

    A field has a name with a colon in the first column, where the rows below it have nothing. Where each has one value,
    these are a row; else, or where that were too long, the name is told with each. Figures and times have no values
    below them.
    """
    rows: list[Numbered] = []
    field: list[Numbered] = []
    for row in numbered:
        if field and row[0] == field[-1][0] + 1 and _goes_on(row[1]):
            field.append(row)
            continue
        rows += _told(field)
        field = [row]
        if not _is_field(row[1]):
            rows += field
            field = []
    return rows + _told(field)


def _told(field: Sequence[Numbered]) -> list[Numbered]:
    """A field with the rows below it."""
    if len(field) < 2:
        return list(field)
    (number, first), *below = field
    values = [[cell for column, cell in line.items() if column] for _, line in field]
    alone = all(len(own) == 1 for own in values) and len({max(line) for _, line in field}) == 1
    if not alone or sum(len(cell.text) for own in values for cell in own) > MOST_CHARS:
        return [(number, first), *((at, {0: first[0], **line}) for at, line in below)]
    told: list[Cell] = []
    for (cell,) in values:
        if told and told[-1].text.endswith(","):
            told[-1] = replace(told[-1], text=f"{told[-1].text} {cell.text}")
        else:
            told.append(cell)
    return [(number, {0: first[0], **dict(enumerate(told, max(first)))})]


def _is_field(line: Mapping[int, Cell]) -> bool:
    """Whether a row is a name with a colon and values beside it that others may stand below."""
    return 0 in line and len(line) > 1 and line[0].text.endswith(":") and not _has_own(line)


def _goes_on(line: Mapping[int, Cell]) -> bool:
    return 0 not in line and not _has_own(line) and all(len(cell.text.split()) <= MOST_WORDS for cell in line.values())


def _has_own(line: Mapping[int, Cell]) -> bool:
    """Whether cells behind the first column hold figures or times, or name what stands beside them."""
    texts = [cell.text for column, cell in line.items() if column]
    return any(is_figure(text) or ":" in text or kind_of(text) in TIMES for text in texts)
