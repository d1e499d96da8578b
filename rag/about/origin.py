"""Questions about where documents come from, such as "Who wrote this?": answered by what stands at their edges."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.store.snapshot import Snapshot
from index.types import Hit, IndexedDocument, Passage
from rag.about.addressed import ARTICLES, DOCUMENT_WORDS, GENERIC, Found, documents_addressed, left_out, words_of
from rag.ask.conversation import Query
from rag.read.evidence import MAX_QUOTES, Candidate, Reader, Reading
from rag.read.sentences import sentences_within
from rag.verify.words import MONTHS

FRONT, END = 2, 1  #: passages at a document's edges
MOST_WORDS = 30  #: of a sentence that tells where a document comes from
MOST_NAMED = 12  #: words of a line that is nothing but names
FIRST_LINES, LAST_LINES = 6, 5  #: among which it is said who the author is

AUTHOR = "Who is the author?"

Kind = Literal["author", "date"]

_ASKS: dict[Kind, re.Pattern[str]] = {
    "author": re.compile(
        r"\b(?:who(?:[’']s|se|m)?\b.*\b(?:wrote|written|write|penned|compiled|prepared|edited|published|issued|from|by)"
        r"|authors?|writers?|editors?|publishers?|by whom)\b",
        re.I,
    ),
    "date": re.compile(
        r"\b(?:(?:when|(?:what|which) (?:date|year|month|day))\b.*\b(?:written|wrote|write|published|publish"
        r"|issued|released|dated|updated|revised|printed|posted|(?:come|came) out|from)"
        r"|how (?:old|recent)|(?:publication |issue )?date)\b",
        re.I,
    ),
}
_GENERIC = GENERIC | frozenset(
    "who's whos whose whom name names named when where wrote written penned compiled prepared edited editor editors "
    "published publish publisher publishers publication issued issue issues issuing released release date dated dates "
    "year month day how old recent updated revised printed posted come came out work works job background profession "
    "affiliation know let".split()
)
# What a document is called by its kind; the question then speaks of it, and not of what it tells.
_KINDS = frozenset(
    "agreement bylaw catalogue chapter contract faq guide handbook interview judgment judgement lecture letter letters "
    "log manual memo minutes newsletter notice policy postmortem specification spec summary trial".split()
)
_PARTS_OF_KINDS = frozenset("by law post mortem".split())
_NAMES_A_DOCUMENT = re.compile(
    rf"\b(?:this|these|{DOCUMENT_WORDS}|by-law|post-mortem|{'|'.join(sorted(_KINDS))})\b", re.I
)
_POINTS_AT_IT = re.compile(r"\b(?:this|these|(?:author|writer|editor)s?(?! of))\b", re.I)
_SAYS_AUTHOR = re.compile(r"\b(?:author|writer|editor|publish)", re.I)
_NAME = r"(?:[A-Z]\.|[A-Z][\w’'-]+)"
# So plain that no reader is needed.
_BY_LINE = re.compile(
    r"\W*(?:(?i:(?:(?:written|compiled|edited|prepared|reported|translated) )?by):? "
    r"|(?i:authors?|editors?|writers?)\W+)"
    rf"(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?{_NAME}(?:\W+(?:(?:and|de|van|von|la|al|bin) )*{_NAME})*\W*"
)
_CREDIT = re.compile(
    rf"\W*[Bb][Yy] {_NAME}|.*\b(?i:(?:written|compiled|prepared|drafted|edited|translated|reported|published|issued"
    r"|kept|told|text|words|story|report|notes?) by|authors?|writers?|editors?|publishers?|correspondents?|columnists?"
    r"|interviewer|rapporteur)\b",
    re.S,
)
_IS_SOMEBODY = re.compile(
    rf"\W*(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?{_NAME}(?: (?:(?:de|van|von|la|al|bin) )*{_NAME}){{1,4}},? "
    r"(?:is|are|teaches|works|writes|lives|serves|holds|covers|reports|edits|has (?:written|published|reported))\b"
)
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


@dataclass(frozen=True, slots=True)
class Origin:
    """What a question about the documents themselves asks for."""

    kind: Kind
    documents: tuple[IndexedDocument, ...]
    itself: bool  #: whether it points at them, so that nothing they tell of can be meant


def asks_about_origin(question: str, snapshot: Snapshot, *, follows: bool = False) -> Origin | None:
    """Whether a question asks for the author or the date of documents; None for any other question.

    A document is meant if the question points at it, names its kind, or says all of its title; a title of one word,
    or a part of one, may as well be what the document is about.
    """
    kind = next((kind for kind, pattern in _ASKS.items() if pattern.search(question)), None)
    if not kind or (follows and not _NAMES_A_DOCUMENT.search(question)):
        return None
    documents = documents_addressed(question, _GENERIC, snapshot, follows=follows)
    if not documents:
        return None
    said = words_of(question)
    if said - _GENERIC - _KINDS - _PARTS_OF_KINDS:
        titles = {one.document.id: words_of(one.document.title) - ARTICLES for one in documents}
        documents = [one for one in documents if len(titles[one.document.id]) > 1 and titles[one.document.id] <= said]
    return Origin(kind, tuple(documents), bool(_POINTS_AT_IT.search(question))) if documents else None


def trace(origin: Origin, question: str, reader: Reader, snapshot: Snapshot, threshold: float) -> Found | None:
    """The lines at the documents' edges that may tell, and what the reader makes of each document's.

    None if no document tells with a confidence of at least `threshold`, unless the documents themselves are pointed
    at: a book that is spoken of has an author, too.
    """
    # Of a by-line alone, a reader does not see that whoever it names "wrote this".
    asked = AUTHOR if origin.kind == "author" and not _SAYS_AUTHOR.search(question) else question
    hits: list[Hit] = []
    candidates: list[Candidate] = []
    confidence = 0.0
    silent = 0
    for document in origin.documents:
        if len(candidates) == MAX_QUOTES:
            break
        lines = list(_lines(document, origin.kind, snapshot))
        found = [Hit(line, 1.0, rank, 1.0, 0.0) for rank, line in enumerate(lines, start=len(hits) + 1)]
        reading = _read(document, found, Query(question, asked), origin.kind, reader, snapshot)
        confidence = max(confidence, reading.confidence)
        if reading.candidates and reading.confidence >= threshold:
            candidates.append(replace(reading.candidates[0], score=1.0))
            hits += found
        else:
            silent += 1
    if not candidates and not origin.itself:
        return None
    more = left_out([*origin.documents][silent:]) if candidates else ()
    return Found(hits, Reading(tuple(candidates), confidence), more)


def _read(
    document: IndexedDocument, lines: Sequence[Hit], query: Query, kind: Kind, reader: Reader, snapshot: Snapshot
) -> Reading:
    for hit in lines:
        position = next(sentences_within(hit.passage, snapshot))
        at_edge = position < FIRST_LINES or len(document.sentences) - position <= LAST_LINES
        by_line = any(map(_BY_LINE.fullmatch, hit.passage.text.splitlines()))  # a title may stand above it
        if kind == "author" and at_edge and by_line:
            return Reading((Candidate(document, position, 1.0),), 1.0)
    return reader.read(query, lines, snapshot)


def _lines(document: IndexedDocument, kind: Kind, snapshot: Snapshot) -> Iterator[Passage]:
    """The lines at the edges that may tell, each as a passage of its own."""
    text = document.document.text
    front, end = document.passages[:FRONT], document.passages[FRONT:][-END:]
    for passage in (*front, *end):
        for position in sentences_within(passage, snapshot):
            sentence = document.sentences[position]
            start, stop = max(sentence.start, passage.start), min(sentence.end, passage.end)
            line = text[start:stop]
            early, late = position < FIRST_LINES, len(document.sentences) - position <= LAST_LINES
            if _may_tell(line, kind, document.document.title, early=early, late=late):
                yield replace(passage, text=line, start=start, end=stop)


def _may_tell(line: str, kind: Kind, title: str, *, early: bool, late: bool) -> bool:
    plain = " ".join(line.split())
    if len(plain.split()) > MOST_WORDS:
        return False
    if kind == "date":
        dated = _DATED.search(plain) or (early and not _ENDS.search(plain))
        return bool(dated and _DATE.search(plain) and not plain.startswith("|"))
    if _CREDIT.match(plain) or (late and _IS_SOMEBODY.match(plain)):
        return True
    by_somebody = re.search(rf"\bby {_NAME}", plain) and not _ENDS.search(plain)
    return early and plain != title and (bool(by_somebody) or _names_only(plain))


def _names_only(line: str) -> bool:
    words = _WORD.findall(line)
    names = [word for word in words if word[0].isupper() and not word.isupper()]
    return (
        2 <= len(words) <= MOST_NAMED
        and len(names) >= 0.8 * len(words)
        and not _ENDS.search(line)
        and not _PICTURE.search(line)
    )
