"""What a passage does not say itself, but the head of its document does: which of several alike it is of."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from index.store.lexical import stems, usual_weights
from index.store.snapshot import Snapshot, words_of_name
from index.types import Hit, IndexedDocument
from rag.read.tables import cells_of
from rag.words import NAME

HEAD_CHARS = 1_500  #: of a document, in whose short lines it says what it is and what of
SHORT_LINE = 30  #: words; a longer line is prose
MOST_LINES = 2  #: of a head, that are read with a passage
WRAPPED, EVEN = 45, 15  #: characters that lines of wrapped prose have at least, and by which they differ at most
OPENING = 5_000  #: characters of a document, in which a name occurs that it is about
PARTS = 3  #: of it, in each of which that name does
MOST_WORDS = 24  #: of a title, heading or line that are read with a passage

_NAME = re.compile(NAME)


@dataclass(frozen=True, slots=True)
class Context:
    """A passage found, with what of its document tells what it is about."""

    heading: str  #: title, heading, and lines of the head that hold words of the question which the passage lacks
    near: float  #: share of the question's weight that passage, title, heading, file name and head hold
    anywhere: float  #: share that the whole document holds


def heading(hit: Hit, snapshot: Snapshot, lines: Sequence[str] = ()) -> str:
    """The title and heading that a passage stands under, without which it may not say what it is about."""
    title = snapshot.documents[hit.passage.document_id].document.title
    parts = dict.fromkeys((title, *lines, hit.passage.heading))
    return "\n".join(" ".join(part.split()[:MOST_WORDS]) for part in parts if part)


def contexts(question: str, hits: Sequence[Hit], snapshot: Snapshot) -> list[Context]:
    """The context of each passage found for a question."""
    asked = usual_weights(snapshot.lexical.terms(question))
    found = dict.fromkeys(hit.passage.document_id for hit in hits)
    documents = {identifier: snapshot.terms_held(identifier, asked) for identifier in found}
    heads = {identifier: _head(snapshot.documents[identifier], asked.keys()) for identifier in found}
    names = [name for name in _NAME.findall(question[1:]) if " " in name]
    names_of = {identifier: _names(snapshot.documents[identifier], names) for identifier in found}
    own = stems([f"{heading(hit, snapshot)}\n{hit.passage.text}" for hit in hits])
    around = []
    for hit, said in zip(hits, own, strict=True):
        head, document = heads[hit.passage.document_id], documents[hit.passage.document_id]
        passage = asked.keys() & set(said)
        around.append(
            Context(
                heading(hit, snapshot, _telling([*head, *names_of[hit.passage.document_id]], passage, asked)),
                near=_share(passage.union(*(terms for _, terms in head)), asked),
                anywhere=_share(document, asked),
            )
        )
    return around


def _telling(head: Sequence[tuple[str, set[str]]], known: Set[str], weights: Mapping[str, float]) -> list[str]:
    """The lines of a head that add most to what is known already of the question's words."""
    lines: list[str] = []
    known = set(known)
    for _ in range(MOST_LINES):
        line, terms = max(head, key=lambda one: _share(one[1] - known, weights), default=("", set[str]()))
        if terms <= known:
            break
        lines.append(line)
        known |= terms
    return lines


def _share(terms: Set[str], weights: Mapping[str, float]) -> float:
    """The share of a question's weight that some of its stems have."""
    return sum(weights.get(term, 0.0) for term in terms) / sum(weights.values()) if weights else 0.0


def _head(indexed: IndexedDocument, asked: Set[str]) -> list[tuple[str, set[str]]]:
    """The name of the file and the short lines at its head, with the stems of the question that each holds."""
    lines = [line.strip(" \t#*_|>-=") for line in _unwrapped(indexed.text[:HEAD_CHARS]).splitlines()[:60]]
    rows = _rows(indexed)
    lines = [line for line in dict.fromkeys(lines) if line not in rows and 0 < len(line.split()) <= SHORT_LINE]
    lines = [words_of_name(indexed.id), *lines]
    return [(line, held) for line, said in zip(lines, stems(lines), strict=True) if (held := set(said) & asked)]


def _rows(indexed: IndexedDocument) -> set[str]:
    """The lines at a document's head that are rows of a table: it is of all of them, and not of one."""
    rows: dict[frozenset[str] | int, list[str]] = defaultdict(list)  # by names of columns, else their number
    for position, sentence in enumerate(indexed.sentences):
        if sentence.start >= HEAD_CHARS:
            break
        cells = cells_of(indexed, position)
        if len(cells) > 1:
            columns = frozenset(cell.name for cell in cells[1:] if cell.name)
            rows[columns or len(cells)].append(indexed.line(position))
    return {line for lines in rows.values() if len(lines) > 1 for line in lines}


def _unwrapped(text: str) -> str:
    """A text in which prose that was broken into lines of about one length is a line again."""
    parts = []
    for part in re.split(r"(\n[ \t]*\n)", text):
        *lengths, _ = map(len, part.split("\n"))
        wrapped = bool(lengths) and min(lengths) >= WRAPPED and max(lengths) - min(lengths) <= EVEN
        parts.append(" ".join(part.split()) if wrapped else part)
    return "".join(parts)


def _names(indexed: IndexedDocument, names: Sequence[str]) -> list[tuple[str, set[str]]]:
    """Those of a question's names that a document is about, which stand at its beginning and all through it.

    A name of one word is none: a country, a month or a person's may be one of many that it speaks of.
    """
    text = indexed.text
    about = []
    for name in names:
        pattern = r"\s+".join(map(re.escape, name.split()))
        places = [found.start() for found in re.finditer(rf"\b{pattern}\b", text)]
        if places and places[0] < OPENING and len({PARTS * place // len(text) for place in places}) == PARTS:
            about.append(name)
    return [(name, set(said)) for name, said in zip(about, stems(about), strict=True)]
