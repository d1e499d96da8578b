"""Two sides of a page: whether they are columns to be read one after the other, or rows across both."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from index.files.pdf.letters import rows_of
from index.files.pdf.segment import Segment
from index.files.pdf.signs import is_figure

LEAST_LINES = 4  #: of each of two columns
LONG = 12  #: lines of each of two columns that need not be running text
LEAST_CHARACTERS = 22  #: of the lines in a column of text, by the middle one; shorter ones are a table's cells
FILLED = 0.5  #: of a column's width, by the middle one of its lines
IN_STEP = 0.6  #: share of rows at the same heights from which two sides are one table
LEVEL = 0.25  #: of the letters' height, within which lines stand at the same one
EDGE = 3.0  #: points, up to which a head may stand away from the edge of its side
TURNS = 0.15  #: a line, from one side to the other in the file, at the most, of text and what stands in its margin


def is_text(side: Sequence[Segment], least: int = LEAST_CHARACTERS) -> bool:
    """Whether most lines fill their column as those of running text do."""
    width = max(one.right for one in side) - min(one.left for one in side)
    rows = rows_of(side)
    filled = median((row[-1].right - row[0].left) / width for row in rows)
    longest = median(max(len(one.text) for one in row) for row in rows)
    return longest >= least and filled >= FILLED


def are_forms(sides: Sequence[Sequence[Segment]]) -> bool:
    """Whether both sides are tables or forms by themselves: many of their rows have several parts."""
    return all(sum(len(row) > 1 for row in rows) > 0.35 * len(rows) and len(rows) > 5 for rows in map(rows_of, sides))


def are_long(sides: Sequence[Sequence[Segment]]) -> bool:
    """Whether each side has many lines, and some of one are those of text, as beside a curriculum vitae's margin."""
    text = (sum(len(one.text) > 2 * LEAST_CHARACTERS for one in side) for side in sides)
    return all(len(rows_of(side)) >= LONG for side in sides) and max(text) >= LEAST_LINES


def are_written_apart(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether the file has one side after the other, as text and what stands in its margin; a table has row by row."""
    if min(one.order for one in (*left, *right)) < 0:
        return are_forms((left, right))  # on a picture there is no order
    return _turns(left, right) <= 2 + TURNS * min(len(rows_of(left)), len(rows_of(right)))


def is_written_first(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether the file has all of one side before anything of the other."""
    first, then = sorted(([one.order for one in side] for side in (left, right)), key=min)
    return max(first) < min(then)


def are_headed(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether each side has as many coloured heads at its edge, level with those of the other, over lists of its own.

    Nothing else has their colour, below each stand names with figures beside them, and the file has list by list.
    """
    usual = Counter(one.colour for one in (*left, *right)).most_common(1)[0][0]
    heads = [[one for one in side if one.colour != usual] for side in (left, right)]
    pairs = list(zip(*heads, strict=False))
    alike = len({one.colour for side in heads for one in side}) == 1 and len(heads[0]) == len(heads[1])
    if not alike or any(abs(one.middle - other.middle) > LEVEL * one.height for one, other in pairs):
        return False
    return _turns(left, right) <= 2 * len(pairs) and all(map(_stand_over_lists, heads, (left, right)))


def _stand_over_lists(heads: Sequence[Segment], side: Sequence[Segment]) -> bool:
    """Whether heads are lines by themselves, at the left edge of what is below the first, and each is over a list."""
    rows = [row for row in rows_of(side) if row[0].middle >= heads[0].middle]
    left = min(row[0].left for row in rows)
    at = [number for number, row in enumerate(rows) if len(row) == 1 and any(row[0] is one for one in heads)]
    if len(at) < len(heads) or any(one.left > left + EDGE for one in heads):
        return False
    return all(any(map(_is_listed, rows[start:end])) for start, end in zip(at, [*at[1:], None], strict=True))


def _is_listed(row: Sequence[Segment]) -> bool:
    """Whether a row is a name with a figure beside it."""
    return len(row) == 2 and not is_figure(row[0].text) and is_figure(row[1].text)


def _turns(left: Sequence[Segment], right: Sequence[Segment]) -> int:
    """How often the file goes from one side to the other."""
    sides = sorted([*((one.order, 0) for one in left), *((one.order, 1) for one in right)])
    return sum(one[1] != other[1] for one, other in pairwise(sides))


def out_of_step(left: Sequence[Segment], right: Sequence[Segment], level: float = LEVEL) -> bool:
    """Whether the rows of two sides stand at different heights, and so are none that belong together."""
    heights = [row[0].middle for row in rows_of(left)], [row[0].middle for row in rows_of(right)]
    few, many = sorted(heights, key=len)
    nearest = [min(abs(height - other) for other in many) for height in few]
    near = level * median(one.height for one in left)
    return sum(distance < near for distance in nearest) < IN_STEP * len(few)


def are_titled(left: Sequence[Segment], right: Sequence[Segment]) -> bool:
    """Whether a bold title stands at the edge of each side, level with the other, over what belongs not together.

    One side is a table by itself, and the file has all of one before the other, as it has no rows across both.
    """
    (title, *beside), *_ = rows_of(right)
    level = [one for one in left if abs(one.middle - title.middle) < LEVEL * one.height]
    if beside or len(level) != 1:
        return False
    sides = [[one for one in side if one.top > over.middle] for side, over in ((left, level[0]), (right, title))]
    bold = title.bold and level[0].bold and not any(one.bold for side in sides for one in side)
    if not bold or any(len(side) < LEAST_LINES for side in sides):
        return False
    rows = [[len(row) for row in rows_of(side)] for side in sides]
    by_itself = min(max(one) for one in rows) == 1 < max(median(one) for one in rows)
    at_edge = all(
        abs(over.left - min(one.left for one in side)) < 1 for side, over in zip(sides, (level[0], title), strict=True)
    )
    told = not any(all(is_figure(one.text) for one in side) for side in sides)
    return by_itself and at_edge and told and is_written_first(*sides)
