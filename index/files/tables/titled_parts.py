"""Tables in one frame, one below the other, each under a title across all of its columns: the sections of a form."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from index.files.tables.cells import Cell
from index.files.tables.row_heads import head_height

FEWEST = 2  #: of them
FEWEST_COLUMNS = 3  #: that the names below a title are of


def titled_parts(lines: Sequence[Mapping[int, Cell]]) -> list[int]:
    """Where parts of a table begin, but for the first, that have each a head of its own, right below a title.

    A title across a table may as well name but some of its rows: then no other names of columns stand below it.
    """
    width = max((cell.column + cell.columns for line in lines for cell in line.values()), default=0)
    titles = [at for at, line in enumerate(lines) if _is_across(line, width)]
    parts = pairwise([*dict.fromkeys((0, *titles)), len(lines)])
    heads = {start: _head(lines[start + (start in titles) : end]) for start, end in parts}
    begun = [start for start, head in heads.items() if head]
    different = len({heads[start] for start in begun}) == len(begun)
    return [start for start in begun if start] if len(begun) >= FEWEST and different else []


def _is_across(line: Mapping[int, Cell], width: int) -> bool:
    return len(line) == 1 and next(iter(line.values())).columns >= width >= FEWEST_COLUMNS


def _head(lines: Sequence[Mapping[int, Cell]]) -> tuple[str, ...]:
    """The names of the columns of some rows, if they begin with these."""
    if len(lines) < 2 or len(lines[0]) < FEWEST_COLUMNS or not head_height(lines):
        return ()
    return tuple(cell.text for cell in lines[0].values())
