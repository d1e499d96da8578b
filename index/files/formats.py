"""The kinds of files that are read, and how each becomes text."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from pkgutil import resolve_name

from index.files.extract import Extract


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file."""

    name: str  #: as a person calls it; some have the same
    reader: str  #: module of `index.files` and function that reads it
    markdown: bool = False  #: whether the text that it becomes follows Markdown's rules
    headed: bool = True  #: whether the first heading is the title of all; the name of a workbook's first sheet is not

    def read(self, data: bytes) -> Extract:
        """What a file of this kind holds. Raises FormatError."""
        read: Callable[[bytes], Extract] = resolve_name(f"index.files.{self.reader}")  # imported when it is needed
        return read(data)


_CODE = "py js ts jsx tsx java c h cc cpp hpp cs go rs rb php swift kt scala sh bash ps1 sql r lua pl css scss"
_SUFFIXES = {  # the first of each is told
    Format("text", "text:read_text"): "txt text",
    Format("Markdown", "markdown:read_markdown", markdown=True): "md markdown",
    Format("reStructuredText", "rst:read_rst"): "rst",
    Format("HTML", "markup.pages:read_html", markdown=True): "html htm xhtml",
    Format("e-mail", "mail:read_message"): "eml",
    Format("e-mail", "mail:read_outlook"): "msg",
    Format("e-mail", "mail:read_mailbox"): "mbox",
    Format("books", "books:read_book", markdown=True): "epub",
    Format("PowerPoint", "slides:read_slides"): "pptx pptm ppsx",
    Format("Excel", "sheets.workbooks:read_sheets", headed=False): "xlsx xlsm xls",
    Format("tables", "sheets.workbooks:read_csv"): "csv tsv",
    Format("records", "records:read_json"): "json",
    Format("records", "records:read_json_lines"): "jsonl",
    Format("OpenDocument", "open_document:read_odt", markdown=True): "odt",
    Format("OpenDocument", "sheets.workbooks:read_sheets", headed=False): "ods",
    Format("OpenDocument", "open_document:read_odp", markdown=True): "odp",
    Format("rich text", "books:read_rtf"): "rtf",
    Format("notebooks", "notebooks:read_notebook", markdown=True): "ipynb",
    Format("transcripts", "transcripts:read_webvtt"): "vtt",
    Format("transcripts", "transcripts:read_subrip"): "srt",
    Format("calendars", "calendars:read_calendar"): "ics",
    Format("source code such as Python", "text:read_code"): _CODE,
    Format("settings such as YAML", "text:read_code"): "yaml yml toml ini cfg conf xml log tex bib",
    Format("with the extra “ocr” pictures of text", "pictures:read_picture"): "png jpg jpeg tif tiff bmp webp",
    Format("Word", "word.document:read_word", markdown=True): "docx docm",
    Format("PDF", "pdf.document:read_pdf"): "pdf",
}

FORMATS = {
    f".{suffix}": kind for kind, suffixes in _SUFFIXES.items() for suffix in suffixes.split()
}  #: by suffix, in lower case


def _listed() -> str:
    told: dict[str, list[str]] = {}
    for kind, suffixes in _SUFFIXES.items():
        told.setdefault(kind.name, []).append(f".{suffixes.split()[0]}")
    *most, last = (f"{name} ({', '.join(found)})" for name, found in told.items())
    return f"{', '.join(most)} and {last}"


KINDS = _listed()  #: all of them, in words


OTHER_KIND = "is not a kind of file that is read"


def of_other_kind(path: Path) -> str:
    """Why a file is not read that is of none of these kinds; reads on after its name."""
    return f"{OTHER_KIND} ({path.suffix or 'it has no suffix'})"
