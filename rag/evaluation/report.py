"""A report of an evaluation: everything that its pages show, each question with its evidence in context."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.passages import split_document
from index.types import Document
from rag.evaluation.attribution import SUPPORTED
from rag.evaluation.charts import Charts, histogram, reliability, risk_coverage
from rag.evaluation.faithfulness import JudgedAnswer, JudgedClaim, Judgement
from rag.evaluation.gate import Comparison
from rag.evaluation.metrics import Metrics, Scores
from rag.evaluation.outcome import FATES as OWN_FATES
from rag.evaluation.outcome import Outcome, Span
from rag.evaluation.overlap import token_f1
from rag.evaluation.running import Evaluation
from rag.types import Citation

SURROUNDINGS = 260  #: characters shown on both sides of what is marked
WHOLE_CONTEXT = 1500  #: characters up to which a context is shown whole

FATES = {
    "holds": "",
    "miscited": "supported, but not by what it cites",
    "uncited": "supported, but cites nothing",
    "doubtful": "only weakly supported",
    "invented": "not supported by any context",
}


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
class Sentence:
    """A claim of the answer, and what is to be said against it."""

    text: str
    citations: tuple[int, ...]
    support: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as the report shows it."""

    id: str
    question: str
    category: str
    right: bool
    problems: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    text: str  #: the answer as it was given
    abstained: bool
    answerable: bool = True
    confidence: float | None = None
    span: str | None = None
    history: tuple[tuple[str, str], ...] = ()
    sources: tuple[Source, ...] = ()
    expected: tuple[Source, ...] = ()  #: evidence that no source shows
    must: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """All that a report shows."""

    title: str
    about: tuple[tuple[str, str], ...]
    metrics: Metrics
    by_category: Mapping[str, Metrics]
    charts: Charts
    entries: tuple[Entry, ...]
    comparison: Comparison | None = None
    failures: tuple[str, ...] = ()

    @property
    def wrong(self) -> int:
        """How many questions went wrong."""
        return sum(not entry.right for entry in self.entries)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that questions have."""
        return tuple(sorted({entry.category for entry in self.entries if entry.category}))


def report_evaluation(
    evaluation: Evaluation,
    documents: Mapping[str, Document],
    title: str,
    about: Iterable[tuple[str, str]] = (),
    comparison: Comparison | None = None,
    failures: Sequence[str] = (),
) -> Report:
    """The report of a question set; `documents` are those that were asked, by id."""
    entries = tuple(_entry(outcome, documents) for outcome in evaluation.outcomes)
    charts = _charts([outcome.scores for outcome in evaluation.outcomes])
    figures = evaluation.metrics, evaluation.by_category
    return Report(title, tuple(about), *figures, charts, entries, comparison, tuple(failures))


def report_judgement(
    judgement: Judgement,
    title: str,
    about: Iterable[tuple[str, str]] = (),
    comparison: Comparison | None = None,
    failures: Sequence[str] = (),
) -> Report:
    """The report of answers made elsewhere."""
    entries = tuple(_judged_entry(outcome) for outcome in judgement.outcomes)
    figures = judgement.metrics, judgement.by_category
    return Report(title, tuple(about), *figures, Charts(), entries, comparison, tuple(failures))


def _charts(scores: Sequence[Scores]) -> Charts:
    def rows(name: str) -> list[tuple[float, ...]]:
        return [row for each in scores for row in each.get(name, ())]

    # A refused question that is judged is one that is not covered.
    judged = sum("aurc" in each or "refusal_precision" in each for each in scores)
    return Charts(
        reliability(rows("ece")),
        risk_coverage(rows("aurc"), max(1, judged)),
        histogram([row[0] for row in rows("latency")]),
    )


def _entry(outcome: Outcome, documents: Mapping[str, Document]) -> Entry:
    question, answer = outcome.question, outcome.answer
    sentences = []
    for one in outcome.claims:
        verdict = one.attribution.verdict
        remark = "" if one.fate == "holds" else OWN_FATES[one.fate]
        if one.elsewhere:
            remark += f" ({one.elsewhere.document_id}, characters {one.elsewhere.start}–{one.elsewhere.end})"
        elif remark and verdict.reasons:
            remark += f": {'; '.join(verdict.reasons)}"
        sentences.append(Sentence(one.claim.text, one.claim.citations, verdict.support, remark))
    sources = tuple(_cited(citation, outcome.evidence, documents) for citation in answer.citations)
    cited = [(citation.document_id, citation.start, citation.end) for citation in answer.citations]
    hidden = [span for span in outcome.evidence if not any(_is_near(span, other) for other in cited)]
    return Entry(
        id=question.id,
        question=question.question,
        category=question.category,
        right=outcome.is_right,
        problems=outcome.problems,
        sentences=tuple(sentences),
        text=answer.text,
        abstained=answer.status == "abstained",
        answerable=question.answerable,
        confidence=answer.confidence,
        span=answer.span,
        history=question.history,
        sources=sources,
        expected=tuple(_excerpt(documents[span[0]], "", span[1], span[2], [], [(span[1], span[2])]) for span in hidden),
        must=question.must,
        answers=question.answers,
    )


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


def _judged_entry(outcome: JudgedAnswer) -> Entry:
    answer = outcome.answer
    cites = "citation_recall" in outcome.scores
    sentences = []
    for judged in outcome.claims:
        unsupported = judged.fate not in SUPPORTED
        remark = FATES[judged.fate] if cites or unsupported else ""
        reasons = "; ".join(judged.verdict.reasons) if unsupported else ""
        sentences.append(
            Sentence(
                judged.claim.text,
                judged.claim.citations,
                judged.verdict.support,
                f"{remark}: {reasons}" if remark and reasons else remark,
            )
        )
    return Entry(
        id=answer.id,
        question=answer.question,
        category=answer.category,
        right=outcome.is_right,
        problems=outcome.problems,
        sentences=tuple(sentences),
        text=answer.text,
        abstained=not answer.claims,
        sources=tuple(_context(outcome, place) for place in range(len(answer.contexts))),
        answers=answer.references,
    )


def _context(outcome: JudgedAnswer, place: int) -> Source:
    """A context, marked where it supports a claim that cites it, or (as expected) one that should have."""
    context = outcome.answer.contexts[place]
    document = Document("context.txt", context.title, "", context.text)
    held = [one for one in outcome.claims if one.fate == "holds" and context.number in one.claim.citations]
    cited = _marks(document, held)
    missed = _marks(document, [one for one in outcome.claims if place in one.found_in])
    label = f"[{context.number}]" if context.number is not None else ""
    spans = [*cited, *missed]
    if len(context.text) <= WHOLE_CONTEXT or not spans:
        pieces = _pieces(context.text[:WHOLE_CONTEXT], 0, min(len(context.text), WHOLE_CONTEXT), cited, missed)
        if len(context.text) > WHOLE_CONTEXT:
            pieces = (*pieces, Piece(" …"))
        return Source(label, context.title, "", pieces)
    start, end = min(span[0] for span in spans), max(span[1] for span in spans)
    return Source(label, context.title, "", _excerpt(document, "", start, end, cited, missed).pieces)


def _marks(document: Document, claims: Sequence[JudgedClaim]) -> list[tuple[int, int]]:
    """For each of the claims, the sentence of the context that is most like it."""
    spans = [
        (sentence.start, sentence.end)
        for sentence in split_document(document, len, max_tokens=max(1, len(document.text))).sentences
    ]

    def likeness(span: tuple[int, int], claim: str) -> float:
        return token_f1(document.text[span[0] : span[1]], claim)

    return [max(spans, key=lambda span: likeness(span, one.claim.text)) for one in claims] if spans else []
