"""What documents speak of, as questions: their headings, the names that occur most, and the names abbreviated."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from operator import itemgetter

from index.files.structure import plain_heading
from index.types import IndexedDocument
from rag.words import CAPITALISED

FEWEST_WORDS, MOST_WORDS = 2, 5  #: of a heading; one word alone is about anything
SPOKEN_OF = 2  #: times that a name must occur
SHORTEST_LAST = 4  #: letters of its last word

_NUMBERING = re.compile(r"(?:(?:section|chapter|article|part) +)?(?:\d+|[IVX]+|[A-Z])(?:\.\d+)*[.:)]+ +", re.I)
_PLAIN = re.compile(r"[^\W\d_][\w’' -]+")  # a heading that reads as a part of a sentence
_UNSAID_QUESTION = re.compile(r"(?:what|who) (?:is|are|was|were|can|may|must|should|has|had)(?: [\w’'-]+){2,}", re.I)
_UNFITTING = re.compile(
    r"(?:(?:an?|after|as|at|before|by|for|from|how|if|in|of|on|to|wh\w+|with)\b"
    r"|.*\b(?:abstract|introduction|summary|conclusions?|contents|acknowledge?ments|references|minutes|questions)\b)",
    re.I,
)
_NAME = re.compile(rf"(?<=[\w,;] )(the )?({CAPITALISED}(?: (?:of )?{CAPITALISED})+)")
_ABBREVIATED = re.compile(rf"({CAPITALISED}(?: (?:(?:of|and|for|the) )?{CAPITALISED})+) \(([A-Z]{{2,6}})\)")


@dataclass(frozen=True, slots=True)
class Subject:
    """A question that one document seems to answer, and what the answer must then speak of."""

    question: str
    text: str  #: a heading as it stands, or a name
    document_id: str


def find_subjects(documents: Sequence[IndexedDocument]) -> list[Subject]:
    """Documents in turn, real questions first; in each document, kinds in turn so that none crowds out another."""
    ranked = []
    for indexed in documents:
        kinds = zip_longest(_questions(indexed), _headings(indexed), _names(indexed))
        found = [(rank, *pair) for row in kinds for rank, pair in enumerate(row) if pair]
        ranked += [(turn, rank, Subject(q, about, indexed.id)) for turn, (rank, q, about) in enumerate(found)]
    return [subject for *_, subject in sorted(ranked, key=itemgetter(0, 1))]


def _titles(indexed: IndexedDocument) -> Iterator[tuple[str, str]]:
    """The headings below the title, in order, each without its numbering and as it is."""
    headings = (plain_heading(indexed.said(one)) for one in indexed.sentences if one.heading)
    for heading in dict.fromkeys(headings):
        if heading != indexed.title:
            yield _NUMBERING.sub("", heading, count=1), heading


def _questions(indexed: IndexedDocument) -> Iterator[tuple[str, str]]:
    for title, heading in _titles(indexed):
        if title.endswith("?"):
            yield title, heading
        elif _UNSAID_QUESTION.match(title) and _PLAIN.fullmatch(title):
            yield f"{title}?", heading


def _headings(indexed: IndexedDocument) -> Iterator[tuple[str, str]]:
    for title, heading in _titles(indexed):
        fitting = FEWEST_WORDS <= len(title.split()) <= MOST_WORDS and _PLAIN.fullmatch(title)
        if fitting and not _UNFITTING.match(title):
            yield f"What is said about {_inside_a_sentence(title)}?", heading


def _inside_a_sentence(title: str) -> str:
    """“Military aid” becomes “military aid”, as does “MILITARY AID”; “NATO and Russia”, “Tarn Playgroup” stay."""
    if title.isupper():
        return title.lower()
    first, *others = title.split()
    named = any(word[:1].isupper() for word in others) or not first[1:2].islower()
    return title if named else title[0].lower() + title[1:]


def _names(indexed: IndexedDocument) -> Iterator[tuple[str, str]]:
    """Names that are introduced with their abbreviation, then those that occur most."""
    text = " ".join(indexed.text.split())
    for match in _ABBREVIATED.finditer(text):
        name = spelled_out(*match.groups())
        if name:
            yield f"What is said about the {name}?", name
    counts, articles = Counter[str](), Counter[str]()
    for article, name in _NAME.findall(text):
        counts[name] += 1
        articles[name] += bool(article)
    for name, times in counts.most_common():
        # “Road Initiative” and “Dear Mr” are parts of something longer.
        part = f"and {name}" in text or len(name.split()[-1]) < SHORTEST_LAST
        if times >= SPOKEN_OF and not part and not name.startswith(("The ", "A ")):
            yield f"What is said about {'the ' * (2 * articles[name] > times)}{name}?", name


def spelled_out(words: str, abbreviation: str) -> str:
    """The last words whose capitals are the abbreviation: “Belt and Road Initiative” for BRI; nothing if none are."""
    parts = words.split()
    for first in range(len(parts)):
        if "".join(part[0] for part in parts[first:] if part[0].isupper()) == abbreviation:
            return " ".join(parts[first:])
    return ""
