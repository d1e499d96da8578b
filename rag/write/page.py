"""The page that an LLM's answer is written on: verified sentences, and the quotations that they cite."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rag.read.evidence import Candidate, Quotation
from rag.types import Citation, Claim, Revised, Text
from rag.write.attribute import Attribution
from rag.write.quoting import citation


@dataclass
class Page:
    """The answer as it stands: verified sentences, and the quotations that they cite, numbered by first use."""

    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    begun: bool = False  # whether a sentence after these has been shown in part

    @property
    def text(self) -> str:
        """The sentences, each with its markers."""
        return " ".join(claim.text + _markers(claim) for claim in self.claims)

    @property
    def holds(self) -> bool:
        """Whether anything on it is supported."""
        return any(claim.holds for claim in self.claims)

    def touches(self, candidates: Sequence[Candidate]) -> bool:
        """Whether a claim that is supported rests on one of these sentences."""
        named = {number for claim in self.claims if claim.holds for number in claim.citations}
        return any(
            cited.document_id == candidate.document.id
            and cited.start < candidate.sentence.end
            and candidate.sentence.start < cited.end
            for cited in self.citations
            if cited.number in named
            for candidate in candidates
        )

    def says(self, text: str) -> bool:
        """Whether a claim says just this already."""
        return any(claim.text.casefold() == text.casefold() for claim in self.claims)

    def show(self, text: str) -> Text:
        """A further piece of the sentence under way."""
        gap = " " if self.claims and not self.begun else ""
        self.begun = True
        return Text(gap + text)

    def close(self, text: str, found: Attribution) -> str:
        """Take in the sentence as a claim; returns the markers that follow it."""
        numbers = dict.fromkeys(self._number(quotation) for quotation in found.quotations)
        self.claims.append(Claim(text, tuple(numbers), found.verdict.support, found.verdict.score))
        self.begun = False
        return _markers(self.claims[-1])

    def withdraw(self) -> Iterator[Revised]:
        """Take back what has been shown of the sentence under way."""
        if self.begun:
            self.begun = False
            yield Revised(self.text, tuple(self.claims))

    def _number(self, quotation: Quotation) -> int:
        new = citation(len(self.citations) + 1, quotation)
        known = [one.number for one in self.citations if replace(one, number=new.number) == new]
        if not known:
            self.citations.append(new)
        return known[0] if known else new.number


def _markers(claim: Claim) -> str:
    """What follows a sentence: the numbers that it cites, and a flag where the documents do not say so."""
    return " " + "".join(f"[{number}]" for number in claim.citations) + "[?]" * (not claim.holds)
