"""Answers made of quotations, without an LLM: quote the sentences chosen, cite them."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from index.files.structure import unquoted
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.ask.query import Query, Turn
from rag.markers import widened
from rag.read.evidence import Quotation, Reading, Reckoned
from rag.types import Citation, Claim, ClaimReady, Event, Status, Text
from rag.write.short import short_answer

ABSTENTION = "The documents do not seem to answer this question."


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine makes of the passages: the part of an `Answer` that differs between engines."""

    text: str
    status: Status
    span: str | None = None
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    engine: str = "extract"
    notices: tuple[str, ...] = ()
    usage: Mapping[str, int] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)  #: seconds, by what they went into


class Quoting:
    """The engine without an LLM."""

    passages = 16  #: that are found and read by default

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        """Nothing: rules complete what leans on the turns before."""
        return None

    def write(
        self,
        query: Query,
        hits: Sequence[Hit],
        snapshot: Snapshot,
        quotations: Sequence[Quotation] | None,
        reading: Reading,
    ) -> Generator[Event, None, Draft]:
        """An answer that is made of the quotations; a refusal if there are none."""
        return quote(query, quotations or (), reading.reckoned)


def cite(quotations: Sequence[Quotation]) -> tuple[list[Citation], list[Claim]]:
    """A citation for each quotation, numbered in order, and a claim for each of its sentences."""
    citations, claims = [], []
    for number, quotation in enumerate(quotations, start=1):
        citations.append(citation(number, quotation))
        for position, sentence in enumerate(quotation.sentences, start=quotation.first):
            text = unquoted(quotation.document.text, sentence.start, sentence.end)
            focus = " ".join((quotation.focus or "").split())
            told = focus if quotation.answering == position and focus in text else None
            claims.append(Claim(text, (number,), "quoted", 1.0, told or None))
    return citations, claims


def quote(
    query: Query, quotations: Sequence[Quotation], reckoned: Reckoned | None = None
) -> Generator[Event, None, Draft]:
    """An answer that is made of quotations, the most telling given first; a refusal if there are none.

    The most telling one stays the first, and the others stand in their document's order. Where something was worked
    out over rows, that is the answer, after the rows that it comes to.
    """
    if not quotations:
        yield Text(ABSTENTION)
        return Draft(ABSTENTION, "abstained")
    if reckoned:
        citations, claims = _worked_out(reckoned)
    else:
        citations, claims = cite([*quotations[:1], *in_order(quotations[1:])])
    sentences = [marked(claim) for claim in claims]
    for position, (sentence, claim) in enumerate(zip(sentences, claims, strict=True)):
        yield Text(sentence if position == 0 else f" {sentence}")
        yield ready(claim, citations)
    if reckoned:
        span = reckoned.answering[0].span if len(reckoned.answering) == 1 else None
    else:
        span = short_answer(query, quotations[0])
    return Draft(" ".join(sentences), "answered", span, tuple(claims), tuple(citations))


def _worked_out(reckoned: Reckoned) -> tuple[list[Citation], list[Claim]]:
    """Citations and claims of the rows that are asked for, and of what was worked out over all."""
    citations, claims = cite(reckoned.answering)
    known = {(one.document_id, one.start, one.end): one.number for one in citations}
    used: list[int] = []
    for rows in reckoned.rows:
        made = citation(len(citations) + 1, rows)
        if (place := (made.document_id, made.start, made.end)) not in known:
            known[place] = made.number
            citations.append(made)
        used.append(known[place])
    return citations, [*claims, Claim(reckoned.text, tuple(sorted(used)), "computed", 1.0)]


def in_order(quotations: Sequence[Quotation]) -> list[Quotation]:
    """Quotations by document, the one with the most telling first, and each document's as they stand there."""
    documents = list(dict.fromkeys(one.document.id for one in quotations))
    return sorted(quotations, key=lambda one: (documents.index(one.document.id), one.first))


def ready(claim: Claim, citations: Sequence[Citation]) -> ClaimReady:
    """The claim with those of the citations that it names."""
    return ClaimReady(claim, tuple(cited for cited in citations if cited.number in claim.citations))


def marked(claim: Claim) -> str:
    """A claim as a sentence of the answer. Brackets like our markers that the source itself has are widened."""
    return f"{widened(claim.text)} {''.join(f'[{number}]' for number in claim.citations)}"


def citation(number: int, quotation: Quotation) -> Citation:
    """The citation of a quotation under this number."""
    document = quotation.document.document
    start, end = quotation.sentences[0].start, quotation.sentences[-1].end
    page = sum(first <= start for first in document.pages) or None
    quote, part = document.text[start:end], document.part(start)
    return Citation(number, document.id, document.title, document.source, start, end, quote, page, part)
