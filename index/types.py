"""The data that the index is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One source file. Its `text` is canonical: every offset anywhere refers to it."""

    id: str  #: POSIX path relative to the root it was found under, e.g. `reports/2024.md`
    title: str
    source: str  #: resolved path of the file
    text: str
    pages: tuple[int, ...] = ()  #: offset at which each page starts, for paged formats


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a document, the unit of retrieval: `document.text[start:end] == text`.

    Offsets are half-open and count Unicode code points.
    """

    id: str
    document_id: str
    text: str
    start: int
    end: int
    heading: str = ""  #: the nearest heading above, without its markup


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, a list item or a table row: the unit that is quoted."""

    start: int
    end: int
    paragraph: int  #: number of the block it stands in; neighbours in a paragraph share it


@dataclass(frozen=True, slots=True)
class IndexedDocument:
    """A document with what was made of it when it was indexed, all in document order."""

    document: Document
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for one question. Compare `score` only within that question."""

    passage: Passage
    score: float  #: fused score, 0 to 1, higher is better
    rank: int  #: from 1
    cosine: float  #: similarity of the embeddings, -1 to 1
    bm25: float  #: share of the question's weighted terms that the passage matches, 0 to 1
