"""Do answers made elsewhere hold by what they cite, or at least by what they were made from?"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from rag.evaluation.attribution import SUPPORTED, Attribution, Check, Fate, Pair, attribute, fate_of, supports
from rag.evaluation.bootstrap import Row
from rag.evaluation.foreign import ForeignAnswer
from rag.evaluation.foreign_claims import CitedClaim
from rag.evaluation.metrics import Metrics, Scores, figures_to_dict, summarise_by_category
from rag.evaluation.outcome import score_words

if TYPE_CHECKING:
    from rag.verify.claims import ClaimVerdict


BATCH = 16  #: answers whose claims are checked together


@dataclass(frozen=True, slots=True)
class JudgedClaim:
    """A claim of an answer, and what became of it when it was checked."""

    claim: CitedClaim
    fate: Fate
    attribution: Attribution  #: by the contexts that it cites
    verdict: "ClaimVerdict"  #: by all contexts, or by those that it cites if they support it better
    found_in: tuple[int, ...]  #: positions of the contexts that support it though they are not cited
    dangling: tuple[int, ...]  #: numbers that it cites and that no context has


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer made elsewhere, judged claim by claim."""

    answer: ForeignAnswer
    claims: tuple[JudgedClaim, ...]
    scores: Scores

    @property
    def is_right(self) -> bool:
        """Whether every claim holds; the answer may still be to another question."""
        return not self.problems

    @property
    def problems(self) -> tuple[str, ...]:
        """What went wrong, a sentence each."""
        found = []
        for number, judged in enumerate(self.claims, start=1):
            if judged.fate != "holds" and (judged.fate != "uncited" or "citation_recall" in self.scores):
                found.append(f"Sentence {number} {self._told(judged)}.")
            found += [f"Sentence {number} cites [{dangling}], which does not exist." for dangling in judged.dangling]
        return tuple(found)

    def _told(self, judged: JudgedClaim) -> str:
        if judged.fate == "miscited":
            others = [self.answer.contexts[place] for place in judged.found_in]
            names = [f"[{one.number}]" if one.number else one.title or "a passage found" for one in others]
            return f"is not supported by what it cites, but by {', '.join(names) or 'the contexts together'}"
        return {
            "uncited": "cites nothing",
            "doubtful": "is only weakly supported",
            "invented": "is not supported by any context",
        }[judged.fate]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, with which another evaluation can be compared."""
        return {
            "id": self.answer.id,
            "question": self.answer.question,
            "category": self.answer.category,
            "right": self.is_right,
            "answer": self.answer.text,
            "claims": [
                {
                    "text": judged.claim.text,
                    "citations": list(judged.claim.citations),
                    "fate": judged.fate,
                    "support": judged.verdict.support,
                    "score": judged.verdict.score,
                    "reasons": list(judged.verdict.reasons),
                    "found_in": list(judged.found_in),
                }
                for judged in self.claims
            ],
            "scores": {name: [list(row) for row in rows] for name, rows in self.scores.items()},
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """The figures of answers made elsewhere, over all and by category, and each answer."""

    metrics: Metrics
    by_category: dict[str, dict[str, Any]]
    outcomes: tuple[JudgedAnswer, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON form, like that of an `Evaluation`."""
        return {
            **figures_to_dict(self.metrics, self.by_category),
            "questions": [outcome.to_dict() for outcome in self.outcomes],
        }


def judge(
    answers: Sequence[ForeignAnswer],
    check: Check | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Judgement:
    """Check every claim by the contexts that it cites, and by all of them.

    Where no answer cites anything, nothing is said of citations.

    Args:
        answers: What was read.
        check: How claims are checked; by default `rag.verify.claims.check_claims`.
        progress: Called with how many answers are done, of how many.
    """
    from rag.verify.claims import check_claims

    cite = any(answer.cites for answer in answers)
    outcomes: list[JudgedAnswer] = []
    for start in range(0, len(answers), BATCH):
        batch = answers[start : start + BATCH]
        judged = iter(_judge_claims(batch, check or check_claims))
        for answer in batch:
            claims = tuple(next(judged) for _ in answer.claims)
            outcome = JudgedAnswer(answer, claims, _scores(answer, claims, cite))
            right: Scores = {"right": [(float(outcome.is_right),)]}
            outcomes.append(replace(outcome, scores={**right, **outcome.scores}))
        if progress:
            progress(len(outcomes), len(answers))
    metrics, by_category = summarise_by_category([(one.answer.category, one.scores) for one in outcomes])
    return Judgement(metrics, by_category, tuple(outcomes))


def _judge_claims(answers: Sequence[ForeignAnswer], check: Check) -> list[JudgedClaim]:
    """The claims of some answers, in order."""
    places = [(answer, claim) for answer in answers for claim in answer.claims]
    attributions = attribute([(claim.text, _cited(answer, claim)) for answer, claim in places], check)
    everywhere: list[Pair] = [(claim.text, [one.text for one in answer.contexts]) for answer, claim in places]
    verdicts = _check_where_there_is_something(everywhere, check)
    judged = []
    for (answer, claim), attribution, verdict in zip(places, attributions, verdicts, strict=True):
        best = max(attribution.verdict, verdict, key=lambda one: (supports(one), one.score))
        known = {context.number for context in answer.contexts}
        dangling = tuple(number for number in claim.citations if number not in known)
        fate = fate_of(bool(claim.citations), attribution.verdict, best)
        judged.append(JudgedClaim(claim, fate, attribution, best, (), dangling))
    return _with_places(places, judged, check)


def _cited(answer: ForeignAnswer, claim: CitedClaim) -> list[str]:
    by_number = {context.number: context.text for context in answer.contexts}
    return [by_number[number] for number in claim.citations if number in by_number]


def _check_where_there_is_something(pairs: Sequence[Pair], check: Check) -> "list[ClaimVerdict]":
    from rag.verify.claims import ClaimVerdict

    verdicts = iter(check([pair for pair in pairs if pair[1]]) if any(pair[1] for pair in pairs) else [])
    nothing = ClaimVerdict("unsupported", 0.0, ("there is no context",))
    return [next(verdicts) if pair[1] else nothing for pair in pairs]


def _with_places(
    places: Sequence[tuple[ForeignAnswer, CitedClaim]], judged: Sequence[JudgedClaim], check: Check
) -> list[JudgedClaim]:
    """The same, with the contexts that support what is not rightly cited: those that do so alone."""
    wanted = [
        (number, place)
        for number, ((answer, claim), one) in enumerate(zip(places, judged, strict=True))
        if one.fate in ("miscited", "uncited")
        for place, context in enumerate(answer.contexts)
        if context.number is None or context.number not in claim.citations
    ]
    pairs: list[Pair] = [(judged[n].claim.text, [places[n][0].contexts[place].text]) for n, place in wanted]
    verdicts = check(pairs) if pairs else []
    found: dict[int, list[int]] = {}
    for (number, place), verdict in zip(wanted, verdicts, strict=True):
        if supports(verdict):
            found.setdefault(number, []).append(place)
    return [replace(one, found_in=tuple(found.get(number, ()))) for number, one in enumerate(judged)]


def _scores(answer: ForeignAnswer, claims: Sequence[JudgedClaim], cite: bool) -> dict[str, Sequence[Row]]:
    def share(name: Fate) -> list[Row]:
        return [(float(judged.fate == name),) for judged in claims]

    scores: dict[str, Sequence[Row]] = {}
    if claims:
        scores["faithfulness"] = [(float(judged.fate in SUPPORTED),) for judged in claims]
        scores["invented"] = share("invented")
        for support in ("quoted", "supported", "weak", "unsupported"):
            scores[f"checked_{support}"] = [(float(judged.verdict.support == support),) for judged in claims]
    if claims and cite:
        scores["citation_recall"] = share("holds")
        scores["citation_precision"] = [
            (float(needed),)
            for judged in claims
            for needed in (*judged.attribution.needed, *[False] * len(judged.dangling))
        ]
        scores["miscited"] = share("miscited")
        scores["uncited"] = [(float(not judged.claim.citations),) for judged in claims]
        scores["citations_per_answer"] = [(float(len({n for one in claims for n in one.claim.citations})),)]
    if answer.references:
        scores |= score_words(answer.short if answer.claims else "", answer.references)
    return scores
