"""The reader: which sentences of the passages found answer the question, and whether any does."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter

from index.embedding import Embedder
from index.files.structure import plain_heading
from index.store.snapshot import Snapshot
from index.types import Hit, IndexedDocument, Passage, Sentence
from rag.ask.query import Query
from rag.base import base_installed
from rag.networks import BASE, SMALL
from rag.read.alike import with_rows_alike
from rag.read.cascade import Cascade, open_model
from rag.read.choosing import is_question
from rag.read.confidence import Calibration
from rag.read.context import Context, contexts
from rag.read.editions import of_the_edition
from rag.read.evidence import Candidate, Reader, Reading
from rag.read.filled_in import filled_in
from rag.read.keyed import row_picked
from rag.read.rivals import Rows
from rag.read.sentences import Place, SentenceSimilarity, lines_within, sentences_within
from rag.read.similarity import SimilarityReader
from rag.read.spans import SpanModel, Window
from rag.read.tables import cells_of
from rag.read.times import cell_asked
from rag.read.told import Told, line_told, told
from rag.read.weighing import Evidence, best_of, figures_of, ranked

SIMILARITY = "similarity"  #: the name of the reader that has no model
#: How sure the exact answer must be to be told: confidence, times the share of what speaks for its sentence that speaks
#: for it. Chosen on the eight development folders: of 107 told there, 89 alone hold what the answer must; of the other
#: 43, 21.
EXACT = 0.55
#: What is weighed of a sentence, as `Evidence` has it after the likeness.
_Said = tuple[float, float, float | None, tuple[int, int], float, Hit, Context]


class SpanReader:
    """Reads with an extractive question-answering model, and weighs what it says with similarity."""

    def __init__(self, model: SpanModel | Cascade, embedder: Embedder, calibration: Calibration) -> None:
        """Read with `model`; `calibration` turns what it says into probabilities."""
        self._model = model
        self._similarity = SentenceSimilarity(embedder)
        self._calibration = calibration

    @property
    def identity(self) -> str:
        """Name of the model, and the start of its weights' hash."""
        return self._model.identity

    @property
    def min_confidence(self) -> float:
        """The threshold that was chosen on held-out questions."""
        return self._calibration.min_confidence

    def warm_up(self) -> None:
        """Load the model."""
        self._model.load()

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Score every sentence of the passages found."""
        rows = Rows(query.text, _lines_found(hits, snapshot))
        of_edition = of_the_edition(query.text, hits, snapshot)
        meant = [hit for hit in of_edition if not _is_rivalled(hit, rows, snapshot)]
        evidence, no_answers = self._weigh_asked(query, meant, snapshot, rows)
        if not evidence:
            return Reading((), 0.0)
        candidates = self._ranked(evidence)
        best = best_of(evidence, candidates)
        [alone] = self.alone(query.text, [best])
        weighed = self._ranked([*evidence, *no_answers])
        figures = self._calibration.weigh(figures_of(best, alone, weighed))
        if not query.is_of_two and " or " not in query.text:
            candidates = tuple(one for one in candidates if not _is_of_else(one, candidates[0], rows))
        if figures.confidence * best.unrivalled < EXACT:
            candidates = tuple(replace(one, span=None) for one in candidates)
        return Reading(with_rows_alike(query.text, candidates), figures.confidence, figures=figures)

    def _weigh_asked(
        self, query: Query, hits: Sequence[Hit], snapshot: Snapshot, rows: Rows
    ) -> tuple[list[Evidence], list[Evidence]]:
        """What is weighed of what is asked for, and of questions and blanks that were best.

        If the best was of something else, further passages are read: reading stops as soon as it is sure, and so it was
        too early.
        """
        evidence = self._with_row_picked(query.text, self.weigh(query, hits, snapshot))
        kept, no_answers = self._asked_for(query.text, evidence, rows)
        places = {one.place for one in kept}
        wrong = {one.hit.passage.id for one in evidence if one.place not in places}
        others = [hit for hit in hits if hit.passage.id not in wrong]
        if not wrong or not others:
            return kept, no_answers
        known = {one.place for one in evidence}
        further = [one for one in self.weigh(query, others, snapshot) if one.place not in known]
        kept, more = self._asked_for(query.text, kept + further, rows)
        return kept, no_answers + more

    def _with_row_picked(self, question: str, evidence: list[Evidence]) -> list[Evidence]:
        """The evidence, with the row of the best one's table that a number of the question picks for all others."""
        best = best_of(evidence, self._ranked(evidence)) if evidence else None
        picked = best and row_picked(question, best.document, best.position)
        if not best or not picked:
            return evidence
        name, _ = best.place
        others = [one for one in evidence if one.place[0] != name or one.place[1] not in picked.among]
        return [_of_row(best, picked.position), *others]

    def _asked_for(self, question: str, evidence: list[Evidence], rows: Rows) -> tuple[list[Evidence], list[Evidence]]:
        """The evidence without what is best and no answer; and what of that is none of anything: questions and blanks.

        Rows are held against all that were found, which are more than the larger model reads.
        """
        no_answers: list[Evidence] = []
        while evidence:
            best = best_of(evidence, self._ranked(evidence))
            told = filled_in(best.document, best.position, best.span, question)
            span = cell_asked(question, best.document, best.position, told or best.span)
            empty = told is None or is_question(best.document, best.position)
            if empty or span is None or rows.rivalled(best.document, best.position):
                evidence = [one for one in evidence if one is not best]
                no_answers += [best] if empty else []
            elif span != best.span:
                evidence = [replace(one, span=span) if one is best else one for one in evidence]
            else:
                break
        return evidence, no_answers

    def _ranked(self, evidence: Sequence[Evidence]) -> tuple[Candidate, ...]:
        return ranked(evidence, self._calibration.sentence)

    def weigh(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> list[Evidence]:
        """What the model and similarity make of every sentence of the passages found."""
        around = contexts(query.text, hits, snapshot)
        texts = [told(hit.passage, snapshot.documents[hit.passage.document_id]) for hit in hits]
        passages = [(context.heading, text.text) for text, context in zip(texts, around, strict=True)]
        read = self._model.read(query.text, passages, [hit.score for hit in hits])
        best: dict[Place, _Said] = {}
        for hit, text, context, windows in zip(hits, texts, around, read, strict=True):
            document = snapshot.documents[hit.passage.document_id]
            for position in lines_within(hit.passage, document):
                place = document.id, position
                known = [best[place]] if place in best else []
                said = _said(document, document.sentences[position], hit, text, context, windows)
                if most := max([*known, *said], key=itemgetter(0, 1), default=None):
                    best[place] = most
        return [
            Evidence(one, *best[one.document.id, one.position])
            for one in self._similarity.measure(query.text, hits, snapshot, best.keys())
        ]

    def alone(self, question: str, evidence: Sequence[Evidence]) -> list[float]:
        """Log-odds that the answer is in each sentence, as it reads by itself under its title and heading."""
        texts = [line_told(one.document, one.position) for one in evidence]
        passages = [(one.context.heading, text) for one, text in zip(evidence, texts, strict=True)]
        read = self._model.reread(question, passages)
        return [max(window.mass(0, len(text)) for window in windows) for windows, text in zip(read, texts, strict=True)]


def _said(
    document: IndexedDocument, sentence: Sentence, hit: Hit, text: Told, context: Context, windows: Sequence[Window]
) -> Iterator[_Said]:
    """What each window of a passage says of a sentence."""
    passage = hit.passage
    begin, stop = place_read(document, sentence, passage, context.heading)
    if begin >= 0:
        begin, stop = text.place(begin, stop)
    for window in windows:
        if found := window.best_span(begin, stop):
            margin, first, last = found
            span = sentence.start, sentence.end
            if begin >= 0:
                start, end = text.back(first, last)
                span = _whole(document.text, passage.start + start, passage.start + end)
            elif stop - begin == sentence.end - sentence.start:  # read as it stands there
                span = sentence.start - begin + first, sentence.start - begin + last
            alone = window.unrivalled(begin, stop, (first, last))
            yield window.mass(begin, stop), margin, window.relevance(begin, stop), span, alone, hit, context


def _of_row(best: Evidence, position: int) -> Evidence:
    """What speaks for a row as evidence for another of its table, and its cell in the same column as the answer."""
    document = best.document
    begins, start = document.sentences[best.position].start, document.sentences[position].start
    answer = next((cell for cell in cells_of(document, best.position) if begins + cell.end >= best.span[1]), None)
    cells = cells_of(document, position)
    cell = next((one for one in cells if answer and answer.name and one.name == answer.name), None)
    span = (start + cell.start, start + cell.end) if cell else (start, document.sentences[position].end)
    return replace(best, likeness=replace(best.likeness, position=position), span=span)


def _lines_found(hits: Sequence[Hit], snapshot: Snapshot) -> dict[str, list[int]]:
    """The positions of all sentences and headings of the passages found, by document."""
    found: dict[str, list[int]] = {}
    for hit in hits:
        name = hit.passage.document_id
        found.setdefault(name, []).extend(lines_within(hit.passage, snapshot.documents[name]))
    return found


def _is_rivalled(hit: Hit, rows: Rows, snapshot: Snapshot) -> bool:
    """Whether a passage has nothing but rows of something else than is asked, so that reading it is in vain."""
    document = snapshot.documents[hit.passage.document_id]
    positions = list(sentences_within(hit.passage, document))
    return bool(positions) and all(rows.rivalled(document, one) for one in positions)


def _is_of_else(candidate: Candidate, best: Candidate, rows: Rows) -> bool:
    """Whether a row is of something else than the best one, of the same document, by what the question names."""
    return candidate.document is best.document and rows.is_of_else(
        candidate.document, candidate.position, best.position
    )


def place_read(document: IndexedDocument, sentence: Sentence, passage: Passage, heading: str) -> tuple[int, int]:
    """Where a sentence stands in what is read of a passage: offsets in its text, below 0 in the heading read before it.

    Nowhere, at 0, if it is a heading above that was cut off.
    """
    if sentence.end > passage.start:
        return max(sentence.start - passage.start, 0), min(sentence.end, passage.end) - passage.start
    said = plain_heading(document.said(sentence))
    last = heading.rpartition("\n")[2]
    place = last.find(said)
    begin = place - len(last) - 1
    return (begin, begin + len(said)) if place >= 0 else (0, 0)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with the accents of its last letter, if it is decomposed: tokens leave them out."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return start, end


def open_reader(name: str | None, embedder: Embedder) -> Reader:
    """The reader that a name stands for.

    Args:
        name: `base`, in which the small reader reads all passages and an adapter on all-mpnet-base-v2 those that say
            most; `base-float32`, the same, never in int8; `small`, the first of them alone; `similarity`, without a
            model; or another model, or an adapter, which reads after the small reader, too. By default `base` where
            that is installed, else `small`.
        embedder: What likeness is measured with.
    """
    if name == SIMILARITY:
        return SimilarityReader(embedder)
    model = open_model(name or (BASE if base_installed() else SMALL))
    return SpanReader(model, embedder, Calibration.read(model.calibration_folder))
