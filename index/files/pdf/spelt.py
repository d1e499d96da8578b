"""What the letters of a line in a PDF file say where some are set apart, or hide."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

SOFT_HYPHEN = "\u00ad"
WORD_GAP = 1.5  #: times the gap between the letters of a word set apart from each other
LEAST_APART = 3  #: letters that make a word so
LOOSE = (
    0.1  #: of the letters' height, from which the gaps between them, by the middle one, are those of a loose setting
)
LEAST_LOOSE = 8  #: letters of a line that tell it
SPACE_IN_LOOSE = 0.3  #: of that height, below which no gap that the file has no space in is one there
TYPED = -2  #: the number of a space that the file itself has

_DRESSED = re.compile(r"[\ufb00-\ufb06\U0001d400-\U0001d7ff]")  # ligatures, and the letters of formulas
#: What many a file says that Calibri's ligatures are, and no word has behind a small letter.
_MISNAMED = {"Ɵ": "ti", "Ʃ": "tt"}
_LIGATURE = re.compile(rf"(?<=[a-z])[{''.join(_MISNAMED)}]")


@dataclass(slots=True)
class Letter:
    """A character where it stands on a page; a space, in the gap before the next one."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    number: int


def spelt(run: Sequence[Letter]) -> str:
    """What a run says: soft hyphens within it are drawn or nothing, and letters set apart from each other are words."""
    seen = [one for one, after in pairwise(run) if one.text != SOFT_HYPHEN or after.left > (one.left + one.right) / 2]
    seen = [replace(one, text="-") if one.text == SOFT_HYPHEN else one for one in seen] + [run[-1]]
    seen = _without_gaps(seen)
    apart = all(" " in (one.text, after.text) for one, after in pairwise(seen))
    letters = [one for one in seen if one.text != " "]
    if not apart or len(letters) < LEAST_APART or 2 * sum(one.text.isalpha() for one in letters) < len(letters):
        return "".join(one.text for one in seen)
    gaps = [after.left - before.right for before, after in pairwise(letters)]
    wide = WORD_GAP * median(gaps)
    typed = [False] * len(gaps)  # whether the file itself has a space in a gap
    for one in seen:
        if one.number == TYPED:
            typed[sum(letter.right <= one.left for letter in letters[:-1]) - 1] = True
    ends = [gap > wide for gap in gaps] if all(typed) or not any(typed) else typed
    if all(typed) and not any(ends):
        return "".join(one.text for one in seen)  # each letter stands alone
    parts = zip(letters[1:], ends, strict=True)
    return letters[0].text + "".join(f" {one.text}" if end else one.text for one, end in parts)


def _without_gaps(run: list[Letter]) -> list[Letter]:
    """A run without the gaps of a loose setting, which are wider beside some letters, and are no spaces."""
    beside = [(one, after) for one, after in pairwise(run) if one.text[-1].isalnum() and after.text[0].isalnum()]
    if len(beside) < LEAST_LOOSE:
        return run
    height = median(one.bottom - one.top for one, _ in beside)
    if median(after.left - one.right for one, after in beside) < LOOSE * height:
        return run
    least = SPACE_IN_LOOSE * height
    return [one for one in run if one.text != " " or one.number == TYPED or one.right - one.left >= least]


def undressed(text: str) -> str:
    """A text with plain letters for ligatures and the letters of formulas."""
    plain = _DRESSED.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return _LIGATURE.sub(lambda found: _MISNAMED[found[0]], plain)
