"""What a PDF file is called, by the large letters on its first page."""

from collections.abc import Sequence
from dataclasses import replace

from index.files.pdf.letters import LARGE, Page, rows_of
from index.files.pdf.segment import Segment

UPPER = 0.6  #: of the page, in which a title begins
SAME = 0.95  #: of the largest letters, from which others are as large
APART = 2.0  #: times their size, that two lines of a title stand apart at most
MOST_WORDS = 40
LEAST_LETTERS = 4
MOST_ABOVE = 600  #: letters of a text above a title, which else is a heading in it, or the names of columns
SURELY_LARGE = 1.5  #: times the usual size, from which letters are no such names
PAGES = 4  #: on which headings are looked for that are as large
_EDGES = ">»•| _"


def title_of(pages: Sequence[Page], usual: float) -> str:
    """The largest lines in the upper part of the first page; an empty string if none is large, or they are too long.

    Where the same letters have other headings further down, or on the next pages, the title is what comes first.

    Args:
        pages: Those of the document.
        usual: Size of most of its letters.
    """
    large = _large_lines(pages[0], LARGE * usual) if usual else []
    large = [one for one in large if one.size > SURELY_LARGE * usual or _letters_above(pages[0], one) <= MOST_ABOVE]
    upper = [one for one in large if one.top <= UPPER * pages[0].height] or large
    if not upper:
        return ""
    size = max(one.size for one in upper)
    largest = [one for one in upper if one.size >= SAME * size]
    known = {one.text.casefold() for one in largest}
    further = large[len(upper) :]  # they stand in the order of the page
    further += [one for page in pages[1:PAGES] for one in _large_lines(page, LARGE * usual)]
    heads = any(one.size >= SAME * largest[0].size and one.text.casefold() not in known for one in further)
    title = " ".join(one.text for one in (upper[:1] if heads else largest)).strip(_EDGES)
    return title if len(title.split()) <= MOST_WORDS else ""


def _letters_above(page: Page, line: Segment) -> int:
    """How many letters stand above a line that are smaller than its own."""
    return sum(len(one.text) for one in page.segments if one.bottom <= line.top and one.size < SAME * line.size)


def _large_lines(page: Page, least: float) -> list[Segment]:
    """The lines whose largest letters are of a size or more; those of about one size that follow each other are one."""
    found: list[Segment] = []
    last: Segment | None = None
    for row in rows_of(page.segments):
        line = _line(row)
        if line.size < least:
            last = None
            continue
        if last and _goes_on(last, line):
            found.pop()
            line = replace(last, text=f"{last.text} {line.text}", bottom=line.bottom)
        found.append(last := line)
    return [one for one in found if sum(map(str.isalpha, one.text)) >= LEAST_LETTERS]


def _line(row: Sequence[Segment]) -> Segment:
    """What stands in the largest letters of a row."""
    size = max(one.size for one in row)
    large = [one for one in row if one.size >= SAME * size]
    top, bottom = min(one.top for one in large), max(one.bottom for one in large)
    return replace(large[0], text=" ".join(one.text for one in large), size=size, top=top, bottom=bottom)


def _goes_on(line: Segment, other: Segment) -> bool:
    """Whether a line goes on in another, below it, in letters as large."""
    alike = abs(other.size - line.size) <= (1 - SAME) * line.size
    return alike and other.top - line.bottom <= APART * line.size
