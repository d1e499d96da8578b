"""PDF files as plain text: paragraphs put together again from lines, running heads left out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING, Any

from index.formats import Extract, FormatError

if TYPE_CHECKING:
    from pdfminer.layout import LTPage, LTTextContainer

FLOW = -0.5  #: -1 reads by column, 1 by height; a short last column still comes last
FULL = 0.85  #: share of a paragraph's width from which a line goes on in the next
LARGE = 1.15  #: times the usual height, from which a line is a heading
MARGIN = 0.08  #: share of a page's height at its top and bottom, where running heads and page numbers stand
REPEATED = 0.5  #: share of the pages on which a running head stands
SAME_COLUMN = 30  #: points by which the left edges of a column's paragraphs may differ
MOST_TITLE_WORDS = 20

_UNKNOWN = re.compile(r"\(cid:\d+\)")
_BULLET = "(cid:127)"  # in the fonts that every viewer has
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_LIGATURE = re.compile(r"[\ufb00-\ufb06]")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d+|[ivxlc]+)(?:\s*(?:of|/)\s*\d+)?\W*|(?:https?|file)://\S+", re.I)
_ENDS = re.compile(r"[.!?:…][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[-*•–▪◦]|\(?(?:\d{1,3}|[a-z])[.)])\s")
_WORD = re.compile(r"\w+(?![-\u00ad\u2010]$)\b")
_HYPHENATED = re.compile(r"\w+-\w+")
_BROKEN = re.compile(r"(\w+)[-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    height: float


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stand together on a page."""

    lines: tuple[_Line, ...]
    left: float
    right: float
    in_margin: bool  #: at the top or bottom of its page

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def pattern(self) -> str:
        """Its text without numbers, which running heads count up."""
        return re.sub(r"\d+", "#", self.text)


def read_pdf(data: bytes) -> Extract:
    """The text of a PDF file and where its pages begin. Raises FormatError if it is damaged, locked or has no text."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    if not data[:1024].lstrip().startswith(b"%PDF"):
        raise FormatError("is not a PDF file, whatever its name says; give the file itself")
    try:
        pages = [list(_blocks(page)) for page in extract_pages(BytesIO(data), laparams=LAParams(boxes_flow=FLOW))]
    except PDFPasswordIncorrect:
        raise FormatError("is locked by a password; save a copy without one") from None
    except Exception as error:  # whatever a damaged file may lead to
        raise FormatError(f"is damaged ({type(error).__name__}: {error}); open it and save it anew") from None
    pages = _without_running_heads(pages)
    if not any(pages):
        raise FormatError(
            "holds no text that can be read; if it is scanned, or its fonts do not tell their letters, run text "
            "recognition (OCR) on it first"
        )
    text, starts = _put_together(pages)
    return Extract(text, _title(pages[0]) if pages[0] else "", starts)


def _blocks(page: "LTPage") -> Iterator[_Block]:
    from pdfminer.layout import LTTextContainer

    for item in page:
        if isinstance(item, LTTextContainer) and (lines := tuple(_lines(item))):
            in_margin = item.y1 < page.y0 + MARGIN * page.height or item.y0 > page.y1 - MARGIN * page.height
            yield _Block(lines, min(line.left for line in lines), max(line.right for line in lines), in_margin)


def _lines(container: "LTTextContainer[Any]") -> Iterator[_Line]:
    from pdfminer.layout import LTTextLine

    for line in container:
        if isinstance(line, LTTextLine) and (text := _clean(line.get_text())):
            yield _Line(text, line.x0, line.x1, line.height)


def _clean(text: str) -> str:
    """The text of a line with letters for ligatures, without what has no letter, and evenly spaced."""
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.replace(_BULLET, "•"))
    return " ".join(_CONTROL.sub("", _UNKNOWN.sub("", text)).split())


def _without_running_heads(pages: Sequence[Sequence[_Block]]) -> list[list[_Block]]:
    counts = Counter(pattern for page in pages for pattern in {block.pattern for block in page if block.in_margin})
    repeated = {pattern for pattern, n in counts.items() if n > 1 and n >= REPEATED * len(pages)}

    def runs(block: _Block) -> bool:
        return block.in_margin and (block.pattern in repeated or bool(_PAGE_NUMBER.fullmatch(block.text)))

    return [[block for block in page if not runs(block)] for page in pages]


def _put_together(pages: Sequence[Sequence[_Block]]) -> tuple[str, tuple[int, ...]]:
    """The text with an empty line between paragraphs, and where each page begins in it."""
    lines = [line for page in pages for block in page for line in block.lines]
    usual = median(line.height for line in lines)
    known = {
        word.casefold() for line in lines for pattern in (_WORD, _HYPHENATED) for word in pattern.findall(line.text)
    }
    text, starts = "", []
    for page in pages:
        start: int | None = None
        for paragraph in (one for block in page for one in _paragraphs(block, _width(block, page), usual, known)):
            goes_on = start is None and text and not _ENDS.search(text) and paragraph[0].islower()
            text = _joined(text, paragraph, known) if goes_on else f"{text}\n\n{paragraph}" if text else paragraph
            start = len(text) - len(paragraph) if start is None else start
        starts.append(len(text) if start is None else max(0, start))
    return f"{text}\n", tuple(starts)


def _width(block: _Block, page: Sequence[_Block]) -> float:
    """The width of the column that a block stands in."""
    return max(other.right - other.left for other in page if abs(other.left - block.left) < SAME_COLUMN)


def _paragraphs(block: _Block, width: float, usual: float, known: set[str]) -> Iterator[str]:
    """The paragraphs of a block; lines that end early, items and headings begin lines or paragraphs of their own."""
    text, last = "", None
    for line in block.lines:
        if last is None:
            text = line.text
        elif (line.height >= LARGE * usual) != (last.height >= LARGE * usual):
            yield text
            text = line.text
        elif _ITEM.match(line.text):
            text = f"{text}\n{line.text}"
        elif last.right - block.left >= FULL * width or _BROKEN.search(last.text):
            text = _joined(text, line.text, known)
        elif _ENDS.search(last.text):
            yield text
            text = line.text
        else:
            text = f"{text}\n{line.text}"
        last = line
    yield text


def _joined(text: str, more: str, known: set[str]) -> str:
    """The text and what follows on the next line; a broken word is whole again, a compound keeps its hyphen."""
    broken, rest = _BROKEN.search(text), re.match(r"\w+", more)
    if not broken or not rest:
        return f"{text} {more}"
    if not more[0].islower():
        return text + more
    parts = broken[1].casefold(), rest[0].casefold()
    compound = "-".join(parts) in known or ("".join(parts) not in known and known.issuperset(parts))
    return text + more if compound and text[-1] != "\u00ad" else text[:-1] + more


def _title(first: Sequence[_Block]) -> str:
    """The largest lines of the first page; empty if none is larger than most, or they are too many words."""
    lines = [line for block in first for line in block.lines]
    largest = max(line.height for line in lines)
    title = " ".join(line.text for line in lines if line.height >= 0.95 * largest)
    usual = median(line.height for line in lines)
    return title if largest >= LARGE * usual and len(title.split()) <= MOST_TITLE_WORDS else ""
