"""Questions of nothing but what a title names: below it, any sentence of its document seems to answer them."""

import re
from collections.abc import Set

from index.store.lexical import sentences_with, stems
from index.store.snapshot import Snapshot
from index.types import IndexedDocument
from rag.ask.kinds import asks_for_reason
from rag.words import AUXILIARIES, QUESTION_WORDS, WORD, content

_SUBJECT = r"(?:(?:the|an?)\s+)?[\"“‘']?(?P<subject>\S.*?)[\"”’']?"
_WHAT_IS = tuple(
    re.compile(rf"\W*(?:(?:and|so|but|please)\W+)?{pattern}(?:\s+exactly)?\W*", re.I | re.S)
    for pattern in (
        rf"what do(?:es)?\s+{_SUBJECT}\s+mean",
        rf"what do(?:es)?\s+(?:the\s+)?\w+\s+mean\s+(?:by|with)\s+{_SUBJECT}",
        r"(?:(?:what|who)(?:[’']s|\s+(?:exactly\s+)?(?:is|are|was|were))|define)\s+(?:exactly\s+)?"
        rf"(?:(?:meant by|(?:the )?(?:meaning|definition) of)\s+)?{_SUBJECT}",
    )
)
# Beside these, “What does the title mean?” and “Why is it called so?” have no words but those of the title.
_GENERIC = content("called calls name named title titled mean means meaning term word words phrase exactly just please")


def titled(question: str, snapshot: Snapshot) -> tuple[str, list[IndexedDocument]]:
    """What titles name and a question is all about, and the documents that they are of; none for any other question.

    A question that asks what something is, or only names it, may say the whole of a title, numbers left out; one that
    asks why as well, or says a part, is such only if no sentence has its words.
    """
    subject = _what_is(question) or _alone(question)
    if subject is None and not asks_for_reason(question):
        return "", []
    asked = content(subject or question) - _GENERIC
    titles = ((one, content(one.title)) for one in snapshot.documents.values())
    alike = [(one, title) for one, title in titles if asked <= title] if asked else []
    whole = [one for one, title in alike if asked == title or asked == {word for word in title if not word.isdigit()}]
    if subject and whole:
        return subject, whole
    of_somebody = bool(re.match(r"\W*who\b", question, re.I))
    if not alike or of_somebody or _is_said(subject or question, asked, snapshot):
        return "", []
    return subject or alike[0][0].document.title, [one for one, _ in alike]


def _what_is(question: str) -> str | None:
    """The words of which a question asks what that is, whatever they are; None for any other question."""
    return next((found["subject"] for pattern in _WHAT_IS if (found := pattern.fullmatch(question))), None)


def _alone(question: str) -> str | None:
    """The question itself, if it is none, but maybe a title."""
    words = {word.lower() for word in WORD.findall(question)}
    return None if "?" in question or not words.isdisjoint(QUESTION_WORDS | AUXILIARIES) else question.strip()


def _is_said(words: str, asked: Set[str], snapshot: Snapshot) -> bool:
    """Whether a sentence has all the words."""
    terms = [term for term in stems([words])[0] if term in asked]
    holders = snapshot.holders(terms) if terms else []
    return any(sentences_with(set(terms), snapshot.documents[one]) for one in holders)
