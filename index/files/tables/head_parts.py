"""Rows of a table's head that name the parts of what the rows above them name."""

from collections.abc import Mapping, Sequence

from index.files.tables.cells import LONGEST_LABEL, Cell, is_figure, names_only


def reaches_down(line: Mapping[int, Cell], below: Mapping[int, Cell]) -> bool:
    """Whether a row tells what a name above it consists of, and begins with a cell that reaches down from there."""
    return _is_parted(line, below) and below[min(below)] is line.get(min(below))


def down_to_parts(lines: Sequence[Mapping[int, Cell]], height: int) -> int:
    """The height of a head with the rows below that name the parts of its last one over figures.

    Between them a part of what stands beside it may be in a row of its own.
    """
    for end in (height + 1, height + 2):
        parts, below = lines[height:end], next((line for line in lines[end:] if len(line) > 1), {})
        named = parts and all(map(only_names, parts)) and any(is_figure(cell.text) for cell in below.values())
        if named and _is_parted(lines[height - 1], parts[-1]):
            return down_to_parts(lines, end)
    return height


def _is_parted(line: Mapping[int, Cell], below: Mapping[int, Cell]) -> bool:
    """Whether a row has several cells below one of another."""
    return any(cell.columns > 1 and sum(column in below for column in cell.reach) > 1 for cell in line.values())


def is_finer(lines: Sequence[Mapping[int, Cell]], number: int) -> bool:
    """Whether a row below the marked names of columns tells what each of these consists of, in short, above figures."""
    line, below = lines[number], next((one for one in lines[number + 1 :] if len(one) > 1), {})
    first = min(column for one in lines for column in one)
    if len(line) < 2 or not all(len(cell.text) <= LONGEST_LABEL / 2 for cell in line.values()):
        return False
    named = _reached(lines[:number])
    told = named - {first} <= line.keys() if first not in line else _parts_corner(lines[:number], line, below)
    return told and any(is_figure(cell.text) for cell in below.values()) and only_names(line)


def _parts_corner(head: Sequence[Mapping[int, Cell]], line: Mapping[int, Cell], below: Mapping[int, Cell]) -> bool:
    """Whether a row that begins in the first column names the parts of what stands in the corner, and one column more.

    All else that stands below it are figures, or it may be a row of words.
    """
    first = min(line)
    corner = next((one[first] for one in head if first in one and _is_parted({first: one[first]}, line)), None)
    if corner is None or not _reached(head) < _reached([line]):
        return False
    return all(is_figure(cell.text) for column, cell in below.items() if column not in corner.reach)


def _reached(lines: Sequence[Mapping[int, Cell]]) -> set[int]:
    """The columns that something stands in."""
    return {column for line in lines for cell in line.values() for column in cell.reach}


def only_names(line: Mapping[int, Cell]) -> bool:
    """Whether a row may be names of columns, and no more."""
    return names_only(cell.text for cell in line.values())
