"""The claims of an answer that another system wrote, and the numbers of the sources that each cites."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.passages import split_document
from index.types import Document
from rag.write.refusals import is_refusal as refuses

LONGEST_RANGE = 20  #: of sources that one marker may name, as `[1-3]` does

# Spaces are matched in one place only, lest a long row of them takes for ever.
_NUMBERS = r"\d{1,3}(?:\s{0,3}(?:(?:,|;|&|[-–]|and\b)\s{0,3})+(?:(?i:sources?)\s{1,3})?\d{1,3})*"
_BRACKETED = rf"[\[【]\s{{0,3}}\^?(?:(?i:sources?)\s{{1,3}})?{_NUMBERS}\s{{0,3}}(?:†[^\]】\n]{{0,80}})?[\]】](?!\()"
_NAMED = rf"(?i:sources?)\s{{1,3}}{_NUMBERS}"
_LEAD = r"(?i:according to|based on|as (?:\w+ )?(?:in|by)|from|in|see|per)\s+(?:the\s+)?"
_SAYS = r"\s+(?:also\s+)?(?:says?|states?|notes?|reports?|mentions?|explains?|shows?|indicates?)\s+that\s+"
_MARKER = re.compile(
    rf"\s{{0,3}}{_BRACKETED}"
    rf"|\s{{0,3}}\(\s{{0,3}}(?:see\s{{1,3}})?{_NAMED}\s{{0,3}}\)"
    rf"|^\s{{0,3}}{_NAMED}{_SAYS}"
    rf"|,?\s{{0,3}}\b{_LEAD}{_NAMED}\b,?"
    rf"|\bSources?\s{{1,3}}{_NUMBERS}\b:?"
)
_NUMBER_OR_RANGE = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?")
_AFTER_THE_STOP = re.compile(rf"([.!?…][\"”’)*_]{{0,4}})((?:\s{{0,3}}(?:{_BRACKETED}|\({_NAMED}\)))+)")
_LIST_OF_SOURCES = re.compile(r"\W*(?:sources?|references?|citations?|footnotes?)?\W*", re.I)
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.!?])[*_](?!\w)")
_ITEM = re.compile(r"^(?:[-*•–+]|\d{1,2}[.)])\s+")
# What frameworks and their prompts have a model say instead of an answer.
_NO_ANSWER = re.compile(
    r"\W*(?:(?:empty|no) (?:answer|response)|unanswerable|n/a|none of the \w+ (?:is|are) helpful)\W*$", re.I
)


@dataclass(frozen=True, slots=True)
class CitedClaim:
    """A sentence of an answer without its markers, and the numbers that they name."""

    text: str
    citations: tuple[int, ...]


def read_claims(answer: str) -> list[CitedClaim]:
    """The sentences of an answer that claim something; headings, lead-ins and lists of sources are left out."""
    # "It is red. [1] It is wet." cites for the sentence that has ended.
    text = _AFTER_THE_STOP.sub(lambda match: f"{match[2]}{match[1]}", answer)
    document = Document("answer.md", "", "", text)
    claims: list[CitedClaim] = []
    for sentence in split_document(document, len, max_tokens=max(1, len(text))).prose:
        claim = _read(text[sentence.start : sentence.end])
        if not _LIST_OF_SOURCES.fullmatch(claim.text):
            if not claim.text.endswith(":") or claim.citations:
                claims.append(claim)
        elif claims and not re.search(r"\w", claim.text):  # markers on a line of their own
            last = claims[-1]
            claims[-1] = CitedClaim(last.text, tuple(dict.fromkeys((*last.citations, *claim.citations))))
    return claims


def is_refusal(claims: Sequence[CitedClaim]) -> bool:
    """Whether an answer says no more than that it has none: nothing, or one or two sentences that begin so."""
    first = claims[0].text if claims else ""
    return not first or (len(claims) <= 2 and (refuses(first) or bool(_NO_ANSWER.match(first))))


def without_markers(answer: str) -> str:
    """An answer as plain text, for a comparison with reference answers."""
    return " ".join(_clean(" ".join(answer.split())).split())


def _read(sentence: str) -> CitedClaim:
    sentence = " ".join(sentence.split())
    numbers = dict.fromkeys(number for match in _MARKER.finditer(sentence) for number in _expand(match[0]))
    return CitedClaim(" ".join(_ITEM.sub("", _clean(sentence), count=1).split()), tuple(numbers))


def _clean(text: str) -> str:
    return _EMPHASIS.sub("", re.sub(r"\s+([.,;:!?])", r"\1", _MARKER.sub("", text)))


def _expand(marker: str) -> Iterator[int]:
    for match in _NUMBER_OR_RANGE.finditer(re.sub("†.*", "", marker)):
        first, last = int(match[1]), int(match[2] or match[1])
        yield from range(first, last + 1) if first <= last <= first + LONGEST_RANGE else (first, last)
