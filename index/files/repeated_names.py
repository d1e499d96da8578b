"""Names of rows that stand below several kinds, as the sizes of plants in a price list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from index.files.cells import LONGEST_LABEL, Cell, is_figure

FEWEST_REPEATED = 2  #: names that stand below several others


def names_over_repeated(lines: Sequence[Mapping[int, Cell]]) -> dict[int, str]:
    """The rows of one cell that name the ones below them, each a name and a value, with what they are told by.

    Only where names of these stand below several, as the sizes of each kind of plant in a price list: without what is
    above them it cannot be seen of what they are.
    """
    if any(len(line) > 2 or 0 not in line for line in lines):
        return {}
    over: dict[int, str] = {}
    below: dict[str, set[int]] = defaultdict(set)  # the rows of one cell that each name stands below
    fields = {line[0].text for line in lines if len(line) > 1}
    last = -1
    for number, line in enumerate(lines):
        if len(line) > 1:
            below[line[0].text].add(last)
        elif not is_figure(line[0].text) and line[0].text not in fields:
            last = number
            over[number] = _short(line[0].text)
    several = [name for name, rows in below.items() if len(rows - {-1}) > 1]
    right_below = {number for number in over if len(lines[number : number + 2][-1]) > 1}
    return {number: over[number] for number in right_below} if len(several) >= FEWEST_REPEATED else {}


def _short(name: str) -> str:
    """A name that is told with each row, what it consists of left out if it is long; empty if it is too long a name."""
    name = name.rstrip(" .:")
    name = name if len(name) <= LONGEST_LABEL else name.partition(":")[0]
    return name if len(name) <= LONGEST_LABEL else ""
