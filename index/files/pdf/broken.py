"""Words that are broken at the ends of lines in a PDF, in paragraphs and in the cells of tables."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

from index.files.pdf.spelt import SOFT_HYPHEN
from index.files.tables.cells import Cell
from index.files.tables.rows import Grid

BROKEN = re.compile(r"(\w+)[-\u00ad\u2010]$")
SHORT = 6  #: letters; a shorter word is hardly broken

_REST = re.compile(r"(\w+)(-?)")
_ALWAYS_APART = {"self", "non"}  # what begins with them has a hyphen
_BEGINS = {"con", "de", "dis", "re", "un"}  # words, while what begins so is rarely a compound
_SAYS_ELSE = {"recover", "recreation", "reform", "relay", "represent", "resent", "resign"}  #: without the hyphen
_LINKS = re.compile(r"(?:and|or|nor|to|und|oder|bzw|et|ou)\b")
_WORD = re.compile(r"\w+(?![-\u00ad\u2010]$)\b")
_HYPHENATED = re.compile(r"\w+-\w+")
_BREAK = "\x1f"  # where a word may be broken in a cell, until all words of the file are known


def words_of(lines: Iterable[str]) -> set[str]:
    """The words and compounds of lines, in small letters, but for those that a line may break."""
    return {word.casefold() for line in lines for form in (_WORD, _HYPHENATED) for word in form.findall(line)}


def run_on(text: str, more: str, known: set[str]) -> str:
    """The text and what follows on the next line; a broken word is whole again, a compound keeps its hyphen.

    So does what stands for the first of two compounds: “pre- and post-natal”.
    """
    broken, rest = BROKEN.search(text[-100:]), _REST.match(more)
    if not broken or not rest or _LINKS.match(more):
        return f"{text} {more}"
    if text[-1] == SOFT_HYPHEN:
        return text[:-1] + more
    first, second = broken[1], rest[1]
    alone = first.isupper() or len(first) == 1 or first.casefold() in _ALWAYS_APART
    if not more[0].islower() or rest[2] or any(map(str.isdigit, first)) or alone:
        return text + more  # as in “mother-in-law”, “10-year”, “T-shirt”
    parts = first.casefold(), second.casefold()
    whole = "".join(parts)
    two_words = known.issuperset(parts) and (parts[0] not in _BEGINS or whole in _SAYS_ELSE)
    compound = "-".join(parts) in known or (whole not in known and (two_words or len(whole) < SHORT))
    return text + more if compound else text[:-1] + more


def lines_joined(lines: Iterable[str]) -> str:
    """The lines of a cell as one, marked where a word may be broken."""
    text = ""
    for line in lines:
        broken = BROKEN.search(text[-100:]) and line[:1].islower()
        text += (_BREAK if broken else " " if text else "") + line
    return text


def mended(grid: Grid, known: set[str]) -> Grid:
    """A table whose broken words are whole again."""

    def whole(cell: Cell) -> Cell:
        if _BREAK not in cell.text:
            return cell
        first, *others = cell.text.split(_BREAK)
        return replace(cell, text=reduce(lambda text, more: run_on(text, more, known), others, first))

    return replace(grid, cells=tuple(map(whole, grid.cells)), above=tuple(map(whole, grid.above)))
