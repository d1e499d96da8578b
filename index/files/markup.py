"""HTML and Word documents as Markdown: headings, lists and tables stay, marks inside a line do not."""

import re
import warnings
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from index.files.extract import BINARY, Extract, FormatError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MAX_UNPACKED_MB = 200  #: of a Word document, which is an archive
ENOUGH = 200  #: characters of a page's main part, below which all of the page is read

_NO_TEXT = "title script style noscript template nav footer aside button select textarea svg iframe".split()
_INSIDE_LINES = "a abbr b cite code del em font i img ins kbd mark q s samp small span strong sub sup u var".split()
_NOT_IN_A_CELL = "table h1 h2 h3 h4 h5 h6 ul ol".split()
_EMPTY_LINES = re.compile(r"\n{3,}")
_LONG_SPACE = re.compile(rb"[ \t]{100,}")  # which the conversion would be very long about
_SAYS_ENCODING = re.compile(rb"<meta[^>]{0,200}charset|<\?xml[^>]{0,100}encoding", re.I)
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")


def read_html(data: bytes) -> Extract:
    """The text of a page, without what leads to others. Raises FormatError if it has none, or is no page."""
    if b"\0" in data and not data.startswith(_BYTE_ORDER_MARKS):
        raise FormatError(BINARY)
    try:
        soup = _parse(_decoded(_LONG_SPACE.sub(b" ", data)))
        named = soup.title.get_text(" ") if soup.title else ""
        for element in soup.find_all(_NO_TEXT):
            element.decompose()
        parts = soup.find_all("main")[:1] or [one for one in soup.find_all("article") if not one.find_parent("article")]
        if sum(len(part.get_text(strip=True)) for part in parts) < ENOUGH:
            parts = [soup]
        heading = next((part.h1 for part in parts if part.h1), None)
        title = " ".join((heading.get_text(" ") if heading else named).split())
        text = "\n".join(map(_to_markdown, parts))
    except Exception as error:  # whatever a page may lead its parser to
        raise FormatError(f"cannot be read as HTML ({type(error).__name__}); save its text as .txt") from None
    if not text.strip():
        raise FormatError(
            "holds no text; a page that is made by scripts must be saved from the browser, as it is shown"
        )
    return Extract(text, title)


def read_word(data: bytes) -> Extract:
    """The text of a Word document. Raises FormatError if it is damaged or has none."""
    import mammoth

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
        if size > MAX_UNPACKED_MB * 1_000_000:
            raise FormatError(f"unpacks to more than {MAX_UNPACKED_MB} MB; split it, or take its pictures out")
        images = mammoth.images.img_element(_nothing)
        html = mammoth.convert_to_html(BytesIO(data), style_map=_STYLES, convert_image=images)
        text = _to_markdown(_parse(html.value))
    except FormatError:
        raise
    except Exception as error:  # whatever a damaged archive may lead to
        raise FormatError(
            f"is damaged, or no Word document of today’s kind ({error}); save it as .docx again"
        ) from None
    if not text.strip():
        raise FormatError("is empty; put text into it or take it away")
    return Extract(text)


def _nothing(image: object) -> dict[str, str]:
    return {"src": ""}


def _decoded(data: bytes) -> bytes | str:
    """Text in UTF-8 where nothing else is said; otherwise the parser finds out what is."""
    if not data.startswith(_BYTE_ORDER_MARKS) and not _SAYS_ENCODING.search(data[:2048]):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return data


def _parse(html: bytes | str) -> "BeautifulSoup":
    from bs4 import BeautifulSoup, UnusualUsageWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnusualUsageWarning)  # that it may be XML, or no HTML at all
        return BeautifulSoup(html, "lxml")


def _to_markdown(soup: "Tag") -> str:
    from markdownify import MarkdownConverter

    for element in soup.find_all(["ol", "td", "th"]):
        for name in ("start", "colspan", "rowspan"):
            if name in element.attrs and not re.fullmatch(r"[0-9]{1,6}", str(element[name])):
                del element[name]
    _raise_what_is_raised(soup)
    _tidy_tables(soup)
    converter = MarkdownConverter(
        heading_style="ATX",
        strip=_INSIDE_LINES,
        bullets="-",
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )
    text = str(converter.convert_soup(soup)).encode("utf-8", "replace").decode("utf-8")
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return _EMPTY_LINES.sub("\n\n", lines).strip() + "\n"


def _raise_what_is_raised(soup: "Tag") -> None:
    """10 to the 6th is not 106, and a year with a note is no longer year: numbers are raised, marks of notes go."""
    for raised in soup.find_all("sup"):
        text = raised.get_text().strip()
        if raised.a and raised.a.get_text().strip() == text:
            raised.decompose()
        elif text:
            raised.replace_with(text.translate(_RAISED) if len(text.strip("0123456789+-−=()n")) == 0 else f"^{text}")


def _tidy_tables(soup: "Tag") -> None:
    """Tables that only lay out a page are taken for the page; what divides cells is marked where a cell says it."""
    for table in soup.find_all("table"):
        rows = [row.find_all(["td", "th"], recursive=False) for row in table.find_all("tr")]
        if table.find(_NOT_IN_A_CELL) or all(len(cells) <= 1 for cells in rows):
            for part in (table, *table.find_all(["caption", "thead", "tbody", "tfoot", "tr", "td", "th"])):
                part.name = "div"
        else:
            for text in table.find_all(string=re.compile(r"\|")):
                text.replace_with(text.replace("|", "\\|"))
