"""Which rows and which column of a table a question is about, as far as its words tell.

Each word of the question must be accounted for: by the name of a column, a value that rows have, what the document or
its table is called, or by its likeness to one of these. One that is not may be a condition that nobody can check.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.embedding import Embedder
from index.types import IndexedDocument
from rag.ask.reckoning import Reckoning
from rag.read.fillers import EMPTY, VERBS
from rag.read.grid import WHICH, Condition, Grid
from rag.read.tables import Row
from rag.read.values import AGE, BEGUN, Column, are_answers, named_best
from rag.words import WORD, content, is_among

ALIKE = 0.5  #: likeness of a word and the name of a column, from which it may mean it
CLEARLY = 0.05  #: by which the likeness of one column to the question must be above that of the next

_MONEY = re.compile(
    r"\b(?:money|costs?|pa(?:y|ys|id|yment)|spen[dt]|prices?|charges?|earn\w*|worth|owe[ds]?|fees?)\b", re.I
)
_SPENT = re.compile(r"\b(?:costs?|pa(?:y|id)|spen[dt]|(?:most|least) expensive|cheapest|dearest)\b", re.I)
#: Stems of what columns are called that tell what is to be: nobody has spent that.
_MEANT = content("plan planned budget budgeted estimate estimated forecast expected target proposed projected")
_DENIALS = content("no not without never")
_MANY = re.compile(r"\bhow many ([^\W\d_]+)", re.I)
_SIZES = content("total many much long old far high large big")  #: which "how" may ask for, whatever is asked
_CUT = {"maximum": "max", "minimum": "min", "most": "max", "least": "min", "highest": "max", "lowest": "min"}


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


class Table(Grid):
    """A table whose columns can be told by what they are called and by what is like that."""

    def __init__(self, document: IndexedDocument, rows: Sequence[Row], embedder: Embedder) -> None:
        super().__init__(document, rows)
        self._embedder = embedder

    def says(self, wanted: Reckoning, text: str = "") -> bool:
        """Whether the name of a column, or a text, has the word that asks for an extreme: "Maximum load"."""
        words = self.named | content(text)
        return any(word in words or _CUT.get(word) in words for word in wanted.words - _SIZES)

    def may_be_compared(self, question: str, wanted: Reckoning) -> bool:
        """Whether a column may tell which row has most or least of what is asked, or one that the question names."""
        times = wanted.of == "date" and any(one.kind == "time" for one in self.columns)
        asked = content(question) - wanted.words
        named = any(content(name) & asked for name in self.unclear)
        return times or named or bool(self._fitting(question, wanted))

    def name_of(self, row: int, link: "Link") -> str | None:
        """What a row is called by the column that is asked for ("Which firm"), or else by its first cell; no number.

        What all the rows have that are meant, calls none of them.
        """
        question, shared = link.question, set() if link.are_two else {name for name, _ in link.conditions}
        which = WHICH.search(question)
        words = content(which[1]) if which else set()
        cells, whole = self.rows[row].cells, content(question)
        asked = next((cell.value for cell in cells if words and words <= content(cell.name)), "")
        own = [cell for cell in cells if cell.value and cell.name not in shared]
        texts = [cell for cell in own if not any(character.isdigit() for character in cell.value)]
        asked = asked or next((cell.value for cell in texts if (name := content(cell.name)) and name <= whole), "")
        label = next((cell.value for cell in own if not shared or self.tells_apart(cell.name, link.rows)), "")
        return asked or (label if label.replace(" ", "").isalpha() else None)

    def link(self, question: str, wanted: Reckoning) -> Link | None:
        """What the question is about; None where that is not clear."""
        narrowed = self.narrowed(question, wanted)
        if narrowed is None or not narrowed[0]:
            return None
        rows, conditions = narrowed
        asked = content(question) - wanted.words
        counted = wanted.what == "count"
        if counted and any(content(one.name) & asked for one in self.columns if one.kind != "date"):
            return None  # a figure tells how many
        if counted and self._shared(_MANY.search(question)):
            return None  # not rows are counted, but what some of them share
        column = None if counted else self._column(question, wanted, asked)
        if column is None and not counted:
            return None
        if not (asked - EMPTY or wanted.of in ("money", "date", "age") or _MONEY.search(question)):
            return None  # nothing ties it to this table
        empty = EMPTY if counted and not conditions else EMPTY | VERBS
        told = {word for _, value in conditions for word in content(value)}
        if any(name is not None and are_answers(self.cells[name].values()) for name, _ in conditions):
            told |= _DENIALS
        rest = {word for word in asked - empty - self.named - self.about if not is_among(word, told)}
        if not self._understands(rest, question, column) or not self._compares(wanted, column):
            return None
        group = self._shared(WHICH.search(question)) if wanted.most_of and not wanted.either else ""
        return Link(question, tuple(rows), column, tuple(conditions), group)

    def _column(self, question: str, wanted: Reckoning, asked: set[str]) -> Column | None:
        """The column that is to be compared or added up; None where it is not clear which."""
        columns = self._fitting(question, wanted)
        named = [one for one in columns if content(one.name) & asked]
        if not named and any(content(name) & asked for name in (*self.unclear, *(one.name for one in self.columns))):
            return None  # another one is named
        columns = named_best(named, asked) or columns
        if _SPENT.search(question) and not (asked - self.about) & _MEANT:
            columns = [one for one in columns if not content(one.name) & _MEANT] or columns
        if wanted.dimension and not named and not (wanted.of == "length" and columns and columns[0].kind == "time"):
            columns = [one for one in columns if self._like(wanted.dimension, one.name)]
        if len(columns) < 2:
            return columns[0] if columns else None
        likeness = self._embedder.embed([one.name for one in columns]) @ self._embedder.embed_query(question)
        best, second = sorted(zip(likeness.tolist(), range(len(columns)), strict=True), reverse=True)[:2]
        return columns[best[1]] if best[0] - second[0] >= CLEARLY else None

    def _fitting(self, question: str, wanted: Reckoning) -> list[Column]:
        """The columns that may tell what is asked for, by their kind."""
        columns = [one for one in self.columns if one.kind != "date" and not one.is_years]
        if wanted.of == "date":
            columns = [one for one in self.columns if one.kind == "date" or one.is_years]
        elif wanted.of == "age":
            begun = [one for one in self.columns if content(one.name) & BEGUN]
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
        figures = {one.name for one in self.columns}
        label = next((name for name in self.cells if name and name not in figures), "")
        if not label and (which := WHICH.search(question)):
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
        if column is None or content(word) <= content(column.name) | EMPTY | self.about:
            return True
        if content(word) <= self.named:
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
