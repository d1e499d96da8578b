"""Forms on a page of a PDF whose cells are drawn, each with its label at the top, in small letters, above its value."""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from index.files.pdf.boxes import NEAR, Box, around, stands_in
from index.files.pdf.letters import rows_of
from index.files.pdf.segment import Segment
from index.files.tables.cells import LONGEST_HEADER, MONEY, Cell
from index.files.tables.rows import DIVIDER, Grid

FEWEST = 4  #: cells with a label and a value
FEWEST_ROWS = 3  #: of a table among them, its head one of these
FEWEST_COLUMNS = 3
MOSTLY = 0.6  #: of the cells that have several lines
SMALLER = 0.9  #: times the size of a value, up to which a label is smaller
LONGEST_VALUE = 200  #: characters

Lines = Sequence[Sequence[Segment]]


def parts_of_form(boxes: Sequence[Box], segments: Sequence[Segment]) -> list[tuple[list[Box], bool]]:
    """The cells of a form in parts, one below the other, and whether each is a table; none if they are no form's."""
    held = {box: rows_of(one for one in segments if stands_in(one, box)) for box in boxes}
    several = [lines for lines in held.values() if len(lines) > 1]
    fields = sum(map(_is_field, several))
    beside = sum(len(one.text) for one in _without_frame(boxes, segments))
    if fields < FEWEST or fields < MOSTLY * len(several) or beside > LONGEST_VALUE:
        return []
    tops = [
        list(beside) for _, beside in groupby(sorted(boxes, key=lambda box: (box[1], box[0])), key=lambda box: box[1])
    ]
    runs = [[*run] for _, run in groupby(tops, key=lambda beside: _columns(beside, held))]
    parts: list[tuple[list[Box], bool]] = []
    for run in runs:
        cells = [box for beside in run for box in beside]
        is_table = len(run) >= FEWEST_ROWS and bool(_columns(run[0], held))
        reach = max((box[3] for part, _ in parts for box in part), default=-math.inf)
        if parts and (is_table is parts[-1][1] is False or cells[0][1] < reach - NEAR):
            parts[-1] = [*parts[-1][0], *cells], False
        else:
            parts.append((cells, is_table))
    return [(part, is_table) for part, is_table in parts if any(held[box] for box in part)]


def _without_frame(boxes: Sequence[Box], segments: Sequence[Segment]) -> list[Segment]:
    """What stands among cells and in none of them."""
    whole = around(boxes)
    return [one for one in segments if stands_in(one, whole) and not any(stands_in(one, box) for box in boxes)]


def _columns(beside: Sequence[Box], held: Mapping[Box, Lines]) -> tuple[int, ...]:
    """Where the cells of a row of a table begin; nothing if there are fields among them, or too few."""
    is_table = len(beside) >= FEWEST_COLUMNS and not any(_is_field(held[box]) for box in beside)
    return tuple(round(box[0]) for box in beside) if is_table else ()


def fields_of(boxes: Sequence[Box], segments: Sequence[Segment]) -> Grid:
    """The fields of a form, a row for those that stand beside each other, with what stands there without a frame."""
    held = {box: rows_of(one for one in segments if stands_in(one, box)) for box in boxes}
    apart = _without_frame(boxes, segments)
    held |= {(one.left, one.top, one.right, one.bottom): [[one]] for one in apart}
    rows: list[list[str]] = []
    ordered = sorted((box for box in held if held[box]), key=lambda box: (box[1], box[0]))
    for last, box in pairwise([*ordered[:1], *ordered]):
        if not rows or box[1] > last[1] + NEAR:
            rows.append([])
        rows[-1] += _told(held[box])
    # As one cell: blanks side by side are no name with its value.
    return Grid(tuple(Cell(DIVIDER.join(texts), row, 0) for row, texts in enumerate(rows)))


def _is_field(lines: Lines) -> bool:
    """Whether the first line of a cell is a label: what is below it is larger, or but a sign of money, and not long."""
    if len(lines) < 2:
        return False
    sizes = [_size(line) for line in lines]
    label, value = _text(lines[:1]), _text(lines[1:])
    smaller = 0 < sizes[0] <= SMALLER * max(sizes) or not any(sizes[1:])
    smaller = smaller and any(map(str.isalpha, label))
    return smaller and len(label) <= LONGEST_HEADER and len(value) <= LONGEST_VALUE


def _told(lines: Lines) -> Iterator[str]:
    """The fields of a cell, each with its label, of which some may be blank; or its text."""
    if not any(map(_size, lines[1:])):
        yield _text(lines[:1])
        return
    usual = max(map(_size, lines))
    label = ""
    for small, some in groupby(lines, key=lambda line: 0 < _size(line) <= SMALLER * usual):
        text = _text([*some])
        if not small and label and not MONEY.fullmatch(text):
            yield f"{label.rstrip(' :')}: {text}"
        elif label or not small:
            yield label or text
        label = text if small else ""
    if label:
        yield label


def _size(line: Sequence[Segment]) -> float:
    """Of a line's letters; 0 if it is but a sign of money, which may be of any size."""
    return max((one.size for one in line if not MONEY.fullmatch(one.text)), default=0.0)


def _text(lines: Lines) -> str:
    return " ".join(one.text for line in lines for one in line)
