"""Ranges in tables: two figures with a dash between them, each in a column of its own."""

from collections.abc import Iterator, Mapping, Sequence, Set

from index.files.tables.cells import Cell, is_figure

DASHES = frozenset("-–—")


def ranges_joined(told: Sequence[tuple[int, str, str]], dashes: Set[int]) -> Iterator[tuple[str, str]]:
    """The names and texts of cells, two figures under one name with a column of dashes between them as one."""
    number = 0
    while number < len(told):
        _, label, text = told[number]
        following = told[number + 1 : number + 3]
        alike = label and len(following) == 2 and all(other == label for _, other, _ in following)
        if alike and following[0][0] in dashes and all(map(is_figure, (text, following[1][2]))):
            text = " ".join([text, *(said for _, _, said in following)])
            number += 2
        yield label, text
        number += 1


def columns_of_dashes(lines: Sequence[Mapping[int, Cell]]) -> set[int]:
    """The columns in which nothing but dashes stand, in two rows at least."""
    texts: dict[int, list[str]] = {}
    for line in lines:
        for column, cell in line.items():
            texts.setdefault(column, []).append(cell.text)
    return {column for column, said in texts.items() if len(said) > 1 and DASHES.issuperset(said)}
