"""The cells of a table by column and row, and which of its rows meet the conditions that a question tells."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from index.types import IndexedDocument
from rag.ask.reckoning import Reckoning
from rag.read.tables import Row, called
from rag.read.values import NO, YES, are_answers, column_of, have_figures
from rag.words import WORD, content, is_among

LONGEST_NAME = 5  #: words of a cell that names something

WHICH = re.compile(r"\b(?:which|what) ([^\W\d_]+)", re.I)
_NAME = re.compile(r"(?<=\s)[A-ZÀ-ÖØ-Þ][^\W_]+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_DENIED = re.compile(r"\b(?:no|not|without|never)\b|n[’']t\b", re.I)
_PENDING = re.compile(r"\b(?:still|yet|outstanding|pending|remain\w*)\b", re.I)

Condition = tuple[str | None, str]  #: the name of a column, or None for a line above rows, and a value in it


def is_wanted(question: str, name: str, value: str) -> bool:
    """Whether a cell says yes, or no where the question denies it, in a column whose name the question has."""
    asked = bool(content(name)) and content(name) <= content(question)
    return asked and value.lower() in (NO if _DENIED.search(question) else YES)


class Grid:
    """The cells of a table, without rows that sum up others."""

    def __init__(self, document: IndexedDocument, rows: Sequence[Row]) -> None:
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
        #: those that can be compared, and the names of others that have figures
        self.columns = [one for one in found.values() if one and not (one.name == numbers and one.is_numbering)]
        self.unclear = [name for name, one in found.items() if not one and have_figures(self.cells[name].values())]

    def tells_apart(self, name: str, rows: Sequence[int]) -> bool:
        """Whether each of the rows has another value in the column of that name."""
        values = [self.cells[name].get(row, "") for row in rows]
        return len(set(values)) == len(values)

    def has(self, row: int, name: str | None, value: str) -> bool:
        """Whether a row has a value in the column of that name; None stands for the line above rows."""
        return (self.rows[row].group if name is None else self.cells[name].get(row, "")) == value

    def narrowed(self, question: str, wanted: Reckoning) -> tuple[list[int], list[Condition]] | None:
        """The rows that meet the conditions of a question, and these; None if they cannot be checked."""
        written = set() if wanted.either else {word.lower() for name in self.cells for word in WORD.findall(name)}
        others = " ".join(word for word in WORD.findall(question) if word.lower() not in written)
        which = WHICH.search(question) if "" in self.cells else None
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
        conditions += self._named_in_part(question, asked - empty - self.named - self.about, conditions)
        told = {word for _, value in conditions for word in content(value)}
        dated = [column for column in self.columns if column.kind == "date" or column.is_years]
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

    @cached_property
    def about(self) -> set[str]:
        """The words of what the document and the table are called."""
        return called(self.document, (self.rows or self.totals)[0].position)

    @cached_property
    def named(self) -> set[str]:
        """The words of what the columns are called."""
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
        figures = {column.name for column in self.columns if column.kind != "date"}
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

    def _named_in_part(self, question: str, asked: set[str], known: Sequence[Condition]) -> list[Condition]:
        """The values that hold names of the question, as "Tesco Abbeydale" does, each in one column only.

        What a value of the table has in small letters, too, is no name.
        """
        asked = asked & content(" ".join(_NAME.findall(question))) - {w for _, value in known for w in content(value)}
        figures = {column.name for column in self.columns}
        holding: dict[str, dict[str, set[str]]] = {}  # columns and values by word
        for name, cells in self.cells.items():
            for value in dict.fromkeys(cells.values()) if name not in figures else ():
                words = WORD.findall(value)
                asked -= content(" ".join(word for word in words if word[0].islower()))
                capitals = [word for word in words if word[0].isupper()]
                for word in content(" ".join(capitals)) & asked if len(value.split()) <= LONGEST_NAME else ():
                    holding.setdefault(word, {}).setdefault(name, set()).add(value)
        found: dict[str, set[str]] = {}
        for word, columns in holding.items():
            for name, values in columns.items() if len(columns) == 1 and word in asked else ():
                found[name] = found.get(name, values) & values
        return [(name, value) for name, values in found.items() for value in sorted(values)]

    def _yes_or_no(self, question: str) -> list[Condition]:
        """The cells of columns that tell yes or no which are as a question wants them that names the column."""
        return [
            (name, value)
            for name, cells in self.cells.items()
            if are_answers(cells.values())
            for value in sorted(set(cells.values()))
            if is_wanted(question, name, value)
        ]

    def _meets(self, row: int, conditions: Sequence[Condition]) -> bool:
        return all(
            any(self.has(row, name, value) for other, value in conditions if other == name)
            for name in {name for name, _ in conditions}
        )
