"""Tables on a page of a PDF with rules between their rows, and none between their columns: these are drawn here.

So are tables of prose in manuals: a symptom, its causes over several lines, and what to do, between two rules.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from index.files.pdf.boxes import NEAR
from index.files.pdf.letters import rows_of
from index.files.pdf.rules import Rule
from index.files.pdf.segment import Segment, runs_over
from index.files.pdf.signs import is_figure
from index.files.tables.cells import LONGEST_LABEL

FEWEST_RULES = 3
LEAST_GAP = 0.6  #: of the letters' height, between columns
MOST_APART = 1.0  #: times the letters' height: between a rule and the first line of a row below it
PAUSE = 2.5  #: the same: between two causes of one symptom, say, in a row below the last rule
LARGER = 1.1  #: times the size of letters, from which a line is no row below others
LONG_NAME = 60  #: characters of the first column, from which it is shorter than others if it names rows
MOST_FIGURES = 0.3  #: of all parts; tables of figures are told by their columns

Gap = tuple[float, float]


def missing_uprights(rules: Sequence[Rule], segments: Sequence[Segment]) -> Iterator[Rule]:
    """The rules between the columns of tables that have but rules between their rows, with the frames of these."""
    for level in _families(rules):
        left, right, tops = level[0].left, level[0].right, [rule.top for rule in level]
        if any(_stands_between(one, level) for one in rules):
            continue
        beside = [one for one in segments if one.left > left - NEAR and one.right < right + NEAR]
        bands = [[one for one in beside if upper < one.middle < lower] for upper, lower in pairwise(tops)]
        head = _line_above(beside, tops[0])
        if len(head) < 2:
            head, bands = _lone_row(bands[0]), bands[1:]
        tail = list(_tail(beside, tops[-1], head, bands))
        bands = [band for band in (*bands, tail) if band]
        gaps = _gaps([*head, *(one for band in bands for one in band)])
        if _are_rows(head, bands, gaps):
            top = min(tops[0], *(one.top - 1 for one in head))
            foot = max([tops[-1], *(one.bottom + 1 for one in tail)])
            yield from (Rule(left, right, place, place) for place in (top, foot) if place not in tops)
            yield from (Rule(place, place, top, foot) for place in (left, *_middles(gaps), right))


def _families(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Level rules that are as wide as each other, from top to bottom, each at a height of its own."""
    level = rules_joined(rule for rule in rules if not rule.upright)
    while level:
        first = level[0]
        family = [one for one in level if abs(one.left - first.left) < NEAR and abs(one.right - first.right) < NEAR]
        level = [one for one in level if one not in family]
        apart = [family[0]]
        apart += (lower for upper, lower in pairwise(family) if lower.top > upper.top + NEAR)
        if len(apart) >= FEWEST_RULES:
            yield apart


def rules_joined(rules: Iterable[Rule]) -> list[Rule]:
    """Level rules from top to bottom, of which those that meet are one."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.top), rule.left)):
        last = joined[-1] if joined else rule
        if joined and abs(rule.top - last.top) < 1 and rule.left < last.right + NEAR:
            joined[-1] = replace(last, right=max(last.right, rule.right))
        else:
            joined.append(rule)
    return joined


def _stands_between(rule: Rule, level: Sequence[Rule]) -> bool:
    """Whether an upright rule stands between some level ones, or beside them."""
    beside = level[0].left - NEAR < rule.left < level[0].right + NEAR
    return rule.upright and beside and rule.bottom > level[0].top and rule.top < level[-1].top


def _line_above(beside: Sequence[Segment], top: float) -> list[Segment]:
    """The line right above a rule."""
    above = rows_of([one for one in beside if one.middle < top])
    return above[-1] if above and top - above[-1][0].bottom < above[-1][0].height else []


def _lone_row(band: Sequence[Segment]) -> list[Segment]:
    """The one line of a band; empty if there are several."""
    rows = rows_of(band)
    return list(rows[0]) if len(rows) == 1 else []


def _tail(
    beside: Sequence[Segment], top: float, head: Sequence[Segment], bands: Sequence[Sequence[Segment]]
) -> Iterator[Segment]:
    """What stands below the last rule as the rows above it do: the last row of all may have no rule below it.

    It begins in the first column and another one, in letters like theirs, as near to the rule, and ends at a wider gap.
    """
    body = [one for band in bands for one in band]
    rows = [rows_of(band) for band in bands if band]
    middles = _middles(_gaps([*head, *body]))
    below = rows_of([one for one in beside if one.middle > top])
    if not middles or not rows or not below:
        return
    widest = max((lower[0].top - upper[0].bottom for band in rows for upper, lower in pairwise(band)), default=0.0)
    columns = _columns(below[0], middles)
    like = all(one.bold <= body[0].bold and one.size < LARGER * body[0].size for one in below[0])
    if not like or len(columns) < 2 or 0 not in columns or below[0][0].top - top > MOST_APART * below[0][0].height:
        return
    bottom = below[0][0].top
    for row in below:
        across = any(one.left < middle < one.right for one in row for middle in middles)
        # What stands beside the name of the row, and not below it, may pause longer.
        most = widest + 1 if row[0].left < middles[0] else max(widest + 1, PAUSE * row[0].height)
        if across or row[0].top - bottom > most:
            break
        bottom = max(one.bottom for one in row)
        yield from row


def _gaps(segments: Sequence[Segment]) -> list[Gap]:
    """Where nothing stands, from left to right, wide enough to part columns."""
    if not segments:
        return []
    least = LEAST_GAP * median(one.height for one in segments)
    gaps: list[Gap] = []
    end = min(one.right for one in segments)
    for one in sorted(segments, key=lambda one: one.left):
        if one.left - end > least:
            gaps.append((end, one.left))
        end = max(end, one.right)
    return gaps


def _middles(gaps: Sequence[Gap]) -> list[float]:
    return [(left + right) / 2 for left, right in gaps]


def _columns(parts: Sequence[Segment], borders: Sequence[float]) -> set[int]:
    """The columns that parts begin in."""
    return {bisect_right(borders, one.left) for one in parts}


def _are_rows(head: Sequence[Segment], bands: Sequence[Sequence[Segment]], gaps: Sequence[Gap]) -> bool:
    """Whether there are names over columns, and rows of several lines below them."""
    borders = _middles(gaps)
    if len(bands) < 2 or not gaps or not len(_columns(head, borders)) == len(head) == len(gaps) + 1:
        return False
    if any(len(one.text) > LONGEST_LABEL or is_figure(one.text) for one in head):
        return False
    several = [rows for rows in map(rows_of, bands) if len(rows) > 1]
    across = sum(len(_columns(band, borders)) > 1 for band in bands)
    parts = [one for band in bands for one in band]
    figures = sum(is_figure(one.text) for one in parts)
    if 2 * len(several) < len(bands) or 2 * across <= len(bands) or figures > MOST_FIGURES * len(parts):
        return False
    if 2 * sum(_holds_rows(band, gaps[0]) for band in several) >= len(several):
        return False
    first = gaps[0][0] + 1  # where the first column ends
    told = [[(one.right < first, len(one.text)) for one in band] for band in bands]
    named = median(sum(chars for is_name, chars in band if is_name) for band in told)
    others = median(sum(chars for is_name, chars in band if not is_name) for band in told) / len(gaps)
    return named <= max(LONG_NAME, others / 2)


def _holds_rows(band: Sequence[Sequence[Segment]], gap: Gap) -> bool:
    """Whether a band has several rows, each with a name left of a gap, or a name for them all."""
    names = [row[0] for row in band if row[0].right <= gap[0]]
    is_group = len(band[0]) == 1 and names[:1] == list(band[0]) and names[0].bold and not band[1][-1].bold
    goes_on = any(runs_over(upper, lower, gap[1]) for upper, lower in pairwise(names))
    level = sum(len(row) > 1 and row[0].right <= gap[0] for row in band)
    return is_group or (level > 1 and not goes_on)
