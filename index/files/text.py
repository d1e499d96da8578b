"""Text files, in whatever encoding, and source code."""

import re

from index.files.aligned import tell_rows
from index.files.extract import BINARY, Extract, FormatError
from index.types import Block

MOST_BYTES = 50_000_000  #: of a text file that is read
MOST_ZEROS = 0.9  #: of the letters, from which a file is taken for UTF-16 without a byte-order mark
ENOUGH_BYTES = 40  #: from which an encoding other than UTF-8 can be told

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")


def decode(data: bytes) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text of a file, and its encoding if it is none of Unicode's. Raises FormatError if it is no text.

    A byte-order mark is not text; everything else, line endings included, stays as it is.
    """
    if len(data) > MOST_BYTES:
        raise FormatError(f"holds more than {MOST_BYTES // 1_000_000} MB of text; split it")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff"), ()
            except UnicodeDecodeError:
                raise FormatError(f"says that it is {encoding.upper()} text and is not; save it as UTF-8") from None
    if b"\0" in data:
        wide = _wide(data)
        if wide is None:
            raise FormatError(BINARY)
        return data.decode(wide), (("encoding", wide),)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        problem = error
    from charset_normalizer import from_bytes

    best = from_bytes(data[:200_000]).best() if len(data) >= ENOUGH_BYTES else None
    if best is not None and best.encoding != "ascii":
        try:
            return data.decode(best.encoding), (("encoding", best.encoding.replace("_", "-")),)
        except UnicodeDecodeError:
            pass
    raise FormatError(f"is not UTF-8 text (byte {problem.start + 1} is not); save it as UTF-8 and try again")


def _wide(data: bytes) -> str | None:
    """Which UTF-16 a file is that does not say so: nearly all of its letters have a zero byte, on the same side."""
    for encoding, zeros, others in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if len(data) % 2 == 0 and zeros.count(0) > MOST_ZEROS * len(zeros) and 0 not in others:
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return None


def read_text(data: bytes) -> Extract:
    """A text file as it is, but for the rows of tables, which tell their columns' names. Raises FormatError."""
    text, facts = decode(data)
    text, blocks = tell_rows(text)
    return Extract(text, facts=facts, blocks=blocks)


def read_code(data: bytes) -> Extract:
    """Source code, or a file of settings: each line is a unit. Raises FormatError if it is no text."""
    text, facts = decode(data)
    blocks = [Block(found.start(), found.end(), whole=True) for found in _LINE.finditer(text)]
    return Extract(text, facts=facts, blocks=tuple(blocks))
