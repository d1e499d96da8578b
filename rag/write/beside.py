"""A whole answer, with what is told beside it: which documents were asked, of a refusal why, and what comes nearest."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import PurePosixPath

from index.embedding import Embedder
from index.store.narrowed import NarrowedSnapshot
from index.store.snapshot import Snapshot
from index.types import Document
from rag.ask.query import BY_LINE, Query
from rag.read.choosing import understandable
from rag.read.evidence import Found, Quotation, Reading
from rag.types import Answer, Citation
from rag.words import MONTHS
from rag.write.quoting import Draft, citation

LOOKED_AT = 12  #: of the reader's candidates, for the nearest sentences
SHOWN = 3
NEAR = 0.4  #: cosine with the question from which a sentence has to do with it
#: Files that have properties beside their text. In others, and in sheets, such a fact may as well be of the text.
HAVE_PROPERTIES = frozenset(".pdf .docx .pptx .odt .epub".split())
MOST = 3  #: documents whose properties are told; a question about more is about none in particular


def whole_answer(
    asked: str,
    question: str,
    query: Query,
    found: Found,
    draft: Draft,
    timings: Mapping[str, float],
    embedder: Embedder,
) -> Answer:
    """The answer that was drafted, with what is told beside it; what was `asked` was read as `question`."""
    figures = found.reading.figures
    return Answer(
        question=asked,
        text=draft.text,
        status=draft.status,
        span=draft.span,
        confidence=found.reading.confidence,
        claims=draft.claims,
        citations=draft.citations,
        hits=tuple(found.hits),
        engine=draft.engine,
        usage=draft.usage,
        timings={**timings, **draft.timings},
        rewritten=None if query.question == question else query.question,
        notices=tuple(_notices(query, found, draft, question if question != asked else None)),
        nearest=nearest(query.text, found.reading, embedder) if draft.status == "abstained" else (),
        documents=_names_asked(found.snapshot),
        figures=figures.told if figures else {},
    )


def _notices(query: Query, found: Found, draft: Draft, respelling: str | None) -> Iterator[str]:
    refused = draft.status == "abstained"
    if respelling:
        yield f"Read as: {respelling}"
    yield from draft.notices
    yield from found.notices
    if refused:
        yield from _told_of_refusal(query, found.reading, draft.notices)
    yield from _told_of_choice(found.snapshot, refused=refused)


def _names_asked(snapshot: Snapshot) -> tuple[str, ...]:
    """What was chosen to be asked, ids of documents and folders, without what is gone; nothing if all documents are."""
    if not isinstance(snapshot, NarrowedSnapshot):
        return ()
    return tuple(name for name in snapshot.names if name not in snapshot.gone)


def _told_of_choice(snapshot: Snapshot, *, refused: bool) -> Iterator[str]:
    """Sentences on what was chosen and is gone, and, of a refusal, that there are other documents."""
    if not isinstance(snapshot, NarrowedSnapshot):
        return
    if snapshot.gone:
        are = "is" if len(snapshot.gone) == 1 else "are"
        yield f"{', '.join(snapshot.gone)} {are} no longer among the documents and could not be asked."
    asked, among = len(snapshot.documents), len(snapshot.whole.documents)
    if refused and asked < among:
        yield f"Only {asked} of {among} documents {'was' if asked == 1 else 'were'} asked; others may answer this."


def _told_of_refusal(query: Query, reading: Reading, said: Sequence[str]) -> Iterator[str]:
    """Sentences on why, unless an LLM that refused has `said` so, and on what the properties of files tell."""
    if reading.why_refused and not said:
        yield reading.why_refused
    asked = [part for part in (query.parts or (query,)) if part.kind in BY_LINE and len(part.documents) <= MOST]
    named = [(part.kind, one.document) for part in asked for one in part.documents]
    yield from dict.fromkeys(sentence for pair in named for sentence in _by_properties(*pair))


def _by_properties(kind: str, document: Document) -> Iterator[str]:
    """What the properties of a file say of its author or date, a sentence."""
    value = next((value for name, value in document.facts if name == kind), None)
    if value and PurePosixPath(document.id).suffix.lower() in HAVE_PROPERTIES:
        says = f"name {value} as its author" if kind == "author" else f"say that it was made on {_in_words(value)}"
        yield f"The properties of the file {PurePosixPath(document.id).name} {says}."


def _in_words(day: str) -> str:
    try:
        read = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{read.day} {MONTHS[read.month - 1]} {read.year}"


def nearest(question: str, reading: Reading, embedder: Embedder) -> tuple[Citation, ...]:
    """The sentences nearest to a question, of those that the reader puts first; none if none is near."""
    quotations = list(filter(None, map(understandable, reading.candidates[:LOOKED_AT])))
    if not quotations:
        return ()
    texts = [" ".join(citation(1, one).quote.split()) for one in quotations]
    cosines = embedder.embed(texts) @ embedder.embed_query(question)
    near: dict[str, Quotation] = {}
    for number in sorted(range(len(texts)), key=lambda number: -float(cosines[number])):
        if float(cosines[number]) >= NEAR:
            near.setdefault(texts[number], quotations[number])
    return tuple(citation(rank, one) for rank, one in enumerate(islice(near.values(), SHOWN), start=1))
