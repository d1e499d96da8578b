"""Words that are broken at the ends of lines in a PDF, in paragraphs and in the cells of tables."""

import re
from collections.abc import Iterable
from dataclasses import replace

from index.files.cells import Cell
from index.files.rows import Grid

BROKEN = re.compile(r"(\w+)[-\u00ad\u2010]$")

_WORD = re.compile(r"\w+(?![-\u00ad\u2010]$)\b")
_HYPHENATED = re.compile(r"\w+-\w+")
_BREAK = "\x1f"  # where a word may be broken in a cell, until all words of the file are known
_AT_BREAK = re.compile(rf"(\w+[-\u00ad\u2010]){_BREAK}(\w+)")


def words_of(lines: Iterable[str]) -> set[str]:
    """The words and compounds of lines, in small letters, but for those that a line may break."""
    return {word.casefold() for line in lines for form in (_WORD, _HYPHENATED) for word in form.findall(line)}


def run_on(text: str, more: str, known: set[str]) -> str:
    """The text and what follows on the next line; a broken word is whole again, a compound keeps its hyphen."""
    broken, rest = BROKEN.search(text[-100:]), re.match(r"\w+", more)
    if not broken or not rest:
        return f"{text} {more}"
    if not more[0].islower():
        return text + more
    parts = broken[1].casefold(), rest[0].casefold()
    compound = "-".join(parts) in known or ("".join(parts) not in known and known.issuperset(parts))
    return text + more if compound and text[-1] != "\u00ad" else text[:-1] + more


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
        text = _AT_BREAK.sub(lambda found: run_on(found[1], found[2], known), cell.text)
        return replace(cell, text=text.replace(_BREAK, " ")) if _BREAK in cell.text else cell

    return replace(grid, cells=tuple(map(whole, grid.cells)), above=tuple(map(whole, grid.above)))
