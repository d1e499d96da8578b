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
_SETTINGS = "yaml yml toml ini cfg conf xml log tex bib"
_SUFFIXES = {
    Format("text:read_text"): "txt text",
    Format("text:read_code"): f"{_CODE} {_SETTINGS}",
    Format("markdown:read_markdown", markdown=True): "md markdown",
    Format("rst:read_rst"): "rst",
    Format("markup.pages:read_html", markdown=True): "html htm xhtml",
    Format("word.document:read_word", markdown=True): "docx docm",
    Format("open_document:read_odt", markdown=True): "odt",
    Format("books:read_rtf"): "rtf",
    Format("books:read_book", markdown=True): "epub",
    Format("books:read_notebook", markdown=True): "ipynb",
    Format("pdf.document:read_pdf"): "pdf",
    Format("pictures:read_picture"): "png jpg jpeg tif tiff bmp webp",
    Format("slides:read_slides"): "pptx pptm ppsx",
    Format("open_document:read_odp", markdown=True): "odp",
    Format("sheets.workbooks:read_sheets", headed=False): "xlsx xlsm xls ods",
    Format("sheets.workbooks:read_csv"): "csv tsv",
    Format("transcripts:read_webvtt"): "vtt",
    Format("transcripts:read_subrip"): "srt",
    Format("calendars:read_calendar"): "ics",
    Format("records:read_json"): "json",
    Format("records:read_json_lines"): "jsonl",
    Format("mail:read_message"): "eml",
    Format("mail:read_outlook"): "msg",
    Format("mail:read_mailbox"): "mbox",
}

FORMATS = {
    f".{suffix}": kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes.split()
}  #: by suffix, in lower case
