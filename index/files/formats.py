"""The kinds of files that are read, and how each becomes text."""

from collections.abc import Callable
from dataclasses import dataclass

from index.files.books import read_book, read_notebook, read_odt, read_rtf
from index.files.extract import Extract
from index.files.mail import read_mailbox, read_message, read_outlook
from index.files.markdown import read_markdown
from index.files.markup import read_html
from index.files.pdf import read_pdf
from index.files.pictures import read_picture
from index.files.rst import read_rst
from index.files.sheets import read_csv, read_sheets
from index.files.slides import read_slides
from index.files.text import read_code, read_text
from index.files.word import read_word


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    read: Callable[[bytes], Extract]  #: raises FormatError
    markdown: bool = False  #: whether the text that it becomes follows Markdown's rules


_CODE = "py js ts jsx tsx java c h cc cpp hpp cs go rs rb php swift kt scala sh bash ps1 sql r lua pl css scss"
_SETTINGS = "json jsonl yaml yml toml ini cfg conf xml log tex bib"
_PICTURES = "png jpg jpeg tif tiff bmp webp"

FORMATS = {
    ".txt": Format(read_text),
    ".text": Format(read_text),
    ".md": Format(read_markdown, markdown=True),
    ".markdown": Format(read_markdown, markdown=True),
    ".rst": Format(read_rst),
    ".html": Format(read_html, markdown=True),
    ".htm": Format(read_html, markdown=True),
    ".xhtml": Format(read_html, markdown=True),
    ".docx": Format(read_word, markdown=True),
    ".odt": Format(read_odt, markdown=True),
    ".rtf": Format(read_rtf),
    ".pdf": Format(read_pdf),
    ".docm": Format(read_word, markdown=True),
    ".pptx": Format(read_slides),
    ".pptm": Format(read_slides),
    ".ppsx": Format(read_slides),
    ".xlsx": Format(read_sheets),
    ".xlsm": Format(read_sheets),
    ".xls": Format(read_sheets),
    ".ods": Format(read_sheets),
    ".csv": Format(read_csv),
    ".tsv": Format(read_csv),
    ".epub": Format(read_book, markdown=True),
    ".eml": Format(read_message),
    ".msg": Format(read_outlook),
    ".mbox": Format(read_mailbox),
    ".ipynb": Format(read_notebook),
    **{f".{suffix}": Format(read_code) for suffix in f"{_CODE} {_SETTINGS}".split()},
    **{f".{suffix}": Format(read_picture) for suffix in _PICTURES.split()},
}  #: by suffix, in lower case
