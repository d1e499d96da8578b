"""Fields of a form or minutes whose values go on below the first of them, as those who were present do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.files.cells import Cell, is_figure

MOST_CHARS = 400  #: of a field with all of its values


def with_values_below(numbered: Sequence[tuple[int, Mapping[int, Cell]]]) -> list[tuple[int, Mapping[int, Cell]]]:
    """The rows of a table without a head, by their numbers, each field with its values from the rows below it.

    A field has a name with a colon in the first column, where the rows below it have nothing. Figures are none of its
    values: they have names of their own before them.
    """
    rows: list[tuple[int, Mapping[int, Cell]]] = []
    chars = 0  # of the field so far; 0 where there is none
    for number, line in numbered:
        length = sum(len(cell.text) for cell in line.values())
        if 0 in line:
            chars = length if len(line) > 1 and line[0].text.endswith(":") and not _has_own(line, 1) else 0
        elif chars and chars + length <= MOST_CHARS and not _has_own(line, 0):
            chars += length
            begun, field = rows.pop()
            rows.append((begun, _longer(field, line)))
            continue
        else:
            chars = 0
        rows.append((number, line))
    return rows


def _longer(field: Mapping[int, Cell], line: Mapping[int, Cell]) -> dict[int, Cell]:
    """A field with the values of a row below it, of which the first may go on behind a comma."""
    values = list(line.values())
    *_, (column, last) = field.items()
    if last.text.endswith(","):
        last = replace(last, text=f"{last.text} {values.pop(0).text}")
    return {**field, column: last, **dict(enumerate(values, max(field) + 1))}


def _has_own(line: Mapping[int, Cell], start: int) -> bool:
    """Whether cells from a column on hold figures, or name what stands beside them."""
    return any(column >= start and (is_figure(cell.text) or ":" in cell.text) for column, cell in line.items())
