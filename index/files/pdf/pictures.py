"""Pictures on a page of a PDF that show text: no letters tell it, but shapes that stand in lines as letters do."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    import numpy as np

FEWEST_LETTERS = 130  #: in pictures of a page that are worth reading; a chart has fewer, and a photo hardly any
LEAST_SHARE = 0.04  #: of a page's area; a smaller picture is a logo
MOST_PIXELS = 40_000_000  #: of a picture that is looked at
SCALE = 2  #: pixels per point at which that is done
AROUND = 25  #: pixels, of what is around one
CONTRAST = 40  #: of 255, between a letter and that
HEIGHTS = range(6, 41)  #: of letters, in pixels
WIDEST = 2.5  #: times their height; some touch each other
MOST_SHAPES = 20_000  #: of a picture; more are a pattern
LEVEL = 2  #: pixels, by which letters of one line stand higher or lower
NEXT = 1.5  #: times the height of letters, from one to the next
FEWEST_IN_LINE = 8  #: shapes that stand beside each other by no chance


class _Shape(NamedTuple):
    left: int
    right: int
    top: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top


def shows_text(page: Any) -> bool:
    """Whether one of pypdfium2's pages has text in pictures, and not once more in letters that lie over them."""
    left, bottom, right, top = page.get_cropbox()
    found = 0
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        box = item.get_bounds()
        box = max(box[0], left), max(box[1], bottom), min(box[2], right), min(box[3], top)
        width, height = max(0.0, box[2] - box[0]), max(0.0, box[3] - box[1])
        if width * height > LEAST_SHARE * (right - left) * (top - bottom) and _pixels(item) <= MOST_PIXELS:
            shown = _letters(item, (round(SCALE * width), round(SCALE * height)))
            found += max(0, shown - _told(page, box)) if shown else 0
    return found >= FEWEST_LETTERS


def _told(page: Any, box: tuple[float, ...]) -> int:
    textpage = page.get_textpage()
    told = len(textpage.get_text_bounded(*box))
    textpage.close()
    return told


def _pixels(item: Any) -> int:
    width, height = item.get_px_size()
    return int(width * height)


def _letters(item: Any, size: tuple[int, int]) -> int:
    try:
        picture = item.get_bitmap().to_pil().convert("L").resize(size)
    except pypdfium2.PdfiumError:  # of a kind that it does not draw
        return 0
    return letters_in(picture)


def letters_in(picture: Any) -> int:
    """How many dark shapes of a picture (PIL), or light ones, stand in lines, as letters do."""
    import numpy as np
    from scipy.ndimage import uniform_filter

    grey = np.asarray(picture.convert("L"), dtype=np.float32)
    darker = uniform_filter(grey, AROUND) - grey
    return max(_in_lines(sorted(_shapes(ink))) for ink in (darker > CONTRAST, darker < -CONTRAST))


def _shapes(ink: "np.ndarray") -> Iterator[_Shape]:
    """What hangs together and has the size of a letter."""
    from scipy.ndimage import find_objects, label

    marked, count = label(ink, [[1] * 3] * 3)
    for rows, columns in find_objects(marked) if count <= MOST_SHAPES else ():
        shape = _Shape(columns.start, columns.stop, rows.start, rows.stop)
        if shape.height in HEIGHTS and shape.right - shape.left <= WIDEST * shape.height:
            yield shape


def _in_lines(shapes: Sequence[_Shape]) -> int:
    """How many of the shapes, from left to right, stand in lines of some length."""
    lines: list[list[_Shape]] = []
    open_lines: dict[int, list[_Shape]] = {}  # by the level of their first shapes
    for shape in shapes:
        level = shape.bottom // LEVEL
        near = (open_lines.get(at) for at in (level, level - 1, level + 1))
        line = next((one for one in near if one and _follows(one[-1], shape)), None)
        if line is None:
            line = open_lines[level] = []
            lines.append(line)
        line.append(shape)
    return sum(len(line) for line in lines if len(line) >= FEWEST_IN_LINE)


def _follows(one: _Shape, other: _Shape) -> bool:
    gap = other.left - one.right
    tallest, lowest = max(one.height, other.height), min(one.height, other.height)
    return -lowest < 2 * gap <= 2 * NEXT * tallest and tallest < 2 * lowest
