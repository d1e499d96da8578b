"""Letters of a PDF's pages that are struck out: a rule runs through the middle of them, from the first to the last."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from itertools import groupby, pairwise

from index.files.pdf.rules import THIN, Rule
from index.files.pdf.spelt import Letter
from index.files.struck import is_replaced

SAME = 0.6  #: points, by which the heights of two parts of a rule may differ
EDGE = 0.2  #: share of a letter's height that a rule through it leaves above and below
MOST_THROUGH = 0.7  #: share of the letters and figures that it runs through: of long and short ones, not all
LEAST_COVERED = 0.6  #: share of a rule that has letters: one through a table has few
REACH = 0.6  #: times a letter's height by which it may begin before the first one, or end behind the last, at a space
WITHIN = 1.0  #: points by which it may begin, or end, within one: the strokes of signatures do so anywhere
BROKEN = 3.0  #: points between parts of one that is drawn word by word
HIGHEST = 40.0  #: points, of letters
FEWEST = 2  #: letters that are struck out
BELOW = 0.4  #: times a letter's height, up to which a rule below it marks it as put in
BESIDE = 3.0  #: times the letters' height, up to which what stands beside them is of their line
PITCH = 3.5  #: the same, up to which what follows in the file is of the line below
MOST_BESIDE = 60  #: letters that tell it
SPACE = 0.15  #: of a letter's height, from which a gap is a space


def struck_among(letters: Sequence[Letter], rules: Sequence[Rule]) -> tuple[set[int], set[int]]:
    """The ids of letters that are struck out where others stand for them, and of the rules through these.

    Args:
        letters: Those of a page in the order of the file, without spaces.
        rules: Those of the page.
    """
    level = [rule for rule in rules if not rule.upright and rule.bottom - rule.top <= THIN]
    by_height = sorted(range(len(letters)), key=lambda number: _middle(letters[number]))
    heights = [_middle(letters[number]) for number in by_height]
    through: dict[int, list[Rule]] = {}
    for parts in _joined(level):
        place = (parts[0].top + parts[0].bottom) / 2
        near = by_height[bisect_left(heights, place - HIGHEST / 2) : bisect_left(heights, place + HIGHEST / 2)]
        struck = _run_through([(number, letters[number]) for number in near], parts[0].left, parts[-1].right, place)
        through |= dict.fromkeys(struck, parts)
    gone: set[int] = set()
    for first, last in _stretches(sorted(through)):
        in_word = first > 0 and letters[first].text.isalnum() and _follows(letters[first - 1], letters[first])
        if not in_word and _is_replaced(letters, first, last, level, through.keys()):
            gone.update(range(first, last + 1))
    return {id(letters[number]) for number in gone}, {id(rule) for number in gone for rule in through[number]}


def _middle(letter: Letter) -> float:
    return (letter.top + letter.bottom) / 2


def _joined(level: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Rules that are drawn in parts, word by word."""
    parts: list[Rule] = []
    for rule in sorted(level, key=lambda rule: (round(rule.top / SAME), rule.left)):
        if parts and (abs(rule.top - parts[-1].top) > SAME or rule.left - parts[-1].right > BROKEN):
            yield parts
            parts = []
        parts.append(rule)
    if parts:
        yield parts


def _run_through(near: Sequence[tuple[int, Letter]], left: float, right: float, place: float) -> list[int]:
    """The numbers of the letters that a rule strikes out, marks such as commas among them."""
    level = [(number, one) for number, one in near if one.top < place < one.bottom]
    over = [(number, one) for number, one in level if left < (one.left + one.right) / 2 < right]
    said = [one for _, one in over if one.text.isalnum()]
    if len(over) < FEWEST or not said:
        return []
    cut = sum(EDGE < (place - one.top) / max(one.bottom - one.top, 1.0) < 1 - EDGE for one in said)
    covered = sum(one.right - one.left for _, one in over)
    ends = min(one.left for _, one in over) - left, right - max(one.right for _, one in over)
    reach = REACH * max(one.bottom - one.top for one in said)
    is_whole = covered >= LEAST_COVERED * (right - left) and -WITHIN <= min(ends) <= max(ends) <= reach
    return [number for number, _ in over] if is_whole and cut >= MOST_THROUGH * len(said) else []


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The first and last of numbers that follow each other."""
    for _, run in groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0]):
        following = [number for _, number in run]
        yield following[0], following[-1]


def _is_replaced(letters: Sequence[Letter], first: int, last: int, level: Sequence[Rule], through: Set[int]) -> bool:
    before = _beside(letters, range(first, -1, -1))
    after = [number for number in _beside(letters, range(last, len(letters))) if number not in through]
    if before and not after:  # a sentence that goes on in the next line
        after = _beside(letters, range(last, len(letters)), in_next=True)
    elif after and not before:
        before = _beside(letters, range(first, -1, -1), in_next=True)
    said = [_text([letters[number] for number in part]) for part in (range(first, last + 1), before[::-1], after)]
    return is_replaced(*said, inserted=bool(after) and _is_put_in(letters[after[0]], level))


def _follows(letter: Letter, after: Letter) -> bool:
    """Whether a letter is of the word in which another, or a figure, stands before it."""
    gap = after.left - letter.right
    return letter.text.isalnum() and abs(gap) < SPACE * (letter.bottom - letter.top)


def _text(letters: Sequence[Letter]) -> str:
    return "".join(
        letter.text + " " * (after.left - letter.right > SPACE * (letter.bottom - letter.top))
        for letter, after in pairwise([*letters, *letters[-1:]])
    )


def _beside(letters: Sequence[Letter], numbers: range, *, in_next: bool = False) -> list[int]:
    """The letters of a line from the first of these numbers on, without it, or those of the next line."""
    found: list[int] = []
    for one, number in pairwise(numbers[:MOST_BESIDE]):
        letter, last = letters[number], letters[one]
        height = max(letter.bottom - letter.top, last.bottom - last.top)
        apart = max(letter.left - last.right, last.left - letter.right)
        below = abs(_middle(letter) - _middle(last))
        to_next = in_next and not found and below < PITCH * height
        if not to_next and (apart > BESIDE * height or below > height / 2):
            break
        found.append(number)
    return found


def _is_put_in(letter: Letter, level: Sequence[Rule]) -> bool:
    """Whether a letter is underlined."""
    middle, height = (letter.left + letter.right) / 2, letter.bottom - letter.top
    return any(
        rule.left < middle < rule.right and -EDGE * height < rule.top - letter.bottom < BELOW * height for rule in level
    )
