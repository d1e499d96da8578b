"""Heads of a table below its first one: rows that name its columns anew for the rows under them."""

from collections.abc import Mapping, Sequence, Set

from index.files.tables.cells import LONGEST_LABEL, Cell, is_figure, names_only

FEWEST_ROWS = 3  #: that a head below the first one has under it


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
