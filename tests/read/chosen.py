"""What is quoted of a text whose sentences a reader has given scores."""

from index.passages import split_document
from index.types import Document
from rag.read.choosing import choose_quotations
from rag.read.evidence import Candidate
from rag.write.quoting import cite


def make(text, name="doc.txt", pages=()):
    document = Document(name, "A title", f"/there/{name}", text, pages)
    return split_document(document, lambda piece: len(piece.split()), max_tokens=200)


def candidates(indexed, *scored):
    """Candidates from pairs of a sentence's position and its score."""
    return [Candidate(indexed, position, score) for position, score in scored]


def quotes(*scored, text=None):
    citations, _ = cite(choose_quotations(candidates(make(text), *scored)))
    return [citation.quote for citation in citations]


def relevant(indexed, *told):
    """Candidates from sentences' positions, scores, and log-odds of being a part of the answer."""
    return [Candidate(indexed, position, score, relevance=odds) for position, score, odds in told]
