"""Running heads and feet of pages: left out where they stand, as they would break what goes on over pages."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from index.files.pdf.letters import LARGE, Page, rows_of
from index.files.pdf.rows import distance_between
from index.files.pdf.segment import Segment
from index.files.structure import says_something
from index.files.tables.cells import YEAR

MARGIN = 0.08  #: share of a page's height at its top and bottom, where running heads and page numbers stand
LARGE_MARGIN = 2  #: times that share at a page's top, for large letters
FEWEST, ALWAYS = 3, 0.75  #: pages on which a large title is the running head of all, and share of them
REPEATED = 0.5  #: share of the pages on which a running head stands
FEWEST_NAMES, MANY_NAMES = 3, 5  #: side by side, of columns: above more of them, and by themselves
LETTERHEAD = 4  #: parts that run along a page's top, at least, of the head of a letter
FARTHEST = 1500  #: number of the first page; a larger one, such as a year, counts no pages

_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?(?:\d+|[ivxlc]+)(?:\s*(?:of|/)\s*\d+)?\W*|(?:https?|file)://\S+", re.I)
_NUMBER = re.compile(r"\b\d{1,6}\b")
_MARK = "\ue000"  #: a private letter, which begins the number of a page in a pattern
_PLACE = re.compile(rf"(?:\b(?:page|p\.)\s*)?{_MARK}-?\d+(?:\s*(?:of|/)\s*\d+)?", re.I)
_BESIDE = " \t|•·–—-"  #: what parts the number of a page from the rest


def without_running_heads(pages: Sequence[Page]) -> tuple[list[Page], list[str]]:
    """The pages without what runs along their edges, and what of it says something that they say nowhere else."""
    sizes = [segment.size for page in pages for segment in page.segments]
    usual = median(sizes) if sizes else 0
    margins = [list(_along_edges(page, usual)) for page in pages]
    counts: Counter[str] = Counter()
    for number, rows in enumerate(margins):
        counts.update({pattern for row in rows for text in _texts(row) for pattern in _patterns(text, number)})
    repeated = {pattern for pattern, n in counts.items() if n > 1 and n >= REPEATED * len(pages)}

    def alike(text: str, number: int) -> set[str]:
        return repeated & _patterns(text, number)

    def repeats(text: str, number: int) -> bool:
        return bool(alike(text, number))

    def runs(text: str, number: int) -> bool:
        return repeats(text, number) or bool(_PAGE_NUMBER.fullmatch(text))

    def heads_again(row: Sequence[Segment], number: int) -> bool:
        """Whether a large line above, which may be a title, stood on a page before."""
        text = _texts(row)[0]
        always = counts[text] >= max(FEWEST, ALWAYS * len(pages))
        return always and first.setdefault(text, number) < number

    first: dict[str, int] = {}
    kept: list[Page] = []
    said: dict[tuple[bool, tuple[str, ...]], None] = {}  # what runs along the top or the foot, line by line
    for number, (page, rows) in enumerate(zip(pages, margins, strict=True)):
        gone = {
            id(segment)
            for row in rows
            if (runs(_texts(row)[0], number) or all(runs(one.text, number) for one in row))
            and (
                max(one.size for one in row) < LARGE * usual
                or (row[0].top > page.height / 2 and repeats(_texts(row)[0], number))
                or heads_again(row, number)
            )
            for segment in row
        }
        runs_here = [one for row in rows for one in row if id(one) in gone]
        for at_top in (True, False):
            edge = [one.text for one in runs_here if (one.top < page.height / 2) == at_top]
            told = (text if text in repeated else min(alike(text, number), default="") for text in edge)
            said[at_top, tuple(" ".join(_PLACE.sub("", one).split()).strip(_BESIDE) for one in told)] = None
        kept.append(replace(page, segments=tuple(one for one in page.segments if id(one) not in gone)))
    text = _plain(" ".join(one.text for page in kept for one in page.segments))
    return kept, list(_told(said, text))


def _told(edges: Iterable[tuple[bool, Sequence[str]]], text: str) -> Iterator[str]:
    """What stands nowhere else in the text: line by line, or as one where several at the top are the head of a letter.

    Of that each line is told, even if it is a word alone, as a town is.
    """
    for at_top, edge in edges:
        lines = list(dict.fromkeys(filter(None, edge)))
        telling = [one for one in lines if says_something(one) and _plain(one) not in text]
        told = ["\n".join(lines)] if telling and at_top and len(lines) >= LETTERHEAD else telling
        text = " ".join([text, *map(_plain, told)])
        yield from told


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _along_edges(page: Page, usual: float) -> Iterator[list[Segment]]:
    """The rows at the top and bottom of a page, but for names of columns: those above rows of as many parts, or more.

    Two of them at least are close together, or they are many and the name of some rows at the most stands between.
    """
    rows = rows_of(page.segments)
    for number, row in enumerate(rows):
        below = rows[number + 1 : number + 3]
        over = below and len(below[0]) > len(row) and distance_between(row, below[0]) < row[0].height
        many = any(len(one) >= MANY_NAMES for one in below)
        years = len(row) > 1 and all(YEAR.fullmatch(one.text) for one in row)
        names = (over and (len(row) >= FEWEST_NAMES or years)) or (many and len(row) >= MANY_NAMES)
        if _in_margin(row, page, usual) and not (names and row[0].top < page.height / 2):
            yield row


def _in_margin(row: Sequence[Segment], page: Page, usual: float) -> bool:
    large = len(row) == 1 and row[0].size >= LARGE * usual  # not the names of a table's columns
    top = MARGIN * (LARGE_MARGIN if large else 1) * page.height
    return row[0].bottom < top or row[0].top > (1 - MARGIN) * page.height


def _texts(row: Sequence[Segment]) -> list[str]:
    """What a row says as a whole, and each of its parts."""
    return [" ".join(one.text for one in row), *(one.text for one in row)]


def _patterns(text: str, page: int) -> set[str]:
    """A text, and the same with each number that may count pages as its distance from this one's."""
    found = {text}
    for number in _NUMBER.finditer(text):
        distance = int(number[0]) - page
        if abs(distance) < FARTHEST:
            found.add(f"{text[: number.start()]}{_MARK}{distance}{text[number.end() :]}")
    return found
