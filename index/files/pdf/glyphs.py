"""What PDFium tells of the characters of a page: where they stand, how large, how they are turned, and how bold."""

import math
import re
from collections.abc import Iterator
from ctypes import byref, c_double, c_int, c_uint, create_string_buffer
from typing import Any

import pypdfium2.raw as pdfium

BOLD = 600  #: weight of a font from which it is bold
HIGH = 20.0  #: points of a letter's box, from which it is held against the letter's size
TOO_HIGH = 4.5  #: times that size, from which the font lies; the signs of formulas are up to four
ASCENT, DESCENT = 0.95, 0.25  #: of that size, above and below its line, as fonts that do not

SAMPLED = 400  #: characters of a page
FEWEST = 30  #: of these, from which a page is judged by them
NAMELESS, STRANGE = 0.5, 0.1  #: shares of them from which they may be anything

_WAVE = 0x273F  #: as which PDFium tells the pieces of LaTeX's wavy line below words
_BLANK = frozenset((0, 9, 10, 13, 32, 160))
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibd|demi", re.I)
_PICTURES_NAME = re.compile(rb"wingdings|webdings|dingbats", re.I)


def characters(textpage: Any) -> Iterator[tuple[int, int]]:
    """The number and code of each character of a page; of one beyond U+FFFF, told in halves, the first one's number.

    Wavy lines that are made of characters are none.
    """
    high = 0
    for number in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, number)
        if code == _WAVE and b"LASY" in font_of(textpage, number):
            continue
        if 0xDC00 <= code < 0xE000 and high:
            yield number - 1, 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
        elif not 0xD800 <= code < 0xE000:
            yield number, code
        high = code if 0xD800 <= code < 0xDC00 else 0


def is_garbled(textpage: Any) -> bool:
    """Whether most letters of a page have no names that they could be told by, so that what they say is anything."""
    count = pdfium.FPDFText_CountChars(textpage)
    sample = range(0, count, max(1, count // SAMPLED))
    codes = {number: pdfium.FPDFText_GetUnicode(textpage, number) for number in sample}
    codes = {number: code for number, code in codes.items() if code not in _BLANK}
    nameless = sum(pdfium.FPDFText_HasUnicodeMapError(textpage, number) == 1 for number in codes)
    strange = sum(code < ord(" ") or 0xE000 <= code < 0xF900 for code in codes.values())  # of no script
    return len(codes) >= FEWEST and nameless > NAMELESS * len(codes) and strange > STRANGE * len(codes)


def boxed(textpage: Any, number: int, box: Any) -> bool:
    """Whether a character stands anywhere; where, is written into `box`.

    Some fonts tell of boxes that reach over the lines above and below: Cambria, which has formulas as well.
    """
    if not pdfium.FPDFText_GetLooseCharBox(textpage, number, box):
        return False
    height = box.top - box.bottom
    if height > HIGH and height > TOO_HIGH * (size := size_of(textpage, number, height)):
        x, y = c_double(), c_double()
        if not angle(textpage, number) and pdfium.FPDFText_GetCharOrigin(textpage, number, x, y):
            box.bottom, box.top = y.value - DESCENT * size, y.value + ASCENT * size
    return True


def angle(textpage: Any, number: int) -> float:
    """By how much a character is turned, in radians counterclockwise."""
    turned = -pdfium.FPDFText_GetCharAngle(textpage, number)
    # Telerik's reports have fonts of sizes below zero, upside down on lines that are upside down themselves.
    return float(turned + math.pi if pdfium.FPDFText_GetFontSize(textpage, number) < 0 else turned)


def size_of(textpage: Any, number: int, height: float) -> float:
    """The size of a character in points; that of its box, `height`, where the file does not tell."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(textpage, number, matrix):
        return height
    return float(abs(pdfium.FPDFText_GetFontSize(textpage, number)) * math.hypot(matrix.c, matrix.d)) or height


def is_bold(textpage: Any, number: int) -> bool:
    """Whether a character is bold, by the weight or the name of its font."""
    if pdfium.FPDFText_GetFontWeight(textpage, number) >= BOLD:
        return True
    return bool(_BOLD_NAME.search(font_of(textpage, number)))


def colour_of(textpage: Any, number: int) -> int:
    """The colour of a character: red, green and blue, to 255 each, as one number; black if it is not told."""
    red, green, blue, opacity = (c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(textpage, number, byref(red), byref(green), byref(blue), byref(opacity))
    return red.value << 16 | green.value << 8 | blue.value


def is_picture(textpage: Any, number: int) -> bool:
    """Whether a character is drawn as something else than a letter, by the name of its font."""
    return bool(_PICTURES_NAME.search(font_of(textpage, number)))


def font_of(textpage: Any, number: int) -> bytes:
    """The name of a character's font."""
    name, flags = create_string_buffer(128), c_int()
    pdfium.FPDFText_GetFontInfo(textpage, number, name, 128, byref(flags))
    return name.value
