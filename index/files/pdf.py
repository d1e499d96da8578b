"""PDF files as plain text: paragraphs put together again from lines, running heads left out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from statistics import median
from typing import TYPE_CHECKING, Any

from index.files.extract import Extract, FormatError

if TYPE_CHECKING:
    from pdfminer.layout import LTPage, LTTextContainer

FULL = 0.85  #: share of a paragraph's width from which a line goes on in the next
LARGE = 1.15  #: times the usual size of letters, from which a line is a heading
GUTTER = 6  #: points between columns, at the least
MARGIN = 0.08  #: share of a page's height at its top and bottom, where running heads and page numbers stand
REPEATED = 0.5  #: share of the pages on which a running head stands
SAME_COLUMN = 30  #: points by which the left edges of a column's paragraphs may differ
MOST_TITLE_WORDS = 20
LEAST_TITLE_LETTERS = 4
FARTHEST = 1500  #: number of the first page; a larger one, such as a year, counts no pages

_UNKNOWN = re.compile(r"\(cid:\d+\)")
_BULLET = "(cid:127)"  # in the fonts that every viewer has
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_LIGATURE = re.compile(r"[\ufb00-\ufb06]")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d+|[ivxlc]+)(?:\s*(?:of|/)\s*\d+)?\W*|(?:https?|file)://\S+", re.I)
_ENDS = re.compile(r"[.!?:…][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[-*•–▪◦]|\(?(?:\d{1,3}|[a-z])[.)])\s")
_NUMBER = re.compile(r"\b\d{1,6}\b")
_WORD = re.compile(r"\w+(?![-\u00ad\u2010]$)\b")
_HYPHENATED = re.compile(r"\w+-\w+")
_BROKEN = re.compile(r"(\w+)[-\u00ad\u2010]$")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    size: float  #: of most of its letters


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that stand together on a page."""

    lines: tuple[_Line, ...]
    left: float
    right: float
    top: float
    bottom: float
    in_margin: bool  #: at the top or bottom of its page

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def size(self) -> float:
        return max(line.size for line in self.lines)

    def patterns(self, page: int) -> set[str]:
        """Its text, and the same with each number that may count pages as its distance from this one's."""
        found = {self.text}
        for number in _NUMBER.finditer(self.text):
            distance = int(number[0]) - page
            if abs(distance) < FARTHEST:
                found.add(f"{self.text[: number.start()]}#{distance}{self.text[number.end() :]}")
        return found


def read_pdf(data: bytes) -> Extract:
    """The text of a PDF file and where its pages begin. Raises FormatError if it is damaged, locked or has no text."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    if not data[:1024].lstrip().startswith(b"%PDF"):
        raise FormatError("is not a PDF file, whatever its name says; give the file itself")
    layout = LAParams(boxes_flow=None, all_texts=True)
    try:
        pages = [list(_blocks(page, page)) for page in extract_pages(BytesIO(data), laparams=layout)]
    except PDFPasswordIncorrect:
        raise FormatError("is locked by a password; save a copy without one") from None
    except Exception as error:  # whatever a damaged file may lead to
        raise FormatError(f"is damaged ({type(error).__name__}: {error}); open it and save it anew") from None
    pages = [_in_order(page) for page in _without_running_heads(pages)]
    if not any(pages):
        raise FormatError(
            "holds no text that can be read; if it is scanned, or its fonts do not tell their letters, run text "
            "recognition (OCR) on it first"
        )
    text, starts = _put_together(pages)
    return Extract(text, _title(pages[0]) if pages[0] else "", starts)


def _blocks(container: "Iterable[Any]", page: "LTPage") -> Iterator[_Block]:
    from pdfminer.layout import LTFigure, LTTextContainer

    for item in container:
        if isinstance(item, LTFigure):
            yield from _blocks(item, page)
        elif isinstance(item, LTTextContainer) and (lines := tuple(_lines(item))):
            in_margin = item.y1 < page.y0 + MARGIN * page.height or item.y0 > page.y1 - MARGIN * page.height
            left, right = min(line.left for line in lines), max(line.right for line in lines)
            yield _Block(lines, left, right, item.y1, item.y0, in_margin)


def _lines(container: "LTTextContainer[Any]") -> Iterator[_Line]:
    from pdfminer.layout import LTChar, LTTextLine

    for line in container:
        letters = [letter for letter in line if isinstance(letter, LTChar)] if isinstance(line, LTTextLine) else []
        # What stands on its side is no text to read on: a stamp in the margin, a table turned round.
        if letters and letters[0].upright and (text := _clean(line.get_text())):
            yield _Line(text, line.x0, line.x1, median(letter.size for letter in letters))


def _clean(text: str) -> str:
    """The text of a line with letters for ligatures, without what has no letter, and evenly spaced."""
    text = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text.replace(_BULLET, "•"))
    return " ".join(_CONTROL.sub("", _UNKNOWN.sub("", text)).split())


def _without_running_heads(pages: Sequence[Sequence[_Block]]) -> list[list[_Block]]:
    usual = median(line.size for page in pages for block in page for line in block.lines) if any(pages) else 0
    counts: Counter[str] = Counter()
    for number, page in enumerate(pages):
        counts.update({pattern for block in page if block.in_margin for pattern in block.patterns(number)})
    repeated = {pattern for pattern, n in counts.items() if n > 1 and n >= REPEATED * len(pages)}

    def runs(block: _Block, number: int) -> bool:
        if not block.in_margin or block.size >= LARGE * usual:
            return False
        return not repeated.isdisjoint(block.patterns(number)) or bool(_PAGE_NUMBER.fullmatch(block.text))

    return [[block for block in page if not runs(block, number)] for number, page in enumerate(pages)]


def _in_order(blocks: Sequence[_Block]) -> list[_Block]:
    """Blocks as they are read: columns from left to right where there are any, else from top to bottom."""
    for parts in (
        _apart(blocks, GUTTER, lambda block: (block.left, block.right)),
        _apart(blocks, 0, lambda block: (-block.top, -block.bottom)),
    ):
        if len(parts) > 1:
            return [block for part in parts for block in _in_order(part)]
    return sorted(blocks, key=lambda block: (-block.top, block.left))


def _apart(blocks: Sequence[_Block], gap: float, extent: Callable[[_Block], tuple[float, float]]) -> list[list[_Block]]:
    """Blocks in groups between which there is a gap all the way through."""
    parts: list[list[_Block]] = []
    reached = 0.0
    for block in sorted(blocks, key=extent):
        start, end = extent(block)
        if not parts or start - reached >= gap:
            parts.append([])
            reached = end
        parts[-1].append(block)
        reached = max(reached, end)
    return parts


def _put_together(pages: Sequence[Sequence[_Block]]) -> tuple[str, tuple[int, ...]]:
    """The text with an empty line between paragraphs, and where each page begins in it."""
    lines = [line for page in pages for block in page for line in block.lines]
    usual = median(line.size for line in lines)
    known = {word.casefold() for line in lines for form in (_WORD, _HYPHENATED) for word in form.findall(line.text)}
    parts: list[str] = []  # which together are the text
    length, starts = 0, []
    for page in pages:
        starts.append(length)
        first = True
        for paragraph in (one for block in page for one in _paragraphs(block, _width(block, page), usual, known)):
            before = parts[-1] if parts else ""
            if before and paragraph[0].islower() and not _ENDS.search(before[-8:]):
                joined = _joined(before[-100:], paragraph, known)
                parts[-1] = before[:-100] + joined[: len(joined) - len(paragraph)]
                parts.append(paragraph)
                length += len(parts[-2]) - len(before)
            else:
                parts.append(f"\n\n{paragraph}" if parts else paragraph)
            if first:
                starts[-1] = length + len(parts[-1]) - len(paragraph)
            length += len(parts[-1])
            first = False
    return "".join(parts) + "\n", tuple(starts)


def _width(block: _Block, page: Sequence[_Block]) -> float:
    """The width of the column that a block stands in."""
    return max(other.right - other.left for other in page if abs(other.left - block.left) < SAME_COLUMN)


def _paragraphs(block: _Block, width: float, usual: float, known: set[str]) -> Iterator[str]:
    """The paragraphs of a block; lines that end early, items and headings begin lines or paragraphs of their own."""
    text, last = "", None
    for line in block.lines:
        if last is None:
            text = line.text
        elif (line.size >= LARGE * usual) != (last.size >= LARGE * usual):
            yield text
            text = line.text
        elif _ITEM.match(line.text):
            text = f"{text}\n{line.text}"
        elif last.right - block.left >= FULL * width or _BROKEN.search(last.text[-100:]):
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
    broken, rest = _BROKEN.search(text[-100:]), re.match(r"\w+", more)
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
    largest = max(line.size for line in lines)
    title = " ".join(line.text for line in lines if line.size >= 0.95 * largest)
    stands_out = largest >= LARGE * median(line.size for line in lines)
    letters = sum(map(str.isalpha, title))
    return title if stands_out and letters >= LEAST_TITLE_LETTERS and len(title.split()) <= MOST_TITLE_WORDS else ""
