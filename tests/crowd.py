"""A crowd: many visitors who each add a document of their own and then all ask at the same moment."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier

from tests.visitor import Visitor

ESSAY_QUESTIONS = (
    "When did China debut the Wing Loong drone?",
    "Which founding members belong to the Quadrilateral Mechanism?",
    "What is the Belt and Road Initiative?",
    "Where was the exercise held?",
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visitor was shown, and how long it took."""

    secret: str  #: a word of the visitor's own document that is in no other
    seconds: tuple[float, ...]  #: from each question to its answer
    conversation: str  #: HTML
    documents: str  #: HTML

    def seen_of_others(self, visits: "Sequence[Visit]") -> list[str]:
        """The secrets of other visitors that this one was shown."""
        return [
            other.secret for other in visits if other is not self and other.secret in self.conversation + self.documents
        ]


def visit_at_once(url: str, people: int) -> list[Visit]:
    """Let so many people ask at the same moment: first about their own document, then about the essay."""
    together = Barrier(people)

    def visit(number: int) -> Visit:
        secret = f"tulip{number:03}x"
        with _visitor(url) as visitor:
            status = visitor.upload("gate.txt", f"The password of the garden gate is {secret}. Ask Ann for the key.")
            assert status == "added", status
            together.wait(300)
            own = _timed(lambda: visitor.ask("What is the password of the garden gate?"))
            together.wait(300)
            essay = _timed(lambda: visitor.ask(ESSAY_QUESTIONS[number % len(ESSAY_QUESTIONS)]))
            return Visit(secret, (own[0], essay[0]), essay[1], visitor.documents())

    with ThreadPoolExecutor(people) as pool:
        return list(pool.map(visit, range(people)))


def percentiles(seconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return statistics.median(seconds), statistics.quantiles(seconds, n=20, method="inclusive")[-1]


def _timed(ask: Callable[[], str]) -> tuple[float, str]:
    started = time.perf_counter()
    shown = ask()
    return time.perf_counter() - started, shown


@contextmanager
def _visitor(url: str) -> Iterator[Visitor]:
    visitor = Visitor(url)
    try:
        yield visitor
    finally:
        visitor.close()
