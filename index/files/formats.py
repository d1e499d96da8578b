"""The kinds of files that are read, and how each becomes text."""

from collections.abc import Callable
from dataclasses import dataclass

from index.files.extract import BINARY, Extract, FormatError
from index.files.markup import read_html, read_word
from index.files.pdf import read_pdf


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    read: Callable[[bytes], Extract]  #: raises FormatError
    markdown: bool  #: whether the text that it becomes follows Markdown's rules


def _read_text(data: bytes) -> Extract:
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FormatError(BINARY)
    try:
        # A byte-order mark is not text; everything else, line endings included, stays as it is.
        return Extract(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FormatError(
            f"is not UTF-8 text (byte {error.start + 1} is not); save it as UTF-8 and try again"
        ) from None


_TEXT, _MARKDOWN = Format(_read_text, markdown=False), Format(_read_text, markdown=True)
_HTML, _WORD, _PDF = (
    Format(read_html, markdown=True),
    Format(read_word, markdown=True),
    Format(read_pdf, markdown=False),
)

FORMATS = {
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _HTML,
    ".htm": _HTML,
    ".docx": _WORD,
    ".pdf": _PDF,
}  #: by suffix, in lower case
