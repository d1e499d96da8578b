"""Forms on a page of a PDF whose labels stand above their values: lines of both take turns."""

from collections.abc import Sequence

from index.files.pdf.bands import are_names
from index.files.pdf.rows import CLOSER, distance_between
from index.files.pdf.segment import Segment
from index.files.tables.cells import Cell, is_label
from index.files.tables.rows import Grid

FEWEST_LINES = 2  #: of labels, each with one of values; a table may have one
SMALLER = 0.9  #: times the size of values, below which labels are smaller
OFF = 2.0  #: points, up to which a value may begin away from its label


def form_of(rows: Sequence[Sequence[Segment]], start: int) -> tuple[int, Grid] | None:
    """The row after the last of a form that begins at `start`, and its fields; None if none does."""
    end = start
    while end + 1 < len(rows) and _are_labels(rows[end], rows[end + 1]) and _are_apart(rows, start, end):
        end += 2
    if end - start < 2 * FEWEST_LINES or (end < len(rows) and not _are_apart(rows, start, end)):
        return None
    cells = [
        Cell(_field(label, rows[at + 1]), number, column, indent=label.left)
        for number, at in enumerate(range(start, end, 2))
        for column, label in enumerate(rows[at])
    ]
    return end, Grid(tuple(cells))


def _field(label: Segment, values: Sequence[Segment]) -> str:
    """A label with the value below it, or alone where nothing is filled in."""
    return ": ".join([label.text, *(one.text for one in values if abs(one.left - label.left) < OFF)])


def _are_labels(labels: Sequence[Segment], values: Sequence[Segment]) -> bool:
    """Whether several words, smaller than those of the line below them or bold as these are not, name each of these."""
    if len(labels) < 2 or not are_names([labels]) or not all(is_label(one.text) for one in labels):
        return False
    smaller = max(one.size for one in labels) < SMALLER * min(one.size for one in values)
    bolder = all(one.bold for one in labels) and not any(one.bold for one in values)
    ends = [*(one.left for one in labels[1:]), float("inf")]
    beneath = all(
        any(abs(value.left - label.left) < OFF and value.right < end for label, end in zip(labels, ends, strict=True))
        for value in values
    )
    near = distance_between(labels, values) < values[0].height
    return (smaller or bolder) and beneath and near and not labels[0].text.endswith(":")


def _are_apart(rows: Sequence[Sequence[Segment]], start: int, end: int) -> bool:
    """Whether the row at `end` is further off than any value from its label; so is nothing that is below no value."""
    if end == start:
        return True
    within = max(distance_between(rows[at], rows[at + 1]) for at in range(start, end, 2))
    return distance_between(rows[end - 1], rows[end]) > within + CLOSER * rows[end][0].height
