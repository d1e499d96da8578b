"""Rows of a table that are of something else than what a question names."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_letters, digits

from index.files.tables.naming import TIMES, kind_of
from index.types import IndexedDocument
from rag.ask.reckoning import asks_to_reckon
from rag.read.around import is_of_other_time, is_relative, names_neighbours
from rag.read.context import HEAD_CHARS
from rag.read.tables import Field, cells_of, fields_of
from rag.read.times import is_same, periods_of, times_of
from rag.verify.names import names_missing
from rag.words import content

FEWEST_CELLS = 3  #: of a row without names of columns, or of one that its first cell names; of two, it names the other

_CODE = re.compile(r"(?<!\w)(?=\w*\d)(?=\w*[^\W\d_])(?:(?<=[A-Za-z]-)|(?!\d))\w+")  #: C5, FY25, PU-211K; not 10kg
#: E7, by which a row is known; neither a quarter nor a year.
_KEY = re.compile(r"(?<!\w)(?!(?:[QH][1-4]|FY\d+)(?!\w))[A-Z]{1,3}\d{1,4}(?!\w)", re.I)
#: Days, and months of a year, in figures.
_DATE = re.compile(
    r"(?<![\w.-])(?:\d{4}-\d\d(?:-\d\d)?|\d{1,2}([./-])(?:\d{1,2}|[a-z]{3})\1(?:\d\d){1,2})(?![\w-])", re.I
)
_DIGIT = re.compile(r"\d")
_COMPOUND = re.compile(r"\d+(?:[.,:/-]\d+)+")
#: What a cell has that is a figure, or tells several things.
_SEVERAL = re.compile(r"[\d,;/&+]|\b(?:and|or)\b", re.I)


class Rows:
    """Rows of tables that were found for a question, to be held against each other."""

    def __init__(self, question: str, found: Mapping[str, Sequence[int]]) -> None:
        """Hold those against each other that are among the lines `found`, by documents their positions."""
        self.question = question
        self._found = found
        reckoning = asks_to_reckon(question)
        self._words = _said(question) - (reckoning.words if reckoning else frozenset())  # "in total" is of no row
        alone = not is_of_other_time(question)
        self._years = periods_of(question).get("year", set()) if alone and not is_relative(question) else set()
        dates, times, codes = [*_DATE.finditer(question)], times_of(question), _KEY.findall(question)
        day = re.escape(dates[0][0]) if alone and len(dates) == 1 else ""
        self._date = re.compile(rf"(?<![\w.]){day}(?!\w)", re.I) if day else None
        self._time = times[0] if alone and len(times) == 1 else None
        self._key: str = codes[0] if alone and len(codes) == 1 else ""
        self._known: dict[tuple[str, int], _Row | None] = {}
        self._names_of_all: dict[str, frozenset[str]] = {}

    def rivalled(self, document: IndexedDocument, position: int) -> bool:
        """Whether another row found of the same columns is of what the question names, and this one is not.

        It has a code of the question that this one has not; or all words of the question that this one has, and a name
        besides, or a year, date or hour of the question where this one has but another; or the question names a cell of
        it, in any column, and this one has another word there ("Foreman overtime", where a foreman is asked for), or
        names its first cell, and nothing of this one's ("Snack", where lunch is). A row that begins with another code
        than the one asked for ("E7" for "E5") needs no other to be of something else.
        """
        own = None if names_neighbours(self.question) else self._row(document, position)
        if own is None or not own.may_be_of_else:
            return False
        others = (other for other in self._found.get(document.id, ()) if other != position)
        rows = (row for other in others if (row := self._row(document, other)))
        return own.of_other_code or any(
            row.goes_before(own)
            and (row.is_of_more_than(own) or row.is_labelled_unlike(own) or row.is_called_in_full_unlike(own))
            for row in rows
        )

    def is_of_else(self, document: IndexedDocument, position: int, best: int) -> bool:
        """Whether a row has not a name, label, code, year, date or hour of the question that the best one has.

        One that is called so with more words may stand beside it.
        """
        own, first = self._row(document, position), self._row(document, best)
        if own is None or first is None or names_neighbours(self.question):
            return False
        return own.of_other_code or (
            first.goes_before(own) and (first.is_of_more_than(own) or first.is_labelled_unlike(own))
        )

    def _row(self, document: IndexedDocument, position: int) -> "_Row | None":
        place = document.id, position
        if place not in self._known:
            self._known[place] = self._read(document, position)
        return self._known[place]

    def _read(self, document: IndexedDocument, position: int) -> "_Row | None":
        cells = _cells(document, position)
        columns = frozenset(cell.name for cell in cells[1:] if cell.name)
        if len(cells) < 2 or (not columns and len(cells) < FEWEST_CELLS):
            return None  # steps that are numbered look like rows of two cells
        # What the document is called by, it need not say in every row.
        title, values = document.title, " ".join(cell.value for cell in cells)
        text = f"{title} {document.line(position)}"
        words = {cell.name: content(cell.value) for cell in cells if not _SEVERAL.search(cell.value)}
        label = content(cells[0].value)
        named = label & self._words
        tells = label == named or not named  # "Yoga for beginners" may be the yoga that is asked for
        return _Row(
            first=cells[0].name,
            columns=columns,
            size=len(cells),
            asked=frozenset(self._words & _said(f"{title} {cells[0].name} {values}")),  # a group's name is there
            lacks=_missing(self.question, text) - self._of_all(document),
            in_time=self._in_time(cells),
            called={name: frozenset(own & self._words) for name, own in words.items() if own & self._words},
            in_full=frozenset(name for name, own in words.items() if own <= self._words),
            labelled=bool(named) if tells and not all(word[0].isdigit() for word in label) else None,
            of_other_code=bool(self._key) and _is_of_other_code(self._key, cells[0], text),
        )

    def _of_all(self, document: IndexedDocument) -> frozenset[str]:
        """The names of the question that a document says it is of before its rows, and that are of no one row."""
        name = document.id
        if name not in self._names_of_all:
            text, head = document.text, HEAD_CHARS
            starts = enumerate(one.start for one in document.sentences if one.start < head)
            end = next((start for number, start in starts if len(_cells(document, number)) > 1), head)
            said = _missing(self.question, "") - _missing(self.question, text[:end])
            of_one = {one for one in said if re.search(rf"(?:^|[|:] ){re.escape(one)}(?= \||$)", text, re.I | re.M)}
            self._names_of_all[name] = said - of_one
        return self._names_of_all[name]

    def _in_time(self, cells: Sequence[Field]) -> tuple[bool | None, ...]:
        """Whether cells have a year, date and hour of the question; None where they tell none, or bound one."""
        values = " ".join(cell.value for cell in cells)
        dates = _DATE.findall(values) if self._date else []
        times = times_of(values) if self._time else []
        same_time = any(is_same(self._time, one) for one in times) if self._time else False
        return (
            self._in_year(cells) if self._years else None,
            bool(self._date and self._date.search(values)) or (False if len(dates) == 1 else None),
            same_time or (False if len(times) == 1 else None),
        )

    def _in_year(self, cells: Sequence[Field]) -> bool | None:
        years = [periods_of(cell.value).get("year", set()) for cell in cells]
        if any(self._years & told for told in years):
            return True
        spans = [(min(told), max(told)) for told in years if len(told) > 1]
        within = any(first <= year <= last for first, last in spans for year in self._years)
        bounds = any(len(told) == 1 and is_relative(cell.value) for cell, told in zip(cells, years, strict=True))
        return None if within or bounds or not any(years) else False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    first: str  #: name of its first column, or of its group
    columns: frozenset[str]  #: names of the others
    size: int  #: number of its cells
    asked: frozenset[str]  #: words of the question that its cells, its group and its title have
    lacks: frozenset[str]  #: names and codes of the question that it has not
    in_time: tuple[bool | None, ...]  #: whether it is of the year, date and hour of the question, where it tells that
    called: dict[str, frozenset[str]]  #: by column, the words of the question in cells that tell one thing
    in_full: frozenset[str]  #: of these the columns whose cells have no other words
    labelled: bool | None  #: whether its first cell has words of the question alone; None if it has others, too
    of_other_code: bool  #: whether it begins with another code of the kind that the question has

    @property
    def may_be_of_else(self) -> bool:
        """Whether there is anything by which another row might go before it."""
        otherwise = self.labelled is False or self.called.keys() - self.in_full
        return self.of_other_code or bool(self.lacks or otherwise) or False in self.in_time

    def goes_before(self, other: "_Row") -> bool:
        """Whether it is a row of the same columns, with all words of the question that another has, or a code more."""
        code = any(map(_DIGIT.search, other.lacks - self.lacks))
        return self._is_like(other) and (code or self.asked >= other.asked) and self.lacks <= other.lacks

    def _is_like(self, other: "_Row") -> bool:
        """Whether it has most of another row's columns, or about as many cells where one row has no names of these."""
        if bool(self.columns) != bool(other.columns):
            return abs(self.size - other.size) <= 1
        if self.first != other.first and (self.first in other.columns or other.first in self.columns):
            return False  # the first cell of one is empty, as below one that is joined
        return 2 * len(self.columns & other.columns) >= len(other.columns)

    def is_of_more_than(self, other: "_Row") -> bool:
        """Whether it is of more that the question names than another, or of its year, day or hour."""
        times = list(zip(self.in_time, other.in_time, strict=True))
        return self.lacks < other.lacks or ((True, False) in times and (False, True) not in times)

    def is_labelled_unlike(self, other: "_Row") -> bool:
        """Whether its first cell is just what the question says, of which another's says nothing."""
        in_label = bool(self.labelled) and other.labelled is False
        return in_label and min(self.size, other.size) >= FEWEST_CELLS

    def is_called_in_full_unlike(self, other: "_Row") -> bool:
        """Whether a cell of it is just what the question says, where another has more words."""
        more = other.called.keys() - other.in_full
        return any(name in self.in_full and self.called.get(name, frozenset()) >= other.called[name] for name in more)


def _cells(document: IndexedDocument, position: int) -> Sequence[Field]:
    """The cells of a row; a line of what is when ("12 Jul: Summer Rally") has two, as in a table."""
    cells = cells_of(document, position)
    [line, *others] = fields_of(document.line(position))
    if len(cells) > 1 or others or not (name := line.name):
        return cells
    when = periods_of(name) or times_of(name) or kind_of(name) in TIMES
    return (Field("", name, 0, len(name)), replace(line, name="what")) if when else cells


def _is_of_other_code(asked: str, first: Field, text: str) -> bool:
    """Whether a row begins with another code with the letters of the one asked for, and has not that one anywhere."""
    if not _KEY.fullmatch(first.value):
        return False
    kinds = {code.upper().rstrip(digits) for code in (asked, first.value)}
    numbers = {int(code.lstrip(ascii_letters)) for code in (asked, first.value)}
    if len(kinds) > 1 or len(numbers) == 1:  # E05 is E5
        return False
    return not re.search(rf"(?<!\w){re.escape(asked)}(?!\w)", text, re.I)


def _said(text: str) -> set[str]:
    """The stems of a text's words, and its figures as they are written: 17 is neither in 59.17 nor in 02/24/17."""
    return content(_COMPOUND.sub(" ", text)) | set(_COMPOUND.findall(text))


def _missing(question: str, text: str) -> frozenset[str]:
    """The names and codes of a question that a text lacks; numbers may be anything."""
    codes = {code.casefold() for code in _CODE.findall(question)}
    names = {name.casefold() for name in names_missing(question, text)}
    lacking = codes - {code.casefold() for code in _CODE.findall(text)}
    return frozenset({name for name in names - codes if not name[0].isdigit()} | lacking)
