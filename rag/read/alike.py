"""Rows of a table that nothing in a question tells from the one that answers it: they are answers as well."""

from dataclasses import replace

from index.types import IndexedDocument
from rag.read.choosing import RELEVANT
from rag.read.evidence import Candidate
from rag.read.keyed import rows_around
from rag.read.tables import cells_of
from rag.words import content

MOST = 8  #: rows; where more are alike, the reader knows something that no words tell


def with_rows_alike(question: str, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The candidates, best first, with the rows that a question does not tell from the best; none is exact then."""
    best = candidates[0]
    places = {(best.document.document.id, at) for at in rows_alike(question, best.document, best.position)}
    if not places:
        return candidates
    known = {one.place: one for one in candidates}
    rows = (known.get(place, Candidate(best.document, place[1], best.score)) for place in sorted(places))
    alike = [replace(one, score=best.score, relevance=max(one.relevance or 0.0, RELEVANT)) for one in rows]
    others = [one for one in candidates[1:] if one.place not in places]
    return tuple(replace(one, span=None) for one in (best, *alike, *others))


def rows_alike(question: str, document: IndexedDocument, position: int) -> list[int]:
    """The positions of the other rows that have the cells which a question names, and no word of it less.

    A cell is named if all its words are in the question. None if no cell is, or if too many rows are alike.

    Args:
        question: What is asked.
        document: Where the rows stand.
        position: Of the row that answers, among the document's sentences.
    """
    words, own = content(question), cells_of(document, position)
    named = {(cell.name, cell.value) for cell in own if (said := content(cell.value)) and said <= words}
    if len(own) < 2 or not named:
        return []
    asked = content(" ".join(cell.value for cell in own)) & words
    alike = [
        at
        for at, cells in rows_around(document, position)
        if named <= {(cell.name, cell.value) for cell in cells}
        and asked <= content(" ".join(cell.value for cell in cells))
    ]
    return alike if len(alike) <= MOST else []
