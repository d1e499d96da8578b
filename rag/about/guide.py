"""What one document is, at a glance: its headings, and the sentences that tell most of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from index.embedding import Embedder
from index.files.structure import plain_heading
from index.store.narrowed import Index
from index.store.snapshot import Snapshot
from index.types import IndexedDocument
from rag.about.overview import survey, tells
from rag.ask.query import Query
from rag.read.choosing import choose_quotations

SENTENCES = 3  #: that tell what a document is, at most
PASSAGES = 8  #: that these are chosen from


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a document, half-open offsets, and what it says on one line."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Both in the order of the document."""

    sentences: tuple[Place, ...] = ()
    outline: tuple[Place, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found that tells."""
        return not (self.sentences or self.outline)


def make_guide(indexed: IndexedDocument, index: Index, snapshot: Snapshot, embedder: Embedder) -> Guide:
    """The sentences are those of an answer to "What is this about?"; rows of a form or a table tell nothing here."""
    query = Query("", "", "whole", documents=(indexed,))
    found = survey(query, index, snapshot, embedder, PASSAGES)
    telling = [one for one in found.reading.candidates if tells(one.text)]
    quotations = choose_quotations(telling, SENTENCES)
    spans = [(one.sentences[0].start, one.sentences[-1].end) for one in quotations]
    text = indexed.text
    sentences = (Place(start, end, " ".join(text[start:end].split())) for start, end in sorted(spans))
    return Guide(tuple(sentences), tuple(_headings(indexed)))


def _headings(indexed: IndexedDocument) -> Iterator[Place]:
    """The headings below the title, each where it first comes."""
    told = {indexed.title}
    for one in indexed.sentences:
        heading = plain_heading(indexed.said(one)) if one.heading else ""
        if heading and heading not in told:
            told.add(heading)
            yield Place(one.start, one.end, heading)
