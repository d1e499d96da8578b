"""Forms on a page of a PDF in which each value is written on a rule, its label to the left of it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from index.files.pdf.boxes import NEAR
from index.files.pdf.filled import may_name
from index.files.pdf.letters import rows_of
from index.files.pdf.rules import Rule
from index.files.pdf.segment import Segment
from index.files.tables.rows import DIVIDER

FEWEST = 3  #: such rules of a page with something on them, which is no mere figure on more than half
MOSTLY = 0.75  #: of the rules with something on them, that have a label beside them
ROOM = 1.15  #: times the width of what stands on it, from which a rule is a line to write on; most are
SHORTEST = 30.0  #: points
INDENT = 12.0  #: points behind a rule's beginning, within which it is written on
LONGEST_LABEL, LONGEST_UNIT = 40, 4  #: characters


def with_values_on_rules(segments: Sequence[Segment], rules: Sequence[Rule]) -> list[Segment]:
    """The segments, of which each value on a rule is told behind its label; as they are where there is no such form."""
    upright = [one for one in rules if one.upright]
    level = [one for one in rules if not one.upright and one.right - one.left >= SHORTEST]
    lines = [one for one in level if not any(_meets(one, other) for other in upright)]
    on = {rule: found for rule in lines if (found := _standing_on(segments, rule))}
    values = {id(one) for found in on.values() for one in found}
    fields = {rule: label for rule, found in on.items() if (label := _label_of(rule, found[0], segments, values))}
    known = values | {id(label) for label in fields.values()}
    said = {rule: [*on[rule], *_unit_behind(rule, on[rule][-1], segments, known)] for rule in fields}
    known |= {id(one) for found in said.values() for one in found}
    if not _are_form(fields, on) or _have_further_columns(fields, on, segments, known):
        return list(segments)
    told = [_field(label, said[rule]) for rule, label in fields.items()]
    done = {id(one) for rule, label in fields.items() for one in (label, *said[rule])}
    rest = [one for one in segments if id(one) not in done]
    return [*rest, *(one for row in rows_of(told) for one in _joined(row, rest))]


def _left(segment: Segment) -> float:
    return segment.left


def _meets(level: Rule, upright: Rule) -> bool:
    """Whether a level rule touches an upright one, and so is the edge of a box."""
    beside = level.left - NEAR <= upright.left <= level.right + NEAR
    return beside and upright.top - NEAR <= level.top <= upright.bottom + NEAR


def _standing_on(segments: Sequence[Segment], rule: Rule) -> list[Segment]:
    """What is written on a rule, from left to right; nothing where it reaches out: then that is but underlined."""
    near = [one for one in segments if one.left < rule.right and one.right > rule.left]
    near = sorted((one for one in near if one.middle < rule.top <= one.bottom + 0.5 * one.height), key=_left)
    inside = all(rule.left - NEAR <= one.left and one.right <= rule.right + NEAR for one in near)
    apart = any(later.left - one.right > one.height for one, later in pairwise(near))
    begins = bool(near) and near[0].left <= rule.left + INDENT
    return near if inside and begins and not apart else []


def _label_of(rule: Rule, value: Segment, segments: Sequence[Segment], values: Set[int]) -> Segment | None:
    """What stands next to a rule on its left, on the line of what is on it; None if that is no label."""
    line = [one for one in segments if value.top < one.middle < value.bottom and one.right <= rule.left + NEAR]
    label = max(line, key=_left, default=None)
    known = label is None or id(label) in values or len(label.text) > LONGEST_LABEL
    return label if label and not known and may_name(label.text) else None


def _are_form(fields: Mapping[Rule, Segment], on: Mapping[Rule, Sequence[Segment]]) -> bool:
    """Whether rules are lines to write on: most have room left, and few have but a figure, as sums of accounts do."""
    apart = len({id(label) for label in fields.values()}) == len(fields)
    roomy = sum(rule.right - rule.left >= ROOM * (on[rule][-1].right - on[rule][0].left) for rule in fields)
    words = sum(any(any(map(str.isalpha, one.text)) for one in on[rule]) for rule in fields)
    enough = len(fields) >= max(FEWEST, MOSTLY * len(on))
    return apart and enough and 2 * roomy > len(fields) and 2 * words > len(fields)


def _unit_behind(rule: Rule, value: Segment, segments: Sequence[Segment], known: Set[int]) -> list[Segment]:
    """What stands right behind a rule, as "kg" does, and is of its value; nothing where nothing does."""
    line = (one for one in segments if value.top < one.middle < value.bottom and id(one) not in known)
    near = (one for one in line if -NEAR <= one.left - rule.right <= value.height and len(one.text) <= LONGEST_UNIT)
    return sorted(near, key=_left)[:1]


def _have_further_columns(
    fields: Mapping[Rule, Segment], on: Mapping[Rule, Sequence[Segment]], segments: Sequence[Segment], known: Set[int]
) -> bool:
    """Whether on most lines something else stands behind the last rule: these are rows of a table."""
    lines: dict[int, Rule] = {}
    for rule in fields:
        at = round(rule.top)
        lines[at] = max(lines.get(at, rule), rule, key=lambda one: one.right)
    beside = (
        any(
            on[rule][0].top < one.middle < on[rule][0].bottom and one.left > rule.right and id(one) not in known
            for one in segments
        )
        for rule in lines.values()
    )
    return 2 * sum(beside) > len(lines)


def _joined(fields: Sequence[Segment], rest: Sequence[Segment]) -> Sequence[Segment]:
    """Fields side by side as one line; each by itself where something else stands between them."""
    first, last = fields[0], fields[-1]
    between = (first.top < one.middle < first.bottom and first.left < one.left < last.left for one in rest)
    if any(between):
        return fields
    return [replace(first, text=DIVIDER.join(one.text for one in fields), right=last.right)]


def _field(label: Segment, value: Sequence[Segment]) -> Segment:
    text = " ".join(one.text for one in value)
    return replace(label, text=f"{label.text.rstrip(' .:')}: {text}", right=value[-1].right)
