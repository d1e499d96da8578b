"""Rows and cells of a table that are of something else than what a question names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.types import IndexedDocument
from rag.read.clock import is_same, times_of
from rag.read.tables import cells_of
from rag.read.years import BESIDE, is_relative, periods_of
from rag.verify.names import names_missing
from rag.words import content, one_of

FEWEST_CELLS = 3  #: of a row that its first cell names; of two, it names the other

_CODE = re.compile(r"(?<!\w)(?=\w*\d)(?=\w*[^\W\d_])\w+")  #: C5, FY25
#: E7, by which a row is known; neither a quarter nor a year.
_KEY = re.compile(r"(?<!\w)(?!(?:[QH][1-4]|FY\d+)(?!\w))[A-Z]{1,3}\d{1,4}(?!\w)", re.I)
#: Words with which a name is that of another row than the one asked for.
_OF_OTHERS = "after before besides except like neighbour neighbor next not other than"
_OTHERS = re.compile(rf"\b{one_of(_OF_OTHERS.split())}\b|n[’']t\b", re.I)
#: With these a question bounds a time, or goes on from it.
_AROUND = re.compile(
    rf"\b{one_of('between days earlier follow followed following later or through until week weeks within'.split())}\b"
    r"|\bby (?:the )?(?=\d)",
    re.I,
)
#: Days, and months of a year, in figures.
_DATE = re.compile(
    r"(?<![\w.-])(?:\d{4}-\d\d(?:-\d\d)?|\d{1,2}([./-])(?:\d{1,2}|[a-z]{3})\1(?:\d\d){1,2})(?![\w-])", re.I
)

_DIGIT = re.compile(r"\d")


def is_of_other_time(question: str) -> bool:
    """Whether a question with a year, a day or an hour may be about another one: "since 2019", "after 2 May"."""
    return is_of_another(question) or bool(_AROUND.search(question))


def is_of_another(question: str) -> bool:
    """Whether a question may be about another thing than it names: "after race 7", "more than 12"."""
    return bool(BESIDE.search(question) or _OTHERS.search(question))


class Rows:
    """Rows of tables that were found for a question, to be held against each other."""

    def __init__(self, question: str) -> None:
        self.question = question
        self._words = content(question)
        self._figures = {word for word in self._words if word.isdigit()}
        self._years = set() if is_relative(question) else periods_of(question).get("year", set())
        dates = [re.escape(found[0]) for found in _DATE.finditer(question)]
        if len(dates) != 1 or is_of_other_time(question):
            dates = []
        self._dates = [re.compile(rf"(?<![\w.]){date}(?!\w)", re.I) for date in dates]
        codes, times = _KEY.findall(question), times_of(question)
        self._key: str = codes[0] if len(codes) == 1 else ""
        self._time = times[0] if len(times) == 1 and not is_of_other_time(question) else None
        self._known: dict[tuple[str, int], _Row | None] = {}

    def rivalled(self, document: IndexedDocument, position: int, others: Iterable[int]) -> bool:
        """Whether another row of the same columns is of what the question names, and this one is not.

        It has all names, codes and numbers of the question that this one has, and a name or code besides, or a year,
        date or hour of the question where this one has but others; or the question names a cell of it, and this one has
        another word there ("Foreman overtime", where a foreman is asked for), or names its first cell, and nothing of
        this one's ("Snack", where lunch is). A row of another code than the one asked for ("E7" for "E5") needs no
        other to be of something else.

        Args:
            document: Where the rows stand.
            position: Of the row among the document's sentences.
            others: Of the rows it is held against.
        """
        own = self._row(document, position)
        if own is None or _OTHERS.search(self.question):
            return False
        if own.of_other_code:
            return True
        rows = (row for other in others if other != position and (row := self._row(document, other)))
        return any(row.is_like(own) and row.figures >= own.figures and row.is_nearer_than(own) for row in rows)

    def _row(self, document: IndexedDocument, position: int) -> "_Row | None":
        place = document.document.id, position
        if place not in self._known:
            self._known[place] = self._read(document, position)
        return self._known[place]

    def _read(self, document: IndexedDocument, position: int) -> "_Row | None":
        sentence, cells = document.sentences[position], cells_of(document, position)
        if len(cells) < 2:
            return None
        # What the document is called by, it need not say in every row.
        text = f"{document.document.title} {document.document.text[sentence.start : sentence.end]}"
        columns = frozenset(cell.name for cell in cells[1:] if cell.name)
        asked, lacks = frozenset(self._words & content(text)), _missing(self.question, text)
        values = " ".join(cell.value for cell in cells)
        years = periods_of(values).get("year", set()) if self._years else set()
        of_its_day = any(date.search(values) for date in self._dates) if _DATE.search(values) else None
        times = times_of(values) if self._time else []
        of_its_hour = any(is_same(self._time, one) for one in times) if self._time and times else None
        of_its_year = bool(years & self._years) if years else None
        words = {cell.name: content(cell.value) for cell in cells if not _DIGIT.search(cell.value)}
        called = {name: frozenset(own & self._words) for name, own in words.items() if own & self._words}
        more = {name: own for name, own in called.items() if own < words[name]}
        called = {name: own for name, own in called.items() if name not in more}
        label = content(next((cell.value for cell in cells if cell.value), ""))
        labelled = None if self._words & label and not label <= self._words else bool(label & self._words)
        figures = asked & self._figures
        in_time = of_its_year, of_its_day, of_its_hour
        of_other_code = bool(self._key) and _is_of_other_code(self._key, [cell.value for cell in cells])
        return _Row(columns, len(cells), asked, figures, lacks, in_time, called, more, labelled, of_other_code)


@dataclass(frozen=True, slots=True)
class _Row:
    columns: frozenset[str]  #: their names, but the first
    size: int  #: number of its cells
    asked: frozenset[str]  #: words of the question that it has
    figures: frozenset[str]  #: numbers among them
    lacks: frozenset[str]  #: names and codes of the question that it has not
    #: Whether its values have a year, date and hour of the question; None for each of which they have none.
    in_time: tuple[bool | None, ...]
    called: dict[str, frozenset[str]]  #: by column, the words of its cells that have no word but of the question
    called_more: dict[str, frozenset[str]]  #: by column, the words of the question in cells that have others, too
    labelled: bool | None  #: whether its first cell has words of the question alone; None if it has others, too
    of_other_code: bool  #: whether a cell of it is another code of the kind that the question has

    def is_like(self, other: "_Row") -> bool:
        """Whether it has most of another row's columns, or about as many cells where one row has no names of these."""
        if bool(self.columns) != bool(other.columns):
            return abs(self.size - other.size) <= 1
        return 2 * len(self.columns & other.columns) >= len(other.columns)

    def is_nearer_than(self, other: "_Row") -> bool:
        """Whether it is of more that the question names, of its year or day, or called just as the question says."""
        times = list(zip(self.in_time, other.in_time, strict=True))
        in_time = (True, False) in times and (False, True) not in times
        in_name = any(self.called.get(column) == words for column, words in other.called_more.items())
        in_label = bool(self.labelled) and other.labelled is False and min(self.size, other.size) >= FEWEST_CELLS
        in_name = (in_name or in_label) and self.asked >= other.asked
        return self.lacks < other.lacks or ((in_time or in_name) and self.lacks <= other.lacks)


def _is_of_other_code(asked: str, cells: Iterable[str]) -> bool:
    """Whether a cell is nothing but another code with the letters of the one asked for, which no cell has."""
    kind, texts = asked.upper().rstrip("0123456789"), list(cells)
    codes = [text for text in texts if _KEY.fullmatch(text) and text.upper().rstrip("0123456789") == kind]
    return bool(codes) and not any(re.search(rf"(?<!\w){re.escape(asked)}(?!\w)", text, re.I) for text in texts)


def _missing(question: str, text: str) -> frozenset[str]:
    """The names and codes of a question that a text lacks; numbers may be anything."""
    codes = {code.casefold() for code in _CODE.findall(question)}
    names = {name.casefold() for name in names_missing(question, text)}
    lacking = codes - {code.casefold() for code in _CODE.findall(text)}
    return frozenset({name for name in names - codes if not name[0].isdigit()} | lacking)
