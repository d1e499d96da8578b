"""Rows of a table that nothing in a question for several tells from the best one: they are answers as well."""

import re
from dataclasses import replace

from index.types import IndexedDocument
from rag.read.choosing import RELEVANT, belongs_beside
from rag.read.evidence import Candidate
from rag.read.grid import is_wanted
from rag.read.tables import cells_of, rows_around
from rag.words import content

MOST = 8  #: rows; where more are alike, the reader knows something that no words tell

#: What asks for several things: "which of the trucks are", "which teams have", "which firms gave", "all", "both".
_SEVERAL = re.compile(
    r"\b(?:which|what)\s(?:of\s)?(?:[\w’'-]+\s){0,3}?[\w’'-]+s\s(?:are|were|have|had|do|did|can|may|must|will|need)\b"
    r"|\bwhich\s(?!(?:is|was|has|does)\b)(?:of\sthe\s)?[\w’'-]{2,}(?<![suia])s\s(?!(?:is|was|has)\b)\w"
    r"|\A\W*compare\b|\bwho (?:are|were)\b|\b(?:all|any|both|each|list|name|two)\b",
    re.I,
)


def with_rows_alike(question: str, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The candidates, best first, with the rows that a question does not tell from the best; none is exact then.

    What the reader takes for a part of the answer goes before them.
    """
    best = candidates[0]
    places = {(best.document.id, at) for at in rows_alike(question, best.document, best.position)}
    if not places:
        return candidates
    known = {one.place: one for one in candidates}
    rows = (known.get(place, Candidate(best.document, place[1], best.score)) for place in sorted(places))
    alike = [replace(one, score=best.score, relevance=max(one.relevance or 0.0, RELEVANT)) for one in rows]
    others = [one for one in candidates[1:] if one.place not in places]
    parts = [one for one in others if belongs_beside(one, best)]
    rest = [one for one in others if one not in parts]
    return tuple(replace(one, span=None) for one in (best, *parts, *alike, *rest))


def rows_alike(question: str, document: IndexedDocument, position: int) -> list[int]:
    """The positions of the other rows that have the cells which a question names, and no word of it less.

    A cell is named if all its words are in the question, or if it says yes or no, as the question wants it, in a column
    that this names ("Which have not been paid back?"). None if no cell is, if too many rows are alike, or if one is
    asked for: then the reader may know what no word tells.
    """
    words, own = content(question), cells_of(document, position)
    named = {(cell.name, cell.value) for cell in own if (said := content(cell.value)) and said <= words}
    named |= {(cell.name, cell.value) for cell in own if is_wanted(question, cell.name, cell.value)}
    if len(own) < 2 or not named or not _SEVERAL.search(question):
        return []
    asked = content(" ".join(cell.value for cell in own)) & words
    alike = [
        at
        for at, cells in rows_around(document, position)
        if named <= {(cell.name, cell.value) for cell in cells}
        and asked <= content(" ".join(cell.value for cell in cells))
    ]
    return alike if len(alike) <= MOST else []
