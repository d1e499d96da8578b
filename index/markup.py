"""HTML and Word documents as Markdown: headings, lists and tables stay, marks inside a line do not."""

import re
import warnings
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from index.formats import Extract, FormatError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

MAX_UNPACKED_MB = 200  #: of a Word document, which is an archive
ENOUGH = 200  #: characters of a page's main part, below which all of the page is read

_NO_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "footer",
    "aside",
    "form",
    "button",
    "svg",
    "iframe",
    "head",
)
_INSIDE_LINES = ["a", "abbr", "b", "cite", "code", "del", "em", "i", "img", "ins", "kbd", "mark", "q", "s", "samp"]
_INSIDE_LINES += ["small", "span", "strong", "sub", "sup", "u", "var"]
_EMPTY_LINES = re.compile(r"\n\s*\n\s*\n+")
_LINE_END_SPACE = re.compile(r"[ \t]+$", re.M)
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"


def read_html(data: bytes) -> Extract:
    """The text of a page, without what leads to others. Raises FormatError if it has none."""
    soup = _parse(data)
    heading = soup.h1 or soup.title
    title = " ".join(heading.get_text(" ").split()) if heading else ""
    for element in soup.find_all(_NO_TEXT):
        element.decompose()
    main = soup.find("main") or soup.find("article")
    text = _to_markdown(main if main and len(main.get_text(strip=True)) >= ENOUGH else soup)
    if not text:
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
        html = mammoth.convert_to_html(
            BytesIO(data), style_map=_STYLES, convert_image=mammoth.images.img_element(_nothing)
        )
    except FormatError:
        raise
    except Exception as error:  # whatever a damaged archive may lead to
        raise FormatError(
            f"is damaged, or no Word document of today’s kind ({error}); save it as .docx again"
        ) from None
    text = _to_markdown(_parse(html.value))
    if not text:
        raise FormatError("is empty; put text into it or take it away")
    return Extract(text)


def _nothing(image: object) -> dict[str, str]:
    return {"src": ""}


def _parse(html: bytes | str) -> "BeautifulSoup":
    from bs4 import BeautifulSoup, UnusualUsageWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnusualUsageWarning)  # that it may be XML, or no HTML at all
        return BeautifulSoup(html, "html.parser")


def _to_markdown(soup: "Tag") -> str:
    from markdownify import MarkdownConverter

    converter = MarkdownConverter(
        heading_style="ATX",
        strip=_INSIDE_LINES,
        bullets="-",
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
        table_infer_header=True,
    )
    try:
        text = str(converter.convert_soup(soup))
    except RecursionError:
        raise FormatError("is nested too deeply to be read; save its text as .txt") from None
    text = _LINE_END_SPACE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _EMPTY_LINES.sub("\n\n", text).strip() + "\n" if text.strip() else ""
