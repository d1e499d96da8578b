"""Re-checks a saved answer: do its quotations still stand in today's documents, and is it whole in itself?"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from index.types import Document, Passage
from rag.markers import MARKER, narrowed, widened, without_markers
from rag.types import Answer, Citation
from rag.verify.quotes import check_quote, exact_places

QuoteState = Literal["holds", "moved", "changed", "gone"]
State = Literal["holds", "changed", "gone", "inconsistent"]


@dataclass(frozen=True, slots=True)
class QuoteCheck:
    """What has become of one quotation."""

    citation: Citation
    state: QuoteState
    start: int | None = None  #: where the quote, or what has become of it, stands today, in code points
    end: int | None = None
    differences: tuple[tuple[str, str], ...] = ()  #: tokens of the quote and of the source, "" where one has none
    elsewhere: str | None = None  #: id of another document that holds the quote, if its own does not


@dataclass(frozen=True, slots=True)
class Recheck:
    """What has become of one saved answer. An abstained one quotes nothing, and so holds."""

    answer: Answer
    quotes: tuple[QuoteCheck, ...]
    problems: tuple[str, ...] = ()  #: in what the answer contradicts itself, so that Footnote cannot have made it so

    @property
    def state(self) -> State:
        """The worst that is the matter; a quote that has only moved still holds."""
        if self.problems:
            return "inconsistent"
        states = {quote.state for quote in self.quotes}
        return next((state for state in ("gone", "changed") if state in states), "holds")


def recheck(answer: Answer, documents: Iterable[Document]) -> Recheck:
    """Compare a saved answer with the documents it quotes, as they are today.

    Args:
        answer: The answer, as `Answer.from_dict` read it.
        documents: Today's documents, known by their ids; one that the answer cites and that is not
            among them is gone.

    Returns:
        A check for each citation, in order, and what is inconsistent within the answer itself.
    """
    by_id = {document.id: document for document in documents}
    quotes = tuple(_check(citation, by_id) for citation in answer.citations)
    return Recheck(answer, quotes, tuple(_problems(answer)))


def _check(citation: Citation, documents: Mapping[str, Document]) -> QuoteCheck:
    document = documents.get(citation.document_id)
    if document is not None:
        places = list(exact_places(citation.quote, document.text))
        if places:
            start = min(places, key=lambda place: abs(place - citation.start))
            state: QuoteState = "holds" if start == citation.start else "moved"
            return QuoteCheck(citation, state, start, start + len(citation.quote))
    holders = (other.id for other in documents.values() if [*exact_places(citation.quote, other.text)])
    elsewhere = next(holders, None)
    if document is None:
        return QuoteCheck(citation, "gone", elsewhere=elsewhere)
    now = check_quote(citation.quote, document.text)
    return QuoteCheck(citation, "changed", now.start, now.end, now.differences, elsewhere)


def _problems(answer: Answer) -> Iterator[str]:
    if answer.status not in ("answered", "abstained"):
        yield f"its status is {answer.status!r}"
    if answer.status == "abstained":
        if answer.claims or answer.citations or MARKER.search(answer.text):
            yield "it abstains and yet cites something"
        return
    if not answer.claims:
        yield "it answers and yet claims nothing"
    yield from _citation_problems(answer)
    yield from _claim_problems(answer)
    yield from _text_problems(answer)


def _citation_problems(answer: Answer) -> Iterator[str]:
    if [citation.number for citation in answer.citations] != list(range(1, len(answer.citations) + 1)):
        yield "its citations are not numbered 1, 2, 3 …"
    if len({(citation.document_id, citation.source) for citation in answer.citations}) > len(
        {citation.document_id for citation in answer.citations}
    ):
        yield "one of the documents that it cites is two files"
    for citation in answer.citations:
        name = f"the quote of [{citation.number}]"
        if not citation.quote or citation.end - citation.start != len(citation.quote):
            yield f"{name} is not as long as its offsets say"
        elif any(_says_otherwise(hit.passage, citation) for hit in answer.hits):
            yield f"{name} is not what the answer's own passages say there"
    if answer.span and not any(_holds(citation.quote, answer.span) for citation in answer.citations):
        yield "its span stands in none of its quotes"


def _says_otherwise(passage: Passage, citation: Citation) -> bool:
    inside = passage.start <= citation.start and citation.end <= passage.end
    there = passage.text[citation.start - passage.start : citation.end - passage.start]
    return inside and passage.document_id == citation.document_id and there != citation.quote


def _claim_problems(answer: Answer) -> Iterator[str]:
    quotes = {citation.number: citation.quote for citation in answer.citations}
    for claim in answer.claims:
        name = f"the claim “{claim.text}”"
        if not set(claim.citations) <= set(quotes):
            yield f"{name} cites what is not there"
        elif not claim.citations and claim.support != "unsupported":
            yield f"{name} is called {claim.support} and cites nothing"
        elif claim.support == "quoted" and not any(
            # An LLM may set a quotation otherwise than its source; quotations of our own are verbatim.
            _holds(quotes[number], claim.text)
            or (answer.engine != "extract" and check_quote(claim.text, quotes[number]).holds)
            for number in claim.citations
        ):
            yield f"{name} is called quoted and stands in none of its quotes"


def _text_problems(answer: Answer) -> Iterator[str]:
    """Whether the text is its claims, one after the other, each followed by its markers."""
    used = {int(number) for number in MARKER.findall(answer.text)}
    numbers = {citation.number for citation in answer.citations}
    yield from (f"its marker [{number}] has no citation" for number in sorted(used - numbers))
    yield from (f"its text has no marker for citation [{number}]" for number in sorted(numbers - used))
    sentences = [_bare(without_markers(widened(claim.text))) for claim in answer.claims]
    if _bare(without_markers(answer.text)) != "".join(sentences):
        yield "its text is not that of its claims"
        return
    for claim, markers in zip(answer.claims, _markers_of(sentences, answer.text), strict=True):
        if markers != set(claim.citations):
            yield f"the claim “{claim.text}” is marked otherwise in the text than it cites"


def _markers_of(sentences: Sequence[str], text: str) -> list[set[int]]:
    """The markers that stand inside or right after each sentence of a text made of these."""
    ends = list(accumulate(map(len, sentences)))
    marked: list[set[int]] = [set() for _ in sentences]
    for marker in MARKER.finditer(text):
        place = len(_bare(without_markers(text[: marker.start()])))
        sentence = bisect_left(ends, place)
        if place and sentence < len(ends):
            marked[sentence].add(int(marker[1]))
    return marked


def _holds(quote: str, part: str) -> bool:
    """Whether a quote holds this text as whole words, white space aside."""
    one, other = (" ".join(narrowed(text).split()) for text in (quote, part))
    return bool(re.search(rf"(?:\b|(?<!\w))(?<!\d[.,]){re.escape(other)}(?:\b|(?!\w))(?![.,]\d)", one))


def _bare(text: str) -> str:
    """The text without white space: only an engine knows how it set its sentences apart."""
    return "".join(text.split())
