"""Questions about documents as a whole, such as "What is this about?": answered by their most telling sentences."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.store.narrowed import Index
from index.store.snapshot import Snapshot
from index.types import Hit, IndexedDocument, Passage
from rag.ask.query import Kind, Query
from rag.read.choosing import DOCUMENTS, MAX_QUOTES, leans_back, understandable
from rag.read.evidence import Candidate, Found, Reading
from rag.read.sentences import sentences_within
from rag.words import content

MOST_DOCUMENTS = 12  #: of which an answer tells a line each
FEWEST_WORDS, MOST_WORDS = 7, 45  #: of a sentence that tells what a document is about
ALIKE = 0.75  #: cosine of two sentences from which one of them is enough
LEAD = 0.3  #: what it counts for a sentence to be the first of its document
STEEP = 6  #: how fast that falls further on
SELF = 0.15  #: what it counts to speak of the document itself
FEWEST_ROWS = 2  #: quoted of a table
MOST_POINTS = 4  #: quoted of one document
#: What is told where it is asked what that is which a title names.
TITLED = "“{}” is a title; this is what stands under it."

Vector = NDArray[np.float32]
K = TypeVar("K")

_CONCLUDING = re.compile(
    r"\b(?:conclu\w+|discussion|summary|outlook|findings|decision|judgment|ruling|lessons)\b", re.I
)
_OF_ITSELF = re.compile(
    rf"\b(?:this|the|our|the present) (?:{DOCUMENTS})\b.{{0,40}}\b(?:examin|argu|describ|explain|explor|show|present"
    r"|cover|set|govern|summari|report|look|tell|assess|review|introduc|discuss|is about|appl|aim|find)",
    re.I | re.S,
)
_CONCLUDES = re.compile(
    r"\b(?:in (?:conclusion|sum|short|summary|the end)|to (?:conclude|sum up)|overall|ultimately|conclu\w+|therefore"
    r"|(?:this|these|the) (?:results?|findings?) (?:show|suggest)|we (?:find|found|conclude|recommend))\b",
    re.I,
)
_SENTENCE = re.compile(r"[^|#>*\-a-z](?:(?! \| ).)*[.!…][\"'”’)\]\d]*", re.S)  # and no row
_COLUMN = re.compile(r"(?:^|\| )([^:|]+): ")  # its name in a row
# Sections of what others have written, or of where things stand.
_APART = re.compile(
    r"\W*(?:[\dIVX.]+\W+)?(?:references|bibliography|works cited|further reading|(?:table of )?contents|index)\W*", re.I
)
# What stands on many documents, and tells of none.
_BOILERPLATE = re.compile(
    r"\b(?:all rights reserved|copyright|e-?mail|isbn|printed in|licen[cs]ed under|page \d+|doi"
    r"|confidential|indicate by check mark|click here|cookies?|subscribe|table of contents|last updated"
    r"|downloaded from)\b"
    r"|©|https?://|\bwww\.|\S@\S|_{4,}|\.{5,}|…{2,}|\A(?:figure|fig\.|table|tab\.) ?\d|\A(?:please )?(?:see|refer)\b",
    re.I,
)
# Beginnings that speak of something before, besides those that `leans_back` knows.
_GOES_ON = re.compile(r"\W*(?:that|and|or|yet|still|for example|i|we|you)\b", re.I)


def survey(query: Query, index: Index, snapshot: Snapshot, embedder: Embedder, top_k: int) -> Found:
    """The passages that stand for the documents, best first, and their most telling sentences in order.

    Telling is what is like the document as a whole, stands early (late, for a conclusion), or speaks of the document
    itself. Of several documents each gets its share.
    """
    documents = query.documents[:MOST_DOCUMENTS]
    points = max(1, min(MOST_POINTS, MAX_QUOTES // len(documents)))
    found: list[tuple[float, Passage]] = []
    candidates: list[Candidate] = []
    for document in documents:
        vectors = index.vectors([passage.id for passage in document.passages])
        if not vectors:
            continue  # a sync has just swept them
        middle = np.mean(list(vectors.values()), axis=0)
        likeness = {name: float(vector @ middle / np.linalg.norm(middle)) for name, vector in vectors.items()}
        passages = _standing_for(document, likeness, query.kind, max(2, top_k // len(documents)))
        found += [(likeness[passage.id], passage) for passage in passages]
        positions = sorted({n for passage in passages for n in sentences_within(passage, document)} - _apart(document))
        candidates += _telling(document, positions, middle, embedder, query, points)
    found.sort(key=lambda pair: -pair[0])
    hits = [Hit(passage, score, rank, score, 0.0) for rank, (score, passage) in enumerate(found, start=1)]
    reading = Reading(tuple(candidates), 1.0 if candidates else 0.0)
    of_title = (TITLED.format(query.subject),) if query.subject else ()
    return Found(hits, reading, snapshot, (*of_title, *left_out(query.documents, MOST_DOCUMENTS)))


def left_out(documents: Sequence[IndexedDocument], most: int) -> tuple[str, ...]:
    """What to tell if an answer speaks of no more than so many of these documents."""
    if len(documents) <= most:
        return ()
    return (f"This is of {most} of {len(documents)} documents; name one to be told more of it.",)


def _apart(document: IndexedDocument) -> set[int]:
    """The positions of the sentences of sections that are set apart."""
    apart, found = False, set()
    for number, one in enumerate(document.sentences):
        if one.heading:
            apart = bool(_APART.fullmatch(document.said(one)))
        elif apart:
            found.add(number)
    return found


def _standing_for(document: IndexedDocument, likeness: dict[str, float], kind: Kind, count: int) -> list[Passage]:
    """The passages to choose from: the first ones, or those that conclude, and those most like the whole, in order."""
    passages = [one for one in document.passages if one.id in likeness]
    edge = max(1, count // 2)
    chosen = passages[:edge]
    if kind == "conclusion":
        chosen = [one for one in passages if _CONCLUDING.search(one.heading)][:edge] or passages[-edge:]
    rest = sorted((one for one in passages if one not in chosen), key=lambda one: -likeness[one.id])
    return sorted([*chosen, *rest[: count - len(chosen)]], key=lambda one: one.start)


def _telling(
    document: IndexedDocument, positions: Sequence[int], middle: Vector, embedder: Embedder, query: Query, count: int
) -> list[Candidate]:
    """The most telling sentences of those at `positions`, none much like another, in order."""
    candidates = [Candidate(document, n, 1.0) for n in positions]
    texts = {one.position: " ".join(one.text.split()) for one in candidates if understandable(one)}
    telling = {n: text for n, text in texts.items() if tells(text)}
    if not telling:
        return [Candidate(document, n, 1.0) for n in (_of_tables(texts) or list(texts))[:count]]
    vectors = dict(zip(telling, embedder.embed(list(telling.values())), strict=True))
    scores = {n: float(vectors[n] @ middle) + _standing(document, n, text, query) for n, text in telling.items()}
    chosen = unlike(sorted(scores, key=lambda n: -scores[n]), vectors, count)
    return [Candidate(document, n, 1.0) for n in sorted(chosen)]


def _of_tables(texts: Mapping[int, str]) -> list[int]:
    """What tells what a form or tables are of: what stands above them, and a row of each that has other columns.

    A row names its columns, as another line does not.
    """
    rows = {n: set(_COLUMN.findall(text)) for n, text in texts.items() if ": " in text}
    chosen: list[int] = []
    for n, names in rows.items():
        if not any(2 * len(names & rows[one]) >= min(len(names), len(rows[one])) for one in chosen):
            chosen.append(n)
    above = [n for n, text in texts.items() if rows and n < min(rows) and " | " not in text and " " in text]
    return [*above[-1:], *(chosen if len(chosen) > 1 else list(rows)[:FEWEST_ROWS])]


def unlike(ranked: Iterable[K], vectors: Mapping[K, Vector], most: int) -> list[K]:
    """The first of what is ranked, none of them much like one before it."""
    chosen: list[K] = []
    for one in ranked:
        if len(chosen) < most and all(float(vectors[one] @ vectors[other]) < ALIKE for other in chosen):
            chosen.append(one)
    return chosen


def _standing(document: IndexedDocument, position: int, text: str, query: Query) -> float:
    """What a sentence's place and words count for."""
    late = position / max(1, len(document.sentences) - 1)
    if query.kind == "conclusion":
        return LEAD * late**STEEP + SELF * bool(_CONCLUDES.search(text))
    names_it = bool(query.subject) and content(query.subject) <= content(text)
    return LEAD * (1 - late) ** STEEP + SELF * (names_it or bool(_OF_ITSELF.search(text)))


def tells(text: str) -> bool:
    """Whether a sentence may tell what a document is about."""
    text = " ".join(text.split())
    if leans_back(text) or _GOES_ON.match(text) or _BOILERPLATE.search(text) or text.isupper():
        return False
    return FEWEST_WORDS <= len(text.split()) <= MOST_WORDS and bool(_SENTENCE.fullmatch(text))
