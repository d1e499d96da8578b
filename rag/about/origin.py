"""Questions about where documents come from, such as "Who wrote this?": answered by what stands at their edges."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.store.snapshot import Snapshot
from index.types import Hit, IndexedDocument, Passage, Sentence
from rag.about.overview import left_out
from rag.ask.query import Kind, Query
from rag.read.choosing import MAX_QUOTES
from rag.read.confidence import LIKELY
from rag.read.evidence import Candidate, Found, Reader, Reading
from rag.words import MONTHS, one_of

FRONT, END = 2, 1  #: passages at a document's edges
MOST_WORDS = 30  #: of a sentence that tells where a document comes from
MOST_FRONT = 25  #: lines of a document, among which it is said by whom it is
MOST_NAMED = 12  #: words of a line that is nothing but names
FIRST_LINES, LAST_LINES = 6, 5  #: among which it is said who the author is

#: By how much the odds rise that a line tells of an author if it looks so and stands at a document's edge: the reader's
#: confidence is of lines anywhere.
AUTHOR_ODDS = 3.0

AUTHOR = "Who is the author?"
ASKED_TWICE = 3  #: documents, up to which each is asked in two ways

_SAYS_AUTHOR = re.compile(r"\b(?:author|writer|editor|publish)", re.I)
_NAME = r"(?:[A-Z]\.|[A-Z][\w’'-]+)"
_PARTICLES = frozenset("al bin da de der di du la le van von".split())
_PARTICLE = one_of(_PARTICLES)
# So plain that no reader is needed.
_BY_LINE = re.compile(
    r"\W*(?:(?i:(?:(?:written|compiled|edited|prepared|reported|translated) )?by):? "
    r"|(?i:authors?|editors?|writers?)\W+)"
    rf"(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?{_NAME}(?:\W+(?:(?:and|{_PARTICLE}) )*{_NAME})*\W*"
)
_CREDIT = re.compile(
    rf"\W*[Bb][Yy] {_NAME}|.*\b(?i:(?:written|compiled|prepared|drafted|edited|translated|reported|published|issued"
    r"|kept|told|text|words|story|report|notes?) by|authors?|writers?|editors?|publishers?|correspondents?|columnists?"
    r"|interviewer|rapporteur)\b",
    re.S,
)
_SIGNED = re.compile(rf"\W*{_NAME}(?: (?:{_PARTICLE} )*{_NAME}){{1,3}}(?:, .{{3,60}})?\W*")
_IS_SOMEBODY = re.compile(
    rf"\W*(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?{_NAME}(?: (?:{_PARTICLE} )*{_NAME}){{1,4}},? "
    r"(?:is|are|teaches|works|writes|lives|serves|holds|covers|reports|edits|has (?:written|published|reported))\b"
)
_ONLY_BY = re.compile(r"\W*(?:(?:written|compiled|edited|prepared|submitted|presented) )?by\W*|\W*authors?\W*", re.I)
_ALONE = re.compile(rf"{_NAME}(?: (?:{_PARTICLE} )*{_NAME}){{1,3}}")
_WORD = re.compile(r"[^\W\d_][\w’'.-]*")
_PICTURE = re.compile(r"\b(?:photo\w*|image|picture|illustration)\b", re.I)
_MONTH = "|".join(MONTHS)
_DATE = re.compile(
    r"(?<![–-])\b(?:(?:1[5-9]|20)\d\d\b(?! ?[–-] ?\d)|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH})\b)"
)
_DATED = re.compile(
    r"\b(?:published|issued?|released?|dated?|updated|revised|written|recorded|printed|posted|edition|version|effective"
    r"|adopted|held)\b",
    re.I,
)
_ENDS = re.compile(r"[.!?…][\"'”’)*_]*$")


def trace(query: Query, reader: Reader, snapshot: Snapshot, threshold: float) -> Found | None:
    """The lines at the documents' edges that may tell, and what the reader makes of each document's.

    None if no document tells with a confidence of at least `threshold`, and rather than not, unless the documents
    themselves are pointed at: a book that is spoken of has an author, too.
    """
    asked = [Query(query.question, query.question)]
    if query.kind == "author" and not _SAYS_AUTHOR.search(query.question):
        # Of a by-line alone, a reader may not see that whoever it names "wrote this".
        asked.append(Query(query.question, AUTHOR))
    if len(query.documents) > ASKED_TWICE:
        asked = asked[-1:]
    least = threshold and max(threshold, LIKELY)  # few lines rival each other at a document's edges
    hits: list[Hit] = []
    candidates: list[Candidate] = []
    confidence = 0.0
    silent = 0
    for document in query.documents:
        if len(candidates) == MAX_QUOTES:
            break
        lines = list(_lines(document, query.kind))
        found = [Hit(line, 1.0, rank, 1.0, 0.0) for rank, line in enumerate(lines, start=len(hits) + 1)]
        by_line = None
        if query.kind == "author":
            by_line = _named_below(document) or (None if query.described else _by_line(document, found))
        reading = by_line or _read(found, asked, query.kind, reader, snapshot)
        confidence = max(confidence, reading.confidence)
        if reading.candidates and reading.confidence >= least:
            told = reading.candidates if by_line else reading.candidates[:1]
            candidates += [replace(one, score=1.0) for one in told]
            hits += found
        else:
            silent += 1
    if not candidates and not query.itself:
        return None
    more = left_out(query.documents[silent:], MAX_QUOTES) if candidates else ()
    return Found(hits, Reading(tuple(candidates), confidence), snapshot, more)


def _by_line(document: IndexedDocument, lines: Sequence[Hit]) -> Reading | None:
    """A line that says plainly whom a document is by, if it has one."""
    prose = document.prose
    for hit in lines:
        position = bisect_right(document.sentences, hit.passage.start, key=lambda sentence: sentence.end)
        early, late = _at_edge(document.sentences[position], prose)
        by_line = any(map(_BY_LINE.fullmatch, hit.passage.text.splitlines()))  # a title may stand above it
        if (early or late) and by_line:
            return Reading((Candidate(document, position, 1.0),), 1.0)
    return None


def _named_below(document: IndexedDocument) -> Reading | None:
    """The names that stand each on a line below one that says no more than "By:", near a document's beginning."""
    lines = list(map(document.said, document.sentences[:MOST_FRONT]))
    place = next((number for number, line in enumerate(lines) if _ONLY_BY.fullmatch(line)), None)
    if place is None:
        return None
    below = lines[place + 1 :]
    names = [bool(_ALONE.fullmatch(line)) and line not in below[:number] for number, line in enumerate(below)]
    count = min(names.index(False) if False in names else len(names), MAX_QUOTES)
    positions = range(place + 1, place + 1 + count)
    return Reading(tuple(Candidate(document, position, 1.0) for position in positions), 1.0) if count else None


def _read(lines: Sequence[Hit], asked: Sequence[Query], kind: Kind, reader: Reader, snapshot: Snapshot) -> Reading:
    """What is read of lines in the way of asking that is surest."""
    reading = max((reader.read(query, lines, snapshot) for query in asked), key=lambda one: one.confidence)
    if kind != "author":
        return reading
    return replace(reading, confidence=AUTHOR_ODDS * reading.confidence / (1 + (AUTHOR_ODDS - 1) * reading.confidence))


def _lines(document: IndexedDocument, kind: Kind) -> Iterator[Passage]:
    """The lines at the edges that may tell, each as a passage of its own; those set off like headings, too."""
    first, last = document.passages[:FRONT][-1], document.passages[-END]
    for sentence in document.sentences:
        if first.end <= sentence.start < last.start:
            continue
        line = document.said(sentence)
        early, late = _at_edge(sentence, document.prose)
        if _may_tell(line, kind, document.title, early=early, late=late):
            passage = last if sentence.start >= last.start else first
            # Without a heading, which is no by-line.
            yield replace(passage, text=line, start=sentence.start, end=sentence.end, heading="")


def _at_edge(sentence: Sentence, prose: Sequence[Sentence]) -> tuple[bool, bool]:
    """Whether a line is among the first of its document's, and the last."""
    return sentence.start <= prose[:FIRST_LINES][-1].start, sentence.start >= prose[-LAST_LINES:][0].start


def _may_tell(line: str, kind: Kind, title: str, *, early: bool, late: bool) -> bool:
    plain = " ".join(line.split())
    if len(plain.split()) > MOST_WORDS:
        return False
    if kind == "date":
        dated = _DATED.search(plain) or (early and not _ENDS.search(plain))
        return bool(dated and _DATE.search(plain) and not plain.startswith("|"))
    if _CREDIT.match(plain) or (late and (_IS_SOMEBODY.match(plain) or _SIGNED.fullmatch(plain))):
        return True
    by_somebody = re.search(rf"\bby {_NAME}", plain) and not _ENDS.search(plain)
    return early and plain != title and (bool(by_somebody) or _names_only(plain))


def _names_only(line: str) -> bool:
    words = [word for word in _WORD.findall(line) if word not in _PARTICLES]
    names = [word for word in words if word[0].isupper()]
    return (
        2 <= len(words) <= MOST_NAMED
        and len(names) >= 0.8 * len(words)
        and not _ENDS.search(line)
        and not _PICTURE.search(line)
    )
