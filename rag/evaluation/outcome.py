"""What one question scored: its answer against what the question set says, and against the documents."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from index.types import Document, Passage
from rag.evaluation.bootstrap import Row
from rag.evaluation.claims import CheckedClaim, Fate, count_support, flags, score_claims
from rag.evaluation.foreign import ForeignAnswer
from rag.evaluation.metrics import Metrics, Scores, summarise
from rag.evaluation.overlap import exact_match, holds, token_f1
from rag.evaluation.questions import Question
from rag.types import Answer, Citation, Claim

FATES: Mapping[Fate, str] = {
    "miscited": "is not supported by what it cites, but elsewhere in the documents",
    "uncited": "is supported by the documents, but cites nothing",
    "doubtful": "is only weakly supported",
    "invented": "is not supported by the documents",
}

Span = tuple[str, int, int]  #: document id, start, end


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, its answer, and what was right about it."""

    question: Question
    answer: Answer | ForeignAnswer
    claims: tuple[CheckedClaim, ...]  #: those of the answer, in order
    scores: Scores  #: by metric; one that nothing is known on is left out
    problems: tuple[str, ...]  #: what went wrong, a sentence each
    evidence: tuple[Span, ...] = ()  #: where the question's evidence stands

    @property
    def is_right(self) -> bool:
        """Whether nothing that was checked went wrong; the answer may still be to another question."""
        return not self.problems

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, with which another evaluation can be compared."""
        own = (
            {
                "answerable": self.question.answerable,
                "status": self.answer.status,
                "confidence": self.answer.confidence,
            }
            if isinstance(self.answer, Answer)
            else {}
        )
        return {
            "id": self.question.id,
            "question": self.question.question,
            "category": self.question.category,
            "right": self.is_right,
            **own,
            "answer": self.answer.text,
            "claims": [one.to_dict() for one in self.claims],
            "scores": {name: [list(row) for row in rows] for name, rows in self.scores.items()},
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a question set, or of answers made elsewhere, over all and by category; and each outcome."""

    metrics: Metrics
    by_category: Mapping[str, Metrics]
    outcomes: tuple[Outcome, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: the figures, and what each question scored."""
        return {
            "metrics": _plain(self.metrics),
            "by_category": {category: _plain(metrics) for category, metrics in self.by_category.items()},
            "questions": [outcome.to_dict() for outcome in self.outcomes],
        }


def _plain(metrics: Metrics) -> dict[str, Any]:
    return {name: asdict(metric) for name, metric in metrics.items()}


def summarise_outcomes(outcomes: Sequence[Outcome], chance: Scores | None = None) -> Evaluation:
    """The figures of outcomes; `chance` is what holds for all of them where retrieval is measured."""

    def figures(category: str = "") -> Metrics:
        scores = [one.scores for one in outcomes if category in ("", one.question.category)]
        return summarise(scores, chance if any("mrr" in one for one in scores) else None)

    categories = sorted({outcome.question.category for outcome in outcomes} - {""})
    return Evaluation(figures(), {category: figures(category) for category in categories}, tuple(outcomes))


def score_answer(
    question: Question,
    answer: Answer,
    evidence: Sequence[Span],
    ranking: Scores,
    claims: Sequence[CheckedClaim],
    documents: Mapping[str, Document],
    *,
    of_judged: bool = True,
) -> Outcome:
    """Score an answer by what its question says; `ranking` is what retrieval scored.

    `of_judged` is whether the question's set judges answers, too: where it only does refusals, any confidence in an
    answer is misplaced.
    """
    scores: dict[str, Sequence[Row]] = {
        **ranking,
        **_as_expected(question, answer, evidence, documents),
        **score_claims(claims),
        **_by_its_own_word(answer, documents),
        "latency": [(answer.timings["total"],)],
    }
    problems = tuple(_problems(question, answer, evidence, claims, scores))
    judged = of_judged and (question.is_judged or not question.answerable)
    scores |= {"right": flags([not problems])} | _of_confidence(question, answer, not problems if judged else None)
    return Outcome(question, answer, tuple(claims), scores, problems, tuple(evidence))


def _problems(
    question: Question, answer: Answer, evidence: Sequence[Span], claims: Sequence[CheckedClaim], scores: Scores
) -> Iterator[str]:
    answered = answer.status == "answered"
    if not question.answerable:
        if answered:
            yield "It was answered, though the documents do not answer it."
        return
    missed = scores.get("first_citation") == [(0.0,)]
    if not answered:
        yield "It was refused, though the documents answer it."
    elif missed:
        yield "The first citation does not touch the evidence."
    if missed and not any(touches(_span(hit.passage), evidence) for hit in answer.hits):
        yield "No passage that was found holds the evidence."
    if answered:
        unmatched = [one for one in question.must if not re.search(one, answer.text, re.IGNORECASE)]
        yield from (f"The answer does not match “{pattern}”." for pattern in unmatched)
        unsound = [(number, one.fate) for number, one in enumerate(claims, start=1) if one.fate != "holds"]
        yield from (f"Sentence {number} {FATES[fate]}." for number, fate in unsound)


def _row(*values: float) -> list[Row]:
    return [tuple(map(float, values))]


def _as_expected(
    question: Question, answer: Answer, evidence: Sequence[Span], documents: Mapping[str, Document]
) -> dict[str, Sequence[Row]]:
    answered = answer.status == "answered"
    first = answer.citations[0] if answer.citations else None
    in_document = first is not None and is_named(documents[first.document_id], question.document)
    scores: dict[str, Sequence[Row]] = {}
    if evidence:
        cited = [_span(citation) for citation in answer.citations]
        scores["first_citation"] = _row(bool(cited) and touches(cited[0], evidence))
        scores["evidence_overlap"] = _row(span_f1(cited, evidence))
    if question.must:
        matches = answered and all(re.search(p, answer.text, re.IGNORECASE) for p in question.must)
        scores["must"] = _row(matches)
    if answer.span and (question.must or not question.answerable):
        holds_it = question.answerable and all(re.search(p, answer.span, re.IGNORECASE) for p in question.must)
        scores["short_right"] = _row(holds_it)
    if question.document and question.answerable:
        scores["document_hit"] = _row(in_document)
    if question.answerable and question.answers:
        given = answer.span or " ".join(claim.text for claim in answer.claims)
        scores["right_quote"] = _row(in_document and _holds_one(first, question.answers))
        scores |= score_words(given, question.answers)
    if question.answerable:
        scores["wrongly_refused"] = _row(not answered)
    else:
        scores["refusal_recall"] = _row(not answered)
    if not answered:
        scores["refusal_precision"] = _row(not question.answerable)
    return scores


def score_words(given: str, references: Sequence[str]) -> dict[str, Sequence[Row]]:
    """Exact match and F1 with the best of the reference answers; 0 where nothing is given."""
    return {
        "exact_match": _row(bool(given) and any(exact_match(given, one) for one in references)),
        "answer_f1": _row(max(token_f1(given, one) if given else 0.0 for one in references)),
    }


def _by_its_own_word(answer: Answer, documents: Mapping[str, Document]) -> dict[str, Sequence[Row]]:
    """What an answer says of its claims, whether they are quoted, and how much of it there is."""
    scores: dict[str, Sequence[Row]] = {}
    if answer.claims:
        scores["quoted"] = flags(_is_quoted(one, answer, documents) for one in answer.said)
        scores |= count_support("claims", [claim.support for claim in answer.claims])
    if answer.status == "answered":
        scores["quote_chars_median"] = flags(len(citation.quote) for citation in answer.citations)
        scores["citations_per_answer"] = flags([len(answer.citations)])
    return scores


def _of_confidence(question: Question, answer: Answer, right: bool | None) -> dict[str, Sequence[Row]]:
    """Rows of several columns: see `refusal_f1`, `ece` and `aurc` in `rag.evaluation.metrics`."""
    scores: dict[str, Sequence[Row]] = {
        "refusal_f1": _row(answer.status == "abstained", not question.answerable),
    }
    if answer.status == "answered" and right is not None:
        scores["ece"] = scores["aurc"] = _row(answer.confidence, right)
    return scores


def is_named(document: Document, name: str) -> bool:
    """Whether a question's `document` means this one: by its id, file name or stem; an empty one means any."""
    file_name = document.id.rsplit("/", 1)[-1]
    return not name or name in (document.id, file_name, file_name.rsplit(".", 1)[0])


def _span(part: Citation | Passage) -> Span:
    return part.document_id, part.start, part.end


def touches(span: Span, evidence: Sequence[Span]) -> bool:
    """Whether a stretch shares a character with one of the others."""
    return any(span[0] == other[0] and span[1] < other[2] and other[1] < span[2] for other in evidence)


def span_f1(cited: Sequence[Span], evidence: Sequence[Span]) -> float:
    """F1 of the characters cited: with the stretch of evidence that fits best, or with all of them together."""
    given = _characters(cited)
    wanted = [_characters([one]) for one in evidence] + [_characters(evidence)]
    return max((2 * len(given & one) / (len(given) + len(one)) for one in wanted if given or one), default=0.0)


def _characters(spans: Sequence[Span]) -> set[tuple[str, int]]:
    return {(document, place) for document, start, end in spans for place in range(start, end)}


def _holds_one(citation: Citation | None, answers: Sequence[str]) -> bool:
    return citation is not None and any(holds(citation.quote, answer) for answer in answers)


def _is_quoted(claim: Claim, answer: Answer, documents: Mapping[str, Document]) -> bool:
    """Whether a claim stands, white space apart, in a stretch of a document that it cites."""
    return any(
        citation.number in claim.citations
        and documents[citation.document_id].text[citation.start : citation.end] == citation.quote
        and " ".join(claim.text.split()) in " ".join(citation.quote.split())
        for citation in answer.citations
    )
