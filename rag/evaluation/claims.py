"""Whether claims hold by what they cite: citation recall and precision, after ALCE (Gao et al., 2023)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from index.types import Passage
from rag.evaluation.bootstrap import Row
from rag.evaluation.foreign_claims import CitedClaim
from rag.types import Claim, Support
from rag.verify.claims import ClaimVerdict

Pair = tuple[str, Sequence[str]]  #: a claim, and the texts that it rests on
Check = Callable[[Sequence[Pair]], list[ClaimVerdict]]  #: `rag.verify.claims.check_claims`, or what stands for it

Fate = Literal["holds", "miscited", "uncited", "doubtful", "invented"]
#: What a claim that is checked may be found to be.
CHECKED: tuple[Support, ...] = ("quoted", "supported", "weak", "unsupported")
SUPPORTED: tuple[Fate, ...] = ("holds", "miscited", "uncited")  #: fates of claims that some text supports

_CITES_NOTHING = ClaimVerdict("unsupported", 0.0, ("it cites nothing",))


@dataclass(frozen=True, slots=True)
class Attribution:
    """What became of one claim when it was checked anew."""

    verdict: ClaimVerdict  #: by all that it cites
    needed: tuple[bool, ...]  #: for each citation: the claim holds, and not as well without this one

    @property
    def holds(self) -> bool:
        """Whether what is cited supports the claim."""
        return self.verdict.holds


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim of an answer, and what became of it when it was checked."""

    claim: Claim | CitedClaim
    attribution: Attribution
    fate: Fate
    verdict: ClaimVerdict  #: that is told: by what it cites, or for an answer made elsewhere by what supports it best
    elsewhere: Passage | None = None  #: of the documents, what supports it if not what it cites
    found_in: tuple[int, ...] = ()  #: positions of the contexts that support it though they are not cited
    dangling: tuple[int, ...] = ()  #: numbers that it cites and that no context has

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: the claim, and what checking it found."""
        return {
            "text": self.claim.text,
            "citations": list(self.claim.citations),
            "fate": self.fate,
            "support": self.verdict.support,
            "score": self.verdict.score,
            "reasons": list(self.verdict.reasons),
            "found_in": [self.elsewhere.document_id] if self.elsewhere else list(self.found_in),
        }


def fate_of(cites: bool, cited: ClaimVerdict, best: ClaimVerdict) -> Fate:
    """What to say of a claim that cites something or not, by the verdict of that and the best verdict of any texts.

    It holds by what it cites; or other texts support it though it cites something else, or nothing; or it is not
    certain that any do; or none does.
    """
    if cited.holds:
        return "holds"
    if best.holds:
        return "miscited" if cites else "uncited"
    return "doubtful" if "weak" in (cited.support, best.support) else "invented"


def attribute(claims: Sequence[Pair], check: Check) -> list[Attribution]:
    """Check claims by the quotes that they cite, all in three batches.

    A citation is needed if the claim holds, and this quote alone supports it or the others without it do not.
    """
    checked = iter(check([pair for pair in claims if pair[1]]))
    verdicts = [next(checked) if quotes else _CITES_NOTHING for _, quotes in claims]
    several = [
        (place, number)
        for place, (_, quotes) in enumerate(claims)
        if len(quotes) > 1 and verdicts[place].holds
        for number in range(len(quotes))
    ]
    alone: list[Pair] = []
    without: list[Pair] = []
    for place, number in several:
        claim, quotes = claims[place]
        alone.append((claim, [quotes[number]]))
        without.append((claim, [*quotes[:number], *quotes[number + 1 :]]))
    needed = {
        place: one.holds or not others.holds
        for place, one, others in zip(several, check(alone), check(without), strict=True)
    }
    return [
        Attribution(verdict, tuple(needed.get((place, n), verdict.holds) for n in range(len(quotes))))
        for place, ((_, quotes), verdict) in enumerate(zip(claims, verdicts, strict=True))
    ]


def score_claims(claims: Sequence[CheckedClaim], *, cite: bool = True) -> dict[str, Sequence[Row]]:
    """What the claims of an answer score, in as many rows; nothing on citations if engines of its kind give none."""
    if not claims:
        return {}
    scores = {
        "faithfulness": flags(one.fate in SUPPORTED for one in claims),
        "invented": flags(one.fate == "invented" for one in claims),
        **count_support("checked", [one.verdict.support for one in claims], CHECKED),
    }
    if cite:
        needed = [flag for one in claims for flag in (*one.attribution.needed, *[False] * len(one.dangling))]
        scores |= {
            "citation_recall": flags(one.fate == "holds" for one in claims),
            "citation_precision": flags(needed),
            "miscited": flags(one.fate == "miscited" for one in claims),
            "uncited": flags(not one.claim.citations for one in claims),
        }
    return scores


def count_support(
    kind: str, given: Sequence[Support], among: Sequence[Support] = get_args(Support)
) -> dict[str, Sequence[Row]]:
    """The scores `kind_quoted`, `kind_supported` and so on."""
    return {f"{kind}_{support}": flags(one == support for one in given) for support in among}


def flags(values: Iterable[float]) -> list[Row]:
    """A row of one column for each."""
    return [(float(value),) for value in values]
