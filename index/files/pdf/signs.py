"""Signs beside what they belong to in a row of a table on a page of a PDF: of money, bullets, ticks, percent signs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from index.files.pdf.segment import Segment
from index.files.tables.cells import MONEY

FAR = 6.0  #: times the letters' height, from which a sign is not of what follows it
SIGN_WIDTH = 0.5  #: of the letters' height, and of a space
_NOTHING = ("-", "–", "—")  # as tables have it where there is no figure
_SIGN = re.compile(rf"{MONEY.pattern}|[+(]|[xXo☐☒☑✓□■•▪◦‣●○·]")  # to whatever follows it, if that is near


def with_signs(row: Sequence[Segment]) -> list[Segment]:
    """The parts of a row, signs of money, bullets and ticks joined to what they belong to."""
    joined: list[Segment] = []
    for segment in chain.from_iterable(map(_apart_from_sign, row, [*row[1:], None])):
        if joined and _is_sign_of(joined[-1], segment):
            sign = joined.pop()
            space = "" if sign.text[-1] in "$€£¥+(" else " "
            lead = segment.left - sign.left if MONEY.fullmatch(sign.text) else 0.0
            segment = replace(segment, text=f"{sign.text}{space}{segment.text}", left=sign.left, lead=lead)
        elif joined and segment.text in (")", "%", ")%") and segment.left - joined[-1].right < FAR * segment.height:
            last = joined.pop()
            segment = replace(last, text=last.text + segment.text, right=segment.right)
        joined.append(segment)
    return joined


def _apart_from_sign(segment: Segment, after: Segment | None) -> Iterator[Segment]:
    """A figure and, by itself, the sign of money right behind it, if what comes next is a figure that has none."""
    figure, space, sign = segment.text.rpartition(" ")
    behind = space and MONEY.fullmatch(sign) and is_figure(figure)
    if not behind or after is None or not is_figure(after.text) or MONEY.search(after.text):
        yield segment
        return
    begins = segment.right - SIGN_WIDTH * segment.height * len(sign)
    yield replace(segment, text=figure.rstrip(), right=begins - SIGN_WIDTH * segment.height)
    yield replace(segment, text=sign, left=begins)


def _is_sign_of(sign: Segment, segment: Segment) -> bool:
    if MONEY.fullmatch(sign.text) and (is_figure(segment.text) or segment.text in _NOTHING):
        return True
    return bool(_SIGN.fullmatch(sign.text)) and segment.left - sign.right < FAR * segment.height


def is_figure(text: str) -> bool:
    """Whether at least half of a text's letters and digits are digits."""
    return 2 * sum(map(str.isdigit, text)) >= max(1, sum(map(str.isalnum, text)))
