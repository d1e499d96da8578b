"""The kinds of files that are read, and how each becomes text."""

from collections.abc import Callable
from dataclasses import dataclass
from pkgutil import resolve_name

from index.files.extract import Extract


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    reader: str  #: module of `index.files` and function that reads it
    markdown: bool = False  #: whether the text that it becomes follows Markdown's rules
    headed: bool = True  #: whether the first heading is the title of all; the name of a workbook's first sheet is not

    def read(self, data: bytes) -> Extract:
        """What a file of this kind holds. Raises FormatError."""
        read: Callable[[bytes], Extract] = resolve_name(f"index.files.{self.reader}")  # imported when it is needed
        return read(data)


_CODE = "py js ts jsx tsx java c h cc cpp hpp cs go rs rb php swift kt scala sh bash ps1 sql r lua pl css scss"
_SETTINGS = "json jsonl yaml yml toml ini cfg conf xml log tex bib"
_PICTURES = "png jpg jpeg tif tiff bmp webp"

FORMATS = {
    ".txt": Format("text:read_text"),
    ".text": Format("text:read_text"),
    ".md": Format("markdown:read_markdown", markdown=True),
    ".markdown": Format("markdown:read_markdown", markdown=True),
    ".rst": Format("rst:read_rst"),
    ".html": Format("markup:read_html", markdown=True),
    ".htm": Format("markup:read_html", markdown=True),
    ".xhtml": Format("markup:read_html", markdown=True),
    ".docx": Format("word:read_word", markdown=True),
    ".odt": Format("books:read_odt", markdown=True),
    ".rtf": Format("books:read_rtf"),
    ".pdf": Format("pdf:read_pdf"),
    ".docm": Format("word:read_word", markdown=True),
    ".pptx": Format("slides:read_slides"),
    ".pptm": Format("slides:read_slides"),
    ".ppsx": Format("slides:read_slides"),
    ".xlsx": Format("sheets:read_sheets", headed=False),
    ".xlsm": Format("sheets:read_sheets", headed=False),
    ".xls": Format("sheets:read_sheets", headed=False),
    ".ods": Format("sheets:read_sheets", headed=False),
    ".csv": Format("sheets:read_csv"),
    ".tsv": Format("sheets:read_csv"),
    ".epub": Format("books:read_book", markdown=True),
    ".eml": Format("mail:read_message"),
    ".msg": Format("mail:read_outlook"),
    ".mbox": Format("mail:read_mailbox"),
    ".ipynb": Format("books:read_notebook"),
    **{f".{suffix}": Format("text:read_code") for suffix in f"{_CODE} {_SETTINGS}".split()},
    **{f".{suffix}": Format("pictures:read_picture") for suffix in _PICTURES.split()},
}  #: by suffix, in lower case
