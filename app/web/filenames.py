"""Names for uploaded files: what a browser calls a file is anyone's text, and no path."""

import re
import unicodedata
from collections.abc import Collection
from itertools import count
from pathlib import PurePosixPath

MAX_BYTES = 120  #: of a name, in UTF-8; file systems allow 255
MAX_SUFFIX = 12  #: characters; what is longer is no suffix

_FORBIDDEN = re.compile(r'[<>:"|?*]')  # by Windows; the separators of paths are dealt with first
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³]) *(?=\.|$)", re.I
)  # devices, on Windows
_NO_TEXT = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}  # controls, directions, surrogates, line ends


def safe_name(name: str, taken: Collection[str] = ()) -> str:
    """A name for a file in a folder of ours, like `name`, and none of `taken`.

    It is one visible line, of the last part of a path, neither hidden nor reserved on any system, and at most
    `MAX_BYTES` long with its suffix kept. Where only its case differs from another's, it counts as the same.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(" " if unicodedata.category(character) in _NO_TEXT else character for character in last)
    plain = _trim(_FORBIDDEN.sub("_", visible)) or "document"
    if _RESERVED.match(plain):
        plain = f"_{plain}"
    suffix = PurePosixPath(plain).suffix
    if len(suffix) > MAX_SUFFIX:
        suffix = ""
    stem = plain.removesuffix(suffix)
    others = {other.casefold() for other in taken}
    for number in count(1):
        ending = f" ({number}){suffix}" if number > 1 else suffix
        candidate = f"{_shorten(stem, MAX_BYTES - len(ending.encode()))}{ending}"
        if candidate.casefold() not in others:
            return candidate
    raise AssertionError("numbers do not end")


def _trim(text: str) -> str:
    """Single spaces, and no space or full stop at either end: hidden files begin with one, Windows drops them."""
    return " ".join(text.split()).strip(" .")


def _shorten(stem: str, size: int) -> str:
    return _trim(stem.encode()[:size].decode(errors="ignore"))
