"""Questions that ask what something is, or stands for: the sentence that says just that goes first."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from index.store.snapshot import Snapshot
from rag.ask.addressed import words_of
from rag.ask.query import Query
from rag.read.evidence import Candidate, Reading
from rag.read.sentences import sentences_within
from rag.words import stem

MORE_IN_TITLE = 1  #: words that the title of a document on it may have besides
PREFERRED = 2.0  #: times the best score, so that no other sentence comes near

_IS = (
    r"(?:(?:is|are|was|were)\s+(?:(?:also|now|originally|essentially|basically|generally|probably|perhaps)\s+)?"
    r"(?=(?:an?|the(?! (?:\w+ )?(?:first|last|only|next) (?:\w+ )?to\b)|one of|any of|some of|any|another)\b)"
    r"|(?:means?|refers? to|stands? for|denotes?)\s+)"
)
_SAID = re.compile(r"; |, (?:which|who|but|while|and)\b")


def defining_first(query: Query, reading: Reading, snapshot: Snapshot) -> Reading:
    """The reading with the sentence in front that says what is to be defined, if there is one.

    It is looked for among the candidates, in the openings of documents that are called so, and where an abbreviation
    is introduced; a reader, which looks for what is said of the subject, often prefers another.
    """
    if query.kind not in ("definition", "abbreviation"):
        return reading
    asked, spelt = query.subject, query.kind == "abbreviation"
    defining = _defining(asked, reading, snapshot, spelt=spelt)
    if not defining:
        return _best_spelt_out(asked, reading)
    candidates = {one.place: one for one in reading.candidates}
    best = max(defining, key=lambda one: one[:2])[2]
    # The initials leave no doubt. What is said to be the thing itself says what is asked, if it is that thing at all.
    topic = reading.figures.topic if reading.figures else 0.0
    confidence = 1.0 if spelt else max(reading.confidence, topic)
    if not spelt and reading.candidates and best.place == reading.candidates[0].place:
        return replace(reading, confidence=confidence)
    rest = [one for place, one in candidates.items() if place != best.place]
    score = PREFERRED * max([one.score for one in reading.candidates], default=1.0)
    return replace(reading, candidates=(replace(best, score=score), *rest), confidence=confidence)


def _best_spelt_out(letters: str, reading: Reading) -> Reading:
    """The reading, with what letters stand for as the answer if its best sentence is where they are introduced."""
    best, *others = reading.candidates or (None,)
    said = _spelt_out(letters, best.text) if best and letters.isupper() else None
    return replace(reading, candidates=(replace(best, span=said), *others)) if best and said else reading


def _defining(asked: str, reading: Reading, snapshot: Snapshot, *, spelt: bool) -> list[tuple[bool, float, Candidate]]:
    """The sentences that define, whether each was looked for elsewhere, and its score."""
    candidates = {one.place: one for one in reading.candidates}
    elsewhere = {one.place: one for one in (_spelling if spelt else _openings)(asked, snapshot)}
    defining = []
    for place, candidate in (elsewhere | candidates).items():
        if said := (_spelt_out if spelt else _defines)(asked, candidate.text):
            defining.append((place in elsewhere, candidate.score, replace(candidate, span=said)))
    return defining


def is_defined(subject: str, snapshot: Snapshot) -> bool:
    """Whether a document that is called so begins with saying what it is."""
    return any(_defines(subject, one.text) for one in _openings(subject, snapshot))


def _openings(subject: str, snapshot: Snapshot) -> Iterator[Candidate]:
    """The first sentences of the documents that are called so."""
    name = _stems(subject)
    for document in snapshot.documents.values():
        title = _stems(document.document.title)
        if document.passages and name and name <= title and len(title) <= len(name) + MORE_IN_TITLE:
            for position in sentences_within(document.passages[0], snapshot):
                yield Candidate(document, position, 0.0)


def _spelling(letters: str, snapshot: Snapshot) -> Iterator[Candidate]:
    """The first sentence of each document that has an abbreviation in brackets, as where it is introduced."""
    for document in snapshot.documents.values():
        place = document.document.text.find(f"({letters})")
        position = bisect_right(document.sentences, place, key=lambda sentence: sentence.end)
        if place >= 0 and position < len(document.sentences):
            yield Candidate(document, position, 0.0)


def _defines(subject: str, text: str) -> str | None:
    """The words with which a sentence says what the subject is; None if it does not."""
    pattern = r"\s+".join(re.escape(word) for word in subject.removesuffix("s").split())
    match = re.match(
        r"\W*(?:(?i:the|an?)\s+)?(?:[A-Z][\w.’'-]*\s+){0,2}"
        rf"[\"“‘*_]*(?i:{pattern}(?:s|es)?)[\"”’*_]*(?:\s*\([^()]*(?:\([^()]*\)[^()]*)*\))*(?:,[^,]{{1,80}},)?\s+{_IS}",
        text,
    )
    return _SAID.split(text[match.end() :], maxsplit=1)[0].strip().rstrip(".;") if match else None


def _spelt_out(letters: str, text: str) -> str | None:
    """The words before the letters in brackets whose initials they are; small words may be left out."""
    bracketed = re.search(rf"\s[(\[]\W*{re.escape(letters)}\W*[)\]]", text)
    words = list(re.finditer(r"\S+", text[: bracketed.start()])) if bracketed else []
    for count in range(len(letters), min(len(words), 2 * len(letters)) + 1):
        initials = [part[0] for word in words[-count:] for part in re.split(r"[-’'\"“(]", word.group()) if part]
        capitals = "".join(letter for letter in initials if letter.isupper())
        if letters.casefold() in ("".join(initials).casefold(), capitals.casefold()):
            return text[words[-count].start() : words[-1].end()].strip('"“(')
    return None


def _stems(text: str) -> set[str]:
    return {stem(word) for word in words_of(text)}
