"""How much each sentence of the passages found is like the question."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from index.files.structure import plain_heading
from index.store.lexical import USUAL_TEXTS, LexicalIndex
from index.store.snapshot import Snapshot
from index.types import Hit, IndexedDocument, Passage, Sentence

USUAL_LENGTH = 12.0  #: of a sentence, in words that are no stop words
BEFORE = 3  #: sentences before one, that may name what it is about
MAX_KNOWN = 20_000  #: sentences whose embeddings are kept, 30 MB for 384 dimensions

Place = tuple[str, int]  #: a document's id, and the position of a sentence in it


@dataclass(frozen=True, slots=True)
class Likeness:
    """A sentence, and how it and its surroundings resemble the question."""

    document: IndexedDocument
    position: int  #: of the sentence in `document.sentences`
    cosine: float
    bm25: float  #: share of the question's weighted terms, the other sentences being the corpus
    passage: float  #: fused score of the best passage that holds the sentence
    context: float  #: the highest cosine of the few sentences before it, as far as they were found

    @property
    def sentence(self) -> Sentence:
        """Where the sentence stands in its document."""
        return self.document.sentences[self.position]

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.document.line(self.position)


class SentenceSimilarity:
    """Compares sentences with a question by embedding and BM25; threads may share it."""

    def __init__(self, embedder: Embedder) -> None:
        """Compare with this embedder."""
        self._embedder = embedder
        self._known: dict[str, NDArray[np.float32]] = {}  # embedding is nearly all of the work

    def measure(
        self, query: str, hits: Sequence[Hit], snapshot: Snapshot, only: Collection[Place] | None = None
    ) -> list[Likeness]:
        """Every sentence of the passages found, each once, or `only` some; all are the corpus of the others.

        Headings are among them only where `only` is given.
        """
        within = sentences_within if only is None else lines_within
        places: dict[Place, float] = {}
        for hit in hits:
            for position in within(hit.passage, snapshot.documents[hit.passage.document_id]):
                place = hit.passage.document_id, position
                places[place] = max(places.get(place, 0.0), hit.score)
        if not places:
            return []
        texts = {place: snapshot.documents[place[0]].line(place[1]) for place in places}
        corpus = LexicalIndex(list(texts.values()), usual=USUAL_TEXTS, length=USUAL_LENGTH)
        bm25 = dict(zip(places, map(float, corpus.scores(query)), strict=True))
        wanted = [place for place in places if only is None or place in only]
        around = {(document, position - back) for document, position in wanted for back in range(BEFORE + 1)}
        cosines = self._cosines(query, {place: text for place, text in texts.items() if place in around})
        found = []
        for document, position in wanted:
            place = document, position
            context = max(cosines.get((document, position - back), 0.0) for back in range(1, BEFORE + 1))
            indexed = snapshot.documents[document]
            found.append(Likeness(indexed, position, cosines[place], bm25[place], places[place], context))
        return found

    def _cosines(self, query: str, texts: Mapping[Place, str]) -> dict[Place, float]:
        known = self._known if len(self._known) <= MAX_KNOWN else {}
        new = list(dict.fromkeys(text for text in texts.values() if text not in known))
        self._known = known = known | dict(zip(new, self._embedder.embed(new), strict=True))
        asked = self._embedder.embed_query(query)
        return {place: float(known[text] @ asked) for place, text in texts.items()}


def sentences_within(passage: Passage, document: IndexedDocument) -> Iterator[int]:
    """Positions of the sentences that a passage of a document touches, its headings left out."""
    sentences = document.sentences
    return (position for position in _touched(passage, sentences) if not sentences[position].heading)


def lines_within(passage: Passage, document: IndexedDocument) -> Iterator[int]:
    """Positions of the sentences and headings that a passage touches, the headings that it stands under first."""
    yield from headings_above(passage, document)
    yield from _touched(passage, document.sentences)


def headings_above(passage: Passage, document: IndexedDocument) -> list[int]:
    """Positions of the headings that a passage stands under, as its own heading names them, in document order."""
    found: list[int] = []
    named = passage.heading
    position = _first(passage, document.sentences) - 1
    while named and position >= 0:
        if document.sentences[position].heading:
            said = plain_heading(document.line(position))
            before, _, _ = named.partition(said) if not found else (named.removesuffix(said), "", "")
            if said and before != named:
                found.append(position)
                named = before.rstrip(": ")
            elif not found:
                break  # it stands under nothing, and a heading in it was named
        position -= 1
    return found[::-1]


def _first(passage: Passage, sentences: Sequence[Sentence]) -> int:
    return bisect_left(sentences, passage.start + 1, key=lambda sentence: sentence.end)


def _touched(passage: Passage, sentences: Sequence[Sentence]) -> Iterator[int]:
    position = _first(passage, sentences)
    while position < len(sentences) and sentences[position].start < passage.end:
        yield position
        position += 1


def before_on_line(document: IndexedDocument, position: int) -> str:
    """What stands before a sentence on its line: the mark or number of an item, signs of a heading, a sentence."""
    start = document.sentences[position].start
    return document.text[document.text.rfind("\n", 0, start) + 1 : start]


def heading_level(document: IndexedDocument, position: int) -> int:
    """How many signs stand before a heading in Markdown; 0 for any other line."""
    return before_on_line(document, position).count("#") if document.sentences[position].heading else 0
