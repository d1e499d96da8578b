"""Accents that a PDF file has as signs of their own beside the letters that they are drawn over: "Qu´ebec"."""

import unicodedata
from collections.abc import Sequence
from typing import TypeVar

from index.files.pdf.spelt import Letter

#: Signs, and the accents that they are over a letter, or below it.
_ACCENTS = {
    "`": "\u0300", "´": "\u0301", "\u02ca": "\u0301", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303",
    "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c",
    "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
T = TypeVar("T")  #: what stands among letters
_DOTLESS = {"ı": "i", "ȷ": "j"}
OVER = 0.6  #: share of the narrower one's width in which a sign and its letter overlap


def with_accents(letters: Sequence[T | Letter]) -> list[T | Letter]:
    """The letters of a page in the order of its file, those with an accent drawn over them with it, and the spaces."""
    told: list[T | Letter] = []
    for one in letters:
        before = told[-1] if told else None
        if isinstance(one, Letter) and isinstance(before, Letter) and (joined := _joined(before, one)):
            told[-1] = joined
        else:
            told.append(one)
    return told


def _joined(one: Letter, other: Letter) -> Letter | None:
    """Two as one letter, if one is the accent of the other."""
    sign, letter = (one, other) if one.text in _ACCENTS else (other, one)
    if sign.text not in _ACCENTS or not letter.text.isalpha():
        return None
    shared = min(sign.right, letter.right) - max(sign.left, letter.left)
    accented = unicodedata.normalize("NFC", _DOTLESS.get(letter.text, letter.text) + _ACCENTS[sign.text])
    if len(accented) > 1 or shared < OVER * min(sign.right - sign.left, letter.right - letter.left):
        return None
    return Letter(accented, letter.left, letter.right, letter.top, letter.bottom, letter.number)
