"""Text recognition for scans and pictures, where the extra `ocr` is installed."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from statistics import fmean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.files.pdf.letters import Page
    from index.files.pdf.segment import Segment

MOST_SCANS = 100  #: pages of a file that are recognised
SCALE = 2.5  #: pixels per point of a page that is drawn to be recognised
LEAST_SURE = 0.5  #: lines that the recognition is less sure of are left out

# Facts of a document, called as no field of its text can be.
UNREAD = "pages:unread"  #: which pages were not recognised
RECOGNISED = "pages:recognised"  #: that pages were, and how surely
NEEDED = "install text recognition (OCR) with `pip install 'footnote[ocr]'`, or run it on the file first"


def available() -> bool:
    """Whether text recognition is installed."""
    return find_spec("rapidocr") is not None


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    return RapidOCR(params={"Global.log_level": "error"})


def recognise(picture: Any, scale: float = SCALE) -> "tuple[Page, list[float]]":
    """What stands on a picture (PIL) as a page, and how sure each line of it is, 0 to 1."""
    import numpy as np

    from index.files.pdf.letters import Page
    from index.files.pdf.segment import Segment

    found = _engine()(np.asarray(picture.convert("RGB")), use_cls=False)  # pages stand upright, as a rule
    segments, sure = [], []
    lines = zip(found.boxes, found.txts, found.scores, strict=True) if found.txts else ()
    for corners, text, score in lines:
        xs, ys = [float(x) / scale for x, _ in corners], [float(y) / scale for _, y in corners]
        if float(score) >= LEAST_SURE and text.strip():
            height = max(ys) - min(ys)
            segments.append(Segment(text.strip(), min(xs), max(xs), min(ys), max(ys), round(height), False))
            sure.append(float(score))
    return Page(tuple(segments), (), picture.width / scale, picture.height / scale), sure


def without(picture: Any, told: "Sequence[Segment]", scale: float = SCALE) -> Any:
    """A picture (PIL) of a page on which what letters tell already is painted over."""
    from PIL import ImageDraw

    pen = ImageDraw.Draw(picture)
    for one in told:
        pen.rectangle([scale * place for place in (one.left, one.top, one.right, one.bottom)], fill="white")
    return picture


def left_out(pages: Mapping[int, bool]) -> tuple[str, str]:
    """What a document's facts say of pages, by their numbers from 0, that are pictures, or are drawn like them.

    With each stands whether it has letters that are read, and pictures beside them.
    """
    silent, pictured = ([page for page, has_letters in pages.items() if has_letters is one] for one in (False, True))
    told = [
        *([f"{_places(silent)} hold{_verb(silent)} no letters that can be read"] if silent else []),
        *([f"{_places(pictured)} show{_verb(pictured)} pictures that look like text"] if pictured else []),
    ]
    needed = NEEDED if not available() else f"split the file, as at most {MOST_SCANS} such pages are recognised"
    return UNREAD, f"{', and '.join(told)}; if there is text on {'it' if len(pages) == 1 else 'them'}, {needed}"


def _places(pages: Sequence[int]) -> str:
    named: list[str] = []
    for _, some in groupby(enumerate(pages), lambda one: one[1] - one[0]):  # which stays as long as pages follow
        run = [page + 1 for _, page in some]
        named += [f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run)
    places = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"page{'s' * (len(pages) > 1)} {places}"


def _verb(pages: Sequence[int]) -> str:
    return "s" if len(pages) == 1 else ""


def told(sure: list[float]) -> tuple[str, str]:
    """What a document's facts say of its recognition."""
    return RECOGNISED, f"from pictures, by text recognition that is {fmean(sure):.0%} sure"
