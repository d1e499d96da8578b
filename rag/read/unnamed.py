"""Names of a question that the document does not have in which its answer was found: it is of something else."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePosixPath

from index.punkt import is_written_small
from index.store.snapshot import Snapshot, words_of_name
from index.types import Document, Hit
from rag.ask.query import Query
from rag.read.evidence import Reading
from rag.verify.names import names_missing
from rag.verify.places import PLACES
from rag.verify.tokens import MAX_KNOWN
from rag.words import ARTICLES, CAPITALISED, DAYS, FUNCTION_WORDS, MONTHS, PREPOSITIONS, WORD

#: How sure at most it is that such a document answers: of 669 answers to questions of 16 folders nine were of one, and
#: three of these right; of 114 given where a name of a question had been exchanged for one that no document has, none.
UNNAMED = 0.15
SHORTEST = 3  #: letters of what is taken for a name that is no place

#: Days may be written in figures, legal forms be left out, and titles be shortened.
_NO_NAMES = frozenset(word.lower() for word in (*DAYS, *MONTHS)) | frozenset(
    (
        "christmas day easter eve co corp gmbh inc llc ltd plc "
        "aunt captain doctor father judge lady miss mister mother professor reverend sir uncle"
    ).split()
)
_MONEY = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_RUN = re.compile(rf"(?<=\s){CAPITALISED}(?: {CAPITALISED})+")
_MARK = re.compile(r"[\u0300-\u036f]|(?<=\w)-(?=\w)")


def unless_unnamed(query: Query, reading: Reading) -> Reading:
    """The reading, hardly sure if the document of its best sentence lacks a name of the question.

    What is read says “the company” and “we”, so that no reader can tell that it is not the company which is asked for.
    """
    if not reading.candidates:
        return reading
    document = reading.candidates[0].document.document
    unnamed = names_lacking(query.question, document)
    section = query.section if query.kind == "section" else None
    # “Part 12” may be a row of a list of parts.
    if section and section.called not in ("part", "exhibit") and not section.is_named_in(document.text):
        unnamed.append(str(section))
    if not unnamed:
        return reading
    names = " and ".join(f"“{name}”" for name in unnamed)
    why_not = f"The likeliest passage is in {PurePosixPath(document.id).name}, which does not name {names}."
    return replace(reading, confidence=min(reading.confidence, UNNAMED), why_not=why_not)


def of_documents_that_name(query: Query, hits: Sequence[Hit], snapshot: Snapshot) -> list[Hit]:
    """The passages of documents that have each name of the question; none if that is each document, or none."""
    documents = {hit.passage.document_id: snapshot.documents[hit.passage.document_id].document for hit in hits}
    naming = {one for one, document in documents.items() if not names_lacking(query.question, document)}
    return [hit for hit in hits if hit.passage.document_id in naming] if len(naming) < len(documents) else []


def names_lacking(question: str, document: Document) -> list[str]:
    """The names of a question that neither a document's text nor its title, file or properties have in any form.

    Months and days are none, as they may be written in figures, nor are words that newspapers write small, such as
    “Agreement” and “Professor”, but for several side by side; nor is anything where all words have capitals.
    """
    words = [word for word in WORD.findall(question)[1:] if word.lower() not in ARTICLES | PREPOSITIONS]
    if len(words) > 1 and all(word[0].isupper() for word in words):
        return []
    names = [name for name in names_missing(question, "") if _may_be_looked_for(name)]
    runs = [found[0] for found in _RUN.finditer(question, 1) if _is_name_together(found[0])]
    if not names and not runs:
        return []  # before a long text is put together
    facts = (value for _, value in document.facts)
    text = "\n".join((words_of_name(document.id).title(), document.id, document.title, *facts, document.text))
    names = [name for name in names if not _occurs(name, text) and not _in_address(name, question, text)]
    runs = [run for run in runs if not any(word in run for word in names) and not _occurs(run.split()[0], text)]
    if not names and not runs:
        return []
    missing = set(names_missing(question, text))  # in other forms, which takes longer
    plain = _plain(text)
    return [name for name in names if name in missing and not _occurs(_plain(name), plain)] + runs


def _is_name_together(run: str) -> bool:
    """Whether words that newspapers write small are a name side by side, as “Otter House” is."""
    words = [_bare(word).lower() for word in run.split()]
    return _NO_NAMES.isdisjoint(words) and all(map(is_written_small, words))


def _may_be_looked_for(name: str) -> bool:
    bare = _bare(name).lower()
    is_long = len(bare) >= SHORTEST or bare in PLACES
    is_word = re.split(r"[’']", bare)[0] in FUNCTION_WORDS  # "I'm"
    is_word = is_word or bare in _NO_NAMES or bare.removesuffix("s") in _NO_NAMES
    is_word = is_word or (bare not in PLACES and is_written_small(bare))
    return is_long and not is_word and not any(map(str.isdigit, bare))


def _occurs(name: str, text: str) -> bool:
    """Whether a text has a name, be it before a capital as in “macOS”, its sign of money, or words for its letters."""
    bare = _bare(name)
    if bare.casefold() in _words_in(text):
        return True
    if re.search(rf"(?<![^\W\d_])(?i:{re.escape(bare)}(?:[’']?s)?)(?![a-z])", text):
        return True
    if not bare.isupper():
        return False
    return _MONEY.get(bare, "\0") in text or bool(re.search(_spelt_out(bare), text, re.I))


def _in_address(name: str, question: str, text: str) -> bool:
    """Whether the words side by side of which a name is one are one word of the text, as in “gullstores.example”."""
    runs = (found[0].split() for found in _RUN.finditer(question, 1))
    joined = ("".join(map(_bare, run)).casefold() for run in runs if name in run)
    return any(one in _words_in(text) for one in joined)


@lru_cache(maxsize=MAX_KNOWN)
def _words_in(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in WORD.findall(text))


def _spelt_out(letters: str) -> str:
    """A pattern: words that begin with these letters, small ones between them."""
    return r"\b" + r"[\w’']*[\s-]+(?:(?:of|the|and|for|in)\s+)?".join(map(re.escape, letters)) + r"[\w’']"


def _bare(name: str) -> str:
    """A name in the singular, and of itself: the EU of the EU's, PC of PCs."""
    return re.sub(r"(?<=[A-Z]{2})s$", "", re.sub(r"[’']s?$", "", name))


def _plain(text: str) -> str:
    """A text without accents, and hyphens in words."""
    return _MARK.sub("", unicodedata.normalize("NFKD", text))
