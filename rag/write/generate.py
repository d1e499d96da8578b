"""Answers that an LLM writes from numbered sentences, every claim verified as it completes."""

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from index.embedding import Embedder
from index.errors import LLMError
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.ask.query import Query, Turn
from rag.ask.rewrite import rewrite
from rag.llm.patience import OverlongError, Talk
from rag.llm.prompts import fill
from rag.read.evidence import Candidate, Quotation, Reading
from rag.types import Citation, Claim, Event, Revised, Text
from rag.verify.claims import check_claims
from rag.write.attribute import HOLDING, Attribution, Attributor, Check
from rag.write.markers import Drafted, DraftReader, Piece, Shown
from rag.write.numbered import NumberedContext, number_sentences
from rag.write.quoting import Draft, citation, quote, ready
from rag.write.refusals import is_bare_answer, is_chatter, is_refusal
from rag.write.short import short_answer

if TYPE_CHECKING:
    from llama_index.core.llms import LLM

REPLY_TOKENS = 512  #: of the context window are left for the answer
TOKENS_RATIO = 1.25  #: an LLM's tokens to the embedder's, with some to spare
UNTOLD_WINDOW = 4096  #: tokens of a model that does not tell its context window
MAX_SENTENCES = 10  #: of an answer; then the model is stopped
MAX_IDLE = 3  #: sentences in a row that say nothing new; then the model is stopped
NEAREST = 5  #: of the reader's candidates, one of which an answer must rest on: what is true may be beside the point
SURE = 0.6  #: confidence from which the reader's answer is given where the model finds none

UNASKED = "The reader gives it {:.0%} that the documents answer this, too little to ask the model."
_INSTEAD = "This is the answer by quotation instead."
_NOTHING_INSTEAD = "Nothing that is found can be quoted instead."
BESIDE = f"The model wrote nothing that rests on the sentences likeliest to answer this. {_INSTEAD}"


@dataclass
class _Page:
    """The answer as it stands: verified sentences, and the quotations that they cite, numbered by first use."""

    claims: list[Claim] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)
    begun: bool = False  # whether a sentence after these has been shown in part

    @property
    def text(self) -> str:
        return " ".join(claim.text + _markers(claim) for claim in self.claims)

    @property
    def holds(self) -> bool:
        """Whether anything on it is supported."""
        return any(claim.support in HOLDING for claim in self.claims)

    def touches(self, candidates: Sequence[Candidate]) -> bool:
        """Whether a claim that is supported rests on one of these sentences."""
        named = {number for claim in self.claims if claim.support in HOLDING for number in claim.citations}
        return any(
            cited.document_id == candidate.document.document.id
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
        self.claims.append(Claim(text, tuple(numbers), found.support, found.score))
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
    return " " + "".join(f"[{number}]" for number in claim.citations) + "[?]" * (claim.support not in HOLDING)


@dataclass
class _Course:
    """How the writing goes."""

    stopped: bool = False  # nothing more is wanted of the model
    refused: bool = False
    idle: int = 0  # sentences in a row that said nothing new
    withheld: int = 0
    cut_off: bool = False
    broken: LLMError | None = None
    verifying: float = 0.0  # seconds


class LLMWriter:
    """Writes answers with an LLM; threads may share it if they may share the LLM."""

    def __init__(self, llm: "LLM", embedder: Embedder, *, strict: bool = False, check: Check = check_claims) -> None:
        """Write with this model. `strict` withholds what is not supported; `check` verifies claims."""
        self.llm = llm
        self.strict = strict
        self.embedder = embedder
        self.check = check

    def begin(self) -> "Writing":
        """Begin an answer."""
        return Writing(self)


class Writing:
    """One answer in the making."""

    passages = 8  #: that are found, read and shown to the model by default

    def __init__(self, writer: LLMWriter) -> None:
        """Write as `writer` is set up to."""
        self._writer = writer
        self._talk = Talk(writer.llm)
        self._rewriting = 0.0  # seconds
        self._page = _Page()
        self._course = _Course()

    def rewrite(self, question: str, history: Sequence[Turn]) -> str | None:
        """A question that leans on the history as one that stands alone, by the model; None where that goes wrong."""
        started = time.perf_counter()
        rewritten = rewrite(self._talk, question, history)
        self._rewriting = time.perf_counter() - started
        return rewritten

    def write(
        self,
        query: Query,
        hits: Sequence[Hit],
        snapshot: Snapshot,
        quotations: Sequence[Quotation] | None,
        reading: Reading,
    ) -> Generator[Event, None, Draft]:
        """Have the model answer from the passages found.

        Args:
            query: The question, and the text that stands alone.
            hits: The passages, best first.
            snapshot: Where they are from.
            quotations: The answer by quotation, given if the model gives none that is supported. None where the reader
                is not sure enough that there is an answer: then the model is not asked.
            reading: What the reader makes of the passages.
        """
        if quotations is None:
            draft = yield from quote(query, ())
            return self._finished(draft, [UNASKED.format(reading.confidence)])
        left_out = yield from self._ask(query, hits, snapshot)
        page, refused = self._page, self._course.refused and reading.confidence < SURE
        beside = page.holds and not (query.is_whole or page.touches(reading.candidates[:NEAREST]))
        notices = [BESIDE] if beside else list(_tell(self._course, page, refused))
        if 0 < left_out < len(hits):
            notices.append(f"The model’s context window had no room for {left_out} of the {len(hits)} passages found.")
        if page.holds and not beside:
            span = _span(query, quotations, page)
            draft = Draft(page.text, "answered", span, tuple(page.claims), tuple(page.citations), "llm")
            return self._finished(draft, notices)
        if page.claims:
            yield Revised("")
        if not quotations:
            notices = [notice.replace(_INSTEAD, _NOTHING_INSTEAD) for notice in notices]
        draft = yield from quote(query, () if refused else quotations, reading.reckoned)
        return self._finished(draft, notices)

    def _finished(self, draft: Draft, notices: Sequence[str]) -> Draft:
        timings = {"rewrite": self._rewriting, "verify": self._course.verifying}
        return replace(draft, notices=tuple(notices), usage=self._talk.usage, timings=timings)

    def _ask(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> Generator[Event, None, int]:
        """Show the model as many of the passages as it has room for; returns how many were left out."""
        count = len(hits)
        while context := self._context(query, hits[:count], snapshot):
            self._course = _Course()
            yield from self._draft(query, context)
            count -= context.left_out
            if self._page.claims or not isinstance(self._course.broken, OverlongError):
                return len(hits) - count
            count //= 2  # the window is smaller than was said
        self._course.broken = self._course.broken or OverlongError(
            f"The question is too long for the context window of {self._writer.llm.metadata.model_name}."
        )
        return len(hits)

    def _context(self, query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> NumberedContext | None:
        """As many of the passages as fit the model's context window beside the rest of the prompt and the reply."""
        window = self._writer.llm.metadata.context_window
        room = (window if window > 0 else UNTOLD_WINDOW) - REPLY_TOKENS
        beside = fill("answer.system") + fill("answer.user", sentences="", question=query.text)

        def fits(text: str) -> bool:
            return self._writer.embedder.count_tokens(beside + text) * TOKENS_RATIO <= room

        return number_sentences(hits, snapshot, fits)

    def _draft(self, query: Query, context: NumberedContext) -> Iterator[Event]:
        """Have the model write until it ends, breaks off or is stopped."""
        reader, course = DraftReader(), self._course
        attributor = Attributor(context, self._writer.embedder, self._writer.check)
        user = fill("answer.user", sentences=context.text, question=query.text)
        try:
            with closing(self._talk.stream(fill("answer.system"), user)) as deltas:
                for delta in deltas:
                    for piece in reader.feed(delta):
                        yield from self._take(piece, attributor)
                        if course.stopped:
                            return
        except LLMError as error:
            course.broken = error
        course.cut_off = self._talk.cut_off
        for piece in reader.end(finished=not (course.broken or course.cut_off)):
            if not course.stopped:
                yield from self._take(piece, attributor)

    def _take(self, piece: Piece, attributor: Attributor) -> Iterator[Event]:
        page, course = self._page, self._course
        match piece:
            case Shown(text):
                if not self._writer.strict:  # which shows nothing before it is verified
                    yield page.show(text)
            case Drafted(text) if not page.claims and is_refusal(text):
                yield from page.withdraw()
                course.refused = True
            case Drafted(text, _, finished) if not finished or is_chatter(text) or page.says(text):
                yield from page.withdraw()
                course.idle += 1
            case Drafted(text, numbers):
                yield from self._verify(text, numbers, attributor)
        said = len(page.claims) + course.withheld
        course.stopped = course.refused or course.idle >= MAX_IDLE or said >= MAX_SENTENCES

    def _verify(self, text: str, numbers: Sequence[int], attributor: Attributor) -> Iterator[Event]:
        page, course, strict = self._page, self._course, self._writer.strict
        started = time.perf_counter()
        # What is said only together with the question cannot be checked without it.
        bare = is_bare_answer(text)
        found = Attribution((), "unsupported", 0.0) if bare else attributor.attribute(text, numbers)
        course.verifying += time.perf_counter() - started
        course.idle = 0
        if strict and not found.holds:
            course.withheld += 1
            return
        if strict:
            yield page.show(text)
        yield Text(page.close(text, found))
        yield ready(page.claims[-1], page.citations)


def _span(query: Query, quotations: Sequence[Quotation], page: _Page) -> str | None:
    """The reader's short answer, if the model says it too and quotes where it stands."""
    span = short_answer(query, quotations[0]) if quotations else None
    said = span and any(span.casefold() in claim.text.casefold() for claim in page.claims)
    return span if span and said and any(span in citation.quote for citation in page.citations) else None


def _tell(course: _Course, page: _Page, abstains: bool) -> Iterator[str]:
    """What the user must know of how the writing went."""
    if course.broken:
        yield f"{course.broken} " + ("What it wrote before is kept." if page.holds else _INSTEAD)
    elif course.refused:
        yield "The model finds no answer in the passages" + ("." if abstains else f", but the reader does. {_INSTEAD}")
    elif page.holds:
        if course.cut_off:
            yield "The model’s answer was longer than allowed, and is cut off."
    elif page.claims or course.withheld:
        yield f"The documents support nothing of what the model wrote. {_INSTEAD}"
    else:
        yield f"The model wrote nothing that could be verified. {_INSTEAD}"
    if course.withheld and page.holds:
        yield f"Sentences of the model’s that the documents do not support, and that were withheld: {course.withheld}."
