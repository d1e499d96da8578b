"""The order in which a page of a PDF is read: columns, tables, and blocks of lines."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from index.files.pdf.boxes import NEAR
from index.files.pdf.letters import LARGE, Page, rows_of
from index.files.pdf.panels import Item, Panel, segments_of, with_panels
from index.files.pdf.ruled import ruled_tables
from index.files.pdf.ruled_rows import rules_joined
from index.files.pdf.rules import Rule
from index.files.pdf.segment import Segment
from index.files.pdf.sides import (
    LEAST_LINES,
    are_forms,
    are_headed,
    are_long,
    are_titled,
    are_written_apart,
    is_text,
    is_written_first,
    out_of_step,
)
from index.files.pdf.tables import unruled_tables
from index.files.tables.rows import Grid

GUTTER = 0.4  #: of the letters' height, on each side of the middle between two columns
RULED_OFF = 0.8  #: of the height that two columns share, from which a rule between them parts them
ACROSS = 40.0  #: points on each side of a gutter, from which a rule across it ends the columns
LEADING = 0.7  #: of the letters' height; lines farther apart are different blocks
WIDE = 1.2  #: times its height, from which a page may be a sheet of two pages side by side
FOLD = 0.02  #: of such a sheet's width, on each side of its middle, where nothing stands
NARROW = 0.45  #: of the width of two columns, up to which the left one may hold headings of what stands beside them
FEWEST_HEADED = 3  #: of such headings
OTHER_SIZE = 0.15  #: share by which the letters of a heading differ from those of its text


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text."""

    text: str
    left: float
    right: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together on a page."""

    lines: tuple[Line, ...]
    left: float
    right: float
    width: float  #: of the column that it stands in


def read_layout(page: Page) -> list[Block | Grid]:
    """The blocks of lines and the tables of a page as they are read; those of two pages on one sheet in turn."""
    parts: list[Block | Grid] = []
    for one in _two_pages(page) or [page]:
        tables, rest = ruled_tables(one)
        parts.extend(_arranged(with_panels([*tables, *rest], one.boxes), one.rules))
    return parts


def _two_pages(page: Page) -> list[Page]:
    """The pages that a sheet has side by side, which begin at the same distance from its left edge and its middle."""
    middle, fold = page.width / 2, FOLD * page.width
    folded = [one for one in page.segments if one.left < middle + fold and one.right > middle - fold]
    crossed = any(one.left < middle - ACROSS and one.right > middle + ACROSS for one in page.rules)
    if page.width < WIDE * page.height or folded or crossed:
        return []
    sides = [[one for one in page.segments if (one.left > middle) is right] for right in (False, True)]
    if any(len(rows_of(side)) < LEAST_LINES for side in sides):
        return []
    left, right = (min(one.left for one in side) for side in sides)
    if abs(left - (right - middle)) > fold:
        return []
    rules = [tuple(one for one in page.rules if (one.left > middle) is right) for right in (False, True)]
    return [replace(page, segments=tuple(side), rules=own) for side, own in zip(sides, rules, strict=True)]


def _arranged(items: Sequence[Item], rules: Sequence[Rule]) -> Iterator[Block | Grid]:
    """Two columns one after the other, with what stands above and below them; else from top to bottom."""
    gutter = _gutter(items, rules)
    if not gutter:
        yield from _stacked(items, rules)
        return
    place, inside = gutter
    top = min(item.top for item in inside)
    apart = {id(item) for item in inside}
    others = [item for item in items if id(item) not in apart]
    yield from _arranged([item for item in others if item.top < top], rules)
    for band in _bands(inside, place):
        yield from _arranged([item for item in band if item.right <= place], rules)
        yield from _arranged([item for item in band if item.right > place], rules)
    yield from _arranged([item for item in others if item.top >= top], rules)


def _bands(items: Sequence[Item], place: float) -> list[list[Item]]:
    """What stands in columns, parted where all of them pause and the file has all above before all below.

    So is a page whose headings stand beside their text; columns that are read to their ends come one after the other.
    Where headings are marked as such, each begins a band, whatever the file's order.
    """
    segments = [item for item in items if isinstance(item, Segment) and item.order >= 0]
    if len(segments) < len(items):
        return [list(items)]
    bands = _paused(segments)
    headed = _headed(bands, place)
    joined: list[list[Item]] = []
    last = -1
    for band, begins in zip(bands, headed, strict=True):
        if joined and not begins and min(item.order for item in band) < last:
            joined[-1].extend(band)
        else:
            joined.append(list(band))
        last = max(last, *(item.order for item in band))
    return joined


def _paused(segments: Sequence[Segment]) -> list[list[Segment]]:
    """What stands in columns, parted where all of them pause."""
    bands: list[list[Segment]] = []
    height = median(one.height for one in segments)
    bottom = -math.inf
    for one in sorted(segments, key=lambda one: one.top):
        if one.top - bottom > height:
            bands.append([])
        bands[-1].append(one)
        bottom = max(bottom, one.bottom)
    return bands


def _headed(bands: Sequence[Sequence[Segment]], place: float) -> list[bool]:
    """Which bands begin with a heading, in a narrow column left of a place; none, where few do."""
    left, right = min(one.left for band in bands for one in band), max(one.right for band in bands for one in band)
    headed = [_is_headed(band, place) for band in bands]
    enough = sum(headed) >= FEWEST_HEADED and place - left <= NARROW * (right - left)
    return headed if enough else [False] * len(bands)


def _is_headed(band: Sequence[Segment], place: float) -> bool:
    """Whether a line of larger letters, left of a place, stands level with the first one on the right."""
    left = [one for one in band if one.right <= place]
    right = [one for one in band if one.right > place]
    if not left or not right:
        return False
    heading = min(left, key=lambda one: one.top)
    larger = heading.size > LARGE * median(one.size for one in right)
    return larger and abs(heading.top - min(one.top for one in right)) < heading.height


def _gutter(items: Sequence[Item], rules: Sequence[Rule]) -> tuple[int, list[Item]] | None:
    """The place between two columns of text and the items in these; of several, the one with most text beside it."""
    segments = list(segments_of(items))
    if len(segments) < 2 * LEAST_LINES:
        return None
    level = rules_joined(rule for rule in rules if not rule.upright)  # maybe drawn in parts, one below each column
    half = GUTTER * median(min(one.size, one.height) for one in segments)
    left, right = min(item.left for item in items), max(item.right for item in items)
    ordered = sorted(items, key=lambda item: item.top)
    best: tuple[int, int, list[Item]] = (0, 0, [])
    tried = {math.floor(one.left - half) for one in segments}
    tried = {place for place in tried if left + 40 < place < right - 40}
    for panel in (item for item in items if isinstance(item, Panel)):
        tried |= {math.floor(panel.left - half), math.ceil(panel.right + half)}
    for place in sorted(tried):
        run: list[Item] = []
        # A box that a rule is the edge of is below it, whatever their places are rounded to.
        across = sorted(rule.top - 1 for rule in level if rule.left < place - ACROSS and rule.right > place + ACROSS)
        for item in [*ordered, None]:
            if item is not None and not (item.left < place + half and item.right > place - half):
                if run and bisect_left(across, run[-1].top) != bisect_left(across, item.top):
                    best = max(best, (_beside(run, place, rules), place, run), key=lambda found: found[0])
                    run = []
                run.append(item)
                continue
            best = max(best, (_beside(run, place, rules), place, run), key=lambda found: found[0])
            run = []
    return best[1:] if best[0] else None


def _beside(run: Sequence[Item], place: float, rules: Sequence[Rule]) -> int:
    """The number of characters in two columns of text beside a place; 0 if they are none."""
    parts = [item for item in run if item.right <= place], [item for item in run if item.left >= place]
    sides = list(segments_of(parts[0])), list(segments_of(parts[1]))
    boxed = any(side and all(isinstance(item, Panel) for item in side) for side in parts)
    if any(len(rows_of(side)) < LEAST_LINES for side in sides):
        return 0
    tops, bottoms = (
        [min(one.top for one in side) for side in sides],
        [max(one.bottom for one in side) for side in sides],
    )
    shared = min(bottoms) - max(tops)
    if shared < 0.5 * min(bottom - top for top, bottom in zip(tops, bottoms, strict=True)):
        return 0
    if not boxed and not all(map(is_text, sides)):
        gap = min(one.left for one in sides[1]) - max(one.right for one in sides[0])
        if gap < 2 * GUTTER * median(one.height for side in sides for one in side):
            return 0
        kinds = are_forms(sides) or any(map(is_text, sides)) or are_long(sides)
        apart = is_written_first(*sides) or (kinds and are_written_apart(*sides))
        headed = is_text(sides[1]) and any(_headed(_paused([*sides[0], *sides[1]]), place))
        apart = apart or _is_ruled_off(*sides, max(tops), min(bottoms), rules)
        if not (apart and (headed or out_of_step(*sides))) and not are_titled(*sides) and not are_headed(*sides):
            return 0
    return sum(len(one.text) for side in sides for one in side)


def _is_ruled_off(
    left: Sequence[Segment], right: Sequence[Segment], top: float, bottom: float, rules: Sequence[Rule]
) -> bool:
    """Whether an upright rule, which is no part of a box or table, parts two sides over most of their shared height."""
    ends, begins = max(one.right for one in left), min(one.left for one in right)
    between = [rule for rule in rules if rule.upright and ends - 1 <= rule.left and rule.right <= begins + 1]
    tall = [one for one in between if min(one.bottom, bottom) - max(one.top, top) > RULED_OFF * (bottom - top)]
    return any(not any(_meet(rule, other) for other in rules if not other.upright) for rule in tall)


def _meet(upright: Rule, level: Rule) -> bool:
    beside = level.left - NEAR < upright.right and upright.left < level.right + NEAR
    return beside and upright.top - NEAR < level.bottom and level.top < upright.bottom + NEAR


def _stacked(items: Sequence[Item], rules: Sequence[Rule]) -> Iterator[Block | Grid]:
    """Rows from top to bottom; those that stand in columns are tables."""
    whole = sorted((item for item in items if not isinstance(item, Segment)), key=lambda item: (item.top, item.left))
    rest = [item for item in items if isinstance(item, Segment)]
    for item in whole:
        before = [one for one in rest if one.middle < item.top or _stands_left(one, item)]
        yield from _rows(before, rules)
        if isinstance(item, Panel):
            yield from _arranged(item.items, rules)
        else:
            yield item.grid
        done = set(map(id, before))
        rest = [one for one in rest if id(one) not in done]
    yield from _rows(rest, rules)


def _stands_left(one: Segment, panel: Item) -> bool:
    return isinstance(panel, Panel) and one.middle < panel.bottom and one.right <= panel.left


def _rows(segments: Sequence[Segment], rules: Sequence[Rule]) -> Iterator[Block | Grid]:
    if not segments:
        return
    rows = rows_of(segments)
    inner = [rule for rule in rules if rows[0][0].top < rule.top < rows[-1][-1].bottom]
    done = 0
    for start, end, grid in unruled_tables(rows, inner):
        yield from _blocks(rows[done:start])
        yield grid
        done = end
    yield from _blocks(rows[done:])


def _blocks(rows: Sequence[Sequence[Segment]]) -> Iterator[Block]:
    """Rows in blocks of lines that are neither far apart nor of different sizes."""
    if not rows:
        return
    left = min(one.left for row in rows for one in row)
    width = max(one.right for row in rows for one in row) - left
    block: list[Line] = []
    bottom = 0.0
    for row in rows:
        line = _line(row)
        top = min(one.top for one in row)
        height = max(one.height for one in row)
        if block:
            last = block[-1]
            other = abs(line.size - last.size) > OTHER_SIZE * min(line.size, last.size)
            beside = line.right < min(one.left for one in block) or line.left > max(one.right for one in block)
            if top - bottom > LEADING * height or other or beside:
                yield _block(block, width)
                block = []
        block.append(line)
        bottom = max(one.bottom for one in row)
    yield _block(block, width)


def _line(row: Sequence[Segment]) -> Line:
    longest = max(row, key=lambda one: len(one.text))
    text = " ".join(one.text for one in row)
    return Line(text, row[0].left, max(one.right for one in row), longest.size, all(one.bold for one in row))


def _block(lines: Iterable[Line], width: float) -> Block:
    lines = tuple(lines)
    return Block(lines, min(one.left for one in lines), max(one.right for one in lines), width)
