"""Tables that stand side by side as one, such as a price list that is set in two columns."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from index.files.cells import Cell, is_figure

FEWEST_ROWS = 3  #: of names with their figures side by side
MOSTLY = 0.75  #: share of the rows of more than two cells that must be such
UNLIKE = 0.9  #: share of the names that must differ
_AMOUNT = re.compile(r"\d{3}|\d[.,]\d|[$€£]")  #: no score of a match, which tells who was against whom


def pairs_beside(lines: Sequence[Mapping[int, Cell]]) -> tuple[int, ...]:
    """The columns in which the names begin, where most rows are names with their amounts side by side; else none."""
    wide = [line for line in lines if len(line) > 2]
    pairs = [line for line in wide if _is_of_pairs([cell.text for cell in line.values()])]
    if len(pairs) < FEWEST_ROWS or len(pairs) < MOSTLY * len(wide):
        return ()
    amounts = [_AMOUNT.search(cell.text) for line in pairs for cell in list(line.values())[1::2]]
    (columns, alike), *_ = Counter(tuple(line) for line in pairs).most_common(1)
    starts = columns[2::2]
    across = any(
        cell.column < start < cell.column + cell.columns for line in lines for cell in line.values() for start in starts
    )
    if 2 * sum(map(bool, amounts)) < len(amounts) or alike < MOSTLY * len(pairs) or across:
        return ()
    # What is said again and again is of the name before it, as a town is.
    names = [[line[start].text for line in pairs if start in line] for start in columns[::2]]
    return (0, *starts) if all(len(set(one)) >= UNLIKE * len(one) for one in names) else ()


def _is_of_pairs(texts: Sequence[str]) -> bool:
    """Whether texts are names and figures by turns, two of each at least."""
    return len(texts) > 3 and [is_figure(text) for text in texts] == [False, True] * (len(texts) // 2)
