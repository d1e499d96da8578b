"""Names of rows that stand below several kinds, as the sizes of plants in a price list."""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set

from index.files.tables.cells import LONGEST_LABEL, Cell, is_figure

FEWEST_REPEATED = 2  #: names that stand below several others


def names_over_repeated(lines: Sequence[Mapping[int, Cell]]) -> dict[int, str]:
    """The rows of one cell that name the ones below them, each a name and a value, with what they are told by.

    Only where names of these stand below several, as the sizes of each kind of plant in a price list: without what is
    above them it cannot be seen of what they are. Below another row nothing is told with the rows: an empty text.
    """
    if any(len(line) > 2 or 0 not in line for line in lines):
        return {}
    fields = {line[0].text for line in lines if len(line) > 1}
    over = _over_fields(lines, fields)
    below: dict[str, set[int]] = defaultdict(set)  # the rows of one cell that each name stands below
    last = -1
    for number, line in enumerate(lines):
        last = number if number in over else last
        if len(line) > 1:
            below[line[0].text].add(last)
    several = {name for name, rows in below.items() if len(rows - {-1}) > 1}
    if len(several) < FEWEST_REPEATED:
        return {}
    known = max((number for number, line in enumerate(lines) if len(line) > 1 and line[0].text in several), default=0)
    # Delivery, or a total, at the end is of all.
    return over | dict.fromkeys(range(known + 1, len(lines)), "")


def _over_fields(lines: Sequence[Mapping[int, Cell]], fields: Set[str]) -> dict[int, str]:
    """The rows right above fields with what they are called, if it is one that does; with nothing where it is several.

    What is said between fields in a sentence names none of them, nor does a field without a value, or a remark.
    """
    over: dict[int, str] = {}
    run: list[str] = []  # of the rows of one cell that follow each other
    for number, line in enumerate(lines):
        text = line[0].text
        if len(line) == 1:
            run += [] if text in fields or text.startswith("*") else [text]
        elif run:
            over[number - 1] = _short(run[0]) if len(run) == 1 else ""
            run = []
    return over


def _short(name: str) -> str:
    """A name that is told with each row, what it consists of left out if it is long; empty if it is none."""
    if is_figure(name) or (name.endswith((".", "!", "?")) and ": " not in name):
        return ""
    name = name.rstrip(" .:")
    name = name if len(name) <= LONGEST_LABEL else name.partition(":")[0]
    return name if len(name) <= LONGEST_LABEL else ""
