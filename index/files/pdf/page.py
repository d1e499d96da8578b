"""A page of a PDF as a picture, and where on it a quotation stands."""

import io
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from ctypes import byref, c_int
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from index.files.extract import FormatError
from index.files.pdf.accents import with_accents
from index.files.pdf.document import PDFIUM
from index.files.pdf.forms import MARK, open_forms, open_page
from index.files.pdf.glyphs import boxed, characters
from index.files.pdf.ligatures import with_ligatures
from index.files.pdf.spelt import Letter
from index.files.tables.rows import DIVIDER

WIDTH = 1300  #: pixels
MOST_PIXELS = 3_000_000
QUALITY = 85  #: of the JPEG file
FOUND = 0.6  #: share of a quotation's letters, or of a row's words, from which it is marked
LEAST_RUN = 12  #: letters of a quotation that stand together on a page, if not all of them do
MOST_ROWS = 8  #: of a page that one row of a table may take
_GRID = 10_000  # steps over a page's width and height, in which PDFium tells places

Box = tuple[float, float, float, float]  #: left, top, right and bottom as shares of the page's width and height


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a JPEG file, how many there are, and the boxes of the quotation; none if it was not found."""

    jpeg: bytes
    pages: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    box: Box
    word: int  #: number of the word that it is of


def picture(data: bytes, number: int, quotation: str = "", earlier: int = 0) -> Picture:
    """Draw a page of a PDF file.

    Args:
        data: The file.
        number: The page, from 0.
        quotation: What of the page's text is to be found, as the document's text has it.
        earlier: How many times the same stands before it on the page.

    Raises FormatError if the file or the page cannot be read.
    """
    with PDFIUM:
        try:
            with pypdfium2.PdfDocument(data) as file:
                if not 0 <= number < len(file):
                    raise FormatError(f"has {len(file)} pages, and no page {number + 1}")
                open_forms(file)
                page = open_page(file, number)
                boxes = _find(_letters(page), quotation, earlier)
                return Picture(_draw(page), len(file), tuple(boxes))
        except pypdfium2.PdfiumError as error:
            raise FormatError(f"cannot be drawn ({error})") from None


def times(quotation: str, text: str) -> int:
    """How many times a quotation stands in a text, by its letters."""
    folded = fold(quotation)
    return fold(text).count(folded) if folded else 0


def fold(text: str) -> str:
    """The letters and figures alone: layouts change all else, such as broken words and the marks between cells."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text))).casefold()


def _draw(page: Any) -> bytes:
    width, height = page.get_size()
    scale = min(WIDTH / width, math.sqrt(MOST_PIXELS / (width * height)))
    file = io.BytesIO()
    page.render(scale=scale).to_pil().convert("RGB").save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _letters(page: Any) -> list[_Letter]:
    """The letters and figures of a page in the order of its file."""
    textpage = page.get_textpage()
    rectangle = pdfium.FS_RECTF()
    drawn: list[Letter] = []
    for number, code in characters(textpage.raw):
        if boxed(textpage.raw, number, rectangle):
            place = rectangle.left, rectangle.right, rectangle.top, rectangle.bottom
            drawn.append(Letter(chr(code), *place, number))
        elif not fold(chr(code)):
            drawn.append(Letter(" ", 0.0, 0.0, 0.0, 0.0, number))
    words: list[list[Letter]] = [[]]
    for one in with_accents(drawn):
        if fold(one.text):
            words[-1].append(one)
        else:
            words.append([])
    words = with_ligatures(textpage.raw, words)
    textpage.close()
    letters: list[_Letter] = []
    for number, word in enumerate(words):
        for letter in word:
            box = _box(page, letter)
            letters += [_Letter(one, box, number) for one in fold(letter.text)]
    return letters


def _box(page: Any, letter: Letter) -> Box:
    """Where a letter, in a page's own coordinates, is seen, whichever way the page is turned."""
    x, y = c_int(), c_int()
    places = []
    for left, top in ((letter.left, letter.top), (letter.right, letter.bottom)):
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, _GRID, _GRID, 0, left, top, byref(x), byref(y))
        places.append((x.value / _GRID, y.value / _GRID))
    (one, other), (third, fourth) = places
    return min(one, third), min(other, fourth), max(one, third), max(other, fourth)


def _find(letters: Sequence[_Letter], quotation: str, earlier: int) -> list[Box]:
    """The boxes of a quotation: as a whole, by its longest pieces or, of a table's row, by its cells."""
    quotation = MARK.sub("", quotation)  # which no page has
    wanted = fold(quotation)
    if not wanted:
        return []
    text = "".join(letter.text for letter in letters)
    starts = [found.start() for found in re.finditer(f"(?={re.escape(wanted)})", text)]
    if starts:
        start = starts[min(earlier, len(starts) - 1)]
        return _joined(letter.box for letter in letters[start : start + len(wanted)])
    if DIVIDER in quotation or ": " in quotation:
        return _row(letters, quotation)
    blocks = SequenceMatcher(None, wanted, text, autojunk=False).get_matching_blocks()
    runs = [block for block in blocks if block.size >= LEAST_RUN]
    if sum(run.size for run in runs) < FOUND * len(wanted):
        return []
    return _joined(letter.box for run in runs for letter in letters[run.b : run.b + run.size])


def _row(letters: Sequence[_Letter], quotation: str) -> list[Box]:
    """The words of a row where they stand: its text repeats the names of the columns, the page does not."""
    cells = quotation.replace("\n", DIVIDER).split(DIVIDER)
    values = Counter(word for cell in cells for word in _words(cell.split(": ", 1)[-1]))
    names = Counter(_words(quotation))
    rows = _rows(letters)
    if not rows or not values:
        return []
    held = [Counter(text for text, _ in row) for row in rows]
    best = max(range(len(rows)), key=lambda row: ((held[row] & values).total(), (held[row] & names).total()))
    first = last = best
    found = held[best]
    for step in (1, -1):  # cells of several lines go on below and above
        row = best + step
        while 0 <= row < len(rows) and last - first < MOST_ROWS and held[row] & (values - found):
            found += held[row]
            first, last = min(first, row), max(last, row)
            row += step
    if (found & values).total() < FOUND * values.total():
        return []
    return _joined(box for row in rows[first : last + 1] for text, box in row if text in names)


def _words(text: str) -> list[str]:
    return [folded for word in re.findall(r"\w+", text) if (folded := fold(word))]


def _rows(letters: Sequence[_Letter]) -> list[list[tuple[str, Box]]]:
    """The words of a page, by the height at which they stand."""
    words: list[tuple[str, Box]] = []
    last = -1
    for letter in letters:
        if letter.word == last and _on_one_line(words[-1][1], letter.box):
            words[-1] = words[-1][0] + letter.text, _around(words[-1][1], letter.box)
        else:
            words.append((letter.text, letter.box))
        last = letter.word
    rows: list[list[tuple[str, Box]]] = []
    for word in sorted(words, key=lambda word: (word[1][1] + word[1][3], word[1][0])):
        if rows and _on_one_line(rows[-1][0][1], word[1]):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda word: word[1][0]) for row in rows]


def _joined(boxes: Iterable[Box]) -> list[Box]:
    """Boxes of letters as boxes of stretches of lines, which may run down a page that is turned."""
    joined: list[Box] = []
    last: Box | None = None
    for box in boxes:
        if last and (_follows(last, box) or _follows(_turned(last), _turned(box))):
            joined[-1] = _around(joined[-1], box)
        else:
            joined.append(box)
        last = box
    return joined


def _follows(one: Box, other: Box) -> bool:
    """Whether a letter stands beside another, or a word's space from it."""
    gap = max(other[0] - one[2], one[0] - other[2])
    return _on_one_line(one, other) and gap < other[3] - other[1]


def _turned(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


def _on_one_line(one: Box, other: Box) -> bool:
    overlap = min(one[3], other[3]) - max(one[1], other[1])
    return overlap > 0.5 * min(one[3] - one[1], other[3] - other[1])


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
