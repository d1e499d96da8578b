"""Find the evidence of each claim that an LLM makes, and verify it: the model's own numbers are only a hint."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.embedding import Embedder
from rag.read.evidence import Quotation
from rag.verify.claims import ClaimVerdict
from rag.verify.facts import content
from rag.write.numbered import NumberedContext

MAX_CITED = 4  #: of the numbers at a claim that are looked at
MAX_ALONE = 2  #: quotations cited that each support the claim alone
NEAREST = 3  #: sentences looked at where those cited do not support the claim

Pairs = Sequence[tuple[str, Sequence[str]]]
Check = Callable[[Pairs], list[ClaimVerdict]]
Judged = dict[tuple[int, ...], ClaimVerdict]


@dataclass(frozen=True, slots=True)
class Attribution:
    """What a claim rests on, and how well."""

    quotations: tuple[Quotation, ...]  #: none where nothing supports the claim
    verdict: ClaimVerdict


class Attributor:
    """Attributes the claims of one answer to the sentences that the model was shown."""

    def __init__(self, context: NumberedContext, embedder: Embedder, check: Check) -> None:
        """Attribute to these sentences; `check` judges claims with their evidence, many at once."""
        self._sentences = context.sentences
        self._embedder = embedder
        self._check = check

    def attribute(self, claim: str, numbers: Iterable[int]) -> Attribution:
        """Verify a claim against the sentences that it cites, and where they do not support it, the likest ones."""
        cited = [number - 1 for number in numbers if 0 < number <= len(self._sentences)][:MAX_CITED]
        judged = self._judge(claim, [(place,) for place in cited] + ([tuple(cited)] if len(cited) > 1 else []))
        if found := self._best(cited, judged):
            return found
        near = self._nearest(claim)
        others = [place for place in near if place not in cited]
        alone: list[tuple[int, ...]] = [(place,) for place in others]
        together = [tuple(near[:2]), tuple(near), *((*cited, place) for place in others[:1] if cited)]
        judged |= self._judge(claim, [group for group in dict.fromkeys(alone + together) if group not in judged])
        # Sentences put together here, and not by the model, would bear out too much: one must alone, or it is flagged.
        singly: Judged = {group: verdict for group, verdict in judged.items() if len(group) == 1}
        return self._best([*cited, *others], singly) or self._least_bad(judged)

    def _judge(self, claim: str, groups: Sequence[tuple[int, ...]]) -> Judged:
        if not groups:
            return {}
        pairs = [(claim, self._evidence(group)) for group in groups]
        return dict(zip(groups, self._check(pairs), strict=True))

    def _evidence(self, group: Sequence[int]) -> list[str]:
        """What sentences say, after the titles and headings that tell what they say it of."""
        sentences = [self._sentences[place] for place in group]
        return [*dict.fromkeys(one.above for one in sentences), *(one.evidence for one in sentences)]

    def _best(self, order: Sequence[int], judged: Judged) -> Attribution | None:
        """The sentences that support the claim each alone, else the fewest that do together."""
        holding = [group for group, verdict in judged.items() if verdict.holds]
        alone = sorted((group for group in holding if len(group) == 1), key=lambda group: -judged[group].score)
        parts = self._quotations([place for (place,) in alone])
        # Of two where one holds the other, the shorter will do.
        alone = [one for one, said in zip(alone, parts, strict=True) if not any(_is_part(part, said) for part in parts)]
        if alone:
            quoted = [group for group in alone if judged[group].support == "quoted"]
            kept = (quoted or alone)[:MAX_ALONE]
            places = [place for place in order if (place,) in kept]
            return self._attribution(places, judged[kept[0]])
        together = min(holding, key=lambda group: (len(group), -judged[group].score), default=None)
        return self._attribution(together, judged[together]) if together else None

    def _least_bad(self, judged: Judged) -> Attribution:
        doubtful = [group for group, verdict in judged.items() if verdict.support != "unsupported"]
        if not doubtful:
            score = max((verdict.score for verdict in judged.values()), default=0.0)
            return Attribution((), ClaimVerdict("unsupported", score))
        group = min(doubtful, key=lambda group: (judged[group].support == "weak", len(group), -judged[group].score))
        return self._attribution(group, replace(judged[group], support="weak"))

    def _attribution(self, places: Sequence[int], verdict: ClaimVerdict) -> Attribution:
        quotations = self._quotations(places)
        # Of two where one holds the other, the longer will do.
        kept = (one for one in quotations if not any(_is_part(one, other) for other in quotations))
        return Attribution(tuple(kept), verdict)

    def _quotations(self, places: Sequence[int]) -> list[Quotation]:
        return [self._sentences[place].quotation for place in places]

    def _nearest(self, claim: str) -> list[int]:
        """The likest sentence, then those that add most of the claim's words to what it has, likeness deciding."""
        if not self._sentences:
            return []
        cosines = self._vectors @ self._embedder.embed([claim])[0]
        missing = set(content(claim))
        weight = max(1, len(missing))
        found: list[int] = []
        while len(found) < min(NEAREST, len(self._sentences)):
            gains = [len(missing & words) / weight for words in self._words]
            rest = [place for place in range(len(self._sentences)) if place not in found]
            found.append(max(rest, key=lambda place: gains[place] + float(cosines[place])))
            missing = missing - self._words[found[-1]]
        return found

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        return self._embedder.embed([sentence.evidence for sentence in self._sentences])

    @cached_property
    def _words(self) -> list[set[str]]:
        return [set(content(sentence.evidence)) for sentence in self._sentences]


def _is_part(one: Quotation, other: Quotation) -> bool:
    """Whether another quotation holds this one and more."""
    same = one.document.id == other.document.id
    within = other.first <= one.first and one.last <= other.last
    return same and within and (one.first, one.last) != (other.first, other.last)
