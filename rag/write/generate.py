"""Answers that an LLM writes from numbered sentences, every claim verified as it completes."""

import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.embedding import Embedder
from index.errors import LLMError
from index.store.snapshot import Snapshot
from index.types import Hit
from rag.ask.query import Query, Turn
from rag.ask.rewrite import rewrite
from rag.llm.patience import OverlongError, Talk
from rag.llm.prompts import fill
from rag.read.choosing import overlaps
from rag.read.evidence import Candidate, Quotation, Reading
from rag.types import Event, Revised, Text
from rag.verify.claims import UNSAID, ClaimVerdict, check_claims
from rag.write.attribute import Attribution, Attributor, Check
from rag.write.markers import Drafted, DraftReader, Piece, Shown
from rag.write.numbered import NumberedContext, likeliest_sentences, number_sentences
from rag.write.page import Page
from rag.write.quoting import Draft, Quoting, quote, ready
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
FEWEST_SHOWN = 4  #: sentences that a model is shown which reads slowly
SURE = 0.4  #: confidence from which the reader's answer is given where the model finds none

UNASKED = "The reader gives it {:.0%} that it has found the answer, too little to ask the model."
_INSTEAD = "This is the answer by quotation instead."
_NOTHING_INSTEAD = "Nothing that is found can be quoted instead."
BESIDE = f"The model wrote nothing that rests on the sentences likeliest to answer this. {_INSTEAD}"


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

    def __init__(
        self,
        llm: "LLM",
        embedder: Embedder,
        *,
        strict: bool = False,
        brief: bool | None = None,
        check: Check = check_claims,
    ) -> None:
        """Write with this model.

        Args:
            llm: The model.
            embedder: That of the index.
            strict: Whether what is not supported is withheld.
            brief: Whether the model is shown only the few sentences that the reader likes best; by default what it
                says of itself: one that runs on this processor reads slowly, and copies long texts.
            check: Verifies claims.
        """
        self.llm = llm
        self.strict = strict
        self.embedder = embedder
        self.check = check
        self.brief = bool(getattr(llm, "brief", False)) if brief is None else brief

    @property
    def passages(self) -> int:
        """That are found and read by default; all are shown to the model, unless it is shown but a few sentences."""
        return Quoting.passages if self.brief else 8

    def begin(self) -> "Writing":
        """Begin an answer."""
        return Writing(self)


class Writing:
    """One answer in the making."""

    def __init__(self, writer: LLMWriter) -> None:
        """Write as `writer` is set up to."""
        self._writer = writer
        self.passages = writer.passages
        self._talk = Talk(writer.llm)
        self._rewriting = 0.0  # seconds
        self._page = Page()
        self._course = _Course()
        self._answer: Quotation | None = None  # the likeliest by the reader

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
        self._answer = quotations[0] if quotations else None
        if self._writer.brief:
            context = likeliest_sentences(quotations, reading.candidates, snapshot, FEWEST_SHOWN)
            left_out = 0
            yield from self._draft(query, context, "brief")
        else:
            left_out = yield from self._ask(query, hits, snapshot)
        page, refused = self._page, self._course.refused and reading.confidence < SURE
        likeliest = [one for one in reading.candidates[:NEAREST] if not self._writer.brief or _quoted(one, quotations)]
        beside = page.holds and not (query.is_whole or page.touches(likeliest))
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
            yield from self._draft(query, context, "answer")
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

    def _draft(self, query: Query, context: NumberedContext, prompt: str) -> Iterator[Event]:
        """Have the model write until it ends, breaks off or is stopped."""
        reader, course = DraftReader(), self._course
        attributor = Attributor(context, self._writer.embedder, self._writer.check)
        user = fill(f"{prompt}.user", sentences=context.text, question=query.text)
        try:
            with closing(self._talk.stream(fill(f"{prompt}.system"), user)) as deltas:
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

    def _read_so(self, text: str, found: Attribution) -> bool:
        """Whether a claim that is doubted in its words alone gives the answer of which the reader is sure, from there.

        Two models then say it that do not know of each other.
        """
        answer = self._answer
        doubted = found.verdict.support == "weak" and set(found.verdict.reasons) == {UNSAID}
        if answer is None or not answer.span or not doubted:
            return False
        there = any(overlaps(one, answer) for one in found.quotations)
        return there and answer.span.casefold() in text.casefold()

    def _verify(self, text: str, numbers: Sequence[int], attributor: Attributor) -> Iterator[Event]:
        page, course, strict = self._page, self._course, self._writer.strict
        started = time.perf_counter()
        # What is said only together with the question cannot be checked without it.
        bare = is_bare_answer(text)
        found = Attribution((), ClaimVerdict("unsupported", 0.0)) if bare else attributor.attribute(text, numbers)
        if self._read_so(text, found):
            found = replace(found, verdict=replace(found.verdict, support="supported", reasons=()))
        course.verifying += time.perf_counter() - started
        course.idle = 0
        if strict and not found.verdict.holds:
            course.withheld += 1
            return
        if strict:
            yield page.show(text)
        yield Text(page.close(text, found))
        yield ready(page.claims[-1], page.citations)


def _quoted(candidate: Candidate, quotations: Sequence[Quotation]) -> bool:
    """Whether a sentence is one of those that would be quoted."""
    return any(candidate.document is one.document and one.first <= candidate.position < one.last for one in quotations)


def _span(query: Query, quotations: Sequence[Quotation], page: Page) -> str | None:
    """The reader's short answer, if the model says it too and quotes where it stands."""
    span = short_answer(query, quotations[0]) if quotations else None
    said = span and any(span.casefold() in claim.text.casefold() for claim in page.claims)
    return span if span and said and any(span in citation.quote for citation in page.citations) else None


def _tell(course: _Course, page: Page, abstains: bool) -> Iterator[str]:
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
