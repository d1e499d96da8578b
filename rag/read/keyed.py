"""The row of a table that a number in the question picks: a cell of it says so, or bounds between which it lies.

A number counts only beside a word that the name of a column or the cell has, too: "race 109", "170 cm", "aged 7"; or
beside words that the name of a column abbreviates. Bounds of the question itself count where a cell has the same.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf

from index.types import IndexedDocument
from rag.read.around import is_of_another
from rag.read.bounds import NUMBER, Bounds, bounds_of, numbers_of, places_of_bounds, value_of
from rag.read.tables import Field, cells_of, rows_around
from rag.words import FUNCTION_WORDS, NUMBERS, WORD, content

LONGEST = 5  #: words of a cell whose number picks a row
LONGEST_WORD = 30  #: characters
MOST_ABBREVIATED, SHORTEST_ABBREVIATION = 4, 3  #: words, of which letters are the name of a column
OWN = -1  #: stands for the position of the row found
ADJOINING = 1  #: between bounds that follow each other, as of 19 and 20

#: Numbers of a question that bound, count or lead to something else than they name; and one of two.
_NOT_OF_IT = re.compile(
    rf"\b(?:follow\w*|preced\w*|(?:first|last)\s{NUMBER}|in\s{NUMBER}\s(?:days|weeks|months|years)\b|by\s\w+\s\d"
    rf"|{NUMBER}\s(?:and|or|&)\s\d)",
    re.I,
)
_NUMBER = re.compile(NUMBER)
_IN_WORDS = re.compile(rf"\b(?:{'|'.join(NUMBERS)})\b(?=[\s-][^\W\d])", re.I)  #: that count what is said behind them
_OLD = re.compile(rf"({NUMBER})[\s-]years?(?:[\s-]olds?)?\b|\b(?:age|aged)\s({NUMBER})", re.I)
_AGES = content("age aged ages years yrs")

Cells = Sequence[Field]  #: of a row
Pick = Callable[[Mapping[int, Cells]], set[int]]  #: of the rows of a table, by their positions, those that are meant


@dataclass(frozen=True, slots=True)
class _Asked:
    """A number of a question."""

    number: float
    beside: set[str]  #: stems of the words beside it
    counted: str  #: the word behind it, if that ends as one for several things does; else nothing
    before: tuple[str, ...]  #: the words before it, of which the name of a column may be an abbreviation


@dataclass(frozen=True, slots=True)
class Picked:
    """A row that is picked, and all those of its table among which it was."""

    position: int
    among: frozenset[int]


def row_picked(question: str, document: IndexedDocument, position: int) -> Picked | None:
    """The one row of a table that has the numbers of a question, where the one found has none of them.

    It has all other words of the question that the row found has. If no row has the numbers, it is the one between
    whose bounds they lie, where those of the row found are others; of “up to 5” and “up to 10” the nearer.
    """
    question = _in_figures(question)
    own, bounds = cells_of(document, position), places_of_bounds(question)
    pick = _by_bounds(question, bounds, own) if bounds else _by_numbers(question, own)
    if len(own) < 2 or not pick:
        return None
    words = content(question)
    said = _said(own, words)
    table = dict(rows_around(document, position))
    picked = pick({at: cells for at, cells in table.items() if said <= _said(cells, words)})
    return Picked(picked.pop(), frozenset((position, *table))) if len(picked) == 1 else None


def _in_figures(question: str) -> str:
    """A question that counts in figures: "six years" as 6 years."""
    return _IN_WORDS.sub(lambda found: str(NUMBERS.index(found[0].lower()) + 2), question)


def _by_bounds(question: str, places: Sequence[tuple[int, int]], own: Cells) -> Pick | None:
    """What finds the rows with the bounds that a question tells, or those that fill them, where no other lies in them.

    None if it tells several, or the row found has them. Tables are long: what the question and that row tell is looked
    at first.
    """
    (start, end), *others = places
    asked, bounds = _asked(question, start, end), bounds_of(question[start:end])
    rest = question[:start] + question[end:]
    if not bounds or others or _leads_elsewhere(rest) or any(bounds_of(cell.value) == bounds for cell in own):
        return None

    def pick(rows: Mapping[int, Cells]) -> set[int]:
        told = [
            (at, found)
            for at, cells in (*rows.items(), (OWN, own))
            for cell in cells
            if _is_of(cell, asked) and (found := bounds_of(cell.value))
        ]
        alike = {at for at, found in told if found == bounds}
        within = [(at, found) for at, found in told if found[0] < bounds[1] and bounds[0] < found[1]]
        filling = {at for at, found in within if _fills(found, bounds)}
        return alike or (filling - {OWN} if len(filling) == len(within) else set())

    return pick


def _fills(bounds: Bounds, asked: Bounds) -> bool:
    """Whether some bounds lie within those asked for, and reach to where these end: 0–19 is what there is below 20."""
    ends = zip(bounds, asked, strict=True)
    adjoin = all(abs(own - end) <= ADJOINING for own, end in ends if end not in (-inf, inf))
    return adjoin and asked[0] <= bounds[0] and bounds[1] <= asked[1]


def _by_numbers(question: str, own: Cells) -> Pick | None:
    """What finds the rows with a question's numbers, or whose bounds hold them; None if those of the row found do."""
    asked = list(_numbers(question))
    if not asked or _leads_elsewhere(question) or any(_having(own, one) or _holds(own, one) for one in asked):
        return None

    def pick(rows: Mapping[int, Cells]) -> set[int]:
        having = {at for one in asked for at, cells in rows.items() if _having(cells, one) and _is_of_one(cells, one)}
        tried = ((at, _holds(cells, one)) for at, cells in rows.items() for one in asked)
        return having or _nearest({at: bounds for at, bounds in tried if bounds})

    return pick


def _leads_elsewhere(question: str) -> bool:
    """Whether the numbers of a question may be of something else than the row that it asks for."""
    return bool(_NOT_OF_IT.search(question)) or is_of_another(question)


def _nearest(held: Mapping[int, Bounds]) -> set[int]:
    """The rows of these bounds; of such as have no lower one, or no upper one, the row with the nearest."""
    lows, highs = ({bounds[side] for bounds in held.values()} for side in (0, 1))
    nearest = min(highs) if lows == {-inf} else max(lows) if highs == {inf} else None
    return {at for at, bounds in held.items() if nearest is None or nearest in bounds}


def _numbers(question: str) -> Iterator[_Asked]:
    """The numbers of a question, with the stems of the words beside them, and those of ages if they are some."""
    ages = {found.start(group) for found in _OLD.finditer(question) for group in (1, 2) if found[group]}
    for found in _NUMBER.finditer(question):
        asked = _asked(question, *found.span())
        yield replace(asked, beside=asked.beside | _AGES) if found.start() in ages else asked


def _asked(question: str, start: int, end: int) -> _Asked:
    """What a question says at a place, a number or bounds of numbers, and beside it."""
    number = _NUMBER.search(question, start, end)
    words = [word for word in WORD.findall(question[:start]) if word.lower() not in FUNCTION_WORDS]
    after = WORD.findall(question[end : end + LONGEST_WORD].lstrip(" -"))[:1]
    counted = next((word.lower() for word in after if word.lower().endswith("s")), "")
    before = tuple(word.lower() for word in words[-MOST_ABBREVIATED:])
    return _Asked(value_of(number[0]) if number else 0.0, content(" ".join(words[-1:] + after)), counted, before)


def _having(cells: Cells, asked: _Asked) -> bool:
    """Whether a short cell has a number, and it or its column a word beside the number in the question.

    “3 weeks” are not the week 3.
    """
    return any(asked.number in numbers_of(cell.value) for cell in _meant(cells, asked))


def _is_of_one(cells: Cells, asked: _Asked) -> bool:
    """Whether the word beside a number is that of one column; of two, such as weights, the number may be of either."""
    return len({cell.name for cell in _meant(cells, asked)}) == 1


def _meant(cells: Cells, asked: _Asked) -> list[Field]:
    """The short cells of what a number is of."""
    short = (cell for cell in cells if len(cell.value.split()) <= LONGEST and not bounds_of(cell.value))
    return [cell for cell in short if asked.counted in f"{cell.name} {cell.value}".lower() and _is_of(cell, asked)]


def _holds(cells: Cells, asked: _Asked) -> Bounds | None:
    """The bounds of a cell between which a number lies, if it or its column has a word beside the number."""
    bounds = (bounds_of(cell.value) for cell in cells if _is_of(cell, asked))
    return next((one for one in bounds if one is not None and one[0] <= asked.number <= one[1]), None)


def _is_of(cell: Field, asked: _Asked) -> bool:
    if asked.beside & content(re.sub(r"(?<=\d)(?=[^\W\d])", " ", f"{cell.name} {cell.value}")):
        return True
    ends = (asked.before[start:] for start in range(len(asked.before) - 1))
    names = [name.lower() for name in WORD.findall(cell.name) if len(name) >= SHORTEST_ABBREVIATION]
    return any(_abbreviates(name, words) for words in ends for name in names)


def _abbreviates(name: str, words: Sequence[str]) -> bool:
    """Whether a name is made of the beginnings of some words, each in turn: "CrCl" of "creatinine clearance"."""
    if not words:
        return not name
    (first, *others) = words
    most = next((n for n, (one, other) in enumerate(zip(name, first, strict=False)) if one != other), len(first))
    return any(_abbreviates(name[length:], others) for length in range(1, min(most, len(name)) + 1))


def _said(cells: Iterable[Field], words: set[str]) -> set[str]:
    """The words of a question, but for numbers, that cells have."""
    said = content(" ".join(cell.value for cell in cells)) & words
    return {word for word in said if not word[0].isdigit()}
