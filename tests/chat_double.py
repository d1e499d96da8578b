"""A small assistant for the tests of the chat, which knows the essay."""

import re
import threading
import time
from collections.abc import Iterator, Sequence

from index.errors import QuestionError
from index.types import Document, Hit, IndexedDocument, Passage
from rag.ask.checks import check_history
from rag.ask.smalltalk import reply
from rag.types import Answer, Citation, Claim, ClaimReady, Event, Final, Stage, Text
from tests.conftest import ESSAY

STOP = {"what", "when", "which", "does", "with", "that", "this", "have", "from", "were", "their", "about"}


def content_words(text: str) -> set[str]:
    """Words of four letters or more that say what a text is about."""
    return set(re.findall(r"\w{4,}", text.lower())) - STOP


class Reader:
    """What there is of a reader: its name."""

    identity = "words"


class Indexed:
    """What there is of an index: its documents."""

    def __init__(self, indexed: IndexedDocument) -> None:
        self.documents = {indexed.document.id: indexed}

    def snapshot(self) -> "Indexed":
        """It never changes."""
        return self

    def vectors(self, ids: Sequence[str]) -> dict[str, object]:
        """It has none."""
        return {}


class EssayAssistant:
    """Quotes the sentence that shares most words with the question; abstains below two."""

    pause = 0.0  #: seconds between words
    min_confidence = 0.5
    reader = Reader()
    embedder = None
    writer = None

    def __init__(self) -> None:
        text = ESSAY.read_text(encoding="utf-8")
        self.documents = (Document("essay.txt", "The dragon’s cuddle", str(ESSAY), text),)
        spans = [match.span() for match in re.finditer(r"[^\s.][^.]{20,}\.", text)]
        self.passages = [Passage(f"p{i}", "essay.txt", text[a:b], a, b) for i, (a, b) in enumerate(spans)]
        self.index = Indexed(IndexedDocument(self.documents[0], tuple(self.passages), ()))
        self.histories: list[Sequence[tuple[str, str]]] = []

    def ask(self, question: str, history: Sequence[tuple[str, str]] = (), **options: float | None) -> Answer:
        """The last event of `stream`."""
        *_, last = self.stream(question, history, **options)
        return last.answer

    def refresh(self) -> None:
        """Its document never changes."""

    def stream(
        self,
        question: str,
        history: Sequence[tuple[str, str]] = (),
        top_k: int | None = None,
        min_confidence: float | None = None,
    ) -> Iterator[Event]:
        """Yield what the real assistant yields, word by word."""
        if len(question) > 500:
            raise QuestionError("The question is longer than 500 characters; shorten it.")
        self.histories.append(check_history(history))
        yield Stage("retrieve")
        if said := reply(question, self.documents, follows=bool(history)):
            yield Final(Answer(question, said, "abstained", None, 0.0, engine="reply"))
            return
        words = content_words(question)
        shared = [len(words & content_words(passage.text)) for passage in self.passages]
        order = sorted(range(len(shared)), key=lambda i: -shared[i])[: top_k or 5]
        hits = tuple(Hit(self.passages[i], shared[i] / 10, rank, 0.5, 0.5) for rank, i in enumerate(order, 1))
        yield Stage("read")
        answer = answer_from(question, hits, abstain=shared[order[0]] < 2 or (min_confidence or 0) > 0.8)
        for piece in re.findall(r"\S+\s*", answer.text):
            time.sleep(self.pause)
            yield Text(piece)
        yield from (ClaimReady(claim, answer.citations) for claim in answer.claims)
        yield Final(answer)


def answer_from(question: str, hits: Sequence[Hit], abstain: bool) -> Answer:
    """Quote the best hit whole, with its last year or name as the short answer."""
    cited = [
        Citation(n, "essay.txt", "The dragon’s cuddle", str(ESSAY), one.start, one.end, one.text)
        for n, one in enumerate((hit.passage for hit in hits), start=1)
    ]
    if abstain:
        said = "The documents do not seem to answer this."
        return Answer(question, said, "abstained", None, 0.1, hits=tuple(hits), nearest=tuple(cited[:3]))
    best, citation = hits[0].passage, cited[0]
    year = re.search(r"\b(?:19|20)\d\d\b", best.text)
    claim = Claim(best.text, (1,), "quoted", 0.9)
    span = year.group() if year else None
    return Answer(question, f"{best.text} [1]", "answered", span, 0.8, (claim,), (citation,), tuple(hits))


class Writer(EssayAssistant):
    """Answers in sentences of its own, of every support, each final before the next begins."""

    def __init__(self) -> None:
        super().__init__()
        self.may_end = threading.Event()  # until then it holds its breath before the last sentence
        self.may_end.set()

    def stream(
        self,
        question: str,
        history: Sequence[tuple[str, str]] = (),
        top_k: int | None = None,
        min_confidence: float | None = None,
    ) -> Iterator[Event]:
        """Yield what an assistant with a language model yields."""
        *_, last = super().stream(question, history)
        quoted = last.answer
        if quoted.engine == "reply":
            yield last
            return
        first, second = quoted.hits[0].passage, quoted.hits[1].passage
        citations = tuple(
            Citation(number, "essay.txt", "The dragon’s cuddle", str(ESSAY), cited.start, cited.end, cited.text)
            for number, cited in enumerate((first, second), 1)
        )
        claims = (
            Claim("China showed a drone.", (1,), "supported", 0.9),
            Claim("It flew far.", (2,), "weak", 0.5),
            Claim("It was purple.", (), "unsupported", 0.1),
        )
        yield Stage("write")
        pieces = []
        for claim in claims:
            if claim is claims[-1]:
                self.may_end.wait(30)
            marked = " ".join([claim.text, *(f"[{number}]" for number in claim.citations)])
            pieces += [" " + marked if pieces else marked]
            yield Text(pieces[-1])
            yield ClaimReady(claim, tuple(cited for cited in citations if cited.number in claim.citations))
        yield Final(
            Answer(question, "".join(pieces), "answered", None, 0.8, claims, citations, quoted.hits, engine="llm")
        )
