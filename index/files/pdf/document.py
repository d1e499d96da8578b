"""PDF files as text: pages as they are read, paragraphs put together again, running heads left out."""

import re
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.files.extract import Extract, FormatError
from index.files.pdf import ocr
from index.files.pdf.broken import BROKEN, mended, run_on, words_of
from index.files.pdf.continued import continue_tables
from index.files.pdf.forms import boxes_of, open_forms, open_page
from index.files.pdf.layout import Block, Line, read_layout
from index.files.pdf.letters import LARGE, Page, read_page
from index.files.pdf.line_numbers import without_line_numbers
from index.files.pdf.pictures import shows_text
from index.files.pdf.running import without_running_heads
from index.files.pdf.segment import Segment
from index.files.pdf.title import title_of
from index.files.pdf.wrapped import room, wrapped
from index.files.structure import looks_like_heading
from index.files.tables.rows import Grid
from index.files.titles import is_told
from index.files.writing import Writer

FULL = 0.85  #: share of a paragraph's width from which a line goes on in the next
MOSTLY = 0.4  #: share of the text from which bold letters mark no headings
MOST_PAGES = 3000  #: of a file that is read

PDFIUM = threading.RLock()  #: held while PDFium works, which does one thing at a time

_GOES_ON = re.compile(r"\b(?:an?|the|of|to|in|on|at|by|for|from|with|and|or|that|is|are|was|were)$")
_ENDS = re.compile(r"[.!?:…][\"'”’)\]]*$")
_ITEM = re.compile(r"(?:[-−*•–▪◦●○■❖➔➢►✓✗☐☑☒]|\[[x ]\]|\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)])\s")
_CAPTION = re.compile(r"(?:table|figure) \d{1,3}[.:] ", re.I)  # which may stand in the midst of a paragraph
_LABEL = re.compile(r"[A-Z][^\s.,:?!]*(?: [^\s.,:?!]+){0,2}:\s")
_BLANK = re.compile(r"_{3,}\s*$")  # to be filled in
_LETTER_BULLET = re.compile(r"\Ao(?=\s+\S)")  # of Word's second level; no line begins with such a word
_NUMBERED = re.compile(r"(?:\d{1,2}\.)+\d{0,2}\.?\s+[A-Z]|(?:PART|ITEM|Section|Appendix|Chapter) [\dIVXA-Z]+\b")
_FIGURE = re.compile(r"[=$€£¥]\s?\d|\.{4,}")  # which a sentence has, or a line of contents, and hardly a heading
_COUNTED = re.compile(r"(\d{1,2})\. ")
_GLUED = re.compile(r"(?<=[a-z]{5}[.;])(\d{1,2})\. (?=[A-Z])")  # behind a whole word, and no "Sec."
_IMAGE = 3  # PDFium's number for a picture on a page
_LOCKED = 4  # PDFium's number for a password that is missing


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph, heading or table of a page."""

    page: int
    text: str = ""
    grid: Grid | None = None
    heading: bool = False


def read_pdf(data: bytes) -> Extract:
    """The text of a PDF file and where its pages begin. Raises FormatError if it is damaged, locked or has no text."""
    import pypdfium2

    if not data[:1024].lstrip().startswith(b"%PDF"):
        raise FormatError("is not a PDF file, whatever its name says; give the file itself")
    try:
        with PDFIUM, pypdfium2.PdfDocument(data) as file:
            if len(file) > MOST_PAGES:
                raise FormatError(f"has more than {MOST_PAGES} pages; split it")
            sure: list[float] = []
            unread: dict[int, bool] = {}
            pages = list(_pages(file, sure, unread))
            told = file.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _LOCKED:
            raise FormatError("is locked by a password; save a copy without one") from None
        raise FormatError(f"is damaged ({error}); open it and save it anew") from None
    pages, heads = without_running_heads(without_line_numbers(pages))
    if not any(page.segments for page in pages):
        raise FormatError(f"holds no text that can be read; if it is scanned, {ocr.NEEDED}")
    facts = [*_facts(told), *([ocr.told(sure)] if sure else []), *([ocr.left_out(unread)] if unread else [])]
    usual = _usual_size(one for page in pages for one in page.segments)
    return write_pages(pages, title_of(pages, usual), facts, heads)


def _pages(file: Any, sure: list[float], unread: dict[int, bool]) -> Iterator[Page]:
    """The pages of a file.

    To `sure` comes how sure each line is that had to be recognised on a picture, to `unread` the number of each page
    where that was needed and not done, with whether other text on it is read.
    """
    open_forms(file)
    boxes = boxes_of(file)
    scans = 0
    for number in range(len(file)):
        page = open_page(file, number)
        read = read_page(page, boxes.get(number, ()))
        if shows_text(page) if read.segments else read.garbled or _is_picture(page):
            if ocr.available() and scans < ocr.MOST_SCANS:
                scans += 1
                picture = page.render(scale=ocr.SCALE).to_pil()
                recognised, lines = ocr.recognise(ocr.without(picture, read.segments))
                read = replace(read, pictured=recognised.segments) if read.segments else recognised
                sure.extend(lines)
            else:
                unread[number] = bool(read.segments)
        yield read
        page.close()


def _is_picture(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[_IMAGE], max_depth=2))


def _facts(told: dict[str, str]) -> list[tuple[str, str]]:
    facts = [(name.lower(), told.get(name, "")) for name in ("Title", "Author", "Subject", "Keywords")]
    written = re.match(r"D:(\d{4})(\d\d)(\d\d)", told.get("CreationDate", ""))
    facts = [(name, value) for name, value in facts if is_told(value)]
    return [*facts, ("date", "-".join(written.groups()) if written else "")]


def write_pages(
    pages: Sequence[Page], title: str, facts: Sequence[tuple[str, str]], heads: Sequence[str] = ()
) -> Extract:
    """The text of pages, and where each begins in it; what their running heads say stands at the end, once."""
    pieces = _joined_over_pages(list(_pieces(pages)))
    writer = Writer()
    page = -1
    for piece, begins in pieces:
        place = writer.next
        if piece.grid:
            writer.grid(piece.grid)
        elif piece.heading:
            writer.heading(piece.text)
        else:
            writer.paragraph(piece.text)
        for number, offset in begins:
            while page < number:
                page += 1
                writer.page(place + offset)
    while page < len(pages) - 1:
        page += 1
        writer.page(writer.length)
    for head in heads:
        writer.paragraph(head)
    return writer.extract(title, facts)


def _pieces(pages: Sequence[Page]) -> Iterator[_Piece]:
    shown = (replace(page, segments=page.pictured, pictured=(), rules=()) for page in pages)
    layouts = [[*read_layout(page), *read_layout(pictured)] for page, pictured in zip(pages, shown, strict=True)]
    usual = _usual_size(one for page in pages for one in page.segments)
    known = words_of(one.text for page in pages for one in page.segments)
    layouts = [[mended(part, known) if isinstance(part, Grid) else part for part in layout] for layout in layouts]
    continue_tables(layouts, [max(usual, _usual_size(page.segments)) for page in pages])
    blocks = [part for layout in layouts for part in layout if isinstance(part, Block)]
    look = _look_of(blocks, [one for page in pages for one in page.segments])
    for number, layout in enumerate(layouts):
        for part in layout:
            if isinstance(part, Grid):
                yield _Piece(number, grid=part)
                continue
            for text, heavy in _paragraphs(part, look, known):
                heading = (heavy or bool(_NUMBERED.match(text))) and _may_head(text)
                yield _Piece(number, _items_apart(text), heading=heading)


def _usual_size(lines: Iterable[Line | Segment]) -> float:
    """The size of most letters; 0 if there are none."""
    letters = Counter[float]()
    for line in lines:
        letters[round(line.size, 1)] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 0.0


def _may_head(text: str) -> bool:
    return looks_like_heading(text, 0, len(text)) and not _FIGURE.search(text)


@dataclass(frozen=True, slots=True)
class _Look:
    """What a document's letters look like."""

    usual: float  #: size of most letters
    bold_stands_out: bool
    in_tables: "_Look | None" = None  #: where tables hold most and there is no running text: of all letters

    def heavy(self, line: Line) -> bool:
        """Whether a line stands out; one that is bold may do so from what is in the tables."""
        if line.size >= LARGE * self.usual or (line.bold and self.bold_stands_out):
            return True
        return line.bold and self.in_tables is not None and self.in_tables.heavy(line)


def _look_of(blocks: Sequence[Block], segments: Sequence[Segment]) -> _Look:
    """What letters look like outside tables, and, where most lines there may be headings, what all do."""
    lines = [line for block in blocks for line in block.lines]
    running = [line for block in blocks if len(block.lines) > 1 for line in block.lines]
    few = 2 * _letters(lines) <= _letters(segments) and _letters(running) <= MOSTLY * _letters(lines)
    in_tables = _Look(_usual_size(segments), _bold_stands_out(segments)) if few else None
    return _Look(_usual_size(lines), _bold_stands_out(lines), in_tables)


def _letters(lines: Iterable[Line | Segment]) -> int:
    return sum(len(line.text) for line in lines)


def _bold_stands_out(lines: Sequence[Line | Segment]) -> bool:
    return _letters(line for line in lines if line.bold) < MOSTLY * _letters(lines)


def _joined_over_pages(pieces: Sequence[_Piece]) -> list[tuple[_Piece, list[tuple[int, int]]]]:
    """Paragraphs that go on in another column or on another page as one, and at which offsets pages begin in each."""
    joined: list[tuple[_Piece, list[tuple[int, int]]]] = []
    known = words_of(piece.text for piece in pieces)
    for piece in pieces:
        last, begins = joined[-1] if joined else (None, [])
        runs_on = (
            last is not None
            and not (piece.grid or last.grid or last.heading)
            and (piece.text[0].islower() or _GOES_ON.search(last.text))
            and not _ENDS.search(last.text)
            and not (_ITEM.match(piece.text) or _CAPTION.match(piece.text))
        )
        if last and runs_on:
            text = run_on(last.text, piece.text, known)
            if piece.page != last.page:
                begins.append((piece.page, len(text) - len(piece.text)))
            joined[-1] = replace(piece, text=text), begins
        else:
            joined.append((piece, [(piece.page, 0)]))
    return joined


def _paragraphs(block: Block, look: _Look, known: set[str]) -> Iterator[tuple[str, bool]]:
    """The paragraphs of a block, and whether each is set large or bold; lines that end early and items begin lines."""
    first, *lines = (replace(line, text=_LETTER_BULLET.sub("•", line.text)) for line in block.lines)
    text, last = first.text, first
    for line, no_room in zip(lines, wrapped(block.lines), strict=False):
        if look.heavy(line) != look.heavy(last):
            yield text, look.heavy(last)
            text = line.text
        elif _ITEM.match(line.text) or _begins_field(line.text, last.text):
            text = f"{text}\n{line.text}"
        elif no_room or _goes_on(last, line, block) or BROKEN.search(last.text[-100:]):
            text = run_on(text, line.text, known)
        elif _ENDS.search(last.text):
            yield text, look.heavy(last)
            text = line.text
        else:
            text = f"{text}{' ' if look.heavy(line) or line.text[0].islower() else chr(10)}{line.text}"
        last = line
    yield text, look.heavy(last)


def _goes_on(line: Line, following: Line, block: Block) -> bool:
    """Whether a line nearly fills its paragraph's width, or ends with a colon where the next word had no room."""
    full = line.right - block.left >= FULL * block.width
    colon = line.text[-1] == ":" and following.text[0].islower()
    return full or (colon and line.right + room(following) > block.left + block.width)


def _items_apart(text: str) -> str:
    """A paragraph in which an item that is glued to the end of the one before begins a line, as its number goes on."""
    lines: list[str] = []
    for line in text.split("\n"):
        number, rest = _COUNTED.match(line), line
        while number and (next_one := _GLUED.search(rest)) and int(next_one[1]) == int(number[1]) + 1:
            lines.append(rest[: next_one.start()])
            number, rest = next_one, rest[next_one.start() :]
        lines.append(rest)
    return "\n".join(lines)


def _begins_field(line: str, last: str) -> bool:
    """Whether a line is a field of its own, as of a form: below a blank, or below a field that does not go on."""
    return bool(_BLANK.search(last)) or bool(_LABEL.match(line) and _LABEL.match(last) and not _GOES_ON.search(last))
