"""What one question scored: its answer against what the question set says, and against the documents."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.types import Document, Passage
from rag.evaluation.attribution import SUPPORTED, Attribution, Fate
from rag.evaluation.bootstrap import Row
from rag.evaluation.metrics import Scores
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
class CheckedClaim:
    """A claim of an answer, checked by the documents."""

    claim: Claim
    attribution: Attribution
    fate: Fate
    elsewhere: Passage | None = None  #: what supports it, if not what it cites

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: the claim, and what checking it found."""
        verdict = self.attribution.verdict
        return {
            "text": self.claim.text,
            "citations": list(self.claim.citations),
            "fate": self.fate,
            "support": verdict.support,
            "score": verdict.score,
            "reasons": list(verdict.reasons),
            "found_in": [self.elsewhere.document_id] if self.elsewhere else [],
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, its answer, and what was right about it."""

    question: Question
    answer: Answer
    evidence: tuple[Span, ...]  #: where the question's evidence stands
    evidence_rank: int | None  #: rank of the first passage that holds evidence; 0 if none does
    claims: tuple[CheckedClaim, ...]  #: those of the answer, in order
    scores: Scores  #: by metric; one that the question says nothing on is left out

    @property
    def is_right(self) -> bool:
        """Whether nothing that was checked went wrong."""
        return not self.problems

    @property
    def problems(self) -> tuple[str, ...]:
        """What went wrong, a sentence each."""
        answered = self.answer.status == "answered"
        if not self.question.answerable:
            return ("It was answered, though the documents do not answer it.",) if answered else ()
        if not answered:
            return ("It was refused, though the documents answer it.", *self._not_found())
        found = []
        if self.scores.get("first_citation") == [(0.0,)]:
            found += ["The first citation does not touch the evidence.", *self._not_found()]
        found += [
            f"The answer does not match “{pattern}”."
            for pattern in self.question.must
            if not re.search(pattern, self.answer.text, re.IGNORECASE)
        ]
        found += [
            f"Sentence {number} {FATES[one.fate]}."
            for number, one in enumerate(self.claims, start=1)
            if one.fate != "holds"
        ]
        return tuple(found)

    def _not_found(self) -> list[str]:
        return ["No passage that was found holds the evidence."] if self.evidence_rank == 0 else []

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, with which another evaluation can be compared."""
        return {
            "id": self.question.id,
            "question": self.question.question,
            "category": self.question.category,
            "answerable": self.question.answerable,
            "status": self.answer.status,
            "right": self.is_right,
            "confidence": self.answer.confidence,
            "answer": self.answer.text,
            "claims": [one.to_dict() for one in self.claims],
            "scores": {name: [list(row) for row in rows] for name, rows in self.scores.items()},
        }


def score_answer(
    question: Question,
    answer: Answer,
    evidence: Sequence[Span],
    ranking: Scores,
    claims: Sequence[CheckedClaim],
    documents: Mapping[str, Document],
) -> Outcome:
    """Score an answer by what its question says; `ranking` is what retrieval scored."""
    passages = [(hit.passage.document_id, hit.passage.start, hit.passage.end) for hit in answer.hits]
    ranks = [rank for rank, passage in enumerate(passages, start=1) if touches(passage, evidence)]
    scores: dict[str, Sequence[Row]] = {
        **ranking,
        **_as_expected(question, answer, evidence, documents),
        **_by_its_claims(answer, claims, documents),
        "latency": [(answer.timings["total"],)],
    }
    rank = min(ranks, default=0) if evidence else None
    outcome = Outcome(question, answer, tuple(evidence), rank, tuple(claims), scores)
    right = _row(outcome.is_right)
    judged = question.evidence or question.must or not question.answerable
    scores |= {"right": right} | _of_confidence(question, answer, outcome.is_right if judged else None)
    return outcome


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
        cited = [(citation.document_id, citation.start, citation.end) for citation in answer.citations]
        scores["first_citation"] = _row(bool(cited) and touches(cited[0], evidence))
        scores["evidence_overlap"] = _row(span_f1(cited, evidence))
    if question.must:
        matches = answered and all(re.search(p, answer.text, re.IGNORECASE) for p in question.must)
        scores["must"] = _row(matches)
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


def _by_its_claims(
    answer: Answer, claims: Sequence[CheckedClaim], documents: Mapping[str, Document]
) -> dict[str, Sequence[Row]]:
    """What a claim or a citation scores, in as many rows."""
    scores: dict[str, Sequence[Row]] = {}
    if answer.claims:
        scores["quoted"] = [(float(_is_quoted(c.text, c.citations, answer, documents)),) for c in answer.claims]
        scores["uncited"] = [(float(not claim.citations),) for claim in answer.claims]
        scores["citation_recall"] = [(float(one.attribution.holds),) for one in claims]
        scores["citation_precision"] = [(float(needed),) for one in claims for needed in one.attribution.needed]
        scores["faithfulness"] = [(float(one.fate in SUPPORTED),) for one in claims]
        scores["miscited"] = [(float(one.fate == "miscited"),) for one in claims]
        scores["invented"] = [(float(one.fate == "invented"),) for one in claims]
        for support in ("quoted", "supported", "weak", "unsupported"):
            scores[f"claims_{support}"] = [(float(claim.support == support),) for claim in answer.claims]
            scores[f"checked_{support}"] = [(float(one.attribution.verdict.support == support),) for one in claims]
    if answer.status == "answered":
        scores["quote_chars_median"] = [(float(len(citation.quote)),) for citation in answer.citations]
        scores["citations_per_answer"] = _row(len(answer.citations))
    return scores


def _of_confidence(question: Question, answer: Answer, right: bool | None) -> dict[str, Sequence[Row]]:
    """Rows of several columns: see `refusal_f1`, `ece` and `aurc` in `rag.evaluation.metrics`."""
    scores: dict[str, Sequence[Row]] = {
        "refusal_f1": _row(answer.status == "abstained", not question.answerable),
        "ece": _row(answer.confidence, question.answerable),
    }
    if answer.status == "answered" and right is not None:
        scores["aurc"] = _row(answer.confidence, right)
    return scores


def is_named(document: Document, name: str) -> bool:
    """Whether a question's `document` means this one: by its id, file name or stem; an empty one means any."""
    file_name = document.id.rsplit("/", 1)[-1]
    return not name or name in (document.id, file_name, file_name.rsplit(".", 1)[0])


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


def _is_quoted(text: str, numbers: Sequence[int], answer: Answer, documents: Mapping[str, Document]) -> bool:
    """Whether a claim stands, white space apart, in a stretch of a document that it cites."""
    return any(
        citation.number in numbers
        and documents[citation.document_id].text[citation.start : citation.end] == citation.quote
        and " ".join(text.split()) in " ".join(citation.quote.split())
        for citation in answer.citations
    )
