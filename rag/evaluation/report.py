"""A report of an evaluation: everything that its pages show, each question with its evidence in context."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.passages import split_document
from index.types import Document
from rag.evaluation import faithfulness
from rag.evaluation.bootstrap import Row
from rag.evaluation.charts import Charts, histogram, reliability, risk_coverage
from rag.evaluation.claims import CheckedClaim, Fate
from rag.evaluation.foreign import Context, ForeignAnswer
from rag.evaluation.gate import Comparison
from rag.evaluation.metrics import Metrics, Scores
from rag.evaluation.outcome import FATES, Evaluation, Outcome, Span
from rag.evaluation.overlap import token_f1
from rag.types import Citation

SURROUNDINGS = 260  #: characters shown on both sides of what is marked
WHOLE_CONTEXT = 1500  #: characters up to which a context is shown whole


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, and whether it is cited, expected, or both."""

    text: str
    cited: bool = False
    expected: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a document or context; its pieces join to what stands there."""

    label: str
    title: str
    place: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as the report shows it."""

    outcome: Outcome
    remarks: tuple[str, ...]  #: what is to be said against each claim, or nothing
    sources: tuple[Source, ...]
    expected: tuple[Source, ...] = ()  #: evidence that no source shows

    @property
    def problems(self) -> tuple[str, ...]:
        """What went wrong, a sentence each."""
        return self.outcome.problems


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report shows."""

    title: str
    about: tuple[tuple[str, str], ...]
    evaluation: Evaluation
    charts: Charts
    entries: tuple[Entry, ...]
    comparison: Comparison | None = None
    failures: tuple[str, ...] = ()

    @property
    def metrics(self) -> Metrics:
        """The figures over all questions."""
        return self.evaluation.metrics

    @property
    def by_category(self) -> Mapping[str, Metrics]:
        """The figures of each category that questions have."""
        return self.evaluation.by_category

    @property
    def wrong(self) -> int:
        """How many questions went wrong."""
        return sum(not outcome.is_right for outcome in self.evaluation.outcomes)


def report_evaluation(
    evaluation: Evaluation,
    documents: Mapping[str, Document],
    title: str,
    about: Iterable[tuple[str, str]] = (),
    comparison: Comparison | None = None,
    failures: Sequence[str] = (),
) -> Report:
    """The report of a question set, or of answers made elsewhere; `documents` are those that were asked, by id."""
    entries = tuple(_entry(outcome, documents) for outcome in evaluation.outcomes)
    charts = _charts([outcome.scores for outcome in evaluation.outcomes])
    return Report(title, tuple(about), evaluation, charts, entries, comparison, tuple(failures))


def _charts(scores: Sequence[Scores]) -> Charts:
    def rows(name: str) -> list[Row]:
        return [row for each in scores for row in each.get(name, ())]

    # A refused question that is judged is one that is not covered.
    judged = sum("aurc" in each or "refusal_precision" in each for each in scores)
    return Charts(
        reliability(rows("ece")),
        risk_coverage(rows("aurc"), max(1, judged)),
        histogram([row[0] for row in rows("latency")]),
    )


def _entry(outcome: Outcome, documents: Mapping[str, Document]) -> Entry:
    answer = outcome.answer
    if isinstance(answer, ForeignAnswer):
        sources = [_context(answer.contexts[place], place, outcome.claims) for place in range(len(answer.contexts))]
        return Entry(outcome, _remarks(outcome, faithfulness.FATES), tuple(sources))
    sources = [_cited(citation, outcome.evidence, documents) for citation in answer.citations]
    cited = [(citation.document_id, citation.start, citation.end) for citation in answer.citations]
    hidden = [span for span in outcome.evidence if not any(_is_near(span, other) for other in cited)]
    expected = [_excerpt(documents[name], "", start, end, [], [(start, end)]) for name, start, end in hidden]
    return Entry(outcome, _remarks(outcome, FATES), tuple(sources), tuple(expected))


def _remarks(outcome: Outcome, fates: Mapping[Fate, str]) -> tuple[str, ...]:
    remarks = []
    for one in outcome.claims:
        remark = fates.get(one.fate, "")
        if one.fate == "uncited" and "uncited" not in outcome.scores:
            remark = ""  # no answer cites anything
        elif one.elsewhere:
            remark += f" ({one.elsewhere.document_id}, characters {one.elsewhere.start}–{one.elsewhere.end})"
        elif remark and one.verdict.reasons:
            remark += f": {'; '.join(one.verdict.reasons)}"
        remarks.append(remark)
    return tuple(remarks)


def _cited(citation: Citation, evidence: Sequence[Span], documents: Mapping[str, Document]) -> Source:
    document = documents[citation.document_id]
    expected = [(start, end) for identifier, start, end in evidence if identifier == document.id]
    cited = [(citation.start, citation.end)]
    return _excerpt(document, f"[{citation.number}]", citation.start, citation.end, cited, expected)


def _is_near(span: Span, other: Span) -> bool:
    """Whether an excerpt around `other` shows all of the span."""
    return span[0] == other[0] and other[1] - SURROUNDINGS <= span[1] and span[2] <= other[2] + SURROUNDINGS


def _excerpt(
    document: Document,
    label: str,
    start: int,
    end: int,
    cited: Sequence[tuple[int, int]],
    expected: Sequence[tuple[int, int]],
) -> Source:
    text = document.text
    first, last = _to_words(text, max(0, start - SURROUNDINGS), min(len(text), end + SURROUNDINGS))
    # To the nearest words, but never so far that what is marked is cut.
    first, last = min(first, start), max(last, end)
    pieces = _pieces(text, first, last, cited, expected)
    if first > 0:
        pieces = (Piece("… "), *pieces)
    if last < len(text):
        pieces = (*pieces, Piece(" …"))
    return Source(label, document.title, f"{document.id}, characters {start}–{end}", pieces)


def _to_words(text: str, first: int, last: int) -> tuple[int, int]:
    """The stretch, narrowed so that it cuts no word."""
    while 0 < first < last and not text[first - 1].isspace():
        first += 1
    while first < last < len(text) and not text[last].isspace():
        last -= 1
    return first, last


def _pieces(
    text: str, first: int, last: int, cited: Sequence[tuple[int, int]], expected: Sequence[tuple[int, int]]
) -> tuple[Piece, ...]:
    """Cut `text[first:last]` wherever something marked begins or ends."""

    def covers(spans: Sequence[tuple[int, int]], start: int) -> bool:
        return any(one <= start < other for one, other in spans)

    cuts = {first, last} | {place for span in (*cited, *expected) for place in span if first < place < last}
    return tuple(
        Piece(text[start:end], covers(cited, start), covers(expected, start)) for start, end in pairwise(sorted(cuts))
    )


def _context(context: Context, place: int, claims: Sequence[CheckedClaim]) -> Source:
    """A context, marked where it supports a claim that cites it, or (as expected) one that should have."""
    document = Document("context.txt", context.title, "", context.text)
    held = [one for one in claims if one.fate == "holds" and context.number in one.claim.citations]
    cited = _marks(document, held)
    missed = _marks(document, [one for one in claims if place in one.found_in])
    label = f"[{context.number}]" if context.number is not None else ""
    spans = [*cited, *missed] or [(0, WHOLE_CONTEXT)]
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    if len(context.text) <= WHOLE_CONTEXT:
        start, end = 0, len(context.text)
    return replace(_excerpt(document, label, start, end, cited, missed), place="")


def _marks(document: Document, claims: Sequence[CheckedClaim]) -> list[tuple[int, int]]:
    """For each of the claims, the sentence of the context that is most like it."""
    spans = [
        (sentence.start, sentence.end)
        for sentence in split_document(document, len, max_tokens=max(1, len(document.text))).prose
    ]

    def likeness(span: tuple[int, int], claim: str) -> float:
        return token_f1(document.text[span[0] : span[1]], claim)

    return [max(spans, key=lambda span: likeness(span, one.claim.text)) for one in claims] if spans else []
