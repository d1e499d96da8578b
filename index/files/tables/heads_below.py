"""Heads of a table below its first one: rows that name its columns anew for the rows under them."""

from collections.abc import Mapping, Sequence, Set

from index.files.tables.cells import LONGEST_LABEL, Cell, is_figure, names_only

FEWEST_ROWS = 3  #: that a head below the first one has under it
FEWEST_GROUPS = 3  #: of columns, whose parts are named alike by a row in the midst of others


def heads_below(lines: Sequence[Mapping[int, Cell]], height: int) -> dict[int, Sequence[Mapping[int, Cell]]]:
    """The rows below a head of so many that are a head again, between figures; each with all of its head so far."""
    found: dict[int, Sequence[Mapping[int, Cell]]] = {}
    if height and any(_is_named(line) for line in lines[height : height + FEWEST_ROWS]):
        at_most = range(height + 1, len(lines) - FEWEST_ROWS)
        below = {at: lines[at : at + FEWEST_ROWS + 1] for at in at_most if is_name_alone(lines[at - 1])}
        found = {at: [lines[at]] for at, rows in below.items() if _stands_over_figures_alone(rows)}
    named = {column for line in lines[:height] for cell in line.values() for column in cell.reach} - {0}
    at = height + 1
    while height and len(named) > 1 and at < len(lines) - 1:
        end = at
        while end < len(lines) - 1 and all(cell.head for cell in lines[end].values()) and _names(lines[end], named):
            end += 1
        is_head = not all(map(is_name_alone, lines[at:end]))  # a line across them all may name the rows below it
        if end > at and is_head and _has_figures(lines[at - 1]) and _has_figures(lines[end]):
            found |= {one: lines[at : one + 1] for one in range(at, end)}
        at = max(end, at + 1)
    return found | _parts_anew(lines, height) if lines else {}


def _parts_anew(lines: Sequence[Mapping[int, Cell]], height: int) -> dict[int, Sequence[Mapping[int, Cell]]]:
    """The rows between figures that name the parts of groups of columns anew, alike for each group.

    They say what the last row of the head does, or have several names for each group: a row may say one thing of all.
    """
    *over, last = lines[: max(height, 1)]
    groups = {(one.column, one.columns) for line in over for one in line.values() if one.column and one.columns > 1}
    found: dict[int, Sequence[Mapping[int, Cell]]] = {}
    for at in range(height + 1, len(lines) - 1) if len(groups) >= FEWEST_GROUPS else ():
        line = lines[at]
        told, *others = {
            tuple(one.text for column, one in line.items() if start <= column < start + columns)
            for start, columns in groups
        }
        anew = len(set(told)) > 1 or {*told} & {cell.text for cell in last.values()}
        between = _has_figures(lines[at - 1]) and _has_figures(lines[at + 1])
        if anew and between and not others and names_only(cell.text for cell in line.values()):
            reached = {column for cell in line.values() for column in cell.reach}
            kept = {column: cell for column, cell in last.items() if reached.isdisjoint(cell.reach)}
            found[at] = [*over, kept | dict(line)]
    return found


def _is_named(line: Mapping[int, Cell]) -> bool:
    """Whether a row of figures begins with a word that says of what they are."""
    return 0 in line and not is_figure(line[0].text) and _has_figures(line)


def _stands_over_figures_alone(lines: Sequence[Mapping[int, Cell]]) -> bool:
    """Whether the first of some rows has a word of its own over each column of figures in which there is none."""
    head, *below = lines
    names = {cell.text for cell in head.values()}
    if len(names) < max(2, len(head)) or not names_only(names) or any(map(is_figure, names)):
        return False
    return all(line.keys() == head.keys() and all(is_figure(cell.text) for cell in line.values()) for line in below)


def _names(line: Mapping[int, Cell], columns: Set[int]) -> bool:
    """Whether a row has a name over each of some columns."""
    reached = {column for cell in line.values() for column in cell.reach}
    return columns <= reached and names_only(cell.text for cell in line.values())


def _has_figures(line: Mapping[int, Cell]) -> bool:
    """Whether at least half of a row's cells but the first are figures."""
    others = [cell for cell in line.values() if cell.column]
    return bool(others) and 2 * sum(is_figure(cell.text) for cell in others) >= len(others)


def is_name_alone(line: Mapping[int, Cell]) -> bool:
    """Whether a row is the name of the rows below it."""
    cell = next(iter(line.values()))
    return len(line) == 1 and cell.column == 0 and len(cell.text) <= LONGEST_LABEL and not is_figure(cell.text)
