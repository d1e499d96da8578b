"""Ask a question set, and measure retrieval, citations, refusals and speed."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.errors import QuestionError
from index.types import Document
from rag.overlap import exact_match, holds, token_f1
from rag.pipeline import Assistant
from rag.questions import Question
from rag.types import Answer, Citation

RECALL_AT = (1, 3, 8)
RESAMPLES = 2000
SEED = 0

Span = tuple[str, int, int]  #: document id, start, end


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with its 95% bootstrap interval, over `n` questions (or claims, quotes or answers)."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, its answer, and what was right about it; None where the question does not say."""

    question: Question
    answer: Answer
    evidence_rank: int | None  #: rank of the first passage that holds evidence; 0 if none does
    first_citation: bool | None
    must: bool | None
    document_hit: bool | None  #: whether the first citation is of the document named
    right_quote: bool | None  #: whether the first quote holds a reference answer, in the document named
    exact_match: bool | None  #: of the span with a reference answer
    answer_f1: float | None  #: the best of the reference answers, by words
    quoted: tuple[bool, ...]  #: for each claim, whether it is found verbatim in what it cites
    uncited: tuple[bool, ...]  #: for each sentence, whether it lacks a citation

    @property
    def is_right(self) -> bool:
        """Whether nothing that was checked went wrong."""
        as_expected = (self.answer.status == "answered") == self.question.answerable
        return as_expected and self.first_citation is not False and self.must is not False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a question set, over all and by category, and each question's outcome."""

    metrics: Mapping[str, Metric]
    by_category: Mapping[str, Mapping[str, Metric]]
    outcomes: tuple[Outcome, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: the figures, without the outcomes."""

        def plain(metrics: Mapping[str, Metric]) -> dict[str, Any]:
            return {
                name: {"value": metric.value, "low": metric.low, "high": metric.high, "n": metric.n}
                for name, metric in metrics.items()
            }

        return {
            "metrics": plain(self.metrics),
            "by_category": {category: plain(metrics) for category, metrics in self.by_category.items()},
        }


def evaluate(
    assistant: Assistant,
    questions: Sequence[Question],
    *,
    top_k: int | None = None,
    min_confidence: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Ask every question and measure the answers.

    Raises QuestionError if none of a question's evidence is in the documents.
    """
    documents = {document.id: document for document in assistant.documents}
    evidence = [find_evidence(question, documents.values()) for question in questions]
    outcomes = []
    for done, (question, spans) in enumerate(zip(questions, evidence, strict=True), start=1):
        answer = assistant.ask(question.question, history=question.history, top_k=top_k, min_confidence=min_confidence)
        outcomes.append(_outcome(question, answer, spans, documents))
        if progress:
            progress(done, len(questions))
    passages = len(assistant.index.snapshot().passages)
    categories = sorted({outcome.question.category for outcome in outcomes if outcome.question.category})
    return Evaluation(
        _metrics(outcomes, passages),
        {
            category: _metrics([outcome for outcome in outcomes if outcome.question.category == category], passages)
            for category in categories
        },
        tuple(outcomes),
    )


def find_evidence(question: Question, documents: Iterable[Document]) -> list[Span]:
    """Where a question's evidence stands in the documents, whatever the white space.

    Raises QuestionError if there is evidence and none of it is found.
    """
    spans: list[Span] = []
    candidates = [document for document in documents if _is_named(document, question.document)]
    for text in question.evidence:
        pattern = re.compile(r"\s+".join(map(re.escape, text.split())))
        spans.extend(
            (document.id, *match.span()) for document in candidates for match in pattern.finditer(document.text)
        )
    if question.evidence and not spans:
        raise QuestionError(
            f"The evidence of question {question.id} is not in the documents: {question.evidence[0]!r}; mend the set."
        )
    return spans


def _is_named(document: Document, name: str) -> bool:
    file_name = document.id.rsplit("/", 1)[-1]
    return not name or name in (document.id, file_name, file_name.rsplit(".", 1)[0])


def _outcome(
    question: Question, answer: Answer, evidence: Sequence[Span], documents: Mapping[str, Document]
) -> Outcome:
    passages = [(hit.passage.document_id, hit.passage.start, hit.passage.end) for hit in answer.hits]
    ranks = [rank for rank, passage in enumerate(passages, start=1) if _touches(passage, evidence)]
    first = answer.citations[0] if answer.citations else None
    cites_evidence = first is not None and _touches((first.document_id, first.start, first.end), evidence)
    in_document = first is not None and _is_named(documents[first.document_id], question.document)
    references = question.answers if question.answerable else ()
    given = answer.span or " ".join(claim.text for claim in answer.claims)
    matches = answer.status == "answered" and all(re.search(p, answer.text, re.IGNORECASE) for p in question.must)
    return Outcome(
        question,
        answer,
        evidence_rank=min(ranks, default=0) if evidence else None,
        first_citation=cites_evidence if evidence else None,
        must=matches if question.must else None,
        document_hit=in_document if question.document and question.answerable else None,
        right_quote=in_document and _holds_one(first, references) if references else None,
        exact_match=bool(given) and any(exact_match(given, one) for one in references) if references else None,
        answer_f1=max(token_f1(given, one) if given else 0.0 for one in references) if references else None,
        quoted=tuple(_is_quoted(claim.text, claim.citations, answer, documents) for claim in answer.claims),
        uncited=tuple(not claim.citations for claim in answer.claims),
    )


def _holds_one(citation: Citation | None, answers: Sequence[str]) -> bool:
    return citation is not None and any(holds(citation.quote, answer) for answer in answers)


def _touches(span: Span, evidence: Sequence[Span]) -> bool:
    return any(span[0] == other[0] and span[1] < other[2] and other[1] < span[2] for other in evidence)


def _is_quoted(text: str, numbers: Sequence[int], answer: Answer, documents: Mapping[str, Document]) -> bool:
    """Whether a claim stands, white space apart, in a stretch of a document that it cites."""
    return any(
        citation.number in numbers
        and documents[citation.document_id].text[citation.start : citation.end] == citation.quote
        and " ".join(text.split()) in " ".join(citation.quote.split())
        for citation in answer.citations
    )


def _metrics(outcomes: Sequence[Outcome], passages: int) -> dict[str, Metric]:
    """Every metric that the outcomes have something to say on."""
    ranks = [outcome.evidence_rank for outcome in outcomes if outcome.evidence_rank is not None]
    answers = [outcome.answer for outcome in outcomes]
    abstained = [outcome for outcome in outcomes if outcome.answer.status == "abstained"]
    answered = [answer for answer in answers if answer.status == "answered"]
    seconds = [answer.timings["total"] for answer in answers]
    values: dict[str, tuple[Sequence[float], Callable[..., Any]]] = {
        **{f"recall@{k}": ([0 < rank <= k for rank in ranks], np.mean) for k in RECALL_AT},
        "mrr": ([1 / rank if rank else 0.0 for rank in ranks], np.mean),
        **{f"corpus_share@{k}": ([min(1.0, k / passages)] if ranks else [], np.mean) for k in RECALL_AT},
        "first_citation": ([o.first_citation for o in outcomes if o.first_citation is not None], np.mean),
        "must": ([o.must for o in outcomes if o.must is not None], np.mean),
        "document_hit": ([o.document_hit for o in outcomes if o.document_hit is not None], np.mean),
        "right_quote": ([o.right_quote for o in outcomes if o.right_quote is not None], np.mean),
        "exact_match": ([o.exact_match for o in outcomes if o.exact_match is not None], np.mean),
        "answer_f1": ([o.answer_f1 for o in outcomes if o.answer_f1 is not None], np.mean),
        "refusal_precision": ([not o.question.answerable for o in abstained], np.mean),
        "refusal_recall": (
            [o.answer.status == "abstained" for o in outcomes if not o.question.answerable],
            np.mean,
        ),
        "wrongly_refused": ([o.answer.status == "abstained" for o in outcomes if o.question.answerable], np.mean),
        "quoted": ([quoted for outcome in outcomes for quoted in outcome.quoted], np.mean),
        "uncited": ([uncited for outcome in outcomes for uncited in outcome.uncited], np.mean),
        "quote_chars_median": ([len(c.quote) for answer in answered for c in answer.citations], np.median),
        "citations_per_answer": ([len(answer.citations) for answer in answered], np.mean),
        "latency_p50": (seconds, np.median),
        "latency_p95": (seconds, lambda sample, axis: np.percentile(sample, 95, axis=axis)),
    }
    return {name: _bootstrap(sample, statistic) for name, (sample, statistic) in values.items() if sample}


def _bootstrap(sample: Sequence[float], statistic: Callable[..., Any]) -> Metric:
    """A statistic of a sample with its percentile bootstrap interval, the same at every run."""
    values = np.asarray(sample, dtype=float)
    resampled = np.random.default_rng(SEED).choice(values, size=(RESAMPLES, len(values)))
    low, high = np.percentile(statistic(resampled, axis=1), [2.5, 97.5])
    return Metric(float(statistic(values, axis=0)), float(low), float(high), len(values))
