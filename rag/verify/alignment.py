"""Align a text with the stretch of another that it is likest to."""

from collections.abc import Sequence

SLACK = 4  #: tokens by which the likeliest place may begin and end elsewhere


def likeliest(wanted: Sequence[str], there: Sequence[str]) -> tuple[int, int] | None:
    """The stretch `first:last` of tokens that it takes fewest changes to make the wanted ones of; None if none is like.

    Of several, the one whose ends agree, then the shortest.
    """
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.fuzz import partial_ratio_alignment

    alignment = partial_ratio_alignment(wanted, there) if wanted and there else None
    if alignment is None or alignment.score == 0:
        return None
    begin, end = (alignment.dest_start, alignment.dest_end) if len(wanted) <= len(there) else (0, len(there))
    windows = (
        (first, last)
        for first in range(max(0, begin - SLACK), min(begin + SLACK, len(there)))
        for last in range(max(first + 1, end - SLACK), min(end + SLACK, len(there)) + 1)
    )

    def changes(window: tuple[int, int]) -> tuple[int, int, int]:
        first, last = window
        ends = (wanted[0] != there[first]) + (wanted[-1] != there[last - 1])
        return Levenshtein.distance(wanted, there[first:last]), ends, last - first

    return min(windows, key=changes)


def changed_blocks(wanted: Sequence[str], there: Sequence[str]) -> list[tuple[slice, slice]]:
    """Where the one differs from the other: the tokens of each, either of which may be none."""
    from rapidfuzz.distance import Levenshtein

    return [
        (slice(edit.src_start, edit.src_end), slice(edit.dest_start, edit.dest_end))
        for edit in Levenshtein.opcodes(wanted, there)
        if edit.tag != "equal"
    ]
