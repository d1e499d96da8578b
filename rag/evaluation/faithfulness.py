"""Do answers made elsewhere hold by what they cite, or at least by what they were made from?"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from rag.evaluation.claims import Check, CheckedClaim, Fate, attribute, fate_of, flags, score_claims
from rag.evaluation.foreign import ForeignAnswer
from rag.evaluation.foreign_claims import CitedClaim
from rag.evaluation.outcome import Evaluation, Outcome, score_words, summarise_outcomes
from rag.evaluation.questions import Question
from rag.verify.claims import check_claims

BATCH = 16  #: answers whose claims are checked together

FATES: Mapping[Fate, str] = {
    "miscited": "is supported, but not by what it cites",
    "uncited": "is supported, but cites nothing",
    "doubtful": "is only weakly supported",
    "invented": "is not supported by any context",
}


def judge(
    answers: Sequence[ForeignAnswer],
    check: Check | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Evaluation:
    """Check every claim by the contexts that it cites, and by all of them.

    Where no answer cites anything, nothing is said of citations.

    Args:
        answers: What was read.
        check: How claims are checked; by default `rag.verify.claims.check_claims`.
        progress: Called with how many answers are done, of how many.
    """
    cite = any(answer.cites for answer in answers)
    outcomes: list[Outcome] = []
    for start in range(0, len(answers), BATCH):
        batch = answers[start : start + BATCH]
        checked = iter(_check(batch, check or check_claims))
        outcomes += [_outcome(answer, tuple(next(checked) for _ in answer.claims), cite) for answer in batch]
        if progress:
            progress(len(outcomes), len(answers))
    return summarise_outcomes(outcomes)


def _check(answers: Sequence[ForeignAnswer], check: Check) -> list[CheckedClaim]:
    """The claims of some answers, in order."""
    claims = [(answer, claim) for answer in answers for claim in answer.claims]
    attributions = attribute([(claim.text, _cited(answer, claim)) for answer, claim in claims], check)
    verdicts = check([(claim.text, [one.text for one in answer.contexts]) for answer, claim in claims])
    # By all contexts, or by those that it cites if they support it better.
    best = [
        max(attribution.verdict, verdict, key=lambda one: (one.holds, one.score))
        for attribution, verdict in zip(attributions, verdicts, strict=True)
    ]
    elsewhere = [
        (number, place)
        for number, (answer, claim) in enumerate(claims)
        if best[number].holds and not attributions[number].holds
        for place, context in enumerate(answer.contexts)
        if context.number is None or context.number not in claim.citations
    ]
    alone = check([(claims[number][1].text, [claims[number][0].contexts[place].text]) for number, place in elsewhere])
    found_in: dict[int, list[int]] = defaultdict(list)
    for (number, place), verdict in zip(elsewhere, alone, strict=True):
        if verdict.holds:
            found_in[number].append(place)
    checked = []
    for number, ((answer, claim), attribution) in enumerate(zip(claims, attributions, strict=True)):
        fate = fate_of(bool(claim.citations), attribution.verdict, best[number])
        known = [context.number for context in answer.contexts]
        dangling = tuple(cited for cited in claim.citations if cited not in known)
        places = tuple(found_in[number])
        checked.append(CheckedClaim(claim, attribution, fate, best[number], found_in=places, dangling=dangling))
    return checked


def _cited(answer: ForeignAnswer, claim: CitedClaim) -> list[str]:
    by_number = {context.number: context.text for context in answer.contexts}
    return [by_number[number] for number in claim.citations if number in by_number]


def _outcome(answer: ForeignAnswer, claims: tuple[CheckedClaim, ...], cite: bool) -> Outcome:
    problems = tuple(_problems(answer, claims, cite))
    scores = score_claims(claims, cite=cite) | {"right": flags([not problems])}
    if claims and cite:
        scores["citations_per_answer"] = flags([len({number for one in claims for number in one.claim.citations})])
    if answer.references:
        scores |= score_words(answer.short if claims else "", answer.references)
    question = Question(answer.id, answer.question, category=answer.category, answers=answer.references)
    return Outcome(question, answer, claims, scores, problems)


def _problems(answer: ForeignAnswer, claims: Sequence[CheckedClaim], cite: bool) -> Iterator[str]:
    for number, one in enumerate(claims, start=1):
        if one.fate == "miscited":
            others = [answer.contexts[place] for place in one.found_in]
            names = [f"[{other.number}]" if other.number else other.title or "a passage found" for other in others]
            found = ", ".join(names) or "the contexts together"
            yield f"Sentence {number} is not supported by what it cites, but by {found}."
        elif one.fate != "holds" and (cite or one.fate != "uncited"):
            yield f"Sentence {number} {FATES[one.fate]}."
        for dangling in one.dangling:
            yield f"Sentence {number} cites [{dangling}], which does not exist."
