"""Which rows and which column of a table a question is about, as far as its words tell.

Each word of the question must be accounted for: by the name of a column, a value that rows have, what the document or
its table is called, or by its likeness to one of these. One that is not may be a condition that nobody can check.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.embedding import Embedder
from index.types import IndexedDocument
from rag.ask.reckoning import Reckoning
from rag.read.tables import Row
from rag.read.values import AGE, BEGUN, NO, Column, are_answers, column_of, have_figures, named_best
from rag.words import WORD, content, is_among

ALIKE = 0.5  #: likeness of a word and the name of a column, from which it may mean it
CLEARLY = 0.05  #: by which the likeness of one column to the question must be above that of the next

_MONEY = re.compile(
    r"\b(?:money|costs?|pa(?:y|ys|id|yment)|spen[dt]|prices?|charges?|earn\w*|worth|owe[ds]?|fees?)\b", re.I
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_DENIED = re.compile(r"\b(?:no|not|without|never)\b|n[’']t\b", re.I)
_PENDING = re.compile(r"\b(?:still|yet|outstanding|pending|remain\w*)\b", re.I)
_DENIALS = content("no not without never")
_MANY = re.compile(r"\bhow many ([^\W\d_]+)", re.I)
_WHICH = re.compile(r"\b(?:which|what) ([^\W\d_]+)", re.I)
_SIZES = content("total many much long old far high large big")  #: which "how" may ask for, whatever is asked
_CUT = {"maximum": "max", "minimum": "min", "most": "max", "least": "min", "highest": "max", "lowest": "min"}
#: Words that say nothing of a table: they ask for a figure, or for a row.
_EMPTY = content(
    "get got give given have cost pay paid spend spent make made come came go went take took put list table row entry "
    "number amount figure value time much many still together each one part person people we us our money year"
)
#: Verbs that add no condition; but rows that are counted may be those of which a verb is true.
_VERBS = content(
    "look run ran bring brought earn earned add added put get lasts win won score scored supply supplied serve sell "
    "sold buy bought hold show award awarded charge charged adds use used receive received produce work raise raised "
    "give gave take taken made move moved lent lend noted"
)

Condition = tuple[str | None, str]  #: the name of a column, or None for a line above rows, and a value in it


@dataclass(frozen=True, slots=True)
class Link:
    """What a question is about: rows by their number, and what of them is compared or added up."""

    question: str
    rows: tuple[int, ...]
    column: Column | None  #: None where rows are counted
    conditions: tuple[Condition, ...]  #: that the rows meet
    grouped_by: str = ""  #: the column whose values are asked for, where rows share them

    @property
    def are_two(self) -> bool:
        """Whether it is about two rows, each of which the question names."""
        names = [name for name, _ in self.conditions]
        return len(self.rows) == 2 == len(names) - names.count(None) == names.count(names[0])


class Table:
    """A table with what its columns hold, without rows that sum up others."""

    def __init__(self, document: IndexedDocument, rows: Sequence[Row], embedder: Embedder) -> None:
        self.document = document
        width = max(len(row.cells) for row in rows)
        self.rows = [row for row in rows if not row.sums_up(width)]
        self.totals = [row for row in rows if row.sums_up(width)]
        self.cells: dict[str, dict[int, str]] = {}  #: by column and number of the row
        twice = set[str]()  # columns of one name: nobody can tell which is meant
        for number, row in enumerate(self.rows):
            for cell in row.cells:
                if self.cells.setdefault(cell.name, {}).setdefault(number, cell.value) != cell.value:
                    twice.add(cell.name)
        found = {name: None if name in twice else column_of(name, cells) for name, cells in self.cells.items()}
        numbers = next(iter(self.cells), None)  # the first column may but number the rows
        self._columns = [one for one in found.values() if one and not (one.name == numbers and one.is_numbering)]
        self._unclear = [name for name, one in found.items() if not one and have_figures(self.cells[name].values())]
        self._embedder = embedder

    def says(self, wanted: Reckoning, text: str = "") -> bool:
        """Whether the name of a column, or a text, has the word that asks for an extreme: "Maximum load"."""
        words = self._named | content(text)
        return any(word in words or _CUT.get(word) in words for word in wanted.words - _SIZES)

    def may_be_compared(self, question: str, wanted: Reckoning) -> bool:
        """Whether a column may tell which row has most or least of what is asked, or one that the question names."""
        times = wanted.of == "date" and any(one.kind == "time" for one in self._columns)
        asked = content(question) - wanted.words
        named = any(content(name) & asked for name in self._unclear)
        return times or named or bool(self._fitting(question, wanted))

    def name_of(self, row: int, question: str) -> str | None:
        """What a row is called by the column that is asked for ("Which firm"), or else by its first cell; no number."""
        which = _WHICH.search(question)
        words = content(which[1]) if which else set()
        cells = self.rows[row].cells
        asked = next((cell.value for cell in cells if words and words <= content(cell.name)), "")
        label = self.rows[row].label
        return asked or (label if label.replace(" ", "").isalpha() else None)

    def has(self, row: int, name: str | None, value: str) -> bool:
        """Whether a row has a value in the column of that name; None stands for the line above rows."""
        return (self.rows[row].group if name is None else self.cells[name].get(row, "")) == value

    def narrowed(self, question: str, wanted: Reckoning) -> tuple[list[int], list[Condition]] | None:
        """The rows that meet the conditions of a question, and these; None if they cannot be checked."""
        written = set() if wanted.either else {word.lower() for name in self.cells for word in WORD.findall(name)}
        others = " ".join(word for word in WORD.findall(question) if word.lower() not in written)
        which = _WHICH.search(question) if "" in self.cells else None
        empty = wanted.words | (content(which[1]) if which else set())  # "which country" is not that called "Other …"
        asked = content(others) - wanted.words
        if wanted.either and (two := self._two_named(asked)):
            return two, [(self.rows[row].cells[0].name, self.rows[row].label) for row in two]
        conditions = self._values_in(asked - empty)
        if self._values_in(content(question) - empty) != conditions:
            return None  # a word is a column's name as well as a value
        answers = self._yes_or_no(question)
        if answers and (_PENDING.search(question) or (_DENIED.search(question) and len({n for n, _ in answers}) > 1)):
            return None  # what is denied is not clear
        conditions += answers
        told = {word for _, value in conditions for word in content(value)}
        dated = [column for column in self._columns if column.kind == "date" or column.is_years]
        several = {year for one in dated for text in one.raw.values() for year in _YEAR.findall(text)}
        years = {word for word in asked - told if _YEAR.fullmatch(word)}
        years -= self.about if len(several) < 2 else set()  # the title's year is that of all rows, if they have one
        if years and len(dated) != 1:
            return None
        rows = [row for row in range(len(self.rows)) if self._meets(row, conditions)]
        if years:
            rows = [row for row in rows if any(year in dated[0].raw.get(row, "") for year in years)]
            conditions += [(dated[0].name, year) for year in sorted(years)]
        return rows, conditions

    def link(self, question: str, wanted: Reckoning) -> Link | None:
        """What the question is about; None where that is not clear."""
        narrowed = self.narrowed(question, wanted)
        if narrowed is None or not narrowed[0]:
            return None
        rows, conditions = narrowed
        asked = content(question) - wanted.words
        counted = wanted.what == "count"
        if counted and any(content(one.name) & asked for one in self._columns if one.kind != "date"):
            return None  # a figure tells how many
        if counted and self._shared(_MANY.search(question)):
            return None  # not rows are counted, but what some of them share
        column = None if counted else self._column(question, wanted, asked)
        if column is None and not counted:
            return None
        if not (asked - _EMPTY or wanted.of in ("money", "date", "age") or _MONEY.search(question)):
            return None  # nothing ties it to this table
        empty = _EMPTY if counted and not conditions else _EMPTY | _VERBS
        told = {word for _, value in conditions for word in content(value)}
        if any(name is not None and are_answers(self.cells[name].values()) for name, _ in conditions):
            told |= _DENIALS
        rest = {word for word in asked - empty - self._named - self.about if not is_among(word, told)}
        if not self._understands(rest, question, column) or not self._compares(wanted, column):
            return None
        group = self._shared(_WHICH.search(question)) if wanted.most_of and not wanted.either else ""
        return Link(question, tuple(rows), column, tuple(conditions), group)

    @cached_property
    def about(self) -> set[str]:
        """The words of what the document and the table are called."""
        document = self.document.document
        start = self.document.sentences[(self.rows or self.totals)[0].position].start
        headings = [one.heading for one in self.document.passages if one.start <= start < one.end]
        return content(" ".join([document.title, document.id, document.part(start) or "", *headings]))

    @cached_property
    def _named(self) -> set[str]:
        return {word for name in self.cells for word in content(name)}

    def _two_named(self, asked: set[str]) -> list[int]:
        """The two rows that a question names, be it by parts of what they are called; none if they are not two."""
        called = [content(row.label) for row in self.rows]
        shared = [frozenset(words & asked) for words in called]
        different = {words for words in shared if words}  # of thousands of rows there are but a few
        most = {words for words in different if not any(words < other for other in different)}
        best = [row for row, words in enumerate(shared) if words in most]
        named = len(best) == 2 and shared[best[0]].isdisjoint(shared[best[1]])
        return best if named and all(2 * len(shared[row]) >= len(called[row]) for row in best) else []

    def _values_in(self, asked: set[str]) -> list[Condition]:
        """The values all of whose words are asked for, and the lines above rows."""
        figures = {column.name for column in self._columns if column.kind != "date"}
        texts: list[tuple[str | None, Iterable[str]]] = [
            (name, cells.values())
            for name, cells in self.cells.items()
            if name not in figures and not are_answers(cells.values())
        ]
        found = [
            (name, value)
            for name, values in (*texts, (None, [row.group for row in self.rows]))
            for value in dict.fromkeys(values)
            if (words := content(value)) and all(is_among(word, asked) for word in words)
        ]
        longer = [content(value) for _, value in found]
        found = [one for one in found if not any(content(one[1]) < words for words in longer)]
        exact = {name for name, value in found if content(value) <= asked}
        return [(name, value) for name, value in found if name not in exact or content(value) <= asked]

    def _yes_or_no(self, question: str) -> list[Condition]:
        """The cells of columns that tell yes or no which are as a question wants them that names the column."""
        asked, denied = content(question), bool(_DENIED.search(question))
        return [
            (name, value)
            for name, cells in self.cells.items()
            if content(name) and content(name) <= asked
            if are_answers(cells.values())
            for value in sorted(set(cells.values()))
            if (value.lower() in NO) == denied
        ]

    def _meets(self, row: int, conditions: Sequence[Condition]) -> bool:
        return all(
            any(self.has(row, name, value) for other, value in conditions if other == name)
            for name in {name for name, _ in conditions}
        )

    def _column(self, question: str, wanted: Reckoning, asked: set[str]) -> Column | None:
        """The column that is to be compared or added up; None where it is not clear which."""
        columns = self._fitting(question, wanted)
        named = [one for one in columns if content(one.name) & asked]
        if not named and any(content(name) & asked for name in (*self._unclear, *(one.name for one in self._columns))):
            return None  # another one is named
        columns = named_best(named, asked) or columns
        if wanted.dimension and not named and not (wanted.of == "length" and columns and columns[0].kind == "time"):
            columns = [one for one in columns if self._like(wanted.dimension, one.name)]
        if len(columns) < 2:
            return columns[0] if columns else None
        likeness = self._embedder.embed([one.name for one in columns]) @ self._embedder.embed_query(question)
        best, second = sorted(zip(likeness.tolist(), range(len(columns)), strict=True), reverse=True)[:2]
        return columns[best[1]] if best[0] - second[0] >= CLEARLY else None

    def _fitting(self, question: str, wanted: Reckoning) -> list[Column]:
        """The columns that may tell what is asked for, by their kind."""
        columns = [one for one in self._columns if one.kind != "date" and not one.is_years]
        if wanted.of == "date":
            columns = [one for one in self._columns if one.kind == "date" or one.is_years]
        elif wanted.of == "age":
            begun = [one for one in self._columns if content(one.name) & BEGUN]
            columns = [one for one in columns if content(one.name) & AGE] or begun
        elif wanted.of == "time":
            columns = [one for one in columns if one.kind == "time" and not one.is_time_of_day]
        elif wanted.of == "length":
            columns = [one for one in columns if one.kind == "time"] or columns
        elif wanted.of == "money" or _MONEY.search(question):
            columns = [one for one in columns if one.kind == "money"] or columns
        return [one for one in columns if one.kind not in ("money", "percent")] if wanted.many else columns

    def _understands(self, stems: set[str], question: str, column: Column | None) -> bool:
        """Whether each of the words, given by their stems, is like what the table has."""
        words = sorted({word.lower() for word in WORD.findall(question) if content(word) & stems})
        figures = {one.name for one in self._columns}
        label = next((name for name in self.cells if name and name not in figures), "")
        if not label and (which := _WHICH.search(question)):
            words = [word for word in words if word != which[1].lower()]  # what nameless names of rows are of
        names = [name for name in (label, column.name if column else "") if name]
        if not words or not names or column is None:  # rows that are counted may be those of which a word is true
            return not words
        if any(character.isdigit() for word in words for character in word):
            return False
        likeness = self._embedder.embed(words) @ self._embedder.embed(names).T
        return bool((likeness.max(axis=1) >= ALIKE).all())

    def _compares(self, wanted: Reckoning, column: Column | None) -> bool:
        """Whether the column may tell what rows have most or least of."""
        word = wanted.most_of.lower()
        if column is None or content(word) <= content(column.name) | _EMPTY | self.about:
            return True
        if content(word) <= self._named:
            return False  # rows are told apart by it
        return self._like(word, column.name)

    def _like(self, word: str, name: str) -> bool:
        return float(self._embedder.embed([word])[0] @ self._embedder.embed([name])[0]) >= ALIKE

    def _shared(self, asked: re.Match[str] | None) -> str:
        """The column that is asked for whose values several rows have: "Which campaign" of a list of gifts."""
        words = content(asked[1]) if asked else set()
        for name, cells in self.cells.items():
            if words and words <= content(name) and len(set(cells.values())) < len(cells):
                return "" if are_answers(cells.values()) else name
        return ""
