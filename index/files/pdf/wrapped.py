"""Lines of running text that stand beside a picture or are set ragged: each ends where the next word has no room."""

from collections.abc import Sequence
from statistics import median

from index.files.pdf.layout import Line

FEWEST = 3  #: of the ends of lines that tell
NEAR = 2  #: lines before and after one, which may be as wide as it; below a picture lines are wider
LONG = 26  #: characters of the middle one of the lines, at least: dishes on a menu, verses and code are shorter
MOSTLY = 0.8  #: share of those that have no room for the next word, in running text
SMALL = 0.25  #: share of the lines that begin with a small letter, at least: names in a list do not

_ENDS = ".!?:"


def wrapped(lines: Sequence[Line]) -> list[bool]:
    """Which lines end for want of room for the next word; none unless most do, as those of an address do not.

    Nor does one that ends a sentence, or below a line that has room and ends none: both may be of
    a list that stands among the text.
    """
    full = [_is_full(lines, number) for number in range(len(lines) - 1)]
    ends = [one.text[-1] in _ENDS for one in lines]
    within = [number for number in range(len(full)) if not ends[number]]
    small = sum(lines[number + 1].text[0].islower() for number in within)
    runs = sum(full[number] for number in within) >= MOSTLY * len(within) and small >= SMALL * len(within)
    if len(within) < FEWEST or not runs or median(len(one.text) for one in lines) < LONG:
        return [False] * len(lines)
    before = [True, *(one or end for one, end in zip(full, ends, strict=False))]
    return [one and last and not end for one, last, end in zip([*full, False], before, ends, strict=True)]


def room(line: Line) -> float:
    """The width that the first word of a line would take behind another line, with the blank before it."""
    return (line.right - line.left) * (len(line.text.split()[0]) + 1) / len(line.text)


def _is_full(lines: Sequence[Line], number: int) -> bool:
    """Whether a line has no room for the first word of the next, as wide as the widest of those around."""
    line, following = lines[number], lines[number + 1]
    first = max(0, min(number - NEAR, len(lines) - 1 - 2 * NEAR))
    return line.right + room(following) > max(one.right for one in lines[first : first + 1 + 2 * NEAR])
