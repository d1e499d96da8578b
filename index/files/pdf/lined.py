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
LONGEST_LABEL = 40  #: characters


def with_values_on_rules(segments: Sequence[Segment], rules: Sequence[Rule]) -> list[Segment]:
    """The segments, of which each value on a rule is told behind its label; as they are where there is no such form."""
    upright = [one for one in rules if one.upright]
    level = [one for one in rules if not one.upright and one.right - one.left >= SHORTEST]
    lines = [one for one in level if not any(_meets(one, other) for other in upright)]
    on = {rule: found for rule in lines if (found := _standing_on(segments, rule))}
    values = {id(one) for found in on.values() for one in found}
    fields = {rule: label for rule, found in on.items() if (label := _label_of(rule, found[0], segments, values))}
    if not _are_form(fields, on):
        return list(segments)
    done = {id(one) for rule, label in fields.items() for one in (label, *on[rule])}
    told = [_field(label, on[rule]) for rule, label in fields.items()]
    return [*(one for one in segments if id(one) not in done), *map(_row, rows_of(told))]


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


def _row(fields: Sequence[Segment]) -> Segment:
    """Fields side by side as one line."""
    return replace(fields[0], text=DIVIDER.join(one.text for one in fields), right=fields[-1].right)


def _field(label: Segment, value: Sequence[Segment]) -> Segment:
    text = " ".join(one.text for one in value)
    return replace(label, text=f"{label.text.rstrip(' .:')}: {text}", right=value[-1].right)
