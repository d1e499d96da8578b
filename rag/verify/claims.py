"""Check a claim against its evidence."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

from index.passages import sentence_spans
from rag.base import base_installed
from rag.networks import BASE, probability
from rag.types import HOLDING, Support
from rag.verify.facts import mismatches
from rag.verify.numbers import evened
from rag.verify.quotes import places_of
from rag.verify.support import SupportCalibration, SupportModel, support_features
from rag.verify.tokens import MAX_KNOWN, tokenise

_PARAGRAPH = re.compile(
    r"\n[ \t\r]*\n\s*|\n(?=[ \t]*(?:[-*+•]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)])[ \t])"
    r"|(?:(?<=\n)|^)[ \t]*\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)][ \t]+"
)
_DOCUMENT = r"(?:text|document|essay|article|passage|report|paper|source|author|context)s?"
_FRAME = re.compile(
    rf"(?:according to (?:the|this|these) {_DOCUMENT},|(?:the|this) {_DOCUMENT} (?:also )?(?:says|states|notes|mentions"
    r"|reports|explains|writes|tells us|indicates) that|it is (?:stated|said|noted|mentioned) that)\s+",
    re.I,
)

UNSAID = "the evidence does not seem to say this"  #: what speaks against a claim by the model's opinion alone


@dataclass(frozen=True, slots=True)
class ClaimVerdict:
    """Whether evidence bears out a claim.

    `quoted`: the claim is a whole sentence or clause of it. `supported`: it says the same in other words. `weak`: it
    may. `unsupported`: it does not.
    """

    support: Support
    score: float  #: probability that the evidence bears the claim out
    reasons: tuple[str, ...] = ()  #: what speaks against it

    @property
    def holds(self) -> bool:
        """Whether the evidence says so."""
        return self.support in HOLDING


def check_claim(claim: str, evidence: str | Sequence[str], *, model: SupportModel | None = None) -> ClaimVerdict:
    """Tell whether evidence, one text or several, bears out a claim: one sentence, without markers.

    `model` judges instead of those that come with Footnote: the better one that is installed, and the small one where
    that is in doubt, which knows light rewordings better. Raises ModelError if one cannot be loaded.
    """
    return check_claims([(claim, [evidence] if isinstance(evidence, str) else evidence)], model=model)[0]


def check_claims(
    pairs: Sequence[tuple[str, Sequence[str]]], *, model: SupportModel | None = None
) -> list[ClaimVerdict]:
    """As `check_claim`, for claims each with its evidence, read together."""
    verdicts: dict[int, ClaimVerdict] = {}
    open_pairs = []
    for number, (claim, evidence) in enumerate(pairs):
        if not tokenise(claim) or not any(map(tokenise, evidence)):
            verdicts[number] = ClaimVerdict("unsupported", 0.0, ("there is nothing to compare",))
        elif any(is_whole_quote(claim, text) for text in evidence):
            verdicts[number] = ClaimVerdict("quoted", 1.0)
        else:
            open_pairs.append((number, evened(unframed(claim)), evened("\n".join(evidence))))
    judged = _judged([pair[1:] for pair in open_pairs], model or best_model())
    doubted = [n for n, verdict in enumerate(judged) if verdict.support == "weak"] if model is None else []
    if doubted and best_model() is not bundled_model():
        for n, second in zip(doubted, _judged([open_pairs[n][1:] for n in doubted], bundled_model()), strict=True):
            if second.support == "supported":
                judged[n] = replace(judged[n], support="supported", reasons=())
    verdicts |= {pair[0]: verdict for pair, verdict in zip(open_pairs, judged, strict=True)}
    return [verdicts[number] for number in range(len(pairs))]


def _judged(pairs: Sequence[tuple[str, str]], model: SupportModel) -> list[ClaimVerdict]:
    """What a model and the facts make of claims, each with its evidence."""
    odds = model.log_odds([(evidence, claim) for claim, evidence in pairs]) if pairs else ()
    return [_judge(*pair, float(value), model.calibration) for pair, value in zip(pairs, odds, strict=True)]


def bear_out(pairs: Sequence[tuple[str, str]], *, model: SupportModel | None = None) -> list[float]:
    """How likely it is, for each pair of a statement and evidence, that this bears it out: a model's opinion alone.

    `model` is asked instead of the best one that is installed. A statement may be a question with its answer; evidence
    a sentence, or several. On one core without bfloat16 a pair of two sentences takes 0.3 seconds where the base of
    adapters is installed, and 0.04 elsewhere. Raises ModelError if no model can be loaded.
    """
    judge = model or best_model()
    odds = judge.log_odds([(evened(evidence), evened(unframed(claim))) for claim, evidence in pairs])
    return [probability(float(value)) for value in odds]


def unframed(claim: str) -> str:
    """The claim without such words as "According to the text," that only say where it is from."""
    return _FRAME.sub("", claim, count=1) if _FRAME.match(claim) else claim


def is_whole_quote(claim: str, text: str) -> bool:
    """Whether a claim is a sentence or clause of the text, but for formatting: nothing before or after qualifies it."""
    starts, ends = _sentence_bounds(text)
    return any(
        (start in starts or text[:start].rstrip().endswith(";"))
        and (end in ends or text[end:].lstrip().startswith(";"))
        for start, end in places_of(claim, text)
    )


@lru_cache(maxsize=MAX_KNOWN)
def _sentence_bounds(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Where the first tokens of sentences start, and the last ones end; a paragraph or list item begins a new one."""
    there = tokenise(text)
    first, last = [token.start for token in there], [token.end for token in there]
    starts, ends = set(), set()
    borders = [0, *(match.end() for match in _PARAGRAPH.finditer(text)), len(text)]
    for begin, stop in pairwise(borders):
        for start, end in sentence_spans(text[begin:stop]):
            if (n := bisect_left(first, begin + start)) < len(first):
                starts.add(first[n])
            if n := bisect_right(last, begin + end):
                ends.add(last[n - 1])
    return frozenset(starts), frozenset(ends)


@cache
def bundled_model() -> SupportModel:
    """The support model that comes with Footnote, opened once."""
    return SupportModel()


@cache
def best_model() -> SupportModel:
    """The support model on the base of adapters if that is installed, else the bundled one; opened once."""
    return SupportModel(BASE) if base_installed() else bundled_model()


def _judge(claim: str, evidence: str, log_odds: float, calibration: SupportCalibration) -> ClaimVerdict:
    found = mismatches(claim, evidence)
    features = support_features(claim, evidence, log_odds, found)
    score = calibration.probability(features)
    # Numbers and names are looked up, not judged: the model's opinion does not make up for one that is missing.
    certain = any(one.kind in ("number", "name") for one in found)
    if score >= calibration.weak and calibration.says_the_same(features) and not certain:
        return ClaimVerdict("supported", score)
    reasons = tuple(str(one) for one in found) or (UNSAID,)
    return ClaimVerdict("weak" if score >= calibration.weak else "unsupported", score, reasons)
