"""The sentences that an LLM is shown, each with a number by which it can cite it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.store.snapshot import Snapshot
from index.types import Hit
from rag.read.evidence import Candidate, Quotation, understandable
from rag.read.sentences import lines_within
from rag.write.markers import without_own_markers


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence as evidence."""

    quotation: Quotation  #: what is quoted where it is cited: the sentence, with the one before if it leans on that
    text: str  #: the sentence itself, on one line
    evidence: str  #: the quotation, on one line


@dataclass(frozen=True, slots=True)
class NumberedContext:
    """Sentences of the passages found; `sentences[0]` is S1."""

    sentences: tuple[Numbered, ...]
    text: str  #: as the model reads it
    left_out: int  #: passages for which there was no room, the least relevant ones


def number_sentences(hits: Sequence[Hit], snapshot: Snapshot, fits: Callable[[str], bool]) -> NumberedContext | None:
    """Number the sentences of as many of the passages, best first, as fit; None if not even one does."""
    for count in range(len(hits), 0, -1):
        context = _number(hits[:count], snapshot, len(hits) - count)
        if fits(context.text):
            return context
    return None


def _number(hits: Sequence[Hit], snapshot: Snapshot, left_out: int) -> NumberedContext:
    """Documents by their best passage; within one the sentences as they stand there, gaps shown."""
    sentences: list[Numbered] = []
    lines: list[str] = []
    for document_id in dict.fromkeys(hit.passage.document_id for hit in hits):
        indexed = snapshot.documents[document_id]
        own = (hit.passage for hit in hits if hit.passage.document_id == document_id)
        positions = sorted({position for passage in own for position in lines_within(passage, snapshot)})
        title = _line(indexed.document.title)
        lines += ["", f"From “{title}”:"]
        for before, position in pairwise([positions[0], *positions] if positions else []):
            if position - before > 1:
                lines.append("…")
            candidate = Candidate(indexed, position, 1.0)
            text = _line(candidate.text)
            if text != title and (quotation := understandable(candidate)):
                first, last = quotation.sentences[0].start, quotation.sentences[-1].end
                sentences.append(Numbered(quotation, text, _line(indexed.document.text[first:last])))
                lines.append(f"[S{len(sentences)}] {without_own_markers(text)}")
    return NumberedContext(tuple(sentences), "\n".join(lines).strip(), left_out)


def _line(text: str) -> str:
    return " ".join(text.split())
