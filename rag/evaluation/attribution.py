"""Whether claims hold by what they cite: citation recall and precision, after ALCE (Gao et al., 2023)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rag.verify.claims import ClaimVerdict

Pair = tuple[str, Sequence[str]]  #: a claim, and the texts that it rests on
Check = Callable[[Sequence[Pair]], "list[ClaimVerdict]"]  #: `rag.verify.claims.check_claims`, or what stands for it


@dataclass(frozen=True, slots=True)
class Attribution:
    """What became of one claim when it was checked anew."""

    verdict: "ClaimVerdict"  #: by all that it cites
    needed: tuple[bool, ...]  #: for each citation: the claim holds, and not as well without this one

    @property
    def holds(self) -> bool:
        """Whether what is cited supports the claim."""
        return supports(self.verdict)


def supports(verdict: "ClaimVerdict") -> bool:
    """Whether a verdict counts as support."""
    return verdict.support in ("quoted", "supported")


Fate = Literal["holds", "miscited", "uncited", "doubtful", "invented"]
SUPPORTED: tuple[Fate, ...] = ("holds", "miscited", "uncited")  #: fates of claims that some text supports


def fate_of(cites: bool, cited: "ClaimVerdict", best: "ClaimVerdict") -> Fate:
    """What to say of a claim that cites something or not, by the verdict of that and the best verdict of any texts.

    It holds by what it cites; or other texts support it though it cites something else, or nothing; or it is not
    certain that any do; or none does.
    """
    if supports(cited):
        return "holds"
    if supports(best):
        return "miscited" if cites else "uncited"
    return "doubtful" if "weak" in (cited.support, best.support) else "invented"


def attribute(claims: Sequence[Pair], check: Check | None = None) -> list[Attribution]:
    """Check claims by the quotes that they cite, all in two batches.

    A citation is needed if the claim holds, and this quote alone supports it or the others without it do not.
    """
    from rag.verify.claims import ClaimVerdict, check_claims

    check = check or check_claims
    cited = [(place, pair) for place, pair in enumerate(claims) if pair[1]]
    verdicts = [ClaimVerdict("unsupported", 0.0, ("it cites nothing",))] * len(claims)
    for (place, _), verdict in zip(cited, check([pair for _, pair in cited]) if cited else [], strict=True):
        verdicts[place] = verdict
    several = [(place, n) for place, (_, quotes) in cited if len(quotes) > 1 for n in range(len(quotes))]
    several = [(place, number) for place, number in several if supports(verdicts[place])]
    pairs: list[Pair] = []
    for place, number in several:
        claim, quotes = claims[place]
        pairs += [(claim, [quotes[number]]), (claim, [*quotes[:number], *quotes[number + 1 :]])]
    checked = [supports(verdict) for verdict in check(pairs)] if pairs else []
    needed = {
        place_and_number: alone or not without
        for place_and_number, alone, without in zip(several, checked[::2], checked[1::2], strict=True)
    }
    return [
        Attribution(verdict, tuple(needed.get((place, n), supports(verdict)) for n in range(len(quotes))))
        for place, ((_, quotes), verdict) in enumerate(zip(claims, verdicts, strict=True))
    ]
