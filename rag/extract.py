"""Answers made of quotations, without an LLM: choose the sentences, quote them, cite them."""

import re
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from index.embedding import Embedder
from index.snapshot import Snapshot
from index.types import Hit, IndexedDocument, Sentence
from rag.conversation import Query, Turn, contextualise
from rag.types import Citation, Claim, ClaimReady, Event, Status, Text

ABSTENTION = "The documents do not seem to answer this question."

MAX_QUOTE_CHARS = 400
MAX_QUOTES = 5
MAX_FACT_QUOTES = 2  #: for a question that one sentence answers
FEWEST_WORDS = 3  #: of a line that can be understood alone, unless it is a sentence, or a key with its value
# A further sentence is quoted if its score is at least this share of the best one's: on held-out questions that makes
# one further sentence of four right where several things are asked, and one of three where a fact is. For a fact it
# means that the reader cannot decide, which is so in one case of six.
NEAR_THE_BEST = 0.1
NEAR_THE_BEST_FACT = 0.6

_YES_OR_NO = re.compile(
    r"\W*(?:(?:and|but|so|then|also)\b\W*)*"
    r"(?:is|are|was|were|am|do|does|did|can|could|has|have|had|will|would|shall|should|may|might|must)(?:n['’]t)?\b"
    r"(?!.* or )",
    re.I | re.S,
)
_BRACKETED_NUMBER = re.compile(r"\[(\d+)\]")
_QUESTION = re.compile(r"\?[\s*_\"'”’)]*$")
_SENTENCE_OR_PAIR = re.compile(r"[.!…][\"'”’)]*$|[:|]|^[Bb]y [A-Z]")
_ASKS_FOR_SEVERAL = re.compile(
    r"\b(?:why|how (?!many|much|long|old|far|often|big|large|tall|high)|list|name (?:the|all|some)|"
    r"what (?:are|were)|which (?:\w+ )?(?!(?:is|was|has|does|his|its|this)\b)\w*[^su\W]s\b|summar\w*|overview|"
    r"describe|explain|compare[ds]?|comparison|differ\w*|"
    r"reasons?|advantages|lessons|main (?:point|idea)s?|gist|all|about(?=\W*$)|"
    r"(?:and|or|but),? (?:\w+ ){0,2}(?:who|whom|whose|what|when|where|which|why|how)|"
    r"(?:says?|said|tells?|told|learn|known|thinks?) (?:\w+ ){0,2}(?:about|on|of))\b",
    re.I,
)
# A sentence that begins like this is understood only with the one before it.
_LEANS_BACK = re.compile(
    r"[\"“'‘(]?(?:it|its|this|these|those|they|their|them|he|his|she|her|such|both|neither|here|then|thus|"
    r"there(?! (?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should)\b)|"
    r"hence|so|but|also|instead|otherwise|however|nevertheless|nonetheless|moreover|furthermore|"
    r"(?:one|two|three|four|five|six|\w+teen|\w+ty|\d+|several|some|many) \w+ (?:later|earlier|after|before)|"
    r"the (?:former|latter|same|first|second|third|other|others))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer the question; `score` compares within one question."""

    document: IndexedDocument
    position: int  #: of the sentence in `document.sentences`
    score: float  #: above 0
    span: str | None = None  #: the exact answer inside the sentence, where the reader knows one

    @property
    def sentence(self) -> Sentence:
        """Where the sentence stands in its document."""
        return self.document.sentences[self.position]

    @property
    def text(self) -> str:
        """The sentence itself."""
        return self.document.document.text[self.sentence.start : self.sentence.end]

    @property
    def place(self) -> tuple[str, int]:
        """What no other sentence shares: its document's id, and its position."""
        return self.document.document.id, self.position


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of the passages found: candidates, best first, and a calibrated probability."""

    candidates: tuple[Candidate, ...]
    confidence: float  #: that the documents hold the answer
    whole: bool = False  #: whether the documents as a whole are asked about, so that any sentence may be to the point


class Reader(Protocol):
    """Finds the sentences that answer a question; threads may share it."""

    @property
    def identity(self) -> str:
        """Name of the model, and its weights where they are known."""

    @property
    def min_confidence(self) -> float:
        """Below it the answer is more likely wrong than worth giving: the default threshold of refusal."""

    def read(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Reading:
        """Read the passages found for a question."""

    def warm_up(self) -> None:
        """Load now what is otherwise loaded at the first question."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence, or two adjacent ones, of a document: half-open positions in its sentences."""

    document: IndexedDocument
    first: int
    last: int
    span: str | None = None  #: the exact answer inside it, where the reader knows one

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences quoted."""
        return self.document.sentences[self.first : self.last]


@dataclass(frozen=True, slots=True)
class Draft:
    """What an engine makes of the passages: the part of an `Answer` that differs between engines."""

    text: str
    status: Status
    span: str | None = None
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    engine: str = "extract"
    notices: tuple[str, ...] = ()
    usage: Mapping[str, int] = field(default_factory=dict)
    timings: Mapping[str, float] = field(default_factory=dict)  #: seconds, by what they went into


class Quoting:
    """The engine without an LLM."""

    def __init__(self, embedder: Embedder) -> None:
        """Understand what is asked with this embedder."""
        self._embedder = embedder

    def understand(self, question: str, history: Sequence[Turn]) -> Query:
        """What to search for."""
        return contextualise(question, history, self._embedder)

    def write(
        self,
        query: Query,
        hits: Sequence[Hit],
        snapshot: Snapshot,
        quotations: Sequence[Quotation],
        reading: Reading,
    ) -> Generator[Event, None, Draft]:
        """An answer that is made of the quotations; a refusal if there are none."""
        return quote(query.question, quotations)


def asks_for_several(question: str) -> bool:
    """Whether a question wants a list, a reason, a comparison or a summary rather than one fact."""
    return bool(_ASKS_FOR_SEVERAL.search(question))


def is_yes_or_no(question: str) -> bool:
    """Whether a question is answered by yes or no, which no span of a document is."""
    return bool(_YES_OR_NO.match(question))


def choose_quotations(candidates: Sequence[Candidate], several: bool) -> list[Quotation]:
    """The sentences to quote, most telling first: one or two for a question of fact, more if `several` are wanted."""
    quotable = [(candidate, quotation) for candidate in candidates if (quotation := understandable(candidate))]
    if not quotable:
        return []
    most = MAX_QUOTES if several else MAX_FACT_QUOTES
    enough = quotable[0][0].score * (NEAR_THE_BEST if several else NEAR_THE_BEST_FACT)
    chosen: list[Quotation] = []
    for candidate, quotation in quotable:
        if len(chosen) == most or candidate.score < enough:
            break
        if not any(_overlap(quotation, other) for other in chosen):
            chosen.append(quotation)
    return chosen


def understandable(candidate: Candidate) -> Quotation | None:
    """What to quote for a sentence: it, with the one before if it leans on that; None for a question or a scrap."""
    document, position = candidate.document, candidate.position
    sentence, text = candidate.sentence, candidate.text
    scrap = len(text.split()) < FEWEST_WORDS and not _SENTENCE_OR_PAIR.search(text)
    if scrap or _QUESTION.search(text):
        return None
    if position > 0 and _LEANS_BACK.match(document.document.text, sentence.start, sentence.end):
        before = document.sentences[position - 1]
        if before.paragraph == sentence.paragraph and sentence.end - before.start <= MAX_QUOTE_CHARS:
            return Quotation(document, position - 1, position + 1, candidate.span)
    return Quotation(document, position, position + 1, candidate.span)


def cite(quotations: Sequence[Quotation]) -> tuple[list[Citation], list[Claim]]:
    """A citation for each quotation, numbered in order, and a claim for each of its sentences."""
    citations, claims = [], []
    for number, quotation in enumerate(quotations, start=1):
        citations.append(citation(number, quotation))
        for sentence in quotation.sentences:
            text = " ".join(quotation.document.document.text[sentence.start : sentence.end].split())
            claims.append(Claim(text, (number,), "quoted", 1.0))
    return citations, claims


def quote(question: str, quotations: Sequence[Quotation]) -> Generator[Event, None, Draft]:
    """An answer that is made of quotations; a refusal if there are none."""
    citations, claims = cite(quotations)
    if not claims:
        yield Text(ABSTENTION)
        return Draft(ABSTENTION, "abstained")
    sentences = [marked(claim) for claim in claims]
    for position, (sentence, claim) in enumerate(zip(sentences, claims, strict=True)):
        yield Text(sentence if position == 0 else f" {sentence}")
        yield ready(claim, citations)
    span = None if is_yes_or_no(question) else quotations[0].span
    return Draft(" ".join(sentences), "answered", span, tuple(claims), tuple(citations))


def ready(claim: Claim, citations: Sequence[Citation]) -> ClaimReady:
    """The claim with those of the citations that it names."""
    return ClaimReady(claim, tuple(cited for cited in citations if cited.number in claim.citations))


def marked(claim: Claim) -> str:
    """A claim as a sentence of the answer. Brackets like our markers that the source itself has are widened."""
    text = _BRACKETED_NUMBER.sub(r"［\1］", claim.text)
    return f"{text} {''.join(f'[{number}]' for number in claim.citations)}"


def citation(number: int, quotation: Quotation) -> Citation:
    """The citation of a quotation under this number."""
    document = quotation.document.document
    start, end = quotation.sentences[0].start, quotation.sentences[-1].end
    page = sum(first <= start for first in document.pages) or None
    return Citation(number, document.id, document.title, document.source, start, end, document.text[start:end], page)


def _overlap(one: Quotation, other: Quotation) -> bool:
    same = one.document.document.id == other.document.document.id
    return same and one.first < other.last and other.first < one.last
