"""Questions to begin with, drawn from what is indexed: its headings and the names it speaks of most."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from index.types import Document, IndexedDocument

if TYPE_CHECKING:
    from rag.pipeline import Assistant

TRIED = 12  #: candidates that are searched for
MAX_WORDS = 5
SPOKEN_OF = 2  #: times that a name must occur

_PLAIN = re.compile(r"[\w’' -]+")  # a heading that reads as a part of a sentence
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w’'-]+(?: (?:of )?[A-Z][\w’'-]+)+")


def suggest_questions(assistant: "Assistant", count: int = 4) -> list[str]:
    """At most `count` questions, those whose passages match best, each with a passage of its own."""
    best: dict[str, tuple[float, str]] = {}
    for question in _candidates(list(assistant.index.snapshot().documents.values())):
        for hit in assistant.search(question, top_k=1):
            best[hit.passage.id] = max(best.get(hit.passage.id, (0.0, "")), (hit.score, question))
    return [question for _, question in sorted(best.values(), reverse=True)[:count]]


def _candidates(documents: list[IndexedDocument]) -> list[str]:
    """Headings and names in turn, so that neither crowds out the other, documents in turn likewise."""
    sources = [source for indexed in documents[:TRIED] for source in (_headings(indexed), _names(indexed.document))]
    in_turn = (question for row in zip_longest(*sources) for question in row if question)
    return list(dict.fromkeys(islice(in_turn, TRIED)))


def _headings(indexed: IndexedDocument) -> Iterator[str]:
    for heading in dict.fromkeys(passage.heading for passage in indexed.passages):
        if heading.endswith("?"):
            yield heading
        elif heading != indexed.document.title and len(heading.split()) <= MAX_WORDS and _PLAIN.fullmatch(heading):
            # "Military aid" becomes "military aid", while "NATO and Russia" stays as it is.
            subject = heading[0].lower() + heading[1:] if heading[1:2].islower() else heading
            yield f"What is said about {subject}?"


def _names(document: Document) -> Iterator[str]:
    counts = Counter(" ".join(match.group().split()) for match in _NAME.finditer(document.text))
    return (f"What is said about {name}?" for name, times in counts.most_common(TRIED) if times >= SPOKEN_OF)
