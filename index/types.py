"""The data that the index is made of."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that a sentence never leaves, without white space at its ends."""

    start: int
    end: int
    heading: bool = False
    caption: bool = False  #: of a picture, or a table's head row: never quoted as an answer
    whole: bool = False  #: one unit, such as a table row, that is not split into sentences


@dataclass(frozen=True, slots=True)
class Part:
    """Where something that has a name of its own begins in a document."""

    start: int
    name: str  #: `sheet Prices, row 12`, `slide 3`, `message 2`


@dataclass(frozen=True, slots=True)
class Document:
    """One source file. Its `text` is canonical: every offset anywhere refers to it."""

    id: str  #: POSIX path relative to the root it was found under, e.g. `reports/2024.md`
    title: str
    source: str  #: resolved path of the file
    text: str
    pages: tuple[int, ...] = ()  #: offset at which each page starts, for paged formats
    parts: tuple[Part, ...] = ()  #: in document order, for sheets, slides and messages
    facts: tuple[tuple[str, str], ...] = ()  #: what the file says of itself: names such as `author` with values
    #: What the text consists of, where its file told; found in the text elsewhere. Needed while a document is split.
    blocks: tuple[Block, ...] = field(default=(), compare=False, repr=False)
    is_named: bool = False  #: whether its title is but the name of its file

    @property
    def own_title(self) -> str:
        """The title that its text or file tells, and that stays when the file is renamed; empty if there is none."""
        return "" if self.is_named else self.title

    def part(self, place: int) -> str | None:
        """The name of the part that a place stands in; None before the first, and where none are named."""
        number = bisect_right(self.parts, place, key=lambda part: part.start)
        return self.parts[number - 1].name if number else None


def vector_of(passage_id: str) -> str:
    """The name of a passage's embedding."""
    return passage_id[:20]


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
    heading: str = ""  #: those above without their markup: the nearest, after any that has no text of its own

    @property
    def vector(self) -> str:
        """Names its embedding: passages of the same words under the same title and heading have it in common."""
        return vector_of(self.id)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, a list item, a table row or a heading: the unit that is quoted."""

    start: int
    end: int
    paragraph: int  #: number of the block it stands in; neighbours in a paragraph share it
    heading: bool = False


@dataclass(frozen=True, slots=True, weakref_slot=True)
class IndexedDocument:
    """A document with what was made of it when it was indexed, all in document order."""

    document: Document
    passages: Sequence[Passage]
    sentences: Sequence[Sentence]  #: with the headings

    @property
    def id(self) -> str:
        """That of the document."""
        return self.document.id

    @property
    def title(self) -> str:
        """That of the document."""
        return self.document.title

    @property
    def text(self) -> str:
        """That of the document."""
        return self.document.text

    def said(self, sentence: Sentence) -> str:
        """What one of its sentences or headings says, as it stands there."""
        return self.document.text[sentence.start : sentence.end]

    def line(self, position: int) -> str:
        """What the sentence or heading at a position says."""
        return self.said(self.sentences[position])

    @property
    def prose(self) -> tuple[Sentence, ...]:
        """The sentences that are no headings."""
        return tuple(sentence for sentence in self.sentences if not sentence.heading)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for one question. Compare `score` only within that question."""

    passage: Passage
    score: float  #: fused score, 0 to 1, higher is better
    rank: int  #: from 1
    cosine: float  #: similarity of the embeddings, -1 to 1
    bm25: float  #: share of the question's weighted terms that the passage matches, 0 to 1
