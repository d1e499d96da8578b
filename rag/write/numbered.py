"""The sentences that an LLM is shown, each with a number by which it can cite it where it is shown many."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.store.snapshot import Snapshot
from index.types import Hit, IndexedDocument
from rag.read.choosing import understandable
from rag.read.evidence import Candidate, Quotation
from rag.read.sentences import lines_within
from rag.read.tables import cells_of
from rag.write.markers import without_own_markers


@dataclass(frozen=True, slots=True)
class Numbered:
    """A sentence as evidence."""

    quotation: Quotation  #: what is quoted where it is cited: the sentence, with the one before if it leans on that
    text: str  #: the sentence itself, on one line, as `evidence` is
    evidence: str  #: the quotation, on one line, rows with the names of their columns
    above: str  #: the title and heading that it stands under, on one line


@dataclass(frozen=True, slots=True)
class NumberedContext:
    """Sentences of the passages found; `sentences[0]` is S1."""

    sentences: tuple[Numbered, ...]
    text: str  #: as the model reads it
    left_out: int  #: passages for which there was no room, the least relevant ones


def number_sentences(hits: Sequence[Hit], snapshot: Snapshot, fits: Callable[[str], bool]) -> NumberedContext | None:
    """Number the sentences of as many of the passages, best first, as fit; None if not even one does."""
    for count in range(len(hits), 0, -1):
        context = _shown(_places(hits[:count], snapshot), snapshot, left_out=len(hits) - count)
        if fits(context.text):
            return context
    return None


def likeliest_sentences(
    quotations: Sequence[Quotation], candidates: Sequence[Candidate], snapshot: Snapshot, fewest: int
) -> NumberedContext:
    """What would be quoted, and the sentences likeliest besides until there are so many; the text has no numbers."""
    places: dict[str, set[int]] = {}
    for number, quotation in enumerate((*quotations, *filter(None, map(understandable, candidates)))):
        if number >= len(quotations) and sum(map(len, places.values())) >= fewest:
            break
        places.setdefault(quotation.document.id, set()).update(range(quotation.first, quotation.last))
    return _shown(places, snapshot, numbered=False)


def _places(hits: Sequence[Hit], snapshot: Snapshot) -> dict[str, set[int]]:
    """The sentences of passages, by document."""
    places: dict[str, set[int]] = {}
    for hit in hits:
        name = hit.passage.document_id
        places.setdefault(name, set()).update(lines_within(hit.passage, snapshot.documents[name]))
    return places


def _shown(
    places: Mapping[str, set[int]], snapshot: Snapshot, *, left_out: int = 0, numbered: bool = True
) -> NumberedContext:
    """Documents in the order given; within one the sentences as they stand there, gaps shown."""
    sentences: list[Numbered] = []
    lines: list[str] = []
    for document_id, own in places.items():
        indexed = snapshot.documents[document_id]
        positions = sorted(own)
        title = _line(indexed.title)
        shown_under = ""
        for before, position in pairwise([*positions[:1], *positions]):
            above = _above(indexed, position)
            under = title if numbered else above  # headings are among the sentences of whole passages
            if under != shown_under:
                lines += ["", f"From “{under}”:"]
            elif position - before > 1:
                lines.append("…")
            shown_under = under
            text = _line(_with_columns(indexed, position))
            if text != title and (quotation := understandable(Candidate(indexed, position, 1.0))):
                evidence = " ".join(_with_columns(indexed, one) for one in range(quotation.first, quotation.last))
                sentences.append(Numbered(quotation, text, _line(evidence), above))
                lines.append(f"[S{len(sentences)}] " * numbered + without_own_markers(text))
    return NumberedContext(tuple(sentences), "\n".join(lines).strip(), left_out)


def _above(indexed: IndexedDocument, position: int) -> str:
    """The title and heading that a sentence stands under."""
    start = indexed.sentences[position].start
    number = bisect_right(indexed.passages, start, key=lambda passage: passage.start) - 1
    heading = indexed.passages[number].heading if number >= 0 else ""
    return _line(": ".join(part for part in dict.fromkeys((indexed.title, heading)) if part))


def _with_columns(indexed: IndexedDocument, position: int) -> str:
    """A sentence; a row of a table that has its columns' names in another row, with these."""
    text = indexed.line(position)
    cells = cells_of(indexed, position) if text.startswith("|") else ()
    if not any(cell.name for cell in cells):
        return text
    return " | ".join(f"{cell.name}: {cell.value}" if cell.name else cell.value for cell in cells if cell.value)


def _line(text: str) -> str:
    return " ".join(text.split())
